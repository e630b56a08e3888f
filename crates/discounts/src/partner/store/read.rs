//! From rows to discounts.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{AccountId, PartnerDiscountId, Percent, ProductId, StaffId, Words};
use platform::event::time;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::rows::{discount, line};
use crate::partner::rules::{Grant, PartnerDiscount, Percents, State, StateKind, Terms};

type Unreadable = Box<dyn std::error::Error + Send + Sync>;

/// Reads rows, with their lines. Fails where the database holds what no transition writes.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    rows: Vec<discount::Model>,
) -> Result<Vec<PartnerDiscount>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let found = line::Entity::find()
        .filter(line::Column::DiscountId.is_in(rows.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let mut lines: HashMap<Uuid, Vec<line::Model>> = HashMap::new();
    for line in found {
        lines.entry(line.discount_id).or_default().push(line);
    }
    rows.into_iter()
        .map(|row| {
            let id = row.id;
            let lines = lines.remove(&id).unwrap_or_default();
            read_one(row, &lines).map_err(|error| DbErr::Custom(format!("partner discount {id}: {error}")))
        })
        .collect()
}

fn read_one(row: discount::Model, lines: &[line::Model]) -> Result<PartnerDiscount, Unreadable> {
    Ok(PartnerDiscount {
        id: PartnerDiscountId(row.id),
        partner: AccountId(row.account_id),
        asked_at: time(row.asked_at),
        asked: Terms {
            percents: percents(lines, |line| line.asked)?,
            from: row.asked_from.parse()?,
        },
        state: state(&row, lines)?,
        note: row.note.map(Words::stored),
    })
}

fn percents(
    lines: &[line::Model],
    side: impl Fn(&line::Model) -> Option<i32>,
) -> Result<Percents, Unreadable> {
    let some = lines
        .iter()
        .filter_map(|line| Some((line.product_id, side(line)?)));
    let all: Result<Vec<_>, Unreadable> = some
        .map(|(product, hundredths)| {
            let percent = Percent::from_hundredths(u16::try_from(hundredths)?)?;
            Ok((ProductId(product), percent))
        })
        .collect();
    Ok(Percents::new(all?)?)
}

fn state(row: &discount::Model, lines: &[line::Model]) -> Result<State, Unreadable> {
    let settled_at = || row.settled_at.map(time).ok_or("is settled, but not since when");
    let decided_by = || row.decided_by.map(StaffId).ok_or("is decided, but not by whom");
    let grant = || -> Result<Grant, Unreadable> {
        let from: Date = row
            .granted_from
            .as_deref()
            .ok_or("is granted from no date")?
            .parse()?;
        Ok(Grant {
            terms: Terms {
                percents: percents(lines, |line| line.granted)?,
                from,
            },
            starts_at: row.starts_at.map(time).ok_or("is granted, but starts never")?,
            at: settled_at()?,
            by: decided_by()?,
            words: row.words.clone().map(Words::stored),
        })
    };
    let kind: StateKind = row.state.parse().map_err(|()| "is in no known state")?;
    Ok(match kind {
        StateKind::AwaitingApproval => State::AwaitingApproval {
            due: time(row.due_at),
        },
        StateKind::AwaitingActivation => State::AwaitingActivation(grant()?),
        StateKind::Active => State::Active(grant()?),
        StateKind::Expired => State::Expired {
            grant: grant()?,
            until: row.ended_at.map(time).ok_or("is expired, but not since when")?,
            by: row
                .ended_by
                .map(PartnerDiscountId)
                .ok_or("is expired, but nothing took its place")?,
        },
        StateKind::Rejected => State::Rejected {
            at: settled_at()?,
            by: decided_by()?,
            words: Words::stored(row.words.clone().ok_or("is rejected without words")?),
        },
        StateKind::Withdrawn => State::Withdrawn { at: settled_at()? },
    })
}
