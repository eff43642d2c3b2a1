//! Quotas of an owner: enforced on adding, updating and moving, and counted exactly.

use crate::support::TestApp;
use crate::support::make::{minimal, refused, with};
use crate::support::process;
use clientele::domain::customer::FileRemoval;
use clientele::domain::resources::Resource;
use clientele::services::ServiceError;
use serde_json::{Value, json};

/// Resources, and how many stored units a unit of their parameter has.
const UNITS: [(&str, i64); 9] = [
    ("diskspace", 1 << 20),
    ("traffic", 1 << 30),
    ("subdomains", 1),
    ("emails", 1),
    ("email_accounts", 1),
    ("email_forwarders", 1),
    ("email_quota", 1 << 20),
    ("ftps", 1),
    ("mysqls", 1),
];

/// Returns a limit of ten for every resource.
fn ten() -> Vec<(&'static str, i64)> {
    UNITS.iter().map(|(name, unit)| (*name, 10 * unit)).collect()
}

/// Returns parameters with this amount for every resource.
fn all_resources(amount: &Value) -> Value {
    UNITS
        .iter()
        .map(|(name, _)| ((*name).to_owned(), amount.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[tokio::test]
async fn d01_negative_quantities_are_refused() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &ten()).await;
    for (name, _) in UNITS {
        for negative in [json!(-5), json!("-5"), json!(-1.5), json!("-2")] {
            let found =
                refused(app.add("reseller", with("meier", json!({ name: negative }))).await);
            assert_eq!(found, [format!("{name}: number-negative")], "{negative}");
        }
    }
    app.customer_of("reseller", "meier").await;
    assert_eq!(
        refused(app.update("reseller", "meier", json!({ "mysqls": -50 })).await),
        ["mysqls: number-negative"]
    );
    app.assert_counters().await;
}

#[tokio::test]
async fn invalid_and_too_large_numbers_are_refused() {
    let app = TestApp::spawn().await;
    for (value, code) in [
        (json!("many"), "number-invalid"),
        (json!("1e3"), "number-invalid"),
        (json!("0x10"), "number-invalid"),
        (json!("9223372036854775808"), "number-too-large"),
        (json!(1e300), "number-too-large"),
        (json!([5]), "type-number"),
        (json!(true), "type-number"),
    ] {
        let found = refused(app.add("admin", with("meier", json!({ "emails": value }))).await);
        assert_eq!(found, [format!("emails: {code}")], "{value}");
    }
    let found =
        refused(app.add("admin", with("meier", json!({ "diskspace": "8796093022208" }))).await);
    assert_eq!(found, ["diskspace: number-too-large"], "in bytes, it would be too large");
}

#[tokio::test]
async fn c13_nobody_assigns_more_than_their_quota() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &ten()).await;
    for (name, _) in UNITS {
        assert_eq!(
            refused(app.add("reseller", with("meier", json!({ name: -1 }))).await),
            [format!("{name}: allocation-unlimited")]
        );
        let found = refused(
            app.add(
                "reseller",
                with(
                    "meier",
                    json!({ name: 11, "email_quota": if name == "email_quota" { 11 } else { 0 } }),
                ),
            )
            .await,
        );
        assert_eq!(found, [format!("{name}: allocation-exceeded")]);
    }
    let first = app.add("reseller", with("one", all_resources(&json!(6)))).await.unwrap();
    assert_eq!(first.profile.services.limits[Resource::Traffic].limit(), Some(6 << 30));
    let found = refused(app.add("reseller", with("two", all_resources(&json!(5)))).await);
    assert_eq!(found.len(), 9, "every resource is named: {found:?}");
    app.add("reseller", with("two", all_resources(&json!(4)))).await.unwrap();
    app.assert_counters().await;
}

#[tokio::test]
async fn d03_traffic_is_limited_too() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("traffic", 10 << 30)]).await;
    assert_eq!(
        refused(app.add("reseller", with("meier", json!({ "traffic": 11 }))).await),
        ["traffic: allocation-exceeded"]
    );
    app.add("reseller", with("meier", json!({ "traffic": 10 }))).await.unwrap();
    assert_eq!(
        refused(app.update("admin", "meier", json!({ "traffic": 11 })).await),
        ["traffic: allocation-exceeded"]
    );
}

#[tokio::test]
async fn the_number_of_customers_is_limited() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("customers", 2)]).await;
    app.customer_of("reseller", "one").await;
    app.customer_of("reseller", "two").await;
    let third = app.add("reseller", minimal("three")).await;
    assert!(
        matches!(&third, Err(ServiceError::Exhausted(error)) if error.code.as_str() == "customers-exhausted"),
        "{third:?}"
    );
    app.delete("reseller", "one", FileRemoval::Keep).await.unwrap();
    app.customer_of("reseller", "three").await;
    app.assert_counters().await;
}

