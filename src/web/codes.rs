//! Texts for stored codes of audit entries, jobs and events.
//!
//! A code without a text, such as one of a newer version, is shown as words: `thing.new_code` as
//! "Thing new code".

use domain::account::Language;
use i18n::Texts as _;
use services::settings::SETTINGS;

/// Converts a code to words.
#[must_use]
pub fn readable(code: &str) -> String {
    let words: String =
        code.chars().map(|c| if matches!(c, '.' | '_' | '-') { ' ' } else { c }).collect();
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Converts a code to its form in text keys.
#[must_use]
pub fn key(code: &str) -> String {
    code.replace(['.', '_'], "-")
}

fn text(lang: Language, area: &str, code: &str) -> Option<String> {
    lang.try_t(&format!("{area}-{}", key(code)))
}

/// Returns the text of an audited action, such as `customer.added`.
#[must_use]
pub fn action(lang: Language, code: &str) -> String {
    text(lang, "audit-action", code).unwrap_or_else(|| readable(code))
}

/// Returns the text of an action for the page of the customer that it changed.
#[must_use]
pub fn customer_event(lang: Language, code: &str) -> String {
    text(lang, "customers-event", code.trim_start_matches("customer."))
        .unwrap_or_else(|| action(lang, code))
}

/// Returns the text of the type of an action's target.
#[must_use]
pub fn target_kind(lang: Language, code: &str) -> String {
    text(lang, "audit-target", code).unwrap_or_else(|| readable(code))
}

/// Returns the text of the entry point that an action came through.
#[must_use]
pub fn entry_point(lang: Language, code: &str) -> String {
    text(lang, "audit-entry-point", code).unwrap_or_else(|| readable(code))
}

/// Returns the text of a job kind.
#[must_use]
pub fn job_kind(lang: Language, code: &str) -> String {
    text(lang, "job", code).unwrap_or_else(|| readable(code))
}

/// Returns the text of an event that webhooks and hooks receive.
#[must_use]
pub fn event(lang: Language, code: &str) -> String {
    text(lang, "event", code).unwrap_or_else(|| readable(code))
}

/// Returns the name of an action's target in readable form.
#[must_use]
pub fn target(lang: Language, kind: &str, name: &str) -> String {
    let known = match kind {
        // Job kind and subject of the job.
        "job" => {
            let (job, subject) = name.split_once(' ').unwrap_or((name, ""));
            text(lang, "job", job)
                .map(|job| if subject.is_empty() { job } else { format!("{job} ({subject})") })
        }
        // Email template and language.
        "mail_template" => name.split_once(' ').and_then(|(mail, language)| {
            let language = Language::parse(language.trim_matches(['(', ')'])).ok()?;
            Some(format!("{} ({})", text(lang, "mail-kind", mail)?, language.native_name()))
        }),
        "system" => text(lang, "audit-system", name).or_else(|| text(lang, "job", name)),
        _ => None,
    };
    known.unwrap_or_else(|| name.to_owned())
}

/// Returns the label of a field of a target of this type.
#[must_use]
pub fn field(lang: Language, target_kind: &str, name: &str) -> String {
    known_field(lang, target_kind, name).unwrap_or_else(|| readable(name))
}

/// Returns the label of a field, if it has one.
#[must_use]
pub fn known_field(lang: Language, target_kind: &str, name: &str) -> Option<String> {
    let is_setting = SETTINGS.iter().any(|setting| setting.name == name);
    let areas: &[&str] = match target_kind {
        _ if is_setting => &["field-settings"],
        "customer" => &["field-customers", "field", "field-api-keys"],
        "admin" => &["field-admins", "field", "field-api-keys"],
        "plan" => &["field-plans", "field"],
        "php_config" => &["field-php-configs"],
        "mysql_server" => &["field-mysql-servers"],
        "mail_template" => &["field-mail-templates"],
        "webhook" => &["field-webhooks"],
        _ => &["field-audit", "field"],
    };
    areas.iter().find_map(|area| text(lang, area, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_codes_are_shown_as_words() {
        for &lang in Language::ALL {
            assert_eq!(action(lang, "thing.new_code"), "Thing new code");
            assert_eq!(job_kind(lang, "send_parcel"), "Send parcel");
            assert_eq!(field(lang, "customer", "favourite_colour"), "Favourite colour");
            assert_eq!(target(lang, "job", "send_parcel web1"), "send_parcel web1");
        }
        assert_eq!(readable(""), "");
    }

    #[test]
    fn target_names_are_readable() {
        assert_eq!(
            target(Language::En, "job", "create_home web1"),
            format!("{} (web1)", Language::En.t("job-create-home"))
        );
        assert_eq!(
            target(Language::En, "mail_template", "welcome (de)"),
            format!("{} (Deutsch)", Language::En.t("mail-kind-welcome"))
        );
        assert_eq!(
            target(Language::De, "system", "settings"),
            Language::De.t("audit-system-settings")
        );
        assert_eq!(target(Language::De, "customer", "web1"), "web1");
    }
}
