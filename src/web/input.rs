//! From the pairs of a posted form to requests.

use super::csrf::Guarded;
use super::{original, submission};
use domain::account::Language;
use domain::fault::{Code, Fault, FieldFaults};
use domain::number::Notation;
use domain::request::{Declared, Kind, Received, Request, Values, Visibility};
use serde_json::Value;

/// Says that limits below what is used are meant.
pub const BELOW_USAGE: &str = "confirm_below_usage";
/// Asks for the values of a plan, without JavaScript.
pub const APPLY_PLAN: &str = "apply_plan";

/// Fields that are the panel's own business: no request has them.
const OWN: [&str; 6] =
    [submission::FIELD, original::FIELD, APPLY_PLAN, BELOW_USAGE, "current_password", "loginname"];

/// Whether a form for this request has a field of this name, beside which its errors can stand. The
/// switch of a limit is part of the limit's field, and the version of what is edited is hidden.
#[must_use]
pub fn has_field<R: Request>(name: &str) -> bool {
    let is_field = |parameter: &Declared| {
        parameter.name == name
            && parameter.visibility != Visibility::Hidden
            && !is_part(parameter.name)
    };
    R::parameters().iter().any(is_field)
}

/// Whether a parameter has no field of its own.
#[must_use]
pub fn is_part(name: &str) -> bool {
    name == "version" || name.ends_with("_ul")
}

/// Reads a form that a person filled in. A switch that is off sends 0 and a group of boxes an empty
/// text, so that a field that is missing is one that the page did not show.
#[must_use]
pub fn receive<R: Request>(form: &Guarded, language: Option<Language>) -> Received<R> {
    Received::read(values::<R>(form), Notation::Person(language))
}

/// Returns the values of a form for a request.
#[must_use]
pub fn values<R: Request>(form: &Guarded) -> Values {
    let parameters = R::parameters();
    let mut values = Values::new();
    for (name, value) in &form.0 {
        let name = name.strip_suffix("[]").unwrap_or(name);
        let kind = parameters
            .iter()
            .find(|parameter| parameter.name == name)
            .map(|parameter| parameter.kind);
        match (kind, values.get_mut(name)) {
            (None, _) if OWN.contains(&name) => {}
            (Some(Kind::Ids | Kind::Names), Some(Value::Array(list))) => {
                list.push(Value::from(value.as_str()));
            }
            (Some(Kind::Ids | Kind::Names), _) => {
                drop(values.insert(name.to_owned(), Value::from(vec![value.as_str()])));
            }
            // What the request does not declare is refused when it is read.
            (Some(_) | None, _) => {
                drop(values.insert(name.to_owned(), Value::from(value.as_str())));
            }
        }
    }
    values
}

/// Returns an error for each limit that was emptied without being lifted: that could mean anything.
#[must_use]
pub fn emptied_limits<R: Request>(form: &Guarded) -> FieldFaults {
    let mut errors = FieldFaults::default();
    for Declared { name, .. } in
        R::parameters().iter().copied().filter(|parameter| matches!(parameter.kind, Kind::Limit(_)))
    {
        let is_empty = form.value(name).is_some_and(|text| text.trim().is_empty());
        if is_empty && !form.ticked(&format!("{name}_ul")) {
            errors.push(name, Fault::new(Code::Required));
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
    fn a_form_says_what_it_means() {
        let pairs = [
            ("submission", "x"),
            ("gui_access", "0"),
            ("allowed_phpconfigs", ""),
            ("allowed_mysqlserver[]", "1"),
            ("allowed_mysqlserver[]", "2"),
            ("name", "Ann"),
        ];
        let form = Guarded(
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
    fn an_emptied_limit_is_asked_about() {
        let pairs = [("emails", ""), ("ftps", ""), ("ftps_ul", "1")];
        let form = Guarded(
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        );
        let errors = emptied_limits::<UpdateCustomer>(&form);
        assert!(errors.has("emails") && !errors.has("ftps"));
    }
}
