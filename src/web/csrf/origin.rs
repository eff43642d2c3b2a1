//! Checks the origin of a form from the headers of the browser. Without these headers, only the
//! token decides.

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Data;
use services::app::App;

/// Returns whether another site has sent the request. Logs a mismatch with the compared headers and
/// the public URL: the usual cause is a proxy that rewrites the `Host` header while no public URL
/// is configured.
pub(crate) fn is_foreign(req: &HttpRequest) -> bool {
    let text = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    let (site, origin, host) =
        (text("sec-fetch-site"), text("origin"), text(header::HOST.as_str()));
    let public = req.app_data::<Data<App>>().map_or("", |app| app.env.public_url.as_str());
    let foreign = match (site, origin) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => !is_own(origin, host, public),
        (None, None) => false,
    };
    if foreign {
        tracing::warn!(
            ?site,
            ?origin,
            ?host,
            public_url = public,
            "a form from another origin was refused"
        );
    }
    foreign
}

fn is_own(origin: &str, host: Option<&str>, public_url: &str) -> bool {
    let Some(origin) = authority(origin) else { return false };
    host.and_then(authority).is_some_and(|host| host == origin)
        || authority(public_url).is_some_and(|public| public == origin)
}

/// Returns host and port of an address, without the default ports 80 and 443.
fn authority(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let authority = authority
        .strip_suffix(":443")
        .or_else(|| authority.strip_suffix(":80"))
        .unwrap_or(&authority);
    (!authority.is_empty() && authority != "null").then(|| authority.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_public_url_are_own_origins_with_any_default_port() {
        let public = "https://panel.example";
        for (origin, host) in [
            ("https://panel.example", "panel.example"),
            ("https://panel.example", "panel.example:443"),
            ("https://panel.example:443", "panel.example:80"),
            ("https://Panel.Example", "10.0.0.7:8080"),
            ("http://10.0.0.7:8080", "10.0.0.7:8080"),
            ("http://[::1]", "[::1]:80"),
        ] {
            assert!(is_own(origin, Some(host), public), "{origin} {host}");
        }
        for (origin, host) in [
            ("null", "panel.example"),
            ("", "panel.example"),
            ("https://panel.example:8443", "panel.example"),
            ("https://panel.example.evil.test", "panel.example"),
            ("https://evil.test/panel.example", "panel.example"),
            ("http://10.0.0.7:8081", "10.0.0.7:8080"),
        ] {
            assert!(!is_own(origin, Some(host), public), "{origin} {host}");
        }
        assert!(is_own(public, None, public) && !is_own("https://evil.test", None, ""));
    }
}
