//! Declarations of parameters, for entry points, documentation and help texts.

use crate::unit::Unit;
use schemars::{Schema, json_schema};
use serde_json::Value;
use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

/// Parameters by type of request. Each list is created once, on first use, and never freed.
static DECLARATIONS: LazyLock<RwLock<HashMap<TypeId, &'static [ParameterDeclaration]>>> =
    LazyLock::new(RwLock::default);

/// Returns the parameters of a type of request.
pub(super) fn of_type(
    request: TypeId,
    declare: fn() -> Vec<ParameterDeclaration>,
) -> &'static [ParameterDeclaration] {
    // The map holds complete lists only, so it is valid even if a thread panicked while it held
    // the lock.
    let known = DECLARATIONS.read().unwrap_or_else(PoisonError::into_inner).get(&request).copied();
    known.unwrap_or_else(|| {
        let mut lists = DECLARATIONS.write().unwrap_or_else(PoisonError::into_inner);
        *lists.entry(request).or_insert_with(|| declare().leak())
    })
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    Text,
    /// A secret: it is not trimmed and never shown.
    Secret,
    Integer,
    Flag,
    /// A limit in this unit; -1 for no limit.
    Limit(Unit),
    Ids,
    Names,
    /// One of these values.
    Choice(&'static [&'static str]),
    /// Conditions on columns.
    Search,
    /// Columns and directions.
    Order,
}

impl ParameterType {
    /// Returns the JSON schema of the accepted values.
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
            // A choice that is written in digits is accepted as a number, too.
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

/// Whether a parameter is required, and whether it is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Documented. The command fails without the parameter.
    Required,
    /// Documented.
    Optional,
    /// Not documented, because only Clientele's own forms send the parameter.
    Hidden,
}

/// A parameter of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterDeclaration {
    pub name: &'static str,
    pub kind: ParameterType,
    pub visibility: Visibility,
    /// Description, as documentation and help texts show it.
    pub about: &'static str,
}

impl ParameterDeclaration {
    /// Returns the declaration of a field. Its doc comment is the description.
    #[must_use]
    pub fn new(
        name: &'static str,
        kind: ParameterType,
        visibility: Visibility,
        doc: &'static str,
    ) -> Self {
        Self { name, kind, visibility, about: doc.trim() }
    }

    /// Whether the command fails without the parameter.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.visibility == Visibility::Required
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn threads_share_one_list() {
        fn declare() -> Vec<ParameterDeclaration> {
            let (kind, visibility) = (ParameterType::Text, Visibility::Optional);
            vec![ParameterDeclaration::new("one", kind, visibility, "First")]
        }
        let start = Barrier::new(8);
        let list = || {
            start.wait();
            of_type(TypeId::of::<Barrier>(), declare).as_ptr().addr()
        };
        let found: Vec<usize> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(list)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(found.iter().all(|address| *address == found[0]), "{found:?}");
    }

    #[test]
    fn only_required_parameters_are_required() {
        for (visibility, required) in [
            (Visibility::Required, true),
            (Visibility::Optional, false),
            (Visibility::Hidden, false),
        ] {
            let parameter = ParameterDeclaration::new("one", ParameterType::Text, visibility, "");
            assert_eq!(parameter.is_required(), required, "{visibility:?}");
        }
    }

    #[test]
    fn choices_in_digits_are_documented_as_numbers_too() {
        let schema = ParameterType::Choice(&["0", "male", "2"]).schema();
        assert_eq!(schema.to_value(), serde_json::json!({ "enum": ["0", "male", "2", 0, 2] }));
    }
}
