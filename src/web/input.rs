//! From the pairs of a posted form to the parameters that services read.

use super::csrf::Guarded;
use super::original;
use crate::services::params::Params;
use serde_json::{Map, Value};

/// What a form has to say that its pairs do not say by themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fields {
    /// Fields that are the panel's own business; no service reads them.
    pub own: &'static [&'static str],
    /// Checkboxes: one that is off sends nothing, and means off.
    pub switches: &'static [&'static str],
    /// Groups of checkboxes: nothing ticked sends nothing, and means none.
    pub lists: &'static [&'static str],
}

/// The parameters of a form.
#[must_use]
pub fn params(form: &Guarded, fields: Fields) -> Params {
    let mut values = Map::new();
    for name in fields.switches {
        values.insert((*name).to_owned(), Value::from("0"));
    }
    for name in fields.lists {
        values.insert((*name).to_owned(), Value::Array(Vec::new()));
    }
    for (name, value) in &form.0 {
        let name = name.strip_suffix("[]").unwrap_or(name);
        if name == "submission" || name == original::FIELD || fields.own.contains(&name) {
            continue;
        }
        match values.get_mut(name) {
            Some(Value::Array(several)) => several.push(Value::from(value.as_str())),
            _ => {
                values.insert(name.to_owned(), Value::from(value.as_str()));
            }
        }
    }
    Params::new(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_off_is_said() {
        let pairs = [("submission", "x"), ("confirm", "y"), ("on", "1"), ("several[]", "1"), ("several[]", "2"), ("name", "Ann")];
        let form = Guarded(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        let mut params = params(&form, Fields { own: &["confirm"], switches: &["on", "off"], lists: &["several", "none"] });
        assert_eq!((params.flag("on"), params.flag("off")), (Some(true), Some(false)));
        assert_eq!((params.ids("several"), params.ids("none")), (Some(vec![1, 2]), Some(vec![])));
        assert_eq!(params.text("name").as_deref(), Some("Ann"));
        assert_eq!(params.unread().count(), 0);
    }
}
