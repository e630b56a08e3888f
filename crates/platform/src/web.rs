//! The shell around every page: layout, routes with their permission, forms, errors, live updates.

pub mod assets;
mod cookies;
mod fault;
mod forms;
mod guard;
pub mod live;
mod observe;
mod page;
mod paging;
mod security;
mod server;
mod shell;
mod time_left;
mod way_back;

pub use cookies::{cookie, expired_cookie, read as read_cookie};
pub use fault::Fault;
pub use forms::{FieldErrors, Form};
pub use guard::{Mounted, Need, Route, Routes};
pub use observe::{Observed, REQUEST_ID, RequestId, SpanHook};
pub(crate) use page::html;
pub use page::{flash, page, page_with, redirect};
pub use paging::{Place, Slice, leave_page};
pub use security::{ContentPolicy, frame_policy, policy_with_form_action};
pub use server::{Identify, Site, assemble, client_address, local_path, network};
pub use shell::{NavEntry, Room, Shell};
pub use time_left::{TimeTag, When, business_time};
