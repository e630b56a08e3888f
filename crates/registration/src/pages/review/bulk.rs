//! Approving several at once: a second look first, and afterwards what became of each.

use askama::Template;
use axum::{extract::State, response::Response};
use axum_extra::extract::Query;
use kernel::RegistrationId;
use platform::web::{Fault, Form, Shell, flash, page};
use serde::Deserialize;

use super::{
    QUEUE,
    case::Case,
    parts::{Names, names, refusal},
    queue::Row,
};
use crate::{
    desk::Desk,
    rules::Requirements,
    service::{self, Refused},
    store,
};

/// The most that is approved at once: what stands on a page of the queue.
const MOST: usize = 50;

/// Which cases were ticked.
#[derive(Deserialize)]
pub(super) struct Ticked {
    #[serde(default)]
    case: Vec<String>,
}

impl Ticked {
    /// Each once, in order. What is no id was not ticked on a page of ours.
    fn ids(&self) -> Result<Vec<RegistrationId>, Fault> {
        let mut ids = Vec::new();
        for text in &self.case {
            let id = text.parse().map_err(|_| Fault::bad_request())?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        if ids.len() > MOST {
            Err(Fault::bad_request())
        } else {
            Ok(ids)
        }
    }
}

/// A case that cannot be approved, and why.
struct Unfit {
    row: Row,
    why: String,
}

#[derive(Template)]
#[template(path = "review-bulk.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    fit: Vec<Row>,
    unfit: Vec<Unfit>,
}

#[derive(Template)]
#[template(path = "review-bulk-done.html")]
struct DonePage<'a> {
    shell: &'a Shell,
    approved: Vec<Row>,
    unfit: Vec<Unfit>,
}

pub(super) async fn confirm(
    State(desk): State<Desk>,
    shell: Shell,
    Query(ticked): Query<Ticked>,
) -> Result<Response, Fault> {
    let (mut fit, mut unfit) = (Vec::new(), Vec::new());
    let now = desk.app().clock().now();
    for id in ticked.ids()? {
        let case = Case::load(&desk, &shell, id).await?;
        let row = Row::new(&shell.l, &desk, &case.names, &case.registration);
        let requirements = Requirements::check(&case.account);
        match case.registration.approve(&case.by, &requirements, now) {
            Ok(_) => fit.push(row),
            Err(error) => unfit.push(Unfit {
                why: refusal(&shell.l, &case.names, &error),
                row,
            }),
        }
    }
    page(&ConfirmPage {
        shell: &shell,
        fit,
        unfit,
    })
}

pub(super) async fn approve(
    State(desk): State<Desk>,
    shell: Shell,
    Form(ticked): Form<Ticked>,
) -> Result<Response, Fault> {
    let ids = ticked.ids()?;
    if ids.is_empty() {
        return Ok(platform::web::redirect(QUEUE));
    }
    let names = names(&desk).await?;
    let (mut approved, mut unfit) = (Vec::new(), Vec::new());
    for (id, result) in service::approve_many(&desk, &shell.caller(), &ids).await {
        match result {
            Ok(registration) => approved.push(Row::new(&shell.l, &desk, &names, &registration)),
            Err(refused) => unfit.push(left(&desk, &shell, &names, id, refused).await?),
        }
    }
    if unfit.is_empty() {
        return Ok(flash(&shell, QUEUE, "review-done-bulk"));
    }
    page(&DonePage {
        shell: &shell,
        approved,
        unfit,
    })
}

/// One that was not approved. A failure among several is told as one of them: the others were approved.
async fn left(
    desk: &Desk,
    shell: &Shell,
    names: &Names,
    id: RegistrationId,
    refused: Refused,
) -> Result<Unfit, Fault> {
    let why = match refused {
        Refused::Rule(error) => refusal(&shell.l, names, &error),
        Refused::NotFound => return Err(Fault::not_found()),
        Refused::Database(error) => {
            tracing::error!(registration = %id, %error, "one of several could not be approved");
            shell.l.t("review-refused-failure")
        }
    };
    let registration = store::find(desk.app().db().read(), id)
        .await?
        .ok_or_else(Fault::not_found)?;
    Ok(Unfit {
        row: Row::new(&shell.l, desk, names, &registration),
        why,
    })
}
