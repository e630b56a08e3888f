//! The history of an account, line by line.

use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::AccountId;
use ledger::{
    Account, Kind,
    store::history::{self, Entry, Range},
};
use platform::{
    L10n,
    web::{Fault, Place, Shell, Slice, When},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{Credit, event::reasons, service::reference};

/// How many stand on a page.
pub(super) const PAGE: usize = 25;

/// What the addresses of histories say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Query {
    kind: String,
    /// Only entries with lower numbers.
    before: String,
    /// Only those with higher ones: the page right above.
    after: String,
}

/// A line.
pub(super) struct Line {
    pub(super) when: When,
    pub(super) reference: String,
    pub(super) kind: String,
    pub(super) taken_back: bool,
    pub(super) details: String,
    pub(super) words: Option<String>,
    /// What can be done about it: where, and what it is called.
    pub(super) act: Option<(String, String)>,
    pub(super) amount: String,
    pub(super) balance: String,
}

/// A page of lines.
pub(super) struct History {
    pub(super) lines: Vec<Line>,
    pub(super) newer: Option<String>,
    pub(super) older: Option<String>,
    /// The kind that is filtered by, or nothing.
    pub(super) chosen: &'static str,
}

/// The message that names a movement, as the account sees it whose entry it is.
#[must_use]
pub(crate) fn label_of(entry: &Entry) -> &'static str {
    match entry.transfer.kind {
        Kind::TopUp if entry.amount.minor() < 0 => "credit-kind-top-up-sent",
        kind => label(kind),
    }
}

/// The message that names a kind.
#[must_use]
pub(crate) fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Deposit => "credit-kind-deposit",
        Kind::TopUp => "credit-kind-top-up",
        Kind::Usage => "credit-kind-usage",
        Kind::Refund => "credit-kind-refund",
        Kind::Reversal => "credit-kind-reversal",
    }
}

/// A page of an account's history. `path` is the page's own address; staff who may take movements back see how.
pub(super) async fn history(
    room: &Credit,
    shell: &Shell,
    of: AccountId,
    query: &Query,
    path: &str,
    reverses: bool,
) -> Result<History, Fault> {
    let kind = Kind::named(&query.kind);
    let place = Place::read(&query.before, &query.after);
    let (above, below) = match place {
        Place::Newest => (None, None),
        Place::Older(number) => (None, Some(number)),
        Place::Newer(number) => (Some(number), None),
    };
    let range = Range {
        above,
        below,
        kind,
        ascending: above.is_some(),
    };
    let db = room.app().db().read();
    let limit = PAGE as u64 + 1;
    let found = history::entries(db, of.into(), room.currency(), range, limit).await?;
    let Slice { rows, newer, older } = place.slice(found, PAGE, |entry| entry.number);
    let chosen = kind.map_or("", Kind::as_str);
    let link = |name: &str, number: i64| format!("{path}?kind={chosen}&{name}={number}#history");
    Ok(History {
        newer: newer.map(|number| link("after", number)),
        older: older.map(|number| link("before", number)),
        lines: lines(room, shell, of, &rows, reverses).await?,
        chosen,
    })
}

/// Entries as lines.
pub(super) async fn lines(
    room: &Credit,
    shell: &Shell,
    of: AccountId,
    entries: &[Entry],
    reverses: bool,
) -> Result<Vec<Line>, Fault> {
    let db = room.app().db().read();
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.transfer.id.into()).collect();
    let taken_back = history::reversed(db, &ids).await?;
    let names = names(room, of, entries).await?;
    let reversals = entries
        .iter()
        .filter(|entry| entry.transfer.kind == Kind::Reversal);
    let mut reasons = reasons(db, reversals.map(|entry| entry.transfer.id)).await?;
    Ok(entries
        .iter()
        .map(|entry| Line {
            words: reasons.remove(&entry.transfer.id),
            ..line(&shell.l, of, entry, &names, &taken_back, reverses)
        })
        .collect())
}

fn line(
    l: &L10n,
    of: AccountId,
    entry: &Entry,
    names: &HashMap<AccountId, String>,
    taken_back: &HashSet<Uuid>,
    reverses: bool,
) -> Line {
    let transfer = &entry.transfer;
    let taken_back = taken_back.contains(&Uuid::from(transfer.id));
    let revocable = reverses && !taken_back && matches!(transfer.kind, Kind::Deposit | Kind::TopUp);
    let act = revocable.then(|| {
        let href = format!("/staff/credit/transfers/{}/reverse", transfer.id);
        (href, l.t("credit-reverse"))
    });
    Line {
        when: When::new(l, entry.at),
        reference: reference(transfer.id),
        kind: l.t(label_of(entry)),
        taken_back,
        details: details(l, of, entry, names),
        words: None,
        act,
        amount: l.change(entry.amount),
        balance: l.money(entry.balance),
    }
}

/// From or to whom it went, or what it was for.
pub(super) fn details(l: &L10n, of: AccountId, entry: &Entry, names: &HashMap<AccountId, String>) -> String {
    let transfer = &entry.transfer;
    let other = if transfer.from == Account::from(of) {
        transfer.to
    } else {
        transfer.from
    };
    let name = other.service_account().and_then(|account| names.get(&account));
    match name {
        _ if transfer.kind == Kind::Reversal => reversal(l, entry, name),
        Some(name) if entry.amount.minor() > 0 => l.say("credit-from", "name", name),
        Some(name) => l.say("credit-to", "name", name),
        None => transfer.reference.clone(),
    }
}

/// Which movement was taken back, and from or to whom that moved it.
fn reversal(l: &L10n, entry: &Entry, other: Option<&String>) -> String {
    let of = l.say("credit-reversal-of", "reference", &entry.transfer.reference);
    let other = other.map(|name| {
        let key = if entry.amount.minor() > 0 {
            "credit-from"
        } else {
            "credit-to"
        };
        l.say(key, "name", name)
    });
    other.map_or_else(|| of.clone(), |other| format!("{of}, {other}"))
}

/// How the other accounts are called: customers as their partner calls them, others by their own names.
pub(crate) async fn names(
    room: &Credit,
    of: AccountId,
    entries: &[Entry],
) -> Result<HashMap<AccountId, String>, Fault> {
    let db = room.app().db().read();
    let mut others: BTreeSet<AccountId> = entries
        .iter()
        .flat_map(|entry| [entry.transfer.from, entry.transfer.to])
        .filter_map(Account::service_account)
        .filter(|account| *account != of)
        .collect();
    let mut names = HashMap::new();
    if others.is_empty() {
        return Ok(names);
    }
    for customer in customers::directory::active(db, of).await? {
        if others.contains(&customer.account) {
            names.insert(customer.account, customer.name);
        }
    }
    others.retain(|account| !names.contains_key(account));
    for (id, account) in ::accounts::store::accounts(db, &others).await? {
        names.insert(id, account.display_name().to_owned());
    }
    Ok(names)
}
