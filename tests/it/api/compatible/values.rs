//! Parameters as Froxlor reads them, and parameters that are still refused.

use crate::support::TestApp;
use crate::support::api::Api;
use crate::support::make::{PASSWORD, with};
use serde_json::{Value, json};

async fn fixture() -> (TestApp, Api) {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await.compatible();
    (app, api)
}

/// Adds a customer with additional parameters. Returns the row and the header with the ignored
/// parameters.
async fn add_customer(api: &Api, login_name: &str, more: Value) -> (Value, String) {
    let reply = api.call("Customers.add", with(login_name, more.clone())).await;
    assert_eq!(reply.status, 200, "{more}: {}", reply.body);
    (reply.body["data"].clone(), reply.header("x-clientele-ignored").to_owned())
}

/// Unknown parameters are named and have no effect (#diff-7).
#[tokio::test]
async fn unknown_parameters_are_ignored_and_named() {
    let (app, api) = fixture().await;
    app.reseller("res", &[]).await;
    let more = json!({
        "type_2fa": 1, "data_2fa": "x", "isphpenabled": true, "letsencrypt": 1, "documentroot": "/etc", "deactivated": 1, "adminid": 2,
        "customerid": 777, "guid": 0, "password": "x", "foo": { "a": [1] }, "a\r\nb": 1, "nothing": null,
    });
    let (row, ignored) = add_customer(&api, "web", more).await;
    assert_eq!(
        ignored,
        "a%0D%0Ab, adminid, customerid, data_2fa, deactivated, documentroot, foo, guid, isphpenabled, letsencrypt, password, type_2fa"
    );
    assert_eq!(
        (&row["deactivated"], &row["adminid"], &row["customerid"], &row["phpenabled"]),
        (&json!(0), &json!(1), &json!(1), &json!(0))
    );
    assert!(row["documentroot"].as_str().unwrap().ends_with("/web/"), "{row}");
    assert_eq!(row["guid"], 10_000);
    app.sign_in_as("web", PASSWORD).await;
    // Failures have the header, too, and it is bounded.
    let many: serde_json::Map<String, Value> =
        (0..3_000).map(|n| (format!("p{n:05}"), json!(1))).collect();
    let reply = api.call("Customers.get", many.into()).await;
    assert_eq!(reply.refusal(), "404 parameter-missing");
    assert!(
        reply.header("x-clientele-ignored").ends_with(", p00019, +2980"),
        "{}",
        reply.header("x-clientele-ignored")
    );
    // The strict dialect ignores nothing.
    let reply = api.strict().call("Customers.get", json!({ "loginname": "web", "foo": 1 })).await;
    assert_eq!(
        (reply.refusal().as_str(), reply.header("x-clientele-ignored")),
        ("400 parameter-unknown", "")
    );
    for (command, params) in [
        (
            "Customers.update",
            json!({ "loginname": "web", "store_defaultindex": 1, "new_loginname": "other" }),
        ),
        ("Customers.unlock", json!({ "loginname": "web", "foo": 1 })),
        ("HostingPlans.add", json!({ "name": "P", "foo": 1 })),
        ("Admins.update", json!({ "loginname": "res", "ipaddress": -1 })),
    ] {
        let reply = api.call(command, params).await;
        assert_eq!(reply.status, 200, "{command}: {}", reply.body);
        assert_ne!(reply.header("x-clientele-ignored"), "", "{command}");
    }
    assert_eq!(api.data("Customers.get", json!({ "id": 1 })).await["loginname"], "web");
}

/// Only 1, as a number or as text, and true remove files (#diff-16).
#[tokio::test]
async fn only_1_and_true_remove_files() {
    let (app, api) = fixture().await;
    for (n, (value, removed)) in [
        (json!("true"), false),
        (json!("yes"), false),
        (json!(2), false),
        (json!("false"), false),
        (json!(""), false),
        (json!([1]), false),
        (json!(null), false),
        (json!(1), true),
        (json!("1"), true),
        (json!(true), true),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("user{}", char::from(b'a' + u8::try_from(n).unwrap()));
        app.customer(&name).await;
        api.data("Customers.delete", json!({ "loginname": name, "delete_userfiles": value })).await;
        let jobs = app
            .count("jobs", &format!("kind = 'remove_home' AND payload LIKE '%\"{name}\"%'"))
            .await;
        assert_eq!(jobs == 1, removed, "{value}");
    }
}

