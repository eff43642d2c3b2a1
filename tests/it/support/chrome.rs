//! A real browser: headless Chromium, driven by a chromedriver for each test.

use super::TestApp;
use super::chromedriver::{connect, start_driver};
use super::http::http;
use super::wait::until_true;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Child;
use std::time::Duration;
use tempfile::TempDir;

/// Longest time to wait for a page, on a machine that is busy with other tests.
pub const TIMEOUT: Duration = Duration::from_secs(30);
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
    "--window-size=1280,900",
];

/// A browser with its own profile.
pub struct Chrome {
    page: Client,
    driver: Child,
    /// Id of the driver's session.
    session: String,
    http: reqwest::Client,
    base: String,
    _profile: TempDir,
}

impl Chrome {
    /// Starts a browser for this program.
    pub async fn start(app: &TestApp) -> Self {
        let (mut driver, port) = start_driver();
        let profile = tempfile::tempdir().unwrap();
        let mut arguments: Vec<String> = ARGUMENTS.map(ToOwned::to_owned).into();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities = json!({ "goog:chromeOptions": { "args": arguments }, "goog:loggingPrefs": { "browser": "ALL" } });
        let Value::Object(capabilities): Value = capabilities else { unreachable!() };
        let url = format!("http://127.0.0.1:{port}");
        let page = match connect(&url, capabilities).await {
            Ok(page) => page,
            Err(error) => {
                drop(driver.kill());
                panic!(
                    "Chromium cannot be started (Debian: apt-get install chromium chromium-driver): {error}"
                );
            }
        };
        let id = page.session_id().await.unwrap().expect("a session");
        let http = http().build().unwrap();
        Self {
            page,
            driver,
            session: format!("{url}/session/{id}"),
            http,
            base: app.url(""),
            _profile: profile,
        }
    }

    /// Opens a page and waits until it is loaded.
    pub async fn open(&self, path: &str) {
        self.page.goto(&format!("{}{path}", self.base)).await.unwrap();
        self.wait_until_loaded().await;
    }

    pub async fn path(&self) -> String {
        self.page.current_url().await.unwrap().path().to_owned()
    }

