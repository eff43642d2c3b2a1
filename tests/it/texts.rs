//! Every code has a text in every language, and texts use the words of the glossary.

use crate::support::TestApp;
use crate::support::make::minimal;
use clientele::domain::account::Language;
use clientele::domain::event::EventName;
use clientele::domain::validation::ErrorCode;
use clientele::i18n::Texts as _;
use clientele::services::audit::Action;
use clientele::services::jobs::kinds::KINDS;
use clientele::services::settings::SETTINGS;
use clientele::web::codes;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the Rust files below a folder, except `tests.rs`, with their contents.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs")
            {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

/// Returns the string literals of a source.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// Returns whether a text consists of lowercase letters and underscores.
fn is_name(text: &str) -> bool {
    text.len() > 1 && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

#[test]
fn every_audited_action_has_a_text() {
    for &lang in Language::ALL {
        let has_text = |action: &&Action| {
            lang.try_t(&format!("audit-action-{}", codes::key(action.code()))).is_some()
        };
        let missing: Vec<&Action> = Action::ALL.iter().filter(|action| !has_text(action)).collect();
        assert!(missing.is_empty(), "{}: no audit-action-… for {missing:?}", lang.code());
    }
}

/// Codes without a message: only programs read them, because the API and the panel use other codes'
/// messages.
const WITHOUT_MESSAGE: [ErrorCode; 2] = [ErrorCode::CustomerUnknown, ErrorCode::Interrupted];

#[test]
fn every_error_code_has_a_message() {
    for &lang in Language::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/locales").join(lang.code());
        let files = fs::read_dir(folder)
            .unwrap()
            .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
        let texts = files.collect::<Vec<_>>().join("\n");
        let has_text = |code: &&ErrorCode| texts.contains(&format!("\nfault-{code} ="));
        let missing: Vec<&ErrorCode> = ErrorCode::ALL
            .iter()
            .filter(|code| !WITHOUT_MESSAGE.contains(code) && !has_text(code))
            .collect();
        assert!(missing.is_empty(), "{}: no fault-… for {missing:?}", lang.code());
    }
}

/// Returns the fields that services store in audit entries, by kind of record:
/// `insert("name".into(), …)` and `json!({ "name": … })`.
fn recorded_fields() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (path, text) in sources("src/services") {
        if !text.contains("audit::") {
            continue;
        }
        let folder = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let kind = match folder {
            "webhooks" => "webhook",
            "php_configs" => "php_config",
            "mysql_servers" => "mysql_server",
            "mail_templates" => "mail_template",
            "plans" => "plan",
            "api_keys" => "customer",
            "jobs" | "demo" => "system",
            _ => continue,
        };
        for part in text.split("insert(\"").skip(1).chain(text.split("json!({ \"").skip(1)) {
            found.insert((kind.to_owned(), part.split('"').next().unwrap().to_owned()));
        }
    }
    found
}

#[tokio::test]
async fn every_recorded_field_has_a_text() {
    let app = TestApp::spawn().await;
    let customer = app.add("admin", minimal("meier")).await.unwrap();
    let admin = app.make_admin("other").await;
    let mut fields = recorded_fields();
    for name in clientele::services::audit::customer_snapshot(&customer).keys() {
        fields.insert(("customer".to_owned(), name.clone()));
    }
    for name in clientele::services::audit::admin_snapshot(&admin).keys() {
        fields.insert(("admin".to_owned(), name.clone()));
    }
    for setting in SETTINGS {
        fields.insert(("system".to_owned(), setting.name.to_owned()));
    }
    for (kind, name) in [
        ("customer", "ended_sessions"),
        ("admin", "ended_api_keys"),
        ("webhook", "enabled"),
        ("mail_template", "subject"),
    ] {
        fields.insert((kind.to_owned(), name.to_owned()));
    }
    let kinds: BTreeSet<&str> = fields.iter().map(|(kind, _)| kind.as_str()).collect();
    let expected =
        ["admin", "customer", "mail_template", "mysql_server", "php_config", "system", "webhook"];
    assert_eq!(kinds, expected.into());
    for &lang in Language::ALL {
        let missing: Vec<_> = fields
            .iter()
            .filter(|(kind, name)| codes::known_field(lang, kind, name).is_none())
            .collect();
        assert!(missing.is_empty(), "{}: no label for {missing:?}", lang.code());
    }
}

