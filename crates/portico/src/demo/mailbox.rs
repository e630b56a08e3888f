//! The emails of the demo, read back from the folder that they were delivered to.

use std::path::PathBuf;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{Html, IntoResponse, Response},
};
use jiff::Timestamp;
use mail_parser::MessageParser;
use platform::web::{Fault, Shell, frame_policy, page};
use uuid::Uuid;

use super::Demo;

/// The newest so many are listed.
const LISTED: usize = 100;

struct Email {
    id: Uuid,
    subject: String,
    recipient: String,
    sent: Timestamp,
    text: String,
    html: String,
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct MailboxPage {
    shell: Shell,
    emails: Vec<Email>,
    open: Option<Email>,
}

pub(super) async fn list(State(demo): State<Demo>, shell: Shell) -> Result<Response, Fault> {
    let emails = newest(&demo).await?;
    page(&MailboxPage {
        shell,
        emails,
        open: None,
    })
}

pub(super) async fn show(
    State(demo): State<Demo>,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Response, Fault> {
    let open = Some(read(&demo, id).await?);
    let emails = newest(&demo).await?;
    page(&MailboxPage { shell, emails, open })
}

pub(super) async fn html(State(demo): State<Demo>, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let mut response = Html(read(&demo, id).await?.html).into_response();
    response.extensions_mut().insert(frame_policy());
    Ok(response)
}

fn folder(demo: &Demo) -> Result<PathBuf, Fault> {
    demo.app.mailer().folder().cloned().ok_or_else(Fault::not_found)
}

async fn newest(demo: &Demo) -> Result<Vec<Email>, Fault> {
    let mut ids = Vec::new();
    // No folder yet means no email yet.
    if let Ok(mut entries) = tokio::fs::read_dir(folder(demo)?).await {
        while let Some(entry) = entries.next_entry().await.map_err(Fault::internal)? {
            let name = entry.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".eml"));
            ids.extend(id.and_then(|id| id.parse::<Uuid>().ok()));
        }
    }
    // Ids ascend with time.
    ids.sort_unstable_by(|a, b| b.cmp(a));
    let mut emails = Vec::new();
    for id in ids.into_iter().take(LISTED) {
        emails.push(read(demo, id).await?);
    }
    Ok(emails)
}

async fn read(demo: &Demo, id: Uuid) -> Result<Email, Fault> {
    let bytes = tokio::fs::read(folder(demo)?.join(format!("{id}.eml")))
        .await
        .map_err(|_| Fault::not_found())?;
    let message = MessageParser::default()
        .parse(&bytes)
        .ok_or_else(|| Fault::internal("an unreadable email"))?;
    let recipient = message
        .to()
        .and_then(|to| to.first())
        .and_then(|to| to.address())
        .unwrap_or_default();
    let sent = message
        .date()
        .and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    Ok(Email {
        id,
        subject: message.subject().unwrap_or_default().to_owned(),
        recipient: recipient.to_owned(),
        sent: sent.unwrap_or_default(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
    })
}

impl Email {
    /// The text in pieces: words, and links that can be followed.
    fn pieces(&self) -> Vec<Piece<'_>> {
        let is_link = |word: &str| word.starts_with("http://") || word.starts_with("https://");
        self.text
            .split_inclusive(char::is_whitespace)
            .map(|word| {
                if is_link(word) {
                    Piece::Link(word.trim_end())
                } else {
                    Piece::Words(word)
                }
            })
            .flat_map(|piece| match piece {
                Piece::Link(url) => vec![Piece::Link(url), Piece::Words("\n")],
                words @ Piece::Words(_) => vec![words],
            })
            .collect()
    }
}

enum Piece<'a> {
    Words(&'a str),
    Link(&'a str),
}
