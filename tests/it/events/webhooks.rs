//! Content and order of webhook deliveries.

use crate::support::TestApp;
use crate::support::endpoint::{Endpoint, Received};
use crate::support::make::{minimal, refused, with};
use clientele::domain::contact::ContactFields;
use clientele::domain::customer::FileRemoval;
use clientele::domain::request::{ParameterType, Request as _};
use clientele::services::customers::UpdateCustomer;
use serde_json::json;
use std::collections::HashSet;

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(event, login_name)| ((*event).to_owned(), (*login_name).to_owned())).collect()
}

#[tokio::test]
async fn all_events_of_a_customer_are_sent_signed_and_in_order() {
    let app = TestApp::spawn().await;
    let owner = app.reseller("owner", &[]).await;
    let endpoint = Endpoint::start();
    let (_, secret) = app.webhook(&endpoint.url()).await;
    let client = app.signed_in("admin").await;
    let canary = "Canary-Kx93-Zebra";
    let typed = [
        ("email", "neu@example.com"),
        ("company", "Neu"),
        ("new_loginname", "neu"),
        ("new_customer_password", canary),
        ("sendpassword", "1"),
        ("custom_notes", "pays late"),
    ];
    client.submit_and_follow("/customers/new", "/customers", &typed).await;
    client
        .submit_and_follow(
            "/customers/neu/edit",
            "/customers/neu",
            &[("city", "Bonn"), ("street", "Weg 1")],
        )
        .await;
    client.submit_and_follow("/customers/neu", "/customers/neu/suspend", &[]).await;
    client.submit_and_follow("/customers/neu", "/customers/neu/resume", &[]).await;
    client
        .submit_and_follow(
            "/customers/neu/move",
            "/customers/neu/move",
            &[("adminid", &owner.id.0.to_string())],
        )
        .await;
    let typed = [("confirm", "neu"), ("delete_userfiles", "1")];
    client.submit_and_follow("/customers/neu/delete", "/customers/neu/delete", &typed).await;
    app.worker_run().await;

    let expected = [
        ("customer.added", "neu"),
        ("customer.updated", "neu"),
        ("customer.suspended", "neu"),
        ("customer.resumed", "neu"),
        ("customer.moved", "neu"),
        ("customer.deleted", "neu"),
    ];
    assert_eq!(endpoint.events(), pairs(&expected));
    let all = endpoint.received();
    let ids: HashSet<&str> = all.iter().map(Received::id).collect();
    assert_eq!(ids.len(), 6, "each event has an id of its own");
    for one in &all {
        assert_eq!(one.line, "POST /endpoint?of=events HTTP/1.1");
        assert!(one.is_signed_with(&secret), "{one:?}");
        assert_eq!(one.headers["webhook-timestamp"], app.now().as_second().to_string());
        assert_eq!(one.headers["content-type"], "application/json");
        assert_eq!(one.headers["host"], endpoint.address.to_string());
        assert_eq!(
            (one.json()["id"].as_str().unwrap(), one.json()["at"].as_str().unwrap()),
            (one.id(), app.now().to_string().as_str())
        );
        for forbidden in [canary, "pays late", "password", "$argon2", "$6$"] {
            assert!(!one.body.contains(forbidden), "{forbidden}: {}", one.body);
        }
    }
    let events: Vec<_> = all.iter().map(Received::json).collect();
    assert_eq!(events[0]["data"]["email"], "neu@example.com");
    assert!(events[0]["data"]["documentroot"].as_str().unwrap().ends_with("/homes/neu/"));
    assert_eq!(
        (&events[0]["data"]["guid"], &events[0]["data"]["diskspace"]),
        (&json!(10_000), &json!(0))
    );
    assert_eq!(events[1]["changed"], json!(["street", "city"]));
    assert_eq!(
        [&events[2]["data"]["deactivated"], &events[3]["data"]["deactivated"]],
        [true, false]
    );
    assert_eq!(
        [&events[4]["from"]["loginname"], &events[4]["to"]["loginname"]],
        ["admin", "owner"]
    );
    assert_eq!(
        (&events[5]["data"]["adminname"], &events[5]["with_files"]),
        (&json!("owner"), &json!(true))
    );
}

#[tokio::test]
async fn only_selected_events_are_sent_and_only_while_active() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    let (id, _) = app.webhook(&endpoint.url()).await;
    app.sql("UPDATE webhooks SET events = 'customer.suspended,customer.deleted'").await;
    app.customer("meier").await;
    app.suspend("admin", "meier", true).await.unwrap();
    app.suspend("admin", "meier", false).await.unwrap();
    app.worker_run().await;
    assert_eq!(endpoint.events(), pairs(&[("customer.suspended", "meier")]));

    app.sql("UPDATE webhooks SET enabled = FALSE").await;
    app.delete("admin", "meier", FileRemoval::Keep).await.unwrap();
    app.worker_run().await;
    assert_eq!(endpoint.received().len(), 1);
    assert_eq!(app.count("deliveries", &format!("webhook_id = {id}")).await, 1);
}

