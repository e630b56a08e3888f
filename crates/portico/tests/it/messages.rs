//! Every text is a message, in both languages, with the same arguments.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use fluent_syntax::{ast, parser};
use platform::i18n::{Catalog, Messages};
use portico::rooms::MESSAGES;

/// Message ids, each with the arguments that it takes.
fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = parser::parse(source).expect("Fluent syntax");
    let mut found = BTreeMap::new();
    for entry in resource.body {
        if let ast::Entry::Message(message) = entry {
            let mut arguments = BTreeSet::new();
            message
                .value
                .iter()
                .for_each(|pattern| collect(pattern, &mut arguments));
            found.insert(message.id.name.to_owned(), arguments);
        }
    }
    found
}

fn collect(pattern: &ast::Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            match expression {
                ast::Expression::Inline(inline) => collect_inline(inline, into),
                ast::Expression::Select { selector, variants } => {
                    collect_inline(selector, into);
                    for variant in variants {
                        collect(&variant.value, into);
                    }
                }
            }
        }
    }
}

fn collect_inline(expression: &ast::InlineExpression<&str>, into: &mut BTreeSet<String>) {
    if let ast::InlineExpression::VariableReference { id } = expression {
        into.insert(id.name.to_owned());
    }
}

#[test]
fn all_messages_are_read_and_none_is_given_twice() {
    Catalog::new(MESSAGES).check().unwrap();
    let twice = Messages {
        room: "twice",
        english: "hello = Hello",
        vietnamese: "hello = Xin chào\nhello = Xin chào",
    };
    let twice: &[Messages] = Box::leak(Box::new([twice]));
    assert!(Catalog::new(twice).check().is_err());
}

#[test]
fn both_languages_say_the_same_with_the_same_arguments() {
    for room in MESSAGES {
        let (english, vietnamese) = (messages(room.english), messages(room.vietnamese));
        let only = |a: &BTreeMap<String, _>, b: &BTreeMap<String, _>| -> Vec<String> {
            a.keys().filter(|key| !b.contains_key(*key)).cloned().collect()
        };
        assert_eq!(
            only(&english, &vietnamese),
            Vec::<String>::new(),
            "{}: only in English",
            room.room
        );
        assert_eq!(
            only(&vietnamese, &english),
            Vec::<String>::new(),
            "{}: only in Vietnamese",
            room.room
        );
        for (key, arguments) in &english {
            assert!(
                vietnamese[key].is_subset(arguments),
                "{}: {key} takes other arguments in Vietnamese",
                room.room
            );
        }
    }
}

#[test]
fn no_template_or_handler_names_a_message_that_does_not_exist() {
    let known: BTreeSet<String> = MESSAGES
        .iter()
        .flat_map(|room| messages(room.english).into_keys())
        .collect();
    let mut missing = Vec::new();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")) {
        let text = std::fs::read_to_string(&file).expect("a text");
        for call in [
            "l.t(\"",
            "l.t1(\"",
            "l.t2(\"",
            "l.say(\"",
            "l.with(\"",
            "l10n.t(\"",
            "l10n.t1(\"",
            "about_provider(\"",
        ] {
            for key in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                if !known.contains(key) {
                    missing.push(format!("{}: {key}", file.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path
            .extension()
            .is_some_and(|kind| kind == "rs" || kind == "html" || kind == "txt")
            && !path.ends_with("tests/it/messages.rs")
        {
            found.push(path);
        }
    }
    found
}
