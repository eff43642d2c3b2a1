//! Fills submitted values into a form of a rendered page, as a browser does after "Back". The
//! rendered page is changed, so the pages themselves need no code for it.

use super::tag::Tag;
use crate::form::is_token;
use crate::html::escape;
use std::borrow::Cow;

/// Returns the page with these fields in the form that posts to `action`, and with `notice` above
/// that form. Returns `None` if the page does not have the form.
pub fn refill(
    page: &str,
    action: &str,
    fields: &[(String, String)],
    notice: &str,
) -> Option<String> {
    let out = String::with_capacity(page.len() + 1024);
    let mut filler =
        Filler { out, action, fields, notice: Some(notice), in_form: false, select: None };
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        filler.out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::read(rest) else {
            filler.out.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.text.len()..];
        rest = filler.process(&tag, rest);
    }
    filler.out.push_str(rest);
    filler.notice.is_none().then_some(filler.out)
}

struct Filler<'a> {
    out: String,
    action: &'a str,
    fields: &'a [(String, String)],
    /// The notice, until it is written above the form.
    notice: Option<&'a str>,
    in_form: bool,
    /// Name of the select whose options follow.
    select: Option<String>,
}

impl Filler<'_> {
    /// Writes a tag, with the submitted values if it belongs to the form. Returns the rest of the
    /// page.
    fn process<'p>(&mut self, tag: &Tag<'p>, rest: &'p str) -> &'p str {
        match tag.name {
            "form" => {
                self.in_form = tag.has("method", "post") && tag.has("action", self.action);
                if self.in_form {
                    self.out.push_str(self.notice.take().unwrap_or_default());
                }
            }
            "/form" => self.in_form = false,
            "/select" => self.select = None,
            "input" if self.in_form => return self.write_input(tag, rest),
            "select" if self.in_form => self.select = tag.value("name").map(Cow::into_owned),
            "option" if self.in_form => return self.write_option(tag, rest),
            "textarea" if self.in_form => return self.write_textarea(tag, rest),
            _ => {}
        }
        self.out.push_str(tag.text);
        rest
    }

    fn write_input<'p>(&mut self, tag: &Tag<'p>, rest: &'p str) -> &'p str {
        let name = tag.value("name").unwrap_or_default();
        let kind = tag.value("type").unwrap_or_default();
        // The hidden default of a checkbox stays as it is, and a token must be that of the new
        // session.
        let is_hidden_default = tag.value("data-opposite").is_some();
        if name.is_empty()
            || is_hidden_default
            || is_token(&name)
            || matches!(&*kind, "password" | "file" | "submit")
        {
            self.out.push_str(tag.text);
        } else if matches!(&*kind, "checkbox" | "radio") {
            let value = tag.value("value").unwrap_or(Cow::Borrowed("on"));
            let on = self.has_value(&name, &value);
            tag.write(&mut self.out, "checked", on.then_some("checked"));
        } else if let Some(value) = self.first_value(&name) {
            let value = format!("value=\"{}\"", escape(value));
            tag.write(&mut self.out, "value", Some(&value));
        } else {
            self.out.push_str(tag.text);
        }
        rest
    }

    fn write_option<'p>(&mut self, tag: &Tag<'p>, rest: &'p str) -> &'p str {
        let name = self.select.clone().unwrap_or_default();
        if self.first_value(&name).is_none() {
            self.out.push_str(tag.text);
            return rest;
        }
        let on = self.has_value(&name, &tag.value("value").unwrap_or_default());
        tag.write(&mut self.out, "selected", on.then_some("selected"));
        rest
    }

    fn write_textarea<'p>(&mut self, tag: &Tag<'p>, rest: &'p str) -> &'p str {
        self.out.push_str(tag.text);
        let name = tag.value("name").unwrap_or_default();
        let (Some(value), Some(end)) = (self.first_value(&name), rest.find("</textarea")) else {
            return rest;
        };
        let value = escape(value);
        // Browsers ignore a line break at the start of a text area.
        self.out.push('\n');
        self.out.push_str(&value);
        &rest[end..]
    }

    fn values<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        let plain = |name: &'s str| name.strip_suffix("[]").unwrap_or(name);
        self.fields
            .iter()
            .filter(move |(known, _)| plain(known) == plain(name))
            .map(|(_, value)| value.as_str())
    }

    fn first_value<'s>(&'s self, name: &'s str) -> Option<&'s str> {
        self.values(name).next()
    }

    fn has_value(&self, name: &str, value: &str) -> bool {
        self.values(name).any(|known| known == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<p>1 < 2</p><form method="post" action="/other"><input type="text" name="a" value="other"></form>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="new"><input class="c" type="text" id="a" name="a" value="&#34;old&#34;" required>
<input type="checkbox" name="on" value="1" checked><input type="hidden" name="off" value="0" data-opposite><input type="checkbox" name="off" value="1"><input type="checkbox" name="l" value="1" checked><input type="checkbox" name="l" value="2">
<input type="password" name="p" value=""><select name="s"><option value="">none</option><option value="1" selected>one</option><option value="2">two</option></select>
<textarea name="t">
old</textarea><input type="text" name="unsent" value="stays"></form>"#;

    #[test]
    fn only_the_matching_form_is_refilled() {
        let fields = [
            ("csrf_token", "old"),
            ("a", "x\"<y>&'"),
            ("off", "1"),
            ("l[]", "2"),
            ("s", "2"),
            ("t", "\nnew </textarea>"),
            ("p", "secret"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let filled = refill(PAGE, "/x", &fields, "<p>notice</p>").unwrap();
        for part in [
            "<p>1 < 2</p>",
            "</form>\n<p>notice</p><form method=\"post\" action=\"/x\">",
            r#"name="a" value="other">"#,
            r#"name="csrf_token" value="new">"#,
            r#"<input class="c" type="text" id="a" name="a" required value="x&#34;&#60;y&#62;&#38;&#39;">"#,
            r#"name="on" value="1">"#,
            r#"<input type="hidden" name="off" value="0" data-opposite><input type="checkbox" name="off" value="1" checked>"#,
            r#"name="l" value="1"><input type="checkbox" name="l" value="2" checked>"#,
            r#"name="p" value="">"#,
            r#"<option value="1">one</option><option value="2" selected>two</option>"#,
            "<textarea name=\"t\">\n\nnew &#60;/textarea&#62;</textarea>",
            r#"name="unsent" value="stays">"#,
        ] {
            assert!(filled.contains(part), "{part}\nin {filled}");
        }
        assert_eq!(refill(PAGE, "/nowhere", &fields, "notice"), None);
    }

    #[test]
    fn options_are_matched_by_their_exact_value() {
        let page = r#"<form method="post" action="/x"><select name="s"><option value="&#38;amp;">1</option><option value="&#38;">2</option></select></form>"#;
        for (value, selected) in [("&amp;", "1"), ("&", "2")] {
            let fields = [("s".to_owned(), value.to_owned())];
            let filled = refill(page, "/x", &fields, "").unwrap();
            assert_eq!(filled.matches(" selected").count(), 1, "{filled}");
            assert!(filled.contains(&format!(" selected>{selected}</option>")), "{filled}");
        }
    }

    #[test]
    fn malformed_pages_stay_unchanged() {
        for page in [
            "<",
            "<form",
            "<input name=\"a",
            "a < b > c",
            "<!-- <input> -->",
            "<form method=\"post\" action=\"/x\"><textarea name=\"a\">",
        ] {
            let filled = refill(page, "/x", &[("b".to_owned(), "1".to_owned())], "");
            assert_eq!(filled.as_deref().unwrap_or(page), page);
        }
    }
}
