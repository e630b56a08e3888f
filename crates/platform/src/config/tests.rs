use serde::Deserialize;

use super::load;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Sample {
    mail: Mail,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Mail {
    port: u16,
    from: String,
    #[serde(default)]
    tags: Vec<String>,
}

fn variable(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn every_mistake_is_named_with_its_line() {
    let text = "[mail]\nport = \"x\"\nfrom = 3\ncolour = 1\n";
    let problems = load::<Sample>("portico.toml", text, []).unwrap_err().to_string();
    for expected in [
        "line 2: invalid type: string \"x\"",
        "line 3: invalid type: integer",
        "line 4: unknown field `colour`",
    ] {
        assert!(problems.contains(expected), "{expected} in {problems}");
    }
    assert!(problems.contains("3 mistake(s)"), "{problems}");
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only mistakes are read")]
struct Two {
    mail: Mail,
    site: Mail,
}

#[test]
fn a_faulty_section_hides_no_other() {
    let text = "[mail]\nport = \"x\"\nfrom = \"a\"\n[site]\nport = 1\nfrom = 2\ncolour = 3\n";
    let problems = load::<Two>("portico.toml", text, []).unwrap_err().to_string();
    for line in [
        "line 2: invalid type",
        "line 6: invalid type",
        "line 7: unknown field `colour`",
    ] {
        assert!(problems.contains(line), "{line} in {problems}");
    }
    assert!(problems.contains("3 mistake(s)"), "{problems}");
}

#[test]
fn a_missing_key_is_named() {
    let problems = load::<Sample>("portico.toml", "[mail]\nport = 25\n", [])
        .unwrap_err()
        .to_string();
    assert!(problems.contains("line 1: missing field `from`"), "{problems}");
}

#[test]
fn broken_syntax_is_named_with_its_line() {
    let problems = load::<Sample>("portico.toml", "[mail]\nport = \n", [])
        .unwrap_err()
        .to_string();
    assert!(problems.contains("portico.toml, line 2"), "{problems}");
}

#[test]
fn the_environment_overrides_the_file() {
    let environment = [
        variable("PORTICO_MAIL__PORT", "2525"),
        variable("PORTICO_MAIL__FROM", "a@b.vn"),
        variable("PORTICO_MAIL__TAGS", "[\"x\"]"),
        variable("HOME", "/root"),
    ];
    let sample: Sample = load("portico.toml", "[mail]\nport = 25\n", environment).unwrap();
    assert_eq!(
        sample,
        Sample {
            mail: Mail {
                port: 2525,
                from: "a@b.vn".into(),
                tags: vec!["x".into()]
            }
        }
    );
}

#[test]
fn a_wrong_variable_is_named() {
    let environment = [
        variable("PORTICO_MAIL__PORT", "many"),
        variable("PORTICO_MAIL__TAGS", "[1]"),
    ];
    let problems = load::<Sample>("portico.toml", "[mail]\nfrom = \"a\"\n", environment)
        .unwrap_err()
        .to_string();
    assert!(
        problems.contains("environment variable PORTICO_MAIL__PORT"),
        "{problems}"
    );
    assert!(
        problems.contains("environment variable PORTICO_MAIL__TAGS"),
        "{problems}"
    );
}

#[test]
fn a_text_that_looks_like_a_number_is_a_text_where_one_is_wanted() {
    for value in ["12345678", "1.0", "true", "2026-11-30", "{ a = 1 }", "[1]"] {
        let environment = [
            variable("PORTICO_MAIL__PORT", "25"),
            variable("PORTICO_MAIL__FROM", value),
        ];
        let sample: Sample = load("portico.toml", "", environment).unwrap();
        assert_eq!((sample.mail.from.as_str(), sample.mail.port), (value, 25));
    }
}

#[test]
fn the_value_of_a_variable_is_never_told() {
    for value in [
        "hunter2",
        "\"hunter2\"",
        "{ port = \"hunter2\" }",
        "[\"hunter2\"]",
        "x, expected hunter2",
    ] {
        for name in ["MAIL__PORT", "MAIL__TAGS", "MAIL__COLOUR", "MAIL", "MAYL__PORT"] {
            let environment = [variable(&format!("PORTICO_{name}"), value)];
            let Err(problems) =
                load::<Sample>("portico.toml", "[mail]\nport = 25\nfrom = \"a\"\n", environment)
            else {
                continue;
            };
            let problems = problems.to_string();
            assert!(problems.contains("environment variable PORTICO_"), "{problems}");
            assert!(!problems.contains("hunter2"), "{problems}");
        }
    }
}

#[test]
fn a_wrong_variable_is_told_with_what_was_expected() {
    let wrong = |name: &str, value: &str| {
        load::<Sample>("portico.toml", "", [variable(name, value)])
            .unwrap_err()
            .to_string()
    };
    let told = wrong("PORTICO_MAIL__PORT", "70000");
    assert!(told.contains("PORT: invalid value, expected u16"), "{told}");
    let told = wrong("PORTICO_MAIL__PORT", "25");
    assert!(
        told.contains("1 mistake(s)") && told.contains("PORT: missing field `from`"),
        "{told}"
    );
    let told = wrong("PORTICO_MAYL__PORT", "25");
    assert!(
        told.contains("1 mistake(s)") && told.contains("unknown field, expected `mail`"),
        "{told}"
    );
}
