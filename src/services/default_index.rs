//! The page that a new home has: the program's own, or the provider's.

use super::audit::{self, Change, Target};
use super::{Command, Outcome, ServiceError, View};
use crate::Noun;
use crate::audit::Action;
use auth::actor::{Actor, ServerAdmin};
use domain::fault::Fault;
use domain::page_text::PageText;

const NAME: &str = "default_index";

/// The provider's page, if he has his own.
///
/// # Errors
/// The database's.
pub async fn own(view: View<'_>) -> Outcome<Option<PageText>> {
    Ok(db::page_templates::find(view.on, NAME).await?.map(PageText::stored))
}

/// Stores the provider's page. Homes that are there keep what they have.
///
/// # Errors
/// Faults of `body`.
pub async fn save(cmd: Command<'_>, by: &ServerAdmin, body: &str) -> Outcome<()> {
    let page = PageText::parse(body).map_err(|fault: Fault| ServiceError::field("body", fault))?;
    let before = own(cmd.view()).await?;
    if before.as_ref() == Some(&page) {
        return Ok(());
    }
    db::page_templates::set(cmd.tx, NAME, page.as_str(), cmd.at).await?;
    note(cmd, by, Action::DefaultIndexChanged).await
}

/// Goes back to the program's own page.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no other.
pub async fn reset(cmd: Command<'_>, by: &ServerAdmin) -> Outcome<()> {
    if !db::page_templates::remove(cmd.tx, NAME).await? {
        return Err(ServiceError::NotFound(Noun::PageTemplate));
    }
    note(cmd, by, Action::DefaultIndexReset).await
}

async fn note(cmd: Command<'_>, by: &ServerAdmin, action: Action) -> Outcome<()> {
    audit::record(
        cmd,
        &Actor::Manager(by.manager().clone()),
        &Target::system("default_index"),
        Change::of(action),
    )
    .await
}
