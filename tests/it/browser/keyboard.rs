//! Keyboard use: row menus, the first field, the path to the submit button, and searches.

use crate::support::TestApp;
use crate::support::chrome::Chrome;
use crate::support::make::{PASSWORD, with};
use serde_json::json;

async fn signed_in_browser(app: &TestApp) -> Chrome {
    app.add("admin", with("meier", json!({ "name": "Meier" }))).await.unwrap();
    let browser = Chrome::start(app).await;
    browser.sign_in("admin", PASSWORD).await;
    browser
}

/// Script that returns the text of the focused element.
const FOCUSED_TEXT: &str = "return document.activeElement.textContent.trim()";

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn a_row_menu_is_operated_with_arrow_keys_and_returns_the_focus() {
    let app = TestApp::spawn().await;
    let browser = signed_in_browser(&app).await;
    browser.open("/customers").await;
    browser.run("document.querySelector('[popovertarget=menu-meier]').focus()").await;
    browser.press_key("Enter").await;
    browser.wait("document.querySelector('#menu-meier').matches(':popover-open')").await;
    browser.wait("document.activeElement.getAttribute('role') === 'menuitem'").await;
    for (key, expected) in [
        ("", "Show"),
        ("ArrowDown", "Suspend"),
        ("End", "Delete"),
        ("ArrowDown", "Show"),
        ("ArrowUp", "Delete"),
        ("Home", "Show"),
        ("m", "Move"),
    ] {
        browser.press_key(key).await;
        assert_eq!(browser.run(FOCUSED_TEXT).await, json!(expected), "after {key}");
    }
    browser.check_axe("the open menu").await;
    browser.press_key("Escape").await;
    browser.wait("!document.querySelector('#menu-meier').matches(':popover-open')").await;
    assert!(
        browser.is("document.activeElement.matches('[popovertarget=menu-meier]')").await,
        "the focus returns to the button"
    );
    browser.press_key("ArrowUp").await;
    assert_eq!(
        browser.run(FOCUSED_TEXT).await,
        json!("Delete"),
        "ArrowUp opens the menu at its last item"
    );
    browser.press_key("Tab").await;
    assert!(
        !browser.is("document.querySelector('#menu-meier').matches(':popover-open')").await,
        "moving the focus closes it"
    );
}

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn a_list_that_was_filtered_in_place_has_menus() {
    let app = TestApp::spawn().await;
    let browser = signed_in_browser(&app).await;
    browser.open("/customers").await;
    browser.run("document.querySelector('[data-list]').dataset.old = '1'").await;
    browser.fill("q", "meier").await;
    browser.wait("!document.querySelector('[data-list]').dataset.old").await;
    assert!(
        browser.is("document.querySelector('#menu-meier').getAttribute('role') === 'menu'").await
    );
}

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn the_form_of_a_new_customer_focuses_the_first_field_and_the_button_is_six_steps_away_at_most()
 {
    let app = TestApp::spawn().await;
    let browser = signed_in_browser(&app).await;
    browser.open("/customers/new").await;
    assert!(browser.is("document.activeElement.name === 'email'").await);
    let mut steps = 0;
    while !browser
        .is("document.activeElement.type === 'submit' && document.activeElement.form.getAttribute('action') === '/customers'")
        .await
    {
        browser.press_key("Tab").await;
        steps += 1;
        assert!(steps <= 6, "the button is {steps} steps away: {}", browser.run("return document.activeElement.outerHTML").await);
    }
    browser.fill("email", "keys@example.com").await;
    browser.fill("company", "Keyboard Ltd").await;
    browser.press_key("Enter").await;
    browser.wait("location.pathname === '/customers/web1'").await;
}

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn long_forms_have_a_link_to_their_buttons() {
    let app = TestApp::spawn().await;
    let browser = signed_in_browser(&app).await;
    for path in
        ["/customers/meier/edit", "/plans/new", "/settings", "/admins/new", "/admins/admin/edit"]
    {
        browser.open(path).await;
        browser.run("document.querySelector('.skip-to-actions').focus()").await;
        let is_visible = "(() => { const box = document.activeElement.getBoundingClientRect(); return box.width > 50 && box.height > 20; })()";
        assert!(browser.is(is_visible).await, "{path}: the link is visible while it has the focus");
        browser.press_key("Enter").await;
        browser.press_key("Tab").await;
        assert!(browser.is("document.activeElement.matches('[type=submit]')").await, "{path}");
    }
}

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn a_phone_has_the_search_in_its_header() {
    let app = TestApp::spawn().await;
    let browser = signed_in_browser(&app).await;
    browser.open("/account").await;
    browser.set_width(375).await;
    browser.click("[popovertarget=find]").await;
    browser.wait("document.activeElement.id === 'find-q'").await;
    browser.check_axe("the open search").await;
    for letter in "meier".chars() {
        browser.press_key(&letter.to_string()).await;
    }
    browser.press_key("Enter").await;
    browser.wait("location.pathname === '/customers'").await;
    assert!(browser.text("tr[data-loginname]").await.contains("Meier"));
}

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn a_failed_search_does_not_affect_a_newer_one() {
    let app = TestApp::spawn().await;
    let browser = signed_in_browser(&app).await;
    browser.open("/customers").await;
    // The test decides when each request ends. Navigation is recorded, and prevented unless it
    // replaces the current entry.
    browser
        .run(
            "window.real = window.fetch; window.requests = []; window.targets = [];
            window.fetch = (address) => new Promise((resolve, reject) => requests.push({ address, resolve, reject }));
            navigation.addEventListener('navigate', (event) => {
                targets.push(new URL(event.destination.url).searchParams.get('q'));
                if (event.navigationType !== 'replace') event.preventDefault();
            });
            document.querySelector('[data-list]').dataset.old = '1'",
        )
        .await;
    for (word, number) in [("old", 1), ("meier", 2)] {
        browser
            .run(&format!(
                "const field = document.querySelector('main [name=q]'); field.value = '{word}';
                field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
            ))
            .await;
        browser.wait(&format!("requests.length === {number}")).await;
    }
    browser
        .run(
            "requests[0].reject(new TypeError('the network is gone'));
            real(requests[1].address).then(requests[1].resolve)",
        )
        .await;
    browser.wait("!document.querySelector('[data-list]').dataset.old").await;
    assert_eq!(browser.run("return targets").await, json!(["meier"]));
}
