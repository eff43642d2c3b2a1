//! Mails arrive unchanged: passwords with all their spaces, and links in one piece.

use crate::support::TestApp;
use crate::support::mail::SmtpServer;
use crate::support::make::with;
use scraper::{Html, Selector};
use serde_json::json;

/// Passwords with spaces that a mail could lose.
const PASSWORDS: [&str; 5] = [
    " Leading-space-1",
    "Trailing-space-2 ",
    "Double  space-in-3",
    "  Both  Ends-4  ",
    "\u{a0}No\u{3000}break<&>-5",
];

/// Returns the password in the plain text, after its label.
fn password_in_text(text: &str, label: &str) -> String {
    let line = text
        .split("\r\n")
        .flat_map(|line| line.split('\n'))
        .find_map(|line| line.strip_prefix(&format!("    {label}: ")));
    line.unwrap_or_else(|| panic!("{text}")).to_owned()
}

/// Returns the password in the HTML, in an element that preserves white space.
fn password_in_html(html: &str) -> String {
    let page = Html::parse_document(html);
    let found: Vec<String> = page
        .select(&Selector::parse("code[style*='pre-wrap']").unwrap())
        .map(|code| code.text().collect())
        .collect();
    assert_eq!(found.len(), 1, "{html}");
    found[0].clone()
}

#[tokio::test]
async fn passwords_with_unusual_spaces_arrive_unchanged() {
    let app = TestApp::spawn().await;
    let server = SmtpServer::start();
    for (number, password) in PASSWORDS.iter().enumerate() {
        let name = format!("kd{number}");
        app.add(
            "admin",
            with(&name, json!({ "new_customer_password": password, "sendpassword": 1 })),
        )
        .await
        .unwrap();
        app.worker_with(server.mailer()).run_until_empty().await.unwrap();
        let mail = server.mails().pop().unwrap();
        assert_eq!(password_in_text(&mail.text, "Password"), *password);
        assert_eq!(password_in_html(&mail.html), *password);
        assert!(mail.text.contains("The password contains spaces"), "{}", mail.text);
        app.sign_in_as(&name, password).await;
        app.update(
            "admin",
            &name,
            json!({ "new_customer_password": format!("{password}x  y"), "sendpassword": 1 }),
        )
        .await
        .unwrap();
        app.worker_with(server.mailer()).run_until_empty().await.unwrap();
        let mail = server.mails().pop().unwrap();
        assert_eq!(password_in_text(&mail.text, "Password"), format!("{password}x  y"));
        assert_eq!(password_in_html(&mail.html), format!("{password}x  y"));
    }
    app.add(
        "admin",
        with("plain", json!({ "new_customer_password": "Some-pass word-1", "sendpassword": 1 })),
    )
    .await
    .unwrap();
    app.worker_with(server.mailer()).run_until_empty().await.unwrap();
    assert!(!server.mails().pop().unwrap().text.contains("The password contains spaces"));
}

#[tokio::test]
async fn passwords_arrive_unchanged_in_the_providers_own_template() {
    let app = TestApp::spawn().await;
    let server = SmtpServer::start();
    app.sql(
        "INSERT INTO mail_templates (name, language, owner_id, subject, body, updated_at) \
         SELECT 'welcome', 'en', id, 'Welcome', 'Account {USERNAME}, and its password, which is to be kept secret by everybody, is [{PASSWORD}].', 0 FROM admins",
    )
    .await;
    for (number, password) in PASSWORDS.iter().enumerate() {
        app.add(
            "admin",
            with(
                &format!("kd{number}"),
                json!({ "new_customer_password": password, "sendpassword": 1 }),
            ),
        )
        .await
        .unwrap();
        app.worker_with(server.mailer()).run_until_empty().await.unwrap();
        let mail = server.mails().pop().unwrap();
        assert!(mail.text.contains(&format!("[{password}].")), "{}", mail.text);
        let page = Html::parse_document(&mail.html);
        let selector = Selector::parse("p[style*='pre-wrap']").unwrap();
        let paragraphs = page.select(&selector).map(|p| p.text().collect::<String>());
        assert!(
            paragraphs.collect::<String>().contains(&format!("[{password}].")),
            "{}",
            mail.html
        );
    }
}

#[tokio::test]
async fn links_are_whole_in_the_raw_mail() {
    for language in ["en", "de"] {
        let app = TestApp::spawn().await;
        let server = SmtpServer::start();
        app.add("admin", with("meier", json!({ "def_language": language, "name": "Müller" })))
            .await
            .unwrap();
        app.sql("DELETE FROM jobs").await;
        let browser = app.browser();
        let form =
            browser.form("/password/forgot", "/password/forgot").await.with("loginname", "meier");
        browser.post(&form.with("email", "meier@customer.example")).await;
        app.worker_with(server.mailer()).run_until_empty().await.unwrap();
        let mail = server.mails().pop().unwrap();
        let link =
            mail.text.split_whitespace().find(|word| word.contains("/password/reset/")).unwrap();
        let token = link.strip_prefix(&app.url("/password/reset/")).unwrap();
        assert_eq!(token.len(), 43, "{link}");
        let lines: Vec<&str> = mail.raw.lines().map(str::trim).collect();
        assert!(
            lines.contains(&link),
            "{language}: the link is no line of its own in the plain text: {}",
            mail.raw
        );
        assert!(mail.raw.contains(&format!("href=\"{link}\"")), "{language}: {}", mail.raw);
        assert!(mail.raw.lines().all(|line| line.len() <= 998), "{}", mail.raw);
    }
}

#[tokio::test]
async fn links_are_whole_in_the_files_of_the_outbox() {
    let app = TestApp::spawn().await;
    let outbox = app.dir().join("outbox-of-test");
    let mailer = clientele::mail::Mailer::files(
        "Panel <panel@example.com>".parse().unwrap(),
        outbox.clone(),
    );
    app.add(
        "admin",
        with("meier", json!({ "def_language": "de", "name": "Müller", "sendpassword": 1 })),
    )
    .await
    .unwrap();
    app.worker_with(mailer).run_until_empty().await.unwrap();
    let file = std::fs::read_dir(&outbox).unwrap().flatten().next().unwrap();
    let raw = std::fs::read_to_string(file.path()).unwrap();
    assert!(raw.contains(&format!(": {}\r\n", app.url("/login"))), "{raw}");
    assert!(raw.contains("Grüßen"), "the text is not encoded: {raw}");
}
