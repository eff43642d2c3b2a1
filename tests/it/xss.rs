//! Hostile texts in fields, addresses and headers are shown as texts on every page.
//!
//! Every page that the tests fetch is checked for inline scripts, handlers and styles
//! (`support/page.rs`). Here the pages are full of texts that would create some.

use crate::support::make::minimal;
use crate::support::routes::{self, Fixture};
use crate::support::{Page, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Texts that change their meaning if they are not escaped.
const CORPUS: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "\" autofocus onfocus=alert(1) x=\"",
    "</textarea></title><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<svg/onload=alert(1)>",
];

/// Columns of customers for single lines of text.
const COLUMNS: [&str; 5] = ["name", "firstname", "company", "street", "city"];

/// Returns as many of the texts as a column of this length can store, quoted for SQL.
fn hostile(max_len: usize) -> String {
    let mut all = String::new();
    for text in CORPUS {
        if all.len() + text.len() < max_len {
            all = format!("{all}{text} ");
        }
    }
    all.trim_end().replace('\'', "''")
}

/// Asserts that no link runs a script, and that the hostile images do not exist. [`Page`] asserts
/// that the page has no inline scripts and no event handlers.
fn check(page: &Page) {
    if !page.is_html() {
        return;
    }
    for (selector, attribute) in [("[href]", "href"), ("[src]", "src"), ("form", "action")] {
        for element in page.html().select(&scraper::Selector::parse(selector).unwrap()) {
            let target = element.attr(attribute).unwrap_or_default().trim().to_lowercase();
            assert!(
                !target.starts_with("javascript:") && !target.starts_with("data:"),
                "{}: {target}",
                page.path
            );
        }
    }
    assert!(!page.has("img[src=x]") && !page.has("svg[onload]"), "{}", page.path);
}

#[tokio::test]
async fn stored_values_are_shown_as_text() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    // The services refuse angle brackets in single lines, so SQL writes texts that a database could
    // contain.
    for (index, text) in CORPUS.iter().enumerate() {
        let login_name = format!("hostile{index}");
        app.customer_of("owner", &login_name).await;
        let quoted = text.replace('\'', "''");
        let columns = COLUMNS.map(|column| format!("{column} = '{quoted}'"));
        app.sql(&format!(
            "UPDATE customers SET {}, notes = '{quoted}', notes_shown = TRUE WHERE login_name = '{login_name}'",
            columns.join(", ")
        ))
        .await;
        app.sql(&format!(
            "UPDATE domains SET name = '{quoted}{index}' WHERE name = '{login_name}.localhost'"
        ))
        .await;
    }
    let (all, line, short, name) = (hostile(usize::MAX), hostile(255), hostile(100), hostile(64));
    for sql in [
        format!("UPDATE admins SET name = '{line}', notes = '{all}', notes_shown = TRUE"),
        format!("UPDATE plans SET name = '{line}', description = '{all}'"),
        format!("UPDATE php_configs SET description = '{short}'"),
        format!("UPDATE mysql_servers SET name = '{short}', host = '{line}'"),
        format!("UPDATE jobs SET subject = '{line}', last_error = '{all}'"),
        format!(
            "UPDATE audit_entries SET target_name = '{line}', actor_name = '{name}', address = '{name}', \"before\" = '{{\"a\": 1}}'"
        ),
    ] {
        app.sql(&sql).await;
    }
    app.set("provider.name", CORPUS[1]).await;
    app.set("provider.contact", CORPUS[5]).await;
    for actor in ["admin", "owner", "hostile0", "hostile1", "hostile4", "hostile8"] {
        let client = app.signed_in(actor).await;
        for route in routes::pages() {
            check(&client.get(&fixture.path(&route.path)).await);
        }
        for index in 0..CORPUS.len() {
            for page in ["", "/edit", "/delete", "/move"] {
                check(&client.get(&format!("/customers/hostile{index}{page}")).await);
            }
        }
    }
    let page = app.signed_in("admin").await.open("/customers/hostile0").await;
    let text: String = page.html().root_element().text().collect();
    assert!(text.contains(CORPUS[0]), "the script is shown as text");
}

