//! One's own data.

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::Response,
};
use platform::{
    Grants,
    actor::Capacity,
    web::{self, Fault, FieldErrors, Form, Shell, page, page_with},
};

use crate::{Accounts, account::Account, forms::ProfileForm, service, store};

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    shell: Shell,
    errors: FieldErrors,
    form: ProfileForm,
    account: Account,
    email: String,
    is_root: bool,
    /// What an IAM user was granted.
    grants: Grants,
}

impl ProfilePage {
    fn whom_to_ask(&self) -> String {
        let root = &self.account.root;
        self.shell.l.t2(
            "accounts-profile-ask",
            "name",
            root.name.as_str(),
            "email",
            root.email.as_str(),
        )
    }
}

pub(super) async fn show(State(room): State<Accounts>, shell: Shell) -> Result<Response, Fault> {
    let account = own_account(&room, &shell).await?;
    let person = shell.person()?;
    let form = ProfileForm {
        name: person.name.clone(),
        phone: account.phone.clone(),
        language: person.language.tag().to_owned(),
    };
    page(&profile_page(shell, account, form, FieldErrors::default())?)
}

pub(super) async fn save(
    State(room): State<Accounts>,
    shell: Shell,
    Form(form): Form<ProfileForm>,
) -> Result<Response, Fault> {
    let person = shell.person()?;
    let profile = match form.parse(is_root(&shell)) {
        Ok(profile) => profile,
        Err(mistakes) => {
            let errors = mistakes.tell(&shell.l);
            let account = own_account(&room, &shell).await?;
            let back = profile_page(shell, account, form, errors)?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &back);
        }
    };
    let language = profile.language;
    service::change_profile(&room.app, shell.caller(), person, profile).await?;
    let mut response = web::flash(&shell, "/profile", "accounts-profile-saved");
    let year = 365 * 24 * 3600;
    if let Some(language) = language {
        let chosen = web::cookie(&shell.site().public_url, "language", language.tag(), Some(year));
        response.headers_mut().append(header::SET_COOKIE, chosen);
    }
    Ok(response)
}

fn profile_page(
    shell: Shell,
    account: Account,
    form: ProfileForm,
    errors: FieldErrors,
) -> Result<ProfilePage, Fault> {
    let person = shell.person()?;
    let email = person.email.to_string();
    let grants = match person.capacity {
        Capacity::Iam { grants, .. } => grants,
        Capacity::Root { .. } | Capacity::Staff { .. } => Grants::default(),
    };
    Ok(ProfilePage {
        is_root: is_root(&shell),
        shell,
        errors,
        form,
        account,
        email,
        grants,
    })
}

fn is_root(shell: &Shell) -> bool {
    shell
        .visitor
        .signed_in()
        .is_some_and(|person| matches!(person.capacity, Capacity::Root { .. }))
}

/// The reader's account.
pub(super) async fn own_account(room: &Accounts, shell: &Shell) -> Result<Account, Fault> {
    let id = shell.account()?;
    store::account(room.app.db().read(), id)
        .await?
        .ok_or_else(Fault::not_found)
}
