//! Granting a customer something.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use catalogue::PriceList;
use customers::directory::Customer;
use jiff::{Timestamp, civil::Date};
use kernel::{Percent, calendar::BusinessCalendar};
use platform::{
    L10n,
    web::{Fault, FieldErrors, Form, Shell, flash, page_with},
};

use super::{customer, fault, path_of};
use crate::{
    Discounts,
    customer::{
        rules::{CustomerDiscount, Draft, Line, Loss, Mistake, Period, Place, Standing, check},
        service::{self, Refusal, earliest},
        store,
        words::{in_words, name_of, percent_told, period_told},
    },
    facts::of_line,
    partner::rules::begins,
    price::{PartnerTerm, Target},
};

/// The form as it comes: `from`, `to`, `below`, and a percentage for each group and product by [`field_of`].
type Typed = BTreeMap<String, String>;

/// The name of the field for something, by its code.
fn field_of(list: &PriceList, on: Target) -> String {
    match on {
        Target::Group(id) => {
            let code = list.group(id).map_or("", |group| group.code.as_str());
            format!("group-{code}")
        }
        Target::Product(id) => {
            let code = list.product(id).map_or("", |line| line.product.code.as_str());
            format!("product-{code}")
        }
    }
}

/// A field for a percentage.
struct Field {
    name: String,
    label: String,
    typed: String,
    /// Of a product: unit, public price, and what the partner gets off.
    sold: Option<Sold>,
}

struct Sold {
    unit: String,
    public: String,
    off: String,
}

struct Group {
    name: String,
    whole: Field,
    products: Vec<Field>,
}

/// A product that would be sold below purchase price.
struct Warning {
    product: String,
    customer: String,
    partner: String,
    prices: Option<(String, String)>,
    from: String,
}

#[derive(Template)]
#[template(path = "customer-discount-form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    errors: FieldErrors,
    customer: &'a Customer,
    groups: Vec<Group>,
    /// What the column is called that says what the partner gets itself.
    you_get: String,
    typed: &'a Typed,
    /// Which first day is allowed, in words.
    from_hint: String,
    /// Markup of the fields for days.
    day_attributes: String,
    warnings: Vec<Warning>,
    path: String,
}

impl FormPage<'_> {
    fn typed(&self, name: &str) -> &str {
        typed(self.typed, name)
    }
}

fn typed<'a>(form: &'a Typed, name: &str) -> &'a str {
    form.get(name).map_or("", String::as_str)
}

pub(super) async fn new(
    State(room): State<Discounts>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let customer = customer(&room, partner, &id).await?;
    let (db, now) = (room.app().db().read(), room.app().clock().now());
    let list = room.catalogue().prices().await?;
    let has = store::of_customer(db, customer.account, partner).await?;
    let first = earliest(&room, now).map_err(Fault::internal)?;
    let filled = from_current(&shell.l, &list, &has, first, now);
    let asking = Asking::new(&room, &shell, &customer, &list, now).await?;
    asking.page(StatusCode::OK, &filled, FieldErrors::default(), &[])
}

/// The form filled in with what is in force, for the days after it: what a partner mostly wants is to go on.
fn from_current(
    l: &L10n,
    list: &PriceList,
    has: &[CustomerDiscount],
    earliest: Date,
    now: Timestamp,
) -> Typed {
    let mut form = Typed::new();
    let mut first = earliest;
    for discount in has {
        if discount.standing(now) == Standing::Current {
            let name = field_of(list, discount.on);
            form.insert(name, l.number_of_percent(discount.percent));
            let after = discount.period.last().tomorrow().unwrap_or(earliest);
            first = first.max(after);
        }
    }
    form.insert("from".to_owned(), first.to_string());
    form
}

