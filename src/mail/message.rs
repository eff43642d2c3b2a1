//! A composed email and its encoding as a message.

use super::MailError;
use super::wrap::SIGNATURE;
use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use std::time::SystemTime;

/// A composed email.
#[derive(Clone, Debug)]
pub struct OutgoingMail {
    /// Identifies the email. An email that is sent again has the same Message-ID, so that mail
    /// programs show it once.
    pub id: String,
    pub to: Mailbox,
    /// Address for replies; `None` for the sender's address.
    pub reply_to: Option<Mailbox>,
    /// Code of the language.
    pub language: &'static str,
    pub subject: String,
    /// The body as plain text.
    pub text: String,
    /// The body as HTML.
    pub html: String,
}

impl OutgoingMail {
    /// Returns the encoded message.
    ///
    /// The sender is always the configured address, since mail servers reject emails in the name of
    /// domains that have not authorized this server. Replies to resellers go to `Reply-To`.
    pub(super) fn message(
        &self,
        from: &Mailbox,
        at: Timestamp,
        supported: BodyEncoding,
    ) -> Result<Message, MailError> {
        let from = ascii_mailbox(from)?;
        let id = format!("<{}@{}>", self.id_part(), from.email.domain());
        let mut builder = Message::builder()
            .from(from)
            .to(ascii_mailbox(&self.to)?)
            .subject(one_line(&self.subject))
            .date(SystemTime::try_from(at).unwrap_or(SystemTime::UNIX_EPOCH))
            .message_id(Some(id))
            .raw_header(raw_header_value("Auto-Submitted", "auto-generated"))
            .raw_header(raw_header_value("Content-Language", self.language));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(ascii_mailbox(reply_to)?);
        }
        let parts = MultiPart::alternative()
            .singlepart(encode_part(ContentType::TEXT_PLAIN, &self.text, supported))
            .singlepart(encode_part(ContentType::TEXT_HTML, &self.html, supported));
        builder.multipart(parts).map_err(|error| MailError::Invalid(error.to_string()))
    }

    /// Returns the id with only the characters that a Message-ID and a file name allow.
    pub(super) fn id_part(&self) -> String {
        self.id
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' })
            .take(100)
            .collect()
    }
}

fn raw_header_value(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// The bytes that the transport can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyEncoding {
    /// All bytes (8BITMIME).
    EightBit,
    /// ASCII only.
    SevenBit,
}

/// Maximum length of a line that servers must accept, without its line break (RFC 5321, 4.5.3.1.6).
const MAX_LINE_LENGTH: usize = 998;

/// Encodes a part of the message. Text stays unencoded if possible, so that each link is whole in
/// the email's file; quoted-printable would break it after 76 characters. Otherwise, the encoding
/// is Base64, which preserves all lines and spaces.
fn encode_part(kind: ContentType, text: &str, supported: BodyEncoding) -> SinglePart {
    let fits = text.lines().all(|line| {
        line.len() <= MAX_LINE_LENGTH
            && !line.contains('\r')
            && (line == SIGNATURE || !line.ends_with([' ', '\t']))
    });
    let encoding = match supported {
        _ if fits && text.is_ascii() => ContentTransferEncoding::SevenBit,
        BodyEncoding::EightBit if fits => ContentTransferEncoding::EightBit,
        _ => {
            return SinglePart::builder()
                .header(kind)
                .header(ContentTransferEncoding::Base64)
                .body(text.to_owned());
        }
    };
    // lettre's automatic encoding would encode any text with a line of more than 76 characters.
    let body = Body::dangerous_pre_encoded(text.replace('\n', "\r\n").into_bytes(), encoding);
    SinglePart::builder().header(kind).body(body)
}

/// Returns the mailbox with its name on one line and its domain in ASCII: international domain
/// names are encoded as Punycode.
fn ascii_mailbox(mailbox: &Mailbox) -> Result<Mailbox, MailError> {
    let invalid = || {
        MailError::Invalid(format!(
            "{} is not a valid email address",
            one_line(mailbox.email.as_ref())
        ))
    };
    let domain = idna::domain_to_ascii(mailbox.email.domain()).map_err(|_| invalid())?;
    let email = lettre::Address::new(mailbox.email.user(), domain).map_err(|_| invalid())?;
    Ok(Mailbox::new(mailbox.name.as_deref().map(one_line).filter(|name| !name.is_empty()), email))
}

/// Replaces control characters and line separators by spaces, so that the text cannot end a header
/// line.
fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .collect();
    spaced.trim().to_owned()
}
