//! Requests, responses and errors of the API.

use crate::support::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn a_call_gets_a_json_response() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    assert_eq!(api.data("Customers.listingCount", json!({})).await, 0);
    for path in ["/api", "/api.php", "/api/"] {
        let reply = api
            .send(
                api.post(path)
                    .body(r#"{"command":"Customers.listingCount","header":{"apikey":"ignored"}}"#),
            )
            .await;
        assert_eq!((reply.status, &reply.body), (200, &json!({ "data": 0 })), "{path}");
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    // PHP writes empty objects as lists.
    for params in [json!(null), json!({}), json!([])] {
        assert_eq!(
            api.call("Customers.listing", params).await.body,
            json!({ "data": { "count": 0, "total": 0, "list": [] } })
        );
    }
}

#[tokio::test]
async fn the_address_can_name_the_command() {
    let app = TestApp::spawn().await;
    app.customer("web").await;
    let api = app.api("admin").await;
    for path in ["/api.php?/customers/get", "/api?/customers/get/", "/api/Customers.get"] {
        let reply = api.send(api.post(path).body(r#"{"loginname":"web"}"#)).await;
        assert_eq!(
            (reply.status, &reply.body["data"]["loginname"]),
            (200, &json!("web")),
            "{path}"
        );
    }
    for path in [
        "/api.php?/customers/listingcount",
        "/api/Customers.listingCount",
        "/api?/hostingplans/listing",
    ] {
        assert_eq!(api.send(api.post(path)).await.status, 200, "{path} needs no body");
    }
    assert_eq!(
        api.send(api.post("/api/Customers.frobnicate").body("{}")).await.refusal(),
        "400 command-unknown"
    );
}

/// `FroxlorRpcTest`, and seq 5 to 15 of the observed calls.
#[tokio::test]
async fn bodies_without_a_valid_call_are_refused() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    for (body, refusal) in [
        ("", "400 body-empty"),
        ("  \n", "400 body-empty"),
        ("{\"command\": \"Customers.listing\", ", "400 json-invalid"),
        ("command=Customers.listing", "400 json-invalid"),
        ("null", "400 json-invalid"),
        ("[1,2]", "400 command-missing"),
        ("\"Customers.listing\"", "400 command-missing"),
        ("5", "400 command-missing"),
        ("{\"params\":{}}", "400 command-missing"),
        ("{\"command\":\" \"}", "400 command-missing"),
        ("{\"command\":5}", "400 command-invalid"),
        ("{\"command\":[\"Customers\",\"get\"]}", "400 command-invalid"),
        ("{\"command\":\"Customers\"}", "400 command-invalid"),
        ("{\"command\":\"Customers.listing.x\"}", "400 command-invalid"),
        ("{\"command\":\"Foo.bar\"}", "400 command-unknown"),
        ("{\"command\":\"Customers.foo\"}", "400 command-unknown"),
        ("{\"command\":\"customers.listing\"}", "400 command-unknown"),
        ("{\"command\":\"Customers.increaseUsage\"}", "400 command-unknown"),
        ("{\"command\":\"Customers.listing\",\"params\":\"abc\"}", "400 params-invalid"),
        ("{\"command\":\"Customers.listing\",\"params\":[1,2]}", "400 params-invalid"),
        ("\u{feff}{}", "400 json-invalid"),
    ] {
        assert_eq!(api.send(api.post("/api").body(body)).await.refusal(), refusal, "{body}");
    }
    let bytes = api.send(api.post("/api").body(vec![0xff, 0xfe, 0x00])).await;
    assert_eq!(bytes.refusal(), "400 json-invalid");
}

#[tokio::test]
async fn size_and_depth_of_a_body_are_limited() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    let call = |notes: usize| {
        json!({ "command": "Customers.add", "params": { "custom_notes": "x".repeat(notes) } })
            .to_string()
    };
    assert_eq!(
        api.send(api.post("/api").body(call(300_000))).await.refusal(),
        "413 body-too-large"
    );
    assert_eq!(
        api.send(api.post("/api").body(call(200_000))).await.status,
        404,
        "read, and the email address is missing"
    );
    for depth in [17, 100, 5_000] {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let body =
            format!("{{\"command\":\"Customers.listing\",\"params\":{{\"sql_search\":{deep}}}}}");
        assert_eq!(
            api.send(api.post("/api").body(body)).await.refusal(),
            "400 json-too-deep",
            "{depth}"
        );
    }
}

#[tokio::test]
async fn every_error_is_json() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await;
    for method in ["GET", "PUT", "DELETE", "PATCH"] {
        for path in ["/api", "/api.php", "/api/Customers.get"] {
            let reply = api.send(api.request(method, path)).await;
            assert_eq!(reply.refusal(), "405 method-not-allowed", "{method} {path}");
            assert_eq!(reply.header("allow"), "POST");
        }
    }
    let reply = api.send(api.post("/api/openapi.json").body("{}")).await;
    assert_eq!(
        (reply.refusal().as_str(), reply.header("allow")),
        ("405 only-to-look-at", "GET, HEAD")
    );
    for path in ["/api/%ff", "/api/%00.%0a", "/api/Customers.get%20"] {
        assert!(
            api.send(api.post(path).body("{}")).await.refusal().starts_with("400 command-"),
            "{path}"
        );
    }
    for path in ["/api/a/b", "/api/Customers.get/x"] {
        assert_eq!(api.send(api.post(path)).await.refusal(), "404 route-unknown", "{path}");
    }
}

