//! The requests of the commands on admins.

use domain::admin::{AdminFields, AdminProfile};
use domain::email::Email;
use domain::request::{Name, Text, request};
use domain::secret::Secret;

request! {
    /// `Admins.add`.
    pub struct AddAdmin {
        required {
            /// name
            name: Name,
            /// email address; unique among admins, and not that of any customer
            email: Email,
            /// login name
            new_loginname: Text,
            /// password
            admin_password: Secret,
        }
        first {
            /// the caller's own password; required to add a server admin
            current_password: Secret,
        }
        with {
            /// profile
            profile: AdminFields,
        }
    }
}

request! {
    /// `Admins.update`.
    pub struct UpdateAdmin {
        first {
            /// name
            name: Name,
            /// email address; unique among admins, and not that of any customer
            email: Email,
            /// new password; revokes the admin's sessions and API keys
            admin_password: Secret,
            /// the caller's own password; required to change the password or email address of a
            /// server admin, and to make an admin a server admin
            current_password: Secret,
            /// suspend or resume the admin
            deactivated: bool,
            /// the version that was read; refused with 409 if the admin has changed since
            version: i64,
        }
        with {
            /// profile
            profile: AdminFields,
        }
    }
}

impl UpdateAdmin {
    /// Overwrites the stored values with those that were sent.
    pub(super) fn apply(&self, profile: &mut AdminProfile) {
        self.name.set(&mut profile.name);
        self.email.set(&mut profile.email);
        self.profile.apply(profile);
    }
}
