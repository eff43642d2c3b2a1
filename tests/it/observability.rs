//! Observability and operation: metrics, logs, traces, health checks, stops and reloads.

use crate::support::TestApp;
use crate::support::endpoint::Endpoint;
use crate::support::process::Process;
use crate::support::program::Installation;
use crate::support::wait::until_true;
use rustix::process::Signal;
use serde_json::Value;
use std::os::unix::fs::symlink;
use std::time::Duration;

#[tokio::test]
async fn metrics_describe_the_programs_activity() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    admin.open("/customers").await;
    assert_eq!(admin.get("/customers/zebra").await.status, 404);
    let metrics = app.browser().open("/metrics").await.text;
    for line in [
        "clientele_http_requests_total{method=\"GET\",route=\"/customers\",status=\"200\"} 1",
        "clientele_http_requests_total{method=\"GET\",route=\"/customers/{loginname}\",status=\"404\"} 1",
        "clientele_http_request_duration_seconds_count{route=\"/customers\"} 1",
        "clientele_database_up 1",
    ] {
        assert!(metrics.contains(line), "{line} is not in\n{metrics}");
    }
    for name in [
        "clientele_build_info",
        "clientele_database_statements_total",
        "clientele_database_connections",
        "process_resident_memory_bytes",
    ] {
        assert!(metrics.lines().any(|line| line.starts_with(name)), "{name} is not in\n{metrics}");
    }
    assert!(metrics.ends_with("# EOF\n"));
    assert!(!metrics.contains("zebra"), "no requested name is in the metrics");
}

#[tokio::test]
async fn metrics_without_a_token_are_available_to_the_machine_itself_only() {
    let app = TestApp::behind_proxy("127.0.0.1").await;
    let status_from = async |address: &str, more: Option<(&str, &str)>| {
        let client = app.browser();
        let mut request = client.request("GET", "/metrics").header("X-Forwarded-For", address);
        if let Some((name, value)) = more {
            request = request.header(name, value);
        }
        client.send(request).await.status
    };
    assert_eq!(status_from("198.51.100.7", None).await, 404);
    assert_eq!(status_from("198.51.100.7", Some(("Authorization", "Bearer "))).await, 404);
    assert_eq!(
        status_from("127.0.0.1", None).await,
        404,
        "a proxy on this machine forwards requests of others"
    );
    // If the program does not know its proxy, every client appears to be the machine itself.
    let open = TestApp::spawn().await;
    let client = open.browser();
    let page = client
        .send(client.request("GET", "/metrics").header("X-Forwarded-For", "198.51.100.7"))
        .await;
    assert_eq!(page.status, 404);
}

#[tokio::test]
async fn metrics_with_a_token_are_available_to_every_address() {
    let installation = Installation::new()
        .with("CLIENTELE_METRICS_TOKEN", "a-token-that-is-long")
        .with("CLIENTELE_TRUSTED_PROXIES", "127.0.0.1");
    let program = installation.serve().await;
    let status_with = async |token: &str| {
        let client = program.browser();
        let request = client.request("GET", "/metrics").header("X-Forwarded-For", "198.51.100.7");
        client.send(request.header("Authorization", format!("Bearer {token}"))).await.status
    };
    assert_eq!(status_with("a-token-that-is-long").await, 200);
    assert_eq!(status_with("a-token-that-is-lonG").await, 404);
    assert!(!program.output().contains("a-token-that-is-long"));
}

