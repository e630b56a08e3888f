//! The question what something costs, against a bare handler.

use std::net::SocketAddr;

use discounts::{
    customer::{
        rules::{Draft, Line, Period},
        service::grant,
    },
    price::Target,
};
use http_body_util::Full;
use hyper::{Request, StatusCode};
use identity::tokens::{NewToken, make};
use kernel::Percent;
use platform::{actor::Caller, api::Scope};
use portico::installation::Installation;

use crate::{
    Result,
    beside::{Rounds, bare},
    load::{Ask, count, once},
    people::{self, Root},
    report::Figure,
    stage::Stage,
};

pub(crate) const ABOUT: &str = "\
`GET /api/v1/price` of customers who ask about themselves, each with its own token, against an axum handler that returns a
constant answer of the same size: two processes on the same machine, 32 connections that are kept alive, 64 customers and
100 products in turn. Each customer has a discount on a product and one on its group. Counting requests by token is on, its
limit out of reach. No answer is one that the caller has already: each is for the moment of the request.";

const CUSTOMERS: usize = 64;
const PRODUCTS: usize = 100;

pub(crate) async fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let site = stage.site().await?;
    let installation = site.open().await?;
    let tokens = prepare(&installation).await?;
    installation.app.db().clone().close().await?;

    let limit = [("PORTICO_API__REQUESTS_PER_MINUTE", "1000000000")];
    let product = stage.serve_with(&site, &limit).await?;
    let asks = (0..CUSTOMERS * PRODUCTS).map(|turn| {
        let token = tokens.get(turn % CUSTOMERS).map_or("", String::as_str);
        ask(product.address, token, turn % PRODUCTS)
    });
    let asks: Vec<Ask> = asks.collect::<Result<_>>()?;
    let first = asks.first().cloned().ok_or("nobody asks")?;
    let (status, answer) = once(product.address, first).await?;
    if status != StatusCode::OK || !String::from_utf8_lossy(&answer).contains("\"public\":1000") {
        return Err(format!("the question was answered {status}:\n{answer:?}").into());
    }
    let bare = bare(answer.len()).await?;
    let reference = ask(bare.address, &"x".repeat(43), 0)?;
    let rounds = Rounds::run(stage, (&bare, reference), (&product, asks)).await?;
    product.stop().await?;
    let mut rows = rounds.rows("price", 0.3);
    rows.push(Figure::new("answer", "bytes", vec![count(answer.len())]));
    Ok(rows)
}

/// Products, a partner with customers, their discounts; and the customers' tokens.
async fn prepare(installation: &Installation) -> Result<Vec<String>> {
    let (app, rooms) = (&installation.app, &installation.rooms);
    sell(installation).await?;
    let owners = people::roots(app, CUSTOMERS + 1).await?;
    let (partner, customers) = owners.split_first().ok_or("nobody")?;
    let tx = app.db().begin().await?;
    for customer in customers {
        accounts::store::set_managed_by(&tx, customer.account, Some(partner.account)).await?;
    }
    tx.commit().await?;
    let list = rooms.catalogue.prices().await?;
    let (group, sold) = list
        .groups()
        .first()
        .zip(list.lines().first())
        .ok_or("no products")?;
    let first = discounts::customer::service::earliest(&rooms.discounts, app.clock().now())?;
    let line = |on, hundredths| -> Result<Line> {
        let percent = Percent::from_hundredths(hundredths)?;
        Ok(Line { on, percent })
    };
    let draft = Draft {
        period: Period::new(first, first)?,
        lines: vec![
            line(Target::Group(group.id), 500)?,
            line(Target::Product(sold.product.id), 1250)?,
        ],
    };
    let mut tokens = Vec::with_capacity(customers.len());
    for customer in customers {
        let caller = Caller::system();
        grant(
            &rooms.discounts,
            caller,
            partner.account,
            customer.account,
            &draft,
            true,
        )
        .await?;
        tokens.push(token(installation, customer).await?);
    }
    Ok(tokens)
}

async fn sell(installation: &Installation) -> Result<()> {
    use std::fmt::Write;
    let mut text =
        "[[groups]]\ncode = \"compute\"\nname = { en = \"Compute\", vi = \"Máy chủ\" }\n".to_owned();
    for n in 0..PRODUCTS {
        write!(
            text,
            "[[groups.products]]\ncode = \"p-{n}\"\nname = {{ en = \"P{n}\", vi = \"P{n}\" }}\nunit = \"hour\"\n\
             prices = [{{ from = \"2026-01-01\", price = \"{}\" }}]\n",
            1000 + n
        )?;
    }
    let site = installation.app.site();
    let wanted = catalogue::file::read("products", &text, &site.time_zone.0, site.currency)?;
    catalogue::service::apply(&installation.rooms.catalogue, Caller::system(), wanted).await?;
    Ok(())
}

async fn token(installation: &Installation, of: &Root) -> Result<String> {
    let app = &installation.app;
    let account = accounts::store::account(app.db().read(), of.account).await?;
    let root = account.ok_or("no account")?.root.id;
    let person = accounts::store::find_person(app.db().read(), root.into()).await?;
    let new = NewToken {
        name: "price".to_owned(),
        scopes: [Scope::DiscountsRead].into_iter().collect(),
        days: 30,
    };
    let (_, token) = make(app, Caller::system(), &person.ok_or("no person")?, new).await?;
    Ok(token.expose().to_owned())
}

fn ask(server: SocketAddr, token: &str, product: usize) -> Result<Ask> {
    let request = Request::get(format!("/api/v1/price?product=p-{product}"))
        .header("host", server.to_string())
        .header("accept", "application/json")
        .header("authorization", format!("Bearer {token}"));
    Ok(request.body(Full::default())?)
}
