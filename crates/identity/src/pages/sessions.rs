//! Sessions as people see them: signed out, history, where they are signed in.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use jiff::Timestamp;
use platform::{
    Work,
    event::time,
    web::{Fault, Shell, flash, page},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::{
    Identity,
    attempts::outcome,
    events::{IdentityEvent, subject},
    session::{is_alive, person_id},
    store::{
        self,
        rows::{portal_session, sign_in},
    },
};

/// Lines of the history.
const SHOWN: u64 = 30;

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage<'a> {
    shell: &'a Shell,
    sign_in: &'static str,
}

#[derive(Deserialize)]
pub(crate) struct Whose {
    #[serde(default)]
    staff: String,
}

#[derive(Template)]
#[template(path = "sign_ins.html")]
struct SignInsPage<'a> {
    shell: &'a Shell,
    sessions: Vec<Session>,
    tries: Vec<Try>,
}

/// A browser that is signed in.
struct Session {
    here: bool,
    browser: String,
    address: String,
    since: Timestamp,
    seen: Timestamp,
}

/// A try to sign in.
struct Try {
    at: Timestamp,
    browser: String,
    address: String,
    right: bool,
}

pub(crate) async fn signed_out(shell: Shell, Query(whose): Query<Whose>) -> Result<Response, Fault> {
    let sign_in = if whose.staff.is_empty() {
        "/sign-in"
    } else {
        "/staff/sign-in"
    };
    page(&SignedOutPage {
        shell: &shell,
        sign_in,
    })
}

pub(crate) async fn sign_ins(State(room): State<Identity>, shell: Shell) -> Result<Response, Fault> {
    let signed_in = shell.person()?;
    let person = person_id(signed_in);
    let db = room.app().db().read();
    let (limits, now) = (room.config().sessions, room.now());
    let sessions = portal_session::Entity::find()
        .filter(portal_session::Column::PersonId.eq(person))
        .order_by_desc(portal_session::Column::SeenAt)
        .all(db)
        .await?;
    let sessions = sessions
        .into_iter()
        .filter(|row| is_alive(limits, row.auth_at, row.seen_at, now));
    let tries = sign_in::Entity::find()
        .filter(sign_in::Column::PersonId.eq(person))
        .order_by_desc(sign_in::Column::At)
        .limit(SHOWN)
        .all(db)
        .await?;
    page(&SignInsPage {
        shell: &shell,
        sessions: sessions
            .map(|row| Session {
                here: row.id == signed_in.session.0,
                browser: browser(&row.user_agent),
                address: row.address,
                since: time(row.auth_at),
                seen: time(row.seen_at),
            })
            .collect(),
        tries: tries
            .into_iter()
            .map(|row| Try {
                at: time(row.at),
                browser: browser(&row.user_agent),
                address: row.address,
                right: row.outcome == outcome::SUCCEEDED,
            })
            .collect(),
    })
}

pub(crate) async fn end_others(
    State(room): State<Identity>,
    shell: Shell,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let person = accounts::store::find_person(room.app().db().read(), person_id(shell.person()?)).await?;
    let (Some(person), Some(session)) = (person, room.portal_session(&headers).await?) else {
        return Err(Fault::sign_in_again());
    };
    let mut work = Work::begin(room.app(), shell.caller()).await?;
    store::end_all(work.tx(), person.id(), Some(session.sso_session_id)).await?;
    work.record(subject(&person), &IdentityEvent::OtherSessionsEnded)
        .await?;
    work.commit().await?;
    Ok(flash(&shell, "/profile/sign-ins", "sessions-ended"))
}

/// A browser by the names that people know; its own words where none is found.
fn browser(user_agent: &str) -> String {
    // The order matters: most claim to be those further down as well.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("coc_coc", "Cốc Cốc"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => user_agent.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_have_the_names_that_people_know() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 \
                    Safari/537.36 Edg/130.0.0.0";
        assert_eq!(browser(edge), "Edge, Windows");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 \
                      Mobile/15E148 Safari/604.1";
        assert_eq!(browser(safari), "Safari, iPhone");
        assert_eq!(browser("curl/8.0"), "curl/8.0");
    }
}
