//! From what is wanted of a price list to the changes that lead there. Asking for what is there already changes nothing.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use kernel::Money;

use super::{Code, Group, History, Name, Price, PriceList, Product};

/// What is wanted: groups and products that are to be there, as they are named here. What is not named stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The groups.
    pub groups: Vec<WantedGroup>,
    /// The products.
    pub products: Vec<WantedProduct>,
    /// Prices of products, by their codes; other prices stay.
    pub prices: Vec<(Code, WantedPrice)>,
}

impl Wanted {
    /// Only that a product has a price.
    #[must_use]
    pub fn price(product: Code, price: WantedPrice) -> Self {
        Self {
            prices: vec![(product, price)],
            ..Self::default()
        }
    }

    /// Leaves alone what [`plan`] would refuse since it holds or held otherwise than is wanted: products that were on sale
    /// stay in their groups, prices that have begun stay as they were corrected. Says what that is.
    pub fn keep_what_holds(&mut self, list: &PriceList, now: Timestamp) -> Vec<Kept> {
        let mut kept = Vec::new();
        self.prices.retain(|(product, wanted)| {
            let begun = wanted.from.filter(|from| *from <= now);
            let holds = begun.and_then(|from| list.by_code(product)?.prices.beginning(from));
            let differs = holds.is_some_and(|holds| holds != wanted.price);
            if differs {
                kept.push(Kept::Price(product.clone()));
            }
            !differs
        });
        for product in &mut self.products {
            let known = list.by_code(&product.code);
            let Some(known) = known.filter(|line| line.was_on_sale(now)) else {
                continue;
            };
            let Some(group) = list.group(known.product.group) else {
                continue;
            };
            if group.code != product.group {
                product.group = group.code.clone();
                // It was counted in the other group.
                product.position = None;
                kept.push(Kept::Group(product.code.clone()));
            }
        }
        kept
    }
}

/// What stays otherwise than is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A product was on sale in another group.
    Group(Code),
    /// A price of a product has begun and is another.
    Price(Code),
}

/// A group that is to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedGroup {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: Name,
    /// Where it stands in lists; where it stands now, or behind all others, if nobody says.
    pub position: Option<i32>,
}

/// A product that is to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedProduct {
    /// The code of its group.
    pub group: Code,
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: Name,
    /// What one of it is.
    pub unit: String,
    /// As for groups.
    pub position: Option<i32>,
}

/// A price that is to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedPrice {
    /// The first moment at which it is to hold; none where it is to hold from now on. Only the plan knows when that is:
    /// whoever asks would name a moment that is past once it is decided.
    pub from: Option<Timestamp>,
    /// For one unit.
    pub price: Money,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A group that is not there.
    AddGroup(WantedGroup, i32),
    /// A group is called otherwise, or stands elsewhere.
    ChangeGroup(Group),
    /// A product that is not there.
    AddProduct(WantedProduct, i32),
    /// A product is called otherwise, or stands elsewhere. The code names its group.
    ChangeProduct(Product, Code),
    /// A price of a product. `instead_of` is the price of the same moment, which goes.
    SetPrice {
        /// The product.
        product: Code,
        /// Its new price.
        price: Price,
        /// What it takes the place of.
        instead_of: Option<Money>,
    },
}

/// What is wanted cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {what}")]
pub struct Mistake {
    /// Of which group or product.
    pub code: Code,
    /// Why not.
    pub what: What,
}

/// Why something wanted of a price list cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// Its name lacks a language, or is too long.
    #[error("a name in both languages is meant, of at most {} characters", Name::MAX)]
    Name,
    /// Its unit is missing or too long.
    #[error("a unit is meant, of at most {} characters", WantedProduct::MAX_UNIT)]
    Unit,
    /// There is no such group.
    #[error("there is no such group")]
    UnknownGroup,
    /// There is no such product.
    #[error("there is no such product")]
    UnknownProduct,
    /// It is named twice.
    #[error("it is named twice")]
    Twice,
    /// The price is below zero or too large.
    #[error("the price is below zero or too large")]
    Amount,
    /// It would move to another group, though it was on sale: what discounts on groups took off it then would change.
    #[error("it was on sale in its group already and stays there")]
    Moved,
    /// The price would change what held already.
    #[error("at {0} a price held already; it cannot be changed any more, only followed by another")]
    Past(Timestamp),
}

impl What {
    /// The message that says so.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "catalogue-mistake-name",
            Self::Unit => "catalogue-mistake-unit",
            Self::UnknownGroup => "catalogue-mistake-group",
            Self::UnknownProduct => "catalogue-mistake-product",
            Self::Twice => "catalogue-mistake-twice",
            Self::Moved => "catalogue-mistake-moved",
            Self::Amount => "catalogue-amount-range",
            Self::Past(_) => "catalogue-mistake-past",
        }
    }
}

impl WantedProduct {
    /// How many characters a unit may have.
    pub const MAX_UNIT: usize = 60;
}

