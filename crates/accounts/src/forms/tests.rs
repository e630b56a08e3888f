use proptest::prelude::*;

use super::*;

fn complete() -> CompleteForm {
    CompleteForm {
        name: "  Trần  Thị Lan ".into(),
        password: "three green boats".into(),
        phone: "+84 24 3825 1234".into(),
        class: "enterprise".into(),
        company: CompanyForm {
            legal_name: "Công ty Cổ phần Sao Mai".into(),
            country: "VN".into(),
            tax_code: "0100109106".into(),
        },
    }
}

fn mistakes(form: &CompleteForm) -> Vec<(&'static str, Mistake)> {
    let email = "lan@saomai.vn".parse().unwrap();
    form.parse(&Policy::default(), &email)
        .err()
        .map(|mistakes| mistakes.0)
        .unwrap_or_default()
}

#[test]
fn a_complete_form_is_taken_with_single_spaces() {
    let email = "lan@saomai.vn".parse().unwrap();
    let done = complete().parse(&Policy::default(), &email).ok().unwrap();
    assert_eq!(done.name, "Trần Thị Lan");
    assert!(matches!(done.class, Class::Enterprise(company) if company.tax_code.as_str() == "0100109106"));
}

#[test]
fn an_empty_form_names_every_field_in_order() {
    let fields: Vec<_> = mistakes(&CompleteForm::default())
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, ["name", "password", "phone", "class"]);
    let enterprise = CompleteForm {
        class: "enterprise".into(),
        ..CompleteForm::default()
    };
    let fields: Vec<_> = mistakes(&enterprise)
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, ["name", "password", "phone", "legal_name", "country"]);
}

#[test]
fn an_individual_needs_no_company() {
    let form = CompleteForm {
        class: "individual".into(),
        company: CompanyForm::default(),
        ..complete()
    };
    assert_eq!(mistakes(&form), []);
}

#[test]
fn each_mistake_is_named() {
    let with = |change: fn(&mut CompleteForm)| {
        let mut form = complete();
        change(&mut form);
        mistakes(&form)
    };
    assert_eq!(
        with(|form| form.company.tax_code = "0100109105".into()),
        [("tax_code", TaxCodeError::WrongCheckDigit.into())]
    );
    assert_eq!(
        with(|form| form.company.country = "XX".into()),
        [("country", Mistake::Choice)]
    );
    assert_eq!(
        with(|form| form.class = "king".into()),
        [("class", Mistake::Choice)]
    );
    assert_eq!(
        with(|form| form.name = "ă".repeat(101)),
        [("name", Mistake::TooLong(100))]
    );
    assert_eq!(
        with(|form| form.name = "x".repeat(1_000_000)),
        [("name", Mistake::TooLong(100))]
    );
    assert_eq!(
        with(|form| form.name = "Lan\u{202e}".into()),
        [("name", Mistake::Unprintable)]
    );
    assert_eq!(
        with(|form| form.name = "Lan\r\nBcc: x@y.vn".into()),
        [("name", Mistake::Unprintable)]
    );
    assert_eq!(
        with(|form| form.phone = "call me".into()),
        [("phone", Mistake::Phone)]
    );
    assert_eq!(
        with(|form| form.password = "lan@saomai.vn".into()),
        [("password", Weakness::Guessable.into())]
    );
}

#[test]
fn both_ticks_are_needed() {
    let form = SignUpForm {
        email: "lan@saomai.vn".into(),
        terms_of_use: "yes".into(),
        ..SignUpForm::default()
    };
    assert_eq!(form.parse().unwrap_err().0, [("personal_data", Mistake::Missing)]);
}

#[test]
fn telephone_numbers_are_taken_as_people_write_them() {
    for good in [
        "0912345678",
        "+84 (0)24 3825-1234",
        "024.3825.1234",
        "+1 202 555 0123",
    ] {
        assert!(phone(good).is_ok(), "{good}");
    }
    for bad in [
        "1234567",
        "1234567890123456",
        "09+12345678",
        "0912345678 ext 3",
        "٠٩١٢٣٤٥٦٧٨",
    ] {
        assert_eq!(phone(bad), Err(Mistake::Phone), "{bad}");
    }
}

#[test]
fn only_the_root_user_gives_the_telephone_number() {
    let form = ProfileForm {
        name: "Lan".into(),
        phone: "nonsense".into(),
        language: "vi".into(),
    };
    assert_eq!(form.parse(false).unwrap().phone, None);
    assert_eq!(form.parse(true).unwrap_err().0, [("phone", Mistake::Phone)]);
}

proptest! {
    #[test]
    fn a_line_is_short_trimmed_and_printable(text in any::<String>()) {
        if let Ok(line) = line(&text, 100) {
            prop_assert!(line.chars().count() <= 100);
            prop_assert_eq!(line.trim(), line.as_str());
            prop_assert!(!line.chars().any(char::is_control));
        }
    }

    #[test]
    fn whatever_is_typed_has_an_answer(name in any::<String>(), phone in any::<String>(), class in "individual|enterprise|.{0,5}", tax in any::<String>()) {
        let form = CompleteForm { name, phone, class, company: CompanyForm { tax_code: tax, ..CompanyForm::default() }, ..CompleteForm::default() };
        let email = "lan@saomai.vn".parse().unwrap();
        prop_assert!(form.parse(&Policy::default(), &email).is_err());
    }
}
