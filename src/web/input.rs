//! Converts the fields of a submitted form to requests.

use super::csrf::VerifiedForm;
use super::{original, submission};
use domain::account::Language;
use domain::number::Notation;
use domain::request::{ParameterDeclaration, ParameterType, Received, Request, Values, Visibility};
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use serde_json::Value;

/// The checkbox that confirms limits below the current usage.
pub const BELOW_USAGE: &str = "confirm_below_usage";
/// The button that fills in the values of a plan without JavaScript.
pub const APPLY_PLAN: &str = "apply_plan";

/// Fields that the panel itself reads. They are ignored in requests that do not declare them.
const PANEL_FIELDS: [&str; 6] = [
    submission::FIELD,
    original::ORIGINAL_FIELD,
    APPLY_PLAN,
    BELOW_USAGE,
    "current_password",
    "loginname",
];

/// Returns whether a form for this request shows errors beside a field of this name. The switch of
/// a limit belongs to the limit's field, and the version is hidden.
#[must_use]
pub fn has_field<R: Request>(name: &str) -> bool {
    let is_field = |parameter: &ParameterDeclaration| {
        parameter.name == name
            && parameter.visibility != Visibility::Hidden
            && !has_no_field(parameter.name)
    };
    R::parameters().iter().any(is_field)
}

/// Returns whether a parameter has no field of its own in forms.
#[must_use]
pub fn has_no_field(name: &str) -> bool {
    name == "version" || name.ends_with("_ul")
}

/// Reads a submitted form. An unchecked switch submits 0 and an empty checkbox group an empty text.
/// A missing parameter is therefore one that the page did not show.
#[must_use]
pub fn receive<R: Request>(form: &VerifiedForm, language: Option<Language>) -> Received<R> {
    Received::read(values::<R>(form), Notation::Person(language))
}

/// Returns the values of a form for a request.
#[must_use]
pub fn values<R: Request>(form: &VerifiedForm) -> Values {
    let parameters = R::parameters();
    let mut values = Values::new();
    for (name, value) in &form.0 {
        let name = name.strip_suffix("[]").unwrap_or(name);
        let kind = parameters
            .iter()
            .find(|parameter| parameter.name == name)
            .map(|parameter| parameter.kind);
        match (kind, values.get_mut(name)) {
            (None, _) if PANEL_FIELDS.contains(&name) => {}
            (Some(ParameterType::Ids | ParameterType::Names), Some(Value::Array(list))) => {
                list.push(Value::from(value.as_str()));
            }
            (Some(ParameterType::Ids | ParameterType::Names), _) => {
                drop(values.insert(name.to_owned(), Value::from(vec![value.as_str()])));
            }
            // Undeclared parameters are kept, so that reading the request refuses them.
            (Some(_) | None, _) => {
                drop(values.insert(name.to_owned(), Value::from(value.as_str())));
            }
        }
    }
    values
}

/// Returns an error for each limit that is empty while its "unlimited" switch is off: it could mean
/// 0 or unlimited.
#[must_use]
pub fn empty_limit_errors<R: Request>(form: &VerifiedForm) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for ParameterDeclaration { name, .. } in R::parameters()
        .iter()
        .copied()
        .filter(|parameter| matches!(parameter.kind, ParameterType::Limit(_)))
    {
        let is_empty = form.value(name).is_some_and(|text| text.trim().is_empty());
        if is_empty && !form.is_checked(&format!("{name}_ul")) {
            errors.push(name, ValidationError::new(ErrorCode::Required));
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use services::customers::UpdateCustomer;

    #[test]
    fn unchecked_boxes_are_submitted() {
        let pairs = [
            ("submission", "x"),
            ("gui_access", "0"),
            ("allowed_phpconfigs", ""),
            ("allowed_mysqlserver[]", "1"),
            ("allowed_mysqlserver[]", "2"),
            ("name", "Ann"),
        ];
        let form = VerifiedForm(
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        );
        let expected = json!({ "gui_access": "0", "allowed_phpconfigs": [""], "allowed_mysqlserver": ["1", "2"], "name": "Ann" });
        assert_eq!(Value::from(values::<UpdateCustomer>(&form)), expected);
        let request = receive::<UpdateCustomer>(&form, None).finish().unwrap();
        assert_eq!(request.profile.gui_access.value(), Some(false));
        assert_eq!(request.profile.services.allowed_phpconfigs.value(), Some(vec![]));
        assert!(!request.profile.api_allowed.is_sent());
    }

    #[test]
    fn an_empty_limit_is_an_error() {
        let pairs = [("emails", ""), ("ftps", ""), ("ftps_ul", "1")];
        let form = VerifiedForm(
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        );
        let errors = empty_limit_errors::<UpdateCustomer>(&form);
        assert!(errors.has("emails") && !errors.has("ftps"));
    }
}
