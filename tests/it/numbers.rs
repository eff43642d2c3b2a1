//! Numbers as people write them: in the language of their account and with units. Ambiguous numbers
//! are refused, so that none is misread by a factor of a thousand.

use crate::support::TestApp;
use crate::support::make::{PASSWORD, refused, with};
use crate::support::program::Installation;
use serde_json::json;

const MIB: i64 = 1 << 20;

#[tokio::test]
async fn forms_read_numbers_in_the_language_of_the_account() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "diskspace": 5, "emails": 5 }))).await.unwrap();
    let admin = app.signed_in("admin").await;
    for (language, field, typed, stored) in [
        ("en", "diskspace", "2048", Ok(2048 * MIB)),
        ("en", "diskspace", "2,048", Ok(2048 * MIB)),
        ("en", "diskspace", "2.048", Err("2.0480")),
        ("en", "diskspace", "2.5 GB", Ok(2_500_000_000)),
        ("en", "diskspace", "1 GiB", Ok(1024 * MIB)),
        ("en", "diskspace", "500 MB", Ok(500_000_000)),
        ("en", "emails", "1,000", Ok(1000)),
        ("en", "emails", "2.5", Err("whole number")),
        ("en", "emails", "-3", Err("9,223,372,036,854,775,807")),
        ("en", "diskspace", "much", Err("8,796,093,022,207")),
        ("de", "diskspace", "2.048", Ok(2048 * MIB)),
        ("de", "diskspace", "2,048", Err("2,0480")),
        ("de", "diskspace", "2,5 GB", Ok(2_500_000_000)),
        ("de", "diskspace", "0,5", Ok(MIB / 2)),
        ("de", "emails", "1.000", Ok(1000)),
        ("de", "emails", "2,5", Err("ganze Zahl")),
        ("de", "emails", "99999999999999999999", Err("9.223.372.036.854.775.807")),
    ] {
        app.sql(&format!("UPDATE admins SET language = '{language}'")).await;
        let page =
            admin.submit("/customers/meier/edit", "/customers/meier", &[(field, typed)]).await;
        let customer = app.get("admin", "meier").await.unwrap();
        let resource = clientele::domain::resources::Resource::ALL
            .into_iter()
            .find(|resource| resource.name() == field)
            .unwrap();
        let limit = customer.profile.services.limits[resource].to_column().unwrap();
        match stored {
            Ok(expected) => assert_eq!(
                (page.status, limit),
                (303, expected),
                "{language} {field} {typed}: {}",
                page.said()
            ),
            Err(message) => {
                let error = page.field_error(field).unwrap_or_default();
                assert!(
                    page.status == 422 && error.contains(message),
                    "{language} {field} {typed}: {error}"
                );
                assert_eq!(page.value(field).as_deref(), Some(typed), "the typed text is kept");
            }
        }
    }
}

#[tokio::test]
async fn forms_show_numbers_as_they_read_them_and_saving_changes_nothing() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    for (language, bytes, shown) in [
        ("en", MIB / 2, "0.5"),
        ("de", MIB / 2, "0,5"),
        ("en", MIB + MIB / 8, "1.1250"),
        ("de", MIB + MIB / 8, "1,1250"),
        ("en", 2_500_000_000, "2.5 GB"),
        ("de", 2_500_000_000, "2,5 GB"),
        ("de", 1_234_567, "1,177374839783"),
        ("de", 2048 * MIB, "2048"),
    ] {
        app.sql(&format!("UPDATE admins SET language = '{language}'")).await;
        app.sql(&format!("UPDATE customers SET diskspace = {bytes}")).await;
        app.sql(&format!("UPDATE admins SET diskspace_used = {bytes}")).await;
        let page = admin.open("/customers/meier/edit").await;
        assert_eq!(page.value("diskspace").as_deref(), Some(shown), "{language} {bytes}");
        assert_eq!(
            page.attr("#diskspace", "type").as_deref(),
            Some("text"),
            "a number field would accept no comma and no unit"
        );
        assert_eq!(page.attr("#emails", "inputmode").as_deref(), Some("numeric"));
        admin
            .submit_and_follow("/customers/meier/edit", "/customers/meier", &[("city", shown)])
            .await;
        assert_eq!(
            app.number("SELECT diskspace FROM customers").await,
            bytes,
            "{language} {shown}"
        );
    }
}