/// The changes that make `list` what is wanted, in the order in which they can be made, or all mistakes.
pub fn plan(list: &PriceList, wanted: Wanted, now: Timestamp) -> Result<Vec<Change>, Vec<Mistake>> {
    let mut planner = Planner {
        list,
        now,
        changes: Vec::new(),
        mistakes: Vec::new(),
    };
    let groups: HashSet<Code> = wanted.groups.iter().map(|group| group.code.clone()).collect();
    let products: HashSet<Code> = wanted
        .products
        .iter()
        .map(|product| product.code.clone())
        .collect();
    planner.groups(wanted.groups);
    planner.products(wanted.products, &groups);
    planner.prices(wanted.prices, &products);
    if planner.mistakes.is_empty() {
        Ok(planner.changes)
    } else {
        Err(planner.mistakes)
    }
}

struct Planner<'a> {
    list: &'a PriceList,
    now: Timestamp,
    changes: Vec<Change>,
    mistakes: Vec<Mistake>,
}

impl Planner<'_> {
    fn wrong(&mut self, code: &Code, what: What) {
        self.mistakes.push(Mistake {
            code: code.clone(),
            what,
        });
    }

    fn groups(&mut self, wanted: Vec<WantedGroup>) {
        let mut seen = HashSet::new();
        let mut next = behind(self.list.groups().iter().map(|group| group.position));
        for group in wanted {
            if !seen.insert(group.code.clone()) {
                self.wrong(&group.code, What::Twice);
            }
            if !group.name.is_sound() {
                self.wrong(&group.code, What::Name);
            }
            match self.list.group_by_code(&group.code) {
                None => {
                    let position = group.position.unwrap_or(next);
                    next = next.max(position.saturating_add(1));
                    self.changes.push(Change::AddGroup(group, position));
                }
                Some(known) => {
                    let changed = Group {
                        name: group.name,
                        position: group.position.unwrap_or(known.position),
                        ..known.clone()
                    };
                    if changed != *known {
                        self.changes.push(Change::ChangeGroup(changed));
                    }
                }
            }
        }
    }

    fn products(&mut self, wanted: Vec<WantedProduct>, new_groups: &HashSet<Code>) {
        let mut seen = HashSet::new();
        let mut next: HashMap<Code, i32> = HashMap::new();
        for product in wanted {
            let code = product.code.clone();
            if !seen.insert(code.clone()) {
                self.wrong(&code, What::Twice);
            }
            if !product.name.is_sound() {
                self.wrong(&code, What::Name);
            }
            if product.unit.trim().is_empty() || product.unit.chars().count() > WantedProduct::MAX_UNIT {
                self.wrong(&code, What::Unit);
            }
            let group = self.list.group_by_code(&product.group);
            if group.is_none() && !new_groups.contains(&product.group) {
                self.wrong(&code, What::UnknownGroup);
            }
            match self.list.by_code(&code) {
                None => {
                    let next = next.entry(product.group.clone()).or_insert_with(|| {
                        let known = group.map(|group| self.list.of_group(group.id));
                        behind(known.into_iter().flatten().map(|line| line.product.position))
                    });
                    let position = product.position.unwrap_or(*next);
                    *next = (*next).max(position.saturating_add(1));
                    self.changes.push(Change::AddProduct(product, position));
                }
                Some(known) => {
                    let changed = Product {
                        group: group.map_or(known.product.group, |group| group.id),
                        name: product.name,
                        unit: product.unit,
                        position: product.position.unwrap_or(known.product.position),
                        ..known.product.clone()
                    };
                    let moves = group.is_none() || changed.group != known.product.group;
                    if moves && known.was_on_sale(self.now) {
                        self.wrong(&code, What::Moved);
                    }
                    if moves || changed != known.product {
                        self.changes.push(Change::ChangeProduct(changed, product.group));
                    }
                }
            }
        }
    }

    fn prices(&mut self, wanted: Vec<(Code, WantedPrice)>, new_products: &HashSet<Code>) {
        let none = History::default();
        let mut seen = HashSet::new();
        for (product, WantedPrice { from, price }) in wanted {
            let price = Price {
                from: from.unwrap_or(self.now),
                price,
            };
            let known = match self.list.by_code(&product) {
                Some(line) => &line.prices,
                None if new_products.contains(&product) => &none,
                None => {
                    self.wrong(&product, What::UnknownProduct);
                    continue;
                }
            };
            if !seen.insert((product.clone(), price.from)) {
                self.wrong(&product, What::Twice);
            }
            if !(0..=Money::MAX_MINOR).contains(&price.price.minor()) {
                self.wrong(&product, What::Amount);
            }
            let instead_of = known.beginning(price.from);
            if instead_of == Some(price.price) {
                continue;
            }
            // One that begins now is not to come any more.
            let holds_already = instead_of.is_some() && price.from <= self.now;
            if holds_already || !known.may_begin(price.from, self.now) {
                self.wrong(&product, What::Past(price.from));
            }
            self.changes.push(Change::SetPrice {
                product,
                price,
                instead_of,
            });
        }
    }
}

/// The position behind all others.
fn behind(positions: impl Iterator<Item = i32>) -> i32 {
    positions.max().map_or(1, |last| last.saturating_add(1))
}
