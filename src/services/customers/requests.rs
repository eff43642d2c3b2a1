//! The requests of the commands on customers.

use domain::contact::ContactFields;
use domain::customer::{Profile, ProfileFields};
use domain::email::Email;
use domain::id::{AdminId, PlanId};
use domain::request::{Reason, Reference, Sent, Text, request};
use domain::secret::Secret;

request! {
    /// `Customers.add`.
    pub struct AddCustomer {
        required {
            /// mail address; not that of any admin
            email: Email,
        }
        with {
            /// contact data
            contact: ContactFields,
            /// profile
            profile: ProfileFields,
        }
        /// login name; empty means the prefix and the next free number
        new_loginname: Text,
        /// password; empty means a generated one
        new_customer_password: Secret,
        /// mail the password to the customer
        sendpassword: bool,
        /// make a standard subdomain; the provider's setting decides unless said
        createstdsubdomain: bool,
        /// put the default index page into the home directory
        store_defaultindex: bool,
        /// a plan whose values replace the limits and switches sent
        hosting_plan_id: Reference<PlanId>,
        hidden {
            /// the plan whose values the fields of the form hold already, perhaps edited since
            plan_applied: Reference<PlanId>,
        }
    }
}

request! {
    /// `Customers.update` by a manager.
    pub struct UpdateCustomer {
        first {
            /// mail address; not that of any admin
            email: Email,
        }
        with {
            /// contact data
            contact: ContactFields,
            /// profile
            profile: ProfileFields,
        }
        /// new password; ends the customer's sessions and keys
        new_customer_password: Secret,
        /// for customers who set their own password: the one until now; a wrong one is refused
        current_password: Secret,
        /// mail the new password to the customer
        sendpassword: bool,
        /// suspend or resume the customer; an admin of a lower rank than the one who suspended them
        /// cannot resume them
        deactivated: bool,
        /// why the customer is suspended; kept while they are
        suspend_reason: Reason,
        /// show the reason to the customer at sign-in
        suspend_reason_show: bool,
        /// whether the customer has a standard subdomain
        createstdsubdomain: bool,
        /// a plan whose values replace the customer's limits and switches; 0 for none
        hosting_plan_id: Reference<PlanId>,
        /// id of the new owner
        move_to_admin: AdminId,
        /// the version that was read; refused with 409 where it has changed since
        version: i64,
        hidden {
            /// the plan whose values the fields of the form hold already, perhaps edited since
            plan_applied: Reference<PlanId>,
        }
    }
}

request! {
    /// Suspends a customer.
    pub struct SuspendCustomer {
        /// why the customer is suspended; kept while they are
        suspend_reason: Reason,
        /// show the reason to the customer at sign-in
        suspend_reason_show: bool,
    }
}

/// Which plan a customer is to have, and where the limits come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanChoice {
    /// No plan.
    None,
    /// This plan; its values replace what else was sent (as the API has it).
    Values(PlanId),
    /// This plan, but with the values that were sent: the form had filled them in before they were
    /// edited.
    Named(PlanId),
}

impl PlanChoice {
    /// Returns the plan, where there is one.
    #[must_use]
    pub const fn plan(self) -> Option<PlanId> {
        match self {
            Self::None => None,
            Self::Values(id) | Self::Named(id) => Some(id),
        }
    }
}

impl AddCustomer {
    /// Returns the login name that was asked for; none for the next number.
    #[must_use]
    pub fn login_name(&self) -> Option<&str> {
        self.new_loginname.as_ref().map(AsRef::as_ref).filter(|name: &&str| !name.is_empty())
    }

    /// Returns the plan that was chosen.
    #[must_use]
    pub fn plan(&self) -> Option<PlanChoice> {
        plan_choice(&self.hosting_plan_id, &self.plan_applied)
    }
}

impl UpdateCustomer {
    /// Overwrites the stored values with those that were sent.
    pub fn apply(&self, profile: &mut Profile) {
        self.email.set(&mut profile.contact.email);
        self.contact.apply(&mut profile.contact);
        self.profile.apply(profile);
    }

    /// Returns the plan that was chosen.
    #[must_use]
    pub fn plan(&self) -> Option<PlanChoice> {
        plan_choice(&self.hosting_plan_id, &self.plan_applied)
    }
}

fn plan_choice(
    plan: &Sent<Reference<PlanId>>,
    applied: &Sent<Reference<PlanId>>,
) -> Option<PlanChoice> {
    let applied = applied.as_ref().and_then(|reference| reference.0);
    Some(match plan.as_ref()?.0 {
        None => PlanChoice::None,
        Some(id) if applied == Some(id) => PlanChoice::Named(id),
        Some(id) => PlanChoice::Values(id),
    })
}
