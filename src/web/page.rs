//! The frame of every page. It is plain data that tests can create.

use domain::account::{Language, Theme};
use std::borrow::Borrow;
use std::rc::Rc;

use fluent_templates::fluent_bundle::FluentValue;
use jiff::Timestamp;

use super::assets;
use super::codes;
use super::flash::{Flash, Value};
use super::nav::{self, NavGroup, Role, Section};
use i18n::format;
use i18n::format::ToI64;
use i18n::{Phrase, Texts as _};
use services::outages::Outage;

use domain::resources::Resource;
use domain::unit::Unit;

/// Returns the name of a theme's icon.
#[must_use]
pub fn theme_icon(theme: impl Borrow<Theme>) -> &'static str {
    match theme.borrow() {
        Theme::Light => "sun",
        Theme::Dark => "moon",
        Theme::System => "device-desktop",
    }
}

/// The signed-in account as the frame shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedInAccount {
    pub loginname: String,
    /// Display name; empty to show the login name.
    pub name: String,
    pub role: Role,
    /// Login name of the admin who acts as this account.
    pub acting_admin: Option<String>,
    /// Language of the acting admin.
    pub acting_lang: Language,
    /// Whether the account can manage API keys.
    pub can_manage_api_keys: bool,
}

impl SignedInAccount {
    /// Returns the display name, or the login name if it is empty.
    #[must_use]
    pub fn display_name(&self) -> &str {
        if self.name.is_empty() { &self.loginname } else { &self.name }
    }

    /// Returns a text of the banner for the acting admin, in the admin's language.
    #[must_use]
    pub fn acting_text(&self, key: &str, name: &'static str, value: &str) -> String {
        self.acting_lang.t_with(key, [(name, value)])
    }

    /// Returns the initials of the display name for the avatar.
    #[must_use]
    pub fn initials(&self) -> String {
        initials(self.display_name())
    }
}

/// Returns the first letters of the first and last word in uppercase; empty if there is no word.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next();
    first
        .into_iter()
        .chain(words.next_back())
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

/// An element of the breadcrumbs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

/// The frame of a page, and functions for its template.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    pub lang: Language,
    pub theme: Theme,
    /// The CSRF token of all forms.
    pub csrf_token: String,
    /// Sealed metadata of the forms ([`FormPage`](super::form_page::FormPage)). Without it, a form
    /// that is submitted after its session has ended is lost.
    pub form_page: String,
    /// The signed-in account.
    pub account: Option<SignedInAccount>,
    /// Flash messages of earlier requests.
    pub flash: Vec<Flash>,
    /// Outages that concern the signed-in account.
    pub outages: Vec<Outage>,
    /// Path of this request.
    pub path: String,
    /// Title and main heading.
    pub title: String,
    /// Line below the main heading; empty for none.
    pub lead: String,
    pub section: Option<Section>,
    /// Breadcrumbs without the page itself.
    pub crumbs: Vec<Crumb>,
}

impl Chrome {
    /// Sets the area and the translated title of the page.
    #[must_use]
    pub fn page(mut self, section: Section, title: impl Into<String>) -> Self {
        self.section = Some(section);
        self.title = title.into();
        self
    }

    /// Sets the area and the translated title of a page below the area's first page, with the
    /// breadcrumb that leads there.
    #[must_use]
    pub fn below(self, section: Section, title: impl Into<String>) -> Self {
        let above = section.item();
        let label = self.t(above.key);
        self.page(section, title).crumb(label, above.href)
    }

    /// Sets the line below the main heading.
    #[must_use]
    pub fn lead(mut self, text: impl Into<String>) -> Self {
        self.lead = text.into();
        self
    }

