//! The requests of the commands on admins.

use domain::admin::{AdminFields, AdminProfile};
use domain::email::Email;
use domain::request::{Name, Text, request};
use domain::secret::Secret;

request! {
    /// `Admins.add`.
    pub struct AddAdmin {
        required {
            /// Name of the admin
            name: Name,
            /// Email address; unique among admins, and not that of any customer
            email: Email,
            /// Login name
            new_loginname: Text,
            /// Password
            admin_password: Secret,
        }
        first {
            /// Password of the caller; required to add a server admin
            current_password: Secret,
        }
        with {
            /// Profile
            profile: AdminFields,
        }
    }
}

request! {
    /// `Admins.update`.
    pub struct UpdateAdmin {
        first {
            /// Name of the admin
            name: Name,
            /// Email address; unique among admins, and not that of any customer
            email: Email,
            /// New password; ends the admin's sessions and revokes their API keys
            admin_password: Secret,
            /// Password of the caller; required to change the password or email address of a server
            /// admin, and to make an admin a server admin
            current_password: Secret,
            /// Whether the admin is suspended
            deactivated: bool,
            /// Version that was read; refused with status 409 if the admin has changed since
            version: i64,
        }
        with {
            /// Profile
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
