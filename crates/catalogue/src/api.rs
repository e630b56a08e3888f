//! The catalogue as JSON.

mod views;
mod whole;

use axum::{
    extract::{Path, State},
    response::Response,
};
use kernel::Money;
use platform::{
    Permission,
    api::{self, Body, FieldProblem, Mounted, Op, Problem, Routes, Scope, problem},
    web::{Fault, Need, Shell},
};

use crate::{
    Catalogue,
    file::File,
    rules::{Code, Mistake, PriceList, Wanted, WantedGroup, WantedPrice, WantedProduct, What},
    service::{self, Refusal},
};
use views::{Group, GroupDraft, NewPrice, Product, ProductDraft};
use whole::Step;

pub(crate) fn mount(room: &Catalogue) -> Mounted {
    let sees = Need::SignedIn;
    let manages = Need::Staff(Permission::ManageCatalogue);
    let read = |id, summary| Op::new(id, summary, sees, Scope::DiscountsRead);
    let write = |id, summary| Op::new(id, summary, manages, Scope::CatalogueWrite);
    Routes::new(
        "Catalogue",
        "What the provider sells, with public prices that hold from a moment on.",
    )
    .get(
        "/api/v1/catalogue/groups",
        read("listProductGroups", "Lists product groups").returns_list::<Group>(),
        groups,
    )
    .put(
        "/api/v1/catalogue/groups/{code}",
        write("putProductGroup", "Adds or changes a product group")
            .body::<GroupDraft>()
            .returns::<Group>()
            .problem(problem::INVALID),
        put_group,
    )
    .post(
        "/api/v1/catalogue/plan",
        write("planCatalogue", "Says what a whole price list would change, and changes nothing")
            .body::<File>()
            .returns_list::<Step>()
            .problem(problem::INVALID),
        whole::plan,
    )
    .post(
        "/api/v1/catalogue/apply",
        write(
            "applyCatalogue",
            "Makes the catalogue what a whole price list says, all of it or nothing",
        )
        .about("What it does not name stays. The answer says what changed; doing it twice is doing it once.")
        .body::<File>()
        .returns_list::<Step>()
        .problem(problem::INVALID),
        whole::apply,
    )
    .get(
        "/api/v1/catalogue/products",
        read("listProducts", "Lists products with all their public prices").returns_list::<Product>(),
        products,
    )
    .get(
        "/api/v1/catalogue/products/{code}",
        read("getProduct", "Gets a product with all its public prices").returns::<Product>(),
        product,
    )
    .put(
        "/api/v1/catalogue/products/{code}",
        write("putProduct", "Adds or changes a product")
            .body::<ProductDraft>()
            .returns::<Product>()
            .problem(problem::INVALID),
        put_product,
    )
    .post(
        "/api/v1/catalogue/products/{code}/prices",
        write("setPrice", "Sets a public price from a moment on")
            .about(
                "A price that has been in force is never changed, only followed by another; one that is to come at \
                 the same moment is corrected. Setting what is set changes nothing.",
            )
            .body::<NewPrice>()
            .returns::<Product>()
            .problem(problem::INVALID),
        set_price,
    )
    .with_state(room.clone())
}

/// Not named in a path: nothing is there.
fn named(code: &str) -> Result<Code, Fault> {
    code.parse().map_err(|_| Fault::not_found())
}

/// To be made: what is no code is a mistake.
fn new_code(shell: &Shell, code: &str) -> Result<Code, Fault> {
    code.parse().map_err(|_| {
        let detail = shell.l.t("catalogue-mistake-code");
        Problem::new(problem::INVALID)
            .error(FieldProblem::parameter("code", detail))
            .into()
    })
}

async fn groups(State(room): State<Catalogue>) -> Result<Response, Fault> {
    let list = room.prices().await?;
    let all: Vec<Group> = list.groups().iter().map(Group::from).collect();
    api::json(&all)
}

async fn products(State(room): State<Catalogue>) -> Result<Response, Fault> {
    let list = room.prices().await?;
    let all: Vec<Product> = list
        .lines()
        .iter()
        .map(|line| Product::new(line, &list))
        .collect();
    api::json(&all)
}

async fn product(State(room): State<Catalogue>, Path(code): Path<String>) -> Result<Response, Fault> {
    shown(&*room.prices().await?, &named(&code)?)
}

fn shown(list: &PriceList, code: &Code) -> Result<Response, Fault> {
    let line = list.by_code(code).ok_or_else(Fault::not_found)?;
    api::json(&Product::new(line, list))
}

async fn put_group(
    State(room): State<Catalogue>,
    shell: Shell,
    Path(code): Path<String>,
    Body(sent): Body<GroupDraft>,
) -> Result<Response, Fault> {
    let code = new_code(&shell, &code)?;
    let group = WantedGroup {
        code: code.clone(),
        name: sent.name,
        position: sent.position,
    };
    let wanted = Wanted {
        groups: vec![group],
        ..Wanted::default()
    };
    let done = service::apply(&room, shell.caller(), wanted).await;
    done.map_err(|refusal| refused(&shell, refusal))?;
    let list = room.prices().await?;
    let group = list.group_by_code(&code).ok_or_else(Fault::not_found)?;
    api::json(&Group::from(group))
}

async fn put_product(
    State(room): State<Catalogue>,
    shell: Shell,
    Path(code): Path<String>,
    Body(sent): Body<ProductDraft>,
) -> Result<Response, Fault> {
    let code = new_code(&shell, &code)?;
    let unknown = Mistake {
        code: code.clone(),
        what: What::UnknownGroup,
    };
    let group = sent.group.parse().map_err(|_| tell(&shell, &[unknown]))?;
    let product = WantedProduct {
        group,
        code: code.clone(),
        name: sent.name,
        unit: sent.unit,
        position: sent.position,
    };
    let wanted = Wanted {
        products: vec![product],
        ..Wanted::default()
    };
    let done = service::apply(&room, shell.caller(), wanted).await;
    done.map_err(|refusal| refused(&shell, refusal))?;
    shown(&*room.prices().await?, &code)
}

async fn set_price(
    State(room): State<Catalogue>,
    shell: Shell,
    Path(code): Path<String>,
    Body(sent): Body<NewPrice>,
) -> Result<Response, Fault> {
    let code = named(&code)?;
    if room.prices().await?.by_code(&code).is_none() {
        return Err(Fault::not_found());
    }
    let price = WantedPrice {
        from: sent.from.map(|from| platform::event::time(from.as_millisecond())),
        price: Money::new(sent.price, room.app().site().currency),
    };
    let done = service::set_price(&room, shell.caller(), &code, price).await;
    done.map_err(|refusal| refused(&shell, refusal))?;
    shown(&*room.prices().await?, &code)
}

fn refused(shell: &Shell, refusal: Refusal) -> Fault {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::Mistakes(mistakes) => tell(shell, &mistakes),
    }
}

fn tell(shell: &Shell, mistakes: &[Mistake]) -> Fault {
    let problem = mistakes
        .iter()
        .fold(Problem::new(problem::INVALID), |problem, mistake| {
            let pointer = match mistake.what {
                What::Name => "/name",
                What::Unit => "/unit",
                What::UnknownGroup | What::Moved => "/group",
                What::Amount => "/price",
                What::Past(_) => "/from",
                What::UnknownProduct | What::Twice => "",
            };
            problem.error(FieldProblem::at(pointer, shell.l.t(mistake.what.label())))
        });
    problem.into()
}
