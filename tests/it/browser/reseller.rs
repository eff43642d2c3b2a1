//! A reseller: their plans, their customers, and the limits of their quota.

use crate::support::TestApp;
use crate::support::chrome::Chrome;
use crate::support::make::PASSWORD;

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn a_reseller_manages_plans_and_customers_within_the_quota() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("customers", 2), ("emails", 20), ("subdomains", 30)]).await;
    app.customer("foreign").await;
    let reseller = Chrome::start(&app).await;
    reseller.sign_in("reseller", PASSWORD).await;
    reseller.check().await;

    reseller.open("/plans/new").await;
    reseller.check().await;
    reseller.fill("name", "Gold").await;
    reseller.fill("emails", "15").await;
    reseller.fill("subdomains", "7").await;
    reseller.submit("/plans").await;
    assert_eq!(app.count("plans", "name = 'Gold' AND emails = 15").await, 1);
    reseller.check().await;

    reseller.open("/customers/new").await;
    reseller.fill("email", "one@example.com").await;
    reseller.fill("name", "Eins").await;
    let plan = app.number("SELECT id FROM plans").await.to_string();
    let picker =
        reseller.run("return document.querySelector('select[data-plan-picker]').name").await;
    reseller.choose(picker.as_str().unwrap(), &plan).await;
    reseller.wait("document.querySelector('[name=emails]').value === '15'").await;
    assert!(reseller.is("document.querySelector('[name=subdomains]').value === '7'").await);
    reseller.click("#subdomains_ul").await;
    assert!(
        reseller.is("document.querySelector('[name=subdomains]').disabled").await,
        "no number beside unlimited"
    );
    reseller.submit("/customers").await;
    assert_eq!(
        reseller.text("#subdomains-error").await,
        "This cannot be unlimited. A limit is required because the owner has a limit."
    );
    reseller.check().await;
    reseller.click("#subdomains_ul").await;
    reseller.fill("subdomains", "8").await;
    reseller.submit("/customers").await;
    assert_eq!(reseller.path().await, "/customers/web1");

    reseller.open("/customers").await;
    assert!(!reseller.text("main").await.contains("foreign"));
    reseller.open("/customers/foreign").await;
    reseller.check().await;
    assert!(!reseller.text("main").await.contains("foreign Ltd"));
    edit(&reseller).await;
    assert_eq!(app.get("reseller", "web1").await.unwrap().profile.contact.city, "Bonn");
    app.assert_counters().await;
}

/// Finds the customer with the search, which filters the list while the reseller types, and changes
/// the city.
async fn edit(reseller: &Chrome) {
    reseller.open("/customers").await;
    reseller.fill("q", "nosuchcustomer").await;
    reseller.wait("!document.querySelector('tr[data-loginname]')").await;
    reseller.fill("q", "eins").await;
    reseller.wait("document.querySelector('tr[data-loginname=web1]')").await;
    reseller.open("/customers/web1/edit").await;
    reseller.check().await;
    reseller.fill("city", "Bonn").await;
    reseller.submit("/customers/web1").await;
    assert_eq!(reseller.path().await, "/customers/web1");
}
