//! People and their accounts.

use accounts::account::{Account, Class, PaymentMode, RootUser, Standing};
use jiff::Timestamp;
use kernel::{AccountId, EmailError, Language, UserId};
use registration::search::words;

use super::{chance::Chance, company};

const FAMILY: [&str; 16] = [
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ",
    "Võ", "Đặng", "Bùi", "Đỗ",
];
const MIDDLE: [&str; 16] = [
    "Văn", "Thị", "Minh", "Thanh", "Quốc", "Ngọc", "Hoàng", "Đức", "Thu", "Gia", "Anh", "Hữu", "Kim", "Xuân",
    "Bảo", "Phương",
];
const GIVEN: [&str; 32] = [
    "An", "Anh", "Bình", "Châu", "Chi", "Dũng", "Duy", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hoa",
    "Hùng", "Hương", "Khánh", "Khoa", "Lan", "Linh", "Long", "Mai", "Nam", "Nga", "Phúc", "Quân", "Sơn",
    "Thảo", "Trang", "Tuấn", "Việt", "Yến",
];

/// A person's name.
pub(super) fn name(chance: &mut Chance) -> String {
    format!(
        "{} {} {}",
        chance.text(&FAMILY),
        chance.text(&MIDDLE),
        chance.text(&GIVEN)
    )
}

/// The account of that number. Who applies has nothing in the way of it.
pub(super) fn account(
    chance: &mut Chance,
    number: u64,
    created_at: Timestamp,
    applies: bool,
    managed_by: Option<AccountId>,
) -> Result<Account, EmailError> {
    let name = name(chance);
    let company = (applies || chance.percent(52)).then(|| company::make(chance, number));
    let mailbox = {
        let said = words(&name);
        format!(
            "{}.{}",
            said.last().map_or("a", String::as_str),
            said.first().map_or("b", String::as_str)
        )
    };
    // Every account has a domain of its own, and none that exists: RFC 2606.
    let domain = match &company {
        Some(company) => words(&company.legal_name)
            .iter()
            .rev()
            .take(2)
            .rev()
            .cloned()
            .collect::<String>(),
        None => "home".to_owned(),
    };
    let uses_services = !applies && chance.percent(60);
    Ok(Account {
        id: AccountId(chance.id(created_at)),
        class: company.map_or(Class::Individual, Class::Enterprise),
        phone: format!("+84 9{:08}", chance.below(100_000_000)),
        standing: Standing {
            payment_mode: if !applies && chance.percent(8) {
                PaymentMode::Postpaid
            } else {
                PaymentMode::Prepaid
            },
            uses_services,
            enjoys_discount: uses_services && chance.percent(10),
            in_poc: !applies && chance.percent(1),
        },
        managed_by,
        partner_since: None,
        root: RootUser {
            id: UserId(chance.id(created_at)),
            email: format!("{mailbox}@{domain}{number}.example").parse()?,
            name,
            language: if chance.percent(80) {
                Language::Vietnamese
            } else {
                Language::English
            },
            email_verified_at: (applies || chance.percent(90)).then_some(created_at),
        },
        created_at,
    })
}
