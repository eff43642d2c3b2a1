//! What a request says of a customer: some fields, the others stay as they are.

use crate::domain::account::{Gender, Language, Theme};
use crate::domain::customer::Profile;
use crate::domain::email::Email;
use crate::domain::id::{MysqlServerId, PhpConfigId, PlanId};
use crate::domain::quota::Quota;
use crate::domain::resources::{Resource, Services};

/// The fields that were sent.
#[derive(Clone, Debug, Default)]
pub struct CustomerPatch {
    /// Mail address.
    pub email: Option<Email>,
    /// Lines of the contact, by parameter name.
    pub lines: Vec<(&'static str, String)>,
    /// Form of address.
    pub gender: Option<Gender>,
    /// Language.
    pub language: Option<Language>,
    /// Theme.
    pub theme: Option<Theme>,
    /// May sign in to the panel.
    pub gui_access: Option<bool>,
    /// May use the API.
    pub api_allowed: Option<bool>,
    /// May have shells.
    pub shell_allowed: Option<bool>,
    /// Notes.
    pub notes: Option<String>,
    /// Whether the customer sees them.
    pub notes_shown: Option<bool>,
    /// What he is given.
    pub services: ServicesPatch,
    /// MySQL servers he may use.
    pub mysql_servers: Option<Vec<MysqlServerId>>,
}

/// The fields of a plan, or of what a customer is given, that were sent.
#[derive(Clone, Debug, Default)]
pub struct ServicesPatch {
    /// Limits, in the order of [`Resource::ALL`].
    pub limits: [Option<Quota>; Resource::ALL.len()],
    /// IMAP.
    pub imap: Option<bool>,
    /// POP3.
    pub pop3: Option<bool>,
    /// PHP.
    pub php: Option<bool>,
    /// Perl.
    pub perl: Option<bool>,
    /// DNS editor.
    pub dns: Option<bool>,
    /// Logs.
    pub log_view: Option<bool>,
    /// PHP configurations.
    pub php_configs: Option<Vec<PhpConfigId>>,
}

/// Which plan a customer is to have, and where his limits come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanChoice {
    /// No plan.
    None,
    /// This plan; its values replace what else was sent (as the API has it).
    Values(PlanId),
    /// This plan, but with the values that were sent: the form had filled them in before they were edited.
    Named(PlanId),
}

impl PlanChoice {
    /// The plan, where there is one.
    #[must_use]
    pub const fn plan(self) -> Option<PlanId> {
        match self {
            Self::None => None,
            Self::Values(id) | Self::Named(id) => Some(id),
        }
    }
}

impl CustomerPatch {
    /// Changes the fields that were sent.
    pub fn apply(&self, profile: &mut Profile) {
        let contact = &mut profile.contact;
        if let Some(email) = &self.email {
            contact.email = email.clone();
        }
        for (name, line) in &self.lines {
            contact.set_line(name, line.clone());
        }
        set(&mut contact.gender, self.gender.as_ref());
        set(&mut profile.language, self.language.as_ref());
        set(&mut profile.theme, self.theme.as_ref());
        set(&mut profile.gui_access, self.gui_access.as_ref());
        set(&mut profile.api_allowed, self.api_allowed.as_ref());
        set(&mut profile.shell_allowed, self.shell_allowed.as_ref());
        set(&mut profile.notes, self.notes.as_ref());
        set(&mut profile.notes_shown, self.notes_shown.as_ref());
        set(&mut profile.mysql_servers, self.mysql_servers.as_ref());
        self.services.apply(&mut profile.services);
    }
}

impl ServicesPatch {
    /// Changes the fields that were sent.
    pub fn apply(&self, services: &mut Services) {
        for (resource, quota) in Resource::ALL.into_iter().zip(self.limits) {
            set(&mut services.limits[resource], quota.as_ref());
        }
        set(&mut services.imap, self.imap.as_ref());
        set(&mut services.pop3, self.pop3.as_ref());
        set(&mut services.php, self.php.as_ref());
        set(&mut services.perl, self.perl.as_ref());
        set(&mut services.dns, self.dns.as_ref());
        set(&mut services.log_view, self.log_view.as_ref());
        set(&mut services.php_configs, self.php_configs.as_ref());
    }
}

fn set<T: Clone>(field: &mut T, sent: Option<&T>) {
    if let Some(sent) = sent {
        field.clone_from(sent);
    }
}
