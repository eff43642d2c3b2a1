//! `Customers.*`: cases that Froxlor's own tests lack.

use super::upstream::{fixture, test1};
use crate::support::make::{PASSWORD, minimal, with};
use serde_json::json;

/// A row has every column of `panel_customers` except secrets (#d28).
#[tokio::test]
async fn rows_have_every_column_and_no_secret() {
    let (_app, admin, _) = fixture().await;
    let row = admin.data("Customers.add", test1()).await;
    let columns = "customerid loginname adminid name firstname gender company street zipcode city phone fax email customernumber \
        def_language diskspace diskspace_used mysqls mysqls_used emails emails_used email_accounts email_accounts_used \
        email_forwarders email_forwarders_used email_quota email_quota_used ftps ftps_used subdomains subdomains_used traffic \
        traffic_used documentroot standardsubdomain guid ftp_lastaccountnumber mysql_lastaccountnumber deactivated phpenabled \
        lastlogin_succ lastlogin_fail loginfail_count reportsent pop3 imap perlenabled dnsenabled theme custom_notes \
        custom_notes_show lepublickey leregistered allowed_phpconfigs type_2fa api_allowed shell_allowed logviewenabled \
        allowed_mysqlserver gui_access adminname";
    for column in columns.split_whitespace() {
        assert!(row.get(column).is_some(), "{column} is missing");
    }
    let text = row.to_string();
    for secret in ["\"password", "data_2fa", "leprivatekey", "$argon2", "$6$", PASSWORD] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

#[tokio::test]
async fn contact_data_and_limits_can_be_updated() {
    let (app, admin, _) = fixture().await;
    admin.data("Customers.add", test1()).await;
    let row = admin
        .data(
            "Customers.update",
            json!({ "loginname": "test1", "phone": "+49 30 1", "diskspace": 1.5, "mysqls": 3 }),
        )
        .await;
    assert_eq!(
        (&row["phone"], &row["diskspace"], &row["mysqls"]),
        (&json!("+49 30 1"), &json!(1536), &json!(3))
    );
    let row = admin.data("Customers.update", json!({ "loginname": "test1", "phone": "" })).await;
    assert_eq!(
        (&row["phone"], &row["diskspace"]),
        (&json!(""), &json!(1536)),
        "empty clears, absent keeps (#d10)"
    );
    assert_eq!(
        admin.refusal("Customers.update", json!({ "loginname": "test1", "email": "" })).await,
        "400 required"
    );
    assert_eq!(
        admin
            .refusal(
                "Customers.update",
                json!({ "loginname": "test1", "name": "", "firstname": "" })
            )
            .await,
        "404 parameter-missing"
    );
    app.sql("UPDATE customers SET mysqls_used = 2").await;
    assert_eq!(
        admin.refusal("Customers.update", json!({ "loginname": "test1", "mysqls": 1 })).await,
        "406 below-usage",
        "#d9"
    );
    let version = row["version"].as_i64().unwrap();
    let stale = json!({ "loginname": "test1", "city": "Berlin", "version": version - 1 });
    assert_eq!(admin.refusal("Customers.update", stale).await, "409 changed-meanwhile");
    let fresh = json!({ "loginname": "test1", "city": "Berlin", "version": version });
    assert_eq!(admin.data("Customers.update", fresh).await["city"], "Berlin");
    app.assert_counters().await;
}

/// A caller who must not move a customer changes nothing else either (#d19).
#[tokio::test]
async fn an_update_is_applied_completely_or_not_at_all() {
    let (app, admin, reseller) = fixture().await;
    reseller.data("Customers.add", minimal("web")).await;
    let change = json!({ "loginname": "web", "city": "Rome", "move_to_admin": 1 });
    assert_eq!(reseller.refusal("Customers.update", change.clone()).await, "403 not-allowed");
    assert_eq!(app.get("admin", "web").await.unwrap().profile.contact.city, "");
    let row = admin.data("Customers.update", change).await;
    assert_eq!((&row["city"], &row["adminid"]), (&json!("Rome"), &json!(1)));
}

#[tokio::test]
async fn wrong_types_and_names_are_refused() {
    let (_app, admin, _) = fixture().await;
    for (params, refusal, field) in [
        (json!({ "name": ["x"] }), "400 type-text", "name"),
        (json!({ "email": { "a": 1 } }), "400 type-text", "email"),
        (json!({ "diskspace": [5] }), "400 type-number", "diskspace"),
        (json!({ "diskspace": "7x" }), "400 number-invalid", "diskspace"),
        (json!({ "diskspace": -5 }), "400 number-negative", "diskspace"),
        (json!({ "mysqls": 1e300 }), "400 number-too-large", "mysqls"),
        (json!({ "phpenabled": "perhaps" }), "400 type-flag", "phpenabled"),
        (json!({ "gui_access": [true] }), "400 type-flag", "gui_access"),
        (json!({ "allowed_phpconfigs": ["x"] }), "400 ids-invalid", "allowed_phpconfigs"),
        (json!({ "allowed_phpconfigs": [99] }), "400 id-unknown", "allowed_phpconfigs"),
        (
            json!({ "mysqls": 1, "allowed_mysqlserver": [7] }),
            "400 id-unknown",
            "allowed_mysqlserver",
        ),
        (json!({ "phpenabled": 1 }), "400 php-without-config", "allowed_phpconfigs"),
        (json!({ "def_language": "../../etc/passwd" }), "400 language-unknown", "def_language"),
        (json!({ "theme": "x" }), "400 theme-unknown", "theme"),
        (json!({ "hosting_plan_id": 99 }), "404 plan-unknown", "hosting_plan_id"),
        (json!({ "new_customer_password": 12_345_678 }), "400 type-text", "new_customer_password"),
        (
            json!({ "new_customer_password": "short" }),
            "400 password-too-short",
            "new_customer_password",
        ),
        (json!({ "customer": "x" }), "400 parameter-unknown", "customer"),
        (json!({ "adminid": 99 }), "400 parameter-unknown", "adminid"),
        (json!({ "plan_applied": 1 }), "400 parameter-unknown", "plan_applied"),
    ] {
        let reply = admin.call("Customers.add", with("web", params.clone())).await;
        assert_eq!(reply.refusal(), refusal, "{params}");
        assert!(
            reply.fields()[0].starts_with(&format!("{field}: ")),
            "{params}: {:?}",
            reply.fields()
        );
    }
    for (params, refusal) in [
        (json!({}), "404 parameter-missing"),
        (json!({ "loginname": "" }), "406 parameter-empty"),
        (json!({ "id": 0 }), "404 parameter-missing"),
        (json!({ "id": "x" }), "400 number-invalid"),
        (json!({ "id": [1] }), "400 type-number"),
        (json!({ "loginname": ["x"] }), "400 type-text"),
        (json!({ "id": 1, "show_usages": "perhaps" }), "400 type-flag"),
    ] {
        assert_eq!(admin.refusal("Customers.get", params.clone()).await, refusal, "{params}");
    }
}

/// The first missing or empty parameter in the command's declaration is reported, not the first one
/// of the alphabet.
#[tokio::test]
async fn the_first_missing_parameter_is_named() {
    let (_app, admin, _) = fixture().await;
    for path in ["/api", "/api.php"] {
        for (params, refusal, named) in [
            (json!({ "email": "" }), "406 parameter-empty", "email"),
            (json!({ "email": " ", "company": "" }), "406 parameter-empty", "email"),
            (json!({ "company": "" }), "404 parameter-missing", "email"),
            (json!({}), "404 parameter-missing", "email"),
            (json!({ "email": "a@example.com" }), "404 parameter-missing", "company"),
            (json!({ "email": "a@example.com", "company": "" }), "406 parameter-empty", "company"),
            (
                json!({ "email": "a@example.com", "firstname": "Ann" }),
                "404 parameter-missing",
                "company",
            ),
            (
                json!({ "email": null, "company": "C", "zipcode": "a_b" }),
                "404 parameter-missing",
                "email",
            ),
        ] {
            let call = json!({ "command": "Customers.add", "params": params });
            let reply = admin.send(admin.post(path).body(call.to_string())).await;
            assert_eq!(reply.refusal(), refusal, "{path} {params}");
            assert!(
                reply.body["message"].as_str().unwrap().contains(&format!("“{named}”")),
                "{params}: {}",
                reply.body
            );
        }
    }
    assert_eq!(admin.refusal("Customers.move", json!({})).await, "404 parameter-missing");
    let reply =
        admin.call("Admins.add", json!({ "admin_password": "", "email": "a@example.com" })).await;
    assert!(reply.body["message"].as_str().unwrap().contains("“name”"), "{}", reply.body);
}

/// The same call many times at once adds one customer.
#[tokio::test]
async fn a_repeated_add_is_refused_not_doubled() {
    let (app, admin, _) = fixture().await;
    let calls = (0..8).map(|_| {
        let admin = admin.clone();
        tokio::spawn(async move { admin.call("Customers.add", minimal("web")).await.status })
    });
    let mut statuses = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        statuses.push(call.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400, 400, 400, 400, 400, 400, 400]);
    assert_eq!(app.count("customers", "1 = 1").await, 1);
    app.assert_counters().await;
}

