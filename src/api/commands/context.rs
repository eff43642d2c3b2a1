//! A call under way, and what its commands have in common.

use crate::compatible;
use crate::dialect::Dialect;
use crate::failure::Failure;
use crate::ignored::Ignored;
use crate::reply::Reply;
use crate::requests::{Count, Listing};
use crate::search;
use crate::spec::Spec;
use auth::actor::{Actor, Manager, ServerAdmin};
use domain::api_key::ApiKey;
use domain::fault::{Code, Fault, FieldFaults};
use domain::number::Notation;
use domain::query::{Condition, Field, Question};
use domain::request::{Received, Request, RowId, Sent, Text, Values};
use serde::Serialize;
use services::app::{App, Look};
use services::{Origin, ServiceError};
use std::cell::RefCell;

/// Who calls, and from where.
pub struct Call<'a> {
    /// The program.
    pub app: &'a App,
    /// What the call looks at, with the settings as of the call.
    pub look: &'a Look,
    /// Where the call came from.
    pub origin: &'a Origin,
    /// Who calls.
    pub actor: &'a Actor,
    /// Their key, where one was used.
    pub key: Option<&'a ApiKey>,
    /// How the parameters are read.
    pub dialect: Dialect,
    /// Parameters that had no effect.
    pub ignored: &'a Ignored,
    /// What the caller should know about a call that was done, by parameter.
    pub warnings: RefCell<FieldFaults>,
}

/// What a command comes to.
pub(super) type Done = Result<Reply, Trouble>;

/// A call under way.
pub(super) struct Context<'a> {
    pub call: &'a Call<'a>,
    pub spec: &'static Spec,
    /// Every command.
    pub commands: &'static [Spec],
    /// What was sent.
    pub values: Values,
    /// How numbers are written in it.
    pub notation: Notation,
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

    /// Reads one of the structs that the command takes, and leaves out the parameters of the
    /// others.
    pub fn receive<R: Request>(&self) -> Received<R> {
        self.receive_of::<R>(self.values.clone())
    }

    /// Reads a struct of these values.
    fn receive_of<R: Request>(&self, mut values: Values) -> Received<R> {
        let known = R::parameters();
        values.retain(|name, _| known.iter().any(|known| known.name == name));
        Received::read(values, self.notation)
    }

    /// Reads a struct without errors.
    pub fn read<R: Request>(&self) -> Result<R, Trouble> {
        Ok(self.receive::<R>().finish()?)
    }

    /// Reads which rows a list is asked for.
    pub fn question<C: Field>(&self) -> Result<Question<C>, Trouble> {
        let Received { request, mut errors } = self.receive::<Listing>();
        let question = search::read(&request, self.call.dialect, &mut errors);
        Ok(errors.or(question)?)
    }

    /// Reads which rows are counted.
    pub fn conditions<C: Field>(&self) -> Result<Vec<Condition<C>>, Trouble> {
        let Received { request, mut errors } = self.receive::<Count>();
        let conditions = search::conditions(&request, self.call.dialect, &mut errors);
        Ok(errors.or(conditions)?)
    }

    /// Reads an update; where Froxlor's reading counts, without what it repeats of the row.
    pub fn receive_update<R: Request>(&self, row: impl Serialize) -> Result<Received<R>, Trouble> {
        let mut values = self.values.clone();
        if self.call.dialect == Dialect::Compatible {
            let row = json(row)?;
            values.retain(|name, value| !compatible::repeats(&row, self.call.ignored, name, value));
        }
        Ok(self.receive_of(values))
    }

    /// Neither an id nor a name: a name is missing, or it is empty.
    fn unnamed(&self, name: &'static str, was_sent: bool) -> Failure {
        let (status, code) =
            if was_sent { (406, Code::ParameterEmpty) } else { (404, Code::ParameterMissing) };
        let fault = Fault::new(code).with("name", name).with("command", self.spec.name);
        Failure::with_fields(status, fault, FieldFaults::one(name, Fault::new(Code::Required)))
    }
}

/// Which row is meant.
pub(super) enum Named {
    Id(i64),
    Name(String),
}

/// Returns which row is meant: `id` wins over the name, which is needed without one.
pub(super) fn named(
    context: &Context<'_>,
    id: &Sent<RowId>,
    name: &Sent<Text>,
    parameter: &'static str,
) -> Result<Named, Trouble> {
    let text = name.as_ref().map(AsRef::as_ref).filter(|text: &&str| !text.is_empty());
    match (id.as_ref(), text) {
        (Some(RowId(id)), _) => {
            context.ask_for(&format!("#{id}"));
            Ok(Named::Id(*id))
        }
        (None, Some(text)) => {
            context
                .ask_for(&text.chars().filter(|c| !c.is_control()).take(100).collect::<String>());
            Ok(Named::Name(text.to_owned()))
        }
        (None, None) => Err(context.unnamed(parameter, name.is_sent()).into()),
    }
}

/// What a command gives, as JSON.
pub(super) fn give<T: Serialize>(value: T) -> Done {
    json(value).map(Reply::Value)
}

fn json<T: Serialize>(value: T) -> Result<serde_json::Value, Trouble> {
    serde_json::to_value(value).map_err(|error| ServiceError::Internal(error.into()).into())
}
