//! A customer: limits and usage, their password, and the reset of a lost password.

use crate::support::TestApp;
use crate::support::chrome::Chrome;
use crate::support::make::{PASSWORD, with};
use serde_json::json;

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn a_customer_signs_in_sees_notes_and_resets_the_password() {
    let app = TestApp::spawn().await;
    let parameters = json!({ "emails": 12, "diskspace": 300, "custom_notes": "**Welcome** aboard", "custom_notes_show": 1 });
    app.add("admin", with("meier", parameters)).await.unwrap();
    for rule in ["password.alpha_lower", "password.alpha_upper", "password.numeric"] {
        app.set(rule, "1").await;
    }
    let meier = Chrome::start(&app).await;
    meier.open("/customers").await;
    assert_eq!(meier.path().await, "/login");
    meier.check().await;
    meier.sign_in("meier", "Wrong-password-1").await;
    assert_eq!(
        meier.text("[role=alert]").await,
        "Sign-in failed. Check your login name and password. After several failed attempts, wait a few minutes before you try again."
    );
    meier.check().await;
    meier.sign_in("meier", PASSWORD).await;
    assert!(meier.text("main").await.contains("Welcome"));
    meier.check().await;

    meier.open("/account").await;
    meier.fill("new_password", "Abc").await;
    let met = "[...document.querySelectorAll('[data-policy=new_password] li')].map((li) => li.dataset.rule + ':' + /met|is-met|done|ok/.test(li.className)).join()";
    let partly = meier.run(&format!("return {met}")).await;
    meier.fill("new_password", "Abcdefgh-1").await;
    let fully = meier.run(&format!("return {met}")).await;
    assert_eq!(
        (partly, fully),
        (
            json!("min:false,lower:true,upper:true,digit:false"),
            json!("min:true,lower:true,upper:true,digit:true")
        ),
        "the list of rules marks fulfilled rules"
    );
    meier.run("document.querySelector('.account-button').click()").await;
    meier.press("form[action='/logout'] [type=submit]").await;
    assert_eq!(meier.path().await, "/login");

    meier.press("a[href='/password/forgot']").await;
    meier.check().await;
    meier.fill("loginname", "meier").await;
    meier.fill("email", "meier@customer.example").await;
    meier.submit("/password/forgot").await;
    meier.check().await;
    app.worker_run().await;
    let mail = app.last_mail();
    let link = mail
        .text
        .split_whitespace()
        .find(|word| word.contains("/password/reset/"))
        .expect("a link")
        .trim_matches(['<', '>'])
        .to_owned();
    let path = link.split_once("/password/").map(|(_, rest)| format!("/password/{rest}")).unwrap();
    meier.open(&path).await;
    meier.check().await;
    meier.fill("new_password", "Third-horse-99").await;
    meier.fill("new_password_confirm", "Third-horse-99").await;
    meier.press("main form [type=submit]").await;
    meier.sign_in("meier", "Third-horse-99").await;
    assert_eq!(meier.path().await, "/");
    meier.open(&path).await;
    meier.check().await;
}
