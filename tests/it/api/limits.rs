//! Rate limits of the API.

use crate::support::TestApp;
use crate::support::api::Reply;
use jiff::SignedDuration;
use serde_json::json;

fn rate_headers(reply: &Reply) -> [&str; 4] {
    ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "retry-after"]
        .map(|name| reply.header(name))
}

#[tokio::test]
async fn each_key_has_its_own_count() {
    let app = TestApp::spawn().await;
    app.set("api.rate_per_key", "3").await;
    let (one, other) = (app.api("admin").await, app.api("admin").await);
    for remaining in ["2", "1", "0"] {
        let reply = one.call("Customers.listingCount", json!({})).await;
        assert_eq!((reply.status, rate_headers(&reply)), (200, ["3", remaining, "60", ""]));
        assert_eq!(reply.header("ratelimit-policy"), "3;w=60");
        assert_eq!(reply.header("x-ratelimit-remaining"), remaining);
        assert_eq!(reply.header("x-ratelimit-reset"), (app.now().as_second() + 60).to_string());
    }
    app.advance_clock(SignedDuration::from_secs(15));
    let exceeded = one.call("Customers.listingCount", json!({})).await;
    assert_eq!(
        (exceeded.refusal().as_str(), rate_headers(&exceeded)),
        ("429 rate-exceeded", ["3", "0", "45", "45"])
    );
    assert_eq!(other.call("Customers.listingCount", json!({})).await.status, 200);
    app.advance_clock(SignedDuration::from_secs(45));
    assert_eq!(
        rate_headers(&one.call("Customers.listingCount", json!({})).await),
        ["3", "2", "60", ""]
    );
}

/// Refused calls count for the address, too, so that nobody can guess secrets without a limit
/// (#d31).
#[tokio::test]
async fn an_address_has_a_count_over_all_keys() {
    let app = TestApp::spawn().await;
    app.set("api.rate_per_address", "4").await;
    let api = app.api("admin").await;
    for n in 0..4 {
        assert_eq!(
            app.api_as("nope", &n.to_string()).refusal("Customers.listing", json!({})).await,
            "403 credentials-refused"
        );
    }
    let exceeded = api.call("Customers.listingCount", json!({})).await;
    assert_eq!(exceeded.refusal(), "429 rate-exceeded");
    assert_eq!(rate_headers(&exceeded), ["4", "0", "60", "60"]);
    app.advance_clock(SignedDuration::from_secs(20));
    let later = api.call("Customers.listingCount", json!({})).await;
    assert_eq!(
        rate_headers(&later),
        ["4", "0", "40", "40"],
        "the rest of the window, not a whole one"
    );
    app.advance_clock(SignedDuration::from_secs(40));
    assert_eq!(api.call("Customers.listingCount", json!({})).await.status, 200);
}

/// Fifty simultaneous calls do not exceed the limit.
#[tokio::test]
async fn parallel_calls_do_not_exceed_the_limit() {
    let app = TestApp::spawn().await;
    app.set("api.rate_per_key", "20").await;
    let api = app.api("admin").await;
    let calls = (0..50).map(|_| {
        let api = api.clone();
        tokio::spawn(async move { api.call("Customers.listingCount", json!({})).await.status })
    });
    let mut statuses = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        statuses.push(call.await.unwrap());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 20, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 30, "{statuses:?}");
}
