//! Security controls without a test in other files: the same rules at every entry point,
//! assignments of servers and PHP configurations, single-line values, and log injection.
//! `docs/security.md` names a test for each control; this file also checks that each test exists.

use crate::support::TestApp;
use crate::support::form::OFF;
use crate::support::make::{PASSWORD, with};
use crate::support::process;
use crate::support::program::Installation;
use crate::support::routes::{self, Fixture};
use crate::support::snapshot;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Characters that begin a new line or are no text, if a value is written into a file, a header or
/// a log.
const CONTROLS: [char; 10] =
    ['\n', '\r', '\0', '\t', '\u{b}', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{202e}'];

#[tokio::test]
async fn the_same_rules_apply_at_every_entry_point() {
    let app = TestApp::spawn().await;
    app.customer("taken").await;
    let (admin, api) = (app.signed_in("admin").await, app.api("admin").await);
    for (field, value, code) in [
        ("new_customer_password", "short", "password-too-short"),
        ("new_customer_password", "password1", "password-common"),
        ("email", "no address", "email-invalid"),
        ("email", "taken@", "email-invalid"),
        ("new_loginname", "taken", "loginname-exists"),
        ("new_loginname", "a/../b", "loginname-format"),
        ("diskspace", "-5", "number-negative"),
        ("zipcode", "<b>", "format-invalid"),
        ("name", "a\u{202e}b", "format-invalid"),
        ("custom_notes", "a\0b", "format-invalid"),
    ] {
        let added = app.count("customers", "1 = 1").await;
        let Value::Object(mut params) = with("acme", json!({})) else { unreachable!() };
        params.insert(field.to_owned(), json!(value));
        let reply = api.call("Customers.add", params.into()).await;
        assert_eq!(
            (reply.status, &reply.body["fields"]),
            (400, &json!({ field: [code] })),
            "{field} {value:?}: {}",
            reply.body
        );
        let typed = [("email", "new@example.com"), ("company", "Ltd"), ("new_loginname", "acme")];
        let typed: Vec<(&str, &str)> =
            typed.into_iter().filter(|(name, _)| *name != field).chain([(field, value)]).collect();
        let page = admin.submit("/customers/new", "/customers", &typed).await;
        assert_eq!(page.status, 422, "{field} {value:?}: {}", page.said());
        assert_eq!(page.wrong_fields(), [field], "{value:?}: {}", page.said());
        let row = format!(
            "{}\n{}\n",
            typed.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(","),
            cells(&typed)
        );
        let form = admin.form("/customers/import", "/customers/import").await;
        let preview = admin.upload(&form, row.as_bytes()).await;
        // With a NUL, the file is not a text file.
        let reasons = usize::from(!value.contains('\0'));
        assert_eq!(
            (preview.status, preview.all(".reasons li").len(), preview.alert().is_empty()),
            (422, reasons, false),
            "{field} {value:?} in a file: {}",
            preview.said()
        );
        // A command line argument cannot contain a NUL.
        if !value.contains('\0') {
            let options: Vec<String> =
                typed.iter().map(|(name, value)| format!("--{name}={value}")).collect();
            let arguments: Vec<&str> = ["customers", "add", "--json"]
                .into_iter()
                .chain(options.iter().map(String::as_str))
                .collect();
            let output = process::run_on(&app, &arguments);
            let parsed: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
            assert_eq!(
                (output.status.code(), &parsed["fields"]),
                (Some(2), &json!({ field: [code] })),
                "{field} {value:?} on the command line: {parsed} {output:?}"
            );
        }
        assert_eq!(app.count("customers", "1 = 1").await, added, "{field} {value:?} ({code})");
    }
}

fn cells(typed: &[(&str, &str)]) -> String {
    typed
        .iter()
        .map(|(_, value)| format!("\"{}\"", value.replace('"', "\"\"")))
        .collect::<Vec<_>>()
        .join(",")
}

#[tokio::test]
async fn only_managers_in_scope_assign_servers_and_php_configurations_and_only_existing_ones() {
    let app = TestApp::spawn().await;
    app.sql("INSERT INTO mysql_servers (id, name, host, port, created_at) VALUES (7, 'db7', 'db7', 3306, 0)").await;
    for reseller in ["owner", "other"] {
        app.reseller(reseller, &[]).await;
    }
    app.customer_of("owner", "theirs").await;
    let assigned = async || {
        let customer = app.get("admin", "theirs").await.unwrap();
        let servers: Vec<i64> = customer.profile.mysql_servers.iter().map(|id| id.0).collect();
        let configs: Vec<i64> =
            customer.profile.services.php_configs.iter().map(|id| id.0).collect();
        (servers, configs)
    };
    let before = assigned().await;
    let changes = [
        json!({ "mysqls": 1, "allowed_mysqlserver": [7] }),
        json!({ "phpenabled": 1, "allowed_phpconfigs": [1] }),
    ];
    for change in &changes {
        let Value::Object(mut params) = change.clone() else { unreachable!() };
        params.insert("loginname".to_owned(), json!("theirs"));
        for (caller, status) in [("theirs", 403), ("other", 404)] {
            let reply = app.api(caller).await.call("Customers.update", params.clone().into()).await;
            assert_eq!(reply.status, status, "{caller}: {}", reply.body);
        }
        assert_eq!(assigned().await, before, "{change}");
    }
    // Nobody can assign records that do not exist, through any entry point.
    let admin = app.signed_in("admin").await;
    for (field, change) in [
        ("allowed_mysqlserver", json!({ "mysqls": 1, "allowed_mysqlserver": [7, 99] })),
        ("allowed_phpconfigs", json!({ "allowed_phpconfigs": [99] })),
    ] {
        let Value::Object(mut params) = change else { unreachable!() };
        params.insert("loginname".to_owned(), json!("theirs"));
        let reply = app.api("admin").await.call("Customers.update", params.into()).await;
        assert_eq!(reply.body["fields"], json!({ field: ["id-unknown"] }), "{}", reply.body);
        let page = admin
            .submit(
                "/customers/theirs/edit",
                "/customers/theirs",
                &[("mysqls", "1"), (field, "99")],
            )
            .await;
        assert_eq!(page.status, 422, "{}", page.said());
    }
    assert_eq!(assigned().await, before);
    for change in changes {
        app.update("owner", "theirs", change).await.unwrap();
    }
    assert_eq!(assigned().await, (vec![7], vec![1]));
}

#[tokio::test]
async fn control_characters_are_refused_in_single_line_fields() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let admin = app.signed_in("admin").await;
    let forms: [(&str, &str, &[&str]); 6] = [
        (
            "/customers/new",
            "/customers",
            &[
                "name",
                "firstname",
                "company",
                "street",
                "zipcode",
                "city",
                "phone",
                "fax",
                "email",
                "customernumber",
                "new_loginname",
            ],
        ),
        ("/admins/new", "/admins", &["new_loginname", "name", "email"]),
        ("/plans/new", "/plans", &["name"]),
        ("/php-configs/new", "/php-configs", &["description", "binary"]),
        ("/mysql-servers/new", "/mysql-servers", &["name", "host", "admin_url"]),
        ("/webhooks/new", "/webhooks", &["label", "url"]),
    ];
    for (path, action, fields) in forms {
        let form = admin.form(path, action).await;
        for field in fields {
            let good = match *field {
                "email" => "a@example.com",
                "url" => "https://hooks.example.com/a",
                "admin_url" => "mysql://root:password@db.example:3306",
                "binary" => "/usr/bin/php",
                "zipcode" | "phone" | "fax" => "12345",
                _ => "Example",
            };
            for control in CONTROLS {
                // Word processors add this character to telephone numbers, where it is removed.
                if matches!(*field, "phone" | "fax") && control == '\u{202e}' {
                    continue;
                }
                // Insert it in the middle, because the ends are trimmed.
                let (begin, end) = good.split_at(good.len() - 3);
                let page =
                    admin.post(&form.clone().with(field, &format!("{begin}{control}{end}"))).await;
                assert_eq!(page.status, 422, "{action} {field} {control:?}: {}", page.said());
                assert!(
                    page.field_error(field).is_some(),
                    "{action} {field} {control:?}: {}",
                    page.said()
                );
            }
        }
    }
}

