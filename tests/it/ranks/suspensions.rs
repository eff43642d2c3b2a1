//! A suspension stores its admin, time and reason. Managers of a lower rank cannot lift it.

use crate::support::TestApp;
use crate::support::endpoint::Endpoint;
use crate::support::form::OFF;
use crate::support::make::{PASSWORD, refused};
use crate::support::program::Installation;
use clientele::domain::scope::Rank;
use jiff::SignedDuration;
use serde_json::json;

/// Adds a customer of `reseller`, suspended by the server admin with a reason.
async fn suspended_by_admin(app: &TestApp) {
    app.reseller("reseller", &[]).await;
    app.customer_of("reseller", "meier").await;
    let admin = app.signed_in("admin").await;
    let typed = [("suspend_reason", "Sends spam"), ("suspend_reason_show", OFF)];
    admin.submit_and_follow("/customers/meier", "/customers/meier/suspend", &typed).await;
}

#[tokio::test]
async fn a_reseller_cannot_lift_the_suspension_of_a_server_admin() {
    let app = TestApp::spawn().await;
    suspended_by_admin(&app).await;
    let reseller = app.signed_in("reseller").await;
    let page = reseller.open("/customers/meier").await;
    assert!(!page.has_form("/customers/meier/resume"), "no button that would be refused");
    assert!(
        page.text.contains("Sends spam") && page.text.contains("Suspended by admin (Server admin)"),
        "{}",
        page.text
    );

    let token = page.attr("input[name=csrf_token]", "value").unwrap();
    let response =
        reseller.post_raw("/customers/meier/resume", format!("csrf_token={token}")).await;
    assert_eq!(response.status, 403);
    assert!(response.text.contains("admin suspended this customer"), "{}", response.text);

    let form = reseller.form("/customers/meier/edit", "/customers/meier").await;
    let unticked = reseller.post(&form.clone().with("deactivated", OFF)).await;
    assert_eq!((unticked.status, unticked.wrong_fields()), (422, vec!["deactivated".to_owned()]));
    let reworded = reseller.post(&form.clone().with("suspend_reason", "Nothing")).await;
    assert_eq!(
        (reworded.status, reworded.wrong_fields()),
        (422, vec!["suspend_reason".to_owned()])
    );
    assert_eq!(
        reseller.post(&form.with("city", "Bonn")).await.status,
        303,
        "everything else can be changed"
    );

    let api = app.api("reseller").await;
    let refusal =
        api.refusal("Customers.update", json!({ "loginname": "meier", "deactivated": 0 })).await;
    assert_eq!(refusal, "403 suspended-by-higher-rank");
    let suspension = app.get("admin", "meier").await.unwrap().suspension.unwrap();
    assert_eq!(
        (suspension.by_name.as_str(), suspension.rank, suspension.reason.as_str()),
        ("admin", Some(Rank::ServerAdmin), "Sends spam")
    );

    let resumed = app.suspend("admin", "meier", false).await.unwrap();
    assert_eq!((resumed.suspended, resumed.suspension), (false, None));
    app.suspend("reseller", "meier", true).await.unwrap();
    assert!(
        !app.suspend("reseller", "meier", false).await.unwrap().suspended,
        "resellers can lift their own suspensions"
    );
}

