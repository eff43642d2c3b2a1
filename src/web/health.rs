//! For whoever watches over the program: does it run, and can it serve?

use crate::app::App;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, ServiceConfig, get};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/healthz", get().to(healthz)).route("/readyz", get().to(readyz));
}

/// The program runs.
async fn healthz() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok")
}

/// The program can serve: the database answers, and its schema is this program's.
async fn readyz(app: Data<App>) -> HttpResponse {
    match app.db.pending_migrations().await {
        Ok(0) => plain(HttpResponse::Ok(), "ready"),
        Ok(_) => plain(HttpResponse::ServiceUnavailable(), "the schema is older than the program"),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            plain(HttpResponse::ServiceUnavailable(), "the database does not answer")
        }
    }
}

fn plain(mut response: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    response
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}
