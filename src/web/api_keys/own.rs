//! The keys of whoever is signed in.

use crate::error::WebError;
use crate::extract::SignedIn;
use crate::nav::Section;
use crate::page::Chrome;
use services::api_keys::Keyring;
use services::app::Look;

/// The area: labels of fields are looked up in it.
pub(super) const AREA: &str = "api-keys";

/// Where one's own are.
pub(super) const OWN: &str = "/account/api-keys";

/// One's own keys. An admin who acts as a customer sees what he sees; his keys stay the customer's.
pub(super) async fn own(look: &Look, by: &SignedIn) -> Result<Keyring, WebError> {
    if by.0.acting.is_some() {
        return Err(WebError::Forbidden);
    }
    Ok(Keyring::own(look.view(), &by.0.actor).await?)
}

/// Names a page below the list of one's own.
pub(super) fn below_list(c: Chrome, title: String) -> Chrome {
    let (account, list) = (c.t("nav-account"), c.t("nav-api-keys"));
    c.page(Section::Account, title).crumb(account, "/account").crumb(list, OWN)
}
