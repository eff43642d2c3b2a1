//! Locks after failed sign-ins. Failures are counted by account and network. A device from which
//! the account has signed in before has a count of its own.

use crate::support::make::PASSWORD;
use crate::support::program::Installation;
use crate::support::{Client, Page, TestApp};
use jiff::SignedDuration;

const WRONG: &str = "Wrong-password-1";
/// Default of the setting `sign_in.max_failures`.
const MAX_FAILURES: usize = 10;
/// An address in each of three networks.
const ADDRESSES: [&str; 3] = ["198.51.100.7", "203.0.113.9", "2001:db8:1::7"];

/// Signs in from an address, behind the proxy that the tests trust. Returns the response.
async fn sign_in_from(client: &Client, address: &str, login_name: &str, password: &str) -> Page {
    let page =
        client.send(client.request("GET", "/login").header("x-forwarded-for", address)).await;
    let form = page.form("/login").with("loginname", login_name).with("password", password);
    let request = client.request("POST", "/login").header("x-forwarded-for", address);
    client
        .send(request.header("content-type", "application/x-www-form-urlencoded").body(form.body()))
        .await
}

/// Fails to sign in from this address, each time with a new browser.
async fn guess(app: &TestApp, address: &str, login_name: &str, times: usize) {
    for _ in 0..times {
        sign_in_from(&app.browser(), address, login_name, WRONG).await;
    }
}

#[tokio::test]
async fn guesses_from_one_network_lock_that_network_only() {
    let app = TestApp::behind_proxy("127.0.0.0/8").await;
    guess(&app, ADDRESSES[0], "admin", MAX_FAILURES - 1).await;
    assert_eq!(
        sign_in_from(&app.browser(), ADDRESSES[0], "admin", PASSWORD).await.status,
        303,
        "the limit is not reached"
    );
    guess(&app, ADDRESSES[0], "admin", MAX_FAILURES + 5).await;
    assert_eq!(
        sign_in_from(&app.browser(), ADDRESSES[0], "admin", PASSWORD).await.status,
        422,
        "locked, even for the right password"
    );
    for address in &ADDRESSES[1..] {
        assert_eq!(
            sign_in_from(&app.browser(), address, "admin", PASSWORD).await.status,
            303,
            "{address}"
        );
    }
    // All addresses of an IPv6 network (/64) are locked; the next network is not.
    guess(&app, "2001:db8:1::8", "admin", MAX_FAILURES).await;
    assert_eq!(
        sign_in_from(&app.browser(), "2001:db8:1:0:ffff::1", "admin", PASSWORD).await.status,
        422
    );
    assert_eq!(
        sign_in_from(&app.browser(), "2001:db8:1:1::1", "admin", PASSWORD).await.status,
        303
    );
}

#[tokio::test]
async fn failures_of_other_devices_do_not_lock_a_known_device() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let own = app.signed_in("meier").await;
    own.submit("/", "/logout", &[]).await;
    for _ in 0..=MAX_FAILURES {
        app.browser().sign_in("meier", WRONG).await;
    }
    assert_eq!(
        app.browser().sign_in("meier", PASSWORD).await.status,
        422,
        "an unknown device is locked"
    );
    assert_eq!(own.sign_in("meier", PASSWORD).await.status, 303);
    own.submit("/", "/logout", &[]).await;
    for _ in 0..MAX_FAILURES {
        own.sign_in("meier", WRONG).await;
    }
    assert_eq!(
        own.sign_in("meier", PASSWORD).await.status,
        422,
        "guesses on the device itself lock it"
    );
}

#[tokio::test]
async fn a_device_cookie_is_valid_for_one_account_until_its_password_changes() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.customer("huber").await;
    let own = app.signed_in("meier").await;
    let cookie = own.device_cookie().unwrap();
    assert!(!cookie.contains("meier"));
    let lock = async |login_name: &str| {
        for _ in 0..MAX_FAILURES {
            app.browser().sign_in(login_name, WRONG).await;
        }
    };
    lock("meier").await;
    lock("huber").await;
    let sign_in_with = async |value: &str, login_name: &str, password: &str| {
        let client = app.browser();
        client.set_cookie(&format!("{value}; Path=/"));
        client.sign_in(login_name, password).await.status
    };
    assert_eq!(
        sign_in_with(&cookie, "huber", PASSWORD).await,
        422,
        "the cookie belongs to another account"
    );
    let (name, value) = cookie.split_once('=').unwrap();
    for forged in ["", "AAAA", &value[..value.len() - 4], &format!("{value}AAAA")] {
        assert_eq!(
            sign_in_with(&format!("{name}={forged}"), "meier", PASSWORD).await,
            422,
            "{forged}"
        );
    }
    assert_eq!(sign_in_with(&cookie, "meier", PASSWORD).await, 303);
    app.update("admin", "meier", serde_json::json!({ "new_customer_password": "Another-horse-8" }))
        .await
        .unwrap();
    lock("meier").await;
    assert_eq!(
        sign_in_with(&cookie, "meier", "Another-horse-8").await,
        422,
        "the password has changed"
    );
}

