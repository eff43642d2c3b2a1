//! Requests about hosting plans.

use domain::request::{Multiline, Name, NewName, request};
use domain::resources::{ServiceFields, Services};

request! {
    /// The request `HostingPlans.add`.
    pub struct AddPlan {
        required {
            /// Name of the plan
            name: Name,
        }
        with {
            /// Limits and switches
            services: ServiceFields,
        }
        /// Description of the plan
        description: Multiline,
    }
}

request! {
    /// The request `HostingPlans.update`.
    pub struct UpdatePlan {
        first {
            /// New name; an empty one keeps the name
            name: NewName,
        }
        with {
            /// Limits and switches
            services: ServiceFields,
        }
        /// Description of the plan
        description: Multiline,
        /// Version that was read; refused with status 409 if the plan has changed since
        version: i64,
    }
}

/// The editable values of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contents {
    pub name: String,
    pub description: String,
    pub services: Services,
}

impl AddPlan {
    /// Returns the values of the new plan.
    pub(super) fn contents(&self) -> Contents {
        let mut contents =
            Contents { name: String::new(), description: String::new(), services: Services::NONE };
        self.name.set(&mut contents.name);
        self.description.set(&mut contents.description);
        self.services.apply(&mut contents.services);
        contents
    }
}

impl UpdatePlan {
    /// Overwrites the stored values with those that were sent.
    pub(super) fn apply(&self, contents: &mut Contents) {
        self.name.set(&mut contents.name);
        self.description.set(&mut contents.description);
        self.services.apply(&mut contents.services);
    }
}
