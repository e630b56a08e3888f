//! The letter of this room: an endpoint was disabled.

use accounts::store;
use kernel::{EmailAddress, Language};
use platform::{
    L10n, Permission,
    actor::Capacity,
    i18n::FluentValue,
    mail::{Letter, Preview, Recipient},
    site::Site,
};
use sea_orm::{ConnectionTrait, DbErr};

use crate::rules::{Owner, Reason};

const DISABLED: &str = "webhook-disabled";

/// Samples of the letters, for the preview page.
pub const PREVIEWS: &[Preview] = &[Preview {
    template: DISABLED,
    sample: |l, site| {
        disabled(
            l,
            site,
            Owner::Provider,
            "https://hooks.example.com/portico",
            "/staff/webhooks",
            Reason::Failing,
            5,
        )
    },
}];

/// To the owner: nothing is sent to the endpoint any more, and why. `path` is where its page is.
#[must_use]
pub fn disabled(
    l: &L10n,
    site: &Site,
    owner: Owner,
    url: &str,
    path: &str,
    reason: Reason,
    days: u16,
) -> Letter {
    let provider = site.name.as_str();
    let lead: [(&str, FluentValue<'_>); 2] = [("provider", provider.into()), ("days", days.into())];
    let lead = match reason {
        Reason::Gone => l.with("letter-webhook-disabled-gone", lead),
        Reason::Failing | Reason::ByHand => l.with("letter-webhook-disabled-failing", lead),
    };
    let whose = match owner {
        Owner::Provider => l.t("letter-webhook-disabled-provider"),
        Owner::Account(_) => l.t("letter-webhook-disabled-account"),
    };
    Letter::new(
        DISABLED,
        l,
        l.t1("letter-webhook-disabled-subject", "provider", provider),
    )
    .text(lead)
    .facts(vec![(l.t("webhooks-url"), url.to_owned())])
    .text(whose)
    .text(l.t("letter-webhook-disabled-next"))
    .text(l.t("webhooks-disabled-meanwhile"))
    .button(l.t("letter-webhook-disabled-button"), site.link(path))
}

/// Who hears of an endpoint: the account's root user, or the staff who manage the provider's.
pub(crate) async fn recipients(
    db: &impl ConnectionTrait,
    owner: Owner,
) -> Result<Vec<(Recipient, Language)>, DbErr> {
    let to = |address: EmailAddress| Recipient {
        address,
        account: owner.account(),
    };
    match owner {
        Owner::Account(account) => {
            let account = store::account(db, account).await?;
            Ok(account
                .map(|account| (to(account.root.email), account.root.language))
                .into_iter()
                .collect())
        }
        Owner::Provider => {
            let staff = store::all_staff(db).await?;
            Ok(staff
                .into_iter()
                .filter(|person| {
                    matches!(person.capacity, Capacity::Staff { role, .. } if role.may(Permission::ManageWebhooks))
                })
                .map(|person| (to(person.email), person.language))
                .collect())
        }
    }
}
