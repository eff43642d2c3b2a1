//! `/customers/{loginname}/delete`.

use super::customer_page::{AREA, address, customer_chrome, find, reference};
use crate::crud::delete::is_typed;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::flash::Flash;
use crate::form::FormState;
use crate::page::Chrome;
use crate::respond;
use actix_session::SessionExt as _;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::customer::{Customer, FileRemoval};
use services::app::{App, OwnedView};
use services::customers::{self, DeletionImpact};

#[derive(Template)]
#[template(path = "customers/delete.html")]
struct DeletePage {
    c: Chrome,
    f: FormState,
    customer: Customer,
    impact: DeletionImpact,
}

impl DeletePage {
    fn back(&self) -> String {
        address(&self.customer.login_name)
    }
}

/// Shows the effects of deleting the customer.
pub async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let customer = find(&snapshot, &by, &name).await?;
    Ok(respond::ok(&delete_page(&app, &req, &snapshot, &by, customer, FormState::new(AREA)).await?))
}

/// Deletes the customer if the user has typed the login name.
pub async fn delete(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    sent: VerifiedForm,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let customer = find(&snapshot, &by, &name).await?;
    if !is_typed(customer.login_name.as_str(), &sent) {
        let mut page =
            delete_page(&app, &req, &snapshot, &by, customer, FormState::posted(AREA, sent.0))
                .await?;
        let text = page.c.t_with(
            "customers-delete-confirm-differs",
            &[("name", page.customer.login_name.as_str())],
        );
        page.f.add_error("confirm", text);
        return Ok(respond::invalid(&page));
    }
    let files =
        if sent.is_checked("delete_userfiles") { FileRemoval::Remove } else { FileRemoval::Keep };
    let which = reference(customer.login_name.as_str());
    let deleted = app
        .change(&extract::origin(&req, &app), async |cmd| {
            customers::delete(cmd, &by, &which, files).await
        })
        .await?;
    let key = match files {
        FileRemoval::Remove => "customers-flash-deleted-with-files",
        FileRemoval::Keep => "customers-flash-deleted",
    };
    Ok(respond::redirect_with_flash(
        &req.get_session(),
        "/customers",
        Flash::success(key).with("name", &deleted.login_name),
    ))
}

async fn delete_page(
    app: &App,
    req: &HttpRequest,
    snapshot: &OwnedView,
    by: &AsManager,
    customer: Customer,
    f: FormState,
) -> Result<DeletePage, WebError> {
    let c = customer_chrome(app, req, by.account(), &customer, "delete");
    let impact = customers::deletion_impact(snapshot.view(), &customer).await?;
    Ok(DeletePage { c, f, customer, impact })
}
