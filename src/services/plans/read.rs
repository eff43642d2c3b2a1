//! Looking at plans.

use crate::db;
use crate::domain::actor::Manager;
use crate::domain::id::PlanId;
use crate::domain::plan::Plan;
use crate::domain::query::Page;
use crate::services::{Outcome, ServiceError, View};
use std::collections::HashMap;

/// A plan that the manager sees.
///
/// # Errors
/// [`ServiceError::NotFound`] outside his scope.
pub async fn get(view: View<'_>, by: &Manager, id: PlanId) -> Outcome<Plan> {
    db::plans::find(view.on, by.scope(), id).await?.ok_or(ServiceError::NotFound("plan"))
}

/// Some of the plans that the manager sees, by name; `word` is looked for in name and description.
///
/// # Errors
/// The database's.
pub async fn listing(view: View<'_>, by: &Manager, word: &str, limit: u64, offset: u64) -> Outcome<Page<Plan>> {
    let (items, total) = db::plans::list(view.on, by.scope(), word, limit, offset).await?;
    Ok(Page { items, total })
}

/// Ids and names of the plans that the manager sees, for choices; at most `limit`.
///
/// # Errors
/// The database's.
pub async fn names(view: View<'_>, by: &Manager, limit: u64) -> Outcome<Vec<(PlanId, String)>> {
    Ok(db::plans::names(view.on, by.scope(), limit).await?)
}

/// Names of the plans that customers have, whoever owns them: a customer who was moved keeps his plan.
///
/// # Errors
/// The database's.
pub async fn names_of(view: View<'_>, ids: &[PlanId]) -> Outcome<HashMap<PlanId, String>> {
    Ok(db::plans::names_of(view.on, ids).await?)
}
