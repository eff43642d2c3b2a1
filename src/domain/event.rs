//! What happens to customers, and others may want to be told of.

use super::id::{AdminId, CustomerId, EventId};

/// What happened, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventName {
    /// A customer is there.
    Added,
    /// Something of him was changed.
    Updated,
    /// He is suspended: nothing of him is to work.
    Suspended,
    /// He is as he was before.
    Resumed,
    /// He belongs to another admin.
    Moved,
    /// He is gone.
    Deleted,
    /// Nothing happened: somebody tries whether a receiver is there.
    Test,
}

impl EventName {
    /// What a receiver can ask for.
    pub const ALL: [Self; 6] =
        [Self::Added, Self::Updated, Self::Suspended, Self::Resumed, Self::Moved, Self::Deleted];

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "customer.added",
            Self::Updated => "customer.updated",
            Self::Suspended => "customer.suspended",
            Self::Resumed => "customer.resumed",
            Self::Moved => "customer.moved",
            Self::Deleted => "customer.deleted",
            Self::Test => "test",
        }
    }

    /// Reads one that can be asked for.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }
}

/// What happened, with what is told of it beside the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A customer is there.
    Added,
    /// These fields of him were changed.
    Updated(Vec<String>),
    /// He is suspended.
    Suspended,
    /// He is resumed.
    Resumed,
    /// He went from one admin to another: ids and login names.
    Moved {
        /// Whose he was.
        from: (AdminId, String),
        /// Whose he is.
        to: (AdminId, String),
    },
    /// He is gone; whether his files go too.
    Deleted {
        /// His files go too.
        with_files: bool,
    },
}

impl Event {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> EventName {
        match self {
            Self::Added => EventName::Added,
            Self::Updated(_) => EventName::Updated,
            Self::Suspended => EventName::Suspended,
            Self::Resumed => EventName::Resumed,
            Self::Moved { .. } => EventName::Moved,
            Self::Deleted { .. } => EventName::Deleted,
        }
    }
}

/// An event as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRecord {
    /// Id.
    pub id: EventId,
    /// Id that endpoints recognise a repeated event by.
    pub message_id: String,
    /// Name of the event.
    pub name: String,
    /// The customer whom the event is about.
    pub customer: Option<CustomerId>,
    /// What people read of the event, such as a login name.
    pub subject: String,
    /// The body that endpoints receive, as JSON.
    pub payload: String,
}

impl EventRecord {
    /// Returns an event that is not stored yet; its id is 0.
    #[must_use]
    pub fn new(
        message_id: String,
        name: EventName,
        customer: Option<CustomerId>,
        subject: String,
        payload: String,
    ) -> Self {
        Self {
            id: EventId(0),
            message_id,
            name: name.code().to_owned(),
            customer,
            subject,
            payload,
        }
    }
}
