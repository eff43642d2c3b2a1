//! Limits, switches and PHP configurations of plans and customers as values of form fields.

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

/// Fills limits, switches and PHP configurations into a form.
pub fn fill(form: &mut FormState, services: &Services) {
    form.fill(services).fill_limits(&services.limits);
}

/// `GET /plans/{id}.json`: returns the values that selecting the plan fills into a form
/// (`static/js/plan.js`). They have the units of the fields; `null` is unlimited.
pub async fn json(
    app: web::Data<App>,
    by: AsManager,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let plan = plans::get(app.open_view().await?.view(), &by, PlanId(*id)).await?;
    let mut values = record(&plan.services);
    for (resource, quota) in plan.services.limits.iter() {
        // A string, because a JSON number would lose trailing zeros. They keep a fraction with
        // three digits from being read as thousands.
        let text = format::limit(quota, resource.unit().size())
            .map(|text| format::field_number(by.account().language, &text));
        values.insert(resource.name().to_owned(), json!(text));
    }
    let body = json!({ "name": plan.name, "values": values });
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body))
}