#[tokio::test]
async fn a_response_and_its_log_line_have_the_same_id() {
    let installation = Installation::new()
        .with("CLIENTELE_LOG_FORMAT", "json")
        .with("CLIENTELE_LOG", "info,clientele::server=debug");
    let program = installation.serve().await;
    let client = program.browser();
    let response = client.request("GET", "/login").send().await.unwrap();
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let other = client.request("GET", "/login").send().await.unwrap();
    assert_ne!(other.headers()["x-request-id"].to_str().unwrap(), id);
    let lines = || -> Vec<Value> {
        program
            .output()
            .lines()
            .filter(|line| line.starts_with('{'))
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    until_true("the log line of the response", Duration::from_secs(10), async || {
        lines().iter().any(|line| {
            line["span"]["request_id"] == id.as_str() && line["fields"]["status"] == 200
        })
    })
    .await;
    for line in lines() {
        assert!(line["timestamp"].is_string() && line["level"].is_string(), "{line}");
    }
}

#[tokio::test]
async fn spans_of_requests_are_exported_to_a_collector() {
    let collector = Endpoint::start();
    collector.respond_with("200 OK");
    let installation = Installation::new()
        .with("CLIENTELE_OTLP_URL", &format!("http://{}", collector.address))
        .with("OTEL_BSP_SCHEDULE_DELAY", "100");
    let mut program = installation.serve().await;
    program.browser().open("/login").await;
    let spans = || {
        collector
            .received()
            .into_iter()
            .filter(|sent| sent.line.starts_with("POST /v1/traces "))
            .collect::<Vec<_>>()
    };
    until_true("the span", Duration::from_secs(20), async || {
        spans().iter().any(|sent| {
            sent.body.contains("clientele")
                && sent.body.contains("/login")
                && sent.body.contains("request_id")
        })
    })
    .await;
    // When the program stops, it exports pending spans.
    program.browser().open("/password/forgot").await;
    program.signal(Signal::TERM);
    assert!(program.end(Duration::from_secs(25)).await.success());
    assert!(spans().iter().any(|sent| sent.body.contains("/password/forgot")));
}

#[tokio::test]
async fn readyz_succeeds_until_the_program_stops() {
    let installation = Installation::new();
    let mut program = installation.serve().await;
    let client = program.browser();
    assert_eq!(client.open("/readyz").await.text, "ready");
    program.signal(Signal::TERM);
    assert!(program.end(Duration::from_secs(25)).await.success());
    assert!(client.try_get("/readyz").await.is_none());
    assert!(!program.output().contains("ERROR"), "{}", program.output());
}

#[tokio::test]
async fn a_socket_that_systemd_keeps_outlives_the_program() {
    let installation = Installation::new();
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    for _ in 0..2 {
        let mut program = installation.serve_on(&socket).await;
        assert_eq!(program.base, format!("http://{}", socket.local_addr().unwrap()));
        let client = program.browser();
        assert_eq!(client.open("/readyz").await.text, "ready");
        program.signal(Signal::TERM);
        assert!(program.end(Duration::from_secs(25)).await.success());
        assert!(!program.output().contains("ERROR"), "{}", program.output());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reload_loses_no_request() {
    let installation = Installation::new();
    let mut program = installation.serve().await;
    let password = program.first_password().unwrap();
    let client = program.browser();
    assert_eq!(client.sign_in("admin", &password).await.status, 303);
    let (done, mut requests) =
        (tokio_util::sync::CancellationToken::new(), tokio::task::JoinSet::new());
    for _ in 0..4 {
        let (client, done) = (client.clone(), done.clone());
        requests.spawn(async move {
            loop {
                let page = client.try_get("/customers").await.expect("every request is answered");
                assert_eq!(page.status, 200);
                if done.is_cancelled() {
                    break;
                }
            }
        });
    }
    let successor = program.reload().await;
    assert!(program.end(Duration::from_secs(25)).await.success(), "the old process ends by itself");
    // Only the new process answers now; the session is still valid.
    let page = client.open("/customers").await;
    assert_eq!(page.status, 200);
    done.cancel();
    while let Some(outcome) = requests.join_next().await {
        outcome.unwrap();
    }
    drop(successor);
    until_true("the new process to be gone", Duration::from_secs(10), async || {
        client.try_get("/login").await.is_none()
    })
    .await;
}

/// A process that is left behind could take over later, or keep the socket open.
#[tokio::test]
async fn a_new_process_that_hangs_is_reported_and_stops_with_the_old_one() {
    let installation = Installation::new();
    let path = installation.path().join("clientele");
    symlink(env!("CARGO_BIN_EXE_clientele"), &path).unwrap();
    let mut program = installation.serve_from(&path).await;
    // The new process is `sh serve`, which runs a script that never gets ready.
    std::fs::remove_file(&path).unwrap();
    symlink("/bin/sh", &path).unwrap();
    std::fs::write(installation.path().join("serve"), "exec sleep 600\n").unwrap();
    let successor = Process::reload(&program).await;
    program.signal(Signal::HUP);
    program.wait_for_output("a new process is starting already").await;
    assert_eq!(program.browser().open("/readyz").await.text, "ready");
    program.signal(Signal::TERM);
    assert!(program.end(Duration::from_secs(25)).await.success());
    // The command line of a process that has ended is empty or cannot be read.
    let command_line = format!("/proc/{}/cmdline", successor.id());
    until_true("the new process to be gone", Duration::from_secs(10), async || {
        std::fs::read(&command_line).unwrap_or_default().is_empty()
    })
    .await;
}

#[tokio::test]
async fn a_new_process_that_ends_lets_a_later_one_start() {
    let installation = Installation::new();
    let path = installation.path().join("clientele");
    symlink(env!("CARGO_BIN_EXE_clientele"), &path).unwrap();
    let mut program = installation.serve_from(&path).await;
    std::fs::remove_file(&path).unwrap();
    symlink("/bin/false", &path).unwrap();
    program.signal(Signal::HUP);
    program.wait_for_output("the new process ended; this one keeps running").await;
    std::fs::remove_file(&path).unwrap();
    symlink(env!("CARGO_BIN_EXE_clientele"), &path).unwrap();
    let successor = program.reload().await;
    assert!(program.end(Duration::from_secs(25)).await.success());
    drop(successor);
}
