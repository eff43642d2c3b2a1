//! Context of a running command, and helpers that the commands share.

use crate::compatible;
use crate::dialect::Dialect;
use crate::failure::Failure;
use crate::ignored::IgnoredParameters;
use crate::reply::Reply;
use crate::requests::{Count, Listing};
use crate::search;
use crate::spec::Spec;
use auth::actor::{Actor, Manager, ServerAdmin};
use domain::api_key::ApiKey;
use domain::number::Notation;
use domain::query::{Condition, Field, ListQuery};
use domain::request::{Received, Request, RowId, Sent, Text, Values};
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use serde::Serialize;
use services::app::{App, OwnedView};
use services::{Origin, ServiceError};
use std::cell::RefCell;

/// A call: its caller, origin and dialect.
pub struct Call<'a> {
    pub app: &'a App,
    /// The read view of this call, with the settings as of its start.
    pub snapshot: &'a OwnedView,
    pub origin: &'a Origin,
    pub actor: &'a Actor,
    /// The API key of the caller; `None` at the command line.
    pub key: Option<&'a ApiKey>,
    pub dialect: Dialect,
    /// Parameters that had no effect.
    pub ignored: &'a IgnoredParameters,
    /// Warnings of a successful call, by parameter.
    pub warnings: RefCell<FieldErrors>,
}

/// Result of a command.
pub(super) type CommandResult = Result<Reply, CommandError>;

/// Everything that a command's handler receives.
pub(super) struct Context<'a> {
    pub call: &'a Call<'a>,
    pub spec: &'static Spec,
    pub commands: &'static [Spec],
    /// The parameters as sent.
    pub values: Values,
    /// Notation of the numbers in `values`.
    pub notation: Notation,
    /// Id or name of the requested row, for "not found" messages.
    pub requested: RefCell<String>,
}

/// Reason for a failed command: a service's error, or a failure of the API itself.
pub(super) enum CommandError {
    Service(ServiceError),
    Api(Failure),
}

impl<E: Into<ServiceError>> From<E> for CommandError {
    fn from(error: E) -> Self {
        Self::Service(error.into())
    }
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        Self::Api(failure)
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

    /// Stores the requested id or name for a "not found" message.
    pub fn note_requested(&self, reference: &impl ToString) {
        *self.requested.borrow_mut() = reference.to_string();
    }

    /// Reads one of the command's request structs. Parameters of its other structs are left out.
    pub fn receive<R: Request>(&self) -> Received<R> {
        self.receive_values::<R>(self.values.clone())
    }

    /// Reads a request struct from these values.
    fn receive_values<R: Request>(&self, mut values: Values) -> Received<R> {
        let declared = R::parameters();
        values.retain(|name, _| declared.iter().any(|parameter| parameter.name == name));
        Received::read(values, self.notation)
    }

    /// Reads a request struct; validation errors end the command.
    pub fn read<R: Request>(&self) -> Result<R, CommandError> {
        Ok(self.receive::<R>().finish()?)
    }

    /// Reads the search, order and page of a list. Validation errors end the command.
    pub fn list_query<C: Field>(&self) -> Result<ListQuery<C>, CommandError> {
        let Received { request, mut errors } = self.receive::<Listing>();
        let query = search::read(&request, self.call.dialect, &mut errors);
        Ok(errors.into_result(query)?)
    }

    /// Reads the search conditions of a count. Validation errors end the command.
    pub fn conditions<C: Field>(&self) -> Result<Vec<Condition<C>>, CommandError> {
        let Received { request, mut errors } = self.receive::<Count>();
        let conditions = search::read_conditions(&request, self.call.dialect, &mut errors);
        Ok(errors.into_result(conditions)?)
    }

    /// Reads an update. In the compatible dialect, values that repeat the row are left out.
    pub fn receive_update<R: Request>(
        &self,
        row: impl Serialize,
    ) -> Result<Received<R>, CommandError> {
        let mut values = self.values.clone();
        if self.call.dialect == Dialect::Compatible {
            let row = json(row)?;
            values.retain(|name, value| {
                !compatible::repeats_row(&row, self.call.ignored, name, value)
            });
        }
        Ok(self.receive_values(values))
    }

    /// Returns the failure for a call with neither id nor name: the name is missing or empty.
    fn missing_reference(&self, parameter: &'static str, was_sent: bool) -> Failure {
        let (status, code) = if was_sent {
            (406, ErrorCode::ParameterEmpty)
        } else {
            (404, ErrorCode::ParameterMissing)
        };
        let error =
            ValidationError::new(code).with("name", parameter).with("command", self.spec.name);
        Failure::with_fields(
            status,
            error,
            FieldErrors::one(parameter, ValidationError::new(ErrorCode::Required)),
        )
    }
}

/// Reference to a row.
pub(super) enum RowReference {
    Id(i64),
    Name(String),
}

/// Reads the reference to a row. `id` takes precedence over the name. Without an id, the name is
/// required.
pub(super) fn read_reference(
    context: &Context<'_>,
    id: &Sent<RowId>,
    name: &Sent<Text>,
    parameter: &'static str,
) -> Result<RowReference, CommandError> {
    let text = name.as_ref().map(AsRef::as_ref).filter(|text: &&str| !text.is_empty());
    match (id.as_ref(), text) {
        (Some(RowId(id)), _) => {
            context.note_requested(&format!("#{id}"));
            Ok(RowReference::Id(*id))
        }
        (None, Some(text)) => {
            context.note_requested(
                &text.chars().filter(|c| !c.is_control()).take(100).collect::<String>(),
            );
            Ok(RowReference::Name(text.to_owned()))
        }
        (None, None) => Err(context.missing_reference(parameter, name.is_sent()).into()),
    }
}

/// Returns a value as a reply in JSON.
pub(super) fn reply_with<T: Serialize>(value: T) -> CommandResult {
    json(value).map(Reply::Value)
}

fn json<T: Serialize>(value: T) -> Result<serde_json::Value, CommandError> {
    serde_json::to_value(value).map_err(|error| ServiceError::Internal(error.into()).into())
}
