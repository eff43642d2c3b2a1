//! What every page needs around its own contents. Plain data: a test can build it.

use domain::account::Language;
use std::borrow::Borrow;
use std::rc::Rc;

use fluent_templates::fluent_bundle::FluentValue;
use jiff::Timestamp;

use super::assets;
use super::flash::Flash;
use super::nav::{self, NavGroup, Role, Section};
use i18n::format;
use i18n::format::Whole;
use i18n::{Phrase, Texts as _};
use services::outages::Outage;

pub use domain::account::Theme;
use domain::resources::Resource;
use domain::unit::Unit;

/// The name of the icon of a theme.
#[must_use]
pub fn theme_icon(theme: impl Borrow<Theme>) -> &'static str {
    match theme.borrow() {
        Theme::Light => "sun",
        Theme::Dark => "moon",
        Theme::System => "device-desktop",
    }
}

/// The signed-in account, as the frame shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The login name.
    pub loginname: String,
    /// The name to show; the login name if empty.
    pub name: String,
    /// What the account is.
    pub role: Role,
    /// The admin who acts as this account, if one does.
    pub acting_admin: Option<String>,
    /// The language of that admin.
    pub acting_lang: Language,
    /// Whether he has keys of the API to look after.
    pub has_api_keys: bool,
}

impl Who {
    /// The name to show.
    #[must_use]
    pub fn display_name(&self) -> &str {
        if self.name.is_empty() { &self.loginname } else { &self.name }
    }

    /// A text of the banner for the admin who acts as this account, in the admin's language.
    #[must_use]
    pub fn acting_text(&self, key: &str, name: &'static str, value: &str) -> String {
        self.acting_lang.t_with(key, [(name, value)])
    }

    /// One or two letters for the round picture.
    #[must_use]
    pub fn initials(&self) -> String {
        initials(self.display_name())
    }
}

/// The first letters of the first and the last word.
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

/// A step of the way from the dashboard to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// Its text.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// The frame of a page and the helpers its template uses.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    /// The language of the page.
    pub lang: Language,
    /// How the page looks.
    pub theme: Theme,
    /// The token that forms carry.
    pub csrf_token: String,
    /// What a form says of itself, so that it can be kept when its session has ended.
    pub form_page: String,
    /// Who is signed in.
    pub who: Option<Who>,
    /// The messages left by the page before.
    pub flash: Vec<Flash>,
    /// What cannot be reached at this moment, as far as it concerns whoever is signed in.
    pub outages: Vec<Outage>,
    /// The path of this request.
    pub path: String,
    /// The title and main heading.
    pub title: String,
    /// A line below the main heading; empty for none.
    pub lead: String,
    /// The area of the page.
    pub section: Option<Section>,
    /// The way here, without the page itself.
    pub crumbs: Vec<Crumb>,
}

impl Chrome {
    /// Names the page: its area and its title, already translated.
    #[must_use]
    pub fn page(mut self, section: Section, title: impl Into<String>) -> Self {
        self.section = Some(section);
        self.title = title.into();
        self
    }

    /// Adds the line below the main heading.
    #[must_use]
    pub fn lead(mut self, text: impl Into<String>) -> Self {
        self.lead = text.into();
        self
    }

    /// Adds a step to the way here.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// The text for a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// Returns the label of a field, `field-<name>`.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        self.t(&format!("field-{}", name.replace('_', "-")))
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

    /// The text for a key with arguments of one type; wrap them in [`Self::v`] to mix types.
    #[must_use]
    pub fn t_with<'a, V>(&self, key: &str, args: &[(&'static str, V)]) -> String
    where
        V: Clone + Into<FluentValue<'a>>,
    {
        self.lang.t_with(key, args.iter().cloned())
    }

    /// A text that many rows fill in, with the words in the order of these names.
    #[must_use]
    pub fn phrase(&self, key: &'static str, names: &[&'static str]) -> Rc<Phrase> {
        self.lang.phrase(key, names)
    }

    /// An argument for [`Self::t_with`].
    #[must_use]
    pub fn v<'a>(&self, value: impl Into<FluentValue<'a>>) -> FluentValue<'a> {
        value.into()
    }

    /// The text of a message.
    #[must_use]
    pub fn flash_text(&self, flash: &Flash) -> String {
        let args = flash.args.iter().map(|(name, value)| (name.clone(), i18n::stored(value)));
        self.lang.t_with(&flash.key, args)
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        assets::path(name)
    }

    /// The navigation of whoever is signed in.
    #[must_use]
    pub fn nav(&self) -> &'static [NavGroup] {
        self.who.as_ref().map_or(&[], |who| nav::groups(who.role))
    }

    /// Whether the page belongs to this area.
    #[must_use]
    pub fn is_here(&self, section: &Section) -> bool {
        self.section.as_ref() == Some(section)
    }

    /// Whether an admin of either kind is signed in.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.who.as_ref().is_some_and(|who| who.role.is_admin())
    }

    /// Whether an admin who may change server settings is signed in.
    #[must_use]
    pub fn is_server_admin(&self) -> bool {
        self.who.as_ref().is_some_and(|who| who.role == Role::ServerAdmin)
    }

    /// One or two letters for the round picture of somebody.
    #[must_use]
    pub fn initials(&self, name: &str) -> String {
        initials(name)
    }

    /// A whole number in the page's language.
    #[must_use]
    pub fn num(&self, value: impl Whole) -> String {
        format::number(self.lang, value.to_i64())
    }

    /// A number of bytes in the page's language.
    #[must_use]
    pub fn size(&self, bytes: impl Borrow<u64>) -> String {
        format::size(self.lang, *bytes.borrow())
    }

    /// A day in the page's language.
    #[must_use]
    pub fn date(&self, at: impl Borrow<Timestamp>) -> String {
        format::date(self.lang, *at.borrow())
    }

    /// A day and time in the page's language, in UTC.
    #[must_use]
    pub fn datetime(&self, at: impl Borrow<Timestamp>) -> String {
        format::datetime(self.lang, *at.borrow())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_letters_of_the_outer_words() {
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
    fn a_flash_speaks_the_language_of_the_page() {
        let chrome = Chrome { lang: Language::De, ..Chrome::default() };
        let flash = Flash::success("flash-saved");
        assert_eq!(chrome.flash_text(&flash), "Gespeichert.");
    }

    #[test]
    fn a_flash_of_one_is_singular() {
        let chrome = Chrome { lang: Language::En, ..Chrome::default() };
        let text =
            |count: u64| chrome.flash_text(&Flash::success("flash-jobs-run").with("count", count));
        assert_eq!(
            [text(1), text(2), text(1200)],
            ["One job runs now.", "2 jobs run now.", "1200 jobs run now."]
        );
        assert_eq!(
            chrome.flash_text(&Flash::success("flash-webhooks-saved").with("name", "007")),
            "007 was saved."
        );
    }
}
