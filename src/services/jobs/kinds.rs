//! Every kind of job the worker knows: which come first, and whose hands they take.

use db::jobs::{Kind, Lane, Priority};

/// Making and removing directories.
pub static HOMES: Lane = Lane { name: "homes", hands: 2, at_once: None };
/// Mails: however slow the mail server is, it holds up mails only.
pub static MAIL: Lane = Lane { name: "mail", hands: 3, at_once: None };

/// Looking at every home: long, and of no hurry.
pub static MEASURING: Lane = Lane { name: "measuring", hands: 1, at_once: Some(1) };
/// Accounts and databases on MySQL servers.
pub static MYSQL: Lane = Lane { name: "mysql", hands: 3, at_once: None };

/// Files of many customers: each takes a core for minutes.
pub static IMPORTS: Lane = Lane { name: "imports", hands: 1, at_once: None };

/// Telling others. Each attempt has little time, but there may be many receivers.
pub static OUTWARD: Lane = Lane { name: "outward", hands: 3, at_once: None };

const fn kind(name: &'static str, lane: &'static Lane, priority: Priority) -> Kind {
    Kind { name, lane, priority }
}

pub(super) static CREATE_HOME: Kind = kind("create_home", &HOMES, Priority::Urgent);
pub(super) static REMOVE_HOME: Kind = kind("remove_home", &HOMES, Priority::Normal);
pub(super) static SEND_WELCOME: Kind = kind("send_welcome", &MAIL, Priority::Normal);
pub(super) static SEND_NEW_PASSWORD: Kind = kind("send_new_password", &MAIL, Priority::Urgent);
pub(super) static SEND_PASSWORD_RESET: Kind = kind("send_password_reset", &MAIL, Priority::Urgent);
pub(super) static SEND_PASSWORD_CHANGED: Kind = kind("send_password_changed", &MAIL, Priority::Normal);
pub(super) static SEND_EMAIL_CHANGED: Kind = kind("send_email_changed", &MAIL, Priority::Normal);
pub(super) static SEND_LOGIN_NAMES: Kind = kind("send_login_names", &MAIL, Priority::Urgent);
pub(super) static DELIVER_WEBHOOK: Kind = kind("deliver_webhook", &OUTWARD, Priority::Normal);
pub(super) static FIND_HOOKS: Kind = kind("find_hooks", &OUTWARD, Priority::Normal);
pub(super) static RUN_HOOK: Kind = kind("run_hook", &OUTWARD, Priority::Normal);

pub(super) static SYNC_MYSQL_ACCOUNT: Kind = kind("sync_mysql_account", &MYSQL, Priority::Normal);
pub(super) static SYNC_MYSQL_SERVER: Kind = kind("sync_mysql_server", &MYSQL, Priority::Bulk);
pub(super) static DROP_MYSQL_DATABASES: Kind = kind("drop_mysql_databases", &MYSQL, Priority::Normal);
pub(super) static SET_HOME_QUOTA: Kind = kind("set_home_quota", &HOMES, Priority::Normal);
pub(super) static CHECK_IMPORT: Kind = kind("check_import", &IMPORTS, Priority::Urgent);
pub(super) static ADD_IMPORT: Kind = kind("add_import", &IMPORTS, Priority::Normal);
pub(super) static MEASURE_USAGE: Kind = kind("measure_usage", &MEASURING, Priority::Bulk);

/// Every kind there is. A worker takes no other: what it does not know, a newer program wrote.
pub static KINDS: [&Kind; 18] = [
    &CREATE_HOME,
    &REMOVE_HOME,
    &SEND_WELCOME,
    &SEND_NEW_PASSWORD,
    &SEND_PASSWORD_RESET,
    &SEND_PASSWORD_CHANGED,
    &SEND_EMAIL_CHANGED,
    &SEND_LOGIN_NAMES,
    &SYNC_MYSQL_ACCOUNT,
    &SYNC_MYSQL_SERVER,
    &DROP_MYSQL_DATABASES,
    &DELIVER_WEBHOOK,
    &FIND_HOOKS,
    &RUN_HOOK,
    &MEASURE_USAGE,
    &CHECK_IMPORT,
    &ADD_IMPORT,
    &SET_HOME_QUOTA,
];

/// Names of the kinds in a lane.
#[must_use]
pub fn of_lane(lane: &Lane) -> Vec<&'static str> {
    KINDS.iter().filter(|kind| kind.lane.name == lane.name).map(|kind| kind.name).collect()
}
