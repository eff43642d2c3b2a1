//! The language that a client prefers.

use actix_web::HttpRequest;
use actix_web::http::header::{AcceptLanguage, Header as _, Preference, Quality};
use domain::account::Language;

/// Returns the language that the header `Accept-Language` prefers, or English if it contains no
/// language of the panel.
#[must_use]
pub fn accepted(req: &HttpRequest) -> Language {
    let Ok(mut accept) = AcceptLanguage::parse(req) else { return Language::default() };
    // Quality 0 means that the client refuses the language.
    accept.0.retain(|item| item.quality > Quality::ZERO);
    let ranked = accept.ranked();
    ranked
        .iter()
        .filter_map(Preference::item)
        .find_map(|tag| {
            Language::ALL.iter().copied().find(|lang| lang.code() == tag.primary_language())
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::ACCEPT_LANGUAGE;
    use actix_web::test::TestRequest;

    #[test]
    fn the_known_language_with_the_greatest_quality_is_used() {
        for (header, expected) in [
            ("", Language::En),
            ("de", Language::De),
            ("de-AT,de;q=0.9,en;q=0.8", Language::De),
            ("fr;q=1.0, de;q=0.3, en;q=0.7", Language::En),
            ("en;q=0, de;q=0.1", Language::De),
            ("fr, *;q=0.5", Language::En),
            ("de;q=0", Language::En),
            ("../../etc/passwd", Language::En),
            ("DE-at", Language::De),
            ("nonsense;;;, de", Language::De),
            ("de;q=nonsense", Language::En),
        ] {
            let req = TestRequest::default().insert_header((ACCEPT_LANGUAGE, header));
            assert_eq!(accepted(&req.to_http_request()), expected, "{header}");
        }
        assert_eq!(accepted(&TestRequest::default().to_http_request()), Language::En);
    }
}
