//! Kept forms: after a session has ended, the typed form returns when the account signs in again.

use crate::support::form::{Form, OFF};
use crate::support::make::{PASSWORD, with};
use crate::support::routes::{self, Fixture};
use crate::support::{Client, Page, TestApp};
use jiff::SignedDuration;
use serde_json::json;

/// Signs in on the page that the response of a form redirects to. Returns the next page.
async fn sign_in_again(client: &Client, response: &Page, login_name: &str) -> Page {
    assert_eq!(response.status, 303, "{}", response.said());
    assert!(response.location().starts_with("/login?ended=1"), "{}", response.location());
    let form = client.form(response.location(), "/login").await;
    let signed_in =
        client.post(&form.with("loginname", login_name).with("password", PASSWORD)).await;
    assert_eq!(signed_in.status, 303, "{}", signed_in.said());
    client.open(signed_in.location()).await
}

/// Returns the fields of a form that are restored: all except passwords and the tokens that differ
/// on every page.
fn restorable_fields(form: &Form) -> Vec<(String, String)> {
    let is_excluded = |name: &str| {
        ["csrf_token", "form_page"].contains(&name)
            || name.contains("password") && name != "sendpassword"
    };
    let fields = form.fields.iter().filter(|(name, _)| !is_excluded(name));
    // Browsers treat all kinds of line breaks as one.
    let mut fields: Vec<(String, String)> =
        fields.map(|(name, value)| (name.clone(), value.replace("\r\n", "\n"))).collect();
    fields.sort();
    fields
}

#[tokio::test]
async fn a_kept_form_is_restored_as_typed_and_not_submitted() {
    let app = TestApp::spawn().await;
    app.add(
        "admin",
        with(
            "meier",
            json!({ "city": "Köln", "emails": 3, "gui_access": 1, "custom_notes": "Old" }),
        ),
    )
    .await
    .unwrap();
    let client = app.signed_in("admin").await;
    let form = client.form("/customers/meier/edit", "/customers/meier").await;
    let typed = form
        .with("city", "Bonn \"am\" & 'Rhein'")
        .with("custom_notes", "Line one\r\nLine </textarea> two")
        .with("gui_access", OFF)
        .with("dnsenabled", "1")
        .with("emails", "7")
        .with("def_language", "de")
        .with("new_customer_password", "Typed-secret-99");
    app.advance_clock(SignedDuration::from_hours(2));
    let response = client.post(&typed).await;
    let page = client.open(response.location()).await;
    assert!(
        page.text
            .contains("Your session has ended. Sign in again within one hour to keep your entries"),
        "{}",
        page.said()
    );
    assert!(app.find_in_database("Line one").is_empty(), "stored forms are sealed");
    let page = sign_in_again(&client, &response, "admin").await;
    assert_eq!(page.path, "/customers/meier/edit");
    assert!(page.flash().contains("Nothing has been saved yet"), "{}", page.flash());
    assert!(!page.text.contains("Typed-secret-99"));
    let customer = app.get("admin", "meier").await.unwrap();
    assert_eq!(
        (customer.profile.contact.city.as_str(), customer.version),
        ("Köln", 1),
        "the form is not submitted by itself"
    );
    let restored = page.form("/customers/meier");
    assert_eq!(restorable_fields(&restored), restorable_fields(&typed));
    let sent = client.post(&restored).await;
    assert_eq!(sent.status, 303, "{}", sent.said());
    let profile = app.get("admin", "meier").await.unwrap().profile;
    assert_eq!(
        (profile.contact.city.as_str(), profile.gui_access),
        ("Bonn \"am\" & 'Rhein'", false)
    );
    assert_eq!(profile.notes.replace("\r\n", "\n"), "Line one\nLine </textarea> two");
}

#[tokio::test]
async fn a_kept_form_is_restored_for_the_same_account_only_and_expires() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    app.customer("meier").await;
    let client = app.signed_in("admin").await;
    let typed = client.form("/customers/meier/edit", "/customers/meier").await.with("city", "Bonn");
    app.advance_clock(SignedDuration::from_hours(2));
    let response = client.post(&typed).await;
    let other = sign_in_again(&client, &response, "second").await;
    assert_eq!((other.value("city").as_deref(), other.flash()), (Some(""), String::new()));
    client.submit("/", "/logout", &[]).await;
    let page = sign_in_again(&client, &response, "admin").await;
    assert_eq!(page.value("city").as_deref(), Some("Bonn"));
    app.advance_clock(SignedDuration::from_mins(61));
    let client = app.signed_in("admin").await;
    let late = client.open("/customers/meier/edit").await;
    assert_eq!(late.value("city").as_deref(), Some(""), "the kept form has expired");
}

