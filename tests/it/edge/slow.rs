//! Slow clients, which must not delay others.

use crate::support::TestApp;
use crate::support::program::Installation;
use crate::support::wire::Wire;
use clientele::server::{Limits, Pace};
use std::net::IpAddr;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Another address than that of the test's other clients.
const ATTACKER: [u8; 4] = [127, 0, 0, 2];
const FORM: &str = "POST /login HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 1000\r\n\r\nc";

/// Sends the head of a form and one byte of its body.
async fn send_slow_form(base: &str, from: impl Into<IpAddr>) -> Wire {
    let mut wire = Wire::open_from(from.into(), base).await;
    assert!(wire.send(FORM).await);
    wire
}

/// Sends a form, and waits until the server has read its head. The server's threads accept
/// connections independently, so only connections with a response have a known order.
async fn send_expecting_continue(base: &str, from: impl Into<IpAddr>) -> Wire {
    let mut wire = Wire::open_from(from.into(), base).await;
    wire.send(FORM.replace("\r\n\r\n", "\r\nexpect: 100-continue\r\n\r\n")).await;
    assert_eq!(wire.read_response().await.unwrap().status, 100);
    wire
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_get_responses_while_many_bodies_are_slow() {
    let installation = Installation::new().with("CLIENTELE_CONNECTIONS_PER_ADDRESS", "0");
    // A soft limit below the number of connections, which the program has to raise itself.
    let program = installation.serve_with_open_files(128).await;
    let password = program.first_password().unwrap();
    let (done, mut attack) = (CancellationToken::new(), tokio::task::JoinSet::new());
    let mut wires = Vec::new();
    for _ in 0..300 {
        wires.push(send_slow_form(&program.base, ATTACKER).await);
    }
    for mut wire in wires {
        let done = done.clone();
        attack.spawn(async move {
            while !done.is_cancelled() && wire.send("c").await {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        });
    }
    let began = Instant::now();
    let client = program.browser();
    assert_eq!(client.sign_in("admin", &password).await.status, 303);
    client.open("/customers").await;
    let took = began.elapsed();
    done.cancel();
    while attack.join_next().await.is_some() {}
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(!program.output().contains("ERROR"), "{}", program.output());
}

#[tokio::test]
async fn a_new_connection_displaces_the_one_of_its_address_that_waits_longest() {
    let app = TestApp::limited(Limits { connections_per_address: 8, ..Limits::default() }).await;
    let base = app.url("");
    let mut first = Wire::open_from(ATTACKER.into(), &base).await;
    first.send("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(first.read_response().await.unwrap().status, 200);
    let mut wires = Vec::new();
    for _ in 0..20 {
        wires.push(send_expecting_continue(&base, ATTACKER).await);
    }
    let mut last = Wire::open_from(ATTACKER.into(), &base).await;
    last.send("GET /login HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(
        last.read_response().await.unwrap().status,
        200,
        "another client with the attacker's address"
    );
    // The eight newest of 22 connections may stay.
    first.wait_until_closed().await;
    for wire in &mut wires[..13] {
        wire.wait_until_closed().await;
    }
    assert!(wires[13..].iter_mut().all(|wire| !wire.is_closed()));
    let mut other = Wire::open(&base).await;
    other.send("GET /login HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(other.read_response().await.unwrap().status, 200);
    assert!(!wires[13].is_closed(), "each address has its own limit");
}

#[tokio::test]
async fn connections_of_a_trusted_proxy_are_not_limited() {
    let app = TestApp::behind_proxy("127.0.0.2").await;
    let base = app.url("");
    let mut wires = Vec::new();
    for _ in 0..300 {
        wires.push(send_slow_form(&base, ATTACKER).await);
    }
    let mut other = Wire::open(&base).await;
    other.send("GET /login HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(other.read_response().await.unwrap().status, 200);
    assert!(wires.iter_mut().all(|wire| !wire.is_closed()));
}

#[tokio::test]
async fn a_slow_body_gets_408() {
    let pace = Pace { grace: Duration::from_millis(300), bytes_per_second: 1 << 20 };
    let app = TestApp::limited(Limits { pace, ..Limits::default() }).await;
    let mut wire = send_slow_form(&app.url(""), [127, 0, 0, 1]).await;
    let response = wire.read_response().await.unwrap();
    assert_eq!((response.status, response.header("connection")), (408, "close"));
    assert!(response.text().contains("Request timed out"), "{}", response.text());
    wire.wait_until_closed().await;

    let admin = app.signed_in("admin").await.cookie().unwrap();
    let mut wire = Wire::open(&app.url("")).await;
    let kind = "content-type: multipart/form-data; boundary=x\r\ncontent-length: 1000\r\n";
    wire.send(format!(
        "POST /customers/import HTTP/1.1\r\nhost: x\r\ncookie: {admin}\r\n{kind}\r\n--x\r\n"
    ))
    .await;
    assert_eq!(wire.read_response().await.unwrap().status, 408, "a file");

    let api = app.api("admin").await;
    let mut wire = Wire::open(&app.url("")).await;
    let basic = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        format!("{}:{}", api.key, api.secret),
    );
    wire.send(format!("POST /api HTTP/1.1\r\nhost: x\r\nauthorization: Basic {basic}\r\ncontent-length: 1000\r\n\r\n{{")).await;
    let response = wire.read_response().await.unwrap();
    assert_eq!(response.status, 408);
    assert!(response.text().contains("\"body-too-slow\""), "{}", response.text());
}

#[tokio::test]
async fn a_body_at_an_accepted_pace_is_read_after_the_grace_period() {
    let pace = Pace { grace: Duration::from_secs(1), bytes_per_second: 1 };
    let app = TestApp::limited(Limits { pace, ..Limits::default() }).await;
    let mut wire = send_slow_form(&app.url(""), [127, 0, 0, 1]).await;
    tokio::time::sleep(Duration::from_millis(1200)).await;
    wire.send("c".repeat(999)).await;
    assert_eq!(
        wire.read_response().await.unwrap().status,
        403,
        "it was read, and its token is missing"
    );
}

#[tokio::test]
async fn a_slow_head_gets_408() {
    // actix reads its clock twice a second, so a shorter limit would not be exact.
    let app = TestApp::limited(Limits { head: Duration::from_secs(1), ..Limits::default() }).await;
    let mut wire = Wire::open(&app.url("")).await;
    wire.send("GET /login HTTP/1.1\r\nho").await;
    assert_eq!(wire.read_response().await.unwrap().status, 408);
    wire.wait_until_closed().await;
}

/// On a reused connection, actix has no timer; the program's own sweep closes it.
#[tokio::test]
async fn a_slow_head_on_a_reused_connection_is_closed() {
    let app =
        TestApp::limited(Limits { idle: Duration::from_millis(300), ..Limits::default() }).await;
    let mut wire = Wire::open(&app.url("")).await;
    wire.send("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\nGET /login HTTP/1.1\r\nho").await;
    assert_eq!(wire.read_response().await.unwrap().status, 200);
    wire.wait_until_closed().await;
}
