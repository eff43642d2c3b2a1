//! Ids and names that already belong to other rows.

use super::panel::Panel;
use super::{import, import_and_roll_back};
use crate::support::TestApp;
use clientele::domain::resources::Resource;
use clientele::services::froxlor::Kind;
use serde_json::json;

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn all_conflicts_are_reported_and_nothing_is_written() {
    let panel = Panel::filled(2, 20).await;
    let app = TestApp::empty().await;
    app.make_admin("boss").await;
    // These exist already: the ids of customers 1 and 2, the names of customers 5 and 6, and an
    // admin's id, a domain and a plan's id.
    for name in ["kd5", "kd6"] {
        app.add("boss", json!({ "new_loginname": name, "email": "a@b.example", "company": "A", "createstdsubdomain": 0 })).await.unwrap();
    }
    app.sql("INSERT INTO domains (customer_id, name, document_root, created_at) SELECT MIN(id), 'kunde7.example', '/', 0 FROM customers")
        .await;
    app.plan("boss", "Ours", &[]).await;
    let before = app.dump().await;
    for dry_run in [true, false] {
        let report = import_and_roll_back(&app, &panel, dry_run).await;
        let conflicts: Vec<String> =
            report.conflicts.iter().map(|c| format!("{} {}", c.table, c.id)).collect();
        assert_eq!(
            conflicts,
            [
                "panel_admins 1",
                "panel_plans 1",
                "panel_customers 1",
                "panel_customers 2",
                "panel_customers 5",
                "panel_customers 6",
                "panel_domains 7"
            ]
        );
        assert_eq!(
            (
                report.findings.iter().filter(|odd| odd.kind == Kind::Orphan).count(),
                report.differences.len()
            ),
            (0, 0),
            "only causes are reported"
        );
        assert!(app.dump().await == before, "nothing is written");
    }
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn names_and_email_addresses_of_admins_can_conflict() {
    let panel = Panel::filled(3, 20).await;
    panel
        .sql("INSERT INTO api_keys (id, adminid, customerid, apikey, secret, allowed_from, valid_until) VALUES (900, 2, 0, 'key', 'secret', '', -1)")
        .await;
    let app = TestApp::empty().await;
    app.make_admin("boss").await;
    app.sql(
        "UPDATE admins SET email = 'desk3@provider.example', email_key = 'desk3@provider.example'",
    )
    .await;
    app.add("boss", json!({ "new_loginname": "seller2", "email": "a@b.example", "company": "A", "createstdsubdomain": 0 })).await.unwrap();
    let before = app.dump().await;
    for dry_run in [true, false] {
        let report = import_and_roll_back(&app, &panel, dry_run).await;
        let conflicts: Vec<String> = report
            .conflicts
            .iter()
            .map(|c| format!("{} {}: {}", c.table, c.id, c.detail))
            .collect();
        assert_eq!(
            conflicts,
            [
                "panel_admins 1: this id already belongs to boss here",
                "panel_admins 2: the login name seller2 is taken here",
                "panel_admins 3: the email address desk3@provider.example belongs to another admin here",
                "panel_customers 1: this id already belongs to seller2 here",
            ]
        );
        assert_eq!(report.findings.iter().filter(|odd| odd.kind == Kind::Orphan).count(), 0);
        assert_eq!(report.tables["api_keys"].skipped, 0, "keys of admins are checked, too");
        assert!(app.dump().await == before, "nothing is written");
    }
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn the_next_run_imports_rows_added_since() {
    let panel = Panel::filled(2, 20).await;
    let app = TestApp::empty().await;
    import(&app, &panel).await;
    app.update("admin", "kd1", json!({ "company": "Renamed here" })).await.unwrap();
    panel
        .sql("INSERT INTO panel_domains (id, domain, customerid) VALUES (90001, 'late.example', 1)")
        .await;
    panel.sql("INSERT INTO mail_virtual (email, email_full, destination, domainid, customerid) VALUES ('x@late.example', 'x@late.example', 'y@z.example', 90001, 1)").await;
    panel
        .sql("INSERT INTO panel_customers (customerid, loginname, adminid, guid, email, name, allowed_phpconfigs, allowed_mysqlserver) VALUES (50, 'late', 2, 10001, 'l@l.example', 'Late', '', '')")
        .await;
    let report = import(&app, &panel).await;
    assert_eq!(report.new_rows(), 3);
    let customer = app.get("admin", "kd1").await.unwrap();
    assert_eq!(customer.profile.contact.company, "Renamed here", "existing rows are unchanged");
    assert_eq!((customer.used[Resource::Emails], customer.used[Resource::EmailForwarders]), (2, 1));
    assert_eq!(
        app.get("admin", "late").await.unwrap().guid,
        30_001,
        "another customer has the UNIX id already"
    );
    app.assert_counters().await;
}
