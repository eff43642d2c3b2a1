//! A customer: sign-in, the provider's notes, the password policy, and the reset of a lost
//! password.

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
    let customer = Chrome::start(&app).await;
    customer.open("/customers").await;
    assert_eq!(customer.path().await, "/login");
    customer.check().await;
    customer.sign_in("meier", "Wrong-password-1").await;
    assert_eq!(
        customer.text("[role=alert]").await,
        "Sign-in failed. Check your login name and password. After several failed attempts, wait a few minutes before you try again."
    );
    customer.check().await;
    customer.sign_in("meier", PASSWORD).await;
    assert!(customer.text("main").await.contains("Welcome"));
    customer.check().await;

    customer.open("/account").await;
    customer.fill("new_password", "Abc").await;
    let met = "[...document.querySelectorAll('[data-policy=new_password] li')].map((li) => li.dataset.rule + ':' + /met|is-met|done|ok/.test(li.className)).join()";
    let partly = customer.run(&format!("return {met}")).await;
    customer.fill("new_password", "Abcdefgh-1").await;
    let fully = customer.run(&format!("return {met}")).await;
    assert_eq!(
        (partly, fully),
        (
            json!("min:false,lower:true,upper:true,digit:false"),
            json!("min:true,lower:true,upper:true,digit:true")
        ),
        "the list of rules marks fulfilled rules"
    );
    customer.run("document.querySelector('.account-button').click()").await;
    customer.press("form[action='/logout'] [type=submit]").await;
    assert_eq!(customer.path().await, "/login");

    customer.press("a[href='/password/forgot']").await;
    customer.check().await;
    customer.fill("loginname", "meier").await;
    customer.fill("email", "meier@customer.example").await;
    customer.submit("/password/forgot").await;
    customer.check().await;
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
    customer.open(&path).await;
    customer.check().await;
    customer.fill("new_password", "Third-horse-99").await;
    customer.fill("new_password_confirm", "Third-horse-99").await;
    customer.press("main form [type=submit]").await;
    customer.sign_in("meier", "Third-horse-99").await;
    assert_eq!(customer.path().await, "/");
    customer.open(&path).await;
    customer.check().await;
}
