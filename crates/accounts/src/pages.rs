//! The pages of this room.

mod complete;
mod enterprise;
mod legal;
mod profile;
mod sign_up;

use platform::web::{Mounted, Need, Routes};

use crate::Accounts;

pub(crate) fn mount(room: &Accounts) -> Mounted {
    Routes::new()
        .get("/sign-up", Need::Nothing, sign_up::show)
        .post("/sign-up", Need::Nothing, sign_up::submit)
        .get("/sign-up/sent", Need::Nothing, sign_up::sent)
        .post("/sign-up/again", Need::Nothing, sign_up::again)
        .get("/sign-up/complete", Need::Nothing, complete::show)
        .post("/sign-up/complete", Need::Nothing, complete::submit)
        .post("/sign-up/renew", Need::Nothing, complete::renew)
        .get("/sign-up/done", Need::Nothing, complete::done)
        .get("/legal/terms-of-use", Need::Nothing, legal::terms_of_use)
        .get("/legal/personal-data", Need::Nothing, legal::personal_data)
        .get("/profile", Need::Account, profile::show)
        .post("/profile", Need::Account, profile::save)
        .get("/profile/enterprise", Need::Root, enterprise::show)
        .post("/profile/enterprise", Need::Root, enterprise::submit)
        .with_state(room.clone())
}
