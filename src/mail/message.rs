//! A mail that is ready to leave, and its bytes.

use super::MailError;
use super::wrap::SIGNATURE;
use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use std::time::SystemTime;

/// A mail that is ready to leave.
#[derive(Clone, Debug)]
pub struct OutgoingMail {
    /// Names the mail: sent again, it bears the same Message-ID, and mail programs show it once.
    pub id: String,
    /// To whom.
    pub to: Mailbox,
    /// To whom an answer goes, where not to the sender.
    pub reply_to: Option<Mailbox>,
    /// Code of the language.
    pub language: &'static str,
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

impl OutgoingMail {
    /// The message as it leaves. The sender is always our own: mail servers refuse mail in the name
    /// of domains that do not know us, so resellers are answered by `Reply-To`.
    pub(super) fn message(
        &self,
        from: &Mailbox,
        at: Timestamp,
        wire: Wire,
    ) -> Result<Message, MailError> {
        let from = ascii(from)?;
        let id = format!("<{}@{}>", self.id_part(), from.email.domain());
        let mut builder = Message::builder()
            .from(from)
            .to(ascii(&self.to)?)
            .subject(one_line(&self.subject))
            .date(SystemTime::try_from(at).unwrap_or(SystemTime::UNIX_EPOCH))
            .message_id(Some(id))
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .raw_header(raw("Content-Language", self.language));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(ascii(reply_to)?);
        }
        let parts = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, &self.text, wire))
            .singlepart(part(ContentType::TEXT_HTML, &self.html, wire));
        builder.multipart(parts).map_err(|error| MailError::Permanent(error.to_string()))
    }

    /// The id, of characters that may stand in a Message-ID and in the name of a file.
    pub(super) fn id_part(&self) -> String {
        self.id
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' })
            .take(100)
            .collect()
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// What the way to the recipient carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wire {
    /// Any byte (8BITMIME).
    EightBit,
    /// ASCII only.
    SevenBit,
}

/// The longest line that servers have to take, without its end (RFC 5321, 4.5.3.1.6).
const LONGEST_LINE: usize = 998;

/// Text stays as it is wherever that is possible, so that whoever looks at the file of a mail finds
/// each link whole: quoted-printable would break it after 76 characters. Where it is not, it is
/// Base64, which keeps every line and every space.
fn part(kind: ContentType, text: &str, wire: Wire) -> SinglePart {
    let fits = text.lines().all(|line| {
        line.len() <= LONGEST_LINE
            && !line.contains('\r')
            && (line == SIGNATURE || !line.ends_with([' ', '\t']))
    });
    let encoding = match wire {
        _ if fits && text.is_ascii() => ContentTransferEncoding::SevenBit,
        Wire::EightBit if fits => ContentTransferEncoding::EightBit,
        _ => {
            return SinglePart::builder()
                .header(kind)
                .header(ContentTransferEncoding::Base64)
                .body(text.to_owned());
        }
    };
    // The library would encode any text with a line of more than 76 characters.
    let body = Body::dangerous_pre_encoded(text.replace('\n', "\r\n").into_bytes(), encoding);
    SinglePart::builder().header(kind).body(body)
}

/// The name on one line, and the domain as servers write it: an international one is punycode.
fn ascii(mailbox: &Mailbox) -> Result<Mailbox, MailError> {
    let invalid = || {
        MailError::Permanent(format!(
            "{} is no address that mail can be sent to",
            one_line(mailbox.email.as_ref())
        ))
    };
    let domain = idna::domain_to_ascii(mailbox.email.domain()).map_err(|_| invalid())?;
    let email = lettre::Address::new(mailbox.email.user(), domain).map_err(|_| invalid())?;
    Ok(Mailbox::new(mailbox.name.as_deref().map(one_line).filter(|name| !name.is_empty()), email))
}

/// Whatever would end a header line becomes a space.
fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .collect();
    spaced.trim().to_owned()
}
