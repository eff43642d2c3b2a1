//! `GET /customers.csv`: the rows of the list, all pages, in one file. It is written while it is read, a thousand rows at a
//! time, so that a hundred thousand customers take no more memory than a thousand.

use super::query::{self, Known};
use super::state;
use crate::app::App;
use crate::domain::actor::Manager;
use crate::domain::customer::Customer;
use crate::domain::id::PlanId;
use crate::domain::query::Listing;
use crate::domain::quota::Quota;
use crate::domain::resources::Resource;
use crate::services::{customers, plans};
use crate::web::error::WebError;
use crate::web::extract::AsManager;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, rt};
use std::borrow::Cow;
use std::collections::HashMap;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// Rows fetched at a time.
const PART: u64 = 1000;
/// Owners that the filter may name.
const MOST_OWNERS: u64 = 1000;

const HEAD: [&str; 22] = [
    "loginname",
    "name",
    "firstname",
    "company",
    "email",
    "adminname",
    "plan",
    "state",
    "street",
    "zipcode",
    "city",
    "phone",
    "fax",
    "customernumber",
    "def_language",
    "diskspace_mib",
    "diskspace_used_mib",
    "traffic_gib",
    "traffic_used_gib",
    "guid",
    "lastlogin_succ",
    "created",
];

/// Exports the list.
pub async fn export(app: Data<App>, req: HttpRequest, by: AsManager) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let owners = if by.sees_all() { customers::owners(look.view(), &by, MOST_OWNERS).await? } else { Vec::new() };
    let asked = query::read(req.query_string(), &Known { owners: &owners, page_size: look.settings.page_size() });
    if let Some(fault) = asked.fault {
        return Err(WebError::Refused(fault));
    }
    let name = format!("customers-{}.csv", app.env.clock.now().strftime("%Y-%m-%d"));
    let listing = Listing { filter: asked.filter, order: vec![asked.order], limit: PART, offset: 0 };
    let (parts, body) = mpsc::channel(2);
    let manager: Manager = (*by).clone();
    rt::spawn(async move { write(&app, &manager, listing, parts).await });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(Parts(body)))
}

type Part = Result<Bytes, std::io::Error>;

/// The body of the answer: parts as they are written. One that failed breaks the answer off, so that nobody takes half a
/// list for the whole.
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

/// Sends part after part, until all are sent or nobody wants more.
async fn write(app: &App, by: &Manager, mut listing: Listing, parts: mpsc::Sender<Part>) {
    loop {
        let part = part(app, by, &listing).await;
        let more = matches!(part, Ok((_, rows)) if rows == PART);
        let sent = parts.send(part.map(|(bytes, _)| bytes)).await;
        if sent.is_err() || !more {
            return;
        }
        listing.offset += PART;
    }
}

async fn part(app: &App, by: &Manager, listing: &Listing) -> Result<(Bytes, u64), std::io::Error> {
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "an export broke off");
        std::io::Error::other("export failed")
    };
    let look = app.look().await.map_err(|error| failed(&error))?;
    let rows = customers::rows(look.view(), by, listing).await.map_err(|error| failed(&error))?;
    let ids: Vec<PlanId> = rows.iter().filter_map(|customer| customer.profile.plan).collect();
    let names = plans::names_of(look.view(), &ids).await.map_err(|error| failed(&error))?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    if listing.offset == 0 {
        writer.write_record(HEAD)?;
    }
    for customer in &rows {
        writer.write_record(record(customer, &names).iter().map(|cell| harmless(cell).into_owned()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    Ok((bytes.into(), rows.len().try_into().unwrap_or(PART)))
}

fn record(customer: &Customer, plans: &HashMap<PlanId, String>) -> Vec<String> {
    let profile = &customer.profile;
    let contact = &profile.contact;
    let time = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let amount = |resource: Resource, quota: Quota| quota.in_units(resource.unit().size()).unwrap_or_else(|| "unlimited".to_owned());
    let limit = |resource| amount(resource, profile.services.limits[resource]);
    let used = |resource| amount(resource, Quota::Limited(customer.used[resource]));
    vec![
        customer.login_name.to_string(),
        contact.name.clone(),
        contact.firstname.clone(),
        contact.company.clone(),
        contact.email.to_unicode(),
        customer.owner_name.clone(),
        profile.plan.and_then(|id| plans.get(&id).cloned()).unwrap_or_default(),
        state(customer).to_owned(),
        contact.street.clone(),
        contact.zipcode.clone(),
        contact.city.clone(),
        contact.phone.clone(),
        contact.fax.clone(),
        contact.customer_number.clone(),
        profile.language.code().to_owned(),
        limit(Resource::Diskspace),
        used(Resource::Diskspace),
        limit(Resource::Traffic),
        used(Resource::Traffic),
        customer.guid.to_string(),
        time(customer.sign_in.last_success),
        time(Some(customer.created_at)),
    ]
}

/// A spreadsheet takes a cell that begins like this for a formula; with an apostrophe in front it is text.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+49 30 1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        assert_eq!(harmless("web1"), "web1");
        assert_eq!(harmless(""), "");
    }
}
