//! The start page of new home directories: the built-in one, or the provider's own.

use super::audit::{self, Change, Target};
use super::{Command, Outcome, ServiceError, View};
use crate::Noun;
use crate::audit::Action;
use auth::actor::{Actor, ServerAdmin};
use domain::page_text::PageTemplate;
use domain::validation::ValidationError;

const NAME: &str = "default_index";

/// Returns the provider's own page, or `None` if the built-in one is used.
pub async fn find_custom(view: View<'_>) -> Outcome<Option<PageTemplate>> {
    Ok(db::page_templates::find(view.on, NAME).await?.map(PageTemplate::stored))
}

/// Stores the provider's own page. Existing home directories keep their page.
///
/// # Errors
/// [`ServiceError::Invalid`] with validation errors of `body`.
pub async fn save(cmd: Command<'_>, by: &ServerAdmin, body: &str) -> Outcome<()> {
    let page = PageTemplate::parse(body)
        .map_err(|error: ValidationError| ServiceError::field("body", error))?;
    let before = find_custom(cmd.view()).await?;
    if before.as_ref() == Some(&page) {
        return Ok(());
    }
    db::page_templates::set(cmd.tx, NAME, page.as_str(), cmd.at).await?;
    record(cmd, by, Action::DefaultIndexChanged).await
}

/// Removes the provider's own page, so that the built-in one is used again.
///
/// # Errors
/// [`ServiceError::NotFound`] if the provider has no page of its own.
pub async fn reset(cmd: Command<'_>, by: &ServerAdmin) -> Outcome<()> {
    if !db::page_templates::remove(cmd.tx, NAME).await? {
        return Err(ServiceError::NotFound(Noun::PageTemplate));
    }
    record(cmd, by, Action::DefaultIndexReset).await
}

async fn record(cmd: Command<'_>, by: &ServerAdmin, action: Action) -> Outcome<()> {
    audit::record(
        cmd,
        &Actor::Manager(by.manager().clone()),
        &Target::system("default_index"),
        Change::of(action),
    )
    .await
}
