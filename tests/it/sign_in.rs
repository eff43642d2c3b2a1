//! Signing in: the same response to every failure, locks, and upgrades of hashes.

use crate::support::make::PASSWORD;
use crate::support::{Page, TestApp};
use jiff::SignedDuration;

const WRONG: &str = "Wrong-password-1";

/// Returns a response without the token and the login name, which differ between responses.
fn comparable(page: &Page, login_name: &str) -> (u16, String) {
    let token = page.attr("input[name=csrf_token]", "value").unwrap_or_default();
    (page.status, page.text.replace(&token, "…").replace(login_name, "…"))
}

#[tokio::test]
async fn signing_in_and_out() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for login_name in ["admin", "meier", "MEIER", " meier "] {
        let client = app.signed_in(login_name).await;
        assert_eq!(client.get("/").await.status, 200);
        let out = client.submit("/", "/logout", &[]).await;
        assert_eq!((out.status, out.location()), (303, "/login"));
        assert_eq!(client.get("/").await.status, 303);
    }
}

#[tokio::test]
async fn visitors_are_sent_to_the_sign_in_page_and_back() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    let response = client.get("/customers?status=locked").await;
    assert_eq!(
        (response.status, response.location()),
        (303, "/login?next=%2Fcustomers%3Fstatus%3Dlocked")
    );
    let form = client
        .open(response.location())
        .await
        .form("/login")
        .with("loginname", "admin")
        .with("password", PASSWORD);
    let response = client.post(&form).await;
    assert_eq!((response.status, response.location()), (303, "/customers?status=locked"));
}

#[tokio::test]
async fn signing_in_redirects_within_the_panel_only() {
    let app = TestApp::spawn().await;
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\thttps://evil.example",
        "/\t/evil.example",
    ] {
        let client = app.browser();
        let query =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
        let form = client.open(&format!("/login?{query}")).await.form("/login");
        let form = form.with("loginname", "admin").with("password", PASSWORD).with("next", next);
        let response = client.post(&form).await;
        assert_eq!((response.status, response.location()), (303, "/"), "{next:?}");
    }
}

/// Covers wrong passwords, unknown and locked accounts, and accounts without access to the panel.
#[tokio::test]
async fn d37_failed_sign_ins_have_the_same_response_for_every_reason() {
    let app = TestApp::spawn().await;
    for login_name in ["known", "locked", "barred"] {
        app.customer(login_name).await;
    }
    app.sql("UPDATE customers SET gui_access = FALSE WHERE login_name = 'barred'").await;
    app.sql(&format!(
        "UPDATE logins SET failed_count = 12, last_failed_at = {} WHERE name_key = 'locked'",
        app.now().as_second()
    ))
    .await;
    let reference = comparable(&app.browser().sign_in("nobody", WRONG).await, "nobody");
    assert_eq!(reference.0, 422);
    for (login_name, password) in [
        ("known", WRONG),
        ("locked", WRONG),
        ("locked", PASSWORD),
        ("barred", WRONG),
        ("barred", PASSWORD),
        ("admin", WRONG),
        ("nobody", PASSWORD),
    ] {
        let response = app.browser().sign_in(login_name, password).await;
        assert_eq!(comparable(&response, login_name), reference, "{login_name} {password}");
        assert!(
            response.field_error("loginname").is_none()
                && response.field_error("password").is_none()
        );
    }
}

/// Measures the processor time of the hashing thread, which other load on the machine does not
/// affect.
#[test]
fn d37_the_same_work_for_an_account_that_does_not_exist() {
    use clientele::auth::password::{HashCost, PasswordHasher};
    // A single blocking thread does all hashing, so that its processor time can be read before and
    // after.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()
        .unwrap();
    let spent = async || tokio::task::spawn_blocking(processor_time).await.unwrap();
    runtime.block_on(async {
        let hasher = PasswordHasher::new(HashCost::Production);
        let stored = hasher.hash_panel(&PASSWORD.into()).await.unwrap();
        let mut work = Vec::new();
        for stored in [Some(stored.as_str()), None] {
            let before = spent().await;
            assert!(!hasher.verify(&WRONG.into(), stored).await.ok);
            work.push(spent().await - before);
        }
        let (known, unknown) = (work[0], work[1]);
        assert!(
            unknown > known / 2 && known > unknown / 2,
            "known: {known} ns, unknown: {unknown} ns"
        );
    });
}

