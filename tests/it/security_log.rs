//! Security events in the log, as fail2ban reads it, and in the audit log.

use crate::support::make::PASSWORD;
use crate::support::program::{Installation, said};
use crate::support::{Page, TestApp};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const WRONG: &str = "Wrong-password-1";
/// A login name that would begin a line of the log if line breaks were not escaped.
const FORGED: &str = "x\r\n2026-11-29T10:00:00.000000Z  WARN clientele::security: sign-in-failed from 192.0.2.99 account=a agent=b";

/// Returns the addresses of the lines that the shipped filter counts as failures.
fn failure_addresses(log: &Path) -> Vec<String> {
    let filter =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/fail2ban/filter.d/clientele.conf");
    let output = Command::new("fail2ban-regex")
        .arg("--out=ip")
        .arg(log)
        .arg(filter)
        .output()
        .expect("fail2ban is installed");
    let printed = said(&output);
    assert!(!printed.contains("ERROR"), "{printed}");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// Fails to sign in with this user agent. Returns the status.
async fn sign_in(base: &str, login_name: &str, agent: &str) -> u16 {
    let client = crate::support::Client::at(base);
    let form = client
        .open("/login")
        .await
        .form("/login")
        .with("loginname", login_name)
        .with("password", WRONG);
    let request = client
        .request("POST", "/login")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("user-agent", agent);
    client.send(request.body(form.body())).await.status
}

#[tokio::test]
#[ignore = "needs fail2ban"]
async fn fail2ban_reads_the_log_of_a_running_program() {
    for format in ["pretty", "json"] {
        let installation =
            Installation::new().with("CLIENTELE_LOG_FORMAT", format).with("CLIENTELE_LOG", "error");
        let program = installation.serve().await;
        let password = program.first_password().unwrap();
        assert_eq!(
            sign_in(&program.base, "nobody", "Mozilla/5.0 (X11; \"quoted\") {braces}").await,
            422
        );
        assert_eq!(sign_in(&program.base, "admin", "curl/8").await, 422);
        assert_eq!(sign_in(&program.base, FORGED, "agent").await, 422);
        let client = crate::support::Client::at(&program.base);
        let call = client
            .request("POST", "/api")
            .basic_auth("no-such-key", Some("secret"))
            .body("{\"command\":\"Froxlor.listFunctions\"}");
        assert_eq!(call.send().await.unwrap().status(), 403);
        assert_eq!(program.browser().sign_in("admin", &password).await.status, 303);
        let is_logged =
            async || program.output().contains("signed-in from 127.0.0.1 account=admin");
        crate::support::wait::until_true(
            "the line of the sign-in",
            Duration::from_secs(10),
            is_logged,
        )
        .await;
        let log = installation.path().join(format!("{format}.log"));
        std::fs::write(&log, program.output()).unwrap();
        assert_eq!(failure_addresses(&log), ["127.0.0.1"; 4], "{format}: {}", program.output());
        assert!(
            program.output().contains(
                "account=nobody agent=Mozilla/5.0%20(X11;%20%22quoted%22)%20%7Bbraces%7D"
            ),
            "{}",
            program.output()
        );
        assert!(!program.output().contains(WRONG), "{}", program.output());
        assert_eq!(
            program.output().matches(&*password).count(),
            1,
            "the first start prints it once"
        );
    }
}

/// Lines as journald provides them, and lines that are no failures.
#[test]
#[ignore = "needs fail2ban"]
fn fail2ban_reads_lines_of_the_journal_and_ignores_others() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("log");
    let line = "WARN request{method=POST route=\"/admins/{loginname}\" status=422}: clientele::security: sign-in-failed from 2001:db8::7 account=a agent=b";
    let lines = [
        format!("2026-11-29T10:00:00.000000Z  {line}"),
        format!("2026-11-29T10:00:00+0000 host clientele[7]: 2026-11-29T10:00:00.000000Z  {line}"),
        "2026-11-29T10:00:00.000000Z  INFO clientele::security: signed-in from 192.0.2.1 account=a agent=b".to_owned(),
        "2026-11-29T10:00:00.000000Z  WARN clientele::security: forbidden from 192.0.2.1 account=a agent=b".to_owned(),
        "2026-11-29T10:00:00.000000Z  WARN clientele::web: clientele::security: sign-in-failed from 192.0.2.1 account=a agent=b".to_owned(),
        "2026-11-29T10:00:00.000000Z ERROR db: x  WARN clientele::security: sign-in-failed from 192.0.2.1 account=a agent=b"
            .to_owned(),
    ];
    std::fs::write(&log, lines.join("\n") + "\n").unwrap();
    assert_eq!(failure_addresses(&log), ["2001:db8::7"; 2]);
}

