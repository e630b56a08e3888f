//! `portico customers import`: many invitations from a file, after a look at what will become of each row.

use std::{collections::HashSet, path::Path, process::ExitCode};

use customers::import::{self, Planned};
use kernel::EmailAddress;
use serde_json::{Value, json};

use super::super::{
    remote::{self, Change, Client, RemoteError},
    show::columns,
};

/// So many go in one request: the most that the API takes.
const CHUNK: usize = 100;
/// The relations that stand in the way of another invitation.
const OPEN: [&str; 3] = ["awaiting_customer", "awaiting_approval", "active"];

pub(super) async fn run(
    change: &Change,
    file: &Path,
    language: Option<&str>,
) -> Result<ExitCode, RemoteError> {
    let Change { remote, .. } = change;
    let client = remote.client()?;
    let lines = import::read(&std::fs::read(file)?)
        .map_err(|error| RemoteError::Io(std::io::Error::new(std::io::ErrorKind::InvalidData, error)))?;
    let open = open(&client).await?;
    let planned = import::plan(&lines, None, |email| {
        open.contains(email).then_some(Planned::Already)
    });
    let rows = lines.iter().zip(&planned).map(|(line, planned)| {
        json!({ "row": line.number, "email": line.email, "name": line.name, "outcome": outcome(planned) })
    });
    let rows = Value::Array(rows.collect());
    let invitees: Vec<Value> = planned.iter().filter_map(invitation).collect();
    let left_out = lines.len() - invitees.len();
    if !remote.is_for_programs() {
        eprint!("{}", table(&rows));
    }
    let question = format!("Invite {}, leave out {left_out}?", invitees.len());
    if !invitees.is_empty() && !change.confirmed(&question)? {
        return Ok(remote::declined());
    }
    for some in invitees.chunks(CHUNK) {
        let mut body = json!({ "customers": some });
        if let Some(language) = language {
            body["language"] = language.into();
        }
        client.post("/api/v1/customers", Some(body), None).await?;
    }
    let report = json!({ "invited": invitees.len(), "left_out": left_out, "rows": rows });
    remote.write(&report, |_| {
        format!("{} invited, {left_out} left out\n", invitees.len())
    })?;
    Ok(if left_out == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The addresses with which the caller has an open relation.
async fn open(client: &Client) -> Result<HashSet<EmailAddress>, RemoteError> {
    let mut open = HashSet::new();
    for state in OPEN {
        let filters = [("state", Some(state.to_owned()))];
        let found = client.all("/api/v1/customers", &filters).await?;
        open.extend(found.iter().filter_map(|one| one["email"].as_str()?.parse().ok()));
    }
    Ok(open)
}

fn invitation(planned: &Planned) -> Option<Value> {
    let Planned::Invite(invitee) = planned else {
        return None;
    };
    Some(json!({
        "email": invitee.email.to_string(),
        "name": invitee.name.to_string(),
        "role": invitee.role.to_string(),
    }))
}

fn outcome(planned: &Planned) -> String {
    match planned {
        Planned::Invite(_) => "will be invited".to_owned(),
        Planned::Already => "is invited or a customer already".to_owned(),
        Planned::TooSoon => "was invited a moment ago".to_owned(),
        Planned::Wrong(mistakes) => {
            let all: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            all.join("; ")
        }
    }
}

fn table(rows: &Value) -> String {
    columns(
        rows,
        &[
            ("ROW", "row"),
            ("EMAIL", "email"),
            ("NAME", "name"),
            ("OUTCOME", "outcome"),
        ],
    )
}
