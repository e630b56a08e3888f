//! Pages that follow what happens while they are open: server-sent events.

use std::{convert::Infallible, time::Duration};

use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures::stream;
use kernel::{AccountId, EventId};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use uuid::Uuid;

use crate::{app::App, event};

/// How often the database is asked even though nothing was announced: another process may have written.
const LOOK: Duration = Duration::from_secs(10);

struct Watch {
    app: App,
    account: AccountId,
    changes: Receiver<Uuid>,
    seen: Option<EventId>,
}

/// A stream with an event `changed` whenever something happened to the account.
pub async fn account_events(app: &App, account: AccountId) -> Result<Response, super::Fault> {
    let changes = app.changes();
    let seen = event::newest(app.db(), account).await?;
    let watch = Watch {
        app: app.clone(),
        account,
        changes,
        seen,
    };
    let events = stream::unfold(watch, |mut watch| async {
        let newest = watch.next().await?;
        // Browsers drop an event without data.
        let event = Event::default().event("changed").data(newest.to_string());
        Some((Ok::<_, Infallible>(event), watch))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

impl Watch {
    /// Waits for something new; `None` ends the stream.
    async fn next(&mut self) -> Option<EventId> {
        loop {
            tokio::select! {
                () = self.app.stopped() => return None,
                () = announced(&mut self.changes, self.account.into()) => {}
                () = tokio::time::sleep(LOOK) => {}
            }
            let newest = event::newest(self.app.db(), self.account).await.ok()?;
            if newest != self.seen {
                self.seen = newest;
                return newest;
            }
        }
    }
}

async fn announced(changes: &mut Receiver<Uuid>, id: Uuid) {
    loop {
        match changes.recv().await {
            Ok(announced) if announced == id => return,
            Ok(_) => {}
            // Some announcements were missed: one may have been ours.
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
