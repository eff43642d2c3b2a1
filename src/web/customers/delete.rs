//! `/customers/{loginname}/delete`.

use super::named::{AREA, address, chrome, named, reference};
use crate::csrf::Guarded;
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
use domain::customer::{Customer, Files};
use services::app::{App, Look};
use services::customers::{self, Impact};

#[derive(Template)]
#[template(path = "customers/delete.html")]
struct DeletePage {
    c: Chrome,
    f: FormState,
    customer: Customer,
    impact: Impact,
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
    let look = app.look().await?;
    let customer = named(&look, &by, &name).await?;
    Ok(respond::ok(&shown(&app, &req, &look, &by, customer, FormState::new(AREA)).await?))
}

/// Deletes the customer if the user has typed the login name.
pub async fn delete(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    sent: Guarded,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let customer = named(&look, &by, &name).await?;
    if !sent.text("confirm").trim().eq_ignore_ascii_case(customer.login_name.as_str()) {
        let mut page =
            shown(&app, &req, &look, &by, customer, FormState::posted(AREA, sent.0)).await?;
        let text = page.c.t_with(
            "customers-delete-confirm-differs",
            &[("name", page.customer.login_name.as_str())],
        );
        page.f.add_error("confirm", text);
        return Ok(respond::invalid(&page));
    }
    let files = if sent.ticked("delete_userfiles") { Files::Remove } else { Files::Keep };
    let which = reference(customer.login_name.as_str());
    let gone = app
        .change(&extract::origin(&req, &app), async |cmd| {
            customers::delete(cmd, &by, &which, files).await
        })
        .await?;
    let key = match files {
        Files::Remove => "customers-flash-deleted-with-files",
        Files::Keep => "customers-flash-deleted",
    };
    Ok(respond::done(
        &req.get_session(),
        "/customers",
        Flash::success(key).with("name", &gone.login_name),
    ))
}

async fn shown(
    app: &App,
    req: &HttpRequest,
    look: &Look,
    by: &AsManager,
    customer: Customer,
    f: FormState,
) -> Result<DeletePage, WebError> {
    let c = chrome(app, req, by.account(), &customer, "delete");
    let impact = customers::impact(look.view(), &customer).await?;
    Ok(DeletePage { c, f, customer, impact })
}