    /// Adds an element to the breadcrumbs.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// Returns the text of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// Returns the label of a field, `field-<name>`.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        self.t(&format!("field-{}", codes::key(name)))
    }

    /// Returns the unit of a resource's limit for its field; empty for counts.
    #[must_use]
    pub fn unit(&self, resource: &Resource) -> String {
        match resource.unit() {
            Unit::MiB => self.t("form-unit-mib"),
            Unit::GiB => self.t("form-unit-gib"),
            Unit::Count => String::new(),
        }
    }

    /// Returns the text of a key with variables of one type; wrap them in [`Self::v`] to mix types.
    #[must_use]
    pub fn t_with<'a, V>(&self, key: &str, args: &[(&'static str, V)]) -> String
    where
        V: Clone + Into<FluentValue<'a>>,
    {
        self.lang.t_with(key, args.iter().cloned())
    }

    /// Returns a text that many rows use with different values. `names` are its variables, in the
    /// order of the values.
    #[must_use]
    pub fn phrase(&self, key: &'static str, names: &[&'static str]) -> Rc<Phrase> {
        self.lang.phrase(key, names)
    }

    /// Converts a variable for [`Self::t_with`].
    #[must_use]
    pub fn v<'a>(&self, value: impl Into<FluentValue<'a>>) -> FluentValue<'a> {
        value.into()
    }

    /// Returns the text of a flash message.
    #[must_use]
    pub fn flash_text(&self, flash: &Flash) -> String {
        let args = flash.args.iter().map(|(name, value)| match value {
            Value::Count(number) => (name.clone(), self.v(*number)),
            Value::Text(text) => (name.clone(), self.v(text.as_str())),
        });
        self.flash_lang(flash).t_with(&flash.key, args)
    }

    /// Returns the language of a flash message.
    #[must_use]
    pub fn flash_lang(&self, flash: &Flash) -> Language {
        match &self.account {
            Some(account) if flash.for_acting_admin && account.acting_admin.is_some() => {
                account.acting_lang
            }
            _ => self.lang,
        }
    }

    /// Returns the address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        assets::path(name)
    }

    /// Returns the navigation of the signed-in account.
    #[must_use]
    pub fn nav(&self) -> &'static [NavGroup] {
        self.account.as_ref().map_or(&[], |account| nav::groups(account.role))
    }

    /// Returns whether the page belongs to this area.
    #[must_use]
    pub fn is_section(&self, section: &Section) -> bool {
        self.section.as_ref() == Some(section)
    }

    /// Returns whether an admin or reseller is signed in.
    #[must_use]
    pub fn is_manager(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.role.is_manager())
    }

    /// Returns whether an admin with permission to change the server settings is signed in.
    #[must_use]
    pub fn is_server_admin(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.role == Role::ServerAdmin)
    }

    /// Returns the initials of a name for an avatar.
    #[must_use]
    pub fn initials(&self, name: &str) -> String {
        initials(name)
    }

    /// Formats a whole number in the page's language.
    #[must_use]
    pub fn num(&self, value: impl ToI64) -> String {
        format::number(self.lang, value.to_i64())
    }

    /// Formats a number of bytes in the page's language.
    #[must_use]
    pub fn size(&self, bytes: impl Borrow<u64>) -> String {
        format::size(self.lang, *bytes.borrow())
    }

    /// Formats an amount of a resource in the page's language.
    #[must_use]
    pub fn amount(&self, unit: Unit, amount: u64) -> String {
        if unit == Unit::Count { self.num(amount) } else { self.size(amount) }
    }

    /// Formats a date in the page's language.
    #[must_use]
    pub fn date(&self, at: impl Borrow<Timestamp>) -> String {
        format::date(self.lang, *at.borrow())
    }

    /// Formats a date and time in the page's language, in UTC.
    #[must_use]
    pub fn datetime(&self, at: impl Borrow<Timestamp>) -> String {
        format::datetime(self.lang, *at.borrow())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_and_last_word() {
        for (name, expected) in [
            ("Ada Lovelace", "AL"),
            ("web1", "W"),
            ("Bäckerei am Markt", "BM"),
            ("  ", ""),
            ("ölmühle", "Ö"),
        ] {
            assert_eq!(initials(name), expected);
        }
    }

    #[test]
    fn flash_messages_use_the_language_of_the_page() {
        let chrome = Chrome { lang: Language::De, ..Chrome::default() };
        let flash = Flash::success("flash-saved");
        assert_eq!(chrome.flash_text(&flash), "Ihre Änderungen wurden gespeichert.");
    }

    #[test]
    fn messages_for_an_acting_admin_use_the_language_of_the_banner() {
        let account = SignedInAccount {
            loginname: "web1".to_owned(),
            name: String::new(),
            role: Role::Customer,
            acting_admin: Some("admin".to_owned()),
            acting_lang: Language::De,
            can_manage_api_keys: false,
        };
        let chrome = Chrome { lang: Language::En, account: Some(account), ..Chrome::default() };
        let flash = Flash::success("flash-acting").with("loginname", "web1");
        assert!(chrome.flash_text(&flash).starts_with("You are now acting as web1."));
        let flash = flash.for_acting_admin();
        assert!(chrome.flash_text(&flash).starts_with("Sie arbeiten jetzt im Konto von web1."));
    }

    #[test]
    fn flash_messages_have_singular_forms() {
        let chrome = Chrome { lang: Language::En, ..Chrome::default() };
        let text =
            |count: u64| chrome.flash_text(&Flash::success("flash-jobs-run").count("count", count));
        assert_eq!(
            [text(1), text(2), text(1200)],
            ["One job will run now.", "2 jobs will run now.", "1,200 jobs will run now."]
        );
        assert_eq!(
            chrome.flash_text(&Flash::success("flash-webhooks-saved").with("name", "007")),
            "Changes to webhook 007 were saved."
        );
    }
}
