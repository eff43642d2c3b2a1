//! A server whose times are the baseline for measurements of the panel. Its only handler runs a
//! statement, sends a number of bytes, or does both. It has no session, account, settings or
//! template.

use actix_web::web::{Data, Query, get};
use actix_web::{App, HttpResponse, HttpServer};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use serde::Deserialize;
use std::net::TcpListener;

/// Parameters of a request.
#[derive(Deserialize)]
struct Parameters {
    /// Number of bytes to send in the body.
    #[serde(default)]
    bytes: usize,
    /// Statement to run before the response; none if empty.
    #[serde(default)]
    sql: String,
}

async fn respond(database: Data<DatabaseConnection>, query: Query<Parameters>) -> HttpResponse {
    if !query.sql.is_empty() {
        let statement = Statement::from_string(database.get_database_backend(), query.sql.as_str());
        if let Err(error) = database.query_all_raw(statement).await {
            return HttpResponse::InternalServerError().body(error.to_string());
        }
    }
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(vec![b'x'; query.bytes])
}

#[expect(clippy::disallowed_methods, reason = "this server is no part of the program")]
#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let url = std::env::var("CLIENTELE_DATABASE_URL").expect("CLIENTELE_DATABASE_URL must be set");
    let database = Data::new(Database::connect(&url).await.expect("a connection to the database"));
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("listens on http://{}", listener.local_addr()?);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    HttpServer::new(move || App::new().app_data(database.clone()).route("/", get().to(respond)))
        .workers(workers)
        .listen(listener)?
        .run()
        .await
}