#[tokio::test]
async fn forms_of_plans_admins_and_settings_read_numbers_alike() {
    let app = TestApp::spawn().await;
    app.sql("UPDATE admins SET language = 'de'").await;
    let admin = app.signed_in("admin").await;
    admin
        .submit_and_follow(
            "/plans/new",
            "/plans",
            &[("name", "Gold"), ("diskspace", "2.048"), ("traffic", "1,5 TiB")],
        )
        .await;
    assert_eq!(app.number("SELECT diskspace FROM plans").await, 2048 * MIB);
    assert_eq!(app.number("SELECT traffic FROM plans").await, 3 << 39);
    let fields = [
        ("new_loginname", "seller"),
        ("admin_password", "Correct-horse-7"),
        ("name", "S"),
        ("email", "s@example.com"),
    ];
    let fields = fields
        .into_iter()
        .chain([("customers", "1.000"), ("diskspace", "2,5 GB"), ("current_password", PASSWORD)])
        .collect::<Vec<_>>();
    admin.submit_and_follow("/admins/new", "/admins", &fields).await;
    assert_eq!(app.number("SELECT customers FROM admins WHERE login_name = 'seller'").await, 1000);
    assert_eq!(
        app.number("SELECT diskspace FROM admins WHERE login_name = 'seller'").await,
        2_500_000_000
    );
    admin.submit_and_follow("/settings", "/settings", &[("mail.quota", "1.000")]).await;
    assert_eq!(
        app.text("SELECT value FROM settings WHERE name = 'mail.quota'").await.as_deref(),
        Some("1000")
    );
    let page = admin.submit("/settings", "/settings", &[("panel.page_size", "many")]).await;
    let error = page.field_error("panel.page_size").unwrap_or_default();
    assert!(page.status == 422 && error.contains('5') && error.contains("200"), "{error}");
}

#[tokio::test]
async fn the_api_reads_decimal_points_and_counts_are_integers_everywhere() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    api.data("Customers.add", with("meier", json!({ "diskspace": "1.500", "emails": "7" }))).await;
    assert_eq!(
        app.number("SELECT diskspace FROM customers").await,
        MIB + MIB / 2,
        "in the API, a point is a decimal point"
    );
    for value in [json!(2.9), json!("2.9")] {
        let reply =
            api.call("Customers.update", json!({ "loginname": "meier", "emails": value })).await;
        assert_eq!(
            (reply.refusal(), reply.fields()),
            ("400 number-not-whole".to_owned(), vec!["emails: number-not-whole".to_owned()])
        );
    }
    for value in ["2.5 GB", "1,5"] {
        let reply =
            api.call("Customers.update", json!({ "loginname": "meier", "diskspace": value })).await;
        assert_eq!(reply.refusal(), "400 number-invalid", "{value}");
    }
    api.data("Customers.update", json!({ "loginname": "meier", "emails": 3.0 })).await;
    assert_eq!(
        refused(app.update("admin", "meier", json!({ "mysqls": "0.5" })).await),
        ["mysqls: number-not-whole"]
    );
    app.sql("UPDATE customers SET diskspace_used = 2100000000").await;
    for (search, found) in
        [("disk>2GB", 1), ("disk>2.2GB", 0), ("disk<\"2,5 GB\"", 1), ("diskspace>1", 1)]
    {
        assert_eq!(app.find("admin", search).await.len(), found, "{search}");
    }
    let page = app.signed_in("admin").await.get("/customers?q=disk>2.048").await;
    assert!(
        page.status == 422 && page.alert().contains("2048") && page.alert().contains("2.0480"),
        "{}",
        page.alert()
    );
}

