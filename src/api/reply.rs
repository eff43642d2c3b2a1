//! Replies of commands: a value, or a list of customers that is streamed while it is read.

use super::rows::{CustomerRow, List, Usage};
use super::search::MAX_LIMIT;
use actix_web::rt;
use auth::actor::Manager;
use domain::customer::Customer;
use domain::id::CustomerId;
use domain::query::CustomerQuery;
use edge::stream::{Part, StreamedBody};
use serde_json::Value;
use services::app::App;
use services::{Outcome, ServiceError, View, customers};
use std::collections::HashMap;
use std::fmt::Write as _;
use tokio::sync::mpsc;

/// Rows that are read at a time.
const PART: usize = 500;

/// Reply of a command.
pub enum Reply {
    Value(Value),
    /// A long list of customers, which is streamed.
    Customers(StreamedList),
}

/// A list of customers of any length. All ids are read at once, so that the list is consistent. A
/// hundred thousand ids take less than a megabyte.
pub struct StreamedList {
    by: Manager,
    ids: Vec<CustomerId>,
    total: usize,
    usages: bool,
}

impl Reply {
    /// Returns the customers of a listing without a bounded length.
    pub(super) async fn list_customers(
        view: View<'_>,
        by: &Manager,
        listing: &CustomerQuery,
        usages: bool,
    ) -> Outcome<Self> {
        let all = customers::ids(view, by, &listing.filter, &listing.order).await?;
        let total = all.len();
        let bound = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let ids: Vec<CustomerId> =
            all.into_iter().skip(bound(listing.offset)).take(bound(listing.limit)).collect();
        if ids.len() > bound(MAX_LIMIT) {
            return Ok(Self::Customers(StreamedList { by: by.clone(), ids, total, usages }));
        }
        let found = customers::find_by_ids(view, by, &ids).await?;
        let list = List::of(
            customer_rows(view, &found, usages).await?,
            u64::try_from(total).unwrap_or(u64::MAX),
        );
        serde_json::to_value(list)
            .map(Self::Value)
            .map_err(|error| ServiceError::Internal(error.into()))
    }

    /// Returns the value, or `None` for a streamed list. The strict dialect never streams.
    #[must_use]
    pub fn value(self) -> Option<Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Customers(_) => None,
        }
    }
}

/// Returns the rows of customers, as managers see them.
pub(super) async fn customer_rows(
    view: View<'_>,
    found: &[Customer],
    usages: bool,
) -> Outcome<Vec<CustomerRow>> {
    let domains = if usages { Some(customers::domain_counts(view, found).await?) } else { None };
    let row = |customer: &Customer| {
        CustomerRow::for_manager(customer, domains.as_ref().map(|domains| used(customer, domains)))
    };
    Ok(found.iter().map(row).collect())
}

/// Returns the usage of a customer, with the counts of domains by customer.
pub(super) fn used(customer: &Customer, domains: &HashMap<CustomerId, u64>) -> Usage {
    Usage::of(customer, domains.get(&customer.id).copied().unwrap_or(0))
}

impl StreamedList {
    /// Returns a body that is written while the rows are read. The counts are at the end, because
    /// customers may be deleted in the meantime.
    #[must_use]
    pub fn into_body(self, app: App) -> StreamedBody {
        let (parts, body) = mpsc::channel(1);
        rt::spawn(async move { self.send(&app, parts).await });
        StreamedBody(body)
    }

    async fn send(&self, app: &App, parts: mpsc::Sender<Part>) {
        let mut count = 0;
        let mut text = "{\"data\":{\"list\":[".to_owned();
        for ids in self.ids.chunks(PART) {
            match self.rows(app, ids, &mut text, count).await {
                Ok(rows) => count += rows,
                Err(error) => {
                    tracing::error!(%error, "a streamed list was aborted");
                    // A truncated list must not pass for a complete one, so the connection is
                    // closed without the end of the response.
                    let _ = parts.send(Err(std::io::Error::other("list failed"))).await;
                    return;
                }
            }
            if parts.send(Ok(std::mem::take(&mut text).into())).await.is_err() {
                return;
            }
        }
        let deleted = self.ids.len() - count;
        let _ = write!(text, "],\"count\":{count},\"total\":{}}}}}", self.total - deleted);
        let _ = parts.send(Ok(text.into())).await;
    }

    /// Appends the rows of these customers to `text`. Returns the number of rows.
    async fn rows(
        &self,
        app: &App,
        ids: &[CustomerId],
        text: &mut String,
        before: usize,
    ) -> Outcome<usize> {
        let snapshot = app.open_view().await?;
        let found = customers::find_by_ids(snapshot.view(), &self.by, ids).await?;
        for (index, row) in
            customer_rows(snapshot.view(), &found, self.usages).await?.iter().enumerate()
        {
            if before + index > 0 {
                text.push(',');
            }
            text.push_str(
                &serde_json::to_string(row)
                    .map_err(|error| ServiceError::Internal(error.into()))?,
            );
        }
        Ok(found.len())
    }
}