#[tokio::test]
async fn a_form_with_validation_errors_is_kept_too() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    let form = client
        .form("/customers/new", "/customers")
        .await
        .with("email", "no address")
        .with("company", "Meier Ltd");
    let page = client.post(&form).await;
    assert_eq!(page.status, 422);
    let typed = page.form("/customers").with("email", "m@customer.example");
    app.advance_clock(SignedDuration::from_hours(2));
    let response = client.post(&typed).await;
    let page = sign_in_again(&client, &response, "admin").await;
    assert_eq!(page.path, "/customers/new");
    assert_eq!(restorable_fields(&page.form("/customers")), restorable_fields(&typed));
}

#[tokio::test]
async fn only_the_panels_own_forms_are_kept_and_their_number_is_limited() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let stranger = app.browser();
    for body in
        ["city=Bonn", "city=Bonn&form_page=AAAA", "city=Bonn&form_page=1%0A/customers/meier/edit"]
    {
        let response = stranger.post_raw("/customers/meier", body.to_owned()).await;
        assert_eq!((response.status, response.location()), (303, "/login?ended=1"), "{body}");
    }
    let page = app.signed_in("admin").await.form("/customers/meier/edit", "/customers/meier").await;
    let foreign =
        stranger.request("POST", "/customers/meier").header("sec-fetch-site", "cross-site");
    let response = stranger
        .send(foreign.header("content-type", "application/x-www-form-urlencoded").body(page.body()))
        .await;
    assert_eq!(
        (response.status, response.location()),
        (303, "/login"),
        "forms of other sites are not kept"
    );
    assert_eq!(app.count("kept_forms", "1 = 1").await, 0);
    // The number of kept forms for each account is limited.
    for _ in 0..15 {
        assert_eq!(stranger.post(&page).await.status, 303);
    }
    assert_eq!(app.count("kept_forms", "1 = 1").await, 10);
    app.advance_clock(SignedDuration::from_hours(2));
    app.worker().remove_old_rows().await.unwrap();
    assert_eq!(app.count("kept_forms", "1 = 1").await, 0);
}

/// Only the form's own page shows a kept form. Other pages and downloads ignore the address
/// parameter.
#[tokio::test]
async fn other_pages_and_downloads_ignore_a_kept_form() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let client = app.signed_in("admin").await;
    let typed = client.form("/customers/meier/edit", "/customers/meier").await.with("city", "Bonn");
    app.advance_clock(SignedDuration::from_hours(2));
    let response = client.post(&typed).await;
    let token = response.location().rsplit_once("kept%3D").unwrap().1.to_owned();
    let client = app.signed_in("admin").await;
    let plain = client.get("/customers.csv").await;
    assert_eq!(client.get(&format!("/customers.csv?kept={token}")).await.text, plain.text);
    for (path, status) in [
        ("/audit", 200),
        ("/customers/nobody/edit", 404),
        ("/customers/meier", 200),
        ("/logout", 405),
    ] {
        let page = client.get(&format!("{path}?kept={token}")).await;
        assert_eq!(page.status, status, "{path}");
        for page in [page, client.open("/plans").await] {
            assert!(!page.text.contains("Nothing has been saved yet"), "{path}: on {}", page.path);
        }
    }
    let page = client.open(&format!("/customers/meier/edit?kept={token}")).await;
    assert_eq!(page.value("city").as_deref(), Some("Bonn"));
    assert!(page.flash().contains("Nothing has been saved yet"), "{}", page.flash());
}

#[tokio::test]
async fn after_a_button_the_sign_in_leads_back_to_its_page() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let client = app.signed_in("admin").await;
    app.suspend("admin", "meier", true).await.unwrap();
    let form = client.form("/customers", "/customers/meier/resume").await;
    app.advance_clock(SignedDuration::from_hours(2));
    let request =
        client.request("POST", &form.action).header("referer", app.url("/customers?page=1"));
    let response = client
        .send(request.header("content-type", "application/x-www-form-urlencoded").body(form.body()))
        .await;
    assert_eq!(response.location(), "/login?ended=1&next=%2Fcustomers%3Fpage%3D1");
    let elsewhere =
        client.request("POST", &form.action).header("referer", "http://evil.example/customers");
    let response = client
        .send(
            elsewhere.header("content-type", "application/x-www-form-urlencoded").body(form.body()),
        )
        .await;
    assert_eq!(response.location(), "/login?ended=1");
}

#[tokio::test]
async fn the_requested_page_is_in_the_address_of_the_sign_in_page() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    app.advance_clock(SignedDuration::from_hours(2));
    let response = client.get("/customers?q=meier&page=2").await;
    assert_eq!(response.location(), "/login?ended=1&next=%2Fcustomers%3Fq%3Dmeier%26page%3D2");
    assert!(
        client
            .open(response.location())
            .await
            .text
            .contains("Your session has ended. Sign in again to continue.")
    );
    let stranger = app.browser().get("/customers").await;
    assert_eq!(stranger.location(), "/login?next=%2Fcustomers", "no session has ended");
}

/// Paths that forms for visitors without a session post to.
const PUBLIC: [&str; 3] = ["/login", "/password/forgot", "/password/loginname"];

