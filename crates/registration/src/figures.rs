//! How review is doing, for whoever watches the service.

use async_trait::async_trait;
use platform::{
    App,
    collect::{Collector, Sample},
};
use sea_orm::{ConnectionTrait, DbErr, Statement};

/// Reads the figures of registrations.
pub struct RegistrationFigures(pub App);

#[async_trait]
impl Collector for RegistrationFigures {
    async fn collect(&self) -> Result<Vec<Sample>, DbErr> {
        let now = self.0.clock().now().as_millisecond();
        let db = self.0.db().read();
        // States as literals: with parameters neither database would know that its partial index fits.
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM registrations WHERE state = 'awaiting_approval') AS waiting, \
             (SELECT COUNT(*) FROM registrations WHERE state = 'awaiting_approval' AND due_at <= {now}) AS overdue, \
             (SELECT MIN(submitted_at) FROM registrations WHERE state = 'awaiting_approval') AS oldest, \
             (SELECT COUNT(*) FROM registrations WHERE escalated_at IS NOT NULL) AS missed"
        );
        let row = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
            .await?
            .ok_or_else(|| DbErr::RecordNotFound("the figures of registrations".to_owned()))?;
        let oldest: Option<i64> = row.try_get("", "oldest")?;
        Ok(vec![
            Sample::gauge(
                "portico_registrations_waiting",
                "Registrations that await approval.",
                row.try_get("", "waiting")?,
            ),
            Sample::gauge(
                "portico_registrations_overdue",
                "Registrations that await approval past their deadline.",
                row.try_get("", "overdue")?,
            ),
            Sample::gauge(
                "portico_registrations_oldest_waiting_age_seconds",
                "For how long the oldest registration has awaited approval; 0 where none does.",
                oldest.map_or(0, |since| (now - since) / 1000),
            ),
            Sample::counter(
                "portico_registrations_deadline_missed_total",
                "Registrations whose deadline was missed, ever.",
                row.try_get("", "missed")?,
            ),
        ])
    }
}
