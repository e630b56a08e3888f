//! How delivery is doing, for `/metrics`.

use async_trait::async_trait;
use platform::collect::{Collector, Sample};
use sea_orm::DbErr;

use crate::{Webhooks, lag};

#[async_trait]
impl Collector for Webhooks {
    async fn collect(&self) -> Result<Vec<Sample>, DbErr> {
        let lag = lag(self.app().db()).await?;
        let now = self.app().clock().now();
        let age = lag
            .oldest_due
            .map_or(0, |due| now.duration_since(due).as_secs().max(0));
        Ok(vec![
            Sample::gauge(
                "portico_webhook_waiting",
                "Webhook deliveries that wait for their next attempt.",
                i64::try_from(lag.waiting).unwrap_or(i64::MAX),
            ),
            Sample::gauge(
                "portico_webhook_oldest_due_age_seconds",
                "For how long the oldest delivery that is due has been due; 0 where none is.",
                age,
            ),
        ])
    }
}
