//! A mail in the provider's own words.

use domain::mail_text::MailText;

/// What a provider wrote, with the names filled in: it stands between the greeting and the closing.
#[derive(Clone, Debug)]
pub struct OwnWords {
    /// Subject and body.
    pub text: MailText,
}

/// A line of a paragraph; a line that is an address becomes a link.
pub(crate) struct Line<'a> {
    pub text: &'a str,
    pub is_link: bool,
}

impl OwnWords {
    /// The paragraphs, line by line.
    pub(crate) fn paragraphs(&self) -> Vec<Vec<Line<'_>>> {
        let paragraphs =
            self.text.body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        paragraphs.map(|paragraph| paragraph.lines().map(line).collect()).collect()
    }
}

fn line(text: &str) -> Line<'_> {
    let text = text.trim();
    let web = text.starts_with("https://") || text.starts_with("http://");
    Line { text, is_link: web && !text.contains(char::is_whitespace) }
}

super::letter::letter!(OwnWords, "mail/own/subject.txt", "mail/own/body.txt", "mail/own/body.html");