/// Messages are in the language of the caller, or of an unknown caller's client. Codes are the same
/// in all languages.
#[tokio::test]
async fn messages_are_translated_and_codes_are_not() {
    let app = TestApp::spawn().await;
    app.add(
        "admin",
        crate::support::make::with("web", json!({ "def_language": "de", "api_allowed": true })),
    )
    .await
    .unwrap();
    let german = app.api("web").await.call("Customers.listing", json!({})).await;
    assert_eq!(german.refusal(), "403 not-allowed");
    assert_eq!(german.body["message"], "Sie haben keine Berechtigung für diesen Befehl.");
    let stranger = app.api_as("x", "y");
    let reply = stranger
        .send(stranger.bare("POST", "/api").header("accept-language", "de-AT,de;q=0.9"))
        .await;
    assert_eq!(
        reply.body["message"],
        "Senden Sie einen API-Schlüssel und das zugehörige Secret per HTTP Basic Authentication."
    );
    let all = app
        .api("admin")
        .await
        .call(
            "Customers.add",
            json!({ "email": "x", "zipcode": "a_b", "company": "C", "foo": null }),
        )
        .await;
    assert_eq!(
        all.fields(),
        ["email: email-invalid", "zipcode: format-invalid"],
        "every validation error at once (#d55)"
    );
    assert_eq!(all.refusal(), "400 email-invalid");
    assert!(all.body["message"].as_str().unwrap().contains("zipcode: "), "{}", all.body["message"]);
}

/// Froxlor's clients probe the API with `Froxlor.listFunctions`, which returns the commands that
/// the caller may use.
#[tokio::test]
async fn clients_can_list_the_commands() {
    let app = TestApp::spawn().await;
    app.reseller("res", &[]).await;
    let api = app.api("admin").await;
    let functions = api.data("Froxlor.listFunctions", json!({})).await;
    let names = |functions: &Value| -> Vec<String> {
        let name = |f: &Value| {
            format!("{}.{}", f["module"].as_str().unwrap(), f["function"].as_str().unwrap())
        };
        functions.as_array().unwrap().iter().map(name).collect()
    };
    for name in [
        "Customers.listing",
        "Customers.move",
        "HostingPlans.update",
        "Admins.unlock",
        "Froxlor.generatePassword",
    ] {
        assert!(names(&functions).iter().any(|known| known == name), "{name}");
    }
    let add = api
        .data("Froxlor.listFunctions", json!({ "module": "customers", "function": "add" }))
        .await;
    assert_eq!(names(&add), ["Customers.add"]);
    let email = add[0]["params"]
        .as_array()
        .unwrap()
        .iter()
        .find(|param| param["parameter"] == "email")
        .unwrap();
    assert_eq!((&email["type"], &email["required"]), (&json!("string"), &json!(true)));
    let reseller = app.api("res").await.data("Froxlor.listFunctions", json!({})).await;
    assert!(
        !names(&reseller)
            .iter()
            .any(|name| name.starts_with("Admins.") || name == "Customers.move"),
        "{reseller}"
    );
}

#[tokio::test]
async fn generated_passwords_follow_the_policy() {
    let app = TestApp::spawn().await;
    app.set("password.special_required", "1").await;
    let api = app.api("admin").await;
    let password = api.data("Froxlor.generatePassword", json!({})).await;
    assert!(password.as_str().unwrap().contains(|c| "!?<>§$%+#=@".contains(c)), "{password}");
    let long = api.data("Froxlor.generatePassword", json!({ "length": "40" })).await;
    assert_eq!(long.as_str().unwrap().chars().count(), 40);
    for length in [json!(-1), json!(129), json!("long")] {
        assert!(
            api.refusal("Froxlor.generatePassword", json!({ "length": length }))
                .await
                .starts_with("400 number-"),
            "{length}"
        );
    }
}
