//! How delivery is doing.

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::{
    app::App,
    collect::{Collector, Sample},
};

/// Reads the figures of the outbox.
pub struct MailFigures(pub App);

#[async_trait]
impl Collector for MailFigures {
    async fn collect(&self) -> Result<Vec<Sample>, DbErr> {
        let now = self.0.clock().now().as_millisecond();
        let db = self.0.db().read();
        // States as literals: with parameters neither database would know that its partial index fits.
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM messages WHERE state = 'queued') AS queued, \
             (SELECT COUNT(*) FROM messages WHERE state = 'given_up') AS given_up, \
             (SELECT MIN(due_at) FROM messages WHERE state = 'queued' AND due_at <= {now}) AS oldest"
        );
        let row = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
            .await?
            .ok_or_else(|| DbErr::RecordNotFound("the figures of the outbox".to_owned()))?;
        let oldest: Option<i64> = row.try_get("", "oldest")?;
        Ok(vec![
            Sample::gauge(
                "portico_mail_queued",
                "Emails that wait for their next attempt.",
                row.try_get("", "queued")?,
            ),
            Sample::gauge(
                "portico_mail_given_up",
                "Emails that were given up; staff may send them again.",
                row.try_get("", "given_up")?,
            ),
            Sample::gauge(
                "portico_mail_oldest_due_age_seconds",
                "For how long the oldest email that is due has been due; 0 where none is.",
                oldest.map_or(0, |due| (now - due) / 1000),
            ),
        ])
    }
}
