//! The main journey: an admin adds a customer with an email address and a company, and suspends,
//! resumes, moves, unlocks and deletes that customer.

use crate::support::TestApp;
use crate::support::chrome::Chrome;
use crate::support::make::PASSWORD;

const NEW_PASSWORD: &str = "Another-horse-8";

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn an_admin_adds_and_manages_a_customer() {
    let app = TestApp::spawn().await;
    let reseller = app.reseller("reseller", &[]).await;
    let admin = Chrome::start(&app).await;
    admin.open("/login").await;
    admin.check().await;
    admin.sign_in("admin", PASSWORD).await;
    assert_eq!(admin.path().await, "/");
    admin.check().await;

    add(&admin).await;
    assert_eq!(app.worker_run().await, 2, "the home directory and the email");
    assert!(app.home("web1").is_dir());
    let mail = app.last_mail();
    assert_eq!(mail.to, "neu@example.com");
    let password = mail
        .text
        .split_whitespace()
        .find(|w| {
            w.len() == 14
                && w.chars().all(|c| c.is_ascii_alphanumeric())
                && w.contains(|c: char| c.is_ascii_digit())
        })
        .expect("a password in the email");

    let customer = Chrome::start(&app).await;
    customer.sign_in("web1", password).await;
    customer.check().await;
    change_account(&customer, password).await;

    submit_action(&admin, "suspend", "Customer web1 was suspended.").await;
    customer.open("/account").await;
    assert_eq!(customer.path().await, "/login", "signed out at the next request");
    submit_action(&admin, "resume", "Customer web1 was resumed.").await;

    admin.open("/customers/web1/move").await;
    admin.check().await;
    admin.choose("adminid", &reseller.id.0.to_string()).await;
    admin.submit("/customers/web1/move").await;
    assert_eq!(app.get("admin", "web1").await.unwrap().owner_name, "reseller");

    for _ in 0..10 {
        customer.sign_in("web1", "Wrong-password-1").await;
    }
    customer.sign_in("web1", NEW_PASSWORD).await;
    assert_eq!(customer.path().await, "/login", "locked");
    submit_action(&admin, "unlock", "Customer web1 can sign in again.").await;
    customer.sign_in("web1", NEW_PASSWORD).await;
    assert_eq!(customer.path().await, "/");

    delete(&admin).await;
    app.worker_run().await;
    assert!(!app.home("web1").exists(), "the files are gone");
    customer.open("/").await;
    assert_eq!(customer.path().await, "/login");
    for table in ["customers", "ftp_users", "ftp_groups", "domains", "jobs"] {
        let condition = if table == "jobs" { "state <> 'done'" } else { "1=1" };
        assert_eq!(app.count(table, condition).await, 0, "{table}");
    }
    assert!(
        app.count("audit_entries", "target_name = 'web1'").await >= 8,
        "only audit entries remain"
    );
    admin.open("/audit").await;
    admin.check().await;
    app.assert_counters().await;
}

/// Adds a customer with an email address and a company, and emails the password. The first
/// address is invalid.
async fn add(admin: &Chrome) {
    admin.open("/customers").await;
    admin.check().await;
    admin.press("main a[href='/customers/new']").await;
    admin.check().await;
    admin.fill("email", "nobody").await;
    admin.fill("company", "Neu GmbH").await;
    admin.set_ticked("sendpassword", true).await;
    admin.submit("/customers").await;
    admin.wait("document.querySelector('[role=alert]')").await;
    assert_eq!(
        admin.text("#email-error").await,
        "Enter a valid email address, such as name@example.com."
    );
    assert!(
        admin.is("document.activeElement.matches('[role=alert]')").await,
        "the summary has the focus"
    );
    assert!(admin.is("document.querySelector('#sendpassword').checked").await);
    admin.check().await;
    admin.fill("email", "neu@example.com").await;
    admin.submit("/customers").await;
    assert_eq!(admin.path().await, "/customers/web1");
    assert!(admin.text("[role=status]").await.contains("web1"));
    admin.check().await;
}

/// Selects German, the dark theme and a new password.
async fn change_account(customer: &Chrome, password: &str) {
    customer.open("/account").await;
    customer.check().await;
    customer.choose("def_language", "de").await;
    customer.submit("/account/language").await;
    assert!(customer.is("document.documentElement.lang === 'de'").await);
    customer.check().await;
    customer.click("#theme-dark").await;
    customer.submit("/account/theme").await;
    assert!(customer.is("document.documentElement.dataset.bsTheme === 'dark'").await);
    customer.fill("old_password", password).await;
    customer.fill("new_password", NEW_PASSWORD).await;
    customer.fill("new_password_confirm", NEW_PASSWORD).await;
    customer.submit("/account/password").await;
    assert_eq!(
        customer.text("[role=status]").await,
        "Ihr Passwort wurde geändert. Alle Ihre anderen Sitzungen wurden beendet und Ihre API-Schlüssel widerrufen."
    );
    customer.open("/").await;
    assert!(customer.is("document.documentElement.lang === 'de' && document.documentElement.dataset.bsTheme === 'dark'").await);
    customer.check().await;
}

/// Submits a form on the page of the customer, and asserts the flash message.
async fn submit_action(admin: &Chrome, action: &str, flash: &str) {
    admin.open("/customers/web1").await;
    admin.submit(&format!("/customers/web1/{action}")).await;
    assert_eq!(admin.text("[role=status]").await, flash);
    admin.check().await;
}

async fn delete(admin: &Chrome) {
    admin.open("/customers/web1/delete").await;
    admin.check().await;
    assert!(
        admin.is("document.querySelector('[data-confirm-submit]').disabled").await,
        "only once the name is typed"
    );
    admin.fill("confirm", "web1").await;
    assert!(admin.is("!document.querySelector('[data-confirm-submit]').disabled").await);
    admin.set_ticked("delete_userfiles", true).await;
    admin.submit("/customers/web1/delete").await;
    assert_eq!(admin.path().await, "/customers");
    assert!(admin.text("[role=status]").await.contains("web1"));
}
