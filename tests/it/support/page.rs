//! A response, with checks that hold for every page.

use super::form::Form;
use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};

/// Directives that browsers enforce, so that markup that was not escaped cannot run.
const POLICY: [&str; 6] = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
];

/// A response.
#[derive(Clone, Debug)]
pub struct Page {
    pub path: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    /// Reads a response and checks what holds for all responses.
    pub async fn read(response: reqwest::Response) -> Self {
        Self::try_read(response).await.expect("the response was incomplete")
    }

    /// Reads and checks a response. Returns `None` if the connection ended early.
    pub async fn try_read(response: reqwest::Response) -> Option<Self> {
        let address = response.url().clone();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let path = address.path().to_owned();
        let page = Self { path, status, headers, text: response.text().await.ok()? };
        page.check(address.as_str());
        Some(page)
    }

    fn check(&self, address: &str) {
        let policy = self.header("content-security-policy");
        for part in POLICY {
            assert!(policy.contains(part), "{address}: the policy lacks {part}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{address}: {policy}");
        assert_eq!(self.header("x-content-type-options"), "nosniff", "{address}");
        if let Some(at) = self.text.find('⟦') {
            let text: String = self.text[at..].chars().take(60).collect();
            panic!("{address}: a text is missing: {text}");
        }
        if self.is_html() && !self.text.is_empty() {
            self.check_markup(address);
        }
    }

    /// Asserts that the page needs nothing that the content security policy forbids, such as inline
    /// scripts or styles. Asserts one `h1` and unique ids.
    fn check_markup(&self, address: &str) {
        let page = self.html();
        for element in page.select(&select("*")) {
            for (name, value) in element.value().attrs() {
                assert!(
                    name != "style" && !name.starts_with("on"),
                    "{address}: an attribute {name}={value}"
                );
            }
        }
        for script in page.select(&select("script")) {
            assert!(
                script.attr("src").is_some_and(|src| src.starts_with('/')),
                "{address}: an inline script: {}",
                script.html()
            );
        }
        assert_eq!(page.select(&select("style")).count(), 0, "{address}: inline styles");
        assert_eq!(page.select(&select("h1")).count(), 1, "{address}: one h1 a page");
        let mut ids: Vec<&str> =
            page.select(&select("[id]")).filter_map(|element| element.attr("id")).collect();
        ids.sort_unstable();
        let twice: Vec<&&str> =
            ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert!(twice.is_empty(), "{address}: ids twice: {twice:?}");
    }

    pub fn is_html(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    /// Returns a header, or the empty text if it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// Returns the target of a redirect, or the empty text.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn html(&self) -> Html {
        Html::parse_document(&self.text)
    }

    /// Returns the texts of all elements that match a selector.
    pub fn all(&self, selector: &str) -> Vec<String> {
        self.html().select(&select(selector)).map(text_of).collect()
    }

    /// Returns the text of the first element that matches a selector.
    pub fn first(&self, selector: &str) -> Option<String> {
        self.html().select(&select(selector)).next().map(text_of)
    }

    /// Returns whether an element matches a selector.
    pub fn has(&self, selector: &str) -> bool {
        self.html().select(&select(selector)).next().is_some()
    }

    /// Returns an attribute of the first element that matches a selector.
    pub fn attr(&self, selector: &str, name: &str) -> Option<String> {
        self.html()
            .select(&select(selector))
            .next()
            .and_then(|element| element.attr(name).map(ToOwned::to_owned))
    }

    pub fn h1(&self) -> String {
        self.first("h1").unwrap_or_default()
    }

    /// Returns the login names of the rows of a list, in order.
    pub fn rows(&self) -> Vec<String> {
        let page = self.html();
        page.select(&select("tr[data-loginname]"))
            .filter_map(|row| row.attr("data-loginname").map(ToOwned::to_owned))
            .collect()
    }

    /// Returns the flash messages, joined by spaces.
    pub fn flash(&self) -> String {
        self.all("[role=status]").join(" ")
    }

    /// Returns the texts of all alerts, such as the error summary, joined by spaces.
    pub fn alert(&self) -> String {
        self.all("[role=alert]").join(" ")
    }

    /// Returns the validation error of a field. Asserts that the field refers to it.
    pub fn field_error(&self, name: &str) -> Option<String> {
        let error = self.first(&format!("[id='{name}-error']"))?;
        let described = format!("[aria-describedby~='{name}-error']");
        assert!(self.has(&described), "the error of {name} is not its aria-describedby");
        Some(error)
    }

    /// Returns the fields with validation errors.
    pub fn wrong_fields(&self) -> Vec<String> {
        let page = self.html();
        let mut names: Vec<String> = page
            .select(&select("[id$='-error']"))
            .filter_map(|e| e.attr("id")?.strip_suffix("-error").map(ToOwned::to_owned))
            .collect();
        names.sort();
        names
    }

    /// Returns the value of a field, or `None` for an unticked box and for a missing field.
    pub fn value(&self, name: &str) -> Option<String> {
        let page = self.html();
        // The hidden field before a box counts only if the box is unticked.
        let has_boxes =
            page.select(&select(&format!("[type=checkbox][name='{name}']"))).next().is_some();
        let element =
            page.select(&select(&format!("[name='{name}']"))).find(|e| match e.attr("type") {
                Some("checkbox" | "radio") => e.attr("checked").is_some(),
                Some("hidden") => !has_boxes,
                _ => true,
            })?;
        Some(match element.value().name() {
            "select" => element
                .select(&select("option[selected]"))
                .next()
                .and_then(|option| option.attr("value").map(ToOwned::to_owned))
                .unwrap_or_default(),
            "textarea" => text_of(element),
            _ => element.attr("value").unwrap_or_default().to_owned(),
        })
    }

    /// Returns a short description of the page for assert messages.
    pub fn said(&self) -> String {
        format!(
            "{} {} {} {} {:?}",
            self.path,
            self.status,
            self.h1(),
            self.alert(),
            self.wrong_fields()
        )
    }

    /// Returns the form that posts to `action`, with the page's values.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        Form::on(&self.html(), action, &self.path)
            .unwrap_or_else(|| panic!("no form posts to {action}: {}", self.said()))
    }

    /// Returns whether the page has a form that posts to `action`.
    pub fn has_form(&self, action: &str) -> bool {
        Form::on(&self.html(), action, &self.path).is_some()
    }
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}
