//! The table of emails.

use jiff::Timestamp;
use kernel::{EventId, MessageId};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use uuid::Uuid;

use super::{Block, Letter, MailError, Recipient, Rendered, letter::Sheet};
use crate::{app::App, site::Site};

/// Where an email stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waiting for its (next) attempt.
    Queued,
    /// Taken by the mail server, or put into the folder.
    Sent,
    /// Not delivered after the last attempt; staff may send it again.
    GivenUp,
}

impl State {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Queued, Self::Sent, Self::GivenUp];

    /// The state of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// The state of an email; one that no version of ours writes counts as given up, so that staff see it.
    #[must_use]
    pub fn of(email: &row::Model) -> Self {
        Self::named(&email.state).unwrap_or(Self::GivenUp)
    }

    /// The message that names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Queued => "messages-state-queued",
            Self::Sent => "messages-state-sent",
            Self::GivenUp => "messages-state-given-up",
        }
    }

    /// The tone in which pages show it.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Queued => "info",
            Self::Sent => "good",
            Self::GivenUp => "bad",
        }
    }

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::GivenUp => "given_up",
        }
    }
}

/// The table.
pub mod row {
    #![expect(missing_docs, reason = "columns are described in the migration")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "messages")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub event_id: Uuid,
        pub account_id: Option<Uuid>,
        pub template: String,
        pub language: String,
        pub recipient: String,
        pub subject: String,
        pub body_text: String,
        pub body_html: String,
        pub secret: bool,
        pub state: String,
        pub attempts: i32,
        pub due_at: i64,
        pub last_error: Option<String>,
        pub created_at: i64,
        pub settled_at: Option<i64>,
        pub blocks: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The email of that id.
pub async fn find(db: &impl ConnectionTrait, id: MessageId) -> Result<Option<row::Model>, DbErr> {
    row::Entity::find_by_id(id.0).one(db).await
}

/// The stable `Message-ID` of an email: the same for every attempt, so that a second delivery is recognised.
#[must_use]
pub fn message_id(site: &Site, id: MessageId) -> String {
    format!("<{id}@{}>", site.public_url.host())
}

/// What an email says, laid out: by its blocks or, of one that an earlier version queued, as that one did. None once its
/// single-use link is gone.
pub fn laid_out(app: &App, email: &row::Model) -> Result<Option<Rendered>, MailError> {
    if is_gone(email) {
        return Ok(None);
    }
    let Some(blocks) = &email.blocks else {
        return Ok(Some(Rendered {
            text: email.body_text.clone(),
            html: email.body_html.clone(),
        }));
    };
    let blocks: Vec<Block> = serde_json::from_str(blocks).map_err(MailError::compose)?;
    let sheet = Sheet {
        l: &app.l10n(email.language.parse().unwrap_or_default()),
        site: app.site(),
        subject: &email.subject,
        blocks: &blocks,
    };
    sheet.render().map(Some).map_err(MailError::compose)
}

/// Whether what an email said is no longer kept.
#[must_use]
pub fn is_gone(email: &row::Model) -> bool {
    email.blocks.is_none() && email.body_text.is_empty()
}

/// Forgets what an email said.
pub(super) fn forget(email: &mut row::ActiveModel) {
    email.blocks = Set(None);
    email.body_text = Set(String::new());
    email.body_html = Set(String::new());
}

/// A letter as the row of an email that waits for its first attempt. It is laid out when it leaves: that takes time and
/// room, neither of which a transaction should.
pub fn queued(
    id: Uuid,
    because: EventId,
    to: &Recipient,
    letter: &Letter,
    now: Timestamp,
) -> Result<row::ActiveModel, DbErr> {
    let blocks = serde_json::to_string(&letter.blocks)
        .map_err(|error| DbErr::Custom(format!("{}: {error}", letter.template)))?;
    Ok(row::ActiveModel {
        id: Set(id),
        event_id: Set(because.into()),
        account_id: Set(to.account.map(Uuid::from)),
        template: Set(letter.template.to_owned()),
        language: Set(letter.l10n.language().tag().to_owned()),
        recipient: Set(to.address.to_string()),
        subject: Set(letter.subject.clone()),
        body_text: Set(String::new()),
        body_html: Set(String::new()),
        secret: Set(letter.secret),
        state: Set(State::Queued.as_str().to_owned()),
        attempts: Set(0),
        due_at: Set(now.as_millisecond()),
        last_error: Set(None),
        created_at: Set(now.as_millisecond()),
        settled_at: Set(None),
        blocks: Set(Some(blocks)),
    })
}
