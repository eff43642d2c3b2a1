//! The form that adds or edits an admin.

use crate::error::WebError;
use crate::form::{Choice, FormState, PolicyHints};
use crate::original;
use crate::page::Chrome;
use domain::account::Theme;
use domain::admin::{Admin, AdminProfile, AssignableQuota};
use domain::grants::ALL_IDS;
use services::app::{App, OwnedView};
use services::{mysql_servers, php_configs};

/// The field for the password of the admin who submits the form; some changes require it.
pub(super) const CURRENT_PASSWORD: &str = "current_password";

/// Fills in the stored profile of an admin.
fn fill(form: &mut FormState, profile: &AdminProfile) {
    form.fill(profile).set("email", profile.email.to_unicode());
    fill_quota(form, &profile.quota);
}

pub(super) fn fill_quota(form: &mut FormState, quota: &AssignableQuota) {
    form.set_quota("customers", quota.customers.limit())
        .set_quota("domains", quota.domains.limit());
    form.fill_limits(&quota.limits);
}

/// Returns a form with the stored values of an admin.
pub(super) fn of(admin: &Admin) -> FormState {
    let mut form = FormState::new("admins");
    fill(&mut form, &admin.profile);
    form.set_checked("deactivated", admin.suspended).set("version", admin.version);
    original::store_original(&mut form);
    form
}

/// The choices of the form.
pub(super) struct Choices {
    pub languages: Vec<Choice>,
    pub themes: Vec<Choice>,
    /// Starts with the entry for all configurations, including later ones.
    pub php_configs: Vec<Choice>,
    pub mysql_servers: Vec<Choice>,
    pub policy: PolicyHints,
    /// A generated password.
    pub suggestion: String,
}

impl Choices {
    pub(super) async fn read(
        app: &App,
        snapshot: &OwnedView,
        c: &Chrome,
    ) -> Result<Self, WebError> {
        let (view, policy) = (snapshot.view(), snapshot.settings.password_policy());
        Ok(Self {
            php_configs: with_every(c, Choice::named(&php_configs::names(view).await?)),
            mysql_servers: with_every(c, Choice::named(&mysql_servers::names(view).await?)),
            languages: Choice::languages(),
            themes: Theme::ALL
                .iter()
                .map(|theme| Choice::new(theme.code(), c.t(theme.key())))
                .collect(),
            suggestion: policy.generate(app.env.random.as_ref()).expose().to_owned(),
            policy: PolicyHints::of(&policy),
        })
    }
}

/// Adds the entry for all items, including later ones, at the top.
fn with_every(c: &Chrome, others: Vec<Choice>) -> Vec<Choice> {
    let every = Choice::new(ALL_IDS, c.t("admins-every"));
    std::iter::once(every).chain(others).collect()
}
