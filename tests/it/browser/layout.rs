//! Nothing overflows its box, is cut off, or needs horizontal scrolling: every page of each role,
//! with long and hostile texts, at seven widths and in both languages. `support/layout.js` finds
//! the problems of a page.

use crate::support::TestApp;
use crate::support::chrome::Chrome;
use crate::support::make::{PASSWORD, with};
use crate::support::routes::{self, Fixture};
use serde_json::json;

const CHECK: &str = include_str!("../support/layout.js");
const WIDTHS: [u64; 7] = [320, 375, 820, 1024, 1280, 1600, 1920];

/// Parts of paths that are skipped: their responses are not pages, or are pages for visitors.
const SKIPPED: [&str; 8] =
    ["/static/", ".json", ".csv", "/healthz", "/readyz", "/metrics", "/password/", "/login"];
/// Paths of pages that differ between admins and resellers.
const SHARED: [&str; 9] = [
    "/",
    "/account",
    "/account/api-keys",
    "/customers",
    "/customers/theirs",
    "/customers/theirs/edit",
    "/customers/new",
    "/plans",
    "/no-such-page",
];

const LONG: &str =
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const ARABIC: &str = "شركة الاستضافة العربية للخدمات الرقمية المحدودة ذات المسؤولية";

/// Adds customers whose names, companies and addresses are long, without spaces, or written from
/// right to left. Gives long texts to other records, too.
async fn fill(app: &TestApp) {
    let letters = "W".repeat(120);
    for (number, (name, company)) in [
        ("Freifrau von Hohenlohe-Waldenburg-Schillingsfürst", LONG),
        (LONG, ""),
        (ARABIC, "الخوارزمي"),
        (letters.as_str(), ""),
    ]
    .into_iter()
    .enumerate()
    {
        let long = format!("{}{number}", "kd".repeat(28));
        let values = json!({ "name": name, "company": company, "city": LONG, "street": LONG, "diskspace": 500, "traffic": 10, "emails": 5 });
        app.add("owner", with(&long, values)).await.unwrap();
        let id = app.number(&format!("SELECT id FROM customers WHERE login_name = '{long}'")).await;
        let email =
            format!("{}.{number}@{}.example", "langer-name".repeat(5), "betriebswerk".repeat(4));
        app.sql(&format!("UPDATE customers SET email = '{email}', diskspace_used = 400000000, traffic_used = 9000000000 WHERE id = {id}"))
            .await;
    }
    app.sql("UPDATE customers SET suspended = TRUE WHERE company <> ''").await;
    let now = app.now().as_second();
    app.sql(&format!(
        "UPDATE logins SET failed_count = 99, last_failed_at = {now} WHERE name_key LIKE 'kdkd%'"
    ))
    .await;
    for table in ["plans", "mysql_servers"] {
        app.sql(&format!("UPDATE {table} SET name = '{LONG}'")).await;
    }
    app.sql(&format!(
        "UPDATE php_configs SET description = '{LONG}', \"binary\" = '/usr/{LONG}/php'"
    ))
    .await;
    app.sql(&format!(
        "UPDATE webhooks SET label = '{LONG}', url = 'https://{}.example/{LONG}'",
        "hooks".repeat(12)
    ))
    .await;
    app.sql(&format!("UPDATE api_keys SET label = '{LONG}'")).await;
    app.sql(&format!("UPDATE jobs SET last_error = 'connect {LONG}: refused', subject = 'kdkdkdkdkdkdkdkdkdkdkdkdkdkdkdkdkdkdkdkd'")).await;
    app.sql(&format!("UPDATE admins SET name = '{LONG}' WHERE login_name = 'owner'")).await;
    app.sql("UPDATE customers SET notes = 'A note', notes_shown = TRUE").await;
    app.sql("UPDATE settings SET value = '1' WHERE name = 'api.enabled'").await;
}

/// Returns the problems of the open page at all widths.
async fn problems(browser: &Chrome, context: &str) -> Vec<String> {
    let mut found = Vec::new();
    for width in WIDTHS {
        browser.set_width(width).await;
        let lines = browser.run(CHECK).await;
        found.extend(
            lines.as_array().unwrap().iter().map(|line| {
                format!("{context} at {width} px: {}", line.as_str().unwrap_or_default())
            }),
        );
    }
    found
}

