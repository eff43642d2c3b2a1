//! Cookies and form tokens of visitors and sessions.

use crate::support::make::PASSWORD;
use crate::support::{Page, TestApp};

fn token(page: &Page) -> String {
    page.attr("input[name=csrf_token]", "value").unwrap()
}

#[tokio::test]
async fn opening_the_sign_in_form_writes_nothing() {
    let app = TestApp::spawn().await;
    for path in [
        "/login",
        "/login?next=%2Fplans",
        "/password/forgot",
        "/password/reset/nothing",
        "/",
        "/customers",
    ] {
        app.browser().get(path).await;
    }
    assert_eq!(app.count("sessions", "1 = 1").await, 0);
    let client = app.browser();
    assert_eq!(client.sign_in("admin", "Wrong-password-1").await.status, 422);
    assert_eq!(app.count("sessions", "1 = 1").await, 0, "nor does a failed sign-in");
    assert_eq!(client.sign_in("admin", PASSWORD).await.status, 303);
    assert_eq!(app.count("sessions", "1 = 1").await, 1);
}

#[tokio::test]
async fn a_token_is_valid_only_in_the_browser_that_received_it() {
    let app = TestApp::spawn().await;
    let typed = |form: crate::support::form::Form| {
        form.with("loginname", "admin").with("password", PASSWORD)
    };
    let (here, other) = (app.browser(), app.browser());
    let form = typed(here.form("/login", "/login").await);
    other.open("/login").await;
    assert_eq!(other.post(&form).await.status, 403);
    // Two tabs of a browser share the cookie.
    here.open("/login").await;
    assert_eq!(here.post(&form).await.status, 303);
    // After signing in, the session's own token is required.
    assert_eq!(here.post(&form).await.status, 403);
    // A cookie without a valid signature is ignored.
    let forger = app.browser();
    forger.set_cookie("clientele-form=c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0.0.AAAA");
    assert_eq!(
        forger
            .post_raw("/login", "csrf_token=c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0".to_owned())
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn tokens_are_masked_anew_on_each_page_and_remain_valid() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let tokens = [token(&admin.open("/account").await), token(&admin.open("/account").await)];
    assert_ne!(tokens[0], tokens[1]);
    let secret = app.text("SELECT state FROM sessions").await.unwrap();
    let secret: serde_json::Value = serde_json::from_str(&secret).unwrap();
    let secret = secret["csrf"].as_str().unwrap().trim_matches('"').to_owned();
    assert_eq!(secret.len(), 32, "192 bits");
    assert!(tokens.iter().all(|token| !token.contains(&secret)));
    // Pages that were opened with an earlier version have the unmasked token.
    for token in tokens.iter().chain([&secret]) {
        assert_eq!(
            admin.post_raw("/account/theme", format!("csrf_token={token}&theme=dark")).await.status,
            303
        );
    }
    let page = admin.open("/account").await;
    let all = ["/logout", "/account/theme"]
        .map(|action| page.form(action).value("csrf_token").map(ToOwned::to_owned));
    assert_eq!(all[0], all[1], "one token for each page");
}

#[tokio::test]
async fn over_https_cookies_are_bound_to_the_host() {
    let app = TestApp::over_https().await;
    // The test browser's jar does not send secure cookies over http, so they are set by hand.
    let bare = |cookie: &str| cookie.split(';').next().unwrap().to_owned();
    let set = |page: &Page, name: &str| {
        let mut all = page
            .headers
            .get_all("set-cookie")
            .iter()
            .map(|value| value.to_str().unwrap().to_owned());
        all.find(|cookie| cookie.starts_with(&format!("{name}=")))
            .unwrap_or_else(|| panic!("no {name} in {:?}", page.headers))
    };
    let check = |cookie: &str| {
        assert!(
            cookie.contains("; Secure")
                && cookie.contains("; Path=/")
                && cookie.contains("; HttpOnly")
                && !cookie.contains("Domain"),
            "{cookie}"
        );
    };
    let page = app.browser().open("/login").await;
    let token = set(&page, "__Host-clientele-form");
    check(&token);
    let form = page.form("/login").with("loginname", "admin").with("password", PASSWORD);
    let client = app.browser();
    let request = client
        .request("POST", "/login")
        .header("content-type", "application/x-www-form-urlencoded");
    let response = client.send(request.header("cookie", bare(&token)).body(form.body())).await;
    assert_eq!(response.status, 303, "{}", response.said());
    let session = set(&response, "__Host-clientele");
    check(&session);
    let session = bare(&session);
    let status = async |cookie: &str| {
        client.send(client.request("GET", "/customers").header("cookie", cookie)).await.status
    };
    assert_eq!(status(&session).await, 200);
    assert_eq!(
        status(session.trim_start_matches("__Host-")).await,
        303,
        "a cookie that a neighbouring host may have set"
    );
    let open = async |path: &str, cookie: &str| {
        client.send(client.request("GET", path).header("cookie", cookie)).await
    };
    app.customer("meier").await;
    let separator =
        set(&open("/customers.csv?separator=semicolon", &session).await, "__Host-csv_separator");
    check(&separator);
    for (cookie, expected) in [
        (bare(&separator), "separator=semicolon"),
        (bare(&separator).trim_start_matches("__Host-").to_owned(), "separator=comma"),
    ] {
        let list = open("/customers", &format!("{session}; {cookie}")).await;
        let link = list.attr(".list-export > a[download]", "href").unwrap();
        assert!(link.ends_with(expected), "{cookie}: {link}");
    }
}

#[tokio::test]
async fn over_https_a_device_is_known_by_the_cookie_that_is_bound_to_the_host() {
    let app = TestApp::over_https().await;
    let sign_in = async |password: &str, device: &str| {
        let client = app.browser();
        let page = client.open("/login").await;
        let cookie = page.header("set-cookie").split(';').next().unwrap().to_owned();
        let form = page.form("/login").with("loginname", "admin").with("password", password);
        let request = client
            .request("POST", "/login")
            .header("content-type", "application/x-www-form-urlencoded");
        client.send(request.header("cookie", format!("{cookie}; {device}")).body(form.body())).await
    };
    let response = sign_in(PASSWORD, "").await;
    assert_eq!(response.status, 303, "{}", response.said());
    let mut set =
        response.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let device = set.find(|cookie| cookie.starts_with("__Host-clientele_device_")).unwrap();
    assert!(
        device.contains("; Secure") && device.contains("; Path=/") && device.contains("; HttpOnly"),
        "{device}"
    );
    let device = device.split(';').next().unwrap();
    for _ in 0..10 {
        sign_in("Wrong-password-1", "").await;
    }
    assert_eq!(
        sign_in(PASSWORD, device.trim_start_matches("__Host-")).await.status,
        422,
        "a neighbouring host may have set it"
    );
    assert_eq!(sign_in(PASSWORD, device).await.status, 303);
}
