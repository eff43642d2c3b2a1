//! Jobs: order, concurrency, claims, outages, and the page that manages them.

mod claims;
mod lanes;
mod outages;
mod page;
