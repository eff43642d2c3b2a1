//! Events about customers: webhooks and hooks.

mod doors;
mod failures;
mod hooks;
mod https;
mod page;
mod webhooks;
