//! `GET /customers.csv` exports all pages of the list as one file. All ids are read in one query.
//! Rows are read and sent in batches of [`BATCH_SIZE`], so memory use barely grows with the number
//! of customers.
//!
//! Without a chosen [`Separator`], the file uses commas and has no byte order mark, which suits
//! programs. With one, it starts with a byte order mark, because spreadsheets need it to recognize
//! UTF-8. A cookie stores the separator for the next export.

use super::query::{self, QueryContext};
use super::separator::Separator;
use crate::csrf::cookie::Cookies;
use crate::error::WebError;
use crate::extract::AsManager;
use crate::query::Query;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, rt};
use auth::actor::Manager;
use domain::id::CustomerId;
use edge::stream::{Part, StreamedBody};
use services::app::App;
use services::{Outcome, customers};
use tokio::sync::mpsc;

/// Number of rows in a batch.
const BATCH_SIZE: usize = 1000;

pub async fn export(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let sent = Query::of(&req);
    let owners = if by.sees_all() {
        Some(query::owners(snapshot.view(), &by, &sent).await?.known)
    } else {
        None
    };
    let query = query::read(
        &sent,
        &QueryContext {
            owners: owners.as_ref().map(|known| known.as_slice()),
            page_size: snapshot.settings.page_size(),
            language: by.account().language,
        },
    );
    if !query.errors.is_empty() {
        // The list shows the error in the search and keeps the search text.
        return super::list::page(app, req, by).await;
    }
    let chosen = Separator::chosen(&sent);
    let ids = customers::ids(snapshot.view(), &by, &query.filter, &[query.order]).await?;
    let (batches, body) = mpsc::channel(2);
    let manager: Manager = (*by).clone();
    let name = format!("customers-{}.csv", app.env.clock.now().strftime("%Y-%m-%d"));
    let mut response = csv_response(&name);
    if let Some(separator) = chosen
        && let Some(names) = req.app_data::<Data<Cookies>>()
    {
        response.cookie(separator.cookie(names));
    }
    rt::spawn(async move { send_rows(&app, &manager, &ids, chosen, batches).await });
    Ok(response.body(StreamedBody(body)))
}

/// Returns the head of a CSV response that browsers save as a file.
pub fn csv_response(name: &str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    response
}

/// Sends the column names and all batches, until the list ends or the client disconnects.
async fn send_rows(
    app: &App,
    by: &Manager,
    ids: &[CustomerId],
    chosen: Option<Separator>,
    batches: mpsc::Sender<Part>,
) {
    let separator = chosen.unwrap_or(Separator::Comma);
    let byte_order_mark = if chosen.is_some() { "\u{feff}" } else { "" };
    if batches.send(lines(byte_order_mark, [customers::header_row()], separator)).await.is_err() {
        return;
    }
    for ids in ids.chunks(BATCH_SIZE) {
        let batch = match batch(app, by, ids).await {
            Ok(records) => lines("", records, separator),
            Err(error) => {
                tracing::error!(%error, "an export was aborted");
                Err(std::io::Error::other("export failed"))
            }
        };
        let has_failed = batch.is_err();
        if batches.send(batch).await.is_err() || has_failed {
            return;
        }
    }
}

async fn batch(app: &App, by: &Manager, ids: &[CustomerId]) -> Outcome<Vec<Vec<String>>> {
    customers::export_rows(app.open_view().await?.view(), by, ids).await
}

fn lines<R: IntoIterator<Item: AsRef<[u8]>>>(
    byte_order_mark: &str,
    records: impl IntoIterator<Item = R>,
    separator: Separator,
) -> Part {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator.byte())
        .from_writer(byte_order_mark.as_bytes().to_vec());
    for record in records {
        writer.write_record(record)?;
    }
    Ok(writer.into_inner().map_err(csv::IntoInnerError::into_error)?.into())
}
