//! What somebody wants an endpoint to be, made from what was typed or sent.

use std::collections::BTreeSet;

use crate::{
    Webhooks,
    rules::{BadTarget, Kinds, Owner, Target},
};

/// The longest description, in characters.
const DESCRIPTION: usize = 120;

/// What an endpoint is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its address.
    pub target: Target,
    /// What people call it.
    pub description: String,
    /// Which events it gets.
    pub kinds: Kinds,
}

/// What is wrong with a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// The address.
    #[error("url: {0}")]
    Target(BadTarget),
    /// The description is too long, or holds control characters.
    #[error("description: at most 120 characters on one line")]
    Description,
    /// No event was chosen.
    #[error("events: none is chosen")]
    NoKinds,
    /// An event that there is not, or that the owner may not see.
    #[error("events: one is unknown")]
    UnknownKind,
}

impl Mistake {
    /// The field of the form, and of the API.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Target(_) => "url",
            Self::Description => "description",
            Self::NoKinds | Self::UnknownKind => "events",
        }
    }

    /// The message that tells it.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Target(BadTarget::NotAnAddress) => "webhooks-error-address",
            Self::Target(BadTarget::TooLong) => "webhooks-error-long",
            Self::Target(BadTarget::NotSecure) => "webhooks-error-https",
            Self::Target(BadTarget::WithExtras) => "webhooks-error-extras",
            Self::Target(BadTarget::Private) => "webhooks-error-private",
            Self::Description => "webhooks-error-description",
            Self::NoKinds => "webhooks-error-no-events",
            Self::UnknownKind => "webhooks-error-unknown-event",
        }
    }
}

impl Draft {
    /// Reads a draft, or tells all that is wrong with it. Without `kinds` the endpoint gets all.
    pub fn parse(
        room: &Webhooks,
        owner: Owner,
        url: &str,
        description: &str,
        kinds: Option<&[String]>,
    ) -> Result<Self, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let target = Target::parse(url, room.reach())
            .map_err(|error| mistakes.push(Mistake::Target(error)))
            .ok();
        let too_long = description.chars().count() > DESCRIPTION;
        let description = description.trim();
        if too_long || description.chars().any(char::is_control) {
            mistakes.push(Mistake::Description);
        }
        let known = |kind: &String| room.kinds(owner).any(|known| known.name == kind);
        match kinds {
            Some([]) => mistakes.push(Mistake::NoKinds),
            Some(kinds) if !kinds.iter().all(known) => mistakes.push(Mistake::UnknownKind),
            _ => {}
        }
        match target {
            Some(target) if mistakes.is_empty() => Ok(Self {
                target,
                description: description.to_owned(),
                kinds: kinds.map_or(Kinds::All, |kinds| {
                    Kinds::Chosen(kinds.iter().cloned().collect::<BTreeSet<_>>())
                }),
            }),
            _ => Err(mistakes),
        }
    }
}
