//! The list of plans.

use crate::app::App;
use crate::domain::plan::Plan;
use crate::domain::quota::Quota;
use crate::domain::resources::{Resource, Unit};
use crate::services::plans;
use crate::web::error::WebError;
use crate::web::extract::AsManager;
use crate::web::nav::Section;
use crate::web::page::Chrome;
use crate::web::paging::{ListQuery, Paging};
use crate::web::table::ListState;
use crate::web::{frame, respond};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

#[derive(Template)]
#[template(path = "plans/list.html")]
struct ListPage {
    c: Chrome,
    l: ListState,
    rows: Vec<Plan>,
    shows_owner: bool,
}

impl ListPage {
    fn limit(&self, plan: &Plan, resource: Resource) -> String {
        limit(&self.c, resource, plan.services.limits[resource])
    }
}

/// A limit in words.
pub(super) fn limit(c: &Chrome, resource: Resource, quota: Quota) -> String {
    match quota {
        Quota::Unlimited => c.t("state-unlimited"),
        Quota::Limited(n) if resource.unit() == Unit::Count => c.num(n),
        Quota::Limited(n) => c.size(n),
    }
}

/// `GET /plans`
pub(super) async fn list(app: Data<App>, req: HttpRequest, by: AsManager, query: Query<ListQuery>) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let mut paging = Paging::of(&query, &look.settings);
    let mut found = plans::listing(look.view(), &by, &paging.word, paging.limit(), paging.offset()).await?;
    if let Some(last) = paging.within(found.total) {
        found = plans::listing(look.view(), &by, &last.word, last.limit(), last.offset()).await?;
        paging = last;
    }
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("nav-plans"), c.t("plans-lead"));
    let c = c.page(Section::Plans, title).lead(lead);
    let l = paging.state("/plans", found.total);
    Ok(respond::ok(&ListPage { c, l, rows: found.items, shows_owner: by.sees_all() }))
}
