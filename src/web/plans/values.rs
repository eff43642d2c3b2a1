//! What a plan, or a customer, is given, as the fields of forms have it.

use crate::app::App;
use crate::domain::id::PlanId;
use crate::domain::record::record;
use crate::domain::resources::Services;
use crate::services::plans;
use crate::web::error::WebError;
use crate::web::extract::AsManager;
use crate::web::form::FormState;
use crate::web::format;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde_json::json;

/// Fills limits and switches into a form: those of a plan, or those that a customer has.
pub fn fill(form: &mut FormState, services: &Services) {
    form.fill(services).fill_limits(&services.limits);
}

/// `GET /plans/{id}.json`: what picking the plan puts into a form (`static/js/plan.js`). In the units of the fields; no
/// limit is null.
pub async fn json(app: web::Data<App>, by: AsManager, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let plan = plans::get(app.look().await?.view(), &by, PlanId(*id)).await?;
    let mut values = record(&plan.services);
    for (resource, quota) in plan.services.limits.iter() {
        // Text, since a number would lose the digits that keep a fraction from being read as thousands.
        let text = format::limit(quota, resource.unit().size()).map(|text| format::field_number(by.account().language, &text));
        values.insert(resource.name().to_owned(), json!(text));
    }
    let body = json!({ "name": plan.name, "values": values });
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body))
}
