//! Requests as typed structs, declared once for every entry point.
//!
//! A struct declared with [`request!`] defines the parameters of a command. These are derived from
//! it:
//!
//! * the reading of forms, JSON, command line options and rows of files;
//! * the validation errors of all parameters, found in one pass;
//! * the names of known parameters;
//! * the parameters in the OpenAPI document and in help texts.
//!
//! No entry point has a list of its own.

mod declarations;
mod numbers;
mod sent;
mod texts;
mod values;

pub use declarations::{ParameterDeclaration, ParameterType, Visibility};
pub use numbers::{LimitParameter, Reference, RowId};
pub use sent::Sent;
pub use texts::text_types;
pub use texts::{
    CustomerNumber, Line, Multiline, Name, NewName, Phone, REASON_MAX, Reason, Text, Zipcode,
    text_of,
};
pub use values::{Conditions, Ordering, Parameter};

use super::number::Notation;
use super::quota::Quota;
use super::validation::{ErrorCode, FieldErrors, ValidationError};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::any::TypeId;

/// Parameters by name, as an entry point received them.
pub type Values = Map<String, Value>;

/// A struct of parameters. [`request!`] implements this trait.
pub trait Request: Clone + Default + DeserializeOwned + JsonSchema + 'static {
    /// Creates the list of parameters.
    fn declarations() -> Vec<ParameterDeclaration>;

    /// Returns the parameters in their order, including undocumented ones.
    #[must_use]
    fn parameters() -> &'static [ParameterDeclaration] {
        declarations::of_type(TypeId::of::<Self>(), Self::declarations)
    }

    /// Adds the validation error of each invalid parameter, and `required` for each missing one.
    fn collect_errors(&self, errors: &mut FieldErrors);
}

/// Two structs that are read from one request, such as the reference to a row and its new values.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub struct Combined<A, B> {
    #[serde(flatten)]
    pub first: A,
    #[serde(flatten)]
    pub second: B,
}

impl<A: Request, B: Request> Request for Combined<A, B> {
    fn declarations() -> Vec<ParameterDeclaration> {
        [A::declarations(), B::declarations()].concat()
    }

    fn collect_errors(&self, errors: &mut FieldErrors) {
        self.first.collect_errors(errors);
        self.second.collect_errors(errors);
    }
}

/// A request that was read, with the validation errors that were found so far.
#[derive(Clone, Debug, Default)]
pub struct Received<R> {
    pub request: R,
    pub errors: FieldErrors,
}

impl<R: Request> Received<R> {
    /// Reads the parameters that a program sent.
    #[must_use]
    pub fn new(values: Values) -> Self {
        Self::read(values, Notation::Program)
    }

    /// Reads parameters. Unknown parameters are errors.
    #[must_use]
    pub fn read(mut values: Values, notation: Notation) -> Self {
        let mut errors = FieldErrors::default();
        read_limits::<R>(&mut values, notation, &mut errors);
        let known = R::parameters();
        for (name, _) in values.iter().filter(|(name, value)| {
            !value.is_null() && !known.iter().any(|known| known.name == *name)
        }) {
            errors.push(name, ValidationError::new(ErrorCode::ParameterUnknown));
        }
        let request: R = serde_json::from_value(Value::Object(values)).unwrap_or_default();
        request.collect_errors(&mut errors);
        Self { request, errors }
    }

    /// Returns the request if it has no errors.
    ///
    /// # Errors
    /// All validation errors.
    pub fn finish(self) -> Result<R, FieldErrors> {
        self.errors.into_result(self.request)
    }
}

/// Merges each limit with its `_ul` switch, and converts the notation of people into that of
/// programs.
fn read_limits<R: Request>(values: &mut Values, notation: Notation, errors: &mut FieldErrors) {
    for ParameterDeclaration { name, kind, .. } in R::parameters() {
        let ParameterType::Limit(unit) = kind else { continue };
        let switch = values.get(&format!("{name}_ul")).cloned();
        if switch.is_some_and(|value| bool::read(value) == Ok(Some(true))) {
            values.insert((*name).to_owned(), Value::from(-1));
            continue;
        }
        let Some(Value::String(text)) = values.get(*name) else { continue };
        if notation == Notation::Program || matches!(text.trim(), "" | "-1") {
            continue;
        }
        match Quota::read(text, unit.size(), notation) {
            // A number is always a limit, so it has a text.
            Ok(quota) => {
                values.insert((*name).to_owned(), quota.in_units(unit.size()).into());
            }
            Err(error) => {
                errors.push(name, error);
                values.remove(*name);
            }
        }
    }
}

