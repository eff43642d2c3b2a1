//! The choices of the forms that add and edit a customer.

use crate::extract::AsManager;
use crate::form::{Choice, PolicyHints};
use crate::page::Chrome;
use domain::account::Gender;
use domain::customer::Customer;
use services::app::OwnedView;
use services::{Outcome, customers, mysql_servers, php_configs, plans};

/// Maximum number of entries in a select.
const MAX_OPTIONS: u64 = 1000;

/// The choices of all selects and groups in the forms, and whether the forms have optional fields.
pub struct Choices {
    pub plans: Vec<Choice>,
    pub php_configs: Vec<Choice>,
    pub mysql_servers: Vec<Choice>,
    pub languages: Vec<Choice>,
    /// Forms of address.
    pub genders: Vec<Choice>,
    /// Possible new owners; empty for a new customer, and for managers who are not server admins.
    pub admins: Vec<Choice>,
    /// Whether the form has a mailbox size limit.
    pub has_mail_quota: bool,
    /// Whether the form has a switch for shell access.
    pub has_shell: bool,
    /// Whether the form has a switch for Perl.
    pub has_perl: bool,
    /// Requirements for a new password.
    pub policy: PolicyHints,
    /// A generated password.
    pub suggestion: String,
}

/// Reads the choices that the owner's grants allow. The edit form also includes the customer's
/// current values, even if they are no longer granted.
pub async fn read(
    snapshot: &OwnedView,
    c: &Chrome,
    by: &AsManager,
    customer: Option<&Customer>,
    suggestion: String,
) -> Outcome<Choices> {
    let view = snapshot.view();
    let granted =
        customers::grants_of(view, customer.map_or(by.id(), |customer| customer.owner)).await?;
    let profile = customer.map(|customer| &customer.profile);
    let php = php_configs::names(view).await?;
    let php = php.iter().filter(|(id, _)| {
        granted.php_configs.allows(*id)
            || profile.is_some_and(|p| p.services.php_configs.contains(id))
    });
    let servers = mysql_servers::names(view).await?;
    let servers = servers.iter().filter(|(id, _)| {
        granted.mysql_servers.allows(*id) || profile.is_some_and(|p| p.mysql_servers.contains(id))
    });
    let offered = plans::names(view, by, MAX_OPTIONS).await?;
    let mut plans = Choice::named(&offered);
    if let Some(plan) = customer.and_then(|customer| customer.profile.plan)
        && offered.iter().all(|(id, _)| *id != plan)
    {
        plans.extend(
            plans::names_of(view, &[plan])
                .await?
                .into_iter()
                .map(|(id, name)| Choice::new(id, name)),
        );
    }
    let admins = match customer {
        Some(customer) if by.as_server_admin().is_some() => {
            let others = customers::owners(view, by, MAX_OPTIONS).await?;
            others
                .iter()
                .filter(|(id, _)| *id != customer.owner)
                .map(|(id, name)| Choice::new(id, name))
                .collect()
        }
        _ => Vec::new(),
    };
    Ok(Choices {
        plans,
        php_configs: php.map(|(id, name)| Choice::new(id, name)).collect(),
        mysql_servers: servers.map(|(id, name)| Choice::new(id, name)).collect(),
        languages: Choice::languages(),
        genders: genders(c),
        admins,
        has_mail_quota: snapshot.settings.mail_quota_enabled(),
        has_shell: snapshot.settings.shell_allowed_default() && granted.shell
            || profile.is_some_and(|profile| profile.shell_allowed),
        has_perl: granted.perl || profile.is_some_and(|profile| profile.services.perl),
        policy: PolicyHints::of(&snapshot.settings.password_policy()),
        suggestion,
    })
}

fn genders(c: &Chrome) -> Vec<Choice> {
    Gender::ALL.iter().map(|gender| Choice::new(gender.code(), c.t(gender_key(*gender)))).collect()
}

/// Returns the text key of a form of address.
pub const fn gender_key(gender: Gender) -> &'static str {
    match gender {
        Gender::None => "customers-gender-none",
        Gender::Male => "customers-gender-male",
        Gender::Female => "customers-gender-female",
    }
}
