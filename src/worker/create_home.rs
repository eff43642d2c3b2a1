//! Makes a customer's home.

use super::attempt::Bench;
use super::homes::{HomeError, Homes};
use super::job::JobError;
use super::outage;
use crate::db;
use crate::domain::id::CustomerId;
use crate::services::outages::Dependency;
use crate::services::settings;
use anyhow::anyhow;
use askama::Template as _;

/// What visitors see until the customer has a page of his own.
#[derive(askama::Template)]
#[template(path = "homes/index.html")]
struct Index<'a> {
    login_name: &'a str,
    provider: &'a str,
}

pub(super) async fn run(bench: &Bench, id: CustomerId, login_name: &str, guid: i64, default_index: bool) -> Result<(), JobError> {
    let on = bench.app.db.reader();
    if db::customers::find_unscoped(&on, id).await?.is_none() {
        return Ok(());
    }
    let settings = settings::load(&on).await?;
    let index = Index { login_name, provider: settings.provider_name() };
    let index = default_index.then(|| index.render()).transpose().map_err(|error| JobError::GiveUp(error.into()))?;
    let made = at_homes(bench, login_name, move |homes, name| homes.create(name, guid, index.as_deref())).await?;
    // He may have been deleted meanwhile. His name may even be somebody else's by now, whose home this is then.
    if db::customers::find_unscoped(&on, id).await?.is_none() && !super::remove_home::is_used(&on, login_name).await? {
        at_homes(bench, login_name, move |homes, name| homes.take_back(name, made)).await?;
    }
    Ok(())
}

/// Runs file work on a thread that may block.
pub(super) async fn at_homes<T: Send + 'static>(
    bench: &Bench,
    name: &str,
    work: impl FnOnce(&Homes, &str) -> Result<T, HomeError> + Send + 'static,
) -> Result<T, JobError> {
    let (root, name) = (bench.app.env.homes_dir.clone(), name.to_owned());
    let done = tokio::task::spawn_blocking(move || Homes::open(&root).and_then(|homes| work(&homes, &name))).await;
    let done = done.map_err(|panic| JobError::TryAgain(anyhow!("The program failed ({panic})")))?;
    match &done {
        Ok(_) => outage::reached(bench, Dependency::Homes).await,
        Err(error @ HomeError::Failed { .. }) => outage::missed(bench, Dependency::Homes, "", &error.to_string()).await,
        Err(_) => {}
    }
    Ok(done?)
}
