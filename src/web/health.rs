//! Health checks for monitoring: `/healthz` (liveness) and `/readyz` (readiness).

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use edge::routing::Routes;
use services::app::App;
use std::time::Duration;

pub fn routes(routes: &mut Routes) {
    routes.get("/healthz", healthz).get("/readyz", readyz);
}

/// Responds as long as the process runs.
async fn healthz() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok")
}

/// Maximum time that a readiness check waits for the database.
const DATABASE_TIMEOUT: Duration = Duration::from_secs(3);

/// Reports whether the process can serve requests: it is not stopping, the database responds, and
/// the schema has every migration of this program.
async fn readyz(app: Data<App>) -> HttpResponse {
    let not_ready = |why| plain(HttpResponse::ServiceUnavailable(), why);
    if app.stopping.is_cancelled() {
        return not_ready("the program is stopping");
    }
    match tokio::time::timeout(DATABASE_TIMEOUT, services::health::has_current_schema(&app)).await {
        Ok(Ok(true)) => plain(HttpResponse::Ok(), "ready"),
        Ok(Ok(false)) => not_ready("the schema is older than the program"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database does not respond");
            not_ready("the database does not respond")
        }
        Err(_) => {
            tracing::warn!("the database does not respond in time");
            not_ready("the database does not respond")
        }
    }
}

fn plain(mut response: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    response
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}
