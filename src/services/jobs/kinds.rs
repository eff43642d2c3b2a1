//! Every kind of job the worker knows: which come first, and whose hands they take.

use crate::db::jobs::{Kind, Lane, Priority};

/// Making and removing directories.
pub static HOMES: Lane = Lane { name: "homes", hands: 2, at_once: None };
/// Mails: however slow the mail server is, it holds up mails only.
pub static MAIL: Lane = Lane { name: "mail", hands: 3, at_once: None };

const fn kind(name: &'static str, lane: &'static Lane, priority: Priority) -> Kind {
    Kind { name, lane, priority }
}

pub(super) static CREATE_HOME: Kind = kind("create_home", &HOMES, Priority::Urgent);
pub(super) static REMOVE_HOME: Kind = kind("remove_home", &HOMES, Priority::Normal);
pub(super) static SEND_WELCOME: Kind = kind("send_welcome", &MAIL, Priority::Normal);
pub(super) static SEND_NEW_PASSWORD: Kind = kind("send_new_password", &MAIL, Priority::Urgent);
pub(super) static SEND_PASSWORD_RESET: Kind = kind("send_password_reset", &MAIL, Priority::Urgent);
pub(super) static SEND_PASSWORD_CHANGED: Kind = kind("send_password_changed", &MAIL, Priority::Normal);

/// Every kind there is. A worker takes no other: what it does not know, a newer program wrote.
pub static KINDS: [&Kind; 6] =
    [&CREATE_HOME, &REMOVE_HOME, &SEND_WELCOME, &SEND_NEW_PASSWORD, &SEND_PASSWORD_RESET, &SEND_PASSWORD_CHANGED];

/// Names of the kinds in a lane.
#[must_use]
pub fn of_lane(lane: &Lane) -> Vec<&'static str> {
    KINDS.iter().filter(|kind| kind.lane.name == lane.name).map(|kind| kind.name).collect()
}
