//! `GET /customers/{loginname}/edit` and `POST /customers/{loginname}`.

use super::choices::{self, Choices};
use super::conflict::{self, Conflict};
use super::customer_page::{AREA, address, customer_chrome, find, reference};
use super::form::{self, FormKind};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::flash::{Flash, Tone};
use crate::form::FormState;
use crate::page::Chrome;
use crate::{input, original, respond};
use actix_session::SessionExt as _;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::customer::Customer;
use domain::quota::Quota;
use domain::resources::Resource;
use domain::validation::ErrorCode;
use services::app::{App, OwnedView};
use services::{Outcome, ServiceError, customers};

#[derive(Template)]
#[template(path = "customers/edit.html")]
struct EditPage {
    c: Chrome,
    f: FormState,
    o: Choices,
    customer: Customer,
    conflict: Option<Conflict>,
    is_edit: bool,
    /// Whether the form asks to confirm limits below the current usage.
    asks_below_usage: bool,
}

impl EditPage {
    fn back(&self) -> String {
        address(&self.customer.login_name)
    }
}

/// Shows the form with the stored values.
pub async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let customer = find(&snapshot, &by, &name).await?;
    let form = form::stored_form(&customer);
    Ok(respond::ok(&edit_page(&app, &req, &snapshot, &by, customer, form).await?))
}

pub async fn update(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    sent: VerifiedForm,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let before = find(&snapshot, &by, &name).await?;
    let mut page =
        edit_page(&app, &req, &snapshot, &by, before, FormState::posted(AREA, sent.0.clone()))
            .await?;
    if sent.value(input::APPLY_PLAN).is_some() {
        form::apply_plan(snapshot.view(), &page.c, &by, &mut page.f).await?;
        return Ok(if page.f.has_errors() { respond::invalid(&page) } else { respond::ok(&page) });
    }
    match change(&app, &req, &snapshot, &by, &sent, &page.customer).await {
        Ok(after) => {
            let flash = flash(&page.customer, &after, &sent);
            Ok(respond::redirect_with_flash(&req.get_session(), &address(&after.login_name), flash))
        }
        Err(ServiceError::Stale(current)) => {
            // Fields that the user did not edit take the values that someone else has saved.
            // Submitting the form again saves the other fields.
            page.f = FormState::posted(
                AREA,
                original::merge_stored(&sent, &form::stored_form(&current)).0,
            );
            page.f.set("version", current.version);
            page.conflict =
                Some(conflict::compare(&snapshot, &by, &page.c, &page.o, &page.f, &current).await?);
            page.customer = *current;
            Ok(respond::html(StatusCode::CONFLICT, &page))
        }
        Err(error) => {
            page.asks_below_usage |= is_below_measured(&error);
            form::add_errors(&page.c, FormKind::Edit, error, &mut page.f)?;
            Ok(respond::invalid(&page))
        }
    }
}

fn is_below_measured(error: &ServiceError) -> bool {
    let ServiceError::Invalid(found) = error else { return false };
    found.iter().flat_map(|(_, errors)| errors).any(|error| error.code == ErrorCode::BelowMeasured)
}

async fn change(
    app: &App,
    req: &HttpRequest,
    snapshot: &OwnedView,
    by: &AsManager,
    sent: &VerifiedForm,
    before: &Customer,
) -> Outcome<Customer> {
    let login_name = before.login_name.as_str();
    let had_no_databases = before.profile.services.limits[Resource::Mysqls] == Quota::NONE;
    let received = form::receive_edit(sent, by.account().language, had_no_databases);
    let mut edit =
        customers::prepare_edit(&app.env, &snapshot.settings, by, received, Some(login_name))
            .await?;
    edit.refuses_below_usage = !sent.is_checked(input::BELOW_USAGE);
    let which = reference(login_name);
    app.change(&extract::origin(req, app), async |cmd| {
        customers::update(cmd, by, &which, &edit).await
    })
    .await
}

fn flash(before: &Customer, after: &Customer, sent: &VerifiedForm) -> Flash {
    let new_password = !sent.text("new_customer_password").is_empty();
    let name = after.login_name.as_str();
    if new_password && sent.is_checked("sendpassword") {
        let email = after.profile.contact.email.to_unicode();
        return Flash::success("customers-flash-password-mailed")
            .with("name", name)
            .with("email", email);
    }
    if new_password {
        return Flash::success("customers-flash-password-set").with("name", name);
    }
    if before.version == after.version
        && before.owner == after.owner
        && before.standard_subdomain == after.standard_subdomain
    {
        return Flash::new(Tone::Info, "customers-flash-unchanged").with("name", name);
    }
    Flash::success("customers-flash-saved").with("name", name)
}

async fn edit_page(
    app: &App,
    req: &HttpRequest,
    snapshot: &OwnedView,
    by: &AsManager,
    customer: Customer,
    f: FormState,
) -> Result<EditPage, WebError> {
    let c = customer_chrome(app, req, by.account(), &customer, "edit");
    let suggestion = snapshot.settings.password_policy().generate(app.env.random.as_ref());
    let o =
        choices::read(snapshot, &c, by, Some(&customer), suggestion.expose().to_owned()).await?;
    let asks_below_usage = f.is_checked(input::BELOW_USAGE);
    Ok(EditPage { c, f, o, customer, conflict: None, is_edit: true, asks_below_usage })
}
