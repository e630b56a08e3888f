//! Accounts with their balances, for staff.

use std::{collections::HashMap, fmt, str::FromStr, sync::LazyLock};

use kernel::{AccountId, Currency, Money};
use registration::search::fold;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};
use uuid::Uuid;

/// No name is longer, in characters.
const LONGEST: usize = 200;

/// The letters of Latin scripts that stand for a plain one once they are folded, by that one.
static MARKED: LazyLock<HashMap<char, String>> = LazyLock::new(|| {
    let mut marked: HashMap<char, String> = HashMap::new();
    for letter in ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}') {
        let folded = fold(&letter.to_string());
        let mut plain = folded.chars();
        if let (Some(plain), None) = (plain.next(), plain.next()) {
            marked.entry(plain).or_default().push(letter);
        }
    }
    marked
});

/// An account with its balance.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which.
    pub account: AccountId,
    /// The company's name, or the person's.
    pub name: String,
    /// The root user's address.
    pub email: String,
    /// Whether it is a partner.
    pub is_partner: bool,
    /// Whose customer it is.
    pub partner: Option<String>,
    /// Its credit.
    pub balance: Money,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The highest balance first.
    #[default]
    Highest,
    /// The lowest first.
    Lowest,
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    balance: i64,
    id: Uuid,
}

/// A text is no place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no place in the list is called so")]
pub struct UnknownPlace;

impl Sort {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Highest, Self::Lowest];

    /// The name in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Highest => "highest",
            Self::Lowest => "lowest",
        }
    }

    /// The order of that name, or the usual one.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|sort| sort.as_str() == name)
            .unwrap_or_default()
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Highest => "credit-sort-balance",
            Self::Lowest => "credit-sort-balance-up",
        }
    }
}

impl Found {
    /// Where a page ends that ends with it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            balance: self.balance.minor(),
            id: self.account.into(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.balance, self.id.simple())
    }
}

impl FromStr for Place {
    type Err = UnknownPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (balance, id) = text.split_once('.').ok_or(UnknownPlace)?;
        Ok(Self {
            balance: balance.parse().map_err(|_| UnknownPlace)?,
            id: id.parse().map_err(|_| UnknownPlace)?,
        })
    }
}

/// Accounts by balance. Without a text those that ever had credit; with one all accounts whose name holds it, in any case
/// and with or without diacritics, whose address begins with it, or whose id it is.
pub async fn search(
    db: &impl ConnectionTrait,
    currency: Currency,
    text: &str,
    sort: Sort,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Found>, DbErr> {
    let backend = db.get_database_backend();
    let mut values: Vec<Value> = vec![currency.code().into()];
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let (join, mut conditions) = if text.is_empty() {
        ("JOIN", "l.entries > 0".to_owned())
    } else {
        ("LEFT JOIN", matches(text, backend, &mut bind))
    };
    let (order, beyond) = match sort {
        Sort::Highest => ("DESC", "<"),
        Sort::Lowest => ("ASC", ">"),
    };
    if let Some(place) = after {
        let (balance, id) = (bind(place.balance.into()), bind(place.id.into()));
        conditions = format!(
            "{conditions} AND (COALESCE(l.balance, 0) {beyond} {balance} OR (COALESCE(l.balance, 0) = {balance} AND a.id > {id}))"
        );
    }
    let limit = bind(i64::try_from(limit).unwrap_or(i64::MAX).into());
    let sql = format!(
        "SELECT a.id AS id, COALESCE(a.legal_name, u.name) AS name, u.email AS email, \
         a.partner_since IS NOT NULL AS is_partner, COALESCE(p.legal_name, pu.name) AS partner, \
         COALESCE(l.balance, 0) AS balance \
         FROM accounts AS a JOIN users AS u ON u.account_id = a.id AND u.kind = 'root' \
         {join} ledger_accounts AS l ON l.id = a.id AND l.currency = $1 \
         LEFT JOIN accounts AS p ON p.id = a.managed_by \
         LEFT JOIN users AS pu ON pu.account_id = p.id AND pu.kind = 'root' \
         WHERE {conditions} ORDER BY COALESCE(l.balance, 0) {order}, a.id LIMIT {limit}"
    );
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            Ok(Found {
                account: AccountId(row.try_get("", "id")?),
                name: row.try_get("", "name")?,
                email: row.try_get("", "email")?,
                is_partner: row.try_get("", "is_partner")?,
                partner: row.try_get("", "partner")?,
                balance: Money::new(row.try_get("", "balance")?, currency),
            })
        })
        .collect()
}

fn matches(text: &str, backend: DbBackend, bind: &mut impl FnMut(Value) -> String) -> String {
    if let Ok(id) = text.parse::<Uuid>() {
        return format!("a.id = {}", bind(id.into()));
    }
    let plain: String = text
        .to_lowercase()
        .chars()
        .flat_map(|c| match c {
            '%' | '_' | '\\' => vec!['\\', c],
            c => vec![c],
        })
        .collect();
    let email = bind(format!("{plain}%").into());
    let (holds, pattern) = if backend == DbBackend::Postgres {
        ("~", spellings(text, |c| format!("\\{c}")))
    } else {
        let literally = |c| match c {
            '*' | '?' | '[' => format!("[{c}]"),
            c => c.to_string(),
        };
        ("GLOB", format!("*{}*", spellings(text, literally)))
    };
    let name = bind(pattern.into());
    format!("(COALESCE(a.legal_name, u.name) {holds} {name} OR LOWER(u.email) LIKE {email} ESCAPE '\\')")
}

/// A text however it is written, as a pattern: neither database folds letters itself in the same way as [`fold`], so each
/// one stands for all that fold to it. `literally` writes what has a meaning in the pattern.
fn spellings(text: &str, literally: impl Fn(char) -> String) -> String {
    let spelled = |c: char| match MARKED.get(&c) {
        Some(marked) => format!("[{c}{}{marked}]", c.to_uppercase()),
        None if c.is_alphanumeric() => format!("[{c}{}]", c.to_uppercase()),
        None if c.is_ascii_punctuation() => literally(c),
        None => c.to_string(),
    };
    fold(text).chars().take(LONGEST).map(spelled).collect()
}
