//! Login names by id: for pages that speak of customers who may be gone.

use crate::{Outcome, View};
use auth::actor::Manager;
use domain::id::CustomerId;
use std::collections::HashMap;

/// The login names of those of some customers who are there and whom the manager sees.
///
/// # Errors
/// The database's.
pub async fn login_names(
    view: View<'_>,
    by: &Manager,
    ids: &[CustomerId],
) -> Outcome<HashMap<CustomerId, String>> {
    Ok(db::customers::login_names(view.on, by.scope(), ids).await?)
}
