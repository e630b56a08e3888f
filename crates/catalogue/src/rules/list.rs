//! All that the provider sells, with all its public prices.

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::{GroupId, Language, ProductId};

use super::{Code, History};

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CatalogueName)]
pub struct Name {
    /// In English.
    pub en: String,
    /// In Vietnamese.
    pub vi: String,
}

impl Name {
    /// How many characters it may have in a language.
    pub const MAX: usize = 120;

    /// For a reader of `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Vietnamese => &self.vi,
        }
    }

    /// Whether it has words in both languages, and not too many.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        [&self.en, &self.vi]
            .into_iter()
            .all(|name| !name.trim().is_empty() && name.chars().count() <= Self::MAX)
    }
}

/// A group of products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: Name,
    /// Where it stands in lists.
    pub position: i32,
}

/// Something the provider sells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its group.
    pub group: GroupId,
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: Name,
    /// What one of it is, as in "vCPU-hour".
    pub unit: String,
    /// Where it stands in lists.
    pub position: i32,
}

/// A product with its prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub product: Product,
    /// Its public prices.
    pub prices: History,
}

impl Line {
    /// Whether anybody can have bought it by now.
    #[must_use]
    pub fn was_on_sale(&self, now: Timestamp) -> bool {
        self.prices.at(now).is_some()
    }
}

/// All groups and products, in the order of lists, with all public prices. Made by [`PriceList::new`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceList {
    groups: Vec<Group>,
    lines: Vec<Line>,
    by_id: HashMap<ProductId, usize>,
    by_code: HashMap<Code, usize>,
}

impl PriceList {
    /// Puts everything in order: groups by their position, and products within them by theirs.
    #[must_use]
    pub fn new(mut groups: Vec<Group>, mut lines: Vec<Line>) -> Self {
        groups.sort_by(|a, b| (a.position, &a.code).cmp(&(b.position, &b.code)));
        let place: HashMap<GroupId, usize> = groups.iter().map(|group| group.id).zip(0..).collect();
        lines.sort_by_cached_key(|line| {
            let product = &line.product;
            (
                place.get(&product.group).copied(),
                product.position,
                product.code.clone(),
            )
        });
        let by_id = lines.iter().map(|line| line.product.id).zip(0..).collect();
        let by_code = lines
            .iter()
            .map(|line| line.product.code.clone())
            .zip(0..)
            .collect();
        Self {
            groups,
            lines,
            by_id,
            by_code,
        }
    }

    /// All groups.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// All products.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The products of a group.
    pub fn of_group(&self, group: GroupId) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.product.group == group)
    }

    /// A product by its id.
    #[must_use]
    pub fn product(&self, id: ProductId) -> Option<&Line> {
        self.by_id.get(&id).and_then(|place| self.lines.get(*place))
    }

    /// A product by its code.
    #[must_use]
    pub fn by_code(&self, code: &Code) -> Option<&Line> {
        self.by_code.get(code).and_then(|place| self.lines.get(*place))
    }

    /// A group by its id.
    #[must_use]
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// A group by its code.
    #[must_use]
    pub fn group_by_code(&self, code: &Code) -> Option<&Group> {
        self.groups.iter().find(|group| group.code == *code)
    }
}
