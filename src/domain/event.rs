//! Events about customers.

use super::id::{AdminId, CustomerId, EventId};

/// The name of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventName {
    Added,
    Updated,
    Suspended,
    Resumed,
    /// The customer has another owner.
    Moved,
    Deleted,
    /// An admin tests an endpoint; nothing has happened.
    Test,
}

impl EventName {
    /// The events that an endpoint can subscribe to.
    pub const ALL: [Self; 6] =
        [Self::Added, Self::Updated, Self::Suspended, Self::Resumed, Self::Moved, Self::Deleted];

    /// Returns the name as it is stored and sent.
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

    /// Parses the name of an event that an endpoint can subscribe to.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }
}

/// An event, with the details that its payload contains in addition to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Added,
    /// Names of the changed fields.
    Updated(Vec<String>),
    Suspended,
    Resumed,
    /// The customer has another owner.
    Moved {
        /// Id and login name of the former owner.
        from: (AdminId, String),
        /// Id and login name of the new owner.
        to: (AdminId, String),
    },
    Deleted {
        /// Whether the customer's files are removed, too.
        with_files: bool,
    },
}

impl Event {
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
    pub id: EventId,
    /// The id by which endpoints recognize a repeated event.
    pub message_id: String,
    pub name: String,
    /// The customer that the event is about, if any.
    pub customer: Option<CustomerId>,
    /// Text that identifies the customer to people, such as a login name.
    pub subject: String,
    /// The body that endpoints receive, as JSON.
    pub payload: String,
}

impl EventRecord {
    /// Returns an event that is not stored yet. Its id is 0.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_the_name_that_endpoints_subscribe_to() {
        let someone = || (AdminId(1), "ann".to_owned());
        for (event, code) in [
            (Event::Added, "customer.added"),
            (Event::Updated(vec![]), "customer.updated"),
            (Event::Suspended, "customer.suspended"),
            (Event::Resumed, "customer.resumed"),
            (Event::Moved { from: someone(), to: someone() }, "customer.moved"),
            (Event::Deleted { with_files: true }, "customer.deleted"),
        ] {
            assert_eq!(event.name().code(), code);
            assert_eq!(EventName::parse(code), Some(event.name()));
        }
        assert_eq!(EventName::Test.code(), "test");
        for code in ["test", "", "customer", "Customer.added"] {
            assert_eq!(EventName::parse(code), None, "{code:?}");
        }
    }
}
