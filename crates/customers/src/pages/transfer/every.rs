//! All transfers, as staff look through them.

use askama::Template;
use axum::{extract::State, response::Response};
use axum_extra::extract::Query;
use kernel::CustomerId;
use platform::web::{Fault, Shell, leave_page, page};

use super::{
    super::list::{ListQuery, PAGE, address},
    EVERY, Row, account,
};
use crate::{room::Customers, rules::TransferKind, store::transfers::Transfers};

/// A transfer, and between whom.
struct Move {
    row: Row,
    relation: CustomerId,
    customer: String,
    from: String,
}

#[derive(Template)]
#[template(path = "customers-moves.html")]
struct MovesPage {
    shell: Shell,
    state: Option<TransferKind>,
    states: [TransferKind; 7],
    rows: Vec<Move>,
    behind: bool,
    first: String,
    next: Option<String>,
}

impl MovesPage {
    fn chosen(&self) -> &'static str {
        self.state.map_or("", TransferKind::as_str)
    }
}

pub(super) async fn list(
    State(room): State<Customers>,
    shell: Shell,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let state = query.state.parse().ok();
    let wanted = Transfers {
        offered_to: None,
        state,
    };
    let behind = query.after.parse().ok();
    let db = room.app().db().read();
    let mut found = wanted.after(db, behind, PAGE as u64 + 1).await?;
    let named = state.map_or("", TransferKind::as_str);
    let at = |after: &str| address(EVERY, &[("state", named), ("after", after)]);
    let next = leave_page(&mut found, PAGE, |last| at(&last.id.to_string()));
    let mut rows = Vec::with_capacity(found.len());
    for transfer in &found {
        let name = async |id| Ok::<_, Fault>(account(&room, id).await?.display_name().to_owned());
        rows.push(Move {
            row: Row::new(&shell.l, transfer, name(transfer.to).await?, transfer.opened_at),
            relation: transfer.relation,
            customer: name(transfer.account).await?,
            from: name(transfer.from).await?,
        });
    }
    page(&MovesPage {
        states: TransferKind::ALL,
        behind: behind.is_some(),
        first: at(""),
        state,
        rows,
        next,
        shell,
    })
}
