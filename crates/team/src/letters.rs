//! The letters of this room.

use accounts::account::{Account, Class, Enterprise, RootUser, Standing};
use jiff::Timestamp;
use kernel::{
    AccountId, Language, UserId,
    tax_code::{Country, TaxCode},
};
use platform::{
    Grant,
    i18n::L10n,
    mail::{Letter, Preview},
    site::Site,
};
use uuid::Uuid;

use crate::rules::{Member, State, UserName};

/// Samples of the letters, for the preview page.
pub const PREVIEWS: &[Preview] = &[
    Preview {
        template: INVITATION,
        sample: |l, site| invitation(l, site, &sample_owner(), &sample_member(), "sample"),
    },
    Preview {
        template: CHANGED,
        sample: |l, site| changed(l, site, &sample_owner(), &sample_member()),
    },
    Preview {
        template: REMOVED,
        sample: |l, site| removed(l, site, &sample_owner(), &sample_member()),
    },
];

const INVITATION: &str = "team-invitation";
const CHANGED: &str = "team-changed";
const REMOVED: &str = "team-removed";

/// The link that lets somebody join.
#[must_use]
pub fn invitation(l: &L10n, site: &Site, owner: &Account, member: &Member, token: &str) -> Letter {
    let subject = about(l, "team-letter-invitation-subject", site, owner);
    let letter = Letter::new(INVITATION, l, subject)
        .text(l.t1("team-letter-greeting", "name", member.name.as_str()))
        .text(l.with(
            "team-letter-invitation-text",
            [
                ("by", owner.root.name.as_str().into()),
                ("account", owner.display_name().into()),
                ("provider", site.name.as_str().into()),
            ],
        ))
        .facts(vec![
            (l.t("team-root-email"), owner.root.email.to_string()),
            (l.t("team-user-name"), member.user_name.to_string()),
            (l.t("team-grants"), l.grants(member.grants)),
        ])
        .button(
            l.t("team-letter-invitation-button"),
            site.link(&format!("/join?token={token}")),
        );
    let letter = match member.state {
        State::Invited { expires_at, .. } => {
            letter.text(l.t1("team-letter-invitation-until", "until", l.date_time(expires_at)))
        }
        State::Active { .. } => letter,
    };
    letter.text(l.t("team-letter-invitation-ignore")).secret()
}

/// Tells somebody what they may do from now on.
#[must_use]
pub fn changed(l: &L10n, site: &Site, owner: &Account, member: &Member) -> Letter {
    Letter::new(CHANGED, l, about(l, "team-letter-changed-subject", site, owner))
        .text(l.t1("team-letter-greeting", "name", member.name.as_str()))
        .text(l.t2(
            "team-letter-changed-text",
            "by",
            owner.root.name.as_str(),
            "account",
            owner.display_name(),
        ))
        .facts(vec![(l.t("team-grants"), l.grants(member.grants))])
        .button(l.t("team-letter-changed-button"), site.link("/profile"))
        .text(ask(l, owner))
}

/// Tells somebody that they can no longer sign in.
#[must_use]
pub fn removed(l: &L10n, site: &Site, owner: &Account, member: &Member) -> Letter {
    Letter::new(REMOVED, l, about(l, "team-letter-removed-subject", site, owner))
        .text(l.t1("team-letter-greeting", "name", member.name.as_str()))
        .text(l.t2(
            "team-letter-removed-text",
            "account",
            owner.display_name(),
            "provider",
            site.name.as_str(),
        ))
        .text(ask(l, owner))
}

fn about(l: &L10n, key: &str, site: &Site, owner: &Account) -> String {
    l.t2(
        key,
        "provider",
        site.name.as_str(),
        "account",
        owner.display_name(),
    )
}

fn ask(l: &L10n, owner: &Account) -> String {
    l.t2(
        "team-letter-ask",
        "name",
        owner.root.name.as_str(),
        "email",
        owner.root.email.as_str(),
    )
}

fn sample_owner() -> Account {
    Account {
        id: AccountId(Uuid::nil()),
        class: Class::Enterprise(Enterprise {
            legal_name: "Công ty TNHH Sao Mai".to_owned(),
            tax_code: TaxCode::parse(Country::VIETNAM, "0100109106").expect("a constant that is a tax code"),
        }),
        phone: String::new(),
        standing: Standing::default(),
        managed_by: None,
        partner_since: None,
        root: RootUser {
            id: UserId(Uuid::nil()),
            email: "lan.tran@saomai.example"
                .parse()
                .expect("a constant that is an address"),
            name: "Trần Thị Lan".to_owned(),
            language: Language::Vietnamese,
            email_verified_at: None,
        },
        created_at: Timestamp::UNIX_EPOCH,
    }
}

fn sample_member() -> Member {
    // Thursday 26 November 2026, 09:41 in Hanoi.
    let at = Timestamp::constant(1_795_660_860, 0);
    Member {
        id: UserId(Uuid::nil()),
        account: AccountId(Uuid::nil()),
        email: "minh.le@saomai.example"
            .parse()
            .expect("a constant that is an address"),
        user_name: UserName::stored("minh.le".to_owned()),
        name: "Lê Nhật Minh".to_owned(),
        language: Language::Vietnamese,
        grants: [Grant::Customers, Grant::ReadOnly].into_iter().collect(),
        state: State::Invited {
            at,
            sent_at: at,
            // Two weeks later.
            expires_at: Timestamp::constant(1_796_870_460, 0),
        },
    }
}
