//! Where somebody goes on who signs in because a form asked for it: to the page that the form was on.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::Request,
    http::{Method, header},
};
use matchit::Router;

use super::Route;
use crate::site::PublicUrl;

/// The addresses of the portal, and whether each shows a page or takes a form alone.
#[derive(Clone)]
pub(super) struct Pages(Arc<Router<bool>>);

impl Pages {
    /// Of the routes that the server has: matched as it matches them, by the same library.
    pub(super) fn of(table: &[Route]) -> Self {
        Self::new(table.iter().map(|route| (&route.method, route.path)))
    }

    fn new<'a>(routes: impl IntoIterator<Item = (&'a Method, &'a str)>) -> Self {
        let mut shows = BTreeMap::new();
        for (method, path) in routes {
            *shows.entry(path).or_insert(false) |= method == Method::GET;
        }
        let mut known = Router::new();
        for (path, page) in shows {
            known
                .insert(path, page)
                .expect("the server takes no two paths that contradict each other");
        }
        Self(Arc::new(known))
    }

    /// Whether there is a page at a path.
    fn has(&self, path: &str) -> bool {
        self.0.at(path).is_ok_and(|found| *found.value)
    }

    /// The page itself; where it was the answer to a form and its address shows none, the nearest above it.
    fn nearest<'a>(&self, page: &'a str) -> &'a str {
        let mut path = page.split('?').next().unwrap_or_default();
        if self.has(path) {
            return page;
        }
        while let Some((above, _)) = path.rsplit_once('/') {
            if self.has(above) {
                return above;
            }
            path = above;
        }
        "/"
    }
}

/// The page of ours that a form was on, where the browser says which: its path and query.
pub(super) fn page_of(request: &Request, own: &PublicUrl) -> Option<String> {
    let from = request.headers().get(header::REFERER)?.to_str().ok()?;
    let from = url::Url::parse(from).ok()?;
    if from.origin().ascii_serialization() != own.origin() {
        return None;
    }
    let page = &from[url::Position::BeforePath..url::Position::AfterQuery];
    let pages = request.extensions().get::<Pages>()?;
    Some(pages.nearest(page).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_no_page_gives_way_to_the_nearest_page_above_it() {
        let get = |path| (&Method::GET, path);
        let post = |path| (&Method::POST, path);
        let pages = Pages::new([
            get("/"),
            get("/customers"),
            post("/customers"),
            get("/customers/{id}"),
            post("/customers/answer"),
            get("/customers/{id}/end"),
            post("/customers/{id}/end"),
            post("/customers/{id}/notes/{note}/remove"),
        ]);
        let cases = [
            ("/customers?page=2", "/customers?page=2"),
            ("/customers/7/end", "/customers/7/end"),
            ("/customers/7?x=/y", "/customers/7?x=/y"),
            ("/customers/answer", "/customers"),
            ("/customers/7/notes/1/remove?x=1", "/customers/7"),
            ("/customers/", "/customers"),
            ("/nowhere/at/all", "/"),
            ("/", "/"),
        ];
        for (from, to) in cases {
            assert_eq!(pages.nearest(from), to, "{from}");
        }
    }
}
