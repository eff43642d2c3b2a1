//! `/account`: language, theme and password of the signed-in account. `/`: limits and usage of a
//! customer.

use crate::support::TestApp;
use crate::support::make::PASSWORD;

const NEW_PASSWORD: &str = "Another-horse-8";

#[tokio::test]
async fn language_and_theme_apply_at_once_and_in_later_sessions() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.reseller("reseller", &[]).await;
    for login_name in ["meier", "reseller", "admin"] {
        let client = app.signed_in(login_name).await;
        let page = client
            .submit_and_follow("/account", "/account/language", &[("def_language", "de")])
            .await;
        assert_eq!(page.attr("html", "lang").as_deref(), Some("de"), "{login_name}");
        assert_eq!(page.flash(), "Die Sprache des Panels ist jetzt Deutsch.");
        let page =
            client.submit_and_follow("/account", "/account/theme", &[("theme", "dark")]).await;
        assert_eq!(page.attr("html", "data-bs-theme").as_deref(), Some("dark"));
        assert_eq!(page.flash(), "Die Darstellung wurde geändert.");
        let page = app.signed_in(login_name).await.open("/").await;
        assert_eq!(
            (page.attr("html", "lang").as_deref(), page.attr("html", "data-bs-theme").as_deref()),
            (Some("de"), Some("dark"))
        );
    }
}

#[tokio::test]
async fn unknown_languages_and_themes_are_refused() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let client = app.signed_in("meier").await;
    for language in ["xx", "../../etc/passwd", "", "de\0", "DE", "/etc/passwd"] {
        let page =
            client.submit("/account", "/account/language", &[("def_language", language)]).await;
        assert_eq!(page.status, 422, "{language:?}");
        assert_eq!(page.wrong_fields(), ["def_language"]);
    }
    for theme in ["Neon", "", "../x"] {
        let page = client.submit("/account", "/account/theme", &[("theme", theme)]).await;
        assert_eq!(page.status, 422, "{theme:?}");
        assert_eq!(page.wrong_fields(), ["theme"]);
    }
}

#[tokio::test]
async fn d53_forbidden_parameters_change_nothing() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let client = app.signed_in("meier").await;
    let before = app.get("admin", "meier").await.unwrap();
    let typed = [
        ("def_language", "de"),
        ("email", "evil@example.com"),
        ("diskspace", "999"),
        ("gui_access", "0"),
        ("api_allowed", "0"),
    ];
    client.submit("/account", "/account/language", &typed).await;
    let after = app.get("admin", "meier").await.unwrap();
    assert_eq!(after.profile.contact, before.profile.contact);
    assert_eq!(
        (after.profile.services, after.profile.api_allowed),
        (before.profile.services, before.profile.api_allowed)
    );
}

#[tokio::test]
async fn the_old_password_and_the_password_policy_are_checked() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let client = app.signed_in("meier").await;
    for (old, new, confirm, field) in [
        ("", NEW_PASSWORD, NEW_PASSWORD, "old_password"),
        ("Wrong-password-1", NEW_PASSWORD, NEW_PASSWORD, "old_password"),
        (PASSWORD, "short", "short", "new_password"),
        (PASSWORD, "", "", "new_password"),
        (PASSWORD, NEW_PASSWORD, "Different-1", "new_password_confirm"),
    ] {
        let typed =
            [("old_password", old), ("new_password", new), ("new_password_confirm", confirm)];
        let page = client.submit("/account", "/account/password", &typed).await;
        assert_eq!(page.status, 422, "{field}");
        assert_eq!(page.wrong_fields(), [field]);
        assert!(!page.text.contains(NEW_PASSWORD), "the response contains no password");
    }
    app.signed_in("meier").await;
}

#[tokio::test]
async fn guessing_the_old_password_locks_like_failed_sign_ins() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let client = app.signed_in("meier").await;
    for _ in 0..10 {
        client
            .submit(
                "/account",
                "/account/password",
                &[
                    ("old_password", "Wrong-password-1"),
                    ("new_password", NEW_PASSWORD),
                    ("new_password_confirm", NEW_PASSWORD),
                ],
            )
            .await;
    }
    let typed = [
        ("old_password", PASSWORD),
        ("new_password", NEW_PASSWORD),
        ("new_password_confirm", NEW_PASSWORD),
    ];
    assert_eq!(client.submit("/account", "/account/password", &typed).await.status, 422);
    assert_eq!(app.browser().sign_in("meier", PASSWORD).await.status, 422);
}