#[tokio::test]
async fn d04_the_owners_limits_apply_to_every_caller() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("emails", 5)]).await;
    app.add("reseller", with("meier", json!({ "emails": 3 }))).await.unwrap();
    assert_eq!(
        refused(app.update("admin", "meier", json!({ "emails": 6 })).await),
        ["emails: allocation-exceeded"]
    );
    // An admin with an exhausted quota can still edit customers of others within the owners'
    // quotas.
    app.limit("admin", &[("emails", 0), ("customers", 0)]).await;
    let customer = app.update("admin", "meier", json!({ "emails": 5 })).await.unwrap();
    assert_eq!(customer.profile.services.limits[Resource::Emails].limit(), Some(5));
    assert_eq!(app.number("SELECT emails_used FROM admins WHERE login_name = 'reseller'").await, 5);
    assert_eq!(app.number("SELECT emails_used FROM admins WHERE login_name = 'admin'").await, 0);
    app.assert_counters().await;
}

#[tokio::test]
async fn d05_the_targets_limits_apply_on_moving() {
    let app = TestApp::spawn().await;
    let full = app.reseller("full", &[("customers", 0)]).await;
    let small = app.reseller("small", &[("ftps", 2), ("diskspace", 1 << 20)]).await;
    let large = app.reseller("large", &[("ftps", 3), ("customers", 1)]).await;
    app.add("admin", with("meier", json!({ "ftps": 3, "diskspace_ul": 1 }))).await.unwrap();
    let to_full = app.move_to("admin", "meier", full.id).await;
    assert!(
        matches!(&to_full, Err(ServiceError::Exhausted(error)) if error.code.as_str() == "customers-exhausted"),
        "{to_full:?}"
    );
    let mut found = refused(app.move_to("admin", "meier", small.id).await);
    found.sort();
    assert_eq!(found, ["diskspace: allocation-unlimited", "ftps: allocation-exceeded"]);
    app.move_to("admin", "meier", large.id).await.unwrap();
    app.assert_counters().await;
}

#[tokio::test]
async fn d06_measured_usage_never_changes_assigned_quotas() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("diskspace", 10 << 20)]).await;
    app.add("reseller", with("meier", json!({ "diskspace": 6 }))).await.unwrap();
    app.sql("UPDATE customers SET web_used = 99999999, diskspace_used = 99999999").await;
    assert_eq!(
        app.number("SELECT diskspace_used FROM admins WHERE login_name = 'reseller'").await,
        6 << 20
    );
    assert_eq!(
        refused(app.add("reseller", with("other", json!({ "diskspace": 5 }))).await),
        ["diskspace: allocation-exceeded"]
    );
    app.add("reseller", with("other", json!({ "diskspace": 4 }))).await.unwrap();
    app.assert_counters().await;
}

#[tokio::test]
async fn d08_exbibytes_are_stored_exactly() {
    let app = TestApp::spawn().await;
    let exbibyte = 1_i64 << 60;
    app.reseller("reseller", &[("diskspace", exbibyte)]).await;
    let mebibytes = exbibyte >> 20;
    app.add("reseller", with("meier", json!({ "diskspace": mebibytes }))).await.unwrap();
    assert_eq!(
        app.number("SELECT diskspace_used FROM admins WHERE login_name = 'reseller'").await,
        exbibyte
    );
    assert_eq!(
        refused(app.add("reseller", with("other", json!({ "diskspace": 1 }))).await),
        ["diskspace: allocation-exceeded"]
    );
}

#[tokio::test]
async fn d09_limits_cannot_fall_below_the_used_amounts() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "emails": 10, "mysqls": 5 }))).await.unwrap();
    app.sql("UPDATE customers SET emails_used = 4, mysqls_used = 5").await;
    assert_eq!(
        refused(app.update("admin", "meier", json!({ "emails": 3 })).await),
        ["emails: below-usage"]
    );
    assert_eq!(
        refused(app.update("admin", "meier", json!({ "mysqls": 0 })).await),
        ["mysqls: below-usage"]
    );
    app.update("admin", "meier", json!({ "emails": 4, "mysqls": -1 })).await.unwrap();
    app.assert_counters().await;
}

