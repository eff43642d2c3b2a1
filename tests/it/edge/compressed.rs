//! Compressed responses, as browsers request them: in one piece and without delay.

use crate::support::program::{Installation, Program};
use crate::support::sockets::is_nodelay;
use crate::support::wire::{Response, Wire};
use crate::support::{Client, TestApp};
use std::io::Read as _;

fn decompressed(response: &Response) -> String {
    let mut text = String::new();
    match response.header("content-encoding") {
        "br" => brotli::Decompressor::new(response.body.as_slice(), 4096)
            .read_to_string(&mut text)
            .unwrap(),
        "gzip" => flate2::read::GzDecoder::new(response.body.as_slice())
            .read_to_string(&mut text)
            .unwrap(),
        coding => panic!("{coding}"),
    };
    text
}

async fn get(wire: &mut Wire, path: &str, client: &Client, accepted: &str) -> Response {
    let cookie = client.cookie().unwrap_or_default();
    wire.send(format!(
        "GET {path} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\naccept-encoding: {accepted}\r\n\r\n"
    ))
    .await;
    wire.read_response().await.unwrap()
}

#[tokio::test]
async fn a_page_is_sent_in_one_piece_with_its_length() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(60).await;
    let admin = app.signed_in("admin").await;
    let mut wire = Wire::open(&app.url("")).await;
    for path in ["/customers", "/customers/new", "/", "/api/docs", "/api/openapi.json", "/metrics"]
    {
        let plain = get(&mut wire, path, &admin, "identity").await;
        assert_eq!(
            (plain.header("content-encoding"), plain.header("vary")),
            ("", "accept-encoding"),
            "{path}"
        );
        for (accepted, coding) in [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip")] {
            let response = get(&mut wire, path, &admin, accepted).await;
            assert_eq!(
                (response.status, response.header("content-encoding")),
                (200, coding),
                "{path}"
            );
            assert_eq!(
                response.header("content-length"),
                response.body.len().to_string(),
                "{path}"
            );
            assert_eq!(
                (response.header("transfer-encoding"), response.header("vary")),
                ("", "accept-encoding"),
                "{path}"
            );
            let text = decompressed(&response);
            assert!(
                response.body.len() * 2 < text.len(),
                "{path}: {} of {}",
                response.body.len(),
                text.len()
            );
            if path != "/metrics" {
                assert_eq!(text.len(), plain.body.len(), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn short_and_compressed_responses_stay_unchanged() {
    let app = TestApp::spawn().await;
    let mut wire = Wire::open(&app.url("")).await;
    let page = app.browser().open("/login").await;
    let font = page.attr("link[as=font]", "href").expect("the page preloads a font");
    for path in ["/healthz".to_owned(), font] {
        let response = get(&mut wire, &path, &app.browser(), "gzip, br").await;
        assert_eq!((response.status, response.header("content-encoding")), (200, ""), "{path}");
    }
}

#[tokio::test]
async fn a_compressed_export_is_streamed_and_complete() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(2500).await;
    let admin = app.signed_in("admin").await;
    let plain = admin.open("/customers.csv").await;
    assert_eq!(plain.header("content-encoding"), "");
    let request = admin.request("GET", "/customers.csv").header("accept-encoding", "br, gzip");
    let compressed = request.send().await.unwrap();
    assert_eq!(
        (
            compressed.headers()["content-encoding"].to_str().unwrap(),
            compressed.headers().get("content-length")
        ),
        ("gzip", None)
    );
    let compressed = compressed.bytes().await.unwrap();
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(compressed.as_ref()).read_to_string(&mut text).unwrap();
    assert_eq!(text, plain.text);
    assert!(compressed.len() * 2 < text.len());
}

async fn nodelay(process: &str, program: &Program) -> Option<bool> {
    let mut wire = Wire::open(&program.base).await;
    wire.send("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(wire.read_response().await.unwrap().status, 200);
    is_nodelay(process, wire.local_addr())
}

#[tokio::test]
async fn accepted_sockets_have_nodelay_with_every_listener() {
    let installation = Installation::new();
    let mut program = installation.serve().await;
    assert_eq!(nodelay(&program.id(), &program).await, Some(true));
    let successor = program.reload().await;
    assert!(program.end(std::time::Duration::from_secs(25)).await.success());
    assert_eq!(
        nodelay(successor.id(), &program).await,
        Some(true),
        "taken over from the predecessor"
    );
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let program = installation.serve_on(&socket).await;
    assert_eq!(nodelay(&program.id(), &program).await, Some(true), "passed by systemd");
}
