//! Every entry point emits events.

use crate::support::TestApp;
use crate::support::endpoint::Endpoint;
use crate::support::program::Installation;
use crate::support::wait::until;
use serde_json::json;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

#[tokio::test]
async fn the_api_imports_and_customers_emit_events() {
    let app = TestApp::spawn().await;
    let endpoint = Endpoint::start();
    app.webhook(&endpoint.url()).await;
    let api = app.api("admin").await;
    let added = api.call("Customers.add", crate::support::make::minimal("vonapi")).await;
    assert_eq!(added.status, 200, "{}", added.body);
    api.call("Customers.update", json!({ "loginname": "vonapi", "deactivated": 1 })).await;
    api.call("Customers.delete", json!({ "loginname": "vonapi" })).await;

    let client = app.signed_in("admin").await;
    let form = client.form("/customers/import", "/customers/import").await;
    let file = b"email,company,loginname\na@example.com,A,eins\nb@example.com,B,zwei\n";
    let confirm = client.upload(&form, file).await.form("/customers/import/confirm");
    assert_eq!(client.post(&confirm).await.status, 303);

    app.customer("selbst").await;
    let own = app.signed_in("selbst").await;
    own.submit_and_follow("/account", "/account/language", &[("def_language", "de")]).await;
    app.worker_run().await;
    let events = endpoint.events();
    let events_of = |login_name: &str| {
        events
            .iter()
            .filter(|(_, subject)| subject == login_name)
            .map(|(event, _)| event.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(events_of("vonapi"), ["customer.added", "customer.suspended", "customer.deleted"]);
    assert_eq!(
        [events_of("eins"), events_of("zwei")],
        [["customer.added"], ["customer.added"]],
        "the preview emitted no event"
    );
    assert_eq!(events_of("selbst"), ["customer.added", "customer.updated"]);
    assert_eq!(endpoint.received().last().unwrap().json()["changed"], json!(["def_language"]));
}

#[tokio::test]
async fn the_command_line_emits_events_and_the_real_program_runs_hooks() {
    let installation = Installation::new();
    let hooks = installation.data().join("hooks");
    std::fs::create_dir_all(&hooks).unwrap();
    let hook = hooks.join("10-note");
    let script = format!(
        "#!/bin/sh\n{{ echo \"$1\"; cat; }} > \"{}/event-$CLIENTELE_DELIVERY_ID\"\n",
        hooks.display()
    );
    std::fs::write(&hook, script).unwrap();
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let password = "Correct-horse-7\n";
    let boss = [
        "admin",
        "create",
        "--loginname",
        "boss",
        "--email",
        "boss@provider.example",
        "--password-stdin",
    ];
    assert!(installation.run_with_input(&boss, password).status.success());
    let add = [
        "customers",
        "add",
        "--email",
        "neu@example.com",
        "--company",
        "Neu",
        "--new_loginname",
        "neu",
    ];
    let added = installation.run(&add);
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));

    let _program = installation.serve().await;
    let output = until("the hook", Duration::from_secs(20), async || {
        let files = std::fs::read_dir(&hooks).unwrap().flatten();
        files
            .filter(|file| file.file_name().to_string_lossy().starts_with("event-evt_"))
            .map(|file| std::fs::read_to_string(file.path()).unwrap())
            .find(|text| text.ends_with('}'))
    })
    .await;
    let (name, payload) = output.split_once('\n').unwrap();
    assert_eq!(name, "customer.added");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(payload).unwrap()["data"]["loginname"],
        "neu"
    );
}