/// Languages and themes have several names. An unknown name means the default (#diff-18, #diff-19).
#[tokio::test]
async fn languages_and_themes_have_several_names() {
    let (app, api) = fixture().await;
    app.customer("web").await;
    for (sent, language, ignored) in [
        (json!("Deutsch"), "de", ""),
        (json!("English"), "en", ""),
        (json!("german"), "de", ""),
        (json!("de_DE"), "de", ""),
        (json!("fr"), "en", "def_language"),
        (json!("de"), "de", ""),
        (json!(""), "de", ""),
        (json!(null), "de", ""),
        (json!("../../etc/passwd"), "en", "def_language"),
    ] {
        let reply =
            api.call("Customers.update", json!({ "loginname": "web", "def_language": sent })).await;
        assert_eq!(
            (reply.status, &reply.body["data"]["def_language"]),
            (200, &json!(language)),
            "{sent}: {}",
            reply.body
        );
        assert_eq!(reply.header("x-clientele-ignored"), ignored, "{sent}");
    }
    app.set("panel.default_language", "de").await;
    assert_eq!(
        add_customer(&api, "other", json!({ "def_language": "Klingon" })).await.0["def_language"],
        "de"
    );
    for (sent, theme) in [
        ("Froxlor_dark", "Froxlor_dark"),
        ("Sparkle", "Froxlor"),
        ("light", "light"),
        ("", "Froxlor"),
    ] {
        let row = api.data("Customers.update", json!({ "loginname": "web", "theme": sent })).await;
        assert_eq!(row["theme"], theme, "{sent}");
    }
    let refusal = api
        .strict()
        .refusal("Customers.update", json!({ "loginname": "web", "def_language": "fr" }))
        .await;
    assert_eq!(refusal, "400 language-unknown");
}

