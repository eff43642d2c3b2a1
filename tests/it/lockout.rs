//! Locks after failed sign-ins: counted by account and network, and never applied to a device from
//! which the owner has signed in before.

use crate::support::make::PASSWORD;
use crate::support::program::Installation;
use crate::support::{Client, Page, TestApp};
use jiff::SignedDuration;

const WRONG: &str = "Wrong-password-1";
const MOST: usize = 10;
const NETWORKS: [&str; 3] = ["198.51.100.7", "203.0.113.9", "2001:db8:1::7"];

/// Signs in from an address, behind the proxy that the tests trust.
async fn try_from(client: &Client, address: &str, login_name: &str, password: &str) -> Page {
    let page =
        client.send(client.request("GET", "/login").header("x-forwarded-for", address)).await;
    let form = page.form("/login").with("loginname", login_name).with("password", password);
    let request = client.request("POST", "/login").header("x-forwarded-for", address);
    client
        .send(request.header("content-type", "application/x-www-form-urlencoded").body(form.body()))
        .await
}

async fn guess(app: &TestApp, address: &str, login_name: &str, times: usize) {
    for _ in 0..times {
        try_from(&app.browser(), address, login_name, WRONG).await;
    }
}

#[tokio::test]
async fn guesses_from_one_network_lock_that_network_and_nobody_else() {
    let app = TestApp::behind_proxy("127.0.0.0/8").await;
    guess(&app, NETWORKS[0], "admin", MOST - 1).await;
    assert_eq!(
        try_from(&app.browser(), NETWORKS[0], "admin", PASSWORD).await.status,
        303,
        "one failure less than the limit"
    );
    guess(&app, NETWORKS[0], "admin", MOST + 5).await;
    assert_eq!(
        try_from(&app.browser(), NETWORKS[0], "admin", PASSWORD).await.status,
        422,
        "locked, even for the right password"
    );
    for network in &NETWORKS[1..] {
        assert_eq!(
            try_from(&app.browser(), network, "admin", PASSWORD).await.status,
            303,
            "{network}"
        );
    }
    // The other half of the network's addresses is locked, too; the next network is not.
    guess(&app, "2001:db8:1::8", "admin", MOST).await;
    assert_eq!(
        try_from(&app.browser(), "2001:db8:1:0:ffff::1", "admin", PASSWORD).await.status,
        422
    );
    assert_eq!(try_from(&app.browser(), "2001:db8:1:1::1", "admin", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_known_device_is_not_locked_out_by_strangers_in_its_network() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let own = app.signed_in("meier").await;
    own.submit("/", "/logout", &[]).await;
    for _ in 0..=MOST {
        app.browser().sign_in("meier", WRONG).await;
    }
    assert_eq!(app.browser().sign_in("meier", PASSWORD).await.status, 422, "an unknown device is");
    assert_eq!(own.sign_in("meier", PASSWORD).await.status, 303);
    own.submit("/", "/logout", &[]).await;
    for _ in 0..MOST {
        own.sign_in("meier", WRONG).await;
    }
    assert_eq!(
        own.sign_in("meier", PASSWORD).await.status,
        422,
        "guesses on the device itself lock it"
    );
}

#[tokio::test]
async fn the_cookie_is_one_accounts_and_dies_with_the_password() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.customer("huber").await;
    let own = app.signed_in("meier").await;
    let cookie = own.device_cookie().unwrap();
    assert!(!cookie.contains("meier"));
    let lock = async |login_name: &str| {
        for _ in 0..MOST {
            app.browser().sign_in(login_name, WRONG).await;
        }
    };
    lock("meier").await;
    lock("huber").await;
    let with = async |value: &str, login_name: &str, password: &str| {
        let client = app.browser();
        client.set_cookie(&format!("{value}; Path=/"));
        client.sign_in(login_name, password).await.status
    };
    assert_eq!(with(&cookie, "huber", PASSWORD).await, 422, "another account's");
    let (name, value) = cookie.split_once('=').unwrap();
    for forged in ["", "AAAA", &value[..value.len() - 4], &format!("{value}AAAA")] {
        assert_eq!(with(&format!("{name}={forged}"), "meier", PASSWORD).await, 422, "{forged}");
    }
    assert_eq!(with(&cookie, "meier", PASSWORD).await, 303);
    app.update("admin", "meier", serde_json::json!({ "new_customer_password": "Another-horse-8" }))
        .await
        .unwrap();
    lock("meier").await;
    assert_eq!(with(&cookie, "meier", "Another-horse-8").await, 422, "the password is another one");
}

#[tokio::test]
async fn an_accounts_cookie_is_found_among_any_number() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let cookie = app.signed_in("meier").await.device_cookie().unwrap();
    for _ in 0..MOST {
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
        for _ in 0..MOST {
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

/// 100 wrong names used to lock everyone behind an address.
#[tokio::test]
async fn a_network_that_used_up_its_tries_lets_in_known_devices() {
    let app = TestApp::spawn().await;
    for name in ["known", "fresh"] {
        app.customer(name).await;
    }
    app.signed_in("known").await;
    for number in 0..101 {
        app.browser().sign_in(&format!("nobody{number}"), WRONG).await;
    }
    for name in ["nobody", "fresh", "known"] {
        assert_eq!(app.browser().sign_in(name, WRONG).await.status, 429, "{name}: the same answer");
    }
    assert_eq!(app.browser().sign_in("fresh", PASSWORD).await.status, 429);
    app.signed_in("known").await;
    app.unlock("admin", "fresh").await.unwrap();
    app.signed_in("fresh").await;
}

#[tokio::test]
async fn simultaneous_tries_are_checked_up_to_the_limit_of_the_network() {
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
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 422).count(), 100);
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 60);
}

