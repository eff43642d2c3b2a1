//! For whoever watches over the program: does it run, and can it serve?

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use edge::routing::Routes;
use services::app::App;
use std::time::Duration;

/// The routes.
pub fn routes(routes: &mut Routes) {
    routes.get("/healthz", healthz).get("/readyz", readyz);
}

/// The program runs.
async fn healthz() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok")
}

/// Whoever asks whether the program is ready does not wait longer for an answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// The program can serve: it does not stop, the database answers, and its schema is this program's.
async fn readyz(app: Data<App>) -> HttpResponse {
    let not_ready = |why| plain(HttpResponse::ServiceUnavailable(), why);
    if app.stopping.is_cancelled() {
        return not_ready("the program stops");
    }
    match tokio::time::timeout(PATIENCE, services::health::has_current_schema(&app)).await {
        Ok(Ok(true)) => plain(HttpResponse::Ok(), "ready"),
        Ok(Ok(false)) => not_ready("the schema is older than the program"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database does not answer");
            not_ready("the database does not answer")
        }
        Err(_) => {
            tracing::warn!("the database does not answer in time");
            not_ready("the database does not answer")
        }
    }
}

fn plain(mut response: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    response
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}
