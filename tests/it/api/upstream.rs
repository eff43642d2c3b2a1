//! `Customers.*`: the cases of Froxlor's own tests by their ids (docs/compatibility.md#c1), in the
//! strict dialect and, if the result is the same, at the compatible address.
//!
//! Deliberate differences: #c10 keeps the standard subdomain (#d16); #c11 is 403 through HTTP; #c12
//! sends the language's code instead of its name (#d24); #c27 sets the limit in the database, not
//! in memory.

use crate::support::TestApp;
use crate::support::api::Api;
use crate::support::make::{PASSWORD, minimal};
use serde_json::{Value, json};

/// Creates the fixture of Froxlor's suite, as far as customers need it: PHP requires a
/// configuration, and the reseller has a limit of 15 for most resources.
pub(super) async fn fixture() -> (TestApp, Api, Api) {
    let app = TestApp::spawn().await;
    for (name, value) in
        [("php.config_required", "1"), ("customer.standard_subdomain_host", "dev.froxlor.org")]
    {
        app.set(name, value).await;
    }
    let fifteen = [
        "customers",
        "domains",
        "subdomains",
        "email_accounts",
        "email_forwarders",
        "ftps",
        "mysqls",
    ]
    .map(|name| (name, 15));
    app.reseller("reseller", &fifteen).await;
    let (admin, reseller) = (app.api("admin").await, app.api("reseller").await);
    (app, admin, reseller)
}

pub(super) fn test1() -> Value {
    json!({
        "new_loginname": "test1", "email": "team@froxlor.example", "firstname": "Test", "name": "Testman", "customernumber": 1337,
        "new_customer_password": PASSWORD, "sendpassword": 0, "diskspace": 0, "diskspace_ul": 1, "traffic": -1, "emails": -1,
        "subdomains": 15, "email_accounts": 15, "email_forwarders": 15, "email_imap": 1, "email_pop3": 0, "ftps": 15, "mysqls": 15,
        "createstdsubdomain": 1, "phpenabled": 1, "allowed_phpconfigs": [1], "perlenabled": 0, "dnsenabled": 0,
        "store_defaultindex": 1, "custom_notes": "secret", "custom_notes_show": 0, "gender": 0, "api_allowed": 1,
    })
}

