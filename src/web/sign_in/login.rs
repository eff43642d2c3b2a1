//! `/login` and `/logout`.

use super::chrome;
use crate::app::App;
use crate::auth::sign_in::{SignIn, sign_in};
use crate::domain::secret::Secret;
use crate::services::throttle::{self, SIGN_IN_FAILURES};
use crate::services::{Command, Origin, ServiceError, account};
use crate::web::csrf::Guarded;
use crate::web::error::WebError;
use crate::web::extract::{self, SignedIn, Visitor};
use crate::web::form::{FormState, GENERAL};
use crate::web::page::Chrome;
use crate::web::query::Query;
use crate::web::{kept, respond, session};
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

#[derive(Template)]
#[template(path = "sign_in/login.html")]
struct LoginPage {
    c: Chrome,
    f: FormState,
}

impl LoginPage {
    fn new(req: &HttpRequest, app: &App, login_name: &str, next: &str) -> Self {
        let mut f = FormState::new("sign-in");
        f.set("loginname", login_name).set("next", local(next).unwrap_or_default());
        let c = chrome(req, app, "sign-in-title");
        let lead = c.t("sign-in-lead");
        Self { c: c.lead(lead), f }
    }
}

/// The form. Whoever is signed in has no use for it.
pub async fn show(app: Data<App>, req: HttpRequest, visitor: Visitor) -> Result<HttpResponse, WebError> {
    if visitor.0.is_some() {
        return Ok(respond::see_other("/"));
    }
    let query = Query::of(&req);
    let mut page = LoginPage::new(&req, &app, "", query.text("next"));
    if query.text("ended") == "1" {
        page.c.lead = page.c.t(if kept::is_waiting(query.text("next")) { "sign-in-ended-kept" } else { "sign-in-ended" });
    }
    Ok(respond::ok(&page))
}

/// Signs in. The answer to a wrong password is that to an unknown name.
pub async fn submit(app: Data<App>, req: HttpRequest, form: Guarded) -> Result<HttpResponse, WebError> {
    let origin = extract::origin(&req, &app);
    let look = app.look().await?;
    if throttle::is_spent(look.view(), &SIGN_IN_FAILURES, &origin.address).await? {
        return Err(WebError::TooMany);
    }
    let login_name = form.text("loginname").trim();
    let next = local(form.text("next"));
    let outcome = sign_in(&app, &origin, login_name, &Secret::new(form.text("password"))).await?;
    if let SignIn::Welcome(login) = outcome {
        session::begin(&req.get_session(), &app, login)?;
        return Ok(respond::see_other(next.unwrap_or("/")));
    }
    count_failure(&app, &origin).await?;
    let mut page = LoginPage::new(&req, &app, login_name, next.unwrap_or_default());
    let text = match outcome {
        SignIn::Suspended => {
            let reason = account::shown_suspend_reason(look.view(), login_name).await?;
            suspended(&page.c, look.settings.provider_contact(), reason)
        }
        _ => page.c.t("sign-in-refused"),
    };
    page.f.add_error(GENERAL, text);
    Ok(respond::invalid(&page))
}

/// Signs out. Whoever was signed out meanwhile gets where he wanted, too.
pub async fn sign_out(req: HttpRequest, _by: SignedIn, _form: Guarded) -> Result<HttpResponse, WebError> {
    req.get_session().purge();
    Ok(respond::see_other("/login"))
}

async fn count_failure(app: &App, origin: &Origin) -> Result<(), ServiceError> {
    app.change(origin, async |cmd: Command<'_>| throttle::count(cmd, &SIGN_IN_FAILURES, &origin.address).await).await?;
    Ok(())
}

/// Only who knows the password reads this, the reason too.
fn suspended(c: &Chrome, contact: &str, reason: Option<String>) -> String {
    let text = if contact.is_empty() { c.t("sign-in-suspended") } else { c.t_with("sign-in-suspended-contact", &[("contact", contact)]) };
    match reason {
        Some(reason) => format!("{text} {}", c.t_with("sign-in-suspended-reason", &[("reason", reason)])),
        None => text,
    }
}

/// An address within the panel; nothing that a browser could take for another host.
fn local(next: &str) -> Option<&str> {
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    // Nobody signs in to sign out, or to see this form again.
    let useful = !["/login", "/logout", "/password/"].iter().any(|path| next.starts_with(path));
    (inside && useful).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_addresses_within_the_panel_are_gone_to() {
        for good in ["/", "/customers?q=a%2Fb&page=2", "/customers/web1"] {
            assert_eq!(local(good), Some(good));
        }
        for bad in
            ["", "customers", "//evil.test", "/\\evil.test", "\\\\evil.test", "https://evil.test", "/\t/evil.test", "/a\nb", "/logout"]
        {
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }
}
