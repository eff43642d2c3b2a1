//! The form of an admin, for adding and editing.

use crate::app::{App, Look};
use crate::domain::account::{Language, Theme};
use crate::domain::admin::{Admin, AdminProfile, Allowance};
use crate::domain::grants::{EVERY, Grants};
use crate::domain::resources::Resource;
use crate::i18n::Lang;
use crate::services::{mysql_servers, php_configs};
use crate::web::error::WebError;
use crate::web::form::{Choice, FormState, PolicyHints};
use crate::web::format;
use crate::web::input::Fields;
use crate::web::original;
use crate::web::page::Chrome;

/// The password of whoever adds or edits, which some changes ask for.
pub(super) const CURRENT_PASSWORD: &str = "current_password";

/// Number of the checkboxes that both forms have.
const SHARED: usize = 8;
/// Checkboxes of the form for an existing admin; the last is missing on the form for a new one.
const SWITCHES: [&str; SHARED + 1] = [
    "gui_access",
    "api_allowed",
    "custom_notes_show",
    "change_serversettings",
    "customers_see_all",
    "caneditphpsettings",
    "shell_allowed",
    "perlenabled",
    "deactivated",
];

/// Fields of the form for a new admin.
pub(super) const FIELDS: Fields =
    Fields { own: &[], switches: SWITCHES.split_at(SHARED).0, lists: &["allowed_phpconfigs", "allowed_mysqlserver"] };

/// Fields of the form for an existing admin.
pub(super) const EDIT_FIELDS: Fields = Fields { switches: &SWITCHES, ..FIELDS };

/// Fields that have a place of their own for their faults.
pub(super) fn knows(name: &str) -> bool {
    const TEXTS: [&str; 13] = [
        "new_loginname",
        "admin_password",
        CURRENT_PASSWORD,
        "name",
        "email",
        "def_language",
        "theme",
        "custom_notes",
        "customers",
        "domains",
        "custom_notes_show",
        "allowed_phpconfigs",
        "allowed_mysqlserver",
    ];
    TEXTS.contains(&name) || EDIT_FIELDS.switches.contains(&name) || Resource::ALL.iter().any(|resource| resource.name() == name)
}

/// Fills in what is stored, or what a new admin starts with.
pub(super) fn fill(form: &mut FormState, profile: &AdminProfile) {
    form.set("name", &profile.name)
        .set("email", profile.email.to_unicode())
        .set("def_language", profile.language.code())
        .set("theme", profile.theme.code())
        .set("custom_notes", &profile.notes);
    let switches: [bool; SHARED] = [
        profile.gui_access,
        profile.api_allowed,
        profile.notes_shown,
        profile.change_serversettings,
        profile.customers_see_all,
        profile.caneditphpsettings,
        profile.grants.shell,
        profile.grants.perl,
    ];
    for (name, on) in FIELDS.switches.iter().zip(switches) {
        form.set_checked(name, on);
    }
    fill_allowance(form, &profile.allowance);
    fill_grants(form, &profile.grants);
}

pub(super) fn fill_allowance(form: &mut FormState, allowance: &Allowance) {
    form.set_quota("customers", allowance.customers.limit()).set_quota("domains", allowance.domains.limit());
    for (resource, quota) in allowance.limits.iter() {
        form.set_quota(resource.name(), format::limit(quota, resource.unit().size()));
    }
}

/// Lists of what may be handed out; the switches are among the others.
pub(super) fn fill_grants(form: &mut FormState, grants: &Grants) {
    for (name, ids) in
        [("allowed_phpconfigs", grants.php_configs.ids(|id| id.0)), ("allowed_mysqlserver", grants.mysql_servers.ids(|id| id.0))]
    {
        form.clear(name);
        for id in ids {
            form.add(name, id.to_string());
        }
    }
}

/// A form with what is stored of an admin.
pub(super) fn of(admin: &Admin) -> FormState {
    let mut form = FormState::new("admins");
    fill(&mut form, &admin.profile);
    form.set_checked("deactivated", admin.suspended).set("version", admin.version);
    original::remember(&mut form);
    form
}

/// What the form offers besides its fields.
pub(super) struct Offers {
    pub languages: Vec<Choice>,
    pub themes: Vec<Choice>,
    /// Every one, and each.
    pub php_configs: Vec<Choice>,
    pub mysql_servers: Vec<Choice>,
    pub policy: PolicyHints,
    pub suggestion: String,
}

impl Offers {
    pub(super) async fn read(app: &App, look: &Look, c: &Chrome) -> Result<Self, WebError> {
        let (view, policy) = (look.view(), look.settings.password_policy());
        Ok(Self {
            php_configs: with_every(c, Choice::named(&php_configs::names(view).await?)),
            mysql_servers: with_every(c, Choice::named(&mysql_servers::names(view).await?)),
            languages: Language::ALL.iter().map(|language| Choice::new(language.code(), name_of(*language))).collect(),
            themes: Theme::ALL.iter().map(|theme| Choice::new(theme.code(), c.t(theme.key()))).collect(),
            suggestion: policy.generate(app.env.chance.as_ref()).expose().to_owned(),
            policy: PolicyHints::of(&policy),
        })
    }
}

/// The entry for every one, later ones included, and the others.
fn with_every(c: &Chrome, others: Vec<Choice>) -> Vec<Choice> {
    let every = Choice::new(EVERY, c.t("admins-every"));
    std::iter::once(every).chain(others).collect()
}

fn name_of(language: Lang) -> String {
    language.native_name().to_owned()
}
