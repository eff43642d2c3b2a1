//! A Python client like those that exist for Froxlor's API.

use crate::support::TestApp;
use std::path::Path;
use std::process::Command;

#[tokio::test]
#[ignore = "needs python3"]
async fn a_python_client_for_froxlor_works() {
    let app = TestApp::spawn().await;
    app.reseller("res", &[("customers", 5), ("diskspace", 1 << 30)]).await;
    let api = app.api("admin").await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/client.py");
    let mut client = Command::new("python3");
    client.arg(script).args([&app.url("/api.php"), &api.key, &api.secret]);
    // This runtime drives connections of the app, so waiting for the client must not block it.
    let run = tokio::task::spawn_blocking(move || client.output()).await.unwrap().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(String::from_utf8_lossy(&run.stdout).trim(), r#"[0, ["python"], "res"]"#);
    assert_eq!(app.count("customers", "1 = 1").await, 0);
    app.assert_counters().await;
}
