//! Events about customers: webhooks and hooks.

mod entry_points;
mod failures;
mod hooks;
mod https;
mod page;
mod webhooks;
