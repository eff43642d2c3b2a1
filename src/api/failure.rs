//! Failures of calls. Errors of services are converted here, to the statuses that Froxlor uses.

use super::spec::Spec;
use domain::account::Language;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use i18n::Texts as _;
use serde_json::{Value, json};
use services::{Noun, ServiceError};
use std::fmt::Write as _;

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub status: u16,
    /// The stable code of the failure.
    pub error: ErrorCode,
    /// Code and arguments of the message.
    pub message: ValidationError,
    /// Validation errors by parameter.
    pub fields: FieldErrors,
}

/// The call that failed, as messages need it. The default is a call whose command is not known yet.
#[derive(Default)]
pub(super) struct About<'a> {
    pub spec: Option<&'static Spec>,
    /// Id or name of the requested row.
    pub named: &'a str,
    /// Names of the parameters that the client sent.
    pub sent: &'a [String],
}

impl Failure {
    /// Returns a failure without validation errors.
    #[must_use]
    pub fn new(status: u16, error: ValidationError) -> Self {
        Self::with_fields(status, error, FieldErrors::default())
    }

    /// Returns the failure of a caller who may not use the command.
    #[must_use]
    pub fn not_allowed() -> Self {
        Self::new(403, ValidationError::new(ErrorCode::NotAllowed))
    }

    /// Returns a failure with validation errors.
    #[must_use]
    pub fn with_fields(status: u16, message: ValidationError, fields: FieldErrors) -> Self {
        Self { status, error: message.code, message, fields }
    }

    /// Returns the failure of an internal error. The error is logged, and the client does not see
    /// it.
    fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a call failed");
        Self::new(500, ValidationError::new(ErrorCode::Internal))
    }

    pub(super) fn of(error: ServiceError, about: &About<'_>) -> Self {
        match error {
            ServiceError::NotFound(what) => Self::not_found(what, about.named),
            ServiceError::Forbidden => Self::not_allowed(),
            ServiceError::Invalid(errors) => Self::invalid(errors, about),
            ServiceError::Exhausted(error) => Self::new(406, error),
            ServiceError::Refused(error) => Self::new(refused(error.code), error),
            ServiceError::Stale(_) | ServiceError::StaleOther => {
                Self::new(409, ValidationError::new(ErrorCode::ChangedMeanwhile))
            }
            error if error.is_transient() => {
                tracing::warn!(
                    %error,
                    "a call was given up after conflicts with other transactions"
                );
                Self::new(503, ValidationError::new(ErrorCode::Busy))
            }
            ServiceError::Db(error) => Self::internal(&error),
            ServiceError::Internal(error) => Self::internal(&format!("{error:#}")),
        }
    }

    fn not_found(what: Noun, named: &str) -> Self {
        // The texts of `admin-unknown` and `plan-unknown` are for forms, so the API's message
        // has a code of its own.
        let (error, sentence) = match what {
            Noun::Customer => (ErrorCode::CustomerUnknown, ErrorCode::NoSuchCustomer),
            Noun::Admin => (ErrorCode::AdminUnknown, ErrorCode::NoSuchAdmin),
            Noun::Plan => (ErrorCode::PlanUnknown, ErrorCode::NoSuchPlan),
            _ => return Self::new(404, ValidationError::new(ErrorCode::ThingUnknown)),
        };
        Self { error, ..Self::new(404, ValidationError::new(sentence).with("named", named)) }
    }

    /// Returns the failure for validation errors. A required parameter gives 404 if it is absent,
    /// and 406 if it is empty. Other errors give 400, unless [`invalid`] has another status for
    /// their code.
    fn invalid(fields: FieldErrors, about: &About<'_>) -> Self {
        let all = || {
            fields.iter().flat_map(|(name, errors)| errors.iter().map(move |error| (name, error)))
        };
        // A name or a company is required; Froxlor reports the company as missing.
        let missing_in = |spec: &Spec| {
            let missing = all().filter_map(|(name, error)| match error.code {
                ErrorCode::NameOrCompanyRequired => Some("company"),
                ErrorCode::Required if spec.requires(name) => Some(name),
                _ => None,
            });
            missing.min_by_key(|name| spec.position(name))
        };
        if let Some(spec) = about.spec
            && let Some(name) = missing_in(spec)
        {
            let sent = about.sent.iter().any(|sent| sent == name);
            let (status, code) = if sent {
                (406, ErrorCode::ParameterEmpty)
            } else {
                (404, ErrorCode::ParameterMissing)
            };
            let error = ValidationError::new(code).with("name", name).with("command", spec.name);
            return Self::with_fields(status, error, fields);
        }
        let first = all().map(|(_, error)| error.clone()).next();
        let status = all().map(|(_, error)| invalid(error.code)).max().unwrap_or(400);
        Self::with_fields(
            status,
            first.unwrap_or_else(|| ValidationError::new(ErrorCode::FormatInvalid)),
            fields,
        )
    }

    /// Returns the message for people.
    #[must_use]
    pub fn message(&self, lang: Language) -> String {
        if self.fields.is_empty()
            || matches!(self.error, ErrorCode::ParameterMissing | ErrorCode::ParameterEmpty)
        {
            return lang.validation_error(&self.message);
        }
        let mut message = String::new();
        for (name, errors) in self.fields.iter() {
            for error in errors {
                let gap = if message.is_empty() { "" } else { " " };
                let _ = write!(message, "{gap}{name}: {}", lang.validation_error(error));
            }
        }
        message
    }

    /// Returns the body of the response.
    #[must_use]
    pub fn body(&self, lang: Language) -> Value {
        let codes = |errors: &[ValidationError]| {
            errors.iter().map(|error| error.code.as_str()).collect::<Vec<_>>()
        };
        let fields: serde_json::Map<String, Value> = self
            .fields
            .iter()
            .map(|(name, errors)| (name.to_owned(), codes(errors).into()))
            .collect();
        json!({ "message": self.message(lang), "error": self.error, "fields": fields })
    }
}

/// Converts errors outside the handler of a command.
impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        Self::of(error, &About::default())
    }
}

/// Returns warnings as a list of objects with field, stable code and message.
pub(super) fn warnings_to_json(warnings: &FieldErrors, lang: Language) -> Value {
    let all =
        warnings.iter().flat_map(|(name, errors)| errors.iter().map(move |error| (name, error)));
    all.map(
        |(name, error)| json!({ "field": name, "code": error.code, "message": lang.validation_error(error) }),
    )
    .collect()
}

/// Returns the status of a command that the current state of the data forbids.
fn refused(code: ErrorCode) -> u16 {
    match code {
        ErrorCode::CannotDeleteSelf
        | ErrorCode::CannotDeleteFirstAdmin
        | ErrorCode::LastServerAdmin => 400,
        ErrorCode::Busy => 503,
        _ => 406,
    }
}

/// Returns the status of a validation error.
fn invalid(code: ErrorCode) -> u16 {
    match code {
        ErrorCode::PlanUnknown => 404,
        ErrorCode::SuspendedByHigherRank => 403,
        ErrorCode::BelowUsage
        | ErrorCode::BelowAssigned
        | ErrorCode::NotGranted
        | ErrorCode::NotGrantedSwitch
        | ErrorCode::GrantInUse => 406,
        _ => 400,
    }
}