/// Returns the processor time of this thread, in nanoseconds.
fn processor_time() -> u64 {
    let thread = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    thread.split_whitespace().next().unwrap().parse().unwrap()
}

/// If guesses were counted after their check, all guesses would start before the first one is
/// counted.
#[tokio::test]
async fn simultaneous_guesses_are_checked_up_to_the_limit_of_the_account() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let mut forms = Vec::new();
    for _ in 0..20 {
        let client = app.browser();
        let form = client
            .open("/login")
            .await
            .form("/login")
            .with("loginname", "meier")
            .with("password", WRONG);
        forms.push((client, form));
    }
    let mut tasks = tokio::task::JoinSet::new();
    for (client, form) in forms {
        tasks.spawn(async move { client.post(&form).await.status });
    }
    assert_eq!(tasks.join_all().await, [422; 20]);
    assert_eq!(
        app.number("SELECT failed_count FROM logins WHERE name_key = 'meier'").await,
        10,
        "as many as the limit allows"
    );
}

#[tokio::test]
async fn the_right_password_counts_no_failure() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let failures = "SELECT failed_count || ' ' || COALESCE(last_failed_at || '', 'never') FROM logins WHERE name_key = 'meier'";
    app.signed_in("meier").await;
    assert_eq!(app.text(failures).await.as_deref(), Some("0 never"));
    app.browser().sign_in("meier", WRONG).await;
    let failed_at = app.now().as_second();
    app.advance_clock(SignedDuration::from_secs(5));
    let client = app.signed_in("meier").await;
    assert_eq!(
        app.text(failures).await,
        Some(format!("0 {failed_at}")),
        "the time of the last failure is kept"
    );
    app.suspend("admin", "meier", true).await.unwrap();
    for _ in 0..5 {
        app.browser().sign_in("meier", PASSWORD).await;
    }
    assert_eq!(app.text(failures).await, Some(format!("0 {failed_at}")));
    drop(client);
}

#[tokio::test]
async fn ten_failures_lock_until_the_lock_expires() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for _ in 0..9 {
        app.browser().sign_in("meier", WRONG).await;
    }
    app.signed_in("meier").await;
    for _ in 0..10 {
        app.browser().sign_in("meier", WRONG).await;
    }
    assert_eq!(app.browser().sign_in("meier", PASSWORD).await.status, 422, "locked");
    app.advance_clock(SignedDuration::from_secs(899));
    assert_eq!(app.browser().sign_in("meier", PASSWORD).await.status, 422, "still locked");
    app.advance_clock(SignedDuration::from_secs(2));
    // A failure after the lock is the first one of a new count, not the eleventh of the old one.
    app.browser().sign_in("meier", WRONG).await;
    app.signed_in("meier").await;
    assert_eq!(app.number("SELECT failed_count FROM logins WHERE name_key = 'meier'").await, 0);
}

#[tokio::test]
async fn attempts_while_locked_do_not_extend_the_lock_forever() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for _ in 0..10 {
        app.browser().sign_in("meier", WRONG).await;
    }
    app.advance_clock(SignedDuration::from_secs(600));
    app.browser().sign_in("meier", WRONG).await;
    app.advance_clock(SignedDuration::from_secs(301));
    app.signed_in("meier").await;
}

#[tokio::test]
async fn the_provider_decides_when_to_lock() {
    let app = TestApp::spawn().await;
    app.set("sign_in.max_failures", "1").await;
    app.set("sign_in.lock_seconds", "60").await;
    app.customer("meier").await;
    app.browser().sign_in("meier", WRONG).await;
    assert_eq!(app.browser().sign_in("meier", PASSWORD).await.status, 422);
    app.advance_clock(SignedDuration::from_secs(61));
    app.signed_in("meier").await;
}

