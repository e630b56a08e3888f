//! The pages of staff: the queue, a case, decisions, the dashboard.

mod access;
mod actions;
mod bulk;
mod case;
mod dashboard;
mod parts;
mod queue;
mod reject;
mod timeline;

use axum::response::Response;
use platform::{
    Permission,
    i18n::Messages,
    queue::Queue,
    web::{NavEntry, Need, Routes, redirect},
};

use crate::desk::Desk;

/// The entries of these pages in the navigation of staff.
pub const NAV: &[NavEntry] = &[
    NavEntry {
        href: "/staff/dashboard",
        label: "review-nav-dashboard",
        need: SEE,
    },
    NavEntry {
        href: QUEUE,
        label: "review-nav-queue",
        need: SEE,
    },
];

/// Where registrations wait for a decision.
pub const WAITING: Queue = Queue {
    of: "registrations",
    state: "awaiting_approval",
    since: "submitted_at",
    has_deadline: true,
    href: QUEUE,
    label: "review-nav-queue",
    need: SEE,
};

/// The messages of these pages.
pub const MESSAGES: Messages = Messages {
    room: "registration, review",
    english: include_str!("../../messages/review.en.ftl"),
    vietnamese: include_str!("../../messages/review.vi.ftl"),
};

const SEE: Need = Need::Staff(Permission::SeeRegistrations);
const DECIDE: Need = Need::Staff(Permission::DecideRegistrations);
const LEAD: Need = Need::Staff(Permission::LeadRegistrations);

/// Where the queue is.
const QUEUE: &str = "/staff/registrations";

/// Their routes.
pub(crate) fn routes(routes: Routes<Desk>) -> Routes<Desk> {
    routes
        .get("/staff", SEE, start)
        .get("/staff/dashboard", SEE, dashboard::dashboard)
        .get(QUEUE, SEE, queue::queue)
        .get("/staff/registrations/bulk", LEAD, bulk::confirm)
        .post("/staff/registrations/bulk", LEAD, bulk::approve)
        .get("/staff/registrations/{id}", SEE, case::case)
        .post("/staff/registrations/{id}/take", DECIDE, actions::take)
        .post("/staff/registrations/{id}/release", DECIDE, actions::release)
        .post("/staff/registrations/{id}/hand-over", DECIDE, actions::hand_over)
        .post("/staff/registrations/{id}/ask", DECIDE, actions::ask)
        .get(
            "/staff/registrations/{id}/approve",
            DECIDE,
            actions::confirm_approval,
        )
        .post("/staff/registrations/{id}/approve", DECIDE, actions::approve)
        .get("/staff/registrations/{id}/reject", DECIDE, reject::form)
        .post("/staff/registrations/{id}/reject", DECIDE, reject::reject)
}

async fn start() -> Response {
    redirect(QUEUE)
}