async fn problems_of_pages(browser: &Chrome, context: &str, paths: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for path in paths {
        browser.open(path).await;
        // Collapsed content is a part of the page.
        browser
            .run("for (const part of document.querySelectorAll('main details')) part.open = true")
            .await;
        found.extend(problems(browser, &format!("{path} ({context})")).await);
    }
    found
}

#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn nothing_overflows_on_any_page_at_any_width() {
    let app = TestApp::spawn().await;
    let mut fixture = Fixture::make(&app).await;
    fixture.own_key_of(&app, "admin").await;
    fill(&app).await;
    let pages = routes::pages().into_iter();
    let mut all: Vec<String> = pages
        .map(|route| fixture.path(&route.path))
        .filter(|path| !SKIPPED.iter().any(|part| path.contains(part)))
        .collect();
    all.push("/no-such-page".to_owned());
    let shared: Vec<String> = SHARED.map(ToOwned::to_owned).into();
    let own: Vec<String> =
        ["/", "/account", "/account/api-keys", "/no-such-page"].map(ToOwned::to_owned).into();
    let public: Vec<String> =
        ["/login", "/password/forgot", "/no-such-page"].map(ToOwned::to_owned).into();
    let browser = Chrome::start(&app).await;
    let mut found = problems_of_pages(&browser, "visitor", &public).await;
    for (role, paths) in [("admin", &all), ("owner", &shared), ("theirs", &own)] {
        app.sql("DELETE FROM sessions").await;
        browser.sign_in(role, PASSWORD).await;
        for language in ["de", "en"] {
            app.sql(&format!("UPDATE admins SET language = '{language}'")).await;
            app.sql(&format!("UPDATE customers SET language = '{language}'")).await;
            found.extend(problems_of_pages(&browser, &format!("{role}, {language}"), paths).await);
        }
    }
    assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
}

/// Overlays: the navigation, the search, and menus.
#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn nothing_overflows_in_overlays() {
    let app = TestApp::spawn().await;
    Fixture::make(&app).await;
    fill(&app).await;
    app.sql("UPDATE admins SET language = 'de'").await;
    let browser = Chrome::start(&app).await;
    browser.sign_in("owner", PASSWORD).await;
    browser.open("/customers").await;
    let mut found = Vec::new();
    for width in WIDTHS {
        browser.set_width(width).await;
        for part in ["nav", "find", "account-menu", "menu-theirs"] {
            let script = format!(
                "const part = document.getElementById('{part}'); part.checkVisibility() || part.showPopover()"
            );
            browser.run(&script).await;
            let lines = browser.run(CHECK).await;
            found.extend(
                lines
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|line| format!("{part} at {width} px: {line}")),
            );
            browser
                .run(&format!("const part = document.getElementById('{part}'); if (part.matches(':popover-open')) part.hidePopover()"))
                .await;
        }
    }
    assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
}

/// A printed page has the whole content and no controls.
#[tokio::test]
#[ignore = "needs chromium and chromium-driver"]
async fn printed_pages_have_no_controls_and_are_not_cut_off() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    fill(&app).await;
    let browser = Chrome::start(&app).await;
    browser.sign_in("admin", PASSWORD).await;
    let mut found = Vec::new();
    for path in [
        "/",
        "/customers",
        "/customers/theirs",
        "/audit",
        "/jobs",
        "/plans",
        "/admins",
        &fixture.path("/webhooks/deliveries"),
    ] {
        browser.open(path).await;
        browser.emulate_media("print", 718).await;
        let lines = browser.run(CHECK).await;
        found.extend(lines.as_array().unwrap().iter().map(|line| format!("{path}: {line}")));
        let controls = "return [...document.querySelectorAll('button, .btn, input, select, nav, .filters, .cell-actions, .topbar')] \
                       .filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 120))";
        assert_eq!(browser.run(controls).await, json!([]), "{path}");
        let color_scheme = browser
            .run("return getComputedStyle(document.querySelector('main')).colorScheme")
            .await;
        assert_eq!(color_scheme, json!("light"), "{path}: dark pages are printed dark on white");
        if path == "/customers" {
            let columns = "return [...document.querySelectorAll('thead th')].filter((e) => e.checkVisibility()).length";
            assert_eq!(browser.run(columns).await, json!(7), "the columns are printed as a table");
        }
        browser.emulate_media("", 1280).await;
    }
    assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
}
