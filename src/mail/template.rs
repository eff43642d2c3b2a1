//! The parts that all emails have in common.

use super::{MailError, OutgoingMail, exact};
use domain::account::Language;
use domain::secret::Secret;
use i18n::Texts as _;
use lettre::message::Mailbox;

/// Recipient and sender of an email.
#[derive(Clone, Debug)]
pub struct MailContext {
    /// Identifies the email within this installation. It stays the same when the email is sent
    /// again.
    pub id: String,
    pub to: Mailbox,
    /// Name in the greeting: see [`salutation`](domain::account::salutation). Empty if unknown.
    pub salutation: String,
    /// The recipient's language.
    pub lang: Language,
    /// Name of the hosting provider.
    pub provider: String,
    /// Address for replies; `None` for the sender's address.
    pub reply_to: Option<Mailbox>,
}

impl MailContext {
    /// Returns a text without variables.
    pub(super) fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// Returns a text with the provider's name.
    pub(super) fn t_with_provider(&self, key: &str) -> String {
        self.lang.t_with(key, [("provider", self.provider.as_str())])
    }

    /// Returns a password in the form for a template: with its whitespace protected.
    #[expect(clippy::unused_self, reason = "templates call it as a method of the head")]
    pub(super) fn secret(&self, secret: &Secret) -> String {
        exact::protect(secret)
    }

    /// Returns a hint about a password whose whitespace is easily overlooked.
    pub(super) fn whitespace_hint(&self, secret: &Secret) -> Option<String> {
        exact::has_inconspicuous_whitespace(secret).then(|| self.t("mail-password-spaces"))
    }

    /// Returns the first line.
    pub(super) fn greeting(&self) -> String {
        match self.salutation.trim() {
            "" => self.lang.t("mail-greeting-nobody"),
            name => self.lang.t_with("mail-greeting", [("name", name)]),
        }
    }
}

/// An email that can be composed for a recipient.
pub trait MailTemplate {
    /// Composes the email for a recipient.
    ///
    /// # Errors
    /// [`MailError::Invalid`] if a template fails, which no value can cause.
    fn compose(&self, head: MailContext) -> Result<OutgoingMail, MailError>;
}

pub(super) fn assemble(
    head: MailContext,
    [subject, text, html]: [askama::Result<String>; 3],
) -> Result<OutgoingMail, MailError> {
    let rendered = |part: askama::Result<String>| {
        part.map_err(|error| MailError::Invalid(format!("the email cannot be composed: {error}")))
    };
    Ok(OutgoingMail {
        id: head.id,
        to: head.to,
        reply_to: head.reply_to,
        language: head.lang.code(),
        subject: rendered(subject)?.trim().to_owned(),
        text: exact::restore(&super::wrap::wrap(&rendered(text)?)),
        html: exact::restore(&rendered(html)?),
    })
}

/// Returns a password in the form for the text of a [`CustomMail`](crate::kinds::CustomMail): with
/// its whitespace protected.
#[must_use]
pub fn protect_whitespace(secret: &Secret) -> String {
    exact::protect(secret)
}

/// Implements [`MailTemplate`] for a struct by its three templates. They see the struct as `mail`
/// and the [`MailContext`] as `head`.
macro_rules! template {
    ($mail:ty, $subject:literal, $text:literal, $html:literal) => {
        impl $crate::MailTemplate for $mail {
            fn compose(
                &self,
                head: $crate::MailContext,
            ) -> Result<$crate::OutgoingMail, $crate::MailError> {
                use askama::Template;

                #[derive(Template)]
                #[template(path = $subject)]
                struct Subject<'a> {
                    #[allow(dead_code, reason = "not every subject names the provider")]
                    head: &'a $crate::MailContext,
                    #[allow(dead_code, reason = "not every subject uses the email's fields")]
                    mail: &'a $mail,
                }

                #[derive(Template)]
                #[template(path = $text)]
                struct Text<'a> {
                    head: &'a $crate::MailContext,
                    mail: &'a $mail,
                }

                #[derive(Template)]
                #[template(path = $html)]
                struct Html<'a> {
                    head: &'a $crate::MailContext,
                    mail: &'a $mail,
                }

                let parts = [
                    Subject { head: &head, mail: self }.render(),
                    Text { head: &head, mail: self }.render(),
                    Html { head: &head, mail: self }.render(),
                ];
                $crate::template::assemble(head, parts)
            }
        }
    };
}
pub(super) use template;