#[test]
fn every_job_kind_event_and_entry_point_has_a_text() {
    let events = literals(include_str!("../../src/domain/event.rs"))
        .filter(|code| EventName::parse(code).is_some());
    let mut keys: BTreeSet<String> =
        events.map(|code| format!("event-{}", codes::key(code))).collect();
    assert!(keys.contains("event-customer-added"), "{keys:?}");
    keys.extend(KINDS.iter().map(|kind| format!("job-{}", codes::key(kind.name))));
    keys.extend(["web", "api", "cli", "worker"].map(|code| format!("audit-entry-point-{code}")));
    for (path, text) in sources("src/services") {
        for call in ["Target::other(\"", "Target::system(\""] {
            let area = if call.contains("other") { "audit-target" } else { "audit-system" };
            for part in text.split(call).skip(1) {
                let code = part.split('"').next().unwrap();
                assert!(is_name(code), "{}: {code}", path.display());
                keys.insert(format!("{area}-{}", codes::key(code)));
            }
        }
    }
    for &lang in Language::ALL {
        let missing: Vec<_> = keys.iter().filter(|key| lang.try_t(key).is_none()).collect();
        assert!(missing.is_empty(), "{}: no text for {missing:?}", lang.code());
    }
}

#[test]
fn an_unknown_code_is_still_readable() {
    for &lang in Language::ALL {
        assert_eq!(codes::action(lang, "gift.wrapped_up"), "Gift wrapped up");
        assert_eq!(codes::job_kind(lang, "send_parcel"), "Send parcel");
        assert_eq!(codes::event(lang, "gift.sent"), "Gift sent");
        assert_eq!(codes::field(lang, "customer", "shoe_size"), "Shoe size");
        assert_eq!(codes::target_kind(lang, "gift_box"), "Gift box");
        assert_eq!(codes::entry_point(lang, "back_door"), "Back door");
    }
}

/// Codes and ids of recorded values do not appear in the pages.
#[tokio::test]
async fn the_audit_log_shows_texts_and_names_instead_of_codes_and_ids() {
    let app = TestApp::spawn().await;
    app.sql("INSERT INTO php_configs (description, \"binary\", php_ini, created_at) VALUES ('PHP 8.4', '/usr/bin/php-cgi', '', 0)").await;
    let php = app.number("SELECT MAX(id) FROM php_configs").await;
    let plan = app.plan("admin", "Gold", &[]).await;
    let admin = app.signed_in("admin").await;
    let added = [
        ("email", "a@example.com"),
        ("company", "Ltd"),
        ("new_loginname", "meier"),
        ("gender", "2"),
        ("allowed_phpconfigs", &php.to_string()),
        ("hosting_plan_id", &plan.to_string()),
        ("plan_applied", &plan.to_string()),
    ];
    let page = admin.submit("/customers/new", "/customers", &added).await;
    assert_eq!(page.status, 303, "{}", page.said());
    app.sql("UPDATE jobs SET state = 'failed' WHERE kind = 'create_home'").await;
    let page = admin.open("/jobs?kind=create_home").await;
    assert_eq!(admin.post(&page.form("/jobs/run-failed")).await.status, 303);
    let entry = |action: &str, kind: &str, name: &str, after: &str| {
        format!(
            "INSERT INTO audit_entries (at, actor_kind, actor_name, door, address, action, target_kind, target_name, after) \
             VALUES (0, 'system', 'system', 'cli', '', '{action}', '{kind}', '{name}', '{after}')"
        )
    };
    app.sql(&entry("demo.loaded", "system", "demo", "{\"customers\":60}")).await;
    app.sql(&entry(
        "webhook.added",
        "webhook",
        "Web server",
        "{\"enabled\":true,\"events\":[\"customer.added\"]}",
    ))
    .await;
    app.sql(&entry("gift.wrapped_up", "gift_box", "Box", "{\"shoe_size\":5}")).await;
    for (path, texts) in [
        (
            "/audit",
            vec![
                "Demo customers added",
                "Form of address",
                "Ms",
                "PHP 8.4",
                "Gold",
                "Active",
                "Gift wrapped up",
                "Shoe size",
            ],
        ),
        ("/audit", vec!["Create home directory", "System", "Customer added"]),
        ("/", vec!["Demo customers added", "Given-up jobs retried"]),
    ] {
        let page = admin.open(path).await;
        let shown = page.first("main").unwrap();
        for text in texts {
            assert!(shown.contains(text), "{path} lacks “{text}”: {shown}");
        }
        for code in [
            "demo.loaded",
            "create_home",
            "enabled",
            "customer.added",
            "wrapped_up",
            "shoe_size",
            "gift_box",
        ] {
            assert!(!shown.contains(code), "{path} shows the code {code}: {shown}");
        }
    }
}

