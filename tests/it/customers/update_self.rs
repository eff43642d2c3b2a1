//! `Customers.update` by the customer: language and theme.

use crate::support::TestApp;
use clientele::domain::account::{Language, Theme};
use clientele::services::Command;
use clientele::services::customers::{SelfChange, update_self};

#[tokio::test]
async fn c12_customers_can_change_language_and_theme() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let by = app.customer_self("meier").await;
    let change = SelfChange {
        language: Some(Language::De),
        theme: Some(Theme::Dark),
        ..SelfChange::default()
    };
    let customer = app
        .app
        .change(&TestApp::origin(), async |cmd: Command<'_>| update_self(cmd, &by, &change).await)
        .await
        .unwrap();
    assert_eq!((customer.profile.language, customer.profile.theme), (Language::De, Theme::Dark));
    let one = SelfChange { theme: Some(Theme::Light), ..SelfChange::default() };
    let customer = app
        .app
        .change(&TestApp::origin(), async |cmd: Command<'_>| update_self(cmd, &by, &one).await)
        .await
        .unwrap();
    assert_eq!((customer.profile.language, customer.profile.theme), (Language::De, Theme::Light));
    assert_eq!(
        app.count("audit_entries", "actor_name = 'meier' AND action = 'customer.updated'").await,
        2
    );
}
