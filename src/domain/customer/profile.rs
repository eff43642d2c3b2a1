//! The fields of a customer that managers edit.

use crate::account::{Language, Theme};
use crate::contact::Contact;
use crate::id::{MysqlServerId, PlanId};
use crate::request::{Multiline, request};
use crate::resources::{ServiceFields, Services};
use serde::Serialize;

/// The fields of a customer that managers edit. They serialize with the names of the parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Profile {
    #[serde(flatten)]
    pub contact: Contact,
    /// Language of the panel and of emails.
    #[serde(rename = "def_language")]
    pub language: Language,
    pub theme: Theme,
    /// Whether the customer can sign in to the panel.
    pub gui_access: bool,
    pub api_allowed: bool,
    /// Whether FTP users can have a shell.
    pub shell_allowed: bool,
    /// The provider's notes, in Markdown.
    #[serde(rename = "custom_notes")]
    pub notes: String,
    /// Whether the customer sees the notes.
    #[serde(rename = "custom_notes_show")]
    pub notes_shown: bool,
    /// Limits and switches.
    #[serde(flatten)]
    pub services: Services,
    /// MySQL servers that the customer can use, ascending.
    #[serde(rename = "allowed_mysqlserver")]
    pub mysql_servers: Vec<MysqlServerId>,
    /// The hosting plan that was assigned last.
    #[serde(rename = "hosting_plan_id")]
    pub plan: Option<PlanId>,
}

request! {
    /// The parameters of a customer's profile, except contact data and plan.
    pub struct ProfileFields {
        with {
            /// Limits and switches
            services: ServiceFields,
        }
        /// Language of the panel and of emails; new customers get the provider's default
        def_language: Language,
        /// Theme of the panel; new customers get the provider's default
        theme: Theme,
        /// Whether the customer can sign in to the panel; on for new customers
        gui_access: bool,
        /// Whether the customer can use the API; new customers get the provider's default
        api_allowed: bool,
        /// Whether FTP users can have a shell; new customers get the provider's default
        shell_allowed: bool,
        /// Notes about the customer, in Markdown
        custom_notes: Multiline,
        /// Whether the customer sees the notes
        custom_notes_show: bool,
        /// Ids of the MySQL servers that the customer can use; new customers get the default
        /// server, 0
        allowed_mysqlserver: Vec<MysqlServerId>,
    }
}

impl ProfileFields {
    /// Overwrites the stored values with the values that were sent.
    pub fn apply(&self, profile: &mut Profile) {
        let Self {
            def_language,
            theme,
            gui_access,
            api_allowed,
            shell_allowed,
            custom_notes,
            custom_notes_show,
            allowed_mysqlserver,
            services,
        } = self;
        def_language.set(&mut profile.language);
        theme.set(&mut profile.theme);
        gui_access.set(&mut profile.gui_access);
        api_allowed.set(&mut profile.api_allowed);
        shell_allowed.set(&mut profile.shell_allowed);
        custom_notes.set(&mut profile.notes);
        custom_notes_show.set(&mut profile.notes_shown);
        allowed_mysqlserver.set(&mut profile.mysql_servers);
        services.apply(&mut profile.services);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::tests::empty_profile;
    use crate::id::PhpConfigId;
    use crate::quota::Quota;
    use crate::resources::Resource;
    use serde_json::json;

    #[test]
    fn sent_values_overwrite_the_profile_and_others_stay() {
        let mut profile = empty_profile();
        let fields: ProfileFields = serde_json::from_value(json!({
            "def_language": "de",
            "theme": "dark",
            "gui_access": true,
            "api_allowed": true,
            "shell_allowed": true,
            "custom_notes": "Pays late",
            "custom_notes_show": true,
            "allowed_mysqlserver": [0, 4],
            "allowed_phpconfigs": [3],
            "perlenabled": true,
            "mysqls": 5,
        }))
        .unwrap();
        fields.apply(&mut profile);
        let mut services =
            Services { perl: true, php_configs: vec![PhpConfigId(3)], ..Services::NONE };
        services.limits[Resource::Mysqls] = Quota::Limited(5);
        let expected = Profile {
            language: Language::De,
            theme: Theme::Dark,
            gui_access: true,
            api_allowed: true,
            shell_allowed: true,
            notes: "Pays late".to_owned(),
            notes_shown: true,
            mysql_servers: vec![MysqlServerId(0), MysqlServerId(4)],
            services,
            ..empty_profile()
        };
        assert_eq!(profile, expected);
        ProfileFields::default().apply(&mut profile);
        assert_eq!(profile, expected);
    }
}
