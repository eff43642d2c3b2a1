//! Descriptions of commands.

use auth::actor::Actor;
use domain::request::ParameterDeclaration;
use schemars::{Schema, SchemaGenerator};

/// Accounts that can use a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Every account with an API key.
    EveryAccount,
    /// Managers, and customers for themselves.
    ManagersAndCustomers,
    /// Admins and resellers.
    Managers,
    /// Admins who can change the server's settings.
    ServerAdmins,
}

impl Audience {
    /// Returns whether an account can use the command.
    #[must_use]
    pub fn allows(self, actor: &Actor) -> bool {
        match (self, actor) {
            (Self::EveryAccount | Self::ManagersAndCustomers, _)
            | (Self::Managers, Actor::Manager(_)) => true,
            (Self::ServerAdmins, Actor::Manager(manager)) => manager.as_server_admin().is_some(),
            (Self::Managers | Self::ServerAdmins, Actor::Customer(_)) => false,
        }
    }
}

/// Description of a command.
pub struct Spec {
    /// `Module.function`.
    pub name: &'static str,
    /// Description in one line, in the imperative.
    pub about: &'static str,
    pub allowed: Audience,
    /// Whether the command changes data. Read-only keys cannot use such commands.
    pub is_write: bool,
    pub params: fn() -> Vec<ParameterDeclaration>,
    /// Returns the schema of the result.
    pub result: fn(&mut SchemaGenerator) -> Schema,
}

impl Spec {
    #[must_use]
    pub fn requires(&self, name: &str) -> bool {
        (self.params)().iter().any(|param| param.is_required() && param.name == name)
    }

    /// Returns the position of a parameter in the declaration, or `usize::MAX` for other names. If
    /// several parameters are missing, the first one is reported.
    #[must_use]
    pub fn position(&self, name: &str) -> usize {
        (self.params)().iter().position(|param| param.name == name).unwrap_or(usize::MAX)
    }

    /// Returns module and function.
    #[must_use]
    pub fn parts(&self) -> (&'static str, &'static str) {
        self.name.split_once('.').unwrap_or((self.name, ""))
    }
}
