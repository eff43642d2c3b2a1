//! `GET /customers.csv`: the rows of the list, all pages, in one file. Their ids are read at once,
//! and the file is written while their rows are read, a thousand at a time, so that a hundred
//! thousand customers take little more memory than a thousand.
//!
//! Programs get commas and nothing else. People who choose a separator ([`Separator`]) get a byte
//! order mark too, without which spreadsheets take UTF-8 for something else; the choice is
//! remembered for the next export.

use super::query::{self, Known};
use super::separator::Separator;
use crate::error::WebError;
use crate::extract::AsManager;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, rt};
use auth::actor::Manager;
use domain::id::CustomerId;
use services::app::App;
use services::{Outcome, customers};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// Rows fetched at a time.
const PART: usize = 1000;

/// Exports the list.
pub async fn export(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let owners = if by.sees_all() {
        Some(query::owners(look.view(), &by, req.query_string()).await?.known)
    } else {
        None
    };
    let asked = query::read(
        req.query_string(),
        &Known {
            owners: owners.as_ref().map(|known| known.as_slice()),
            page_size: look.settings.page_size(),
            language: by.account().language,
        },
    );
    if asked.fault.is_some() {
        // The list says what is wrong with the search, and keeps it.
        return super::list::page(app, req, by).await;
    }
    let chosen = Separator::chosen(req.query_string());
    let ids = customers::ids(look.view(), &by, &asked.filter, &[asked.order]).await?;
    let (parts, body) = mpsc::channel(2);
    let manager: Manager = (*by).clone();
    let name = format!("customers-{}.csv", app.env.clock.now().strftime("%Y-%m-%d"));
    let secure = app.env.public_url.starts_with("https:");
    let mut answer = download(&name);
    if let Some(separator) = chosen {
        answer.cookie(separator.cookie(secure));
    }
    rt::spawn(async move { write(&app, &manager, &ids, chosen, parts).await });
    Ok(answer.body(Parts(body)))
}

/// The head of an answer that is saved as a file.
pub fn download(name: &str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}

type Part = Result<Bytes, std::io::Error>;

/// The body of the answer: parts as they are written. One that failed breaks the answer off, so
/// that nobody takes half a list for the whole.
struct Parts(mpsc::Receiver<Part>);

impl MessageBody for Parts {
    type Error = std::io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Part>> {
        self.0.poll_recv(cx)
    }
}

/// Sends the head and part after part, until all are sent or nobody wants more.
async fn write(
    app: &App,
    by: &Manager,
    ids: &[CustomerId],
    chosen: Option<Separator>,
    parts: mpsc::Sender<Part>,
) {
    let separator = chosen.unwrap_or(Separator::Comma);
    let mark = if chosen.is_some() { "\u{feff}" } else { "" };
    if parts.send(lines(mark, [customers::head()], separator)).await.is_err() {
        return;
    }
    for ids in ids.chunks(PART) {
        let part = match part(app, by, ids).await {
            Ok(records) => lines("", records, separator),
            Err(error) => {
                tracing::error!(%error, "an export broke off");
                Err(std::io::Error::other("export failed"))
            }
        };
        let broke_off = part.is_err();
        if parts.send(part).await.is_err() || broke_off {
            return;
        }
    }
}

async fn part(app: &App, by: &Manager, ids: &[CustomerId]) -> Outcome<Vec<Vec<String>>> {
    customers::records(app.look().await?.view(), by, ids).await
}

fn lines<R: IntoIterator<Item: AsRef<[u8]>>>(
    mark: &str,
    records: impl IntoIterator<Item = R>,
    separator: Separator,
) -> Part {
    let mut writer =
        csv::WriterBuilder::new().delimiter(separator.byte()).from_writer(mark.as_bytes().to_vec());
    for record in records {
        writer.write_record(record)?;
    }
    Ok(writer.into_inner().map_err(csv::IntoInnerError::into_error)?.into())
}
