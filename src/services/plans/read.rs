//! Looking at plans.

use crate::{Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
use db::Key;
use domain::id::PlanId;
use domain::plan::Plan;
use domain::query::{Page, PlanColumn, Question};
use std::collections::HashMap;
use std::sync::Arc;

/// A plan that the manager sees.
///
/// # Errors
/// [`ServiceError::NotFound`] outside his scope.
pub async fn get(view: View<'_>, by: &Manager, id: PlanId) -> Outcome<Plan> {
    db::plans::find(view.on, by.scope(), id).await?.ok_or(ServiceError::NotFound(Noun::Plan))
}

/// The plan of that name that the manager sees; of several, the oldest.
///
/// # Errors
/// [`ServiceError::NotFound`] outside his scope.
pub async fn get_by_name(view: View<'_>, by: &Manager, name: &str) -> Outcome<Plan> {
    db::plans::find_by_name(view.on, by.scope(), name)
        .await?
        .ok_or(ServiceError::NotFound(Noun::Plan))
}

/// Some of the plans that the manager sees.
///
/// # Errors
/// The database's.
pub async fn listing(
    view: View<'_>,
    by: &Manager,
    question: &Question<PlanColumn>,
) -> Outcome<Page<Plan>> {
    let (items, total) = db::plans::list(view.on, by.scope(), question).await?;
    Ok(Page { items, total })
}

/// Ids and names of the plans that the manager sees, for choices; at most `limit`, as of a moment
/// ago.
///
/// # Errors
/// The database's.
pub async fn names(
    view: View<'_>,
    by: &Manager,
    limit: u64,
) -> Outcome<Arc<Vec<(PlanId, String)>>> {
    let scope = by.scope();
    Ok(view
        .on
        .recent(Key::part("plan names", scope, limit), async |on| {
            db::plans::names(on, scope, limit).await
        })
        .await?)
}

/// Names of the plans that customers have, whoever owns them: a customer who was moved keeps his
/// plan.
///
/// # Errors
/// The database's.
pub async fn names_of(view: View<'_>, ids: &[PlanId]) -> Outcome<HashMap<PlanId, String>> {
    Ok(db::plans::names_of(view.on, ids).await?)
}