/// Fails to sign in, each time with a new browser. Returns the last response.
async fn guess(app: &TestApp, login_name: &str, times: usize) -> Page {
    let mut last = None;
    for _ in 0..times {
        last = Some(app.browser().sign_in(login_name, WRONG).await);
    }
    last.unwrap()
}

#[tokio::test]
async fn sign_ins_failures_and_locks_are_audited_and_unknown_names_are_not() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let entries =
        async |action: &str| app.count("audit_entries", &format!("action = '{action}'")).await;
    guess(&app, "nobody", 20).await;
    assert_eq!(entries("account.sign_in_failed").await, 0, "unknown names are not stored");
    guess(&app, "meier", 40).await;
    assert_eq!(
        (entries("account.sign_in_failed").await, entries("account.locked").await),
        (10, 1),
        "failures are recorded until the account is locked"
    );
    app.unlock("admin", "meier").await.unwrap();
    let client = app.browser();
    let form = client
        .open("/login")
        .await
        .form("/login")
        .with("loginname", "meier")
        .with("password", PASSWORD);
    let request = client
        .request("POST", "/login")
        .header("content-type", "application/x-www-form-urlencoded");
    let hostile = "<script>alert(1)</script>";
    assert_eq!(
        client.send(request.header("user-agent", hostile).body(form.body())).await.status,
        303
    );
    let entry = app.text("SELECT actor_name || ' ' || address || ' ' || after FROM audit_entries WHERE action = 'account.signed_in'").await;
    assert_eq!(
        entry.as_deref(),
        Some("meier 127.0.0.1 {\"user_agent\":\"<script>alert(1)</script>\"}")
    );
    let admin = app.signed_in("admin").await;
    let page = admin.open("/audit").await;
    assert!(
        !page.text.contains("<script>alert(1)") && !page.text.contains("account."),
        "the page shows texts and no markup"
    );
    assert!(!admin.open("/").await.text.contains("Signed in"), "the dashboard lists changes");
}

#[tokio::test]
async fn refused_requests_of_accounts_are_audited_up_to_an_hourly_limit() {
    let app = TestApp::spawn().await;
    app.reseller("seller", &[]).await;
    let seller = app.signed_in("seller").await;
    for _ in 0..25 {
        assert_eq!(seller.get("/admins").await.status, 403);
    }
    assert_eq!(
        app.count("audit_entries", "action = 'request.forbidden' AND actor_name = 'seller'").await,
        20
    );
    let admin = app.signed_in("admin").await;
    admin.post_raw("/account/theme", "theme=dark&csrf_token=wrong".to_owned()).await;
    assert_eq!(
        app.count("audit_entries", "action = 'request.forged' AND actor_name = 'admin'").await,
        1
    );
    app.browser().post_raw("/login", "loginname=x".to_owned()).await;
    assert_eq!(
        app.count("audit_entries", "action = 'request.forged'").await,
        1,
        "requests without an account are only logged"
    );
    let api = app.api("seller").await;
    api.call("Admins.listing", serde_json::json!({})).await;
    assert_eq!(
        app.count("audit_entries", "action = 'request.forbidden' AND actor_name = 'seller'").await,
        20,
        "panel and API share the limit"
    );
}
