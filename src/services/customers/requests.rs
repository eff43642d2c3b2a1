//! The requests of the commands on customers. Doc comments of their fields are descriptions that
//! users read.

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
            /// Email address; must not be that of an admin
            email: Email,
        }
        with {
            /// Contact data
            contact: ContactFields,
            /// Profile
            profile: ProfileFields,
        }
        /// Login name; by default the provider's prefix and the next free number
        new_loginname: Text,
        /// Password; by default a generated one
        new_customer_password: Secret,
        /// Whether to email the password to the customer
        sendpassword: bool,
        /// Whether to create a standard subdomain; by default as the provider's settings say
        createstdsubdomain: bool,
        /// Whether to put the default index page into the home directory
        store_defaultindex: bool,
        /// Id of a hosting plan, whose values replace the limits and services that were sent; 0 for
        /// no plan
        hosting_plan_id: Reference<PlanId>,
        hidden {
            /// Id of the plan whose values filled in the form, possibly edited since
            plan_applied: Reference<PlanId>,
        }
    }
}

request! {
    /// `Customers.update` by a manager.
    pub struct UpdateCustomer {
        first {
            /// Email address; must not be that of an admin
            email: Email,
        }
        with {
            /// Contact data
            contact: ContactFields,
            /// Profile
            profile: ProfileFields,
        }
        /// New password; ends the customer's sessions and revokes their API keys
        new_customer_password: Secret,
        /// Current password of customers who change their own password; a wrong one is refused
        current_password: Secret,
        /// Whether to email the new password to the customer
        sendpassword: bool,
        /// Whether the customer is suspended; after a suspension by an admin, only admins of the
        /// same or a higher rank can resume the customer
        deactivated: bool,
        /// Reason for the suspension, at most 500 characters; removed when the customer is resumed
        suspend_reason: Reason,
        /// Whether the customer sees the reason at sign-in
        suspend_reason_show: bool,
        /// Whether the customer has a standard subdomain
        createstdsubdomain: bool,
        /// Id of a hosting plan, whose values replace the customer's limits and services; 0 for no
        /// plan
        hosting_plan_id: Reference<PlanId>,
        /// Id of the new owner
        move_to_admin: AdminId,
        /// Version that was read; refused with status 409 if the customer has changed since
        version: i64,
        hidden {
            /// Id of the plan whose values filled in the form, possibly edited since
            plan_applied: Reference<PlanId>,
        }
    }
}

request! {
    /// Suspends a customer.
    pub struct SuspendCustomer {
        /// Reason for the suspension, at most 500 characters; removed when the customer is resumed
        suspend_reason: Reason,
        /// Whether the customer sees the reason at sign-in
        suspend_reason_show: bool,
    }
}

/// The requested plan of a customer, and the source of their limits and services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanChoice {
    /// No plan.
    None,
    /// This plan. Its values replace the values that were sent, as in the API.
    WithPlanValues(PlanId),
    /// This plan with the values that were sent. The form was filled with the plan's values, which
    /// may have been edited since.
    WithSentValues(PlanId),
}

impl PlanChoice {
    /// Returns the id of the plan, if there is one.
    #[must_use]
    pub const fn plan_id(self) -> Option<PlanId> {
        match self {
            Self::None => None,
            Self::WithPlanValues(id) | Self::WithSentValues(id) => Some(id),
        }
    }
}

impl AddCustomer {
    /// Returns the requested login name. `None` stands for the next numbered name.
    #[must_use]
    pub fn login_name(&self) -> Option<&str> {
        self.new_loginname.as_ref().map(AsRef::as_ref).filter(|name: &&str| !name.is_empty())
    }

    /// Returns the requested plan, or `None` if the parameter was not sent.
    #[must_use]
    pub fn plan_choice(&self) -> Option<PlanChoice> {
        read_plan_choice(&self.hosting_plan_id, &self.plan_applied)
    }
}

impl UpdateCustomer {
    /// Overwrites the stored values with those that were sent.
    pub fn apply(&self, profile: &mut Profile) {
        self.email.set(&mut profile.contact.email);
        self.contact.apply(&mut profile.contact);
        self.profile.apply(profile);
    }

    /// Returns the requested plan, or `None` if the parameter was not sent.
    #[must_use]
    pub fn plan_choice(&self) -> Option<PlanChoice> {
        read_plan_choice(&self.hosting_plan_id, &self.plan_applied)
    }
}

fn read_plan_choice(
    plan: &Sent<Reference<PlanId>>,
    applied: &Sent<Reference<PlanId>>,
) -> Option<PlanChoice> {
    let applied = applied.as_ref().and_then(|reference| reference.0);
    Some(match plan.as_ref()?.0 {
        None => PlanChoice::None,
        Some(id) if applied == Some(id) => PlanChoice::WithSentValues(id),
        Some(id) => PlanChoice::WithPlanValues(id),
    })
}