#[tokio::test]
async fn one_update_can_emit_several_events() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    app.webhook(&endpoint.url()).await;
    app.customer("meier").await;
    app.update("admin", "meier", json!({ "city": "Bonn", "deactivated": 1 })).await.unwrap();
    app.update("admin", "meier", json!({ "city": "Bonn" })).await.unwrap();
    app.update("admin", "meier", json!({ "new_customer_password": "Another-horse-8" }))
        .await
        .unwrap();
    app.worker_run().await;
    let expected = [
        ("customer.added", "meier"),
        ("customer.updated", "meier"),
        ("customer.suspended", "meier"),
    ];
    assert_eq!(endpoint.events(), pairs(&expected), "updates without changes emit no events");
    assert_eq!(endpoint.received()[1].json()["changed"], json!(["city"]));
}

#[tokio::test]
async fn rolled_back_changes_emit_no_events() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    app.webhook(&endpoint.url()).await;
    app.customer("meier").await;
    let again = app.add("admin", minimal("meier")).await;
    assert_eq!(refused(again), ["new_loginname: loginname-exists"]);
    app.worker_run().await;
    assert_eq!(endpoint.received().len(), 1);
    assert_eq!(app.count("events", "1 = 1").await, 1);
}

#[tokio::test]
async fn events_are_deleted_after_a_month() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    app.webhook(&endpoint.url()).await;
    app.customer("meier").await;
    app.worker_run().await;
    app.advance_clock(jiff::SignedDuration::from_hours(29 * 24));
    app.worker().remove_old_rows().await.unwrap();
    assert_eq!(app.count("deliveries", "1 = 1").await, 1);
    app.advance_clock(jiff::SignedDuration::from_hours(2 * 24));
    app.worker().remove_old_rows().await.unwrap();
    assert_eq!(
        (app.count("deliveries", "1 = 1").await, app.count("events", "1 = 1").await),
        (0, 0)
    );
}

/// `changed` uses the names of `data`, and names exactly the fields that differ.
#[tokio::test]
async fn changed_names_exactly_the_fields_that_differ() {
    let app = TestApp::spawn().await;
    let plan = app.plan("admin", "Gold", &[]).await;
    app.sql("INSERT INTO php_configs (id, description, \"binary\", php_ini, created_at) VALUES (7, 'PHP', '', '', 0)").await;
    let endpoint = Endpoint::start();
    app.webhook(&endpoint.url()).await;
    app.add("admin", with("meier", json!({ "mysqls": 1, "createstdsubdomain": 0 }))).await.unwrap();
    let mut changes = vec![
        ("email", json!("neu@example.com")),
        ("gender", json!("2")),
        ("def_language", json!("de")),
        ("theme", json!("dark")),
        ("allowed_phpconfigs", json!([7])),
        ("allowed_mysqlserver", json!([])),
        ("createstdsubdomain", json!(1)),
        ("hosting_plan_id", json!(plan)),
        ("custom_notes", json!("pays late")),
        ("custom_notes_show", json!(1)),
    ];
    let texts =
        ContactFields::parameters().iter().filter(|field| field.kind == ParameterType::Text);
    changes.extend(texts.map(|field| (field.name, json!("123"))));
    for resource in clientele::domain::resources::Resource::ALL {
        changes.push((resource.name(), json!(77)));
    }
    let switches =
        ["email_imap", "email_pop3", "phpenabled", "perlenabled", "dnsenabled", "logviewenabled"];
    changes.extend(switches.into_iter().chain(["shell_allowed"]).map(|name| (name, json!(1))));
    changes.extend(["gui_access", "api_allowed"].map(|name| (name, json!(0))));
    // Parameters of `Customers.update` that are not fields of `data`, or that emit other events.
    let others = [
        "id",
        "loginname",
        "version",
        "new_customer_password",
        "current_password",
        "sendpassword",
        "deactivated",
        "suspend_reason",
        "suspend_reason_show",
        "move_to_admin",
        "plan_applied",
    ];
    let known: HashSet<&str> = changes.iter().map(|(name, _)| *name).collect();
    let is_tried =
        |name: &str| known.contains(name) || others.contains(&name) || name.ends_with("_ul");
    let untried: Vec<&str> = UpdateCustomer::parameters()
        .iter()
        .map(|field| field.name)
        .filter(|name| !is_tried(name))
        .collect();
    assert_eq!(untried, Vec::<&str>::new());
    let mut sent = 1;
    for (name, value) in changes {
        app.update("admin", "meier", json!({ name: value })).await.unwrap();
        app.worker_run().await;
        let all: Vec<_> = endpoint.received().iter().map(Received::json).collect();
        if name.starts_with("custom_notes") {
            assert_eq!(all.len(), sent, "neither notes nor their changes are sent");
            continue;
        }
        sent += 1;
        assert_eq!(all.len(), sent, "{name}");
        let (before, after) = (
            all[sent - 2]["data"].as_object().unwrap(),
            all[sent - 1]["data"].as_object().unwrap(),
        );
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        let differs: Vec<&String> =
            after.keys().filter(|key| before[*key] != after[*key]).collect();
        assert_eq!(all[sent - 1]["changed"], json!(differs), "{name}");
        assert!(!differs.is_empty(), "{name}");
    }
}