#[tokio::test]
async fn files_and_the_shell_refuse_ambiguous_numbers() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/customers/import", "/customers/import").await;
    let file = "email,company,loginname,diskspace_mib,emails\na@example.com,A,eins,2.048,5\nb@example.com,B,zwei,\"2,5 GB\",2.5\n";
    let page = admin.upload(&form, file.as_bytes()).await;
    assert!(page.text.contains("2.0480") && page.text.contains("2048"), "{}", page.said());
    assert!(!page.has_form("/customers/import/confirm"));
    let good = file.replace("2.048", "2048").replace("2.5\n", "2\n");
    let form = admin.upload(&form, good.as_bytes()).await.form("/customers/import/confirm");
    assert_eq!(admin.post(&form).await.status, 303);
    for (name, size) in [("eins", 2048 * MIB), ("zwei", 2_500_000_000)] {
        assert_eq!(
            app.number(&format!("SELECT diskspace FROM customers WHERE login_name = '{name}'"))
                .await,
            size,
            "{name}"
        );
    }

    let installation = Installation::new();
    let boss = [
        "admin",
        "create",
        "--loginname",
        "boss",
        "--email",
        "boss@provider.example",
        "--password-stdin",
    ];
    assert!(installation.run_with_input(&boss, "Correct-horse-7\n").status.success());
    let add = |name: &str, more: &[&str]| {
        let email = format!("{name}@customer.example");
        let fixed = [
            "customers",
            "add",
            "--email",
            &email,
            "--company",
            "C",
            "--new_loginname",
            name,
            "--json",
        ];
        installation.run(&[&fixed[..], more].concat())
    };
    let wrong = add("eins", &["--diskspace", "2.048", "--emails", "2.5"]);
    let output: serde_json::Value = serde_json::from_slice(&wrong.stdout).unwrap();
    assert_eq!(
        output["fields"],
        json!({ "diskspace": ["number-ambiguous"], "emails": ["number-not-whole"] })
    );
    let right = add("zwei", &["--diskspace", "2.5 GB", "--traffic", "1,000"]);
    let output: serde_json::Value = serde_json::from_slice(&right.stdout).unwrap();
    assert_eq!(
        (&output["diskspace"], &output["traffic"]),
        (&json!(2_500_000_000_i64 / 1024), &json!(1000 * MIB))
    );
}

#[tokio::test]
async fn the_search_reads_numbers_in_the_language_of_the_account() {
    let app = TestApp::spawn().await;
    for (name, emails) in [("small", 500), ("large", 1500)] {
        app.add("admin", with(name, json!({ "emails": emails }))).await.unwrap();
    }
    let admin = app.signed_in("admin").await;
    for (language, typed, found) in [
        ("de", "emails>1.000", Ok(vec!["large"])),
        ("en", "emails>1,000", Ok(vec!["large"])),
        ("de", "emails<1.000", Ok(vec!["small"])),
        ("de", "emails>1,000", Err("„1,000“ ist mehrdeutig")),
        ("en", "emails>1.000", Err("“1.000” is ambiguous")),
    ] {
        app.sql(&format!("UPDATE admins SET language = '{language}'")).await;
        let query =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("q", typed).finish();
        let page = admin.get(&format!("/customers?{query}")).await;
        match found {
            Ok(names) => assert_eq!(
                (page.status, page.rows()),
                (200, names.into_iter().map(ToOwned::to_owned).collect()),
                "{typed}"
            ),
            Err(message) => {
                assert!(
                    page.status == 422 && page.field_error("q").unwrap().contains(message),
                    "{typed}: {:?}",
                    page.field_error("q")
                );
            }
        }
    }
}

#[tokio::test]
async fn every_invalid_condition_of_a_search_is_reported() {
    let app = TestApp::spawn().await;
    let page = app.signed_in("admin").await.get("/customers?q=nosuch:1+emails>many").await;
    let error = page.field_error("q").unwrap();
    assert!(error.contains("“nosuch”") && error.contains("“emails>many”"), "{error}");
}

#[tokio::test]
async fn errors_of_the_api_describe_formats_of_the_api() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let api = app.api("admin").await;
    for (language, part) in
        [("en", "such as 2.5, without a unit"), ("de", "ohne Einheit und mit Dezimalpunkt")]
    {
        app.sql(&format!("UPDATE admins SET language = '{language}'")).await;
        let reply = api
            .call("Customers.update", json!({ "loginname": "meier", "diskspace": "2.5 GB" }))
            .await;
        let message = reply.body["message"].as_str().unwrap();
        assert!(reply.refusal() == "400 number-invalid" && message.contains(part), "{message}");
    }
}
