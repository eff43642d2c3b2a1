//! Reading hosting plans.

use crate::{Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
use db::Key;
use domain::id::PlanId;
use domain::plan::Plan;
use domain::query::{ListQuery, Page, PlanColumn};
use std::collections::HashMap;
use std::sync::Arc;

/// Returns a plan in the manager's scope.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id, or outside the scope.
pub async fn get(view: View<'_>, by: &Manager, id: PlanId) -> Outcome<Plan> {
    db::plans::find(view.on, by.scope(), id).await?.ok_or(ServiceError::NotFound(Noun::Plan))
}

/// Returns the plan with this name in the manager's scope, regardless of case; the oldest, if there
/// are several.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown name, or outside the scope.
pub async fn get_by_name(view: View<'_>, by: &Manager, name: &str) -> Outcome<Plan> {
    db::plans::find_by_name(view.on, by.scope(), name)
        .await?
        .ok_or(ServiceError::NotFound(Noun::Plan))
}

/// Returns a page of the plans in the manager's scope.
pub async fn listing(
    view: View<'_>,
    by: &Manager,
    query: &ListQuery<PlanColumn>,
) -> Outcome<Page<Plan>> {
    let (items, total) = db::plans::list(view.on, by.scope(), query).await?;
    Ok(Page { items, total })
}

/// Returns the ids and names of plans in the manager's scope, for selections; at most `limit`. They
/// come from the cache and may be a second old.
pub async fn names(
    view: View<'_>,
    by: &Manager,
    limit: u64,
) -> Outcome<Arc<Vec<(PlanId, String)>>> {
    let scope = by.scope();
    Ok(view
        .on
        .recent(Key::scoped("plan names", scope, limit), async |on| {
            db::plans::names(on, scope, limit).await
        })
        .await?)
}

/// Returns the names of these plans, regardless of their owner: customers keep their plan when they
/// move to another owner.
pub async fn names_of(view: View<'_>, ids: &[PlanId]) -> Outcome<HashMap<PlanId, String>> {
    Ok(db::plans::names_of(view.on, ids).await?)
}
