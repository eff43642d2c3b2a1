//! The jobs that send mails, and what they share: to whom, from whom, and how.

pub(super) mod kinds;

use crate::context::JobContext;
use crate::error::{JobError, readable};
use anyhow::anyhow;
use auth::actor::Actor;
use domain::account::Language;
use domain::customer::Customer;
use domain::email::Email;
use domain::id::{CustomerId, LoginId};
use domain::job::StoredJob;
use domain::mail_text::MailKind;
use lettre::message::Mailbox;
use mail::kinds::OwnWords;
use mail::{Head, Letter, MailError};
use services::app::App;
use services::outages::{self, Dependency};
use services::{Outcome, customers, mail_templates};

/// To whom a mail goes.
pub(super) struct Recipient {
    pub login_name: String,
    email: Email,
    salutation: String,
    language: Language,
    /// Name and address of the admin who answers.
    answers: Option<(String, Email)>,
    /// A customer's data, for mails in the words of the admin who owns him.
    customer: Option<Customer>,
}

/// What a mail says, for whoever words it anew.
pub(super) struct Words {
    pub kind: MailKind,
    /// Values of the names that are this mail's alone.
    pub values: Vec<(&'static str, String)>,
}

/// A customer, if he still is there; answers go to the admin who owns him.
pub(super) async fn customer(app: &App, id: CustomerId) -> Outcome<Option<Recipient>> {
    let Some((customer, owner)) = customers::find_with_owner(app, id).await? else {
        return Ok(None);
    };
    let recipient = Recipient {
        login_name: customer.login_name.to_string(),
        email: customer.profile.contact.email.clone(),
        salutation: customer.profile.contact.salutation(),
        language: customer.profile.language,
        answers: owner.map(|owner| (owner.display_name().to_owned(), owner.profile.email.clone())),
        customer: Some(customer),
    };
    Ok(Some(recipient))
}

/// The person of an account of either kind, if he still is there.
pub(super) async fn account(app: &App, login: LoginId) -> Outcome<Option<Recipient>> {
    let Some(account) = services::account::find(app, login).await? else { return Ok(None) };
    match &account.actor {
        Actor::Customer(himself) => customer(app, himself.id()).await,
        Actor::Manager(_) => Ok(Some(Recipient {
            login_name: account.actor.login_name().to_owned(),
            email: account.email,
            salutation: account.name,
            language: account.language,
            answers: None,
            customer: None,
        })),
    }
}

impl Recipient {
    /// Whether this is their address.
    pub fn is_at(&self, email: &Email) -> bool {
        self.email.key() == email.key()
    }

    /// The same person at another address.
    pub fn at(self, email: Email) -> Self {
        Self { email, ..self }
    }

    /// His standard subdomain.
    pub fn standard_subdomain(&self) -> Option<String> {
        self.customer.as_ref()?.standard_subdomain.as_ref().map(|(_, name)| name.clone())
    }

    /// The value of a name in a mail that was worded anew.
    fn value(&self, name: &str, words: &Words, provider: &str) -> String {
        if let Some((_, value)) = words.values.iter().find(|(known, _)| *known == name) {
            return value.clone();
        }
        let contact = self.customer.as_ref().map(|customer| &customer.profile.contact);
        match (name, contact) {
            ("USERNAME", _) => self.login_name.clone(),
            ("PROVIDER", _) => provider.to_owned(),
            ("DOMAINNAME", _) => self.standard_subdomain().unwrap_or_default(),
            ("FIRSTNAME", Some(contact)) => contact.firstname.clone(),
            ("NAME", Some(contact)) => contact.name.clone(),
            ("COMPANY", Some(contact)) => contact.company.clone(),
            ("CUSTOMER_NO", Some(contact)) => contact.customer_number.clone(),
            _ => String::new(),
        }
    }
}

/// Writes a letter for somebody and sends it: in the words of the admin who owns him, if he has
/// any. It bears the job's id, so that one that is sent twice is known as the same.
pub(super) async fn send(
    context: &JobContext,
    row: &StoredJob,
    to: Recipient,
    letter: &impl Letter,
    words: &Words,
) -> Result<(), JobError> {
    let look = context.app.look().await?;
    let own = match &to.customer {
        Some(customer) => mail_templates::own(look.view(), customer.owner, words.kind, to.language)
            .await
            .map_err(|error| JobError::TryAgain(error.into()))?,
        None => None,
    };
    let provider = look.settings.provider_name();
    match own.map(|text| OwnWords { text: text.filled(|name| to.value(name, words, provider)) }) {
        Some(own) => send_as_is(context, row, to, &own).await,
        None => send_as_is(context, row, to, letter).await,
    }
}

/// Sends a letter that nobody words anew.
pub(super) async fn send_as_is(
    context: &JobContext,
    row: &StoredJob,
    to: Recipient,
    letter: &impl Letter,
) -> Result<(), JobError> {
    let app = &context.app;
    let look = app.look().await?;
    let head = Head {
        id: format!("job-{}-{}", row.id, row.created_at.as_second()),
        to: mailbox(&to.salutation, &to.email).map_err(JobError::GiveUp)?,
        salutation: to.salutation,
        lang: to.language,
        provider: look.settings.provider_name().to_owned(),
        // A reseller with an odd address must not keep his customers from their mail.
        reply_to: to.answers.and_then(|(name, email)| mailbox(&name, &email).ok()),
    };
    let sent = context.mailer.send(&letter.compose(head)?, app.env.clock.now()).await;
    match &sent {
        Err(MailError::Unreachable(text)) => {
            outages::unreachable(&context.app, Dependency::Mail, "", &readable(text)).await;
        }
        // It answered, whatever it thinks of this mail.
        _ => outages::reached(&context.app, Dependency::Mail).await,
    }
    Ok(sent?)
}

fn mailbox(name: &str, email: &Email) -> anyhow::Result<Mailbox> {
    let address = email
        .as_str()
        .parse()
        .map_err(|error| anyhow!("Mail cannot be sent to {email}: {error}"))?;
    Ok(Mailbox::new(Some(name.to_owned()).filter(|name| !name.is_empty()), address))
}

/// A page of the panel.
pub(super) fn page(context: &JobContext, path: &str) -> String {
    format!("{}{path}", context.app.env.public_url.trim_end_matches('/'))
}
