//! The letters of this room.

use jiff::Timestamp;
use platform::{
    api::{Scope, Scopes},
    i18n::L10n,
    mail::{Letter, Preview},
    site::Site,
};

use crate::tokens::Personal;

/// When it happens in the samples: Thursday 26 November 2026, 09:41 in Hanoi.
const SAMPLE_AT: Timestamp = Timestamp::constant(1_795_660_860, 0);
/// Ninety days later.
const SAMPLE_UNTIL: Timestamp = Timestamp::constant(1_803_436_860, 0);

fn sample_token() -> Personal {
    Personal {
        id: uuid::Uuid::nil(),
        name: "CRM".to_owned(),
        scopes: Scopes::all(),
        created_at: SAMPLE_AT,
        expires_at: SAMPLE_UNTIL,
        used_at: None,
    }
}

/// Samples of the letters, for the preview page.
pub const PREVIEWS: &[Preview] = &[
    Preview {
        template: "password-reset",
        sample: |l, site| password_reset(l, site, "Trần Minh Anh", &site.link("/reset?token=…")),
    },
    Preview {
        template: "password-changed",
        sample: |l, site| password_changed(l, site, "Trần Minh Anh", SAMPLE_AT, "/forgotten"),
    },
    Preview {
        template: "token-made",
        sample: |l, site| token_made(l, site, "Trần Minh Anh", &sample_token()),
    },
];

/// Tells that a token for the API was made.
pub(crate) fn token_made(l: &L10n, site: &Site, name: &str, token: &Personal) -> Letter {
    let subject = l.t1("letter-token-made-subject", "provider", site.name.as_str());
    let scopes: Vec<&str> = token.scopes.iter().map(Scope::as_str).collect();
    Letter::new("token-made", l, subject)
        .text(l.t1("letter-password-greeting", "name", name))
        .text(l.t2(
            "letter-token-made-text",
            "token",
            token.name.as_str(),
            "until",
            l.date_time(token.expires_at),
        ))
        .text(l.t1("letter-token-made-scopes", "scopes", scopes.join(", ")))
        .text(l.t("letter-token-made-not-you"))
        .button(l.t("letter-token-made-button"), site.link("/profile/tokens"))
}

/// The link to set a new password.
pub(crate) fn password_reset(l: &L10n, site: &Site, name: &str, link: &str) -> Letter {
    let subject = l.t1("letter-password-reset-subject", "provider", site.name.as_str());
    Letter::new("password-reset", l, subject)
        .text(l.t1("letter-password-greeting", "name", name))
        .text(l.t1("letter-password-reset-text", "provider", site.name.as_str()))
        .button(l.t("letter-password-reset-button"), link.to_owned())
        .text(l.t("letter-password-reset-ignore"))
        .secret()
}

/// Tells that the password was changed; `forgotten` is where to go for who did not do it.
pub(crate) fn password_changed(l: &L10n, site: &Site, name: &str, at: Timestamp, forgotten: &str) -> Letter {
    let subject = l.t1("letter-password-changed-subject", "provider", site.name.as_str());
    Letter::new("password-changed", l, subject)
        .text(l.t1("letter-password-greeting", "name", name))
        .text(l.t2(
            "letter-password-changed-text",
            "at",
            l.date_time(at),
            "provider",
            site.name.as_str(),
        ))
        .text(l.t("letter-password-changed-not-you"))
        .button(l.t("letter-password-changed-button"), site.link(forgotten))
}