/// Returns the words that a language must not use, and their replacements, from `docs/glossary.md`.
fn glossary() -> Vec<(Language, String, String)> {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/glossary.md")).unwrap();
    let mut rules = Vec::new();
    let mut lang = None;
    for line in text.lines() {
        match line {
            "## English" => lang = Some(Language::En),
            "## German" => lang = Some(Language::De),
            _ => {}
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let (Some(lang), [say, not]) = (lang, cells.as_slice())
            && *say != "say"
            && !say.starts_with("---")
        {
            rules.extend(
                not.split(',').map(|word| (lang, word.trim().to_lowercase(), (*say).to_owned())),
            );
        }
    }
    for &lang in Language::ALL {
        assert!(rules.iter().any(|(of, _, _)| *of == lang), "no words of {}", lang.code());
    }
    rules
}

/// Returns whether a text uses a word; `word*` matches every word with this prefix.
fn uses(text: &str, word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    let stem = word.trim_end_matches('*');
    text.match_indices(stem).any(|(at, _)| {
        let end = text[at + stem.len()..].chars().next();
        !is_letter(text[..at].chars().next_back()) && (word.ends_with('*') || !is_letter(end))
    })
}

/// Returns the texts of a language by key, without names of variables and placeholders.
fn texts(lang: Language) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/locales").join(lang.code());
    for file in fs::read_dir(folder).unwrap() {
        for line in fs::read_to_string(file.unwrap().path())
            .unwrap()
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            match line.split_once(" = ").or_else(|| line.split_once(" =")) {
                Some((key, text)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                    found.push((key.to_owned(), text.to_owned()));
                }
                _ => {
                    if let Some((_, text)) = found.last_mut() {
                        text.push(' ');
                        text.push_str(line);
                    }
                }
            }
        }
    }
    // `{ $name }` is a variable, `{ $count ->` begins a selection, and words in capitals are
    // placeholders of mails.
    let plain = |text: String| {
        let parts = text.split(['{', '}']).map(|part| match part.trim_start().strip_prefix('$') {
            Some(variable) => variable.split_once("->").map_or("", |(_, choices)| choices),
            None if part.chars().all(|c| c.is_ascii_uppercase() || c == '_') => "",
            None => part,
        });
        parts.collect::<Vec<_>>().join(" ")
    };
    found.into_iter().map(|(key, text)| (key, plain(text))).collect()
}

#[test]
fn one_thing_has_one_name() {
    let mut wrong = Vec::new();
    for (lang, word, say) in glossary() {
        for (key, text) in texts(lang) {
            if uses(&text.to_lowercase(), &word) {
                wrong.push(format!(
                    "{}: {key}: “{word}” → say “{say}”: {}",
                    lang.code(),
                    text.trim()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "docs/glossary.md forbids these words:\n{}", wrong.join("\n"));
}