#[tokio::test]
async fn the_device_cookie_of_an_account_is_found_among_many() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let cookie = app.signed_in("meier").await.device_cookie().unwrap();
    for _ in 0..MAX_FAILURES {
        app.browser().sign_in("meier", WRONG).await;
    }
    let client = app.browser();
    for other in 0..40 {
        client.set_cookie(&format!("clientele_device_{other:012x}=AAAA; Path=/"));
    }
    assert_eq!(
        client.sign_in("meier", PASSWORD).await.status,
        422,
        "none of them is the account's"
    );
    client.set_cookie(&format!("{cookie}; Path=/"));
    assert_eq!(client.sign_in("meier", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn each_lock_lasts_longer_than_the_one_before() {
    let app = TestApp::spawn().await;
    let status = async || app.browser().sign_in("admin", PASSWORD).await.status;
    let lock = async || {
        for _ in 0..MAX_FAILURES {
            app.browser().sign_in("admin", WRONG).await;
        }
    };
    for (locks, minutes) in [(1, 15), (2, 30), (3, 60)] {
        lock().await;
        app.advance_clock(SignedDuration::from_mins(minutes) - SignedDuration::from_secs(1));
        assert_eq!(app.browser().sign_in("admin", WRONG).await.status, 422);
        assert_eq!(app.count("audit_entries", "action = 'account.locked'").await, locks);
        app.advance_clock(SignedDuration::from_secs(1));
    }
    assert_eq!(status().await, 303);
}

/// The limit of a network does not lock accounts whose device is known.
#[tokio::test]
async fn known_devices_can_sign_in_from_a_network_without_remaining_attempts() {
    let app = TestApp::spawn().await;
    for name in ["known", "fresh"] {
        app.customer(name).await;
    }
    app.signed_in("known").await;
    for number in 0..101 {
        app.browser().sign_in(&format!("nobody{number}"), WRONG).await;
    }
    for name in ["nobody", "fresh", "known"] {
        assert_eq!(
            app.browser().sign_in(name, WRONG).await.status,
            429,
            "{name}: the same response"
        );
    }
    assert_eq!(app.browser().sign_in("fresh", PASSWORD).await.status, 429);
    app.signed_in("known").await;
    app.unlock("admin", "fresh").await.unwrap();
    app.signed_in("fresh").await;
}

#[tokio::test]
async fn simultaneous_attempts_are_checked_up_to_the_limit_of_the_network() {
    let app = TestApp::spawn().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..160 {
        let client = app.browser();
        let form = client
            .open("/login")
            .await
            .form("/login")
            .with("loginname", &format!("nobody{number}"))
            .with("password", WRONG);
        tasks.spawn(async move { client.post(&form).await.status });
    }
    let statuses = tasks.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 100);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 60);
}

#[tokio::test]
async fn guesses_from_many_networks_lock_all_but_known_devices() {
    let app = TestApp::behind_proxy("127.0.0.0/8").await;
    let own = app.browser();
    assert_eq!(sign_in_from(&own, "192.0.2.1", "admin", PASSWORD).await.status, 303);
    own.submit("/", "/logout", &[]).await;
    for network in 0..20 {
        guess(&app, &format!("10.0.{network}.1"), "admin", 5).await;
    }
    assert_eq!(sign_in_from(&app.browser(), "192.0.2.77", "admin", PASSWORD).await.status, 422);
    assert_eq!(sign_in_from(&own, "192.0.2.1", "admin", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn unlocking_lifts_every_lock_of_the_account() {
    let app = TestApp::behind_proxy("127.0.0.0/8").await;
    app.customer("meier").await;
    for address in ADDRESSES {
        guess(&app, address, "meier", MAX_FAILURES).await;
    }
    assert_eq!(
        app.get("admin", "meier").await.unwrap().sign_in.failures,
        30,
        "counted for the API"
    );
    app.unlock("admin", "meier").await.unwrap();
    for address in ADDRESSES {
        assert_eq!(
            sign_in_from(&app.browser(), address, "meier", PASSWORD).await.status,
            303,
            "{address}"
        );
    }
}

#[tokio::test]
async fn failures_without_a_stored_network_lock_the_account() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.sql(&format!(
        "UPDATE logins SET failed_count = 10, last_failed_at = {} WHERE name_key = 'meier'",
        app.now().as_second()
    ))
    .await;
    assert_eq!(app.browser().sign_in("meier", PASSWORD).await.status, 422);
    app.advance_clock(SignedDuration::from_mins(15));
    app.signed_in("meier").await;
}

#[tokio::test]
async fn admins_are_unlocked_and_get_a_new_password_at_the_shell() {
    let installation = Installation::new();
    let create = [
        "admin",
        "create",
        "--loginname",
        "boss",
        "--email",
        "boss@example.com",
        "--password-stdin",
    ];
    assert!(installation.run_with_input(&create, "Typed-horse-77\n").status.success());
    let program = installation.serve().await;
    for _ in 0..MAX_FAILURES {
        assert_eq!(program.browser().sign_in("boss", WRONG).await.status, 422);
    }
    assert_eq!(program.browser().sign_in("boss", "Typed-horse-77").await.status, 422);
    assert!(installation.run(&["admin", "unlock", "BOSS"]).status.success());
    assert_eq!(program.browser().sign_in("boss", "Typed-horse-77").await.status, 303);
    let typed = installation
        .run_with_input(&["admin", "passwd", "boss", "--password-stdin"], "Second-horse-88\n");
    assert!(typed.status.success() && typed.stdout.is_empty(), "{typed:?}");
    assert_eq!(program.browser().sign_in("boss", "Second-horse-88").await.status, 303);
    let generated = installation.run(&["admin", "passwd", "boss"]);
    let password = String::from_utf8(generated.stdout).unwrap();
    assert_eq!(program.browser().sign_in("boss", password.trim()).await.status, 303);
    let weak =
        installation.run_with_input(&["admin", "passwd", "boss", "--password-stdin"], "password\n");
    assert_eq!(weak.status.code(), Some(2), "{weak:?}");
    for verb in ["unlock", "passwd"] {
        let nobody = installation.run(&["admin", verb, "nobody"]);
        assert_eq!(
            (nobody.status.code(), &*String::from_utf8_lossy(&nobody.stderr)),
            (Some(2), "clientele: no admin has the login name \"nobody\"\n")
        );
    }
}
