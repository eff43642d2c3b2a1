//! To whom a customer can be moved: shown before it is asked for.

use super::{allowance, grants, r#move};
use crate::{Outcome, View};
use auth::actor::ServerAdmin;
use domain::admin::Admin;
use domain::customer::Customer;
use domain::fault::{Code, Fault, FieldFaults};
use domain::query::Question;

/// No select is longer.
const MOST: u64 = 1000;

/// An admin, and what stands in the way of giving him the customer.
#[derive(Clone, Debug)]
pub struct MoveTarget {
    /// The admin.
    pub admin: Admin,
    /// Why he can have no further customer or domain at all, or none while he is suspended.
    pub refusal: Option<Fault>,
    /// What they have not enough of or were not given, by field.
    pub shortage: FieldFaults,
}

impl MoveTarget {
    /// Whether the customer fits in, as things stand.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.refusal.is_none() && self.shortage.is_empty()
    }
}

/// Every admin but the owner, by login name.
///
/// # Errors
/// The database's.
pub async fn move_targets(
    view: View<'_>,
    _by: &ServerAdmin,
    customer: &Customer,
) -> Outcome<Vec<MoveTarget>> {
    let taking = r#move::taking(view, customer).await?;
    let (admins, _) = db::admins::list(view.on, &Question::part("", MOST, 0)).await?;
    let mut targets = Vec::with_capacity(admins.len());
    for admin in admins.into_iter().filter(|admin| admin.id != customer.owner) {
        let suspended = admin.suspended.then(|| Fault::new(Code::MoveTargetSuspended));
        let refusal = suspended.or_else(|| allowance::exhausted(&admin, &taking));
        let mut shortage = allowance::shortage(&admin, &taking);
        shortage.merge(
            grants::faults(view, &admin, &admin.profile.grants.lack(None, &customer.profile))
                .await?,
        );
        targets.push(MoveTarget { admin, refusal, shortage });
    }
    Ok(targets)
}
