//! The team.

use std::collections::HashMap;

use askama::Template;
use axum::{extract::State, response::Response};
use jiff::Timestamp;
use platform::web::{Fault, Shell, page};
use uuid::Uuid;

use crate::{Team, rules::Member, store};

#[derive(Template)]
#[template(path = "team.html")]
struct ListPage {
    shell: Shell,
    members: Vec<Member>,
    last: HashMap<Uuid, Timestamp>,
    full: bool,
    most: u16,
}

impl ListPage {
    fn state(&self, member: &Member) -> &'static str {
        if member.has_expired(self.shell.now()) {
            "expired"
        } else if member.is_invited() {
            "invited"
        } else {
            "active"
        }
    }

    fn tone(&self, member: &Member) -> &'static str {
        match self.state(member) {
            "expired" => "warn",
            "invited" => "info",
            _ => "good",
        }
    }

    fn state_label(&self, member: &Member) -> String {
        self.shell.l.t(&format!("team-state-{}", self.state(member)))
    }

    fn last_sign_in(&self, member: &Member) -> Option<Timestamp> {
        self.last.get(&member.id.into()).copied()
    }

    fn when(&self, at: &Timestamp) -> String {
        self.shell.l.short_date_time(*at)
    }

    fn grants(&self, member: &Member) -> String {
        self.shell.l.grants(member.grants)
    }
}

pub(super) async fn show(State(room): State<Team>, shell: Shell) -> Result<Response, Fault> {
    let db = room.app().db().read();
    let members = store::of_account(db, shell.account()?).await?;
    let ids: Vec<Uuid> = members.iter().map(|member| member.id.into()).collect();
    page(&ListPage {
        last: identity::last_sign_ins(db, &ids).await?,
        full: members.len() >= usize::from(room.config().most),
        most: room.config().most,
        members,
        shell,
    })
}
