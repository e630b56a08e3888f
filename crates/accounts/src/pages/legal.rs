//! What whoever signs up agrees to.

use std::path::PathBuf;

use askama::Template;
use axum::{extract::State, response::Response};
use kernel::Language;
use platform::web::{Fault, Shell, page};
use pulldown_cmark::{Parser, html::push_html};

use crate::{Accounts, config::Document};

#[derive(Template)]
#[template(path = "legal.html")]
struct LegalPage {
    shell: Shell,
    title: String,
    version: String,
    /// Made from Markdown of the provider or of ours.
    body: String,
}

/// The texts that stand in until the provider names its own.
struct Sample {
    english: &'static str,
    vietnamese: &'static str,
}

const TERMS_OF_USE: Sample = Sample {
    english: include_str!("../../legal/terms-of-use.en.md"),
    vietnamese: include_str!("../../legal/terms-of-use.vi.md"),
};
const PERSONAL_DATA: Sample = Sample {
    english: include_str!("../../legal/personal-data.en.md"),
    vietnamese: include_str!("../../legal/personal-data.vi.md"),
};

pub(super) async fn terms_of_use(State(room): State<Accounts>, shell: Shell) -> Result<Response, Fault> {
    show(
        shell,
        "accounts-terms-of-use",
        &room.config.terms_of_use,
        &TERMS_OF_USE,
    )
    .await
}

pub(super) async fn personal_data(State(room): State<Accounts>, shell: Shell) -> Result<Response, Fault> {
    show(
        shell,
        "accounts-personal-data",
        &room.config.personal_data,
        &PERSONAL_DATA,
    )
    .await
}

async fn show(shell: Shell, title: &str, document: &Document, sample: &Sample) -> Result<Response, Fault> {
    let language = shell.l.language();
    let text = match document.file(language) {
        Some(path) => read(path).await?,
        None => match language {
            Language::English => sample.english.replace("{provider}", &shell.site().name),
            Language::Vietnamese => sample.vietnamese.replace("{provider}", &shell.site().name),
        },
    };
    let mut body = String::new();
    push_html(&mut body, Parser::new(&text));
    let title = shell.l.t(title);
    page(&LegalPage {
        title,
        version: document.version.clone(),
        body,
        shell,
    })
}

async fn read(path: &PathBuf) -> Result<String, Fault> {
    tokio::fs::read_to_string(path)
        .await
        .map_err(|error| Fault::internal(format!("{}: {error}", path.display())))
}
