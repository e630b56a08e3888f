//! Accounts that a measurement begins with, each with a signed-in browser.

use accounts::{
    account::{Class, Enterprise, PaymentMode},
    store::{NewAccount, insert},
};
use kernel::{
    AccountId, Language,
    tax_code::{Country, TaxCode},
};
use platform::{
    App,
    actor::{Actor, Caller},
    db::Tx,
    secret::Token,
};
use registration::{
    Desk,
    service::{self, Acceptance},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, Query},
};

use crate::Result;

/// The root user of a company's account that may apply.
pub(crate) struct Root {
    pub(crate) account: AccountId,
    pub(crate) caller: Caller,
    /// The `Cookie` header of its browser.
    pub(crate) cookie: String,
}

/// Makes `count` of them, a thousand a transaction.
pub(crate) async fn roots(app: &App, count: usize) -> Result<Vec<Root>> {
    let mut roots = Vec::with_capacity(count);
    for from in (0..count).step_by(1000) {
        let tx = app.db().begin().await?;
        for n in from..count.min(from + 1000) {
            roots.push(root(app, &tx, n).await?);
        }
        tx.commit().await?;
    }
    Ok(roots)
}

async fn root(app: &App, tx: &Tx, n: usize) -> Result<Root> {
    let new = NewAccount {
        id: app.new_id().into(),
        root: app.new_id().into(),
        class: Class::Enterprise(Enterprise {
            legal_name: format!("Công ty Cổ phần Số {n}"),
            tax_code: TaxCode::parse(Country::VIETNAM, "0100109106")?,
        }),
        phone: "+84 28 1234 5678".to_owned(),
        payment_mode: PaymentMode::Prepaid,
        email: format!("root{n}@company{n}.example").parse()?,
        name: format!("Nguyễn Văn {n}"),
        language: Language::English,
        password: None,
        email_verified_at: Some(app.clock().now()),
        created_at: app.clock().now(),
    };
    insert(tx, &new).await?;
    Ok(Root {
        account: new.id,
        caller: Caller {
            actor: Actor::Root {
                user: new.root,
                account: new.id,
                name: new.name,
            },
            origin: None,
        },
        cookie: open_session(app, tx, "portal", new.root.into()).await?,
    })
}

/// Opens a session with a client (`portal` or `staff`) as a sign-in does, without its password hashing: there are thousands of them.
pub(crate) async fn open_session(app: &App, tx: &Tx, client: &str, person: uuid::Uuid) -> Result<String> {
    let (token, now) = (Token::random(), app.clock().now().as_millisecond());
    let columns: [(&str, Expr); 10] = [
        ("id", app.new_id().into()),
        ("token_hash", token.hash().into()),
        ("person_id", person.into()),
        ("sso_session_id", app.new_id().into()),
        ("client_id", client.into()),
        ("id_token", String::new().into()),
        ("auth_at", now.into()),
        ("seen_at", now.into()),
        ("address", "127.0.0.1".into()),
        ("user_agent", "portico-bench".into()),
    ];
    let (names, values): (Vec<_>, Vec<_>) = columns
        .into_iter()
        .map(|(name, value)| (Alias::new(name), value))
        .unzip();
    let insert = Query::insert()
        .into_table(Alias::new("portal_sessions"))
        .columns(names)
        .values(values)?
        .to_owned();
    tx.execute(&insert).await?;
    Ok(format!("session={}", token.expose()))
}

/// Lets the account apply, by the use case.
pub(crate) async fn apply(desk: &Desk, root: &Root) -> Result<()> {
    let acceptance = acceptance(desk);
    service::submit(desk, root.caller.clone(), root.account, &acceptance).await?;
    Ok(())
}

/// The tick under the current terms, in English.
pub(crate) fn acceptance(desk: &Desk) -> Acceptance {
    let text = desk.terms().current(Language::English);
    Acceptance {
        version: text.version.clone(),
        hash: text.hash.clone(),
        language: text.language,
    }
}
