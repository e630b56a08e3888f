//! What can be done with accounts: each a transaction with its events and letters.

use kernel::{AccountId, EmailAddress, Language, UserId};
use platform::{
    actor::{Caller, Capacity, SignedIn},
    app::App,
    i18n::L10n,
    mail::Recipient,
    secret::Token,
    web::network,
    work::Work,
};
use sea_orm::{DbErr, SqlErr};
use serde_json::json;

use crate::{
    account::{Account, Class, Enterprise, PaymentMode, Standing, StandingChange},
    config::Config,
    events::{self, AccountEvent, Company},
    forms::Profile,
    letters,
    password::PasswordHash,
    person::Person,
    store::{
        self, NewAccount,
        link::{self, Purpose},
        sign_up,
    },
};

/// What became of a request for a sign-up letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requested {
    /// A letter is on its way: with a link or, where the address has an account, with a way to it.
    Sent,
    /// Enough letters for this hour.
    TooMany,
}

/// Asks for the letter that verifies a mailbox. `consent` is whether the documents were just agreed to; it is not
/// when a letter is asked for again.
pub async fn request_letter(
    app: &App,
    config: &Config,
    caller: Caller,
    l: &L10n,
    email: &EmailAddress,
    consent: bool,
) -> Result<Requested, DbErr> {
    let origin = caller.origin.map(network);
    let mut work = Work::begin(app, caller).await?;
    let now = work.now();
    let (to_mailbox, from_origin) =
        sign_up::requests_within_hour(work.tx(), email, origin.as_deref(), now).await?;
    if to_mailbox >= config.letters_per_mailbox.into() || from_origin >= config.letters_per_origin.into() {
        return Ok(Requested::TooMany);
    }
    sign_up::insert_request(work.tx(), work.new_id(), email, origin, now).await?;
    let asked = AccountEvent::SignUpRequested { email: email.clone() };
    let known = store::find_root(work.tx(), email).await?;
    let because = work.record(events::sign_up(work.new_id()), &asked).await?;
    if let Some(person) = known {
        let letter = letters::already_registered(&l.in_language(person.language), app.site());
        work.send(
            because,
            &Recipient {
                address: email.clone(),
                account: person.capacity.account(),
            },
            &letter,
        )?;
    } else {
        let token = Token::random();
        let to = (email, None, l.language());
        link::insert(work.tx(), Purpose::SignUp, &token, to, now, config.link_life()).await?;
        if consent {
            keep_consents(&work, config, l.language(), email).await?;
        }
        let letter = letters::verification(l, app.site(), token.expose(), config.link_life());
        work.send(
            because,
            &Recipient {
                address: email.clone(),
                account: None,
            },
            &letter,
        )?;
    }
    work.commit().await?;
    Ok(Requested::Sent)
}

/// Keeps what was agreed to, in the versions of today.
async fn keep_consents(
    work: &Work,
    config: &Config,
    language: Language,
    email: &EmailAddress,
) -> Result<(), DbErr> {
    let agreed = [
        ("terms_of_use", config.terms_of_use.version.as_str()),
        ("personal_data", config.personal_data.version.as_str()),
    ];
    let origin = work.caller().origin;
    sign_up::insert_consents(
        work.tx(),
        || work.new_id(),
        email,
        &agreed,
        language,
        work.now(),
        origin,
    )
    .await
}

/// What a new account is made from.
pub struct NewRoot {
    /// The person's name.
    pub name: String,
    /// The password.
    pub password: PasswordHash,
    /// The telephone number.
    pub phone: String,
    /// The class.
    pub class: Class,
}

/// What became of a completed sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// The account exists now.
    Created(AccountId),
    /// The link was used up or had expired, or the mailbox has an account by now: nothing happened.
    LinkGone,
}

/// Makes the account, once for a link and once for a mailbox.
pub async fn complete(
    app: &App,
    caller: Caller,
    l: &L10n,
    token: &Token,
    new: NewRoot,
) -> Result<Completion, DbErr> {
    match complete_once(app, caller, l, token, new).await {
        // Two links of one mailbox at once: the unique index let one through.
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Ok(Completion::LinkGone)
        }
        other => other,
    }
}

async fn complete_once(
    app: &App,
    caller: Caller,
    l: &L10n,
    token: &Token,
    new: NewRoot,
) -> Result<Completion, DbErr> {
    let mut work = Work::begin(app, caller).await?;
    let now = work.now();
    if !link::use_up(work.tx(), Purpose::SignUp, token, now).await? {
        return Ok(Completion::LinkGone);
    }
    let link = link::find(work.tx(), Purpose::SignUp, token, now).await?;
    let link = link.ok_or_else(|| DbErr::RecordNotFound("the link that was just used".to_owned()))?;
    if store::find_root(work.tx(), &link.email).await?.is_some() {
        return Ok(Completion::LinkGone);
    }
    let account = AccountId(work.new_id());
    let row = NewAccount {
        id: account,
        root: UserId(work.new_id()),
        class: new.class,
        phone: new.phone,
        payment_mode: PaymentMode::Prepaid,
        email: link.email.clone(),
        name: new.name,
        language: l.language(),
        password: Some(new.password),
        email_verified_at: Some(now),
        created_at: now,
    };
    store::insert(work.tx(), &row).await?;
    sign_up::own_consents(work.tx(), &link.email, row.root).await?;
    let company = match &row.class {
        Class::Enterprise(company) => Some(Company::from(company)),
        Class::Individual => None,
    };
    let created = AccountEvent::Created {
        email: link.email.clone(),
        company,
    };
    let because = work.record(events::subject(account), &created).await?;
    let letter = letters::welcome(l, app.site(), &row.name, link.email.as_str(), &row.class);
    work.send(
        because,
        &Recipient {
            address: link.email,
            account: Some(account),
        },
        &letter,
    )?;
    work.commit().await?;
    Ok(Completion::Created(account))
}