#[tokio::test]
async fn guesses_from_many_networks_leave_the_account_to_known_devices() {
    let app = TestApp::behind_proxy("127.0.0.0/8").await;
    let own = app.browser();
    assert_eq!(try_from(&own, "192.0.2.1", "admin", PASSWORD).await.status, 303);
    own.submit("/", "/logout", &[]).await;
    for network in 0..20 {
        guess(&app, &format!("10.0.{network}.1"), "admin", 5).await;
    }
    assert_eq!(try_from(&app.browser(), "192.0.2.77", "admin", PASSWORD).await.status, 422);
    assert_eq!(try_from(&own, "192.0.2.1", "admin", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn unlocking_lifts_every_lock_of_the_account() {
    let app = TestApp::behind_proxy("127.0.0.0/8").await;
    app.customer("meier").await;
    for network in NETWORKS {
        guess(&app, network, "meier", MOST).await;
    }
    assert_eq!(
        app.get("admin", "meier").await.unwrap().sign_in.failures,
        30,
        "counted for the API"
    );
    app.unlock("admin", "meier").await.unwrap();
    for network in NETWORKS {
        assert_eq!(
            try_from(&app.browser(), network, "meier", PASSWORD).await.status,
            303,
            "{network}"
        );
    }
}

#[tokio::test]
async fn failures_without_a_stored_network_lock_as_before() {
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
async fn admins_are_unlocked_and_given_a_password_at_the_shell() {
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
    for _ in 0..MOST {
        assert_eq!(program.browser().sign_in("boss", WRONG).await.status, 422);
    }
    assert_eq!(program.browser().sign_in("boss", "Typed-horse-77").await.status, 422);
    assert!(installation.run(&["admin", "unlock", "BOSS"]).status.success());
    assert_eq!(program.browser().sign_in("boss", "Typed-horse-77").await.status, 303);
    let typed = installation
        .run_with_input(&["admin", "passwd", "boss", "--password-stdin"], "Second-horse-88\n");
    assert!(typed.status.success() && typed.stdout.is_empty(), "{typed:?}");
    assert_eq!(program.browser().sign_in("boss", "Second-horse-88").await.status, 303);
    let made = installation.run(&["admin", "passwd", "boss"]);
    let password = String::from_utf8(made.stdout).unwrap();
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
