//! Jobs: order, concurrency, claims, outages, and the page that manages them.

mod claims;
mod outages;
mod page;
mod queues;