/// Declares a struct of parameters. Every field becomes a [`Sent`], and its doc comment is its
/// description everywhere. The blocks are:
///
/// * `required`: parameters that must be sent;
/// * `first`: parameters that are listed before those of `with`;
/// * `with`: structs whose parameters are sent beside the others;
/// * `hidden`: parameters that only Clientele's own forms send, and that documentation leaves out.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    (
        $(#[$about:meta])*
        $visibility:vis struct $Name:ident {
            $(required { $($(#[doc = $must_doc:literal])+ $must:ident: $Must:ty,)+ })?
            $(first { $($(#[doc = $first_doc:literal])+ $first:ident: $First:ty,)+ })?
            $(with { $($(#[doc = $group_doc:literal])+ $group:ident: $Group:ty,)+ })?
            $($(#[doc = $doc:literal])+ $field:ident: $T:ty,)*
            $(hidden { $($(#[doc = $hidden_doc:literal])+ $hidden:ident: $Hidden:ty,)+ })?
        }
    ) => {
        $(#[$about])*
        #[allow(clippy::doc_markdown, reason = "descriptions are shown as they are")]
        #[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
        #[serde(default)]
        $visibility struct $Name {
            $($($(#[doc = $must_doc])+ pub $must: $crate::request::Sent<$Must>,)+)?
            $($($(#[doc = $first_doc])+ pub $first: $crate::request::Sent<$First>,)+)?
            $($(
                $(#[doc = $group_doc])+
                #[serde(flatten)]
                pub $group: $Group,
            )+)?
            $($(#[doc = $doc])+ pub $field: $crate::request::Sent<$T>,)*
            $($($(#[doc = $hidden_doc])+ #[schemars(skip)] pub $hidden: $crate::request::Sent<$Hidden>,)+)?
        }

        impl $crate::request::Request for $Name {
            fn declarations() -> Vec<$crate::request::ParameterDeclaration> {
                use $crate::request::{ParameterDeclaration, Parameter, Visibility};
                let first: Vec<ParameterDeclaration> = vec![
                    $($(ParameterDeclaration::new(stringify!($must), <$Must as Parameter>::KIND, Visibility::Required, concat!($($must_doc),+)),)+)?
                    $($(ParameterDeclaration::new(stringify!($first), <$First as Parameter>::KIND, Visibility::Optional, concat!($($first_doc),+)),)+)?
                ];
                let groups: Vec<Vec<ParameterDeclaration>> = vec![$($(<$Group as $crate::request::Request>::declarations(),)+)?];
                let own: Vec<ParameterDeclaration> = vec![
                    $(ParameterDeclaration::new(stringify!($field), <$T as Parameter>::KIND, Visibility::Optional, concat!($($doc),+)),)*
                    $($(ParameterDeclaration::new(stringify!($hidden), <$Hidden as Parameter>::KIND, Visibility::Hidden, concat!($($hidden_doc),+)),)+)?
                ];
                [first, groups.concat(), own].concat()
            }

            fn collect_errors(&self, errors: &mut $crate::validation::FieldErrors) {
                $($(
                    self.$must.note(stringify!($must), errors);
                    if !self.$must.is_sent() {
                        errors.push(stringify!($must), $crate::validation::ValidationError::new($crate::validation::ErrorCode::Required));
                    }
                )+)?
                $($(self.$first.note(stringify!($first), errors);)+)?
                $(self.$field.note(stringify!($field), errors);)*
                $($(self.$hidden.note(stringify!($hidden), errors);)+)?
                $($(<$Group as $crate::request::Request>::collect_errors(&self.$group, errors);)+)?
            }
        }
    };
}

pub use __request as request;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod value_tests;
