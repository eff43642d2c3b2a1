//! `/settings`: the provider's settings. The page is generated from the table [`SETTINGS`].

use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsServerAdmin};
use crate::flash::Flash;
use crate::form::{Choice, Field, FormState, Widget};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, original, respond, validation_errors};
use actix_session::SessionExt as _;
use actix_web::http::StatusCode;
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
use services::{Command, Outcome, ServiceError};

/// Prefix of the labels' text keys.
const AREA: &str = "settings";

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

/// `POST /settings`: saves the edited settings.
async fn save(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    posted: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let notation = Notation::Person(Some(by.account().language));
    let origin = extract::origin(&req, &app);
    match app
        .change(&origin, async |cmd: Command<'_>| {
            let edited = edited_values(&posted, &stored_form(cmd.settings))?;
            update(cmd, &by, &edited, notation).await
        })
        .await
    {
        Ok(()) => Ok(respond::redirect_with_flash(
            &req.get_session(),
            "/settings",
            Flash::success("flash-saved"),
        )),
        Err(ServiceError::Invalid(errors)) => {
            let f = FormState::posted(AREA, posted.0);
            let mut page = SettingsPage::new(&req, &app, &by, f);
            validation_errors::add_to_form(page.c.lang, &errors, &mut page.f, |name| {
                SETTINGS.iter().any(|setting| setting.name == name)
            });
            Ok(respond::invalid(&page))
        }
        Err(ServiceError::StaleOther) => {
            let stored = stored_form(&app.open_view().await?.settings);
            let mut page = SettingsPage::new(&req, &app, &by, FormState::default());
            page.f = original::conflict_form(&page.c, AREA, &posted, &stored);
            Ok(respond::html(StatusCode::CONFLICT, &page))
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
            let choices = codes.iter().map(|code| Choice::new(code, choice_label(lang, code)));
            Field::new(setting.name, Widget::Select(choices.collect()))
        }
    }
}

fn choice_label(lang: Language, code: &str) -> String {
    match (Language::parse(code), Theme::parse(code)) {
        (Ok(language), _) => language.native_name().to_owned(),
        (_, Ok(theme)) => lang.t(theme.key()),
        _ => code.to_owned(),
    }
}

/// Returns the form with the stored settings.
fn stored_form(settings: &ProviderSettings) -> FormState {
    let mut form = FormState::new(AREA);
    for setting in SETTINGS {
        form.set(setting.name, settings.text(setting));
    }
    original::store_original(&mut form);
    form
}

/// Returns the values that the user has edited.
///
/// # Errors
/// [`ServiceError::StaleOther`] if someone else has changed an edited setting to another value.
fn edited_values(posted: &VerifiedForm, stored: &FormState) -> Outcome<Values> {
    if !original::conflicting_fields(posted, stored).is_empty() {
        return Err(ServiceError::StaleOther);
    }
    let merged = original::merge_stored(posted, stored);
    Ok(SETTINGS
        .iter()
        .filter_map(|setting| Some((setting.name, merged.value(setting.name)?)))
        .filter(|(name, value)| *value != stored.value(name))
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;
    use std::collections::BTreeSet;

    /// Returns the form with the default settings, changed to these values.
    fn form(values: &[(&str, &str)]) -> FormState {
        let mut form = FormState::new(AREA);
        for (name, value) in
            SETTINGS.iter().map(|s| (s.name, s.default)).chain(values.iter().copied())
        {
            form.set(name, value);
        }
        original::store_original(&mut form);
        form
    }

    /// Returns the form as the browser submits it after these edits.
    fn posted(shown: &FormState, edits: &[(&str, &str)]) -> VerifiedForm {
        let mut sent = shown.clone();
        for (name, value) in edits {
            sent.set(name, value);
        }
        let first = |(name, values): (&str, &[String])| (name.to_owned(), values[0].clone());
        VerifiedForm(sent.fields().map(first).collect())
    }

    #[test]
    fn only_edited_settings_are_saved() {
        let shown = form(&[]);
        let stored =
            form(&[("mail.quota", "5"), ("password.min_length", "12"), ("api.enabled", "0")]);
        let edits = [("provider.name", "New"), ("php.config_required", "1")];
        assert_eq!(
            edited_values(&posted(&shown, &edits), &stored).unwrap(),
            Values::from_iter([
                ("php.config_required".to_owned(), "1".into()),
                ("provider.name".to_owned(), "New".into()),
            ])
        );
    }

    #[test]
    fn a_setting_that_someone_else_changed_to_another_value_is_a_conflict() {
        let sent = posted(&form(&[]), &[("provider.name", "New")]);
        let edited = |stored| edited_values(&sent, &form(&[("provider.name", stored)]));
        assert!(matches!(edited("Other"), Err(ServiceError::StaleOther)));
        assert_eq!(edited("New").unwrap(), Values::new());
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
    fn every_default_is_valid_and_normalized() {
        for setting in SETTINGS {
            let checked = services::settings::check(setting, setting.default);
            assert_eq!(checked.as_deref(), Ok(setting.default), "{}", setting.name);
        }
    }
}
