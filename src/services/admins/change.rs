//! What a request says of an admin: some fields, the others stay as they are.

use crate::domain::account::{Language, Theme};
use crate::domain::admin::AdminProfile;
use crate::domain::email::Email;
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::grants::Grant;
use crate::domain::id::{MysqlServerId, PhpConfigId};
use crate::domain::quota::Quota;
use crate::domain::resources::Resource;
use crate::domain::secret::Secret;
use crate::domain::text;
use crate::services::params::Params;

/// The longest notes, in characters.
const NOTES_MAX: usize = 20_000;

/// The fields that were sent.
#[derive(Clone, Debug, Default)]
pub struct AdminPatch {
    /// Name.
    pub name: Option<String>,
    /// Mail address.
    pub email: Option<Email>,
    /// Language.
    pub language: Option<Language>,
    /// Theme.
    pub theme: Option<Theme>,
    /// May sign in to the panel.
    pub gui_access: Option<bool>,
    /// May use the API.
    pub api_allowed: Option<bool>,
    /// Notes.
    pub notes: Option<String>,
    /// Whether he sees them.
    pub notes_shown: Option<bool>,
    /// Sees every customer.
    pub customers_see_all: Option<bool>,
    /// May change the server's settings.
    pub change_serversettings: Option<bool>,
    /// May edit PHP settings of domains.
    pub caneditphpsettings: Option<bool>,
    /// PHP configurations they may hand out.
    pub php_configs: Option<Grant<PhpConfigId>>,
    /// MySQL servers they may hand out.
    pub mysql_servers: Option<Grant<MysqlServerId>>,
    /// May hand out shells.
    pub shell: Option<bool>,
    /// May hand out Perl.
    pub perl: Option<bool>,
    /// Number of customers.
    pub customers: Option<Quota>,
    /// Number of domains.
    pub domains: Option<Quota>,
    /// Sums over his customers, in the order of [`Resource::ALL`].
    pub limits: [Option<Quota>; Resource::ALL.len()],
}

/// What `add` was sent.
#[derive(Clone, Debug)]
pub(super) struct NewInput {
    /// Login name as typed.
    pub login_name: Option<String>,
    /// Password as typed.
    pub password: Option<Secret>,
    /// The current password of whoever adds, as typed.
    pub current_password: Option<Secret>,
    /// The fields that were sent.
    pub patch: AdminPatch,
}

/// What `update` was sent.
#[derive(Clone, Debug)]
pub(super) struct UpdateInput {
    /// The fields that were sent.
    pub patch: AdminPatch,
    /// New password as typed.
    pub password: Option<Secret>,
    /// The current password of whoever edits, as typed.
    pub current_password: Option<Secret>,
    /// Suspend or resume.
    pub suspended: Option<bool>,
    /// The version the form was filled from.
    pub version: Option<i64>,
}

/// Reads the parameters of `add`; what is wrong with them is told together with what else is.
pub(super) fn read_new(mut params: Params) -> (NewInput, FieldFaults) {
    for name in ["name", "email", "new_loginname"] {
        if !params.has(name) {
            params.faults.push(name, Fault::new("required"));
        }
    }
    let input = NewInput {
        login_name: params.text("new_loginname"),
        password: params.secret("admin_password").map(Secret::new),
        current_password: params.secret("current_password").map(Secret::new),
        patch: parse_patch(&mut params),
    };
    params.refuse_unknown();
    (input, params.faults)
}

/// Reads the parameters of `update`, those that name the admin left out.
pub(super) fn read_update(mut params: Params) -> (UpdateInput, FieldFaults) {
    let input = UpdateInput {
        patch: parse_patch(&mut params),
        password: params.secret("admin_password").map(Secret::new),
        current_password: params.secret("current_password").map(Secret::new),
        suspended: params.flag("deactivated"),
        version: params.number("version"),
    };
    params.refuse_unknown();
    (input, params.faults)
}

fn parse_patch(params: &mut Params) -> AdminPatch {
    let required = |text: &str| if text::is_blank(text) { Err(Fault::new("required")) } else { Ok(()) };
    AdminPatch {
        name: params.parsed("name", |name| required(name).and_then(|()| text::line(name, 255))),
        email: params.parsed("email", |email| required(email).and_then(|()| Email::parse(email))),
        language: params.choice("def_language", Language::parse),
        theme: params.choice("theme", Theme::parse),
        gui_access: params.flag("gui_access"),
        api_allowed: params.flag("api_allowed"),
        notes: params.parsed("custom_notes", |notes| text::multiline(notes, NOTES_MAX)),
        notes_shown: params.flag("custom_notes_show"),
        customers_see_all: params.flag("customers_see_all"),
        change_serversettings: params.flag("change_serversettings"),
        caneditphpsettings: params.flag("caneditphpsettings"),
        php_configs: params.ids("allowed_phpconfigs").map(|ids| Grant::of(&ids, PhpConfigId)),
        mysql_servers: params.ids("allowed_mysqlserver").map(|ids| Grant::of(&ids, MysqlServerId)),
        shell: params.flag("shell_allowed"),
        perl: params.flag("perlenabled"),
        customers: params.quota_named("customers", "customers_ul", 1),
        domains: params.quota_named("domains", "domains_ul", 1),
        limits: Resource::ALL.map(|resource| params.quota(resource)),
    }
}

impl AdminPatch {
    /// Changes the fields that were sent.
    pub fn apply(&self, profile: &mut AdminProfile) {
        set(&mut profile.name, self.name.as_ref());
        set(&mut profile.email, self.email.as_ref());
        set(&mut profile.language, self.language.as_ref());
        set(&mut profile.theme, self.theme.as_ref());
        set(&mut profile.gui_access, self.gui_access.as_ref());
        set(&mut profile.api_allowed, self.api_allowed.as_ref());
        set(&mut profile.notes, self.notes.as_ref());
        set(&mut profile.notes_shown, self.notes_shown.as_ref());
        set(&mut profile.customers_see_all, self.customers_see_all.as_ref());
        set(&mut profile.change_serversettings, self.change_serversettings.as_ref());
        set(&mut profile.caneditphpsettings, self.caneditphpsettings.as_ref());
        set(&mut profile.grants.php_configs, self.php_configs.as_ref());
        set(&mut profile.grants.mysql_servers, self.mysql_servers.as_ref());
        set(&mut profile.grants.shell, self.shell.as_ref());
        set(&mut profile.grants.perl, self.perl.as_ref());
        set(&mut profile.allowance.customers, self.customers.as_ref());
        set(&mut profile.allowance.domains, self.domains.as_ref());
        for (resource, quota) in Resource::ALL.into_iter().zip(self.limits) {
            set(&mut profile.allowance.limits[resource], quota.as_ref());
        }
    }
}

fn set<T: Clone>(field: &mut T, sent: Option<&T>) {
    if let Some(sent) = sent {
        field.clone_from(sent);
    }
}