pub(super) async fn grant(
    State(room): State<Discounts>,
    shell: Shell,
    Path(id): Path<String>,
    Form(form): Form<Typed>,
) -> Result<Response, Fault> {
    let partner = shell.account()?;
    let customer = customer(&room, partner, &id).await?;
    let list = room.catalogue().prices().await?;
    let asking = Asking::new(&room, &shell, &customer, &list, room.app().clock().now()).await?;
    let again = |errors: FieldErrors, losses: &[Loss]| {
        asking.page(StatusCode::UNPROCESSABLE_ENTITY, &form, errors, losses)
    };
    let (draft, mut errors) = read(&shell.l, &list, &form, asking.earliest);
    if let (Some(draft), false) = (&draft, errors.is_empty()) {
        // What can be read is looked at as well, so that all mistakes are told at once.
        let has = store::of_customer(room.app().db().read(), customer.account, partner).await?;
        let mut mistakes = check(draft, &list, &has, asking.earliest);
        mistakes.retain(|mistake| *mistake != Mistake::Nothing);
        tell(&shell.l, &list, &mistakes, &mut errors);
    }
    let Some(draft) = draft.filter(|_| errors.is_empty()) else {
        let places = places(&list);
        errors.arrange(|field| places.iter().position(|place| place == field));
        return again(errors, &[]);
    };
    let below = form.contains_key("below");
    let done = service::grant(&room, shell.caller(), partner, customer.account, &draft, below).await;
    match done {
        Ok(_) => Ok(flash(
            &shell,
            &path_of(customer.account),
            "customer-discount-now-granted",
        )),
        Err(Refusal::Mistakes(mistakes)) => {
            let mut errors = FieldErrors::default();
            tell(&shell.l, &list, &mistakes, &mut errors);
            again(errors, &[])
        }
        Err(Refusal::BelowPurchase(losses)) => again(
            FieldErrors::one("below", shell.l.t("customer-discount-below-untold")),
            &losses,
        ),
        Err(other) => Err(fault(other)),
    }
}

/// The fields in the order of the form.
fn places(list: &PriceList) -> Vec<String> {
    let mut places: Vec<String> = ["from", "to", "lines"].map(str::to_owned).into();
    for group in list.groups() {
        places.push(field_of(list, Target::Group(group.id)));
        let products = list
            .of_group(group.id)
            .map(|line| Target::Product(line.product.id));
        places.extend(products.map(|on| field_of(list, on)));
    }
    places
}

/// What the form says, as far as it can be read, and all that is wrong with it by itself.
fn read(l: &L10n, list: &PriceList, form: &Typed, earliest: Date) -> (Option<Draft>, FieldErrors) {
    let mut errors = FieldErrors::default();
    let mut day = |name: &'static str, missing| -> Option<Date> {
        let read = typed(form, name).trim().parse();
        errors.check(name, read.map_err(|_| l.t(missing)))
    };
    let from = day("from", "customer-discount-no-first");
    let to = day("to", "customer-discount-no-last");
    let period = from.zip(to).and_then(|(from, to)| {
        let period = Period::new(from, to);
        errors.check("to", period.map_err(|error| l.t(period_told(error))))
    });
    let groups = list.groups().iter().map(|group| Target::Group(group.id));
    let products = list.lines().iter().map(|line| Target::Product(line.product.id));
    let (mut lines, mut none) = (Vec::new(), true);
    for on in groups.chain(products) {
        let name = field_of(list, on);
        let text = typed(form, &name).trim();
        if text.is_empty() {
            continue;
        }
        none = false;
        let percent = text.parse::<Percent>();
        let percent = percent.map_err(|error| at(l, list, on, l.t(percent_told(error))));
        lines.extend(errors.check(name, percent).map(|percent| Line { on, percent }));
    }
    if none {
        errors.add("lines", in_words(l, Mistake::Nothing));
    }
    if from.is_some_and(|from| from < earliest) {
        errors.add("from", in_words(l, Mistake::TooSoon(earliest)));
    }
    (period.map(|period| Draft { period, lines }), errors)
}

/// A mistake with the product or group that it is about: the summary above the form names it.
fn at(l: &L10n, list: &PriceList, on: Target, mistake: String) -> String {
    l.t2(
        "customer-discount-at",
        "on",
        name_of(l, list, on),
        "mistake",
        mistake,
    )
}

/// The mistakes, each at its field.
fn tell(l: &L10n, list: &PriceList, mistakes: &[Mistake], errors: &mut FieldErrors) {
    for mistake in mistakes {
        let text = in_words(l, *mistake);
        match mistake.place() {
            Place::From => errors.add("from", text),
            Place::Lines => errors.add("lines", text),
            Place::Line(on) => errors.add(field_of(list, on), at(l, list, on, text)),
        }
    }
}