#[tokio::test]
async fn d40_the_password_form_changes_the_ftp_password_only_if_selected() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let client = app.signed_in("meier").await;
    let ftp = "SELECT password_hash FROM ftp_users WHERE username = 'meier'";
    let before = app.text(ftp).await.unwrap();
    let typed = [
        ("old_password", PASSWORD),
        ("new_password", NEW_PASSWORD),
        ("new_password_confirm", NEW_PASSWORD),
        ("ftp_password", crate::support::form::OFF),
    ];
    client.submit_and_follow("/account", "/account/password", &typed).await;
    assert_eq!(app.text(ftp).await.unwrap(), before);
    let third = "Third-horse-99";
    let typed = [
        ("old_password", NEW_PASSWORD),
        ("new_password", third),
        ("new_password_confirm", third),
        ("ftp_password", "1"),
    ];
    client.submit_and_follow("/account", "/account/password", &typed).await;
    let after = app.text(ftp).await.unwrap();
    assert!(
        after.starts_with("$6$") && app.app.env.hasher.verify(&third.into(), Some(&after)).await.ok
    );
    assert_eq!(app.count("jobs", "kind = 'send_password_changed'").await, 2);
    assert_eq!(
        app.count(
            "audit_entries",
            "actor_name = 'meier' AND action LIKE 'customer.password_changed%'"
        )
        .await,
        2
    );
}

#[tokio::test]
async fn the_password_policy_is_shown() {
    let app = TestApp::spawn().await;
    for rule in ["numeric", "alpha_lower", "alpha_upper"] {
        app.set(&format!("password.{rule}"), "1").await;
    }
    let page = app.signed_in("admin").await.open("/account").await;
    for rule in ["min", "lower", "upper", "digit"] {
        assert!(page.has(&format!("[data-policy=new_password] li[data-rule={rule}]")), "{rule}");
    }
}

#[tokio::test]
async fn a_customer_sees_limits_and_usage() {
    let app = TestApp::spawn().await;
    app.add(
        "admin",
        crate::support::make::with("meier", serde_json::json!({ "emails": 12, "diskspace": 300 })),
    )
    .await
    .unwrap();
    app.sql("UPDATE customers SET emails_used = 7").await;
    let page = app.signed_in("meier").await.open("/").await;
    let text: String = page.html().root_element().text().collect();
    assert!(text.contains("12") && text.contains('7') && text.contains("300"), "{text}");
    assert!(
        !page.has("a[href='/customers']") && !page.has("a[href='/admins']"),
        "no link to pages of managers"
    );
}

/// A composed letter and a letter with a combining mark look the same, but keyboards differ in
/// which one they type.
#[tokio::test]
async fn passwords_are_normalized_and_older_hashes_remain_valid() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let (composed, combining) = ("Gr\u{fc}ner-Hut-77", "Gru\u{308}ner-Hut-77");
    let client = app.signed_in("meier").await;
    let typed = [
        ("old_password", PASSWORD),
        ("new_password", combining),
        ("new_password_confirm", combining),
    ];
    client.submit_and_follow("/account", "/account/password", &typed).await;
    app.sign_in_as("meier", composed).await;
    app.sign_in_as("meier", combining).await;
    let raw = bcrypt::hash(combining, 4).unwrap();
    app.sql(&format!("UPDATE logins SET password_hash = '{raw}' WHERE name_key = 'meier'")).await;
    assert_eq!(
        app.browser().sign_in("meier", composed).await.status,
        422,
        "the stored hash is of the other form"
    );
    app.sign_in_as("meier", combining).await;
    app.sign_in_as("meier", composed).await;
}

#[tokio::test]
async fn names_and_common_words_are_refused_as_passwords() {
    let app = TestApp::spawn().await;
    app.set("provider.name", "Example Hosting").await;
    app.add(
        "admin",
        crate::support::make::with(
            "meiershop",
            serde_json::json!({ "email": "anna.blume@garden.example" }),
        ),
    )
    .await
    .unwrap();
    let client = app.signed_in("meiershop").await;
    for bad in [
        "password1",
        "Passwort2026",
        "meiershop1",
        "anna.blume",
        "garden2026",
        "ExampleHosting1",
        "qwertzuiop",
        "12345678",
    ] {
        let typed =
            [("old_password", PASSWORD), ("new_password", bad), ("new_password_confirm", bad)];
        let page = client.submit("/account", "/account/password", &typed).await;
        assert_eq!(
            (page.status, page.wrong_fields()),
            (422, vec!["new_password".to_owned()]),
            "{bad}"
        );
        let refused = app
            .update("admin", "meiershop", serde_json::json!({ "new_customer_password": bad }))
            .await;
        assert_eq!(
            crate::support::make::refused(refused),
            ["new_customer_password: password-common"],
            "{bad}"
        );
    }
}
