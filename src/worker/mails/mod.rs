//! The jobs that send emails, and their common parts: recipients, templates and sending.

pub(super) mod kinds;

use crate::context::JobContext;
use crate::error::{JobError, mail_error_text};
use anyhow::anyhow;
use auth::actor::Actor;
use domain::account::Language;
use domain::customer::Customer;
use domain::email::Email;
use domain::id::{CustomerId, LoginId};
use domain::job::StoredJob;
use domain::mail_text::MailKind;
use lettre::message::Mailbox;
use mail::kinds::CustomMail;
use mail::{MailContext, MailError, MailTemplate};
use services::app::App;
use services::outages::{self, Dependency};
use services::{Outcome, customers, mail_templates};

/// The recipient of an email.
pub(super) struct Recipient {
    pub login_name: String,
    email: Email,
    salutation: String,
    language: Language,
    /// Name and address of the admin who gets replies.
    reply_to: Option<(String, Email)>,
    /// The customer's data, for emails from their owner's own template; `None` for managers.
    customer: Option<Customer>,
}

/// The values for an admin's own template of an email.
pub(super) struct TemplateValues {
    pub kind: MailKind,
    /// Values of the placeholders that only this email has.
    pub values: Vec<(&'static str, String)>,
}

/// Returns a customer as recipient, or `None` if they were deleted. Replies go to the customer's
/// owner.
pub(super) async fn customer(app: &App, id: CustomerId) -> Outcome<Option<Recipient>> {
    let Some((customer, owner)) = customers::find_with_owner(app, id).await? else {
        return Ok(None);
    };
    let recipient = Recipient {
        login_name: customer.login_name.to_string(),
        email: customer.profile.contact.email.clone(),
        salutation: customer.profile.contact.salutation(),
        language: customer.profile.language,
        reply_to: owner.map(|owner| (owner.display_name().to_owned(), owner.profile.email.clone())),
        customer: Some(customer),
    };
    Ok(Some(recipient))
}

/// Returns an account as recipient, or `None` if it was deleted.
pub(super) async fn account(app: &App, login: LoginId) -> Outcome<Option<Recipient>> {
    let Some(account) = services::account::find(app, login).await? else { return Ok(None) };
    match &account.actor {
        Actor::Customer(signed_in) => customer(app, signed_in.id()).await,
        Actor::Manager(_) => Ok(Some(Recipient {
            login_name: account.actor.login_name().to_owned(),
            email: account.email,
            salutation: account.name,
            language: account.language,
            reply_to: None,
            customer: None,
        })),
    }
}

impl Recipient {
    /// Returns whether the recipient is a customer.
    pub const fn is_customer(&self) -> bool {
        self.customer.is_some()
    }

    /// Returns whether the recipient has this address.
    pub fn has_email(&self, email: &Email) -> bool {
        self.email.key() == email.key()
    }

    /// Returns the same recipient with another address.
    pub fn with_email(self, email: Email) -> Self {
        Self { email, ..self }
    }

    /// Returns the customer's standard subdomain.
    pub fn standard_subdomain(&self) -> Option<String> {
        self.customer.as_ref()?.standard_subdomain.as_ref().map(|(_, name)| name.clone())
    }

    /// Returns the value of a placeholder in an admin's own template.
    fn value(&self, name: &str, template_values: &TemplateValues, provider: &str) -> String {
        if let Some((_, value)) = template_values.values.iter().find(|(known, _)| *known == name) {
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

/// Composes an email and sends it. Uses the template of the customer's owner if the owner has one,
/// otherwise `template`. The email's id is derived from the job, so that mail programs recognize a
/// second delivery.
pub(super) async fn send(
    context: &JobContext,
    row: &StoredJob,
    to: Recipient,
    template: &impl MailTemplate,
    template_values: &TemplateValues,
) -> Result<(), JobError> {
    let snapshot = context.app.open_view().await?;
    let custom = match &to.customer {
        Some(customer) => {
            mail_templates::find_custom(
                snapshot.view(),
                customer.owner,
                template_values.kind,
                to.language,
            )
            .await?
        }
        None => None,
    };
    match custom {
        Some(text) => {
            let provider = snapshot.settings.provider_name();
            let text = text.render(|name| to.value(name, template_values, provider));
            send_template(context, row, to, &CustomMail { text }).await
        }
        None => send_template(context, row, to, template).await,
    }
}

/// Composes an email from this template and sends it. Records the start or end of an outage of the
/// mail server.
pub(super) async fn send_template(
    context: &JobContext,
    row: &StoredJob,
    to: Recipient,
    template: &impl MailTemplate,
) -> Result<(), JobError> {
    let app = &context.app;
    let snapshot = app.open_view().await?;
    let mail_context = MailContext {
        id: format!("job-{}-{}", row.id, row.created_at.as_second()),
        to: mailbox(&to.salutation, &to.email).map_err(JobError::GiveUp)?,
        salutation: to.salutation,
        lang: to.language,
        provider: snapshot.settings.provider_name().to_owned(),
        // An owner's invalid address must not prevent emails to their customers.
        reply_to: to.reply_to.and_then(|(name, email)| mailbox(&name, &email).ok()),
    };
    let sent = context.mailer.send(&template.compose(mail_context)?, app.env.clock.now()).await;
    match &sent {
        Err(error @ (MailError::Unreachable(_) | MailError::Refused(_))) => {
            outages::record_unreachable(
                &context.app,
                Dependency::Mail,
                "",
                &mail_error_text(error),
            )
            .await;
        }
        // An email that was not passed to the mail server says nothing about the server.
        Err(MailError::Invalid(_)) => {}
        Ok(()) | Err(MailError::Temporary(_) | MailError::Permanent(_)) => {
            outages::record_reachable(&context.app, Dependency::Mail).await;
        }
    }
    Ok(sent?)
}

fn mailbox(name: &str, email: &Email) -> anyhow::Result<Mailbox> {
    let address = email
        .as_str()
        .parse()
        .map_err(|error| anyhow!("The email cannot be sent to {email}: {error}"))?;
    Ok(Mailbox::new(Some(name.to_owned()).filter(|name| !name.is_empty()), address))
}

/// Returns the URL of a page of the panel.
pub(super) fn page_url(context: &JobContext, path: &str) -> String {
    format!("{}{path}", context.app.env.public_url.trim_end_matches('/'))
}
