//! Where somebody goes on who signs in because a form asked for it: to the page that the form was on.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{Method, header},
};

use super::Route;
use crate::site::PublicUrl;

/// The routes of the portal, to tell the addresses that show a page from those that take a form alone.
#[derive(Clone)]
pub(super) struct Pages(Arc<[(Method, &'static str)]>);

impl Pages {
    pub(super) fn of(table: &[Route]) -> Self {
        Self(
            table
                .iter()
                .map(|route| (route.method.clone(), route.path))
                .collect(),
        )
    }

    /// Whether there is a page at a path. The route that a path leads to is the one that names more of it.
    fn has(&self, path: &str) -> bool {
        let names_most = |route: &&str| route.split('/').map(is_parameter).collect::<Vec<_>>();
        let routes = || self.0.iter().filter(move |(_, route)| leads_to(route, path));
        let found = routes().map(|(_, route)| *route).min_by_key(names_most);
        found.is_some_and(|found| routes().any(|(method, route)| *route == found && method == Method::GET))
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

fn is_parameter(part: &str) -> bool {
    part.starts_with('{')
}

fn leads_to(route: &str, path: &str) -> bool {
    let (mut parts, mut given) = (route.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(given)) if part == given || is_parameter(part) && !given.is_empty() => {}
            _ => return false,
        }
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
        let get = |path| (Method::GET, path);
        let post = |path| (Method::POST, path);
        let pages = Pages(Arc::new([
            get("/"),
            get("/customers"),
            post("/customers"),
            get("/customers/{id}"),
            post("/customers/answer"),
            get("/customers/{id}/end"),
            post("/customers/{id}/end"),
            post("/customers/{id}/notes/{note}/remove"),
        ]));
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
