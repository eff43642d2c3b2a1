//! Every route that handles `GET` handles `HEAD`.

use crate::support::TestApp;
use crate::support::routes::{self, Fixture};
use crate::support::wire::Wire;
use std::collections::BTreeMap;

/// Headers that differ between any two responses.
const VARYING: [&str; 3] = ["date", "set-cookie", "x-request-id"];

#[tokio::test]
async fn every_get_route_responds_to_head_with_the_same_headers() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    let asset = app.browser().open("/login").await.attr("link[rel=stylesheet]", "href").unwrap();
    let routes = routes::pages().into_iter().map(|route| fixture.path(&route.path));
    let others = ["/nowhere", "/login?next=/plans"].map(ToOwned::to_owned);
    let paths: Vec<String> = routes.chain(others).chain([asset]).collect();
    for actor in ["admin", "theirs", ""] {
        let client = if actor.is_empty() { app.browser() } else { app.signed_in(actor).await };
        for path in &paths {
            let headers = async |method: &str| {
                let response = client.request(method, path).send().await.unwrap();
                let compared =
                    response.headers().iter().filter(|(name, _)| !VARYING.contains(&name.as_str()));
                let mut headers: BTreeMap<_, _> = compared
                    .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                    .collect();
                if path == "/metrics" {
                    headers.remove("content-length");
                }
                let status = response.status().as_u16();
                (status, headers, response.bytes().await.unwrap().len())
            };
            let (status, expected, _) = headers("GET").await;
            let (head_status, head, length) = headers("HEAD").await;
            assert_eq!((head_status, &head, length), (status, &expected, 0), "{actor} {path}");
            let length =
                ["content-length", "transfer-encoding"].map(|name| head.contains_key(name));
            let expected = usize::from(path != "/metrics");
            assert_eq!(
                length.iter().filter(|is_there| **is_there).count(),
                expected,
                "{path}: {head:?}"
            );
        }
    }
}

#[tokio::test]
async fn the_connection_stays_open_after_head() {
    let app = TestApp::spawn().await;
    let mut wire = Wire::open(&app.url("")).await;
    for _ in 0..2 {
        wire.send("HEAD /login HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\n\r\n").await;
        let head = wire.read_head_response().await.unwrap();
        assert_eq!((head.status, head.header("content-encoding")), (200, "gzip"));
        wire.send("GET /login HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\n\r\n").await;
        let page = wire.read_response().await.unwrap();
        assert_eq!((page.status, page.header("content-encoding")), (200, "gzip"));
    }
    let sum = app.browser().open("/metrics").await.text;
    assert!(
        sum.contains(
            "clientele_http_requests_total{method=\"HEAD\",route=\"/login\",status=\"200\"} 2"
        ),
        "{sum}"
    );
}

#[tokio::test]
async fn paths_without_get_refuse_head() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    for path in ["/api", "/api.php", "/logout"] {
        let [head, get] = [client.request("HEAD", path), client.request("GET", path)]
            .map(reqwest::RequestBuilder::send);
        assert_eq!(head.await.unwrap().status(), get.await.unwrap().status(), "{path}");
    }
}
