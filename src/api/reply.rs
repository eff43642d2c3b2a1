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

/// Number of rows that are read at a time.
const BATCH_SIZE: usize = 500;

/// Reply of a command.
pub enum Reply {
    Value(Value),
    /// A long list of customers, which is streamed.
    Customers(StreamedList),
}

/// A list of customers of any length. All ids are read at once, so that no customer is missing or
/// repeated when rows change meanwhile. A hundred thousand ids take less than a megabyte.
pub struct StreamedList {
    by: Manager,
    ids: Vec<CustomerId>,
    total: usize,
    with_usage: bool,
}

impl Reply {
    /// Returns the customers that a query finds. A list that is longer than [`MAX_LIMIT`] is
    /// streamed.
    pub(super) async fn list_customers(
        view: View<'_>,
        by: &Manager,
        query: &CustomerQuery,
        with_usage: bool,
    ) -> Outcome<Self> {
        let all = customers::ids(view, by, &query.filter, &query.order).await?;
        let total = all.len();
        let to_usize = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let ids: Vec<CustomerId> =
            all.into_iter().skip(to_usize(query.offset)).take(to_usize(query.limit)).collect();
        if ids.len() > to_usize(MAX_LIMIT) {
            return Ok(Self::Customers(StreamedList { by: by.clone(), ids, total, with_usage }));
        }
        let customers = customers::find_by_ids(view, by, &ids).await?;
        let list = List::of(
            customer_rows(view, &customers, with_usage).await?,
            u64::try_from(total).unwrap_or(u64::MAX),
        );
        serde_json::to_value(list)
            .map(Self::Value)
            .map_err(|error| ServiceError::Internal(error.into()))
    }

    /// Returns the value, or `None` for a streamed list. The strict dialect never streams.
    #[must_use]
    pub fn into_value(self) -> Option<Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Customers(_) => None,
        }
    }
}

/// Returns the rows of customers, as managers see them.
pub(super) async fn customer_rows(
    view: View<'_>,
    customers: &[Customer],
    with_usage: bool,
) -> Outcome<Vec<CustomerRow>> {
    let domains =
        if with_usage { Some(customers::domain_counts(view, customers).await?) } else { None };
    let row = |customer: &Customer| {
        CustomerRow::for_manager(
            customer,
            domains.as_ref().map(|domains| usage_of(customer, domains)),
        )
    };
    Ok(customers.iter().map(row).collect())
}

/// Returns the usage of a customer. `domains` has the numbers of domains by customer.
pub(super) fn usage_of(customer: &Customer, domains: &HashMap<CustomerId, u64>) -> Usage {
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
        for ids in self.ids.chunks(BATCH_SIZE) {
            match self.append_rows(app, ids, &mut text, count).await {
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

    /// Appends the rows of these customers to `text`, which follow `sent` others. Returns their
    /// number.
    async fn append_rows(
        &self,
        app: &App,
        ids: &[CustomerId],
        text: &mut String,
        sent: usize,
    ) -> Outcome<usize> {
        let snapshot = app.open_view().await?;
        let customers = customers::find_by_ids(snapshot.view(), &self.by, ids).await?;
        for (index, row) in
            customer_rows(snapshot.view(), &customers, self.with_usage).await?.iter().enumerate()
        {
            if sent + index > 0 {
                text.push(',');
            }
            text.push_str(
                &serde_json::to_string(row)
                    .map_err(|error| ServiceError::Internal(error.into()))?,
            );
        }
        Ok(customers.len())
    }
}
