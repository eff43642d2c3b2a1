//! The list of admins.

use crate::error::WebError;
use crate::extract::AsServerAdmin;
use crate::form::FormState;
use crate::nav::Section;
use crate::page::Chrome;
use crate::query::Query;
use crate::table::{ListState, Usage};
use crate::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::admin::Admin;
use domain::query::{ListQuery, Page};
use services::admins;
use services::app::App;

#[derive(Template)]
#[template(path = "admins/list.html")]
struct ListPage {
    c: Chrome,
    f: FormState,
    l: ListState,
    rows: Vec<Row>,
}

struct Row {
    admin: Admin,
    customers: Usage,
    state: &'static str,
}

/// Returns the status of an admin as pages show it. An admin who is both suspended and locked is
/// shown as suspended.
pub(super) const fn state(admin: &Admin) -> &'static str {
    match (admin.suspended, admin.sign_in.locked) {
        (true, _) => "suspended",
        (false, true) => "locked",
        (false, false) => "active",
    }
}

/// `GET /admins`
pub(super) async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let query = Query::of(&req);
    let mut l = query.list("/admins", &["q"], snapshot.settings.page_size());
    let search = query.search();
    let mut found = Page { items: Vec::new(), total: 0 };
    if let Ok(search) = &search {
        found =
            admins::listing(snapshot.view(), &by, &ListQuery::page(search, l.per_page, l.offset()))
                .await?;
        if l.set_total(found.total) {
            found = admins::listing(
                snapshot.view(),
                &by,
                &ListQuery::page(search, l.per_page, l.offset()),
            )
            .await?;
        }
    }
    let row = |admin: Admin| Row {
        customers: Usage::count(admin.assigned.customers, admin.profile.quota.customers.limit()),
        state: state(&admin),
        admin,
    };
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("nav-admins"), c.t("admins-lead"));
    let c = c.page(Section::Admins, title).lead(lead);
    let f = query.form(&c, "admins", &["q"], &search);
    let page = ListPage { c, f, l, rows: found.items.into_iter().map(row).collect() };
    Ok(if search.is_err() { respond::invalid(&page) } else { respond::ok(&page) })
}
