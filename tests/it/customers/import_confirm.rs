//! Confirmation of an import: once, by the account that uploaded the file, within an hour, and only
//! if the file is still valid.

use super::import::{confirm, errors, preview};
use crate::support::TestApp;
use crate::support::client::multipart;
use crate::support::make::minimal;
use jiff::SignedDuration;

const FILE: &str =
    "email,company,loginname,diskspace\na@example.com,A,one,10\nb@example.com,B,two,10\n";

#[tokio::test]
async fn simultaneous_confirmations_import_once() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let form = preview(&admin, "email,company\na@example.com,A\nb@example.com,B\n")
        .await
        .form("/customers/import/confirm");
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..5 {
        let (admin, form) = (admin.clone(), form.clone());
        tasks.spawn(async move {
            let response = admin.post(&form).await;
            (response.status, response.location().to_owned())
        });
    }
    let expected = (303, "/customers?sort=created&dir=desc".to_owned());
    for response in tasks.join_all().await {
        assert_eq!(response, expected);
    }
    let later = admin.post(&form).await;
    assert_eq!((later.status, later.location().to_owned()), expected);
    assert_eq!(app.count("customers", "1=1").await, 2);
    app.assert_counters().await;
}

#[tokio::test]
async fn changes_since_the_preview_are_shown_and_nothing_is_added() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("customers", 3), ("diskspace", 20 << 20)]).await;
    let client = app.signed_in("reseller").await;
    let shown = preview(&client, FILE).await;
    app.add("admin", minimal("two")).await.unwrap();
    let again = confirm(&client, &shown).await;
    assert_eq!(again.status, 422);
    assert_eq!(errors(&again, 2), Vec::<String>::new());
    assert_eq!(
        errors(&again, 3),
        ["loginname This login name is already taken. Choose a different one."]
    );
    assert_eq!(app.texts("SELECT login_name FROM customers").await, ["two"], "all or none");
    let shown = preview(&client, FILE.replace("two", "three")).await;
    app.limit("reseller", &[("diskspace", 15 << 20)]).await;
    let again = confirm(&client, &shown).await;
    assert!(
        errors(&again, 3)[0].starts_with("diskspace This exceeds the owner’s remaining quota"),
        "{:?}",
        errors(&again, 3)
    );
    assert_eq!(app.texts("SELECT login_name FROM customers").await, ["two"]);
    app.limit("reseller", &[("diskspace", 20 << 20)]).await;
    assert_eq!(
        confirm(&client, &shown).await.status,
        303,
        "as soon as the quota suffices, the same form succeeds"
    );
    app.assert_counters().await;
}

#[tokio::test]
async fn a_preview_expires_after_an_hour_or_with_a_newer_upload() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let first = preview(&admin, FILE).await;
    let second = preview(&admin, FILE).await;
    assert_eq!(app.count("imports", "1=1").await, 1, "one for each account");
    let gone = confirm(&admin, &first).await;
    assert_eq!(gone.status, 422);
    assert!(gone.alert().contains("This preview has expired"), "{}", gone.alert());
    app.advance_clock(SignedDuration::from_mins(61));
    // The session has ended in the meantime: the admin has to sign in again.
    let admin = app.signed_in("admin").await;
    let token = admin.open("/account").await.attr("input[name=csrf_token]", "value").unwrap();
    let late =
        admin.post(&second.form("/customers/import/confirm").with("csrf_token", &token)).await;
    assert_eq!(late.status, 422);
    assert_eq!(app.count("customers", "1=1").await, 0);
    app.advance_clock(SignedDuration::from_hours(1));
    app.worker().remove_old_rows().await.unwrap();
    assert_eq!(app.count("imports", "1=1").await, 0, "the worker deletes it");
}

#[tokio::test]
async fn an_upload_belongs_to_the_account_that_sent_it() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let (admin, second) = (app.signed_in("admin").await, app.signed_in("second").await);
    let form = preview(&admin, FILE).await.form("/customers/import/confirm");
    let own_token = second.open("/account").await.attr("input[name=csrf_token]", "value").unwrap();
    let stolen = second.post(&form.clone().with("csrf_token", &own_token)).await;
    assert_eq!(stolen.status, 422);
    app.sql("UPDATE imports SET login_id = (SELECT id FROM logins WHERE name_key = 'second')")
        .await;
    let moved = second.post(&form.with("csrf_token", &own_token)).await;
    assert_eq!(moved.status, 500, "sealed for one account, it cannot be opened for another");
    assert_eq!(app.count("customers", "1=1").await, 0);
}

#[tokio::test]
async fn a_forged_form_with_a_file_is_refused() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/customers/import", "/customers/import").await;
    for token in ["", "wrong", &format!("{}x", form.value("csrf_token").unwrap())] {
        assert_eq!(
            admin.upload(&form.clone().with("csrf_token", token), FILE.as_bytes()).await.status,
            403,
            "{token}"
        );
    }
    let without = crate::support::form::Form { fields: Vec::new(), ..form.clone() };
    assert_eq!(admin.upload(&without, FILE.as_bytes()).await.status, 403);
    let right =
        || admin.request("POST", "/customers/import").multipart(multipart(&form, FILE.as_bytes()));
    for (name, value) in
        [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
    {
        assert_eq!(admin.send(right().header(name, value)).await.status, 403, "{name}: {value}");
    }
    assert_eq!(admin.send(right()).await.status, 200);
    let broken = admin
        .request("POST", "/customers/import")
        .header("content-type", "multipart/form-data; boundary=x")
        .body("--x\r\nrubbish");
    assert_eq!(admin.send(broken).await.status, 403);
    let stranger = app
        .browser()
        .send(app.browser().request("POST", "/customers/import").multipart(multipart(&form, b"x")))
        .await;
    assert_eq!((stranger.status, stranger.location()), (303, "/login"));
}

#[tokio::test]
async fn the_size_of_a_file_is_limited() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    for size in [25 << 20, 30 << 20] {
        let large = preview(&admin, vec![b'a'; size]).await;
        assert_eq!(large.status, 413);
        assert!(large.is_html() && large.h1() == "Request too large", "{}", large.said());
    }
    let cell = format!("email,company\na@example.com,{}\n", "x".repeat(900_000));
    let long = preview(&admin, cell).await;
    assert_eq!(long.status, 422);
    let message = long.field_error("file").unwrap();
    assert!(
        message.contains("row 2")
            && message.contains("100,000 bytes")
            && message.contains("24 MiB and 50,000 rows"),
        "{message}"
    );
    let limit = preview(&admin, vec![b'a'; (24 << 20) + 1]).await;
    assert!(limit.field_error("file").unwrap().contains("larger than 24 MiB"), "{}", limit.said());
    let rows = preview(&admin, format!("email\n{}", "a@example.com\n".repeat(50_001))).await;
    assert!(rows.field_error("file").unwrap().contains("more than 50,000 rows"), "{}", rows.said());
    assert_eq!(app.count("import_runs", "1=1").await, 0);
}
