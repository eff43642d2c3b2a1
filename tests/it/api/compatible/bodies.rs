//! Request bodies as Froxlor's clients write them.

use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn byte_order_marks_and_blanks_around_the_json() {
    let app = TestApp::spawn().await;
    let api = app.api("admin").await.compatible();
    let call = "{\"command\":\"Customers.listingCount\",\"params\":[]}";
    for body in [
        format!("{call}\n"),
        format!("\r\n {call}"),
        format!("\u{feff}{call}"),
        call.replace("[]", "null"),
    ] {
        assert_eq!(api.raw(body.clone()).await.status, 200, "{body:?}");
    }
    for content_type in [
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "application/x-www-form-urlencoded",
    ] {
        let request = api.post("/api.php").header("content-type", content_type).body(call);
        assert_eq!(api.send(request).await.status, 200, "{content_type}");
    }
    for params in ["\"\"", "false", "[]", "{}", "null", "[1, 2]"] {
        assert_eq!(api.raw(call.replace("[]", params)).await.status, 200, "{params}");
    }
    let reply = api.raw("{\"command\":\"Customers.listing\",\"params\":[1,2]}").await;
    assert_eq!(reply.header("x-clientele-ignored"), "0, 1", "unknown names (#diff-3)");
    for (body, refusal) in [
        ("command=Customers.listing&params[id]=1", "400 json-invalid"),
        ("{\"command\":\"Customers.listing\",\"params\":\"id=1\"}", "400 params-invalid"),
        ("{\"command\":\"Customers.listing\",\"params\":[\"show_usages\":1]}", "400 json-invalid"),
        ("{'command':'Customers.listing'}", "400 json-invalid"),
        ("{\"command\":\"Customers.listing\",}", "400 json-invalid"),
        ("{\"command\":\"customers.listing\"}", "400 command-unknown"),
    ] {
        assert_eq!(api.raw(body).await.refusal(), refusal, "{body}");
    }
}

/// JSON is UTF-8. The error for another encoding names the encoding and the position.
#[tokio::test]
async fn other_encodings() {
    let app = TestApp::spawn().await;
    for api in [app.api("admin").await, app.api("admin").await.compatible()] {
        let mut latin1 = b"{\"command\":\"Customers.add\",\"params\":{\"city\":\"K".to_vec();
        let at = latin1.len() + 1;
        latin1.extend(b"\xf6ln\"}}");
        let reply = api.raw(latin1).await;
        assert_eq!(reply.refusal(), "400 json-invalid");
        let message = reply.body["message"].as_str().unwrap();
        assert!(message.contains("UTF-8") && message.contains(&format!("byte {at} ")), "{message}");
        let utf16: Vec<u8> = "{\"command\":\"Customers.listing\"}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let reply = api.raw(utf16).await;
        assert_eq!(reply.refusal(), "400 json-invalid");
        assert!(reply.body["message"].as_str().unwrap().contains("UTF-8"), "{}", reply.body);
    }
}

/// Froxlor's REST-like form names the command in the URL; its parameters are read as Froxlor reads
/// them, too.
#[tokio::test]
async fn the_command_in_the_address() {
    let app = TestApp::spawn().await;
    app.customer("web").await;
    let api = app.api("admin").await;
    let update = json!({ "loginname": "web", "city": "Bonn", "foo": 1 }).to_string();
    let reply = api.send(api.post("/api.php?/customers/update").body(update.clone())).await;
    assert_eq!((reply.status, reply.header("x-clientele-ignored")), (200, "foo"), "{}", reply.body);
    for path in ["/api?/customers/update", "/api/Customers.update"] {
        assert_eq!(
            api.send(api.post(path).body(update.clone())).await.refusal(),
            "400 parameter-unknown",
            "{path}"
        );
    }
}