#[tokio::test]
async fn refused_values_are_shown_as_text() {
    let app = TestApp::spawn().await;
    let plan = app.plan("admin", "Gold", &[]).await;
    app.customer("meier").await;
    app.reseller("reseller", &[]).await;
    let (webhook, _) = app.webhook("https://hooks.example.com/").await;
    let admin = app.signed_in("admin").await;
    let forms = [
        ("/webhooks/new".to_owned(), "/webhooks".to_owned()),
        (format!("/webhooks/{webhook}/edit"), format!("/webhooks/{webhook}")),
        ("/mysql-servers/new".to_owned(), "/mysql-servers".to_owned()),
        ("/mysql-servers/0/edit".to_owned(), "/mysql-servers/0".to_owned()),
        ("/php-configs/new".to_owned(), "/php-configs".to_owned()),
        ("/php-configs/1/edit".to_owned(), "/php-configs/1".to_owned()),
        ("/mail-templates/welcome/en".to_owned(), "/mail-templates/welcome/en".to_owned()),
        ("/default-index".to_owned(), "/default-index".to_owned()),
        ("/account/api-keys/new".to_owned(), "/account/api-keys".to_owned()),
        ("/customers/new".to_owned(), "/customers".to_owned()),
        ("/customers/meier/edit".to_owned(), "/customers/meier".to_owned()),
        ("/customers/meier/delete".to_owned(), "/customers/meier/delete".to_owned()),
        ("/customers/meier/move".to_owned(), "/customers/meier/move".to_owned()),
        ("/admins/new".to_owned(), "/admins".to_owned()),
        ("/admins/reseller/edit".to_owned(), "/admins/reseller".to_owned()),
        ("/plans/new".to_owned(), "/plans".to_owned()),
        (format!("/plans/{plan}/edit"), format!("/plans/{plan}")),
        ("/settings".to_owned(), "/settings".to_owned()),
        ("/account".to_owned(), "/account/language".to_owned()),
        ("/account".to_owned(), "/account/theme".to_owned()),
        ("/account".to_owned(), "/account/password".to_owned()),
    ];
    let mut statuses: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    for (path, action) in forms {
        for text in CORPUS {
            let mut form = admin.form(&path, &action).await;
            // The original values are kept, so that the texts count as edits.
            let keep = ["csrf_token", "submission", "version", "original"];
            for (name, value) in &mut form.fields {
                if !keep.contains(&name.as_str()) {
                    text.clone_into(value);
                }
            }
            let response = admin.post(&form).await;
            statuses.entry(action.clone()).or_default().push(response.status);
            check(&response);
        }
    }
    for (action, found) in statuses {
        // The provider's own page may contain anything.
        let expected = if action == "/default-index" { 303 } else { 422 };
        assert_eq!(found, [expected; CORPUS.len()], "{action}");
    }
    for text in CORPUS {
        let quoted = text.replace('"', "\"\"");
        for file in [
            format!("{text}\n1\n"),
            format!("email,company,city\n\"{quoted}\",\"{quoted}\",\"{quoted}\"\n"),
            text.to_owned(),
        ] {
            let form = admin.form("/customers/import", "/customers/import").await;
            let response = admin.upload(&form, file.as_bytes()).await;
            assert_eq!(response.status, 422, "{file}: {}", response.said());
            check(&response);
        }
        let visitor = app.browser();
        let response = visitor.sign_in(text, text).await;
        check(&response);
        let response = visitor
            .submit("/password/forgot", "/password/forgot", &[("loginname", text), ("email", text)])
            .await;
        check(&response);
    }
}

#[tokio::test]
async fn texts_in_addresses_and_headers_are_harmless() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let mut statuses = Vec::new();
    for text in CORPUS {
        let mut statuses_of_text = Vec::new();
        let query =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("q", text).finish();
        for path in [
            format!("/customers?{query}"),
            format!("/customers?status={text}&sort={text}&dir={text}&page={text}&owner={text}")
                .replace(['<', '>', '"', ' ', '#', '{', '}', '$', '%'], "x"),
            format!(
                "/customers/{}",
                url::form_urlencoded::byte_serialize(text.as_bytes())
                    .collect::<String>()
                    .replace('+', "%20")
            ),
            format!(
                "/login?next={}",
                url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>()
            ),
            format!("/audit?{query}"),
            format!("/jobs?{query}"),
        ] {
            let page = admin.get(&path).await;
            statuses_of_text.push(page.status);
            check(&page);
        }
        let request = admin
            .request("GET", "/customers")
            .header("user-agent", text)
            .header("accept-language", text)
            .header("x-forwarded-for", text);
        check(&admin.send(request.header("referer", text)).await);
        statuses.push(statuses_of_text);
    }
    // Searches with two of the texts are refused, because they contain paired quotes or a colon.
    let expected =
        |index: usize| [if [2, 5].contains(&index) { 422 } else { 200 }, 200, 404, 303, 200, 200];
    assert_eq!(
        statuses,
        (0..CORPUS.len()).map(expected).collect::<Vec<_>>(),
        "one row for each text"
    );
}

#[tokio::test]
async fn a_hostile_login_name_is_text_in_the_audit_log() {
    let app = TestApp::spawn().await;
    for text in CORPUS {
        app.browser().sign_in(text, "Wrong-password-1").await;
    }
    check(&app.signed_in("admin").await.open("/audit").await);
}

#[tokio::test]
async fn submitted_brackets_are_refused_and_other_text_is_accepted() {
    let app = TestApp::spawn().await;
    for (index, text) in CORPUS.iter().enumerate() {
        let Value::Object(mut parameters) = minimal(&format!("kd{index}")) else { unreachable!() };
        parameters.insert("company".to_owned(), json!(text));
        let outcome = app.add("admin", parameters.into()).await;
        assert_eq!(outcome.is_ok(), !text.contains(['<', '>']), "{text}");
    }
}