/// What the form shows, whatever is typed.
struct Asking<'a> {
    shell: &'a Shell,
    customer: &'a Customer,
    list: &'a PriceList,
    pays: Vec<PartnerTerm>,
    earliest: Date,
    /// How many business days ahead that is.
    days: u32,
    calendar: &'a BusinessCalendar,
}

impl<'a> Asking<'a> {
    async fn new(
        room: &'a Discounts,
        shell: &'a Shell,
        customer: &'a Customer,
        list: &'a PriceList,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let terms = room.terms(shell.account()?).await?.ok_or_else(Fault::not_found)?;
        Ok(Self {
            shell,
            customer,
            list,
            pays: terms.purchase.clone(),
            earliest: earliest(room, now).map_err(Fault::internal)?,
            days: room.config().days_ahead.get(),
            calendar: room.calendar(),
        })
    }

    fn page(
        &self,
        status: StatusCode,
        form: &Typed,
        errors: FieldErrors,
        losses: &[Loss],
    ) -> Result<Response, Fault> {
        let l = &self.shell.l;
        page_with(
            status,
            &FormPage {
                shell: self.shell,
                errors,
                customer: self.customer,
                groups: self.groups(form)?,
                you_get: l.t1(
                    "customer-discount-you-get-on",
                    "date",
                    l.date(self.first_day(form)),
                ),
                typed: form,
                from_hint: l.t2(
                    "customer-discount-from-hint",
                    "date",
                    l.long_date(self.earliest),
                    "days",
                    self.days,
                ),
                day_attributes: format!("type=\"date\" class=\"w-m\" required min=\"{}\"", self.earliest),
                warnings: losses.iter().filter_map(|loss| self.warning(loss)).collect(),
                path: path_of(self.customer.account),
            },
        )
    }

    /// The first day that is asked for: what the partner gets by then stands beside each field, as any warning has it.
    fn first_day(&self, form: &Typed) -> Date {
        let asked = typed(form, "from").trim().parse();
        asked.unwrap_or(self.earliest).max(self.earliest)
    }

    fn groups(&self, form: &Typed) -> Result<Vec<Group>, Fault> {
        let at = begins(self.calendar, self.first_day(form))
            // Beyond the calendar's reach nothing begins.
            .or_else(|_| begins(self.calendar, self.earliest))
            .map_err(Fault::internal)?;
        let language = self.shell.l.language();
        let groups = self.list.groups().iter().map(|group| Group {
            name: group.name.in_language(language).to_owned(),
            whole: self.field(form, Target::Group(group.id), None, at),
            products: self
                .list
                .of_group(group.id)
                .map(|line| self.field(form, Target::Product(line.product.id), Some(line), at))
                .collect(),
        });
        Ok(groups.filter(|group| !group.products.is_empty()).collect())
    }

    fn field(&self, form: &Typed, on: Target, line: Option<&catalogue::Line>, at: Timestamp) -> Field {
        let l = &self.shell.l;
        let name = field_of(self.list, on);
        let sold = line.map(|line| {
            let answer = of_line(line, &self.pays, &[], at);
            Sold {
                unit: line.product.unit.clone(),
                public: answer.map_or_else(|| "–".to_owned(), |answer| l.money(answer.public)),
                off: answer.map_or_else(|| "–".to_owned(), |answer| l.percent(answer.partner.percent())),
            }
        });
        Field {
            label: name_of(l, self.list, on),
            typed: typed(form, &name).to_owned(),
            name,
            sold,
        }
    }

    fn warning(&self, loss: &Loss) -> Option<Warning> {
        let l = &self.shell.l;
        let line = self.list.product(loss.product)?;
        Some(Warning {
            product: line.product.name.in_language(l.language()).to_owned(),
            customer: l.percent(loss.customer),
            partner: l.percent(loss.partner),
            prices: loss
                .sells
                .zip(loss.pays)
                .map(|(sells, pays)| (l.money(sells), l.money(pays))),
            from: l.date(l.day_of(loss.from)),
        })
    }
}
