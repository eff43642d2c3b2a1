//! A call under way, and what its commands have in common.

use super::{Call, Spec};
use crate::api::compatible;
use crate::api::dialect::Dialect;
use crate::api::failure::Failure;
use crate::api::reply::Reply;
use crate::domain::actor::{Actor, Manager, ServerAdmin};
use crate::domain::fault::{Fault, FieldFaults};
use crate::services::ServiceError;
use crate::services::params::Params;
use serde::Serialize;
use std::cell::RefCell;

/// What a command comes to.
pub(super) type Done = Result<Reply, Trouble>;

/// A call under way.
pub(super) struct Context<'a> {
    pub call: &'a Call<'a>,
    pub spec: &'static Spec,
    /// What was asked for by id or name.
    pub named: RefCell<String>,
}

/// What keeps a command from giving anything: a service's error, or one of the API's own.
pub(super) enum Trouble {
    Service(ServiceError),
    Door(Failure),
}

impl<E: Into<ServiceError>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::Service(error.into())
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Door(failure)
    }
}

impl Context<'_> {
    pub fn manager(&self) -> Result<&Manager, Failure> {
        match self.call.actor {
            Actor::Manager(manager) => Ok(manager),
            Actor::Customer(_) => Err(Failure::not_allowed()),
        }
    }

    pub fn server_admin(&self) -> Result<ServerAdmin, Failure> {
        self.manager()?.as_server_admin().ok_or_else(Failure::not_allowed)
    }

    /// Notes what was asked for, for a message that it is not there.
    pub fn ask_for(&self, named: &impl ToString) {
        *self.named.borrow_mut() = named.to_string();
    }

    /// Leaves out what an update repeats of the row, where Froxlor's reading counts.
    pub fn leave_out_repeated(&self, params: &mut Params, row: impl Serialize) -> Result<(), Trouble> {
        if self.call.dialect == Dialect::Compatible {
            let row = json(row)?;
            params.retain(|name, value| !compatible::repeats(&row, self.call.ignored, name, value));
        }
        Ok(())
    }

    /// Neither an id nor a name: a name is missing, or it is empty.
    fn unnamed(&self, name: &'static str, was_sent: bool) -> Failure {
        let (status, code) = if was_sent { (406, "parameter-empty") } else { (404, "parameter-missing") };
        let fault = Fault::new(code).with("name", name).with("command", self.spec.name);
        Failure::with_fields(status, fault, FieldFaults::one(name, Fault::new("required")))
    }
}

/// Which row is meant.
pub(super) enum Named {
    Id(i64),
    Name(String),
}

/// Reads which row is meant: `id` wins over the name, which is needed without one.
pub(super) fn named(context: &Context<'_>, params: &mut Params, name: &'static str) -> Result<Named, Trouble> {
    let was_sent = params.has(name);
    let text = params.text(name).filter(|text| !text.is_empty());
    let id = params.id("id");
    params.faults.clone().or(()).map_err(ServiceError::from)?;
    match (id, text) {
        (Some(id), _) => {
            context.ask_for(&format!("#{id}"));
            Ok(Named::Id(id))
        }
        (None, Some(text)) => {
            context.ask_for(&text.chars().filter(|c| !c.is_control()).take(100).collect::<String>());
            Ok(Named::Name(text))
        }
        (None, None) => Err(context.unnamed(name, was_sent).into()),
    }
}

/// What a command gives, as JSON.
pub(super) fn give<T: Serialize>(value: T) -> Done {
    json(value).map(Reply::Value)
}

fn json<T: Serialize>(value: T) -> Result<serde_json::Value, Trouble> {
    serde_json::to_value(value).map_err(|error| ServiceError::Internal(error.into()).into())
}

/// Every fault found while reading parameters that no service reads.
pub(super) fn read(params: Params) -> Result<(), FieldFaults> {
    params.faults.or(())
}
