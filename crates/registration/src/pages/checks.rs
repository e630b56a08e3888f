//! The checklist of requirements.

use accounts::account::Account;
use platform::web::{Fault, Shell};

use super::name_of;
use crate::{
    desk::Desk,
    rules::{Requirement, Requirements, Unmet},
};

/// A requirement as the page shows it.
pub(super) struct Check {
    pub(super) met: bool,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) fix: Option<Fix>,
}

/// What to do about a requirement that is not met.
pub(super) struct Fix {
    pub(super) text: String,
    pub(super) link: Option<(String, &'static str)>,
}

/// All three, for a reader of that account.
pub(super) async fn of(
    desk: &Desk,
    shell: &Shell,
    account: &Account,
    is_root: bool,
) -> Result<Vec<Check>, Fault> {
    let mut checks = Vec::with_capacity(3);
    for (requirement, unmet) in Requirements::check(account).iter() {
        let title = shell.about_provider(&format!("registration-requirement-{}", requirement.key()));
        let (text, fix) = match unmet {
            None => (met(shell, requirement, account), None),
            Some(unmet) => not_met(desk, shell, unmet, account, is_root).await?,
        };
        checks.push(Check {
            met: unmet.is_none(),
            title,
            text,
            fix,
        });
    }
    Ok(checks)
}

fn met(shell: &Shell, requirement: Requirement, account: &Account) -> String {
    let l = &shell.l;
    match requirement {
        Requirement::Registered => {
            let date = account
                .root
                .email_verified_at
                .map(|at| l.date(l.day_of(at)))
                .unwrap_or_default();
            l.t2(
                "registration-registered-met",
                "email",
                account.root.email.as_str(),
                "date",
                date,
            )
        }
        Requirement::Independent => l.t("registration-independent-met"),
        Requirement::Enterprise => {
            let code = account
                .enterprise()
                .map(|company| company.tax_code.to_string())
                .unwrap_or_default();
            l.t2(
                "registration-enterprise-met",
                "company",
                account.display_name(),
                "code",
                code,
            )
        }
    }
}

async fn not_met(
    desk: &Desk,
    shell: &Shell,
    unmet: Unmet,
    account: &Account,
    is_root: bool,
) -> Result<(String, Option<Fix>), Fault> {
    let l = &shell.l;
    Ok(match unmet {
        Unmet::EmailNotVerified => {
            let email = account.root.email.as_str();
            let fix = Fix {
                text: l.t1("registration-registered-fix", "email", email),
                link: Some((l.t("registration-registered-fix-link"), "/forgotten")),
            };
            (l.t1("registration-registered-unmet", "email", email), Some(fix))
        }
        Unmet::CustomerOf(partner) => {
            let partner = name_of(desk, partner).await?;
            let fix = Fix {
                text: l.t1("registration-independent-fix", "partner", partner.as_str()),
                link: None,
            };
            (
                l.t1("registration-independent-unmet", "partner", partner.as_str()),
                Some(fix),
            )
        }
        Unmet::Individual if is_root => {
            let link = Some((l.t("registration-enterprise-fix-link"), "/profile/enterprise"));
            let fix = Fix {
                text: l.t("registration-enterprise-fix"),
                link,
            };
            (l.t("registration-enterprise-unmet"), Some(fix))
        }
        Unmet::Individual => {
            let fix = Fix {
                text: l.t("registration-enterprise-fix-root"),
                link: None,
            };
            (l.t("registration-enterprise-unmet"), Some(fix))
        }
    })
}
