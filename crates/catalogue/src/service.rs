//! What can be done with the catalogue: each a transaction with its events.

use platform::{Work, actor::Caller};
use sea_orm::DbErr;
use serde_json::Value;

use crate::{
    Catalogue,
    event::{CatalogueEvent, about_group, about_product, group_standing, price_standing, product_standing},
    rules::{Change, Code, Group, Kept, Mistake, Price, PriceList, Product, Wanted, WantedPrice, plan},
    store,
};

/// Why the catalogue cannot be changed so.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// What is wanted cannot be.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Mistakes(Vec<Mistake>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// The changes that would make the catalogue what is wanted, without making them.
pub async fn preview(room: &Catalogue, wanted: Wanted) -> Result<Vec<Change>, Refusal> {
    let list = store::read(room.app().db().read()).await?;
    plan(&list, wanted, room.now()).map_err(Refusal::Mistakes)
}

/// Makes the catalogue what is wanted, all of it or nothing, and says which changes that took. What is so already
/// is left alone: doing it twice is doing it once.
pub async fn apply(room: &Catalogue, caller: Caller, wanted: Wanted) -> Result<Vec<Change>, Refusal> {
    let (mut work, list) = open(room, caller).await?;
    let changes = carry_out(&mut work, &list, wanted).await?;
    if !changes.is_empty() {
        work.commit().await?;
        room.forget();
    }
    Ok(changes)
}

/// What became of a file.
#[derive(Debug, Default)]
pub struct TakenOver {
    /// What changed.
    pub changes: Vec<Change>,
    /// What stayed otherwise than the file has it.
    pub kept: Vec<Kept>,
}

/// Takes over a file whose `text` says what is wanted, where nobody is there to be refused: what holds otherwise stays.
/// A file that was taken over before is no news: what staff changed since stays, too.
pub async fn take_over(
    room: &Catalogue,
    caller: Caller,
    text: &str,
    mut wanted: Wanted,
) -> Result<TakenOver, Refusal> {
    let (mut work, list) = open(room, caller).await?;
    if store::file(work.tx()).await?.as_deref() == Some(text) {
        return Ok(TakenOver::default());
    }
    store::set_file(work.tx(), text).await?;
    let kept = wanted.keep_what_holds(&list, work.now());
    let changes = carry_out(&mut work, &list, wanted).await?;
    work.commit().await?;
    room.forget();
    Ok(TakenOver { changes, kept })
}

/// Begins a use case on the catalogue, which is locked.
async fn open(room: &Catalogue, caller: Caller) -> Result<(Work, PriceList), DbErr> {
    let work = Work::begin(room.app(), caller).await?;
    store::lock(work.tx()).await?;
    let list = store::read(work.tx()).await?;
    Ok((work, list))
}

async fn carry_out(work: &mut Work, list: &PriceList, wanted: Wanted) -> Result<Vec<Change>, Refusal> {
    let changes = plan(list, wanted, work.now()).map_err(Refusal::Mistakes)?;
    let mut list = Draft::of(list);
    for change in changes.clone() {
        make(work, &mut list, change).await?;
    }
    Ok(changes)
}

/// Lets a price of a product begin; one of the same moment to come goes.
pub async fn set_price(
    room: &Catalogue,
    caller: Caller,
    product: &Code,
    price: WantedPrice,
) -> Result<(), Refusal> {
    let wanted = Wanted::price(product.clone(), price);
    apply(room, caller, wanted).await.map(|_| ())
}

/// What the next change of the same transaction builds on.
struct Draft {
    groups: Vec<Group>,
    products: Vec<Product>,
}

impl Draft {
    fn of(list: &PriceList) -> Self {
        Self {
            groups: list.groups().to_vec(),
            products: list.lines().iter().map(|line| line.product.clone()).collect(),
        }
    }

    fn group(&self, code: &Code) -> Result<&Group, DbErr> {
        let found = self.groups.iter().find(|group| group.code == *code);
        found.ok_or_else(|| unplanned(code))
    }

    fn product(&self, code: &Code) -> Result<&Product, DbErr> {
        let found = self.products.iter().find(|product| product.code == *code);
        found.ok_or_else(|| unplanned(code))
    }
}

fn unplanned(code: &Code) -> DbErr {
    DbErr::Custom(format!("a plan names {code} before it is there"))
}

async fn make(work: &mut Work, list: &mut Draft, change: Change) -> Result<(), DbErr> {
    match change {
        Change::AddGroup(wanted, position) => {
            let group = Group {
                id: work.new_id().into(),
                code: wanted.code,
                name: wanted.name,
                position,
            };
            store::insert_group(work.tx(), &group).await?;
            let code = group.code.clone();
            note_group(work, &group, CatalogueEvent::GroupAdded { code }, Value::Null).await?;
            list.groups.push(group);
        }
        Change::ChangeGroup(group) => {
            let before = group_standing(list.group(&group.code)?);
            store::update_group(work.tx(), &group).await?;
            let code = group.code.clone();
            note_group(work, &group, CatalogueEvent::GroupChanged { code }, before).await?;
        }
        Change::AddProduct(wanted, position) => {
            let product = Product {
                id: work.new_id().into(),
                group: list.group(&wanted.group)?.id,
                code: wanted.code,
                name: wanted.name,
                unit: wanted.unit,
                position,
            };
            store::insert_product(work.tx(), &product).await?;
            let code = product.code.clone();
            note_product(work, &product, CatalogueEvent::ProductAdded { code }, Value::Null).await?;
            list.products.push(product);
        }
        Change::ChangeProduct(mut product, group) => {
            product.group = list.group(&group)?.id;
            let before = product_standing(list.product(&product.code)?);
            store::update_product(work.tx(), &product).await?;
            let code = product.code.clone();
            note_product(work, &product, CatalogueEvent::ProductChanged { code }, before).await?;
        }
        Change::SetPrice {
            product,
            price,
            instead_of,
        } => write_price(work, list.product(&product)?, price, instead_of).await?,
    }
    Ok(())
}

async fn note_group(
    work: &mut Work,
    group: &Group,
    event: CatalogueEvent,
    before: Value,
) -> Result<(), DbErr> {
    work.record_change(about_group(group), &event, before, group_standing(group))
        .await
        .map(|_| ())
}

async fn note_product(
    work: &mut Work,
    product: &Product,
    event: CatalogueEvent,
    before: Value,
) -> Result<(), DbErr> {
    work.record_change(about_product(product), &event, before, product_standing(product))
        .await
        .map(|_| ())
}

async fn write_price(
    work: &mut Work,
    product: &Product,
    price: Price,
    instead_of: Option<kernel::Money>,
) -> Result<(), DbErr> {
    let (id, now) = (work.new_id(), work.now());
    store::set_price(work.tx(), id, product.id, price, now).await?;
    let (code, from, price) = (product.code.clone(), price.from, price.price);
    let (event, before) = match instead_of {
        None => (CatalogueEvent::PriceSet { code, from, price }, Value::Null),
        Some(old) => (
            CatalogueEvent::PriceCorrected { code, from, price },
            price_standing(from, old),
        ),
    };
    work.record_change(
        about_product(product),
        &event,
        before,
        price_standing(from, price),
    )
    .await?;
    Ok(())
}
