//! What stands between two cells of an export, as people chose it.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use domain::account::Language;

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// As most programs have it.
    Comma,
    /// As spreadsheets have it where the comma is the decimal sign.
    Semicolon,
}

/// The parameter and the cookie.
const PARAMETER: &str = "separator";
const COOKIE: &str = "csv_separator";

impl Separator {
    /// As addresses have it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        [Self::Comma, Self::Semicolon].into_iter().find(|separator| separator.code() == code)
    }

    pub(super) fn chosen(query: &str) -> Option<Self> {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(name, _)| name == PARAMETER).and_then(|(_, value)| Self::parse(&value))
    }

    /// The one that was chosen last; else the one that spreadsheets in this language expect.
    #[must_use]
    pub fn remembered(req: &HttpRequest, lang: Language) -> Self {
        let last = req.cookie(COOKIE).and_then(|cookie| Self::parse(cookie.value()));
        last.unwrap_or(if lang == Language::De { Self::Semicolon } else { Self::Comma })
    }

    /// An address of the export with this choice.
    #[must_use]
    pub fn added_to(self, href: &str) -> String {
        let joint = if href.contains('?') { '&' } else { '?' };
        format!("{href}{joint}{PARAMETER}={}", self.code())
    }

    pub(super) fn cookie(self, secure: bool) -> Cookie<'static> {
        let cookie = Cookie::build(COOKIE, self.code())
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(secure);
        cookie.max_age(actix_web::cookie::time::Duration::days(365)).finish()
    }

    pub(super) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
        }
    }
}
