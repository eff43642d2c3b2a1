//! Why a call was not done. The statuses are decided here and nowhere else: they are those that
//! Froxlor's clients know.

use super::spec::Spec;
use domain::account::Language;
use domain::fault::{Code, Fault, FieldFaults};
use i18n::Texts as _;
use serde_json::{Value, json};
use services::{Noun, ServiceError};
use std::fmt::Write as _;

/// A call that was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The HTTP status.
    pub status: u16,
    /// The stable code of what is wrong.
    pub error: Code,
    /// The sentence of what is wrong.
    pub fault: Fault,
    /// What is wrong with which parameter.
    pub fields: FieldFaults,
}

/// What a call was about, for those who read why it was not done.
pub(super) struct About<'a> {
    pub spec: &'static Spec,
    /// Id or name of the row that was asked for.
    pub named: &'a str,
    /// Parameters that the client sent.
    pub sent: &'a [String],
}

impl Failure {
    /// A failure that no parameter is to blame for.
    #[must_use]
    pub fn new(status: u16, fault: Fault) -> Self {
        Self::with_fields(status, fault, FieldFaults::default())
    }

    /// The caller may not use this command.
    #[must_use]
    pub fn not_allowed() -> Self {
        Self::new(403, Fault::new(Code::NotAllowed))
    }

    /// Parameters are wrong.
    #[must_use]
    pub fn with_fields(status: u16, fault: Fault, fields: FieldFaults) -> Self {
        Self { status, error: fault.code, fault, fields }
    }

    /// The program failed; the reason goes to the log, not to the client.
    pub(super) fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a call failed");
        Self::new(500, Fault::new(Code::Internal))
    }

    pub(super) fn of(error: ServiceError, about: &About<'_>) -> Self {
        match error {
            ServiceError::NotFound(what) => Self::not_found(what, about.named),
            ServiceError::Forbidden => Self::not_allowed(),
            ServiceError::Invalid(faults) => Self::invalid(faults, about),
            ServiceError::Exhausted(fault) => Self::new(406, fault),
            ServiceError::Refused(fault) => Self::new(refused(fault.code), fault),
            ServiceError::Stale(_) | ServiceError::StaleOther => {
                Self::new(409, Fault::new(Code::ChangedMeanwhile))
            }
            error if error.is_transient() => {
                tracing::warn!(%error, "a call lost against others again and again");
                Self::new(503, Fault::new(Code::Busy))
            }
            ServiceError::Db(error) => Self::internal(&error),
            ServiceError::Internal(error) => Self::internal(&format!("{error:#}")),
        }
    }

    fn not_found(what: Noun, named: &str) -> Self {
        // Forms have sentences of their own for the codes of admins and plans.
        let (error, sentence) = match what {
            Noun::Customer => (Code::CustomerUnknown, Code::NoSuchCustomer),
            Noun::Admin => (Code::AdminUnknown, Code::NoSuchAdmin),
            Noun::Plan => (Code::PlanUnknown, Code::NoSuchPlan),
            _ => return Self::new(404, Fault::new(Code::ThingUnknown)),
        };
        Self { error, ..Self::new(404, Fault::new(sentence).with("named", named)) }
    }

    /// Something that must be sent was not: 404 where it is absent, 406 where it is empty.
    /// Everything else about parameters is 400, but for what does not exist or does not fit what is
    /// in use.
    fn invalid(fields: FieldFaults, about: &About<'_>) -> Self {
        let all = || {
            fields.iter().flat_map(|(name, faults)| faults.iter().map(move |fault| (name, fault)))
        };
        // A name or a company is asked for: the company is what Froxlor names.
        let missing = all().filter_map(|(name, fault)| match fault.code {
            Code::NameOrCompanyRequired => Some("company"),
            Code::Required if about.spec.requires(name) => Some(name),
            _ => None,
        });
        if let Some(name) = missing.min_by_key(|name| about.spec.position(name)) {
            let sent = about.sent.iter().any(|sent| sent == name);
            let (status, code) =
                if sent { (406, Code::ParameterEmpty) } else { (404, Code::ParameterMissing) };
            let fault = Fault::new(code).with("name", name).with("command", about.spec.name);
            return Self::with_fields(status, fault, fields);
        }
        let first = all().map(|(_, fault)| fault.clone()).next();
        let status = all().map(|(_, fault)| invalid(fault.code)).max().unwrap_or(400);
        Self::with_fields(status, first.unwrap_or_else(|| Fault::new(Code::FormatInvalid)), fields)
    }

    /// What is wrong, for people.
    #[must_use]
    pub fn message(&self, lang: Language) -> String {
        let text = |fault: &Fault| sentence(fault, lang);
        if self.fields.is_empty()
            || matches!(self.error, Code::ParameterMissing | Code::ParameterEmpty)
        {
            return text(&self.fault);
        }
        let mut message = String::new();
        for (name, faults) in self.fields.iter() {
            for fault in faults {
                let gap = if message.is_empty() { "" } else { " " };
                let _ = write!(message, "{gap}{name}: {}", text(fault));
            }
        }
        message
    }

    /// The body of the answer.
    #[must_use]
    pub fn body(&self, lang: Language) -> Value {
        let codes =
            |faults: &[Fault]| faults.iter().map(|fault| fault.code.as_str()).collect::<Vec<_>>();
        let fields: serde_json::Map<String, Value> = self
            .fields
            .iter()
            .map(|(name, faults)| (name.to_owned(), codes(faults).into()))
            .collect();
        json!({ "message": self.message(lang), "error": self.error, "fields": fields })
    }
}

/// Returns the sentence of a fault.
fn sentence(fault: &Fault, lang: Language) -> String {
    lang.t_with(&fault.text_key(), fault.args.iter().map(|(name, value)| (*name, value.as_str())))
}

/// Returns warnings as a list of objects: field, stable code, sentence.
pub(super) fn listed(warnings: &FieldFaults, lang: Language) -> Value {
    let all =
        warnings.iter().flat_map(|(name, faults)| faults.iter().map(move |fault| (name, fault)));
    all.map(|(name, fault)| json!({ "field": name, "code": fault.code, "message": sentence(fault, lang) })).collect()
}

/// What stands in the way of a command as things are.
fn refused(code: Code) -> u16 {
    match code {
        Code::CannotDeleteSelf | Code::CannotDeleteFirstAdmin | Code::LastServerAdmin => 400,
        _ => 406,
    }
}

/// Faults of parameters that are not simply 400.
fn invalid(code: Code) -> u16 {
    match code {
        Code::PlanUnknown => 404,
        Code::SuspendedByHigherRank => 403,
        Code::BelowUsage
        | Code::BelowAssigned
        | Code::NotGranted
        | Code::NotGrantedSwitch
        | Code::GrantInUse => 406,
        _ => 400,
    }
}
