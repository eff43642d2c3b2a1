//! `/customers/{loginname}/suspend` and `/resume` suspend and resume a customer.

use super::customer_page::{
    AREA, address, customer_chrome, find, redirect_with_success, reference,
};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::form::FormState;
use crate::page::Chrome;
use crate::{input, respond, validation_errors};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::customer::Customer;
use domain::validation::{ErrorCode, FieldErrors};
use services::app::{App, OwnedView};
use services::customers::{self, SuspendCustomer};
use services::{Outcome, ServiceError};

#[derive(Template)]
#[template(path = "customers/suspend.html")]
struct SuspendPage {
    c: Chrome,
    f: FormState,
    customer: Customer,
}

impl SuspendPage {
    fn back(&self) -> String {
        address(&self.customer.login_name)
    }
}

/// Shows the form that asks for the reason.
pub async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let page = suspend_page(&app, &req, &snapshot, &by, &name, FormState::new(AREA)).await?;
    // The edit form changes the reason of an existing suspension.
    if page.customer.suspended {
        return Ok(respond::see_other(&page.back()));
    }
    Ok(respond::ok(&page))
}

pub async fn suspend(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    sent: VerifiedForm,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    match carry_out(&app, &req, &by, &sent, &name).await {
        Ok(customer) => Ok(redirect_with_success(&req, &customer, "customers-flash-suspended")),
        Err(ServiceError::Invalid(wrong)) => {
            let snapshot = app.open_view().await?;
            let mut page =
                suspend_page(&app, &req, &snapshot, &by, &name, FormState::posted(AREA, sent.0))
                    .await?;
            validation_errors::add_to_form(page.c.lang, &wrong, &mut page.f, |field| {
                field == "suspend_reason"
            });
            Ok(respond::invalid(&page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn carry_out(
    app: &App,
    req: &HttpRequest,
    by: &AsManager,
    sent: &VerifiedForm,
    name: &str,
) -> Outcome<Customer> {
    let request: SuspendCustomer = input::receive(sent, None).finish()?;
    let which = reference(name);
    app.change(&extract::origin(req, app), async |cmd| {
        customers::suspend(cmd, by, &which, &request).await
    })
    .await
}

pub async fn resume(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    _: VerifiedForm,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let which = reference(&name);
    let outcome = app
        .change(&extract::origin(&req, &app), async |cmd| customers::resume(cmd, &by, &which).await)
        .await;
    match outcome {
        Ok(customer) => Ok(redirect_with_success(&req, &customer, "customers-flash-resumed")),
        Err(ServiceError::Invalid(wrong)) => {
            Err(rank_error(&wrong).unwrap_or_else(|| ServiceError::Invalid(wrong).into()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns a permission error (403) if an account of a higher rank has suspended the customer.
/// Other validation errors of `resume` become a conflict (409).
fn rank_error(wrong: &FieldErrors) -> Option<WebError> {
    let mut all = wrong.iter().flat_map(|(_, errors)| errors);
    all.find(|error| error.code == ErrorCode::SuspendedByHigherRank)
        .cloned()
        .map(WebError::NotPermitted)
}

async fn suspend_page(
    app: &App,
    req: &HttpRequest,
    snapshot: &OwnedView,
    by: &AsManager,
    name: &str,
    f: FormState,
) -> Result<SuspendPage, WebError> {
    let customer = find(snapshot, by, name).await?;
    let c = customer_chrome(app, req, by.account(), &customer, "suspend");
    Ok(SuspendPage { c, f, customer })
}
