//! Creates a customer's home directory.

use super::home_files::with_homes;
use crate::context::JobContext;
use crate::error::JobError;
use domain::customer::Customer;
use domain::id::CustomerId;
use domain::page_text::PageTemplate;
use services::{customers, default_index};

pub(super) async fn run(
    context: &JobContext,
    id: CustomerId,
    login_name: &str,
    guid: i64,
    default_index: bool,
) -> Result<(), JobError> {
    let app = &context.app;
    let Some(customer) = customers::find(app, id).await? else { return Ok(()) };
    let index = if default_index { Some(index_page(context, &customer).await?) } else { None };
    let created = with_homes(context, login_name, move |homes, name| {
        homes.create(name, guid, index.as_deref())
    })
    .await?;
    // The customer may have been deleted in the meantime. Another customer may even have the login
    // name by now; the home directory is then theirs.
    if customers::find(app, id).await?.is_none()
        && !customers::home_belongs_to_customer(app, login_name).await?
    {
        with_homes(context, login_name, move |homes, name| homes.undo_create(name, created))
            .await?;
    }
    Ok(())
}

/// Returns the start page that visitors see until the customer has their own.
async fn index_page(context: &JobContext, customer: &Customer) -> Result<String, JobError> {
    let snapshot = context.app.open_view().await?;
    let page = default_index::find_custom(snapshot.view())
        .await?
        .unwrap_or_else(PageTemplate::default_index);
    Ok(page.filled(|name| match name {
        "LOGIN_NAME" => customer.login_name.to_string(),
        "CUSTOMER" => customer.profile.contact.salutation(),
        _ => snapshot.settings.provider_name().to_owned(),
    }))
}
