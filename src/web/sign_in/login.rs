//! `/login` and `/logout`.

use super::common::chrome;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, SignedIn, Visitor};
use crate::form::{FormState, GENERAL};
use crate::page::Chrome;
use crate::query::Query;
use crate::{device, kept_forms, respond, session};
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::secret::Secret;
use services::account;
use services::app::App;
use services::sign_in::{SignIn, sign_in};

#[derive(Template)]
#[template(path = "sign_in/login.html")]
struct LoginPage {
    c: Chrome,
    f: FormState,
}

impl LoginPage {
    fn new(req: &HttpRequest, app: &App, login_name: &str, next: &str) -> Self {
        let mut f = FormState::new("sign-in");
        f.set("loginname", login_name).set("next", local_address(next).unwrap_or_default());
        let c = chrome(req, app, "sign-in-title");
        let lead = c.t("sign-in-lead");
        Self { c: c.lead(lead), f }
    }
}

/// Shows the form, or redirects signed-in accounts to the dashboard.
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, WebError> {
    if visitor.0.is_some() {
        return Ok(respond::see_other("/"));
    }
    let query = Query::of(&req);
    let mut page = LoginPage::new(&req, &app, "", query.text("next"));
    if query.text("ended") == "1" {
        page.c.lead = page.c.t(if kept_forms::has_kept_form(query.text("next")) {
            "sign-in-ended-kept"
        } else {
            "sign-in-ended"
        });
    }
    Ok(respond::ok(&page))
}

/// Signs in. The response to a wrong password is the same as to an unknown login name.
pub async fn submit(
    app: Data<App>,
    req: HttpRequest,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let origin = extract::origin(&req, &app);
    // A refusal after too many attempts must not reveal by its response time whether a password was
    // checked.
    let at_least = tokio::time::sleep(app.env.min_response_time);
    let login_name = form.text("loginname").trim();
    let next = local_address(form.text("next"));
    let outcome = sign_in(
        &app,
        &origin,
        login_name,
        &Secret::new(form.text("password")),
        &device::device_cookies(&req),
    )
    .await?;
    let is_suspended = matches!(outcome, SignIn::Suspended);
    match outcome {
        SignIn::SignedIn(proof) => {
            session::start_session(&req.get_session(), &app, &proof)?;
            return Ok(device::remember(
                &app,
                &req,
                &proof,
                respond::see_other(next.unwrap_or("/")),
            )?);
        }
        SignIn::Throttled => {
            at_least.await;
            return Err(WebError::TooManyAttempts);
        }
        SignIn::Refused | SignIn::Suspended => {}
    }
    let mut page = LoginPage::new(&req, &app, login_name, next.unwrap_or_default());
    let text = if is_suspended {
        let snapshot = app.open_view().await?;
        let reason = account::find_visible_suspend_reason(snapshot.view(), login_name).await?;
        suspended_text(&page.c, snapshot.settings.provider_contact(), reason)
    } else {
        page.c.t("sign-in-refused")
    };
    page.f.add_error(GENERAL, text);
    Ok(respond::invalid(&page))
}

/// Signs out. If the session has already ended, the extractor redirects to the sign-in page, too.
pub async fn sign_out(
    req: HttpRequest,
    _by: SignedIn,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    req.get_session().purge();
    Ok(respond::see_other("/login"))
}

/// Returns the message for a suspended account. Only a user with the correct password sees it,
/// including the reason.
fn suspended_text(c: &Chrome, contact: &str, reason: Option<String>) -> String {
    let text = if contact.is_empty() {
        c.t("sign-in-suspended")
    } else {
        c.t_with("sign-in-suspended-contact", &[("contact", contact)])
    };
    match reason {
        Some(reason) => {
            format!("{text} {}", c.t_with("sign-in-suspended-reason", &[("reason", reason)]))
        }
        None => text,
    }
}

/// Returns an address within the panel; `None` for an address that browsers could resolve to
/// another host.
fn local_address(next: &str) -> Option<&str> {
    let is_local = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|c: char| c == '\\' || c.is_control());
    // Sign-in must lead neither to the sign-out nor to another page for visitors.
    let is_useful = !["/login", "/logout", "/password/"].iter().any(|path| next.starts_with(path));
    (is_local && is_useful).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::local_address;

    #[test]
    fn sign_in_leads_only_to_addresses_within_the_panel() {
        for good in ["/", "/customers?q=a%2Fb&page=2", "/customers/web1"] {
            assert_eq!(local_address(good), Some(good));
        }
        for bad in [
            "",
            "customers",
            "//evil.test",
            "/\\evil.test",
            "\\\\evil.test",
            "https://evil.test",
            "/\t/evil.test",
            "/a\nb",
            "/logout",
        ] {
            assert_eq!(local_address(bad), None, "{bad:?}");
        }
    }
}
