//! Calls of billing modules, panels and scripts, as their programming languages encode them.

use crate::support::TestApp;
use crate::support::api::Api;
use serde_json::{Value, json};

async fn fixture() -> (TestApp, Api) {
    let app = TestApp::spawn().await;
    app.set("php.config_required", "1").await;
    app.plan("admin", "Starter", &[("diskspace", "1073741824"), ("emails", "5")]).await;
    let api = app.api("admin").await.compatible();
    (app, api)
}

/// Adds the customer `acme01`, which the tests change.
async fn add_customer(api: &Api) -> Value {
    let params = json!({ "new_loginname": "acme01", "email": "joerg@example.com", "firstname": "Jörg", "name": "Muster", "company": "NA" });
    api.data("Customers.add", params).await
}

/// Sends the body of a call that must succeed. Returns its data and the header with the ignored
/// parameters.
async fn call_ok(api: &Api, body: &str) -> (Value, String) {
    let reply = api.raw(body.to_owned()).await;
    assert_eq!(reply.status, 200, "{body}: {}", reply.body);
    let ignored = reply.header("x-clientele-ignored").to_owned();
    (reply.body["data"].clone(), ignored)
}

/// PHP's `json_encode` escapes slashes and all non-ASCII letters, and writes empty objects as
/// lists.
#[tokio::test]
async fn calls_of_a_php_billing_module_succeed() {
    let (app, api) = fixture().await;
    let add = r#"{"command":"Customers.add","params":{"new_loginname":"acme01","new_customer_password":"sdkj3JK.;x2","api_allowed":true,"firstname":"J\u00f6rg","name":"Muster","company":"NA","customernumber":"1500","hosting_plan_id":"1","email":"joerg@example.com","street":"Stra\u00dfe 1\/2","city":"K\u00f6ln","zipcode":"50667","phone":"+49.2211234567","custom_notes":null,"custom_notes_show":null}}"#;
    let (row, ignored) = call_ok(&api, add).await;
    assert_eq!(ignored, "");
    for (column, value) in [
        ("firstname", "Jörg"),
        ("street", "Straße 1/2"),
        ("phone", "+49.2211234567"),
        ("customernumber", "1500"),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
    assert_eq!(
        (&row["diskspace"], &row["emails"]),
        (&json!(1_048_576), &json!(5)),
        "limits of the plan"
    );
    app.sign_in_as("acme01", "sdkj3JK.;x2").await;
    assert_eq!(call_ok(&api, r#"{"command":"Customers.listingCount","params":[]}"#).await.0, 1);
    let (row, _) = call_ok(
        &api,
        r#"{"command":"Customers.update","params":{"loginname":"acme01","deactivated":"1"}}"#,
    )
    .await;
    assert_eq!(row["deactivated"], 1);
    let (row, _) = call_ok(
        &api,
        r#"{"command":"Customers.update","params":{"loginname":"acme01","deactivated":"0"}}"#,
    )
    .await;
    assert_eq!(row["deactivated"], 0);
    call_ok(
        &api,
        r#"{"command":"Customers.delete","params":{"loginname":"acme01","delete_userfiles":"1"}}"#,
    )
    .await;
    app.assert_counters().await;
}

#[tokio::test]
async fn calls_of_a_typescript_panel_succeed() {
    let (app, api) = fixture().await;
    let add = r#"{"command":"Customers.add","params":{"new_loginname":"E25065","customernumber":"E25065","firstname":"Eva","name":"Muster","company":"Muster GmbH","email":"eva@example.com","new_customer_password":"Abcdefg1!x","def_language":"Deutsch","gender":0,"adminid":1,"diskspace":10240,"diskspace_ul":0,"traffic":-1,"traffic_ul":1,"subdomains":-1,"subdomains_ul":1,"allowed_phpconfigs":[1],"letsencrypt":1,"documentroot":"","createstdsubdomain":0,"createstdsubdomain_as_email":0,"deactivated":0}}"#;
    let (row, ignored) = call_ok(&api, add).await;
    assert_eq!(
        ignored,
        "adminid, createstdsubdomain_as_email, deactivated, documentroot, letsencrypt"
    );
    assert_eq!(
        (&row["loginname"], &row["def_language"], &row["diskspace"]),
        (&json!("E25065"), &json!("de"), &json!(10_485_760))
    );
    assert_eq!(
        (&row["traffic"], &row["subdomains"], &row["standardsubdomain"]),
        (&json!(-1_048_576), &json!(-1), &json!(0))
    );
    // The module searches all rows for a customer number.
    for n in 0..127 {
        app.customer(&format!("user{n}")).await;
    }
    let (list, _) = call_ok(&api, r#"{"command":"Customers.listing","params":{}}"#).await;
    let rows = list["list"].as_array().unwrap();
    assert_eq!((rows.len(), &list["count"]), (128, &json!(128)));
    assert!(rows.iter().any(|row| row["customernumber"] == "E25065"));
}

/// The script reads a row with `get` and sends it back with `update`.
#[tokio::test]
async fn calls_of_a_migration_script_succeed() {
    let (app, api) = fixture().await;
    add_customer(&api).await;
    let update = r#"{"command":"Customers.update","params":{"loginname":"acme01","email":"joerg@example.com","name":"Muster","firstname":"Jörg","company":"NA","diskspace":-1024,"traffic":-1048576,"mysqls":-1,"type_2fa":0,"data_2fa":"","store_defaultindex":false,"theme":"Froxlor","custom_notes":"","gui_access":true}}"#;
    let (row, ignored) = call_ok(&api, update).await;
    assert_eq!(ignored, "data_2fa, store_defaultindex, type_2fa");
    assert_eq!(
        (&row["diskspace"], &row["traffic"], &row["mysqls"]),
        (&json!(-1024), &json!(-1_048_576), &json!(-1))
    );
    let seed = r#"{"command":"Customers.add","params":{"new_loginname":"seed01","email":"seed@example.com","firstname":"S","name":"Eed","new_customer_password":"Abcdefgh1!","sendpassword":false,"diskspace_ul":true,"phpenabled":true,"isphpenabled":true,"allowed_phpconfigs":[1],"allowed_mysqlserver":[1],"dnsenabled":true,"api_allowed":true}}"#;
    let (row, ignored) = call_ok(&api, seed).await;
    assert_eq!(ignored, "isphpenabled");
    assert_eq!(
        (&row["phpenabled"], &row["dnsenabled"], &row["allowed_mysqlserver"]),
        (&json!(1), &json!(1), &json!(""))
    );
    app.assert_counters().await;
}

/// Suspending, resuming and deleting, with the types that several languages send.
#[tokio::test]
async fn billing_modules_can_suspend_resume_and_delete() {
    let (app, api) = fixture().await;
    add_customer(&api).await;
    for (value, deactivated) in [
        ("true", 1),
        ("false", 0),
        ("1", 1),
        ("0", 0),
        ("\"1\"", 1),
        ("\"0\"", 0),
        ("\"true\"", 1),
        ("\"\"", 0),
    ] {
        let body = format!(
            "{{\"command\":\"Customers.update\",\"params\":{{\"id\":\"1\",\"loginname\":\"\",\"deactivated\":{value}}}}}"
        );
        assert_eq!(call_ok(&api, &body).await.0["deactivated"], deactivated, "{value}");
    }
    let (row, _) = call_ok(&api, "{\"command\":\"Customers.delete\",\"params\":{\"loginname\":\"acme01\",\"delete_userfiles\":true}}\n").await;
    assert_eq!(row["loginname"], "acme01");
    app.assert_counters().await;
}

/// Python writes `None` for unknown values, Go sends every field of its struct with its zero value,
/// and a form module sends texts only.
#[tokio::test]
async fn calls_of_python_go_and_forms_succeed() {
    let (app, api) = fixture().await;
    let python = r#"{"command": "Customers.add", "params": {"email": "py@example.com", "name": "Py", "firstname": null, "company": null, "street": null, "gender": null, "def_language": null, "hosting_plan_id": null, "diskspace": null, "allowed_phpconfigs": null, "new_loginname": "pyuser"}}"#;
    assert_eq!(call_ok(&api, python).await.1, "");
    let go = r#"{"command":"Customers.add","params":{"email":"go@example.com","company":"Go","name":"","firstname":"","new_loginname":"gouser","new_customer_password":"","def_language":"","gender":0,"theme":"","hosting_plan_id":0,"diskspace":0,"traffic":0,"emails":0,"allowed_phpconfigs":[],"allowed_mysqlserver":[],"phpenabled":false,"custom_notes":"","sendpassword":false,"store_defaultindex":false}}"#;
    assert_eq!(call_ok(&api, go).await.1, "");
    let form = r#"{"command":"Customers.add","params":{"email":"form@example.com","company":"Form","new_loginname":"formuser","phpenabled":"1","allowed_phpconfigs":{"0":"1"},"perlenabled":"","diskspace":"2048","traffic":"10","emails":"-1","mysqls":"","mysqls_ul":"","gender":"2","createstdsubdomain":"0","hosting_plan_id":""}}"#;
    let (row, ignored) = call_ok(&api, form).await;
    assert_eq!(
        (ignored.as_str(), &row["allowed_phpconfigs"], &row["gender"]),
        ("", &json!("[1]"), &json!(2))
    );
    assert_eq!(
        (&row["diskspace"], &row["emails"], &row["mysqls"]),
        (&json!(2_097_152), &json!(-1), &json!(0))
    );
    let list = r#"{"command":"Customers.listing","params":{"sql_search":{"c.email":{"op":"=","value":"GO@example.com"}},"sql_orderby":{"c.loginname":"ASC"},"sql_limit":"1","sql_offset":"0","show_usages":"1"}}"#;
    let (list, _) = call_ok(&api, list).await;
    assert_eq!(
        (&list["list"][0]["loginname"], &list["list"][0]["domains"]),
        (&json!("gouser"), &json!(0))
    );
    for command in [
        "HostingPlans.listing",
        "Admins.listing",
        "Froxlor.listFunctions",
        "Customers.LISTINGCOUNT",
    ] {
        call_ok(&api, &format!("{{\"command\":\"{command}\"}}")).await;
    }
    app.assert_counters().await;
}

/// Froxlor's commands that Clientele lacks are reported as unsupported, others as unknown
/// (#diff-4).
#[tokio::test]
async fn commands_of_other_modules_are_refused() {
    let (_app, api) = fixture().await;
    add_customer(&api).await;
    for (command, params) in [
        ("Froxlor.generateLoginLink", json!({ "loginname": "acme01", "valid_time": "10" })),
        ("Domains.add", json!({ "domain": "example.com", "customerid": 1 })),
        ("Emails.listing", json!([])),
    ] {
        let reply = api.call(command, params).await;
        assert_eq!(reply.refusal(), "400 command-unsupported");
        assert!(reply.body["message"].as_str().unwrap().contains(command), "{}", reply.body);
    }
    assert_eq!(api.refusal("Customers.frobnicate", json!({})).await, "400 command-unknown");
}
