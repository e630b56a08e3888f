//! All products.

use askama::Template;
use axum::{extract::State, response::Response};
use platform::web::{Fault, Shell, page};

use crate::Catalogue;

struct Row {
    code: String,
    name: String,
    unit: String,
    price: Option<String>,
    /// The next price, and from when.
    next: Option<(String, String)>,
}

struct Group {
    code: String,
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "catalogue.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    groups: Vec<Group>,
    from_file: bool,
}

pub(super) async fn show(State(room): State<Catalogue>, shell: Shell) -> Result<Response, Fault> {
    let list = room.prices().await?;
    let now = room.app().clock().now();
    let l = &shell.l;
    let groups = list.groups().iter().map(|group| Group {
        code: group.code.to_string(),
        name: group.name.in_language(l.language()).to_owned(),
        rows: list
            .of_group(group.id)
            .map(|line| Row {
                code: line.product.code.to_string(),
                name: line.product.name.in_language(l.language()).to_owned(),
                unit: line.product.unit.clone(),
                price: line.prices.at(now).map(|price| l.money(price)),
                next: line
                    .prices
                    .next_after(now)
                    .map(|next| (l.money(next.price), l.short_date_time(next.from))),
            })
            .collect(),
    });
    page(&ListPage {
        groups: groups.collect(),
        from_file: room.config().file.is_some(),
        shell: &shell,
    })
}