#[tokio::test]
async fn only_the_same_or_a_higher_rank_lifts_a_suspension() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.make_admin("viewer").await;
    app.sql("UPDATE admins SET change_serversettings = FALSE WHERE login_name = 'viewer'").await;
    app.customer_of("reseller", "meier").await;
    let ranks = ["reseller", "viewer", "admin"];
    for (rank, setter) in ranks.iter().enumerate() {
        for (other_rank, lifter) in ranks.iter().enumerate() {
            app.suspend(setter, "meier", true).await.unwrap();
            let outcome = app.suspend(lifter, "meier", false).await;
            if other_rank >= rank {
                assert!(!outcome.unwrap().suspended, "{lifter} lifts a suspension by {setter}");
            } else {
                assert_eq!(
                    refused(outcome),
                    ["deactivated: suspended-by-higher-rank"],
                    "{lifter}, {setter}"
                );
                app.suspend("admin", "meier", false).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn suspensions_without_a_stored_rank_can_be_lifted_by_all() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer_of("reseller", "meier").await;
    app.sql("UPDATE customers SET suspended = TRUE").await;
    let reseller = app.signed_in("reseller").await;
    reseller.submit_and_follow("/customers/meier", "/customers/meier/resume", &[]).await;
    assert!(!app.get("admin", "meier").await.unwrap().suspended);
}

#[tokio::test]
async fn a_new_reason_changes_the_admin_and_rank_of_a_suspension() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer_of("reseller", "meier").await;
    app.update("reseller", "meier", json!({ "deactivated": 1, "suspend_reason": "Unpaid" }))
        .await
        .unwrap();
    let since = app.get("admin", "meier").await.unwrap().suspension.unwrap().at;
    app.advance_clock(SignedDuration::from_mins(5));
    let same = app
        .update(
            "admin",
            "meier",
            json!({ "deactivated": 1, "suspend_reason": "Unpaid", "city": "Bonn" }),
        )
        .await
        .unwrap();
    assert_eq!(same.suspension.unwrap().by_name, "reseller", "saving the form changes nothing");
    let changed = app
        .update("admin", "meier", json!({ "suspend_reason": "Fraud" }))
        .await
        .unwrap()
        .suspension
        .unwrap();
    assert_eq!(
        (changed.by_name.as_str(), changed.rank, changed.at),
        ("admin", Some(Rank::ServerAdmin), since)
    );
    assert_eq!(
        refused(app.suspend("reseller", "meier", false).await),
        ["deactivated: suspended-by-higher-rank"]
    );
}

#[tokio::test]
async fn the_customer_sees_the_reason_at_sign_in_if_it_is_marked_as_shown() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for (marked, is_shown) in [(1, true), (0, false)] {
        let reason = json!({ "deactivated": 1, "suspend_reason": "Unpaid & \"late\" bills", "suspend_reason_show": marked });
        app.update("admin", "meier", reason).await.unwrap();
        let response = app.browser().sign_in("meier", PASSWORD).await;
        assert_eq!(
            (response.status, response.alert().contains("Unpaid & \"late\" bills")),
            (422, is_shown),
            "{}",
            response.alert()
        );
        let wrong = app.browser().sign_in("meier", "Wrong-password-1").await;
        assert!(!wrong.text.contains("Unpaid"), "it is shown only after the right password");
    }
}

#[tokio::test]
async fn audit_log_webhooks_and_the_api_have_admin_and_reason() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    app.webhook(&endpoint.url()).await;
    suspended_by_admin(&app).await;
    let after = app
        .text("SELECT after FROM audit_entries WHERE action = 'customer.suspended'")
        .await
        .unwrap();
    let recorded: serde_json::Value = serde_json::from_str(&after).unwrap();
    assert_eq!(
        (&recorded["suspended_by"], &recorded["suspend_reason"]),
        (&json!("admin"), &json!("Sends spam"))
    );
    app.worker_run().await;
    let event = endpoint.received().last().unwrap().json();
    assert_eq!(event["type"], "customer.suspended", "one event, and no update beside it");
    let data = &event["data"];
    assert_eq!(
        (&data["suspended_by"], &data["suspended_by_rank"]),
        (&json!("admin"), &json!("server_admin"))
    );
    assert_eq!(
        (&data["suspend_reason"], &data["deactivated"]),
        (&json!("Sends spam"), &json!(true))
    );
    assert_eq!(data["suspended_at"], json!(app.now().to_string()));
    let api = app.api("reseller").await;
    let row = api.data("Customers.get", json!({ "loginname": "meier" })).await;
    assert_eq!(
        (&row["suspended_by"], &row["suspended_by_rank"]),
        (&json!("admin"), &json!("server_admin"))
    );
    assert_eq!(
        (&row["suspend_reason"], &row["suspended_at"]),
        (&json!("Sends spam"), &json!(app.now().as_second()))
    );
}

#[test]
fn the_command_line_enforces_ranks() {
    let installation = Installation::new();
    for (name, more) in [("boss", &[][..]), ("reseller", &["--reseller"])] {
        let email = format!("{name}@provider.example");
        let create =
            ["admin", "create", "--loginname", name, "--email", &email, "--password-stdin"];
        let made = installation.run_with_input(&[&create, more].concat(), "Correct-horse-7\n");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    let run = |arguments: &[&str]| installation.run(&[&["customers"], arguments].concat());
    let add = [
        "add",
        "--as",
        "reseller",
        "--email",
        "m@customer.example",
        "--company",
        "M",
        "--new_loginname",
        "meier",
    ];
    assert!(run(&add).status.success());
    assert!(
        run(&["update", "meier", "--deactivated", "--suspend-reason", "Sends spam"])
            .status
            .success()
    );
    let refused = run(&["update", "meier", "--as", "reseller", "--deactivated=0"]);
    assert_eq!(refused.status.code(), Some(3));
    let printed = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(printed.contains("boss suspended this customer"), "{printed}");
    assert!(run(&["update", "meier", "--deactivated=0"]).status.success());
}
