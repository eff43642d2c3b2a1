//! What is known of a command before it runs.

use auth::actor::Actor;
use domain::request::Declared;
use schemars::{Schema, SchemaGenerator};

/// Who may use a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Every account with an API key.
    Anybody,
    /// Managers, and customers for themselves.
    CustomersToo,
    /// Admins and resellers.
    Managers,
    /// Admins who may change the server's settings.
    ServerAdmins,
}

impl Who {
    /// Whether an account is one of these.
    #[must_use]
    pub fn admits(self, actor: &Actor) -> bool {
        match (self, actor) {
            (Self::Anybody | Self::CustomersToo, _) | (Self::Managers, Actor::Manager(_)) => true,
            (Self::ServerAdmins, Actor::Manager(manager)) => manager.as_server_admin().is_some(),
            (Self::Managers | Self::ServerAdmins, Actor::Customer(_)) => false,
        }
    }
}

/// A command.
pub struct Spec {
    /// `Module.function`.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Who may use it.
    pub who: Who,
    /// Whether it changes anything: keys that may only look may not use it.
    pub changes: bool,
    /// What it takes.
    pub params: fn() -> Vec<Declared>,
    /// What it gives.
    pub gives: fn(&mut SchemaGenerator) -> Schema,
}

impl Spec {
    /// Whether a parameter must be sent.
    #[must_use]
    pub fn requires(&self, name: &str) -> bool {
        (self.params)().iter().any(|param| param.is_required() && param.name == name)
    }

    /// Where a parameter stands among those of the command: the first one that is missing is the
    /// one that is named.
    #[must_use]
    pub fn position(&self, name: &str) -> usize {
        (self.params)().iter().position(|param| param.name == name).unwrap_or(usize::MAX)
    }

    /// Module and function.
    #[must_use]
    pub fn parts(&self) -> (&'static str, &'static str) {
        self.name.split_once('.').unwrap_or((self.name, ""))
    }
}
