//! What all mails have in common.

use super::{MailError, OutgoingMail, exact};
use domain::account::Language;
use domain::secret::Secret;
use i18n::Texts as _;
use jiff::Timestamp;
use lettre::message::Mailbox;

/// For whom a mail is, and who writes it.
#[derive(Clone, Debug)]
pub struct Head {
    /// Names the mail, and stays the same when it is sent again; of no other mail of this
    /// installation.
    pub id: String,
    /// To whom.
    pub to: Mailbox,
    /// How he is addressed: see [`salutation`](domain::account::salutation).
    pub salutation: String,
    /// His language.
    pub lang: Language,
    /// Who provides the hosting.
    pub provider: String,
    /// Who reads the answers, where not the sender of all mails.
    pub reply_to: Option<Mailbox>,
}

impl Head {
    /// A text without arguments.
    pub(super) fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// A moment, in UTC, as the language writes it.
    pub(super) fn moment(&self, at: Timestamp) -> String {
        let format = match self.lang {
            Language::En => "%Y-%m-%d %H:%M UTC",
            Language::De => "%d.%m.%Y %H:%M UTC",
        };
        at.strftime(format).to_string()
    }

    /// A text that names the provider.
    pub(super) fn by(&self, key: &str) -> String {
        self.lang.t_with(key, [("provider", self.provider.as_str())])
    }

    /// A password as it is put into a mail.
    #[expect(clippy::unused_self, reason = "templates reach it by the head")]
    pub(super) fn secret(&self, secret: &Secret) -> String {
        exact::protect(secret)
    }

    /// What has to be said of a password whose spaces are easily overlooked; else nothing.
    pub(super) fn odd_spaces(&self, secret: &Secret) -> Option<String> {
        exact::has_odd_spaces(secret).then(|| self.t("mail-password-spaces"))
    }

    /// The first line.
    pub(super) fn greeting(&self) -> String {
        match self.salutation.trim() {
            "" => self.lang.t("mail-greeting-nobody"),
            name => self.lang.t_with("mail-greeting", [("name", name)]),
        }
    }
}

/// A kind of mail.
pub trait Letter {
    /// Writes it for somebody.
    ///
    /// # Errors
    /// Where a template fails, which no value can make it do.
    fn compose(&self, head: Head) -> Result<OutgoingMail, MailError>;
}

pub(super) fn assemble(
    head: Head,
    [subject, text, html]: [askama::Result<String>; 3],
) -> Result<OutgoingMail, MailError> {
    let done = |part: askama::Result<String>| {
        part.map_err(|error| MailError::Permanent(format!("the mail cannot be written: {error}")))
    };
    Ok(OutgoingMail {
        id: head.id,
        to: head.to,
        reply_to: head.reply_to,
        language: head.lang.code(),
        subject: done(subject)?.trim().to_owned(),
        text: exact::restore(&super::wrap::wrap(&done(text)?)),
        html: exact::restore(&done(html)?),
    })
}

/// A password as it is put into the text of a mail in the provider's own words.
#[must_use]
pub fn in_text(secret: &Secret) -> String {
    exact::protect(secret)
}

/// Makes a [`Letter`] of a struct and its three templates, which see it as `mail`, and the [`Head`]
/// as `head`.
macro_rules! letter {
    ($mail:ty, $subject:literal, $text:literal, $html:literal) => {
        impl $crate::Letter for $mail {
            fn compose(
                &self,
                head: $crate::Head,
            ) -> Result<$crate::OutgoingMail, $crate::MailError> {
                use askama::Template;

                #[derive(Template)]
                #[template(path = $subject)]
                struct Subject<'a> {
                    #[allow(dead_code, reason = "not every subject names the provider")]
                    head: &'a $crate::Head,
                    #[allow(dead_code, reason = "not every subject says something of the mail")]
                    mail: &'a $mail,
                }

                #[derive(Template)]
                #[template(path = $text)]
                struct Text<'a> {
                    head: &'a $crate::Head,
                    mail: &'a $mail,
                }

                #[derive(Template)]
                #[template(path = $html)]
                struct Html<'a> {
                    head: &'a $crate::Head,
                    mail: &'a $mail,
                }

                let parts = [
                    Subject { head: &head, mail: self }.render(),
                    Text { head: &head, mail: self }.render(),
                    Html { head: &head, mail: self }.render(),
                ];
                $crate::letter::assemble(head, parts)
            }
        }
    };
}
pub(super) use letter;
