//! What a form says of itself, sealed: whose it is, and on which page it stands.

use actix_web::http::Method;
use actix_web::{HttpMessage as _, HttpRequest};
use auth::accounts::Account;
use auth::seal::Sealer;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::LoginId;
use services::app::App;

/// The parameter of an address by which a form is found that was kept ([`kept`](super::kept)).
pub const TOKEN: &str = "kept";
/// The hidden field.
pub const FIELD: &str = "form_page";
const CONTEXT: &str = "form page";

/// A page with a form, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPage {
    /// The account that it was shown to.
    pub login: LoginId,
    /// Path and query.
    pub address: String,
}

/// As it came with a form that is answered by its own page: that page stands for the one before.
#[derive(Clone)]
struct Sent(String);

impl FormPage {
    /// The value of the hidden field on the page of a request; empty for an admin who acts as
    /// somebody else.
    #[must_use]
    pub fn field(req: &HttpRequest, app: &App, account: &Account) -> String {
        if account.acting.is_some() {
            return String::new();
        }
        if req.method() != Method::GET {
            return req.extensions().get::<Sent>().map(|sent| sent.0.clone()).unwrap_or_default();
        }
        let page = Self { login: account.actor.login(), address: address(req) };
        page.seal(&app.env.sealer).unwrap_or_default()
    }

    /// Notes the field of a form that was sent.
    pub fn note(req: &HttpRequest, pairs: &[(String, String)]) {
        if let Some((_, value)) = pairs.iter().find(|(name, _)| name == FIELD) {
            req.extensions_mut().insert(Sent(value.clone()));
        }
    }

    fn seal(&self, sealer: &Sealer) -> Option<String> {
        let text = format!("{}\n{}", self.login, self.address);
        Some(URL_SAFE_NO_PAD.encode(sealer.seal(CONTEXT, text.as_bytes()).ok()?))
    }

    /// Reads the value of the hidden field; nothing but what was sealed here.
    #[must_use]
    pub fn open(sealer: &Sealer, value: &str) -> Option<Self> {
        let opened = sealer.open(CONTEXT, &URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
        let (login, address) = std::str::from_utf8(&opened).ok()?.split_once('\n')?;
        Some(Self { login: LoginId(login.parse().ok()?), address: address.to_owned() })
    }

    /// The address with a parameter more.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> String {
        let separator = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{separator}{name}={value}", self.address)
    }
}

/// Path and query, without the token of a form kept before.
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
    fn only_what_was_sealed_here_is_read() {
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
        assert_eq!(page.with("kept", "t"), "/customers/new?x=1&kept=t");
    }
}
