//! `GET /customers/new` and `POST /customers`.

use super::choices::{self, Choices};
use super::customer_page::{AREA, address};
use super::form::{self, FormKind};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::flash::{Flash, Tone};
use crate::form::FormState;
use crate::nav::Section;
use crate::page::Chrome;
use crate::submission::{self, Submission};
use crate::{frame, input, respond};
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::customer::Customer;
use services::Outcome;
use services::app::{App, OwnedView};
use services::customers;

#[derive(Template)]
#[template(path = "customers/add.html")]
struct AddPage {
    c: Chrome,
    f: FormState,
    o: Choices,
    is_edit: bool,
}

/// Shows the form with its defaults.
pub async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let c = chrome(&req, &app, &by);
    let mail_quota = customers::default_mail_quota(view, &by).await?;
    let token = submission::token(&app);
    // The default language is the reseller's or, for admins who see all customers, the default in
    // the settings.
    let language = if by.sees_all() { snapshot.settings.default_language() } else { by.language() };
    let form = form::initial_form(&snapshot.settings, language, mail_quota, &token);
    let mut page = build_page(&app, &snapshot, &by, c, form).await?;
    if let Some(first) = page.o.php_configs.first() {
        page.f.add("allowed_phpconfigs", &first.value);
    }
    Ok(respond::ok(&page))
}

pub async fn create(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    sent: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let mut form = FormState::posted(AREA, sent.0.clone());
    if sent.value(input::APPLY_PLAN).is_some() {
        let c = chrome(&req, &app, &by);
        form::apply_plan(snapshot.view(), &c, &by, &mut form).await?;
        let page = build_page(&app, &snapshot, &by, c, form).await?;
        return Ok(if page.f.has_errors() { respond::invalid(&page) } else { respond::ok(&page) });
    }
    let error = match submission::once(&app, by.login(), &sent, async || {
        add(&app, &req, &snapshot, &by, &sent).await
    })
    .await?
    {
        Submission::Duplicate(redirect) => return Ok(redirect),
        Submission::Created(customer) => {
            let flash = flash(
                &customer,
                sent.is_checked("sendpassword"),
                !sent.text("new_customer_password").is_empty(),
            );
            return Ok(respond::redirect_with_flash(
                &req.get_session(),
                &address(&customer.login_name),
                flash,
            ));
        }
        Submission::Failed(error) => error,
    };
    let c = chrome(&req, &app, &by);
    form::add_errors(&c, FormKind::Add, error, &mut form)?;
    Ok(respond::invalid(&build_page(&app, &snapshot, &by, c, form).await?))
}

async fn add(
    app: &App,
    req: &HttpRequest,
    snapshot: &OwnedView,
    by: &AsManager,
    sent: &VerifiedForm,
) -> Outcome<Customer> {
    let new = customers::prepare(
        &app.env,
        snapshot.view(),
        form::receive_add(sent, by.account().language),
    )
    .await?;
    app.change(&extract::origin(req, app), async |cmd| {
        let customer = customers::add(cmd, by, &new).await?;
        submission::record_result(cmd, by.login(), sent, &address(&customer.login_name)).await?;
        Ok(customer)
    })
    .await
}

/// Returns the flash message for a new customer. It warns if a generated password was not sent by
/// email, because then nobody knows it.
fn flash(customer: &Customer, is_password_sent: bool, is_password_typed: bool) -> Flash {
    let flash = match (is_password_sent, is_password_typed) {
        (true, _) => Flash::success("customers-flash-added-mailed")
            .with("email", customer.profile.contact.email.to_unicode()),
        (false, true) => Flash::success("customers-flash-added"),
        (false, false) => Flash::new(Tone::Warning, "customers-flash-added-unknown"),
    };
    flash.with("name", &customer.login_name)
}

fn chrome(req: &HttpRequest, app: &App, by: &AsManager) -> Chrome {
    let c = frame::of(req, app, by.account());
    let title = c.t("customers-add-title");
    let lead = c.t("customers-add-lead");
    c.below(Section::Customers, title).lead(lead)
}

async fn build_page(
    app: &App,
    snapshot: &OwnedView,
    by: &AsManager,
    c: Chrome,
    f: FormState,
) -> Result<AddPage, WebError> {
    let suggestion = snapshot.settings.password_policy().generate(app.env.random.as_ref());
    let o = choices::read(snapshot, &c, by, None, suggestion.expose().to_owned()).await?;
    Ok(AddPage { c, f, o, is_edit: false })
}