/// The tests above list their fields explicitly. This test covers every text input of every form on
/// the panel's pages, except the forms for visitors.
#[tokio::test]
async fn no_text_field_of_any_form_accepts_control_characters() {
    let app = TestApp::spawn().await;
    let mut fixture = Fixture::make(&app).await;
    fixture.own_key_of(&app, "admin").await;
    let admin = app.signed_in("admin").await;
    let fields = scraper::Selector::parse("input[name]:not([readonly])").unwrap();
    let forms = scraper::Selector::parse("form[method=post]").unwrap();
    let (mut tested, mut accepted) = (std::collections::BTreeSet::new(), Vec::new());
    // Visitors' forms have one response for every unknown login name, so they report no field.
    let is_for_visitors = |path: &str| path.starts_with("/login") || path.starts_with("/password");
    for route in routes::pages().into_iter().filter(|route| !is_for_visitors(&route.path)) {
        let page = admin.get(&fixture.path(&route.path)).await;
        if page.status != 200 || !page.is_html() {
            continue;
        }
        let html = page.html();
        for on_page in html.select(&forms) {
            let action = on_page.attr("action").unwrap_or(&page.path);
            let names = on_page.select(&fields).filter(|field| {
                matches!(field.attr("type").unwrap_or("text"), "text" | "email" | "url" | "tel")
            });
            let names: Vec<String> =
                names.filter_map(|field| field.attr("name").map(ToOwned::to_owned)).collect();
            let form = page.form(action);
            for name in names {
                tested.insert(format!("{} {name}", route.path));
                let good = form
                    .value(&name)
                    .filter(|value| value.chars().count() > 1)
                    .unwrap_or("Example")
                    .to_owned();
                let middle = good.char_indices().nth(1).map_or(0, |(at, _)| at);
                for control in ['\n', '\u{1b}', '\u{85}'] {
                    // A number counts only if its "unlimited" box is not ticked.
                    let mut typed = form.clone().with(&format!("{name}_ul"), OFF);
                    typed = typed
                        .with(&name, &format!("{}{control}{}", &good[..middle], &good[middle..]));
                    if typed.value("current_password").is_some() {
                        typed = typed.with("current_password", PASSWORD);
                    }
                    let response = admin.post(&typed).await;
                    if response.status != 422 || response.field_error(&name).is_none() {
                        accepted.push(format!(
                            "{} {action} {name} {control:?}: {}",
                            route.path,
                            response.said()
                        ));
                    }
                }
            }
        }
    }
    assert!(accepted.is_empty(), "{accepted:#?}");
    let tested: String = tested.iter().flat_map(|field| [field.as_str(), "\n"]).collect();
    snapshot::check("text_fields.txt", &tested);
}

