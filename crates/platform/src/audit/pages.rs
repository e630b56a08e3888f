//! The trail as staff read it: search, one event, export.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use axum_extra::extract::Query;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    export::{self, Format},
    sealer::head,
    search::{Cursor, Directory, PAGE, Typed},
    show::{Field, Shown, Words, named},
    verify,
};
use crate::{
    actor::Permission,
    app::App,
    event::{Event, Kind, Subject, row},
    event_kinds,
    i18n::L10n,
    web::{Fault, FieldErrors, Form, Mounted, NavEntry, Need, Place, Routes, Shell, Slice, page},
    work::Work,
};

/// The entry of these pages in the navigation.
pub const NAV: &[NavEntry] = &[NavEntry {
    href: "/staff/audit",
    label: "audit-nav",
    need: SEE,
}];

const SEE: Need = Need::Staff(Permission::SeeAudit);

/// The staff's pages about the trail. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    app: App,
    directory: Arc<dyn Directory>,
}

impl Desk {
    /// The pages; `directory` knows what people call things by.
    #[must_use]
    pub fn new(app: App, directory: Arc<dyn Directory>) -> Self {
        Self { app, directory }
    }

    /// The routes.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        Routes::new()
            .get("/staff/audit", SEE, list)
            .post("/staff/audit/export", SEE, exported)
            .get("/staff/audit/{id}", SEE, one)
            .with_state(self.clone())
    }

    async fn words<'a>(&'a self, l: &'a L10n, rows: &[row::Model]) -> Result<Words<'a>, Fault> {
        Ok(Words {
            l,
            names: self.directory.names(&named(rows), l.language()).await?,
        })
    }
}

/// What happened to the trail itself.
#[derive(Debug, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
enum AuditEvent<'a> {
    /// Staff took a part of it away as a file.
    Exported { format: Format, search: &'a Typed },
}

event_kinds! {
    AuditEvent<'_>:
    Exported => Kind::staff("audit.exported"),
}

/// The kinds of events of the trail.
pub(crate) const EVENTS: &[Kind] = AuditEvent::KINDS;

#[derive(Deserialize)]
struct ListQuery {
    #[serde(flatten)]
    typed: Typed,
    #[serde(default)]
    older: String,
    #[serde(default)]
    newer: String,
}

/// A choice among the kinds.
struct KindChoice {
    name: &'static str,
    label: String,
}

/// How far the trail is sealed, and when it was last verified.
struct Standing {
    sealed: i64,
    waiting: u64,
    verified: Option<(verify::Noted, String)>,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    typed: &'a Typed,
    kinds: Vec<KindChoice>,
    events: Vec<Shown>,
    standing: Standing,
    newer: Option<String>,
    older: Option<String>,
}

async fn list(
    State(desk): State<Desk>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let typed = query.typed.tidy();
    let place = Place::read(&query.older, &query.newer);
    let search = typed.resolve(&shell.l, &*desk.directory).await?;
    let found = search
        .events(desk.app.db().read(), place, PAGE as u64 + 1)
        .await?;
    let Slice { rows, newer, older } = place.slice(found, PAGE, Cursor::of);
    let words = desk.words(&shell.l, &rows).await?;
    let link = |name: &str, place: Cursor| format!("/staff/audit?{}{name}={place}", typed.query());
    let mut kinds: Vec<KindChoice> = desk
        .app
        .events()
        .iter()
        .map(|kind| KindChoice {
            name: kind.name,
            label: words.kind(kind.name),
        })
        .collect();
    kinds.sort_by(|a, b| a.label.cmp(&b.label));
    let errors = if typed.is_backwards() {
        FieldErrors::one("to", shell.l.t("audit-days-order"))
    } else {
        FieldErrors::default()
    };
    page(&ListPage {
        errors,
        events: rows.iter().map(|row| words.show(row)).collect(),
        standing: standing(&desk.app, &shell.l).await?,
        newer: newer.map(|place| link("newer", place)),
        older: older.map(|place| link("older", place)),
        kinds,
        typed: &typed,
        shell: &shell,
    })
}

async fn standing(app: &App, l: &L10n) -> Result<Standing, Fault> {
    let waiting = row::Entity::find()
        .filter(row::Column::Seq.is_null())
        .count(app.db().read())
        .await?;
    let noted = verify::noted(app).await?;
    Ok(Standing {
        sealed: head(app.db().read()).await?.0,
        waiting,
        verified: noted.map(|noted| {
            let when = l.date_time(noted.at);
            (noted, when)
        }),
    })
}

#[derive(Template)]
#[template(path = "audit-one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    event: Shown,
    row: &'a row::Model,
    fields: Vec<Field>,
    /// Whether before and after are known.
    has_sides: bool,
}

async fn one(State(desk): State<Desk>, shell: Shell, Path(id): Path<String>) -> Result<Response, Fault> {
    let id: Uuid = id.parse().map_err(|_| Fault::not_found())?;
    let row = row::Entity::find_by_id(id)
        .one(desk.app.db().read())
        .await?
        .ok_or_else(Fault::not_found)?;
    let words = desk.words(&shell.l, std::slice::from_ref(&row)).await?;
    page(&OnePage {
        event: words.show(&row),
        fields: words.fields(&row),
        has_sides: row.before.is_some() || row.after.is_some(),
        row: &row,
        shell: &shell,
    })
}

#[derive(Deserialize)]
struct ExportForm {
    #[serde(flatten)]
    typed: Typed,
    format: Format,
}

/// Takes the search away as a file; that it was taken away is an event itself, committed before the first line leaves.
async fn exported(
    State(desk): State<Desk>,
    shell: Shell,
    Form(form): Form<ExportForm>,
) -> Result<Response, Fault> {
    let staff = shell.staff()?;
    let typed = form.typed.tidy();
    let search = typed.resolve(&shell.l, &*desk.directory).await?;
    let mut work = Work::begin(&desk.app, shell.caller()).await?;
    let subject = Subject {
        kind: "staff",
        id: staff.into(),
        account: None,
    };
    let event = AuditEvent::Exported {
        format: form.format,
        search: &typed,
    };
    work.record(subject, &event).await?;
    work.commit().await?;
    Ok(export::answer(desk.app.clone(), search, form.format))
}
