//! Sealed metadata of a form: the account that it was shown to, and the address of its page.

use actix_web::http::Method;
use actix_web::{HttpMessage as _, HttpRequest};
use auth::accounts::Account;
use auth::seal::Sealer;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::LoginId;
use services::app::App;

/// The query parameter with the token of a kept form ([`kept_forms`](super::kept_forms)).
pub const TOKEN: &str = "kept";
/// The hidden field with the metadata.
pub const FIELD: &str = "form_page";
const CONTEXT: &str = "form page";

/// The account and page of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPage {
    /// The account that the form was shown to.
    pub login: LoginId,
    /// Path and query of the page.
    pub address: String,
}

/// The metadata of a submitted form. The page with its validation errors contains the same
/// metadata.
#[derive(Clone)]
struct SubmittedMetadata(String);

impl FormPage {
    /// Returns the value of the hidden field for the page of a request; empty if an admin acts as
    /// the account.
    #[must_use]
    pub fn field(req: &HttpRequest, app: &App, account: &Account) -> String {
        if account.impersonator.is_some() {
            return String::new();
        }
        if req.method() != Method::GET {
            return req
                .extensions()
                .get::<SubmittedMetadata>()
                .map(|sent| sent.0.clone())
                .unwrap_or_default();
        }
        let page = Self { login: account.actor.login(), address: address(req) };
        page.seal(&app.env.sealer).unwrap_or_default()
    }

    /// Stores the metadata of a submitted form in the request.
    pub fn store_submitted(req: &HttpRequest, pairs: &[(String, String)]) {
        if let Some((_, value)) = pairs.iter().find(|(name, _)| name == FIELD) {
            req.extensions_mut().insert(SubmittedMetadata(value.clone()));
        }
    }

    fn seal(&self, sealer: &Sealer) -> Option<String> {
        let text = format!("{}\n{}", self.login, self.address);
        Some(URL_SAFE_NO_PAD.encode(sealer.seal(CONTEXT, text.as_bytes()).ok()?))
    }

    /// Opens the value of the hidden field; `None` if this installation has not sealed it.
    #[must_use]
    pub fn open(sealer: &Sealer, value: &str) -> Option<Self> {
        let opened = sealer.open(CONTEXT, &URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
        let (login, address) = std::str::from_utf8(&opened).ok()?.split_once('\n')?;
        Some(Self { login: LoginId(login.parse().ok()?), address: address.to_owned() })
    }

    /// Returns the address with an additional parameter.
    #[must_use]
    pub fn address_with(&self, name: &str, value: &str) -> String {
        let separator = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{separator}{name}={value}", self.address)
    }
}

/// Returns path and query without the token of an earlier kept form.
fn address(req: &HttpRequest) -> String {
    let pairs = url::form_urlencoded::parse(req.query_string().as_bytes())
        .filter(|(name, _)| name != TOKEN);
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { req.path().to_owned() } else { format!("{}?{query}", req.path()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use auth::seal::SecretKey;

    #[test]
    fn only_metadata_sealed_with_our_key_is_opened() {
        let sealer = Sealer::new(&SecretKey::new(&"k".repeat(32).into()).unwrap());
        let page = FormPage { login: LoginId(7), address: "/customers/new?x=1".to_owned() };
        let sealed = page.seal(&sealer).unwrap();
        assert_eq!(FormPage::open(&sealer, &sealed), Some(page.clone()));
        let other = Sealer::new(&SecretKey::new(&"l".repeat(32).into()).unwrap());
        assert_eq!(
            [
                FormPage::open(&other, &sealed),
                FormPage::open(&sealer, "7"),
                FormPage::open(&sealer, "")
            ],
            [None, None, None]
        );
        assert_eq!(page.address_with("kept", "t"), "/customers/new?x=1&kept=t");
    }
}
