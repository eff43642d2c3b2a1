//! The panel's style sheet, script, fonts and icons, embedded in the binary.
//!
//! File names contain a hash of the contents, so browsers can cache them without revalidation.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderValue};
use edge::routing::Routes;

struct Asset {
    name: &'static str,
    path: &'static str,
    bytes: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The build directory with the npm packages. The browser tests load a library from it.
#[doc(hidden)]
pub const BUILD_DIR: &str = env!("OUT_DIR");

/// Returns the address of an asset by its plain name, such as `path("app.css")`; empty for an
/// unknown name.
#[must_use]
pub fn path(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| asset.path)
}

pub fn routes(routes: &mut Routes) {
    routes.get("/static/{file}", serve);
}

async fn serve(request: actix_web::HttpRequest) -> HttpResponse {
    let Some(asset) = ASSETS.iter().find(|asset| asset.path == request.path()) else {
        return HttpResponse::NotFound().finish();
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(content_type(asset.name))
        .insert_header((
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    response.body(asset.bytes)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::{App, test as http};

    #[actix_web::test]
    async fn assets_are_cacheable_and_served_only_by_hashed_name() {
        let app =
            http::init_service(App::new().configure(|config| Routes::of(routes).register(config)))
                .await;
        for (name, kind) in [("app.css", "text/css"), ("app.js", "text/javascript")] {
            let request = http::TestRequest::get().uri(path(name)).to_request();
            let response = http::call_service(&app, request).await;
            assert_eq!(response.status(), 200, "{name}");
            let headers = response.headers();
            let cache = headers.get(header::CACHE_CONTROL).unwrap().to_str().unwrap();
            assert!(cache.contains("immutable"));
            let sent = headers.get(header::CONTENT_TYPE).unwrap().to_str().unwrap();
            assert!(sent.starts_with(kind), "{sent}");
        }
        let plain = http::TestRequest::get().uri("/static/app.css").to_request();
        assert_eq!(http::call_service(&app, plain).await.status(), 404);
    }

    #[test]
    fn assets_have_paths_by_plain_name() {
        for name in ["app.css", "app.js", "icons.svg", "favicon.svg"] {
            assert!(path(name).starts_with("/static/"), "{name}");
        }
        assert_eq!(path("nothing.css"), "");
    }
}
