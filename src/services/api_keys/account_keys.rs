//! API keys that an actor may read and revoke.

use crate::audit::Target;
use crate::{Noun, Outcome, ServiceError, View, customers};
use auth::accounts;
use auth::actor::{Actor, Manager, ServerAdmin};
use domain::admin::Admin;
use domain::customer::{Customer, CustomerRef};
use domain::id::LoginId;
use domain::scope::Scope;

/// An account whose API keys an actor may read and revoke.
#[derive(Clone, Debug)]
pub struct AccountKeys {
    pub(super) by: Actor,
    pub(super) login: LoginId,
    pub(super) target: Target,
}

impl AccountKeys {
    /// Returns the actor's own keys.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] if the API is disabled, or the account may not use it.
    pub async fn own(view: View<'_>, by: &Actor) -> Outcome<Self> {
        let account =
            accounts::find(view.on, by.login()).await?.filter(|account| account.api_allowed);
        if !view.settings.api_enabled() || account.is_none() {
            return Err(ServiceError::Forbidden);
        }
        let target = match by {
            Actor::Customer(by) => Target::customer(
                &customers::get(view, Scope::Only(by.id()), &CustomerRef::Id(by.id())).await?,
            ),
            Actor::Manager(by) => Target::admin(
                &db::admins::find(view.on, by.id())
                    .await?
                    .ok_or(ServiceError::NotFound(Noun::Admin))?,
            ),
        };
        Ok(Self { by: by.clone(), login: by.login(), target })
    }

    /// Returns the keys of a customer. The customer must come from a scoped read.
    #[must_use]
    pub fn of_customer(by: &Manager, customer: &Customer) -> Self {
        Self {
            by: Actor::Manager(by.clone()),
            login: customer.login,
            target: Target::customer(customer),
        }
    }

    /// Returns the login name of the account that owns the keys.
    #[must_use]
    pub fn login_name(&self) -> &str {
        self.target.name()
    }

    /// Returns the keys of an admin.
    #[must_use]
    pub fn of_admin(by: &ServerAdmin, admin: &Admin) -> Self {
        Self {
            by: Actor::Manager(by.manager().clone()),
            login: admin.login,
            target: Target::admin(admin),
        }
    }
}
