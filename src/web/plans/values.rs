//! What a plan, or a customer, is given, as the fields of forms have it.

use crate::error::WebError;
use crate::extract::AsManager;
use crate::form::FormState;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use domain::id::PlanId;
use domain::record::record;
use domain::resources::Services;
use i18n::format;
use serde_json::json;
use services::app::App;
use services::plans;

/// Fills limits and switches into a form: those of a plan, or those that a customer has.
pub fn fill(form: &mut FormState, services: &Services) {
    form.fill(services).fill_limits(&services.limits);
}

/// `GET /plans/{id}.json`: what picking the plan puts into a form (`static/js/plan.js`). In the
/// units of the fields; no limit is null.
pub async fn json(
    app: web::Data<App>,
    by: AsManager,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let plan = plans::get(app.look().await?.view(), &by, PlanId(*id)).await?;
    let mut values = record(&plan.services);
    for (resource, quota) in plan.services.limits.iter() {
        // Text, since a number would lose the digits that keep a fraction from being read as
        // thousands.
        let text = format::limit(quota, resource.unit().size())
            .map(|text| format::field_number(by.account().language, &text));
        values.insert(resource.name().to_owned(), json!(text));
    }
    let body = json!({ "name": plan.name, "values": values });
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body))
}
