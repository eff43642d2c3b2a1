//! What a request takes, as documents, help texts and entry points see it.

use crate::unit::Unit;
use schemars::{Schema, json_schema};
use serde_json::Value;
use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

/// Lists of parameters by the type of the request: each is made once and kept for ever.
static LISTS: LazyLock<RwLock<HashMap<TypeId, &'static [Declared]>>> =
    LazyLock::new(RwLock::default);

/// Returns the parameters of a type.
pub(super) fn of_type(request: TypeId, declare: fn() -> Vec<Declared>) -> &'static [Declared] {
    let known = LISTS.read().ok().and_then(|lists| lists.get(&request).copied());
    known.unwrap_or_else(|| {
        let list: &'static [Declared] = declare().leak();
        if let Ok(mut lists) = LISTS.write() {
            lists.insert(request, list);
        }
        list
    })
}

/// What a parameter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A secret: not trimmed, never shown.
    Secret,
    /// A whole number.
    Integer,
    /// A switch.
    Flag,
    /// A limit, counted in this unit; -1 is no limit.
    Limit(Unit),
    /// Several ids.
    Ids,
    /// Several names.
    Names,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Conditions on columns.
    Search,
    /// Columns and directions.
    Order,
}

impl Kind {
    /// Returns the JSON schema of what is read.
    #[must_use]
    pub fn schema(self) -> Schema {
        match self {
            Self::Text => json_schema!({ "type": ["string", "number"] }),
            Self::Secret => json_schema!({ "type": "string", "format": "password" }),
            Self::Integer => {
                json_schema!({ "type": ["integer", "string"], "pattern": "^ *-?[0-9]* *$" })
            }
            Self::Flag => json_schema!({ "anyOf": [
                { "type": ["boolean", "number"] },
                { "type": "string", "enum": ["", "0", "1", "true", "false", "on", "off", "yes", "no"] },
            ] }),
            Self::Limit(_) => json_schema!({ "anyOf": [
                { "type": "number", "minimum": -1 },
                { "type": "string", "pattern": "^ *(-1|[0-9]+(\\.[0-9]+)?)? *$" },
            ] }),
            Self::Ids => json_schema!({ "anyOf": [
                { "type": "array", "items": { "type": ["integer", "string"], "pattern": "^[0-9]+$" } },
                { "type": "string" },
            ] }),
            Self::Names => json_schema!({ "type": "array", "items": { "type": "string" } }),
            // A choice that is written in digits is read as a number too.
            Self::Choice(choices) => {
                let numbers =
                    choices.iter().filter_map(|choice| choice.parse::<i64>().ok()).map(Value::from);
                let all: Vec<Value> =
                    choices.iter().map(|choice| Value::from(*choice)).chain(numbers).collect();
                json_schema!({ "enum": all })
            }
            Self::Search | Self::Order => json_schema!({ "type": ["object", "array"] }),
        }
    }
}

/// Where a parameter is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everywhere; the command fails without it.
    Required,
    /// Everywhere.
    Optional,
    /// Nowhere: only our own forms send it.
    Hidden,
}

/// A parameter of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Where it is documented.
    pub visibility: Visibility,
    /// What it means.
    pub about: &'static str,
}

impl Declared {
    /// Makes the declaration of a field from its doc comment.
    #[must_use]
    pub fn new(name: &'static str, kind: Kind, visibility: Visibility, doc: &'static str) -> Self {
        Self { name, kind, visibility, about: doc.trim() }
    }

    /// Whether the command fails without it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.visibility == Visibility::Required
    }
}