/// Numbers and switches as PHP converts them (#diff-14, #diff-15).
#[tokio::test]
async fn numbers_and_switches_are_converted_as_in_php() {
    let (app, api) = fixture().await;
    let more = json!({ "diskspace": "12", "traffic": "3.9", "emails": 2.9, "ftps": "abc", "subdomains": "7x", "mysqls": true, "perlenabled": "2",
        "dnsenabled": "no", "logviewenabled": "perhaps", "phpenabled": [], "gender": 5, "email_imap": 1.0 });
    let (row, ignored) = add_customer(&api, "web", more).await;
    assert_eq!(ignored, "emails, ftps, gender, logviewenabled, subdomains, traffic");
    for (column, value) in [
        ("diskspace", 12_288),
        ("traffic", 3_145_728),
        ("emails", 2),
        ("ftps", 0),
        ("subdomains", 7),
        ("mysqls", 1),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
    for (column, value) in [
        ("perlenabled", 1),
        ("dnsenabled", 0),
        ("logviewenabled", 0),
        ("phpenabled", 0),
        ("gender", 0),
        ("imap", 1),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
    for (params, refusal) in [
        (json!({ "diskspace": -5 }), "400 number-negative"),
        (json!({ "mysqls": -1024 }), "400 number-negative"),
        (json!({ "traffic": "-2" }), "400 number-negative"),
        (json!({ "diskspace": [5] }), "400 type-number"),
        (json!({ "mysqls": 1e300 }), "400 number-too-large"),
        (json!({ "name": ["x"] }), "400 type-text"),
        (json!({ "gui_access": [true] }), "400 type-flag"),
        (json!({ "allowed_phpconfigs": [99] }), "400 id-unknown"),
        (json!({ "allowed_phpconfigs": ["x"] }), "400 ids-invalid"),
        (json!({ "name": "a\nb" }), "400 format-invalid"),
        (json!({ "name": "A <b>" }), "400 format-invalid"),
        (json!({ "hosting_plan_id": 99 }), "404 plan-unknown"),
        (json!({ "new_customer_password": "short" }), "400 password-too-short"),
    ] {
        assert_eq!(
            api.refusal("Customers.add", with("webb", params.clone())).await,
            refusal,
            "{params}"
        );
    }
    let (row, ignored) =
        add_customer(&api, "second", json!({ "hosting_plan_id": "Starter" })).await;
    assert_eq!(
        (ignored.as_str(), &row["hosting_plan_id"]),
        ("hosting_plan_id", &json!(0)),
        "a word is not an id"
    );
    let (row, ignored) = add_customer(
        &api,
        "third",
        json!({ "hosting_plan_id": "-1", "customernumber": 1500, "phone": false, "company": true }),
    )
    .await;
    assert_eq!(
        (ignored.as_str(), &row["customernumber"], &row["phone"], &row["company"]),
        ("", &json!("1500"), &json!(""), &json!("1"))
    );
    app.assert_counters().await;
}

/// Froxlor trims every text, so customers type a password without the line break that a script
/// sent.
#[tokio::test]
async fn passwords_are_trimmed() {
    let (app, api) = fixture().await;
    add_customer(&api, "web", json!({ "new_customer_password": "Trimmed-pass-7\n" })).await;
    app.sign_in_as("web", "Trimmed-pass-7").await;
    for rule in ["password.alpha_lower", "password.alpha_upper"] {
        app.set(rule, "0").await;
    }
    let numeric = json!({ "loginname": "web", "new_customer_password": 7_391_846_205_i64 });
    assert_eq!(api.strict().refusal("Customers.update", numeric.clone()).await, "400 type-text");
    api.data("Customers.update", numeric).await;
    app.sign_in_as("web", "7391846205").await;
}

/// Ids can have several types. An invalid id is refused, not guessed.
#[tokio::test]
async fn ids_of_several_types_are_read() {
    let (app, api) = fixture().await;
    app.customer("web").await;
    for params in [
        json!({ "id": "1" }),
        json!({ "id": 1.0 }),
        json!({ "id": 0, "loginname": "web" }),
        json!({ "id": -1, "loginname": "WEB" }),
        json!({ "id": "", "loginname": " web\n" }),
        json!({ "id": false, "loginname": "web" }),
        json!({ "id": 1, "loginname": "nobody" }),
        json!({ "id": "web", "loginname": "web" }),
    ] {
        assert_eq!(api.data("Customers.get", params.clone()).await["loginname"], "web", "{params}");
    }
    for (params, refusal) in [
        (json!({ "id": "1x", "loginname": "web" }), "400 number-invalid"),
        (json!({ "id": [1] }), "400 type-number"),
        (json!({ "id": 1.5 }), "400 number-invalid"),
        (json!({ "id": 0 }), "404 parameter-missing"),
        (json!({ "loginname": "" }), "406 parameter-empty"),
        (json!({ "id": 99 }), "404 customer-unknown"),
    ] {
        assert_eq!(api.refusal("Customers.get", params.clone()).await, refusal, "{params}");
    }
}

/// Telephone numbers as registries, people and word processors write them, in both dialects
/// (#diff-21).
#[tokio::test]
async fn telephone_numbers_are_accepted_as_people_write_them() {
    let (app, api) = fixture().await;
    app.customer("web").await;
    for api in [api.clone(), api.strict()] {
        for (sent, stored) in [
            ("+49.2211234567", "+49.2211234567"),
            ("+1.7035555555x1234", "+1.7035555555x1234"),
            ("+49\u{a0}221\u{202f}1234\u{2013}56", "+49 221 1234-56"),
            ("0221 / 12.34.56 ext. 7", "0221 / 12.34.56 ext. 7"),
        ] {
            for name in ["phone", "fax"] {
                let row =
                    api.data("Customers.update", json!({ "loginname": "web", name: sent })).await;
                assert_eq!(row[name], stored);
            }
        }
        for bad in ["12a", "1\n2", "1\u{0}2", "call me", "<b>1</b>"] {
            assert_eq!(
                api.refusal("Customers.update", json!({ "loginname": "web", "phone": bad })).await,
                "400 format-invalid",
                "{bad:?}"
            );
        }
    }
}
