//! Telephone and fax numbers in the panel and in CSV files (docs/compatibility.md#diff-21).

use super::import::{confirm, preview};
use crate::support::TestApp;

/// Numbers as typed, and as stored.
const NUMBERS: [(&str, &str); 5] = [
    ("+49.2211234567", "+49.2211234567"),
    ("+1.7035555555x1234", "+1.7035555555x1234"),
    ("+49\u{a0}(221) 12\u{2013}34", "+49 (221) 12-34"),
    ("0221 / 12.34.56 Durchwahl 7", "0221 / 12.34.56 Durchwahl 7"),
    ("\u{202a}+49 221 12\u{202c}", "+49 221 12"),
];

#[tokio::test]
async fn numbers_are_normalized_in_the_form() {
    let app = TestApp::spawn().await;
    app.customer("web").await;
    let admin = app.signed_in("admin").await;
    for (typed, stored) in NUMBERS {
        let response = admin
            .submit("/customers/web/edit", "/customers/web", &[("phone", typed), ("fax", typed)])
            .await;
        assert_eq!(response.status, 303, "{typed}: {}", response.alert());
        let contact = app.get("admin", "web").await.unwrap().profile.contact;
        assert_eq!((contact.phone.as_str(), contact.fax.as_str()), (stored, stored));
    }
    let response =
        admin.submit("/customers/web/edit", "/customers/web", &[("phone", "ask Anna")]).await;
    assert_eq!(response.status, 422);
    assert_eq!(response.value("phone").as_deref(), Some("ask Anna"), "the typed value is kept");
    let page = admin.open("/customers/web").await;
    assert!(page.text.contains("href=\"tel:+4922112\""), "{}", page.text);
}

#[tokio::test]
async fn numbers_are_normalized_in_a_file() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let row =
        |(n, (typed, _)): (usize, &(&str, &str))| format!("u{n}@example.com;C;user{n};{typed}\n");
    let rows = NUMBERS.iter().enumerate().map(row).collect::<Vec<_>>().concat();
    let shown = preview(&admin, format!("email;company;new_loginname;phone\n{rows}")).await;
    confirm(&admin, &shown).await;
    for (n, (_, stored)) in NUMBERS.iter().enumerate() {
        assert_eq!(
            app.get("admin", &format!("user{n}")).await.unwrap().profile.contact.phone,
            *stored
        );
    }
}
