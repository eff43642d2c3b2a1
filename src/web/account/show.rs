//! The page, on its own and with the faults of one of its forms.

use crate::error::WebError;
use crate::extract::SignedIn;
use crate::form::{Choice, FormState, PolicyHints};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{faults, frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use auth::accounts::Account;
use domain::account::{Language, Theme};
use domain::fault::FieldFaults;
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
    /// An admin acts as this customer: the password stays out of his reach.
    acting: bool,
}

/// Shows the page.
pub(super) async fn show(
    app: Data<App>,
    req: HttpRequest,
    by: SignedIn,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let mut f = FormState::new("account");
    f.set_checked("ftp_password", true);
    Ok(respond::ok(&page(&req, &app, &look.settings, &by.0, f)))
}

/// Shows the page again, with what is wrong.
pub(super) fn invalid(
    req: &HttpRequest,
    app: &App,
    settings: &ProviderSettings,
    account: &Account,
    typed: FormState,
    wrong: &FieldFaults,
) -> HttpResponse {
    let mut page = page(req, app, settings, account, typed);
    faults::into_form(page.c.lang, wrong, &mut page.f, |name| FIELDS.contains(&name));
    respond::invalid(&page)
}

fn page(
    req: &HttpRequest,
    app: &App,
    settings: &ProviderSettings,
    account: &Account,
    mut f: FormState,
) -> AccountPage {
    // Only what is offered is shown as chosen, whatever was sent.
    f.set("def_language", account.language.code()).set("theme", account.theme.code());
    let c = frame::of(req, app, account);
    let title = c.t("account-title");
    AccountPage {
        c: c.page(Section::Account, title),
        f,
        email: account.email.to_unicode(),
        languages: Language::ALL
            .iter()
            .map(|language| Choice::new(language.code(), language.native_name()))
            .collect(),
        themes: Theme::ALL.to_vec(),
        policy: PolicyHints::of(&settings.password_policy()),
        acting: account.acting.is_some(),
    }
}
