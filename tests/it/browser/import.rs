//! Importing in a real browser: a file with errors, then a corrected one.

use crate::support::TestApp;
use crate::support::chrome::Chrome;
use crate::support::make::PASSWORD;

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn a_file_is_corrected_and_imported() {
    let app = TestApp::spawn().await;
    app.plan("admin", "Gold", &[]).await;
    let browser = Chrome::start(&app).await;
    browser.sign_in("admin", PASSWORD).await;
    browser.open("/customers").await;
    browser.press("a[href='/customers/import']").await;
    browser.check().await;
    let file = app.dir().join("customers.csv");
    let head = "email;company;loginname;plan\r\n";
    std::fs::write(
        &file,
        format!("{head}nobody;Eine sehr lange Firma mit einem sehr langen Namen GmbH & Co. KG;x;Silver\r\nb@example.com;B;two;Gold\r\n"),
    )
    .unwrap();
    browser.choose_file("file", &file).await;
    browser.submit("/customers/import").await;
    assert!(browser.text("[role=alert]").await.contains("2 customers, one row with errors"));
    assert!(
        browser.is("document.activeElement.getAttribute('role') === 'alert'").await,
        "screen readers announce it"
    );
    browser.check().await;
    std::fs::write(
        &file,
        format!("{head}a@example.com;Änderung GmbH;;\r\nb@example.com;B;two;Gold\r\n"),
    )
    .unwrap();
    browser.choose_file("file", &file).await;
    browser.submit("/customers/import").await;
    assert!(browser.text("[role=status]").await.contains("2 customers will be added"));
    browser.check().await;
    browser.submit("/customers/import/confirm").await;
    assert_eq!(browser.path().await, "/customers");
    assert!(browser.text("[role=status]").await.contains("2 customers were added"));
    assert!(browser.text("tr[data-loginname=web1]").await.contains("Änderung GmbH"));
    browser.check().await;
}
