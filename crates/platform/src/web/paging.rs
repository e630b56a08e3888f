//! Lists that come a page at a time.

use std::str::FromStr;

use sea_orm::Order;

/// Truncates `found` to one page. One row more than a page was fetched; if it is there, returns the cursor of the last row
/// kept, which `place` makes.
pub fn leave_page<T, P>(found: &mut Vec<T>, size: usize, place: impl FnOnce(&T) -> P) -> Option<P> {
    let more = found.len() > size;
    found.truncate(size);
    found.last().filter(|_| more).map(place)
}

/// Where a page of a list that shows the newest first begins. `P` says where in the list one of it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<P> {
    /// With the newest.
    Newest,
    /// With the next that is older than this.
    Older(P),
    /// With as many as a page shows, up to the last that is newer than this.
    Newer(P),
}

/// A page of such a list, newest first.
#[derive(Debug, PartialEq, Eq)]
pub struct Slice<T, P> {
    /// What it shows.
    pub rows: Vec<T>,
    /// Where the page above ends, if there is one.
    pub newer: Option<P>,
    /// Where the page below begins, if there is one.
    pub older: Option<P>,
}

impl<P> Place<P> {
    /// As an address says it. Wrong values are taken as none: a mistyped place shows the newest.
    #[must_use]
    pub fn read(older: &str, newer: &str) -> Self
    where
        P: FromStr,
    {
        match (older.parse(), newer.parse()) {
            (Ok(place), _) => Self::Older(place),
            (_, Ok(place)) => Self::Newer(place),
            _ => Self::Newest,
        }
    }

    /// In which order to look for what it shows: what is newer than a place the oldest first, since those are the nearest.
    #[must_use]
    pub fn order(&self) -> Order {
        match self {
            Self::Newest | Self::Older(_) => Order::Desc,
            Self::Newer(_) => Order::Asc,
        }
    }

    /// The page that begins here, of what was found from here on in that [order](Self::order), where one more was looked
    /// for than it shows.
    #[must_use]
    pub fn slice<T>(self, mut found: Vec<T>, size: usize, place: impl Fn(&T) -> P) -> Slice<T, P> {
        let more = leave_page(&mut found, size, |_| ()).is_some();
        // Where the reader comes from there are some.
        let (newer, older) = match self {
            Self::Newest => (false, more),
            Self::Older(_) => (true, more),
            Self::Newer(_) => {
                found.reverse();
                (more, true)
            }
        };
        Slice {
            newer: found.first().filter(|_| newer).map(&place),
            older: found.last().filter(|_| older).map(&place),
            rows: found,
        }
    }
}

/// Lists that only go on, as those of the API do, know no newer page.
impl<P> From<Option<P>> for Place<P> {
    fn from(older: Option<P>) -> Self {
        older.map_or(Self::Newest, Self::Older)
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Slice, leave_page};

    #[test]
    fn the_next_page_begins_behind_the_last_that_is_shown() {
        for (found, shown, next) in [
            (vec![], vec![], None),
            (vec![1, 2], vec![1, 2], None),
            (vec![1, 2, 3], vec![1, 2], Some(2)),
        ] {
            let mut left = found.clone();
            assert_eq!(leave_page(&mut left, 2, |last| *last), next, "{found:?}");
            assert_eq!(left, shown);
        }
    }

    #[test]
    fn a_list_is_left_through_in_both_directions() {
        let of = |place: Place<i32>, found: &[i32]| {
            let Slice { rows, newer, older } = place.slice(found.to_vec(), 2, |row| *row);
            (rows, newer, older)
        };
        assert_eq!(of(Place::Newest, &[]), (vec![], None, None));
        assert_eq!(of(Place::Newest, &[5, 4]), (vec![5, 4], None, None));
        assert_eq!(of(Place::Newest, &[5, 4, 3]), (vec![5, 4], None, Some(4)));
        assert_eq!(of(Place::Older(4), &[3, 2, 1]), (vec![3, 2], Some(3), Some(2)));
        assert_eq!(of(Place::Older(2), &[1]), (vec![1], Some(1), None));
        assert_eq!(of(Place::Newer(1), &[2, 3, 4]), (vec![3, 2], Some(3), Some(2)));
        assert_eq!(of(Place::Newer(3), &[4, 5]), (vec![5, 4], None, Some(4)));
    }

    #[test]
    fn a_mistyped_place_shows_the_newest() {
        assert_eq!(Place::read("7", ""), Place::Older(7));
        assert_eq!(Place::read("", "7"), Place::Newer(7));
        assert_eq!(Place::read("7", "8"), Place::Older(7));
        assert_eq!(Place::<i64>::read("x", "y"), Place::Newest);
    }
}
