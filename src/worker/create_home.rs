//! Makes a customer's home.

use super::attempt::Bench;
use super::homes::{HomeError, Homes};
use super::job::JobError;
use super::outage;
use anyhow::anyhow;
use domain::customer::Customer;
use domain::id::CustomerId;
use domain::page_text::PageText;
use services::default_index;
use services::outages::Dependency;

pub(super) async fn run(bench: &Bench, id: CustomerId, login_name: &str, guid: i64, default_index: bool) -> Result<(), JobError> {
    let on = bench.app.db.reader();
    let Some(customer) = db::customers::find_unscoped(&on, id).await? else { return Ok(()) };
    let index = if default_index { Some(index(bench, &customer).await?) } else { None };
    let made = at_homes(bench, login_name, move |homes, name| homes.create(name, guid, index.as_deref())).await?;
    // He may have been deleted meanwhile. His name may even be somebody else's by now, whose home this is then.
    if db::customers::find_unscoped(&on, id).await?.is_none() && !super::remove_home::is_used(&on, login_name).await? {
        at_homes(bench, login_name, move |homes, name| homes.take_back(name, made)).await?;
    }
    Ok(())
}

/// What visitors see until the customer has a page of his own.
async fn index(bench: &Bench, customer: &Customer) -> Result<String, JobError> {
    let look = bench.app.look().await?;
    let page = default_index::own(look.view()).await?.unwrap_or_else(PageText::default_index);
    Ok(page.filled(|name| match name {
        "LOGIN_NAME" => customer.login_name.to_string(),
        "CUSTOMER" => customer.profile.contact.salutation(),
        _ => look.settings.provider_name().to_owned(),
    }))
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
