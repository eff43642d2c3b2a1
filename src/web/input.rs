//! From the pairs of a posted form to requests.

use super::csrf::Guarded;
use super::original;
use crate::domain::account::Language;
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::number::Notation;
use crate::domain::request::{Declared, Kind, Received, Request, Values};
use serde_json::Value;

/// Fields that are the panel's own business: no request has them.
const OWN: [&str; 6] = ["submission", original::FIELD, "apply_plan", "confirm_below_usage", "current_password", "loginname"];

/// Reads a form that a person filled in. A switch that is off sends 0 and a group of boxes an empty text, so that a field that is
/// missing is one that the page did not show.
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
        let kind = parameters.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.kind);
        match (kind, values.get_mut(name)) {
            (None, _) if OWN.contains(&name) => {}
            (Some(Kind::Ids | Kind::Names), Some(Value::Array(list))) => list.push(Value::from(value.as_str())),
            (Some(Kind::Ids | Kind::Names), _) => drop(values.insert(name.to_owned(), Value::from(vec![value.as_str()]))),
            // What the request does not declare is refused when it is read.
            (Some(_) | None, _) => drop(values.insert(name.to_owned(), Value::from(value.as_str()))),
        }
    }
    values
}

/// Returns an error for each limit that was emptied without being lifted: that could mean anything.
#[must_use]
pub fn emptied_limits<R: Request>(form: &Guarded) -> FieldFaults {
    let mut errors = FieldFaults::default();
    for Declared { name, .. } in R::parameters().iter().copied().filter(|parameter| matches!(parameter.kind, Kind::Limit(_))) {
        let is_empty = form.value(name).is_some_and(|text| text.trim().is_empty());
        if is_empty && !form.ticked(&format!("{name}_ul")) {
            errors.push(name, Fault::new("required"));
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::customers::UpdateCustomer;
    use serde_json::json;

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
        let form = Guarded(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
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
        let form = Guarded(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        let errors = emptied_limits::<UpdateCustomer>(&form);
        assert!(errors.has("emails") && !errors.has("ftps"));
    }
}