#[tokio::test]
async fn a_generated_password_is_emailed_and_not_in_the_response() {
    let (app, admin, _) = fixture().await;
    let params = json!({ "email": "c@customer.example", "company": "C", "sendpassword": "true" });
    let row = admin.data("Customers.add", params).await;
    assert_eq!(app.count("jobs", "kind = 'send_welcome'").await, 1);
    assert!(!row.to_string().contains("password"), "{row}");
    assert_eq!(
        app.text("SELECT door FROM audit_entries WHERE action = 'customer.added'").await.as_deref(),
        Some("api")
    );
}

/// An exhausted quota gives 406, as in Froxlor.
#[tokio::test]
async fn an_exhausted_quota_is_refused() {
    let (app, _, reseller) = fixture().await;
    app.limit("reseller", &[("customers", 1)]).await;
    reseller.data("Customers.add", minimal("weba")).await;
    assert_eq!(reseller.refusal("Customers.add", minimal("webb")).await, "406 customers-exhausted");
}

crate::support::api::same_at_the_compatible_address!(
    rows_have_every_column_and_no_secret,
    an_update_is_applied_completely_or_not_at_all,
    a_repeated_add_is_refused_not_doubled,
    a_generated_password_is_emailed_and_not_in_the_response,
    an_exhausted_quota_is_refused,
);
