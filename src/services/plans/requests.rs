//! Requests about hosting plans.

use domain::request::{Multiline, Name, NewName, request};
use domain::resources::{ServiceFields, Services};

request! {
    /// The request `HostingPlans.add`.
    pub struct AddPlan {
        required {
            /// its name
            name: Name,
        }
        with {
            /// limits and switches
            services: ServiceFields,
        }
        /// what it is meant for
        description: Multiline,
    }
}

request! {
    /// The request `HostingPlans.update`.
    pub struct UpdatePlan {
        first {
            /// new name; empty leaves it as it is
            name: NewName,
        }
        with {
            /// limits and switches
            services: ServiceFields,
        }
        /// what it is meant for
        description: Multiline,
        /// the version that was read; refused with 409 where it has changed since
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