#[tokio::test]
async fn counters_equal_sums_after_every_kind_of_change() {
    let app = TestApp::spawn().await;
    let reseller = app.reseller("reseller", &ten()).await;
    app.add("reseller", with("one", all_resources(&json!(3)))).await.unwrap();
    app.assert_counters().await;
    app.update("reseller", "one", all_resources(&json!(7))).await.unwrap();
    app.assert_counters().await;
    app.update("admin", "one", all_resources(&json!("2"))).await.unwrap();
    app.assert_counters().await;
    app.add("admin", with("two", all_resources(&json!(-1)))).await.unwrap();
    app.update("admin", "two", all_resources(&json!(1))).await.unwrap();
    app.assert_counters().await;
    app.move_to("admin", "two", reseller.id).await.unwrap();
    app.assert_counters().await;
    app.suspend("reseller", "two", true).await.unwrap();
    app.delete("reseller", "two", FileRemoval::Keep).await.unwrap();
    app.assert_counters().await;
    app.delete("reseller", "one", FileRemoval::Remove).await.unwrap();
    app.assert_counters().await;
    assert_eq!(app.number("SELECT diskspace_used + customers_used + mysqls_used FROM admins WHERE login_name = 'reseller'").await, 0);
}

#[tokio::test]
async fn a_limit_below_the_measured_usage_must_be_confirmed() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "diskspace": 500, "traffic": 10 }))).await.unwrap();
    app.sql("UPDATE customers SET diskspace_used = 209715200, traffic_used = 3221225472").await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/customers/meier/edit", "/customers/meier").await;
    let page = admin
        .post(&form.clone().with("diskspace", "100").with("traffic", "2").with("city", "Bonn"))
        .await;
    assert_eq!(
        (page.status, page.wrong_fields()),
        (422, vec!["diskspace".to_owned(), "traffic".to_owned()])
    );
    assert!(
        page.field_error("diskspace").unwrap().contains("200 MiB"),
        "{:?}",
        page.field_error("diskspace")
    );
    assert_eq!(
        app.get("admin", "meier").await.unwrap().profile.contact.city,
        "",
        "nothing was saved"
    );
    let form = page.form("/customers/meier");
    assert_eq!(form.value("confirm_below_usage"), Some("0"), "people have to confirm it");
    assert_eq!(admin.post(&form.with("confirm_below_usage", "1")).await.status, 303);
    let limits = app.get("admin", "meier").await.unwrap().profile.services.limits;
    assert_eq!(limits[Resource::Diskspace].limit(), Some(100 << 20));
    // A limit that is already below the usage needs no further confirmation. API calls need none at
    // all.
    let form = admin.form("/customers/meier/edit", "/customers/meier").await;
    assert!(!form.fields.iter().any(|(name, _)| name == "confirm_below_usage"));
    assert_eq!(admin.post(&form.with("city", "Bonn")).await.status, 303);
    app.api("admin")
        .await
        .data("Customers.update", json!({ "loginname": "meier", "diskspace": 50 }))
        .await;
}

#[tokio::test]
async fn programs_are_warned_of_limits_below_the_measured_usage() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "diskspace": 500, "traffic": 10 }))).await.unwrap();
    app.sql("UPDATE customers SET diskspace_used = 209715200, traffic_used = 3221225472").await;
    let api = app.api("admin").await;
    let update = |diskspace: u64, traffic: u64| json!({ "loginname": "meier", "diskspace": diskspace, "traffic": traffic });
    let warned = api.call("Customers.update", update(100, 2)).await;
    assert_eq!(
        (warned.status, &warned.body["data"]["diskspace"]),
        (200, &json!(102_400)),
        "{}",
        warned.body
    );
    let warnings = json!([
        { "field": "diskspace", "code": "below-measured", "message": "The new limit is below the current usage: 200 MiB." },
        { "field": "traffic", "code": "below-measured", "message": "The new limit is below the current usage: 3 GiB." },
    ]);
    assert_eq!(warned.body["warnings"], warnings);
    let members = |body: &Value| body.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    // Froxlor's envelope has no other members (#diff-54). Without a new limit below the usage,
    // there is no warning.
    for (client, params) in [
        (api.compatible(), update(90, 1)),
        (api.clone(), update(90, 1)),
        (api.clone(), update(500, 10)),
    ] {
        assert_eq!(members(&client.call("Customers.update", params).await.body), ["data"]);
    }
    let output =
        process::run_on(&app, &["customers", "update", "meier", "--diskspace", "100", "--json"]);
    let row: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &row["diskspace"]), (Some(0), &json!(102_400)));
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(
        stderr,
        "clientele: warning: diskspace: The new limit is below the current usage: 200 MiB.\n"
    );
}
