//! Companies, Vietnamese and others.

use accounts::account::Enterprise;
use kernel::tax_code::{Country, TaxCode};

use super::chance::Chance;

const FORMS: [&str; 10] = [
    "Công ty TNHH",
    "Công ty TNHH",
    "Công ty TNHH",
    "Công ty TNHH",
    "Công ty Cổ phần",
    "Công ty Cổ phần",
    "Công ty Cổ phần",
    "Công ty TNHH MTV",
    "Công ty TNHH MTV",
    "Doanh nghiệp tư nhân",
];
const FIELDS: [&str; 20] = [
    "",
    "",
    "",
    "Thương mại",
    "Dịch vụ",
    "Thương mại và Dịch vụ",
    "Công nghệ",
    "Xây dựng",
    "Phần mềm",
    "Giải pháp số",
    "Viễn thông",
    "Truyền thông",
    "Logistics",
    "Vận tải",
    "Sản xuất",
    "Xuất nhập khẩu",
    "Đầu tư",
    "Giáo dục",
    "Du lịch",
    "Thực phẩm",
];
const SYLLABLES: [&str; 72] = [
    "An", "Anh", "Ánh", "Bách", "Bảo", "Bắc", "Bích", "Bình", "Cát", "Chí", "Cường", "Dương", "Đại", "Đạt",
    "Đông", "Đức", "Gia", "Hà", "Hải", "Hạnh", "Hiệp", "Hoa", "Hòa", "Hoàng", "Hồng", "Hưng", "Hữu", "Khang",
    "Khánh", "Kiên", "Kim", "Lâm", "Lan", "Lập", "Liên", "Linh", "Lộc", "Long", "Mai", "Minh", "Mỹ", "Nam",
    "Nghĩa", "Ngọc", "Nguyên", "Nhật", "Phát", "Phong", "Phú", "Phúc", "Phương", "Quang", "Quốc", "Sao",
    "Sơn", "Tâm", "Tân", "Thái", "Thành", "Thiên", "Thịnh", "Thuận", "Tiến", "Trí", "Trung", "Tuệ", "Vạn",
    "Việt", "Vinh", "Vĩnh", "Xuân", "Yên",
];
const WORDS: [&str; 32] = [
    "Alpha", "Apex", "Atlas", "Beacon", "Blue", "Bridge", "Cedar", "Cloud", "Crest", "Delta", "Eagle",
    "Ember", "Falcon", "Global", "Harbor", "Horizon", "Iron", "Lumen", "Maple", "Nimbus", "North", "Nova",
    "Orbit", "Pacific", "Pioneer", "Quantum", "Ridge", "River", "Summit", "Terra", "Vertex", "Zenith",
];
const TRADES: [&str; 8] = [
    "Systems",
    "Software",
    "Networks",
    "Digital",
    "Solutions",
    "Technologies",
    "Data",
    "Consulting",
];
/// Country, form, and how its tax codes begin.
const ABROAD: [(&str, &str, &str); 6] = [
    ("SG", "Pte. Ltd.", "20"),
    ("JP", "K.K.", "70100"),
    ("KR", "Co., Ltd.", "120-81-"),
    ("DE", "GmbH", "DE"),
    ("US", "Inc.", "84-"),
    ("TH", "Co., Ltd.", "01055"),
];

/// The company of that number: one in twelve from abroad.
pub(super) fn make(chance: &mut Chance, number: u64) -> Enterprise {
    if chance.below(12) == 0 {
        let abroad = chance.pick(&ABROAD).and_then(|(country, form, begins)| {
            let country: Country = country.parse().ok()?;
            let tax_code = TaxCode::parse(country, &format!("{begins}{number:08}")).ok()?;
            Some((tax_code, form))
        });
        if let Some((tax_code, form)) = abroad {
            let legal_name = format!(
                "{} {} {} {form}",
                chance.text(&WORDS),
                chance.text(&WORDS),
                chance.text(&TRADES)
            );
            return Enterprise { legal_name, tax_code };
        }
    }
    let mut parts = vec![chance.text(&FORMS), chance.text(&FIELDS)];
    for _ in 0..2 + chance.below(2) {
        parts.push(chance.text(&SYLLABLES));
    }
    parts.retain(|part| !part.is_empty());
    parts.dedup();
    Enterprise {
        legal_name: parts.join(" "),
        tax_code: tax_code(chance, number),
    }
}

/// A Vietnamese tax code that no other number has, by the kernel's rule; one in thirty of a branch.
fn tax_code(chance: &mut Chance, number: u64) -> TaxCode {
    let is_branch = chance.below(30) == 0;
    // Steps through all nine digits; such without a check digit are skipped, to where no other number comes.
    let candidates =
        (0..).map(|again: u64| (number + again * 50_000_000).wrapping_mul(387_420_489) % 1_000_000_000);
    candidates
        .flat_map(|nine| (0..10).map(move |check| format!("{nine:09}{check}")))
        .map(|code| if is_branch { format!("{code}-001") } else { code })
        .find_map(|code| TaxCode::parse(Country::VIETNAM, &code).ok())
        .expect("one of eleven in a row at most has no check digit")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Chance, make};

    #[test]
    fn every_company_has_a_tax_code_of_its_own() {
        let mut chance = Chance::new(7);
        let codes: HashSet<_> = (0..20_000)
            .map(|number| make(&mut chance, number).tax_code)
            .collect();
        assert_eq!(codes.len(), 20_000);
        let abroad = codes.iter().filter(|code| code.country().code() != "VN").count();
        assert!((1_000..3_000).contains(&abroad), "{abroad}");
    }
}