#[tokio::test]
async fn old_hashes_verify_once_and_are_replaced() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    for old in [bcrypt::hash("Correct-horse-7", 4).unwrap(), "$1$".to_owned()] {
        app.sql(&format!("UPDATE logins SET password_hash = '{old}' WHERE name_key = 'meier'"))
            .await;
        let response = app.browser().sign_in("meier", PASSWORD).await;
        if old.starts_with("$2") {
            assert_eq!(response.status, 303);
            let now = app
                .text("SELECT password_hash FROM logins WHERE name_key = 'meier'")
                .await
                .unwrap();
            assert!(now.starts_with("$argon2id$"), "{now}");
            app.signed_in("meier").await;
        } else {
            assert_eq!(response.status, 422, "an invalid hash verifies no password");
        }
    }
}

/// The first sign-in stores a new hash, after the others have verified the old one.
#[tokio::test]
async fn sign_ins_at_once_with_an_old_hash_all_succeed() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let old = bcrypt::hash(PASSWORD, 6).unwrap();
    app.sql(&format!("UPDATE logins SET password_hash = '{old}' WHERE name_key = 'meier'")).await;
    let mut forms = Vec::new();
    for number in 0..8 {
        let client = app.browser();
        let form = client.form("/login", "/login").await.with("loginname", "meier");
        forms.push((client, form.with("password", if number == 7 { WRONG } else { PASSWORD })));
    }
    let mut tasks = tokio::task::JoinSet::new();
    for (client, form) in forms {
        tasks.spawn(async move {
            let status = client.post(&form).await.status;
            (status, client.get("/").await.status)
        });
    }
    let mut statuses = tasks.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [[(303, 200); 7].as_slice(), &[(422, 303)]].concat());
}

#[tokio::test]
async fn a_new_hash_of_the_same_password_ends_no_session() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let (before, device) = (app.signed_in("meier").await, app.signed_in("meier").await);
    device.submit("/", "/logout", &[]).await;
    let old = bcrypt::hash(PASSWORD, 4).unwrap();
    app.sql(&format!("UPDATE logins SET password_hash = '{old}' WHERE name_key = 'meier'")).await;
    let upgraded = app.signed_in("meier").await;
    assert!(
        app.text("SELECT password_hash FROM logins WHERE name_key = 'meier'")
            .await
            .unwrap()
            .starts_with("$argon2id$")
    );
    assert_eq!((before.get("/").await.status, upgraded.get("/").await.status), (200, 200));
    for _ in 0..10 {
        app.browser().sign_in("meier", WRONG).await;
    }
    assert_eq!(
        app.browser().sign_in("meier", PASSWORD).await.status,
        422,
        "an unknown device is locked"
    );
    assert_eq!(device.sign_in("meier", PASSWORD).await.status, 303, "the device is still known");
}

#[tokio::test]
async fn the_browser_selects_the_language() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    for (accepted, language) in [
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("fr, en;q=0.8", "en"),
        ("../../etc/passwd", "en"),
        ("", "en"),
    ] {
        let page =
            client.send(client.request("GET", "/login").header("accept-language", accepted)).await;
        assert_eq!(page.attr("html", "lang").as_deref(), Some(language), "{accepted}");
    }
    let (german, english) = (
        client.send(client.request("GET", "/login").header("accept-language", "de")).await.h1(),
        client.send(client.request("GET", "/login").header("accept-language", "en")).await.h1(),
    );
    assert_ne!(german, english);
}

#[tokio::test]
async fn hostile_input_is_refused() {
    let app = TestApp::spawn().await;
    for (login_name, password) in [
        ("admin\r\nrole=admin", PASSWORD),
        ("admin\0", PASSWORD),
        ("' OR 1=1 --", "' OR 1=1 --"),
        ("admin", "a\r\nsuccessful_internal_auth=1"),
        ("<script>alert(1)</script>", "x"),
        (&"x".repeat(10_000), PASSWORD),
        ("admin", &"x".repeat(100_000)),
    ] {
        let response = app.browser().sign_in(login_name, password).await;
        assert_eq!(response.status, 422);
        assert!(!response.text.contains("<script>alert"));
    }
}

#[tokio::test]
async fn attempts_of_an_address_are_limited() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    for number in 0..100 {
        assert_eq!(client.sign_in(&format!("nobody{number}"), WRONG).await.status, 422, "{number}");
    }
    assert_eq!(client.sign_in("nobody", WRONG).await.status, 429);
    app.advance_clock(SignedDuration::from_mins(11));
    assert_eq!(client.sign_in("nobody", WRONG).await.status, 422);
}
