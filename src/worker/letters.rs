//! What the jobs that send mails share: to whom, from whom, and how.

use super::attempt::Bench;
use super::job::JobError;
use crate::db::jobs::JobRow;
use crate::db::{self, DbError, Reader};
use crate::domain::account::Language;
use crate::domain::actor::Actor;
use crate::domain::customer::Customer;
use crate::domain::email::Email;
use crate::domain::id::{CustomerId, LoginId};
use crate::mail::{Head, Letter};
use crate::services::settings;
use anyhow::anyhow;
use lettre::message::Mailbox;

/// To whom a mail goes.
pub(super) struct Recipient {
    pub login_name: String,
    email: Email,
    salutation: String,
    language: Language,
    /// Name and address of the admin who answers.
    answers: Option<(String, Email)>,
}

/// A customer, if he still is there; answers go to the admin who owns him.
pub(super) async fn customer(on: &Reader, id: CustomerId) -> Result<Option<(Customer, Recipient)>, DbError> {
    let Some(customer) = db::customers::find_unscoped(on, id).await? else { return Ok(None) };
    let owner = db::admins::find(on, customer.owner).await?;
    let recipient = Recipient {
        login_name: customer.login_name.to_string(),
        email: customer.profile.contact.email.clone(),
        salutation: customer.profile.contact.salutation(),
        language: customer.profile.language,
        answers: owner.map(|owner| (owner.display_name().to_owned(), owner.profile.email.clone())),
    };
    Ok(Some((customer, recipient)))
}

/// The person of an account of either kind, if he still is there.
pub(super) async fn account(on: &Reader, login: LoginId) -> Result<Option<Recipient>, DbError> {
    let Some(account) = crate::auth::actor::account(on, login).await? else { return Ok(None) };
    match &account.actor {
        Actor::Customer(himself) => Ok(customer(on, himself.id()).await?.map(|(_, recipient)| recipient)),
        Actor::Manager(_) => Ok(Some(Recipient {
            login_name: account.actor.login_name().to_owned(),
            email: account.email,
            salutation: account.name,
            language: account.language,
            answers: None,
        })),
    }
}

/// Writes a letter for somebody and sends it. It bears the job's id, so that one that is sent twice is known as the same.
pub(super) async fn send(bench: &Bench, row: &JobRow, to: Recipient, letter: &impl Letter) -> Result<(), JobError> {
    let app = &bench.app;
    let provider = settings::load(&app.db.reader()).await?.provider_name().to_owned();
    let head = Head {
        id: format!("job-{}-{}", row.id, row.created_at.as_second()),
        to: mailbox(&to.salutation, &to.email).map_err(JobError::GiveUp)?,
        salutation: to.salutation,
        lang: to.language,
        provider,
        // A reseller with an odd address must not keep his customers from their mail.
        reply_to: to.answers.and_then(|(name, email)| mailbox(&name, &email).ok()),
    };
    let mail = letter.compose(head)?;
    Ok(bench.mailer.send(&mail, app.env.clock.now()).await?)
}

fn mailbox(name: &str, email: &Email) -> anyhow::Result<Mailbox> {
    let address = email.as_str().parse().map_err(|error| anyhow!("Mail cannot be sent to {email}: {error}"))?;
    Ok(Mailbox::new(Some(name.to_owned()).filter(|name| !name.is_empty()), address))
}

/// A page of the panel.
pub(super) fn page(bench: &Bench, path: &str) -> String {
    format!("{}{path}", bench.app.env.public_url.trim_end_matches('/'))
}
