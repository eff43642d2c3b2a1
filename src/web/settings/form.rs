//! The settings as a form: groups of fields, each as its kind wants it.

use crate::csrf::Guarded;
use crate::form::{Choice, FormState};
use domain::account::{Language, Theme};
use i18n::Texts as _;
use serde_json::Value;
use services::settings::{Kind, ProviderSettings, SETTINGS, Setting};

/// Hidden beside each field: what it was when the form was shown.
const WAS: &str = "was.";

/// How a field is drawn.
pub(super) enum Widget {
    Line,
    Number,
    Flag,
    Select(Vec<Choice>),
}

/// A field.
pub(super) struct Field {
    pub name: &'static str,
    pub widget: Widget,
}

/// Fields under one heading.
pub(super) struct Group {
    pub name: &'static str,
    pub fields: Vec<Field>,
}

/// The groups, in the order of the table of settings.
pub(super) fn groups(lang: Language) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for setting in SETTINGS {
        let name = setting.name.split('.').next().unwrap_or_default();
        if groups.last().is_none_or(|group| group.name != name) {
            groups.push(Group { name, fields: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.fields.push(Field { name: setting.name, widget: widget(lang, setting) });
        }
    }
    groups
}

fn widget(lang: Language, setting: &Setting) -> Widget {
    match setting.kind {
        Kind::Line | Kind::Host => Widget::Line,
        Kind::Number(..) => Widget::Number,
        Kind::Flag => Widget::Flag,
        Kind::Choice(choices) => Widget::Select(
            choices.iter().map(|code| Choice::new(code, choice(lang, code))).collect(),
        ),
    }
}

fn choice(lang: Language, code: &str) -> String {
    match (Language::parse(code), Theme::parse(code)) {
        (Ok(language), _) => language.native_name().to_owned(),
        (_, Ok(theme)) => lang.t(theme.key()),
        _ => code.to_owned(),
    }
}

/// The form as the settings are.
pub(super) fn filled(settings: &ProviderSettings) -> FormState {
    let mut form = FormState::new("settings");
    for setting in SETTINGS {
        form.set(setting.name, settings.text(setting.name))
            .set(&was(setting.name), settings.text(setting.name));
    }
    form
}

/// The name of the hidden neighbour.
pub(super) fn was(name: &str) -> String {
    format!("{WAS}{name}")
}

/// What was changed on the form. What was left as it was shown is left out: somebody else may have
/// changed it meanwhile.
pub(super) fn changed(form: &Guarded) -> Vec<(String, Value)> {
    let sent = |setting: &Setting| match setting.kind {
        Kind::Flag => Some(if form.ticked(setting.name) { "1" } else { "0" }.to_owned()),
        _ => form.value(setting.name).map(ToOwned::to_owned),
    };
    let pairs = SETTINGS.iter().filter_map(|setting| Some((setting.name, sent(setting)?)));
    pairs
        .filter(|(name, value)| form.value(&was(name)) != Some(value))
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(pairs: &[(&str, &str)]) -> Vec<(String, Value)> {
        changed(&Guarded(
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ))
    }

    #[test]
    fn only_what_was_changed_is_sent_on() {
        let all_flags: Vec<(String, String)> = SETTINGS
            .iter()
            .filter(|s| s.kind == Kind::Flag)
            .map(|s| (was(s.name), "0".to_owned()))
            .collect();
        let mut pairs: Vec<(&str, &str)> =
            all_flags.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        pairs.extend([
            ("provider.name", "New"),
            ("was.provider.name", "Old"),
            ("mail.quota", "5"),
            ("was.mail.quota", "5"),
        ]);
        assert_eq!(posted(&pairs), [("provider.name".to_owned(), "New".into())]);
    }

    #[test]
    fn an_unticked_box_is_off() {
        let sent = posted(&[("api.enabled", "1")]);
        assert!(sent.contains(&("api.enabled".to_owned(), "1".into())));
        assert!(sent.contains(&("php.config_required".to_owned(), "0".into())));
    }
}