/// Pages with forms, and the paths that they post to.
const FORMS: [(&str, &str); 23] = [
    ("/customers/new", "/customers"),
    ("/customers/meier/edit", "/customers/meier"),
    ("/customers/meier/suspend", "/customers/meier/suspend"),
    ("/customers/meier/move", "/customers/meier/move"),
    ("/customers/meier/delete", "/customers/meier/delete"),
    ("/admins/new", "/admins"),
    ("/admins/reseller/edit", "/admins/reseller"),
    ("/admins/reseller/delete", "/admins/reseller/delete"),
    ("/plans/new", "/plans"),
    ("/plans/1/edit", "/plans/1"),
    ("/php-configs/new", "/php-configs"),
    ("/php-configs/1/edit", "/php-configs/1"),
    ("/mysql-servers/new", "/mysql-servers"),
    ("/mysql-servers/0/edit", "/mysql-servers/0"),
    ("/settings", "/settings"),
    ("/mail-templates/welcome/en", "/mail-templates/welcome/en"),
    ("/webhooks/new", "/webhooks"),
    ("/webhooks/1/edit", "/webhooks/1"),
    ("/default-index", "/default-index"),
    ("/account", "/account/language"),
    ("/account", "/account/theme"),
    ("/account/api-keys/new", "/account/api-keys"),
    ("/account/api-keys/1/edit", "/account/api-keys/1"),
];

/// Returns the form with other values: other texts and numbers, the last options of lists, and
/// inverted boxes. Hidden fields, passwords and files are unchanged.
fn with_other_values(page: &Page, form: &Form) -> Form {
    let html = page.html();
    let mut typed = form.clone();
    let controls = scraper::Selector::parse("input, textarea, select").unwrap();
    let forms = scraper::Selector::parse("form").unwrap();
    let is_form = |found: &scraper::ElementRef<'_>| {
        found.attr("method") == Some("post") && found.attr("action") == Some(&form.action)
    };
    let on_page = html.select(&forms).find(is_form).unwrap();
    for control in on_page.select(&controls) {
        let Some(name) = control.attr("name") else { continue };
        match (control.value().name(), control.attr("type").unwrap_or("text")) {
            (_, "hidden" | "password" | "file") => {}
            ("select", _) => {
                let options = scraper::Selector::parse("option").unwrap();
                let last = control
                    .select(&options)
                    .last()
                    .and_then(|option| option.attr("value"))
                    .unwrap_or_default();
                typed = typed.with(name, last);
            }
            (_, "checkbox" | "radio") => {
                let pair = (name.to_owned(), control.attr("value").unwrap_or("on").to_owned());
                if typed.fields.contains(&pair) {
                    typed.fields.retain(|known| *known != pair);
                } else {
                    typed.fields.push(pair);
                }
            }
            (_, "number") => typed = typed.with(name, "17"),
            _ => typed = typed.with(name, "Kept & \"typed\" <ö>"),
        }
    }
    typed
}

#[tokio::test]
async fn every_form_is_restored() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer("meier").await;
    app.plan("admin", "Gold", &[]).await;
    app.webhook("https://hooks.example.com/").await;
    app.api("admin").await;
    for (path, action) in FORMS {
        let client = app.signed_in("admin").await;
        let page = client.open(path).await;
        let form = page.form(action);
        assert!(form.value("form_page").is_some(), "the form on {path} does not name its page");
        let typed = with_other_values(&page, &form);
        assert_ne!(restorable_fields(&typed), restorable_fields(&form), "{path}");
        client.set_cookie("clientele=gone");
        let response = client.post(&typed).await;
        let page = sign_in_again(&client, &response, "admin").await;
        assert_eq!(page.path, path);
        assert_eq!(restorable_fields(&page.form(action)), restorable_fields(&typed), "{path}");
    }
}

/// A form that does not name its page cannot be restored. Forms with a file cannot be kept, and
/// forms without fields need not be.
#[tokio::test]
async fn every_form_with_fields_names_its_page() {
    let app = TestApp::spawn().await;
    let mut fixture = Fixture::make(&app).await;
    fixture.own_key_of(&app, "admin").await;
    let forms = scraper::Selector::parse("form[method=post]:not([enctype])").unwrap();
    let fields =
        scraper::Selector::parse("input[name]:not([type=hidden]):not([type=password]):not([readonly]), select[name], textarea[name]")
            .unwrap();
    let mut without_page = Vec::new();
    for role in ["admin", "theirs"] {
        let client = app.signed_in(role).await;
        for route in routes::pages() {
            let page = client.get(&fixture.path(&route.path)).await;
            if page.status != 200 || !page.is_html() {
                continue;
            }
            for form in
                page.html().select(&forms).filter(|form| form.select(&fields).next().is_some())
            {
                let action = form.attr("action").unwrap_or(&page.path).to_owned();
                if page.form(&action).value("form_page").is_none()
                    && !PUBLIC.contains(&action.as_str())
                {
                    without_page.push(format!("{role} {} {action}", route.path));
                }
            }
        }
    }
    assert!(without_page.is_empty(), "{without_page:#?}");
}
