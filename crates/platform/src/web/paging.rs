//! Lists that come a page at a time.

/// Leaves a page of what was found, where one more was looked for than it shows. If that one was there, `place` says of the
/// last that is shown where the next page begins.
pub fn leave_page<T, P>(found: &mut Vec<T>, size: usize, place: impl FnOnce(&T) -> P) -> Option<P> {
    let more = found.len() > size;
    found.truncate(size);
    found.last().filter(|_| more).map(place)
}

#[cfg(test)]
mod tests {
    use super::leave_page;

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
}