/// Changes a user's own data and, by the root user, the account's telephone number. Saving the same again records
/// nothing.
pub async fn change_profile(app: &App, caller: Caller, person: &SignedIn, new: Profile) -> Result<(), DbErr> {
    let (user, account) = match person.capacity {
        Capacity::Root { user, account } | Capacity::Iam { user, account, .. } => (user, account),
        Capacity::Staff { .. } => return Ok(()),
    };
    let mut work = Work::begin(app, caller).await?;
    let Some(now) = store::lock_account(work.tx(), account).await? else {
        return Ok(());
    };
    let Some(known) = store::find_person(work.tx(), user.into()).await? else {
        return Ok(());
    };
    let is_root = matches!(person.capacity, Capacity::Root { .. });
    let phone = new.phone.filter(|_| is_root);
    let same_phone = phone.as_ref().is_none_or(|phone| *phone == now.phone);
    let name = new.name.unwrap_or_else(|| known.name.clone());
    let language = new.language.unwrap_or(known.language);
    if same_phone && known.name == name && known.language == language {
        return work.commit().await;
    }
    let profile = |name: &str, language: Language, phone: &str| {
        if is_root {
            json!({ "name": name, "language": language, "phone": phone })
        } else {
            json!({ "name": name, "language": language })
        }
    };
    let before = profile(&known.name, known.language, &now.phone);
    let after = profile(&name, language, phone.as_deref().unwrap_or(&now.phone));
    store::set_user_profile(work.tx(), user, &name, language).await?;
    if let Some(phone) = &phone {
        store::set_phone(work.tx(), account, phone).await?;
    }
    let changed = AccountEvent::ProfileChanged {
        name,
        language,
        phone,
    };
    work.record_change(events::subject(account), &changed, before, after)
        .await?;
    work.commit().await
}

/// Somebody opened a link that was sent to the own address, which is verified by that. Of a root user that is a change
/// of the account.
pub async fn verify_email(work: &mut Work, person: &Person) -> Result<(), DbErr> {
    let now = work.now();
    let is_new = store::set_verified(work.tx(), person.id(), now).await?;
    let Capacity::Root { account, .. } = person.capacity else {
        return Ok(());
    };
    if is_new {
        let verified = AccountEvent::EmailVerified {
            email: person.email.clone(),
        };
        let (before, after) = (
            json!({ "email_verified_at": null }),
            json!({ "email_verified_at": now }),
        );
        work.record_change(events::subject(account), &verified, before, after)
            .await?;
    }
    Ok(())
}

/// Makes an individual account a company's. False where it is one already.
pub async fn become_enterprise(
    app: &App,
    caller: Caller,
    account: AccountId,
    company: &Enterprise,
) -> Result<bool, DbErr> {
    let mut work = Work::begin(app, caller).await?;
    match store::lock_account(work.tx(), account).await? {
        Some(Account {
            class: Class::Individual,
            ..
        }) => {}
        _ => return Ok(false),
    }
    store::set_class(work.tx(), account, &Class::Enterprise(company.clone())).await?;
    let company = Company::from(company);
    let before = json!({ "class": "individual" });
    let after = json!({ "class": "enterprise", "company": company });
    let event = AccountEvent::BecameEnterprise { company };
    work.record_change(events::subject(account), &event, before, after)
        .await?;
    work.commit().await?;
    Ok(true)
}

/// What became of a correction of what names a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// It is so now.
    Done,
    /// The account is a person's: only its root user makes it a company's.
    Individual,
    /// There is no such account.
    NoAccount,
}

/// Corrects what names a company, on its word to the provider. What was handed in under the old name stays as it was.
/// What is so already is no event.
pub async fn correct_company(
    app: &App,
    caller: Caller,
    account: AccountId,
    company: Enterprise,
) -> Result<Correction, DbErr> {
    let mut work = Work::begin(app, caller).await?;
    let Some(account) = store::lock_account(work.tx(), account).await? else {
        return Ok(Correction::NoAccount);
    };
    let Some(before) = account.enterprise() else {
        return Ok(Correction::Individual);
    };
    if *before != company {
        let to = Company::from(&company);
        store::set_class(work.tx(), account.id, &Class::Enterprise(company)).await?;
        let before = json!({ "company": Company::from(before) });
        let after = json!({ "company": to });
        let event = AccountEvent::CompanyCorrected { company: to };
        work.record_change(events::subject(account.id), &event, before, after)
            .await?;
    }
    work.commit().await?;
    Ok(Correction::Done)
}

/// Takes over what billing knows of an account: since this moment it is checked by that whether the account may become a
/// partner's customer. Nothing where there is no such account; what is so already is no event.
pub async fn change_standing(
    app: &App,
    caller: Caller,
    account: AccountId,
    change: StandingChange,
) -> Result<Option<Standing>, DbErr> {
    let mut work = Work::begin(app, caller).await?;
    let Some(account) = store::lock_account(work.tx(), account).await? else {
        return Ok(None);
    };
    let (before, after) = (account.standing, account.standing.after(change));
    if before != after {
        store::set_standing(work.tx(), account.id, after).await?;
        let event = AccountEvent::StandingChanged { standing: after };
        work.record_change(events::subject(account.id), &event, json!(before), json!(after))
            .await?;
    }
    work.commit().await?;
    Ok(Some(after))
}
