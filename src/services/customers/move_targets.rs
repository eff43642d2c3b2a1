//! Lists the possible new owners of a customer.

use super::grants::GrantNames;
use super::owner_quota;
use crate::{Outcome, View};
use auth::actor::ServerAdmin;
use domain::admin::Admin;
use domain::customer::Customer;
use domain::query::ListQuery;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// Maximum number of admins that are read.
const MAX_TARGETS: u64 = 1000;

/// A possible new owner, and the reasons against moving the customer to them.
#[derive(Clone, Debug)]
pub struct MoveTarget {
    pub admin: Admin,
    /// Error if the admin is suspended, or has reached their limit of customers or domains.
    pub refusal: Option<ValidationError>,
    /// Errors for resources with too little quota remaining and for missing grants, by field.
    pub shortage: FieldErrors,
}

impl MoveTarget {
    /// Returns whether the customer can be moved to this admin at present.
    #[must_use]
    pub fn can_own_customer(&self) -> bool {
        self.refusal.is_none() && self.shortage.is_empty()
    }
}

/// Returns the first 1,000 admins by login name, without the customer's owner.
pub async fn move_targets(
    view: View<'_>,
    _by: &ServerAdmin,
    customer: &Customer,
) -> Outcome<Vec<MoveTarget>> {
    let reservation = owner_quota::reservation_of(view, customer).await?;
    let (admins, _) = db::admins::list(view.on, &ListQuery::page("", MAX_TARGETS, 0)).await?;
    let mut targets = Vec::with_capacity(admins.len());
    let mut names = GrantNames::default();
    for admin in admins.into_iter().filter(|admin| admin.id != customer.owner) {
        let suspended =
            admin.suspended.then(|| ValidationError::new(ErrorCode::MoveTargetSuspended));
        let refusal = suspended.or_else(|| owner_quota::customer_limit_error(&admin, &reservation));
        let mut shortage = owner_quota::quota_errors(&admin, &reservation);
        let missing = admin.profile.grants.missing_for(None, &customer.profile);
        shortage.merge(names.errors(view, &admin, &missing).await?);
        targets.push(MoveTarget { admin, refusal, shortage });
    }
    Ok(targets)
}