#[tokio::test]
async fn requests_cannot_forge_log_lines_or_escape_sequences() {
    for format in ["pretty", "json"] {
        let installation =
            Installation::new().with("CLIENTELE_LOG", "trace").with("CLIENTELE_LOG_FORMAT", format);
        let program = installation.serve().await;
        let hostile =
            "x\nForged-line 1.2.3.4 signed in\r\nForged-line\u{1b}[31m<script>alert(1)</script>";
        let visitor = program.browser();
        visitor.sign_in(hostile, hostile).await;
        visitor
            .submit(
                "/password/forgot",
                "/password/forgot",
                &[("loginname", hostile), ("email", hostile)],
            )
            .await;
        for header in ["user-agent", "referer", "x-forwarded-for", "x-request-id"] {
            visitor
                .send(
                    visitor
                        .request("GET", "/login")
                        .header(header, "Forged-line <script>alert(1)</script>"),
                )
                .await;
        }
        let path = format!(
            "/customers/{}",
            url::form_urlencoded::byte_serialize(hostile.as_bytes())
                .collect::<String>()
                .replace('+', "%20")
        );
        visitor.get(&path).await;
        let output = program.output();
        assert!(
            !output.lines().any(|line| line.trim_start().starts_with("Forged-line")),
            "{format}: {output}"
        );
        assert!(!output.contains("\u{1b}[31m"), "{format}");
    }
}

/// Returns the files that may contain a test path such as `xss::stored_values_are_shown_as_text` or
/// `clientele::domain::text::tests::…`.
fn sources(modules: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, modules) = match modules {
        ["clientele", rest @ ..] => (root.join("src"), rest),
        all => (root.join("tests/it"), all),
    };
    let path: PathBuf = modules.iter().collect();
    let mut files =
        vec![folder.join(&path).with_extension("rs"), folder.join(&path).join("mod.rs")];
    if let Some(above) = path.parent().filter(|_| path.ends_with("tests")) {
        files.extend([
            folder.join(above).with_extension("rs"),
            folder.join(above).join("mod.rs"),
            folder.join(above).join("lib.rs"),
        ]);
    }
    files
}

#[test]
fn every_control_names_a_test_that_exists() {
    let document =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/security.md"))
            .unwrap();
    let mut numbers = Vec::new();
    for row in document
        .lines()
        .filter(|line| line.starts_with("| ") && line.ends_with('|') && !line.starts_with("| #"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let Ok(number) = cells[0].parse::<usize>() else { continue };
        numbers.push(number);
        let tests: Vec<&str> = cells.last().unwrap().split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "no test: {row}");
        for test in tests {
            let mut modules: Vec<&str> = test.split("::").collect();
            let name = modules.pop().unwrap();
            let function = format!("fn {name}(");
            let is_there = sources(&modules).iter().any(|file| {
                let text = std::fs::read_to_string(file).unwrap_or_default();
                let Some(at) = text.find(&function) else { return false };
                let before = &text[..at];
                before[before.rfind("\n\n").unwrap_or(0)..].contains("test")
            });
            assert!(is_there, "{test} is no test: {row}");
        }
    }
    assert_ne!(numbers, [0; 0]);
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "the numbers of the controls");
}
