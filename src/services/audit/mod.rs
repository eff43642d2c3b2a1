//! The audit trail: every change writes a row in its own transaction.

mod action;
mod listing;
pub mod sign_ins;
mod snapshot;

pub use action::Action;
pub use listing::{latest, listing, of_customer};
pub use snapshot::{
    admin as admin_snapshot, customer as customer_snapshot, difference, plan as plan_snapshot,
};

use super::{Command, Outcome};
use auth::actor::Actor;
use domain::admin::Admin;
use domain::audit::AuditEntry;
use domain::customer::Customer;
use domain::id::AdminId;
use serde_json::Value;

/// What was changed.
#[derive(Clone, Debug)]
pub struct Target {
    kind: &'static str,
    id: Option<i64>,
    name: String,
    owner: Option<AdminId>,
    former_owner: Option<AdminId>,
}

impl Target {
    /// A customer.
    #[must_use]
    pub fn customer(customer: &Customer) -> Self {
        Self {
            kind: "customer",
            id: Some(customer.id.0),
            name: customer.login_name.to_string(),
            owner: Some(customer.owner),
            former_owner: None,
        }
    }

    /// A customer who was just moved; both owners see the entry.
    #[must_use]
    pub fn moved(before: &Customer, after: &Customer) -> Self {
        Self { former_owner: Some(before.owner), ..Self::customer(after) }
    }

    /// An admin.
    #[must_use]
    pub fn admin(admin: &Admin) -> Self {
        Self {
            kind: "admin",
            id: Some(admin.id.0),
            name: admin.login_name.to_string(),
            owner: Some(admin.id),
            former_owner: None,
        }
    }

    /// Anything else, seen by those who see all, and by `owner`.
    #[must_use]
    pub fn other(kind: &'static str, id: i64, name: &str, owner: Option<AdminId>) -> Self {
        Self { kind, id: Some(id), name: name.to_owned(), owner, former_owner: None }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a customer.
    #[must_use]
    pub fn is_customer(&self) -> bool {
        self.kind == "customer"
    }

    /// The installation.
    #[must_use]
    pub fn system(name: &str) -> Self {
        Self { kind: "system", id: None, name: name.to_owned(), owner: None, former_owner: None }
    }
}

/// What was done, and the state before and after, without anything secret.
#[derive(Clone, Debug)]
pub struct Change {
    /// What was done.
    pub action: Action,
    /// Before.
    pub before: Option<Value>,
    /// After.
    pub after: Option<Value>,
}

impl Change {
    /// Something that has no state worth keeping.
    #[must_use]
    pub const fn of(action: Action) -> Self {
        Self { action, before: None, after: None }
    }
}

/// Writes the row of a change.
///
/// # Errors
/// The database's.
pub async fn record(cmd: Command<'_>, by: &Actor, target: &Target, change: Change) -> Outcome<()> {
    write(cmd, actor(cmd, by), target, change).await
}

/// Kind, id and login name of whoever acts.
fn actor<'a>(cmd: Command<'a>, by: &'a Actor) -> (&'static str, Option<i64>, &'a str) {
    match (by, &cmd.origin.acting) {
        // What an admin does as a customer is his doing; the target says as whom.
        (Actor::Customer(_), Some((admin, name))) => ("acting", Some(admin.0), name.as_str()),
        (Actor::Manager(manager), _) => ("admin", Some(manager.id().0), by.login_name()),
        (Actor::Customer(customer), None) => ("customer", Some(customer.id().0), by.login_name()),
    }
}

/// Writes the rows of many changes by one person.
///
/// # Errors
/// The database's.
pub async fn record_all(
    cmd: Command<'_>,
    by: &Actor,
    changes: impl Iterator<Item = (Target, Change)>,
) -> Outcome<()> {
    let entries =
        changes.map(|(target, change)| entry(cmd, actor(cmd, by), &target, change)).collect();
    Ok(db::audit::insert_all(cmd.tx, entries).await?)
}

/// Writes the row of a change that nobody signed in for: the program itself, or somebody at its
/// command line.
///
/// # Errors
/// The database's.
pub async fn record_system(cmd: Command<'_>, target: &Target, change: Change) -> Outcome<()> {
    write(cmd, ("system", None, "system"), target, change).await
}

async fn write(
    cmd: Command<'_>,
    actor: (&str, Option<i64>, &str),
    target: &Target,
    change: Change,
) -> Outcome<()> {
    Ok(db::audit::insert(cmd.tx, entry(cmd, actor, target, change)).await?)
}

fn entry(
    cmd: Command<'_>,
    actor: (&str, Option<i64>, &str),
    target: &Target,
    change: Change,
) -> AuditEntry {
    AuditEntry {
        at: cmd.at,
        actor_kind: actor.0.to_owned(),
        actor_id: actor.1,
        actor_name: actor.2.to_owned(),
        door: cmd.origin.door.code().to_owned(),
        address: cmd.origin.address.clone(),
        action: change.action.code().to_owned(),
        target_kind: target.kind.to_owned(),
        target_id: target.id,
        target_name: target.name.clone(),
        owner: target.owner,
        former_owner: target.former_owner,
        before: change.before.map(|value| value.to_string()),
        after: change.after.map(|value| value.to_string()),
    }
}
