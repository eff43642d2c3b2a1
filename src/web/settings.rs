//! `/settings`: the provider's settings. The page is generated from the table
//! [`SETTINGS`](services::settings::SETTINGS).

use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsServerAdmin};
use crate::flash::Flash;
use crate::form::{Choice, Field, FormState, Widget};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond, validation_errors};
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::account::{Language, Theme};
use domain::number::Notation;
use domain::request::Values;
use edge::routing::Routes;
use i18n::Texts as _;
use services::app::App;
use services::settings::{Kind, ProviderSettings, SETTINGS, Setting, update};
use services::{Command, ServiceError};

pub fn routes(routes: &mut Routes) {
    routes.get("/settings", show).post("/settings", save);
}

#[derive(Template)]
#[template(path = "settings/edit.html")]
struct SettingsPage {
    c: Chrome,
    f: FormState,
    groups: Vec<Group>,
}

/// The fields under one heading.
struct Group {
    name: &'static str,
    fields: Vec<Field>,
}

impl SettingsPage {
    fn new(req: &HttpRequest, app: &App, by: &AsServerAdmin, f: FormState) -> Self {
        let c = frame::of(req, app, by.account());
        let (title, lead) = (c.t("settings-title"), c.t("settings-lead"));
        let groups = groups(c.lang);
        Self { c: c.page(Section::Settings, title).lead(lead), f, groups }
    }

    /// Returns the value that a field had when the form was first shown.
    fn was(&self, name: &str) -> &str {
        self.f.value(&original_name(name))
    }
}

/// `GET /settings`
async fn show(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    Ok(respond::ok(&SettingsPage::new(&req, &app, &by, stored_form(&snapshot.settings))))
}

/// `POST /settings`: saves the changed settings.
async fn save(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    posted: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let changes = changed_values(&posted);
    let notation = Notation::Person(Some(by.account().language));
    let origin = extract::origin(&req, &app);
    match app
        .change(&origin, async |cmd: Command<'_>| update(cmd, &by, &changes, notation).await)
        .await
    {
        Ok(()) => Ok(respond::redirect_with_flash(
            &req.get_session(),
            "/settings",
            Flash::success("flash-saved"),
        )),
        Err(ServiceError::Invalid(errors)) => {
            let f = FormState::posted("settings", posted.0);
            let mut page = SettingsPage::new(&req, &app, &by, f);
            validation_errors::add_to_form(page.c.lang, &errors, &mut page.f, |name| {
                SETTINGS.iter().any(|setting| setting.name == name)
            });
            Ok(respond::invalid(&page))
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns the groups, in the order of the table.
fn groups(lang: Language) -> Vec<Group> {
    let group = |settings: &[Setting]| Group {
        name: settings[0].group(),
        fields: settings.iter().map(|setting| field(lang, setting)).collect(),
    };
    SETTINGS.chunk_by(|one, next| one.group() == next.group()).map(group).collect()
}

fn field(lang: Language, setting: &Setting) -> Field {
    match setting.kind {
        Kind::Line | Kind::Host | Kind::LoginNamePrefix | Kind::SpecialCharacters => {
            Field::new(setting.name, Widget::Input("text")).max(255)
        }
        Kind::Number(..) => Field::new(setting.name, Widget::Input("number")),
        Kind::Flag => Field::new(setting.name, Widget::Switch).wide(),
        Kind::Choice(codes) => {
            let choices = codes.iter().map(|code| Choice::new(code, choice(lang, code)));
            Field::new(setting.name, Widget::Select(choices.collect()))
        }
    }
}

fn choice(lang: Language, code: &str) -> String {
    match (Language::parse(code), Theme::parse(code)) {
        (Ok(language), _) => language.native_name().to_owned(),
        (_, Ok(theme)) => lang.t(theme.key()),
        _ => code.to_owned(),
    }
}

/// Returns the form with the stored settings.
fn stored_form(settings: &ProviderSettings) -> FormState {
    let mut form = FormState::new("settings");
    for setting in SETTINGS {
        form.set(setting.name, settings.text(setting))
            .set(&original_name(setting.name), settings.text(setting));
    }
    form
}

/// Returns the name of the hidden field with the value that a field had when the form was first
/// shown.
fn original_name(name: &str) -> String {
    format!("was.{name}")
}

/// Returns the values that the user has changed. Other values are left out, because another admin
/// may have changed them meanwhile.
fn changed_values(form: &VerifiedForm) -> Values {
    let sent = |setting: &Setting| match setting.kind {
        Kind::Flag => Some(if form.is_checked(setting.name) { "1" } else { "0" }),
        _ => form.value(setting.name),
    };
    SETTINGS
        .iter()
        .filter_map(|setting| Some((setting.name, sent(setting)?)))
        .filter(|(name, value)| form.value(&original_name(name)) != Some(value))
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;
    use std::collections::BTreeSet;

    fn posted(pairs: &[(&str, &str)]) -> Values {
        changed_values(&VerifiedForm(
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ))
    }

    #[test]
    fn only_changed_settings_are_saved() {
        let all_flags: Vec<(String, String)> = SETTINGS
            .iter()
            .filter(|s| s.kind == Kind::Flag)
            .map(|s| (original_name(s.name), "0".to_owned()))
            .collect();
        let mut pairs: Vec<(&str, &str)> =
            all_flags.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        pairs.extend([
            ("provider.name", "New"),
            ("was.provider.name", "Old"),
            ("mail.quota", "5"),
            ("was.mail.quota", "5"),
        ]);
        assert_eq!(posted(&pairs), Values::from_iter([("provider.name".to_owned(), "New".into())]));
    }

    #[test]
    fn an_unchecked_box_is_off() {
        let sent = posted(&[("api.enabled", "1")]);
        assert_eq!(sent.get("api.enabled"), Some(&"1".into()));
        assert_eq!(sent.get("php.config_required"), Some(&"0".into()));
    }

    #[test]
    fn every_setting_has_a_field_and_texts() {
        for &lang in Language::ALL {
            let has_text = |key: &str| lang.try_t(&codes::key(key)).is_some();
            let groups = groups(lang);
            for Group { name, .. } in &groups {
                for key in [format!("settings-{name}"), format!("settings-{name}-text")] {
                    assert!(has_text(&key), "{}: no text for {key}", lang.code());
                }
            }
            let names: BTreeSet<&str> = groups.iter().map(|group| group.name).collect();
            assert_eq!(names.len(), groups.len(), "settings of a group are not adjacent");
            let shown: Vec<&str> =
                groups.iter().flat_map(|group| &group.fields).map(|field| field.name).collect();
            for name in SETTINGS.iter().map(|setting| setting.name) {
                assert!(shown.contains(&name), "{name} is not on the page");
                let key = format!("field-settings-{name}");
                assert!(has_text(&key), "{}: no text for {key}", lang.code());
            }
        }
    }

    #[test]
    fn a_new_setting_has_a_default_that_can_be_saved() {
        for setting in SETTINGS {
            let checked = services::settings::check(setting, setting.default);
            assert_eq!(checked.as_deref(), Ok(setting.default), "{}", setting.name);
        }
    }
}