    /// Runs a script. The driver can do this although the page's content security policy forbids
    /// inline scripts.
    pub async fn run(&self, script: &str) -> Value {
        self.page
            .execute(script, Vec::new())
            .await
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Returns whether a JavaScript expression is truthy.
    pub async fn is(&self, script: &str) -> bool {
        self.run(&format!("return Boolean({script})")).await.as_bool().unwrap()
    }

    /// Waits until a JavaScript expression is truthy.
    pub async fn wait(&self, script: &str) {
        until_true(script, TIMEOUT, async || self.is(script).await).await;
    }

    async fn wait_until_loaded(&self) {
        until_true("the page", TIMEOUT, async || {
            let state = self
                .page
                .execute("return document.readyState === 'complete' && !window.leaving", Vec::new())
                .await;
            state.is_ok_and(|state| state == json!(true))
        })
        .await;
    }

    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("main [name='{name}']:not([type=hidden])")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn choose_file(&self, name: &str, file: &std::path::Path) {
        self.find(&format!("main input[type=file][name='{name}']"))
            .await
            .send_keys(&file.display().to_string())
            .await
            .unwrap();
    }

    pub async fn click(&self, selector: &str) {
        self.find(selector)
            .await
            .click()
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Selects an option of a list.
    pub async fn choose(&self, name: &str, value: &str) {
        self.find(&format!("select[name='{name}']")).await.select_by_value(value).await.unwrap();
    }

    /// Ticks or unticks a box.
    pub async fn set_ticked(&self, name: &str, on: bool) {
        let selector = format!("input[type=checkbox][name='{name}']");
        if self.is(&format!("document.querySelector(\"{selector}\").checked")).await != on {
            self.click(&selector).await;
        }
    }

    /// Clicks the button of the form that posts to `action`, and waits for the next page.
    pub async fn submit(&self, action: &str) {
        self.press(&format!(
            "form[action='{action}'] [type=submit]:not([name]):not([aria-hidden])"
        ))
        .await;
    }

    /// Clicks an element that leads to another page, and waits for that page.
    pub async fn press(&self, selector: &str) {
        self.run("window.leaving = true").await;
        self.click(selector).await;
        self.wait_until_loaded().await;
    }

    async fn find(&self, selector: &str) -> fantoccini::elements::Element {
        match self.page.find(Locator::Css(selector)).await {
            Ok(element) => element,
            Err(error) => panic!(
                "{} has no {selector} ({error}): {}",
                self.path().await,
                self.text("main").await
            ),
        }
    }

    /// Returns the texts of all elements that match the selector, joined by spaces.
    pub async fn text(&self, selector: &str) -> String {
        let script = format!(
            "return [...document.querySelectorAll(\"{selector}\")].map((e) => e.textContent.replace(/\\s+/g, ' ').trim()).join(' ')"
        );
        self.run(&script).await.as_str().unwrap_or_default().to_owned()
    }

    pub async fn sign_in(&self, login_name: &str, password: &str) {
        self.open("/login").await;
        self.fill("loginname", login_name).await;
        self.fill("password", password).await;
        self.submit("/login").await;
    }

    /// Asserts that axe finds no violation on the page in both themes, on a wide screen and on a
    /// phone, that nothing overflows, and that the console has no errors. Restores theme and width
    /// afterwards.
    pub async fn check(&self) {
        let path = self.path().await;
        let theme = self.run("return document.documentElement.dataset.bsTheme").await;
        for width in [1280, 375] {
            self.set_width(width).await;
            for theme in ["light", "dark"] {
                // Wait for colour transitions to end. An inherited colour starts its own transition
                // after that of the outer element, so one round is not enough.
                let settled = "for (let round = 0; round < 50; round++) { document.body.offsetHeight; \
                    const running = document.getAnimations(); if (running.length === 0) break; \
                    running.forEach((animation) => animation.finish()); }";
                self.run(&format!(
                    "document.documentElement.dataset.bsTheme = '{theme}'; {settled}"
                ))
                .await;
                self.check_axe(&format!("{path} at {width} px, {theme}")).await;
            }
            let wide =
                self.run("return document.documentElement.scrollWidth").await.as_u64().unwrap();
            assert!(wide <= width, "{path} is {wide} px wide at {width} px");
        }
        self.set_width(1280).await;
        self.page
            .execute("document.documentElement.dataset.bsTheme = arguments[0]", vec![theme])
            .await
            .unwrap();
        self.check_console(&path).await;
    }

    /// Asserts that axe finds no violation on the page in its current state.
    pub async fn check_axe(&self, context: &str) {
        let axe =
            format!("{}/npm/node_modules/axe-core/axe.min.js", clientele::web::assets::BUILD_DIR);
        let axe = std::fs::read_to_string(axe).unwrap();
        self.page.execute(&format!("if (!window.axe) {{ {axe} }}"), Vec::new()).await.unwrap();
        let script = "const done = arguments[arguments.length - 1];
            axe.run({ resultTypes: ['violations'] }).then((found) => done(found.violations.map((v) =>
                v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' (' + n.failureSummary.slice(0, 200) + ')').join(' | '))),
                (error) => done([String(error)]))";
        let found = self.page.execute_async(script, Vec::new()).await.unwrap();
        assert_eq!(found, json!([]), "{context}");
    }

    /// Asserts that the content security policy refused nothing and that no script failed.
    async fn check_console(&self, path: &str) {
        let lines = self.post("/se/log", &json!({ "type": "browser" })).await;
        let is_error = |line: &&Value| {
            line["level"] == "SEVERE"
                && !line["message"]
                    .as_str()
                    .unwrap_or_default()
                    .contains("Failed to load resource: the server responded")
        };
        let lines: Vec<&Value> = lines.as_array().unwrap().iter().filter(is_error).collect();
        assert!(lines.is_empty(), "{path}: {lines:?}");
    }

    /// Presses a key in the focused element. `key` is a value of `KeyboardEvent.key`; "" presses
    /// none.
    pub async fn press_key(&self, key: &str) {
        let code = match key {
            "Enter" => "\u{e007}",
            "Tab" => "\u{e004}",
            "Escape" => "\u{e00c}",
            "Home" => "\u{e011}",
            "End" => "\u{e010}",
            "ArrowUp" => "\u{e013}",
            "ArrowDown" => "\u{e015}",
            letter => letter,
        };
        if code.is_empty() {
            return;
        }
        let actions: Vec<Value> = ["keyDown", "keyUp"]
            .iter()
            .map(|kind| json!({ "type": kind, "value": code }))
            .collect();
        self.post(
            "/actions",
            &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }),
        )
        .await;
    }

    /// Emulates a medium ("" for the screen) and a width in pixels.
    pub async fn emulate_media(&self, medium: &str, width: u64) {
        self.post(
            "/goog/cdp/execute",
            &json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "media": medium } }),
        )
        .await;
        self.set_width(width).await;
    }

    /// Sets the width of the window in pixels.
    pub async fn set_width(&self, width: u64) {
        let metrics =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.post(
            "/goog/cdp/execute",
            &json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": metrics }),
        )
        .await;
        self.wait(&format!("window.innerWidth === {width}")).await;
        // Media queries and viewport units change with the next frames, not at once.
        let frames = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))";
        self.page.execute_async(frames, Vec::new()).await.unwrap();
    }

    /// Sends a command that only chromedriver supports.
    async fn post(&self, command: &str, body: &Value) -> Value {
        let response =
            self.http.post(format!("{}{command}", self.session)).json(body).send().await.unwrap();
        response.json::<Value>().await.unwrap()["value"].take()
    }
}

impl Drop for Chrome {
    /// Ends the driver's session, because only that ends the browser. This must not wait for an
    /// async runtime.
    fn drop(&mut self) {
        drop(self.end_session());
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

impl Chrome {
    fn end_session(&self) -> std::io::Result<()> {
        let url: url::Url = self.session.parse().map_err(std::io::Error::other)?;
        let mut driver = TcpStream::connect(("127.0.0.1", url.port().unwrap_or_default()))?;
        driver.set_read_timeout(Some(TIMEOUT))?;
        write!(
            driver,
            "DELETE {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            url.path()
        )?;
        driver.read_exact(&mut [0; 12])
    }
}
