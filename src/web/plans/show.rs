//! The page of one plan.

use crate::error::WebError;
use crate::extract::AsManager;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::id::PlanId;
use domain::plan::Plan;
use services::app::App;
use services::{php_configs, plans};

#[derive(Template)]
#[template(path = "plans/show.html")]
struct ShowPage {
    c: Chrome,
    plan: Plan,
    limits: Vec<(String, String)>,
    switches: Vec<(String, bool)>,
    php: Vec<String>,
    shows_owner: bool,
}

/// `GET /plans/{id}`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let plan = plans::get(snapshot.view(), &by, PlanId(*id)).await?;
    let all = php_configs::names(snapshot.view()).await?;
    let c = frame::of(&req, &app, by.account());
    let c = c.below(Section::Plans, &plan.name);
    let page = ShowPage {
        limits: plan
            .services
            .limits
            .iter()
            .map(|(resource, quota)| {
                (c.t(&resource.text_key()), super::list::limit(&c, resource, quota))
            })
            .collect(),
        switches: plan.services.switches().map(|(switch, on)| (c.field(switch.name()), on)).into(),
        php: all
            .iter()
            .filter(|(id, _)| plan.services.php_configs.contains(id))
            .map(|(_, name)| name.clone())
            .collect(),
        shows_owner: by.sees_all(),
        plan,
        c,
    };
    Ok(respond::ok(&page))
}
