//! Renders notes from Markdown to HTML. No template escapes this HTML, so the renderer allows only
//! safe elements. Raw HTML appears as text, links keep an address only with the scheme `http`,
//! `https`, `mailto` or `tel`, and images become their alternative text.

use crate::html::escape;
use askama::filters::HtmlSafe;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::fmt;

/// HTML that was rendered from Markdown.
#[derive(Clone, Debug, Default)]
pub struct Markdown(String);

/// [`Markdown::new`] escapes or generates all of its contents.
impl HtmlSafe for Markdown {}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Markdown {
    /// Renders a Markdown text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut out = String::new();
        html::push_html(
            &mut out,
            Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).map(sanitize),
        );
        Self(out)
    }

    /// Returns whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn sanitize(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        // Authors expect a line break where they type one.
        Event::SoftBreak => Event::HardBreak,
        Event::Start(Tag::Link { dest_url, .. }) => Event::InlineHtml(link(&dest_url)),
        Event::End(TagEnd::Link) => Event::InlineHtml(CowStr::Borrowed("</a>")),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {
            Event::Text(CowStr::Borrowed(""))
        }
        // The page already has headings of the levels 1 and 2.
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: demote(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(demote(level))),
        other => other,
    }
}

fn demote(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

fn link(to: &str) -> CowStr<'static> {
    let is_allowed = url::Url::parse(to)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto" | "tel"));
    if !is_allowed {
        return CowStr::Borrowed("<a>");
    }
    CowStr::from(format!("<a href=\"{}\" rel=\"nofollow noopener noreferrer\">", escape(to)))
}

#[cfg(test)]
mod tests {
    use super::Markdown;
    use proptest::prelude::*;

    fn render(text: &str) -> String {
        Markdown::new(text).to_string()
    }

    #[test]
    fn markdown_is_rendered() {
        assert_eq!(
            render("**Paid** until\nMay"),
            "<p><strong>Paid</strong> until<br />\nMay</p>\n"
        );
        assert_eq!(render("# Big"), "<h3>Big</h3>\n");
        assert!(
            render("[site](https://example.com/?a=1&b=\"2\")")
                .contains("rel=\"nofollow noopener noreferrer\"")
        );
    }

    #[test]
    fn html_is_escaped() {
        for text in [
            "<script>alert(1)</script>",
            "a <b onclick=x>b</b>",
            "<div>\n<img src=x onerror=y>\n</div>",
            "<!-- x -->",
        ] {
            let html = render(text);
            for tag in ["<script", "<b", "<div", "<img", "<!--"] {
                assert!(!html.replace("<br", "").contains(tag), "{text}: {html}");
            }
        }
    }

    #[test]
    fn links_have_safe_schemes_only() {
        for text in [
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,x)",
            "[x](//evil.example)",
            "<javascript:alert(1)>",
        ] {
            assert!(!render(text).contains("href"), "{text}");
        }
        assert!(!render("![x](https://example.com/pixel.png)").contains("<img"));
    }

    proptest! {
        #[test]
        fn output_has_only_allowed_tags(text in "[ -~\n]{0,80}") {
            let html = render(&text);
            for part in html.split('<').skip(1) {
                let name: String = part.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(
                    ["p", "br", "strong", "em", "del", "code", "pre", "a", "ul", "ol", "li", "blockquote", "hr", "h3", "h4", "h5", "h6"]
                        .contains(&name.as_str()),
                    "{html}"
                );
            }
        }
    }
}
