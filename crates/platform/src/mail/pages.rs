//! What staff see of emails: what went out, what did not, and how each kind of letter looks.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::Query;
use kernel::{Language, MessageId};
use serde::Deserialize;

use super::{
    Letter, Preview,
    delivery::{self, ResendError},
    list::{Filter, Listed, PAGE},
    outbox::{self, State as Standing},
};
use crate::{
    actor::Permission,
    app::App,
    web::{
        Fault, Mounted, NavEntry, Need, Place, Routes, Shell, Slice, flash, frame_policy, page, page_with,
    },
};

/// The entry of these pages in the navigation.
pub const NAV: &[NavEntry] = &[NavEntry {
    href: "/staff/messages",
    label: "messages-nav",
    need: SEE,
}];

const SEE: Need = Need::Staff(Permission::SeeMessages);

/// The staff's pages about emails. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    app: App,
    previews: Arc<[Preview]>,
}

impl Desk {
    /// The pages, with a sample of every kind of letter.
    #[must_use]
    pub fn new(app: App, previews: Vec<Preview>) -> Self {
        Self {
            app,
            previews: previews.into(),
        }
    }

    /// The routes.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        Routes::new()
            .get("/staff/messages", SEE, list)
            .get("/staff/messages/templates", SEE, templates)
            .get("/staff/messages/templates/{template}", SEE, template)
            .get("/staff/messages/templates/{template}/{language}", SEE, frame)
            .get("/staff/messages/{id}", SEE, message)
            .post(
                "/staff/messages/{id}/resend",
                Need::Staff(Permission::ResendMessages),
                resend,
            )
            .with_state(self.clone())
    }

    fn preview(&self, template: &str) -> Result<&Preview, Fault> {
        self.previews
            .iter()
            .find(|preview| preview.template == template)
            .ok_or_else(Fault::not_found)
    }
}

/// The query of the list. Wrong values are taken as none: a mistyped filter shows everything.
#[derive(Deserialize)]
struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "messages.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    filter: &'a Filter,
    states: [Standing; 3],
    emails: Vec<Listed>,
    newer: Option<String>,
    older: Option<String>,
}

async fn list(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let filter = Filter::new(&query.q, Standing::named(&query.state));
    let place = Place::read(&query.before, &query.after);
    let found = filter
        .emails(desk.app.db().read(), place, PAGE as u64 + 1)
        .await?;
    let Slice { rows, newer, older } = place.slice(found, PAGE, |email| email.id);
    let link = |name: &str, id: uuid::Uuid| format!("/staff/messages?{}{name}={id}", filter.query());
    page(&ListPage {
        newer: newer.map(|id| link("after", id)),
        older: older.map(|id| link("before", id)),
        emails: rows.into_iter().map(|row| Listed::new(&shell.l, row)).collect(),
        states: Standing::ALL,
        filter: &filter,
        shell: &shell,
    })
}

#[derive(Template)]
#[template(path = "messages-one.html")]
struct MessagePage<'a> {
    shell: &'a Shell,
    email: Listed,
    language: Language,
    message_id: String,
    /// What was said; none of a letter whose link is for the recipient alone.
    text: Option<&'a str>,
    /// Whether that is no longer kept.
    gone: bool,
    /// Whether the reader may send it again, and it can be.
    resendable: bool,
    /// Why it cannot be sent again, where that was just tried.
    refusal: Option<String>,
}

async fn message(State(desk): State<Desk>, shell: Shell, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = id.parse().map_err(|_| Fault::not_found())?;
    show(&desk, &shell, id, StatusCode::OK, None).await
}

async fn show(
    desk: &Desk,
    shell: &Shell,
    id: MessageId,
    status: StatusCode,
    refusal: Option<String>,
) -> Result<Response, Fault> {
    let row = outbox::find(desk.app.db().read(), id)
        .await?
        .ok_or_else(Fault::not_found)?;
    let body = if row.secret {
        None
    } else {
        outbox::laid_out(&desk.app, &row).map_err(Fault::internal)?
    };
    let gone = outbox::is_gone(&row);
    let permitted = shell
        .visitor
        .signed_in()
        .is_some_and(|person| person.may(Permission::ResendMessages));
    page_with(
        status,
        &MessagePage {
            shell,
            language: row.language.parse().unwrap_or_default(),
            message_id: outbox::message_id(desk.app.site(), id),
            text: body.as_ref().map(|body| body.text.as_str()),
            gone,
            resendable: permitted && !gone && Standing::of(&row) != Standing::Queued,
            refusal,
            email: Listed::new(&shell.l, row),
        },
    )
}

async fn resend(State(desk): State<Desk>, shell: Shell, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = id.parse().map_err(|_| Fault::not_found())?;
    let refusal = match delivery::resend(&desk.app, shell.caller(), id).await {
        Ok(()) => return Ok(flash(&shell, &format!("/staff/messages/{id}"), "messages-resent")),
        Err(ResendError::Unknown) => return Err(Fault::not_found()),
        Err(ResendError::Db(error)) => return Err(error.into()),
        Err(ResendError::Secret) => shell.l.t("messages-resend-secret"),
        Err(ResendError::Waiting) => shell.l.t("messages-resend-waiting"),
    };
    show(&desk, &shell, id, StatusCode::CONFLICT, Some(refusal)).await
}

/// A kind of letter, as the list of templates shows it.
struct Sample {
    template: &'static str,
    subject: String,
}

#[derive(Template)]
#[template(path = "messages-templates.html")]
struct TemplatesPage<'a> {
    shell: &'a Shell,
    samples: Vec<Sample>,
}

async fn templates(State(desk): State<Desk>, shell: Shell) -> Result<Response, Fault> {
    let sample = |preview: &Preview| {
        let letter = (preview.sample)(&shell.l, shell.site());
        Sample {
            template: preview.template,
            subject: letter.subject,
        }
    };
    page(&TemplatesPage {
        samples: desk.previews.iter().map(sample).collect(),
        shell: &shell,
    })
}

/// A letter in one language.
struct InLanguage {
    language: Language,
    subject: String,
    text: String,
}

#[derive(Template)]
#[template(path = "messages-template.html")]
struct TemplatePage<'a> {
    shell: &'a Shell,
    template: &'static str,
    letters: Vec<InLanguage>,
}

async fn template(
    State(desk): State<Desk>,
    shell: Shell,
    Path(name): Path<String>,
) -> Result<Response, Fault> {
    let preview = desk.preview(&name)?;
    let in_language = |language: Language| {
        let letter = sample(preview, &shell, language);
        let text = letter.render(shell.site())?.text;
        Ok(InLanguage {
            language,
            subject: letter.subject,
            text,
        })
    };
    let letters = Language::ALL
        .into_iter()
        .map(in_language)
        .collect::<Result<_, askama::Error>>()?;
    page(&TemplatePage {
        shell: &shell,
        template: preview.template,
        letters,
    })
}

/// The HTML form of a sample, for the frame: the browser keeps it from everything else.
async fn frame(
    State(desk): State<Desk>,
    shell: Shell,
    Path((name, language)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let language = language.parse().map_err(|_| Fault::not_found())?;
    let html = sample(desk.preview(&name)?, &shell, language)
        .render(shell.site())?
        .html;
    let mut response = crate::web::html(StatusCode::OK, html);
    response.extensions_mut().insert(frame_policy());
    Ok(response)
}

fn sample(preview: &Preview, shell: &Shell, language: Language) -> Letter {
    (preview.sample)(&shell.l.in_language(language), shell.site())
}
