//! Where a form comes from, as the browser says it. One that says nothing is judged by its token
//! alone.

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Data;
use services::app::App;

/// Whether another site has sent the request. A mismatch is logged with both values: the usual
/// cause is a proxy that hides the host, together with a public URL that is not set.
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
    let Some(origin) = place(origin) else { return false };
    host.and_then(place).is_some_and(|host| host == origin)
        || place(public_url).is_some_and(|public| public == origin)
}

/// Host and port of an address, without the ports that browsers leave out.
fn place(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let place = place.strip_suffix(":443").or_else(|| place.strip_suffix(":80")).unwrap_or(&place);
    (!place.is_empty() && place != "null").then(|| place.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_public_url_are_the_panels_own_whatever_the_default_port() {
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
