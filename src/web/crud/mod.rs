//! Pages that several types of records share: the form that adds and edits a record ([`form`]) and
//! the confirmation that deletes one ([`delete`]).
//!
//! A type of record implements [`Record`] and, for the form, [`Editable`](form::Editable). Its own
//! module declares the routes.

pub mod delete;
pub mod form;

use crate::error::WebError;
use crate::extract::RoleExtractor;
use crate::flash::Flash;
use crate::frame;
use crate::nav::Section;
use crate::page::Chrome;
use actix_web::{HttpRequest, HttpResponse};
use domain::validation::{ErrorCode, ValidationError};
use serde::de::DeserializeOwned;
use services::app::App;
use services::{Command, Outcome, View};

type HandlerResult = Result<HttpResponse, WebError>;

/// A type of record that has shared pages.
///
/// Its text keys contain the [area](Self::AREA): `<area>-delete-title` and `flash-<area>-deleted`,
/// both with the variable `name`. If it has a [confirmation](Self::confirmation), it also needs
/// `<area>-delete-confirm-differs` with the variable `word`.
pub trait Record: Sized + 'static {
    /// The role that manages records of this type.
    type By: RoleExtractor;
    /// The identifier of a record in addresses: its id or login name.
    type Key: DeserializeOwned + 'static;
    /// The area in which texts and labels of fields are looked up.
    const AREA: &'static str;
    /// The area of the panel. Its first page is the list.
    const SECTION: Section;
    /// Whether the address of a record shows a page.
    const HAS_PAGE: bool;

    /// Returns the address of the record.
    fn address(&self) -> String;

    /// Returns the display name of the record.
    fn name(&self) -> &str;

    /// Returns the word that the user must type to delete the record, if one is required.
    fn confirmation(&self) -> Option<&str> {
        None
    }

    /// Finds a record.
    async fn get(view: View<'_>, by: &Self::By, key: Self::Key) -> Outcome<Self>;

    /// Returns the effects of deleting the record.
    async fn impact(&self, view: View<'_>, by: &Self::By, c: &Chrome) -> Outcome<Impact>;

    /// Deletes the record and returns its last state.
    async fn delete(&self, cmd: Command<'_>, by: &Self::By) -> Outcome<Self>;

    /// Returns the flash message for a deleted record.
    fn deleted_flash(&self) -> Flash {
        Flash::success(&format!("flash-{}-deleted", Self::AREA)).with("name", self.name())
    }
}

/// The effects of deleting a record, or the reason why it cannot be deleted.
#[derive(Default)]
pub struct Impact {
    text: String,
    items: Vec<String>,
    obstacle: Option<ValidationError>,
    resolution_link: Option<Link>,
}

/// A link with the style of a button.
struct Link {
    href: String,
    label: String,
}

impl Impact {
    /// Returns an impact with a description.
    pub fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Adds a list of items that are deleted together with the record.
    pub fn items(self, items: Vec<String>) -> Self {
        Self { items, ..self }
    }

    /// Adds the reason why the record cannot be deleted.
    pub fn refused(self, obstacle: Option<ValidationError>) -> Self {
        Self { obstacle, ..self }
    }

    /// Refuses the deletion while customers use the record.
    pub fn used_by(self, customers: u64) -> Self {
        self.refused(
            (customers > 0)
                .then(|| ValidationError::new(ErrorCode::InUse).with("count", customers)),
        )
    }

    /// Adds a link to the page where the user can remove the obstacle.
    pub fn resolution_link(self, href: String, label: String) -> Self {
        Self { resolution_link: Some(Link { href, label }), ..self }
    }
}

/// Returns the address of the list.
const fn list_address<R: Record>() -> &'static str {
    R::SECTION.item().href
}

/// Returns the frame of a page below the list. `verb` is `edit` or `delete`.
pub fn chrome<R: Record>(
    app: &App,
    req: &HttpRequest,
    by: &R::By,
    record: &R,
    verb: &str,
) -> Chrome {
    let c = frame::of(req, app, by.account());
    let title = c.t_with(&format!("{}-{verb}-title", R::AREA), &[("name", record.name())]);
    let c = c.below(R::SECTION, title);
    if R::HAS_PAGE { c.crumb(record.name(), record.address()) } else { c }
}

#[cfg(test)]
mod tests {
    use super::Record;
    use super::form::Editable;
    use domain::account::Language;
    use domain::admin::Admin;
    use domain::mysql::MysqlServer;
    use domain::php_config::PhpConfig;
    use domain::plan::Plan;
    use domain::webhook::Webhook;
    use i18n::Texts as _;

    fn keys<R: Record>() -> Vec<String> {
        let area = R::AREA;
        let mut keys = vec![format!("{area}-delete-title")];
        // Admins have `flash-admin-deleted` instead, with the login name.
        if area != Admin::AREA {
            keys.push(format!("flash-{area}-deleted"));
        }
        keys
    }

    fn form_keys<R: Editable>() -> Vec<String> {
        let area = R::AREA;
        vec![format!("{area}-add"), format!("{area}-edit-title"), format!("flash-{area}-saved")]
    }

    #[test]
    fn every_record_type_has_its_texts() {
        let all = [
            keys::<Admin>(),
            keys::<MysqlServer>(),
            keys::<PhpConfig>(),
            keys::<Plan>(),
            keys::<Webhook>(),
            form_keys::<MysqlServer>(),
            form_keys::<PhpConfig>(),
            form_keys::<Webhook>(),
        ];
        for &lang in Language::ALL {
            let missing: Vec<&String> = all
                .iter()
                .flatten()
                .filter(|key| lang.t_with(key, [("name", "x")]).contains('⟦'))
                .collect();
            assert!(missing.is_empty(), "{}: no text for {missing:?}", lang.code());
        }
    }
}
