//! The separator between cells of a CSV export.

use crate::csrf::cookie::Cookies;
use crate::query::Query;
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::web::Data;
use domain::account::Language;

/// A separator between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// The default of most programs.
    Comma,
    /// The default of spreadsheets in languages with a decimal comma.
    Semicolon,
}

/// Name of the query parameter.
const PARAMETER: &str = "separator";
/// Name of the cookie, without the prefix for HTTPS.
const COOKIE: &str = "csv_separator";

impl Separator {
    /// Returns the value of the query parameter.
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

    pub(super) fn chosen(query: &Query) -> Option<Self> {
        Self::parse(query.text(PARAMETER))
    }

    /// Returns the separator that was chosen last; without one, the default of spreadsheets in this
    /// language.
    #[must_use]
    pub fn remembered(req: &HttpRequest, lang: Language) -> Self {
        let names = req.app_data::<Data<Cookies>>();
        let last = names
            .and_then(|names| req.cookie(&names.full_name(COOKIE)))
            .and_then(|cookie| Self::parse(cookie.value()));
        last.unwrap_or(if lang == Language::De { Self::Semicolon } else { Self::Comma })
    }

    /// Returns an address of the export with this separator.
    #[must_use]
    pub fn added_to(self, href: &str) -> String {
        let joint = if href.contains('?') { '&' } else { '?' };
        format!("{href}{joint}{PARAMETER}={}", self.code())
    }

    pub(super) fn cookie(self, names: &Cookies) -> Cookie<'static> {
        let cookie = Cookie::build(names.full_name(COOKIE), self.code())
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(names.is_secure());
        cookie.max_age(actix_web::cookie::time::Duration::days(365)).finish()
    }

    pub(super) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
        }
    }
}
