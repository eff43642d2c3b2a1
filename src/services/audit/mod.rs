//! The audit log. Each change writes its entry in the transaction of the change. The functions fail
//! only if the database does.

mod action;
mod listing;
pub mod sign_ins;
mod snapshot;

pub use action::Action;
pub use listing::{latest, latest_of_customer, listing};
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

/// The type of an audit entry's target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    Customer,
    Admin,
    Plan,
    PhpConfig,
    MysqlServer,
    MailTemplate,
    Job,
    Webhook,
    /// The installation itself.
    System,
}

impl TargetKind {
    pub const ALL: [Self; 9] = [
        Self::Customer,
        Self::Admin,
        Self::Plan,
        Self::PhpConfig,
        Self::MysqlServer,
        Self::MailTemplate,
        Self::Job,
        Self::Webhook,
        Self::System,
    ];

    /// Returns the code, which is stored and is part of the names of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Admin => "admin",
            Self::Plan => "plan",
            Self::PhpConfig => "php_config",
            Self::MysqlServer => "mysql_server",
            Self::MailTemplate => "mail_template",
            Self::Job => "job",
            Self::Webhook => "webhook",
            Self::System => "system",
        }
    }
}

/// The object of an audit entry.
#[derive(Clone, Debug)]
pub struct Target {
    kind: TargetKind,
    id: Option<i64>,
    name: String,
    owner: Option<AdminId>,
    former_owner: Option<AdminId>,
}

impl Target {
    #[must_use]
    pub fn customer(customer: &Customer) -> Self {
        Self {
            kind: TargetKind::Customer,
            id: Some(customer.id.0),
            name: customer.login_name.to_string(),
            owner: Some(customer.owner),
            former_owner: None,
        }
    }

    /// Returns a customer who was moved, as a target that both owners see.
    #[must_use]
    pub fn moved(before: &Customer, after: &Customer) -> Self {
        Self { former_owner: Some(before.owner), ..Self::customer(after) }
    }

    #[must_use]
    pub fn admin(admin: &Admin) -> Self {
        Self {
            kind: TargetKind::Admin,
            id: Some(admin.id.0),
            name: admin.login_name.to_string(),
            owner: Some(admin.id),
            former_owner: None,
        }
    }

    /// Returns any other target. `owner` and the admins who see all customers see it.
    #[must_use]
    pub fn other(kind: TargetKind, id: i64, name: &str, owner: Option<AdminId>) -> Self {
        Self { kind, id: Some(id), name: name.to_owned(), owner, former_owner: None }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    #[must_use]
    pub fn is_customer(&self) -> bool {
        self.kind == TargetKind::Customer
    }

    /// Returns a target that is part of the installation itself, such as an import.
    #[must_use]
    pub fn system(name: &str) -> Self {
        Self {
            kind: TargetKind::System,
            id: None,
            name: name.to_owned(),
            owner: None,
            former_owner: None,
        }
    }
}

/// An action, with the values that it changed, before and after it. Contains no secrets.
#[derive(Clone, Debug)]
pub struct Change {
    pub action: Action,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

impl Change {
    /// Returns a change without recorded values.
    #[must_use]
    pub const fn of(action: Action) -> Self {
        Self { action, before: None, after: None }
    }
}

/// Writes the audit entry of a change.
pub async fn record(cmd: Command<'_>, by: &Actor, target: &Target, change: Change) -> Outcome<()> {
    write(cmd, ActorColumns::of(cmd, by), target, change).await
}

/// The acting account, as an audit entry records it.
#[derive(Clone, Copy)]
struct ActorColumns<'a> {
    /// `admin`, `customer`, `acting` or `system`.
    kind: &'static str,
    /// Id of the admin or customer; `None` for `system`.
    id: Option<i64>,
    name: &'a str,
}

impl<'a> ActorColumns<'a> {
    /// The program itself, or its command line.
    const SYSTEM: Self = Self { kind: "system", id: None, name: "system" };

    fn of(cmd: Command<'a>, by: &'a Actor) -> Self {
        match (by, &cmd.origin.acting) {
            // An admin who acts as a customer is recorded as the actor; the target names the
            // customer.
            (Actor::Customer(_), Some((admin, name))) => {
                Self { kind: "acting", id: Some(admin.0), name: name.as_str() }
            }
            (Actor::Manager(manager), _) => {
                Self { kind: "admin", id: Some(manager.id().0), name: by.login_name() }
            }
            (Actor::Customer(customer), None) => {
                Self { kind: "customer", id: Some(customer.id().0), name: by.login_name() }
            }
        }
    }
}

/// Writes the audit entries of many changes by one account.
pub async fn record_all(
    cmd: Command<'_>,
    by: &Actor,
    changes: impl Iterator<Item = (Target, Change)>,
) -> Outcome<()> {
    let entries = changes
        .map(|(target, change)| entry(cmd, ActorColumns::of(cmd, by), &target, change))
        .collect();
    Ok(db::audit::insert_all(cmd.tx, entries).await?)
}

/// Writes the audit entry of a change without a signed-in account: by the program itself, or at its
/// command line.
pub async fn record_system(cmd: Command<'_>, target: &Target, change: Change) -> Outcome<()> {
    write(cmd, ActorColumns::SYSTEM, target, change).await
}

async fn write(
    cmd: Command<'_>,
    actor: ActorColumns<'_>,
    target: &Target,
    change: Change,
) -> Outcome<()> {
    Ok(db::audit::insert(cmd.tx, entry(cmd, actor, target, change)).await?)
}

fn entry(cmd: Command<'_>, actor: ActorColumns<'_>, target: &Target, change: Change) -> AuditEntry {
    AuditEntry {
        at: cmd.at,
        actor_kind: actor.kind.to_owned(),
        actor_id: actor.id,
        actor_name: actor.name.to_owned(),
        entry_point: cmd.origin.entry_point.code().to_owned(),
        address: cmd.origin.address.clone(),
        action: change.action.code().to_owned(),
        target_kind: target.kind.code().to_owned(),
        target_id: target.id,
        target_name: target.name.clone(),
        owner: target.owner,
        former_owner: target.former_owner,
        before: change.before.map(|value| value.to_string()),
        after: change.after.map(|value| value.to_string()),
    }
}
