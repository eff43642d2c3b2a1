//! The form of an admin, for adding and editing.

use crate::app::App;
use crate::domain::account::{Language, Theme};
use crate::domain::admin::{Admin, AdminProfile, Allowance};
use crate::domain::resources::Resource;
use crate::i18n::Lang;
use crate::services::settings::ProviderSettings;
use crate::web::form::{Choice, FormState, PolicyHints};
use crate::web::format;
use crate::web::input::Fields;
use crate::web::page::Chrome;

/// The password of whoever adds or edits, which some changes ask for.
pub(super) const CURRENT_PASSWORD: &str = "current_password";

/// Checkboxes of the form for a new admin.
pub(super) const FIELDS: Fields = Fields {
    own: &[CURRENT_PASSWORD],
    switches: &["gui_access", "api_allowed", "custom_notes_show", "change_serversettings", "customers_see_all", "caneditphpsettings"],
    lists: &[],
};

/// Checkboxes of the form for an admin there is.
pub(super) const EDIT_FIELDS: Fields = Fields {
    switches: &[
        "gui_access",
        "api_allowed",
        "custom_notes_show",
        "change_serversettings",
        "customers_see_all",
        "caneditphpsettings",
        "deactivated",
    ],
    own: &[],
    ..FIELDS
};

/// Fields that have a place of their own for their faults.
pub(super) fn knows(name: &str) -> bool {
    const TEXTS: [&str; 11] = [
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
    for (name, on) in [
        ("gui_access", profile.gui_access),
        ("api_allowed", profile.api_allowed),
        ("custom_notes_show", profile.notes_shown),
        ("change_serversettings", profile.change_serversettings),
        ("customers_see_all", profile.customers_see_all),
        ("caneditphpsettings", profile.caneditphpsettings),
    ] {
        form.set_checked(name, on);
    }
    fill_allowance(form, &profile.allowance);
}

pub(super) fn fill_allowance(form: &mut FormState, allowance: &Allowance) {
    form.set_quota("customers", allowance.customers.limit()).set_quota("domains", allowance.domains.limit());
    for (resource, quota) in allowance.limits.iter() {
        form.set_quota(resource.name(), format::limit(quota, resource.unit().size()));
    }
}

/// A form with what is stored of an admin.
pub(super) fn of(admin: &Admin) -> FormState {
    let mut form = FormState::new("admins");
    fill(&mut form, &admin.profile);
    form.set_checked("deactivated", admin.suspended).set("version", admin.version);
    form
}

/// What the form offers besides its fields.
pub(super) struct Offers {
    pub languages: Vec<Choice>,
    pub themes: Vec<Choice>,
    pub policy: PolicyHints,
    pub suggestion: String,
}

impl Offers {
    pub(super) fn new(app: &App, settings: &ProviderSettings, c: &Chrome) -> Self {
        let policy = settings.password_policy();
        Self {
            languages: Language::ALL.iter().map(|language| Choice::new(language.code(), name_of(*language))).collect(),
            themes: Theme::ALL.iter().map(|theme| Choice::new(theme.code(), c.t(theme.key()))).collect(),
            suggestion: policy.generate(app.env.chance.as_ref()).expose().to_owned(),
            policy: PolicyHints::of(&policy),
        }
    }
}

fn name_of(language: Lang) -> String {
    language.native_name().to_owned()
}
