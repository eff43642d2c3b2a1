//! The account page, alone or with the validation errors of one of its forms.

use crate::error::WebError;
use crate::extract::SignedIn;
use crate::form::{Choice, FormState, PolicyHints};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond, validation_errors};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use auth::accounts::Account;
use domain::account::Theme;
use domain::validation::FieldErrors;
use services::app::App;
use services::settings::ProviderSettings;

const FIELDS: [&str; 5] =
    ["def_language", "theme", "old_password", "new_password", "new_password_confirm"];

#[derive(Template)]
#[template(path = "account/show.html")]
struct AccountPage {
    c: Chrome,
    f: FormState,
    email: String,
    languages: Vec<Choice>,
    themes: Vec<Theme>,
    policy: PolicyHints,
    /// Whether an admin acts as this customer; the page then has no password form.
    is_impersonated: bool,
}

pub(super) async fn show(
    app: Data<App>,
    req: HttpRequest,
    by: SignedIn,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let mut f = FormState::new("account");
    f.set_checked("ftp_password", true);
    Ok(respond::ok(&page(&req, &app, &snapshot.settings, &by.0, f)))
}

/// Shows the page again with validation errors.
pub(super) fn invalid(
    req: &HttpRequest,
    app: &App,
    settings: &ProviderSettings,
    account: &Account,
    typed: FormState,
    wrong: &FieldErrors,
) -> HttpResponse {
    let mut page = page(req, app, settings, account, typed);
    validation_errors::add_to_form(page.c.lang, wrong, &mut page.f, |name| FIELDS.contains(&name));
    respond::invalid(&page)
}

fn page(
    req: &HttpRequest,
    app: &App,
    settings: &ProviderSettings,
    account: &Account,
    mut f: FormState,
) -> AccountPage {
    // An invalid language or theme is not an option of the page, so the page shows the stored
    // values instead of the submitted ones.
    f.set("def_language", account.language.code()).set("theme", account.theme.code());
    let c = frame::of(req, app, account);
    let title = c.t("account-title");
    AccountPage {
        c: c.page(Section::Account, title),
        f,
        email: account.email.to_unicode(),
        languages: Choice::languages(),
        themes: Theme::ALL.to_vec(),
        policy: PolicyHints::of(&settings.password_policy()),
        is_impersonated: account.impersonator.is_some(),
    }
}
