//! The list of plans.

use crate::error::WebError;
use crate::extract::AsManager;
use crate::form::FormState;
use crate::nav::Section;
use crate::page::Chrome;
use crate::query::Query;
use crate::table::ListState;
use crate::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::plan::Plan;
use domain::query::{ListQuery, Page};
use domain::quota::Quota;
use domain::resources::Resource;
use services::app::App;
use services::plans;

#[derive(Template)]
#[template(path = "plans/list.html")]
struct ListPage {
    c: Chrome,
    f: FormState,
    l: ListState,
    rows: Vec<Plan>,
    shows_owner: bool,
}

impl ListPage {
    fn limit(&self, plan: &Plan, resource: Resource) -> String {
        limit(&self.c, resource, plan.services.limits[resource])
    }
}

/// Formats a limit.
pub(super) fn limit(c: &Chrome, resource: Resource, quota: Quota) -> String {
    match quota {
        Quota::Unlimited => c.t("state-unlimited"),
        Quota::Limited(n) => c.amount(resource.unit(), n),
    }
}

/// `GET /plans`
pub(super) async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let query = Query::of(&req);
    let mut l = query.list("/plans", &["q"], snapshot.settings.page_size());
    let search = query.search();
    let mut found = Page { items: Vec::new(), total: 0 };
    if let Ok(search) = &search {
        found =
            plans::listing(snapshot.view(), &by, &ListQuery::page(search, l.per_page, l.offset()))
                .await?;
        if l.set_total(found.total) {
            found = plans::listing(
                snapshot.view(),
                &by,
                &ListQuery::page(search, l.per_page, l.offset()),
            )
            .await?;
        }
    }
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("nav-plans"), c.t("plans-lead"));
    let c = c.page(Section::Plans, title).lead(lead);
    let f = query.form(&c, "plans", &["q"], &search);
    let page = ListPage { c, f, l, rows: found.items, shows_owner: by.sees_all() };
    Ok(if search.is_err() { respond::invalid(&page) } else { respond::ok(&page) })
}