#[tokio::test]
async fn c01_add_with_everything() {
    let (app, admin, _) = fixture().await;
    let row = admin.data("Customers.add", test1()).await;
    assert_eq!(row["customerid"], 1);
    for (column, value) in [
        ("email", json!("team@froxlor.example")),
        ("customernumber", json!("1337")),
        ("subdomains", json!(15)),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
    for (column, value) in
        [("diskspace", -1024), ("traffic", -1_048_576), ("emails", -1), ("imap", 1), ("pop3", 0)]
    {
        assert_eq!(row[column], value, "{column}");
    }
    assert_eq!(
        (&row["allowed_phpconfigs"], &row["allowed_mysqlserver"]),
        (&json!("[1]"), &json!("[0]"))
    );
    let name = app
        .text(&format!("SELECT name FROM domains WHERE id = {}", row["standardsubdomain"]))
        .await;
    assert_eq!(name.as_deref(), Some("test1.dev.froxlor.org"));
    assert_eq!(app.get("admin", "test1").await.unwrap().profile.notes, "secret");
}

/// #c1 sends gender 5 and gets 0. The strict dialect refuses invalid values (#d24).
#[tokio::test]
async fn c01_gender_out_of_range_is_refused() {
    let (_app, admin, _) = fixture().await;
    let mut params = test1();
    params["gender"] = json!(5);
    assert_eq!(admin.refusal("Customers.add", params).await, "400 gender-unknown");
}

#[tokio::test]
async fn c02_add_with_an_empty_address() {
    let (_app, admin, _) = fixture().await;
    let mut params = test1();
    params["email"] = json!(" ");
    let reply = admin.call("Customers.add", params).await;
    assert_eq!(reply.refusal(), "406 parameter-empty");
    let message = reply.body["message"].as_str().unwrap();
    assert!(message.contains("email") && message.contains("Customers.add"), "{message}");
}

#[tokio::test]
async fn c03_add_with_an_invalid_address() {
    let (_app, admin, _) = fixture().await;
    let mut params = test1();
    params["email"] = json!("team.froxlor.example");
    let reply = admin.call("Customers.add", params).await;
    assert_eq!(
        (reply.refusal().as_str(), reply.fields()),
        ("400 email-invalid", vec!["email: email-invalid".to_owned()])
    );
}

#[tokio::test]
async fn c04_c05_c06_lists() {
    let (app, admin, reseller) = fixture().await;
    admin.data("Customers.add", test1()).await;
    let list = admin.data("Customers.listing", json!({})).await;
    assert_eq!((&list["count"], &list["total"]), (&json!(1), &json!(1)));
    assert_eq!(list["list"][0].get("webspace_used"), None);
    let list = admin.data("Customers.listing", json!({ "show_usages": true })).await;
    for column in ["domains", "webspace_used", "mailspace_used", "dbspace_used"] {
        assert_eq!(list["list"][0][column], 0, "{column}");
    }
    assert_eq!(admin.data("Customers.listingCount", json!({})).await, 1);
    assert_eq!(reseller.data("Customers.listing", json!({})).await["count"], 0);
    assert_eq!(reseller.data("Customers.listingCount", json!({})).await, 0);
    let customer = app.api("test1").await;
    for command in ["Customers.listing", "Customers.listingCount"] {
        assert_eq!(customer.refusal(command, json!({})).await, "403 not-allowed");
    }
}

#[tokio::test]
async fn c07_c08_c09_get() {
    let (app, admin, _) = fixture().await;
    admin.data("Customers.add", test1()).await;
    let customer = app.api("test1").await;
    let row = customer.data("Customers.get", json!({ "id": 1 })).await;
    assert_eq!(
        (&row["customerid"], &row["email"], &row["customernumber"]),
        (&json!(1), &json!("team@froxlor.example"), &json!("1337"))
    );
    assert_eq!(
        (&row["subdomains"], &row["theme"], &row["custom_notes"]),
        (&json!(15), &json!("Froxlor"), &json!(""))
    );
    assert_eq!(row.get("adminname"), None);
    let reply = admin.call("Customers.get", json!({ "id": 999 })).await;
    assert_eq!(reply.refusal(), "404 customer-unknown");
    assert!(reply.body["message"].as_str().unwrap().contains("#999"), "{}", reply.body);
    for other in [
        json!({ "id": 2 }),
        json!({ "loginname": "admin" }),
        json!({ "id": 1, "loginname": "other" }),
        json!({ "id": 999 }),
    ] {
        assert_eq!(customer.refusal("Customers.get", other).await, "401 not-yourself");
    }
    assert_eq!(
        customer.data("Customers.get", json!({ "loginname": "TEST1" })).await["customerid"],
        1
    );
}

#[tokio::test]
async fn c10_suspending_keeps_the_standard_subdomain() {
    let (_app, admin, _) = fixture().await;
    let before = admin.data("Customers.add", test1()).await;
    let row = admin.data("Customers.update", json!({ "id": 1, "deactivated": 1 })).await;
    assert_eq!(
        (&row["deactivated"], &row["standardsubdomain"]),
        (&json!(1), &before["standardsubdomain"]),
        "#d16"
    );
}

#[tokio::test]
async fn c12_customers_can_update_their_own_account() {
    let (app, admin, _) = fixture().await;
    admin.data("Customers.add", test1()).await;
    let customer = app.api("test1").await;
    let change = json!({ "id": 1, "def_language": "English", "theme": "Froxlor", "new_customer_password": "Another-one-8" });
    let row = customer.data("Customers.update", change).await;
    assert_eq!((&row["def_language"], &row["theme"]), (&json!("en"), &json!("Froxlor")));
    app.sign_in_as("test1", "Another-one-8").await;
    let row = customer.data("Customers.get", json!({ "id": 1 })).await;
    assert_eq!(
        (&row["def_language"], &row["theme"]),
        (&json!("en"), &json!("Froxlor")),
        "the calling key remains valid"
    );
}

#[tokio::test]
async fn c13_resellers_cannot_assign_more_than_they_have() {
    let (_app, _, reseller) = fixture().await;
    let mut params = minimal("test1");
    params["subdomains"] = json!(-1);
    let reply = reseller.call("Customers.add", params.clone()).await;
    assert_eq!(
        (reply.refusal().as_str(), reply.fields()),
        ("400 allocation-unlimited", vec!["subdomains: allocation-unlimited".to_owned()])
    );
    params["subdomains"] = json!(16);
    assert_eq!(reseller.refusal("Customers.add", params).await, "400 allocation-exceeded");
}

#[tokio::test]
async fn c14_c15_c16_delete() {
    let (app, admin, reseller) = fixture().await;
    admin.data("Customers.add", test1()).await;
    let customer = app.api("test1").await;
    assert_eq!(
        customer.refusal("Customers.delete", json!({ "loginname": "test1" })).await,
        "403 not-allowed"
    );
    assert_eq!(
        reseller.refusal("Customers.delete", json!({ "loginname": "test1" })).await,
        "404 customer-unknown"
    );
    admin.data("Customers.add", minimal("test2")).await;
    assert_eq!(
        admin.data("Customers.delete", json!({ "loginname": "test2" })).await["loginname"],
        "test2"
    );
    assert_eq!(
        admin
            .refusal("Customers.delete", json!({ "loginname": "test2", "delete_userfiles": "1" }))
            .await,
        "404 customer-unknown"
    );
    app.assert_counters().await;
}

#[tokio::test]
async fn c17_c18_unlock() {
    let (app, admin, _) = fixture().await;
    admin.data("Customers.add", test1()).await;
    let now = app.now().as_second();
    app.sql(&format!(
        "UPDATE logins SET failed_count = 15, last_failed_at = {now} WHERE name_key = 'test1'"
    ))
    .await;
    let row = admin.data("Customers.get", json!({ "id": 1 })).await;
    assert_eq!((&row["loginfail_count"], &row["locked"]), (&json!(15), &json!(1)));
    assert_eq!(
        app.api("test1").await.refusal("Customers.unlock", json!({ "id": 1 })).await,
        "403 not-allowed"
    );
    let row = admin.data("Customers.unlock", json!({ "loginname": "test1" })).await;
    assert_eq!((&row["loginfail_count"], &row["locked"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn c19_c20_c21_move() {
    let (app, admin, reseller) = fixture().await;
    let mut params = test1();
    params["diskspace_ul"] = json!(0);
    admin.data("Customers.add", params).await;
    let functions = reseller.data("Froxlor.listFunctions", json!({ "function": "move" })).await;
    assert_eq!(functions, json!([]), "a forbidden command is not listed");
    assert_eq!(
        reseller.refusal("Customers.move", json!({ "loginname": "test1", "adminid": 2 })).await,
        "403 not-allowed"
    );
    assert_eq!(
        admin.refusal("Customers.move", json!({ "loginname": "test1", "adminid": 1 })).await,
        "406 move-same-owner"
    );
    assert_eq!(
        admin.refusal("Customers.move", json!({ "loginname": "test1", "adminid": 99 })).await,
        "404 admin-unknown"
    );
    assert_eq!(
        admin.refusal("Customers.move", json!({ "loginname": "test1" })).await,
        "404 parameter-missing"
    );
    assert_eq!(
        admin.refusal("Customers.move", json!({ "loginname": "test1", "adminid": "" })).await,
        "406 parameter-empty"
    );
    assert_eq!(
        admin.refusal("Customers.move", json!({ "loginname": "nobody", "adminid": 2 })).await,
        "404 customer-unknown"
    );
    let row = admin.data("Customers.move", json!({ "loginname": "test1", "adminid": "2" })).await;
    assert_eq!((&row["adminid"], &row["adminname"]), (&json!(2), &json!("reseller")));
    assert_eq!(reseller.data("Customers.get", json!({ "loginname": "test1" })).await["adminid"], 2);
    app.assert_counters().await;
}

#[tokio::test]
async fn c22_to_c26_login_names() {
    let (app, admin, _) = fixture().await;
    let add = async |name: &str| {
        let mut params = minimal("x");
        params["new_loginname"] = json!(name);
        admin.call("Customers.add", params).await
    };
    admin.data("Customers.add", test1()).await;
    assert_eq!(add("web1").await.refusal(), "400 loginname-uses-prefix", "#c22");
    assert_eq!(add("test1").await.refusal(), "400 loginname-exists", "#c24");
    assert_eq!(add("user-").await.refusal(), "400 loginname-invalid", "#c25");
    let long = add(&"x".repeat(62)).await;
    assert_eq!(long.refusal(), "400 loginname-too-long", "#c26");
    assert!(long.body["message"].as_str().unwrap().contains("61"), "{}", long.body);
    let generated = json!({
        "new_loginname": "", "email": "team@froxlor.example", "firstname": "Test", "name": "Testman", "customernumber": 1338,
        "subdomains": 15, "ftps": 15, "perlenabled": 2, "dnsenabled": 4,
    });
    let row = admin.data("Customers.add", generated).await;
    assert_eq!(
        (&row["loginname"], &row["customernumber"]),
        (&json!("web1"), &json!("1338")),
        "#c23"
    );
    assert_eq!((&row["perlenabled"], &row["dnsenabled"]), (&json!(1), &json!(1)));
    app.assert_counters().await;
}

#[tokio::test]
async fn c27_the_default_ftp_user_uses_no_quota_of_the_reseller() {
    let (app, _, reseller) = fixture().await;
    app.limit("reseller", &[("ftps", 0)]).await;
    reseller.data("Customers.add", minimal("testftpx")).await;
    assert_eq!(app.count("ftp_users", "username = 'testftpx'").await, 1);
    reseller.data("Customers.delete", json!({ "loginname": "testftpx" })).await;
    assert_eq!(app.count("ftp_users", "username = 'testftpx'").await, 0);
}

crate::support::api::same_at_the_compatible_address!(
    c01_add_with_everything,
    c02_add_with_an_empty_address,
    c03_add_with_an_invalid_address,
    c04_c05_c06_lists,
    c07_c08_c09_get,
    c10_suspending_keeps_the_standard_subdomain,
    c12_customers_can_update_their_own_account,
    c13_resellers_cannot_assign_more_than_they_have,
    c14_c15_c16_delete,
    c17_c18_unlock,
    c19_c20_c21_move,
    c22_to_c26_login_names,
    c27_the_default_ftp_user_uses_no_quota_of_the_reseller,
);
