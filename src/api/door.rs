//! From a request to a call, and from its outcome to an answer. Whatever arrives, the answer is JSON.
//!
//! The order is the peer's: switched off, too often, no key, wrong key, then what the body says (reference: api-envelope.md 2).

use super::commands::{self, Call};
use super::failure::Failure;
use super::limits;
use crate::app::{App, Look};
use crate::auth::api_key::{self, Admission, Caller};
use crate::domain::fault::Fault;
use crate::domain::secret::Secret;
use crate::i18n::Lang;
use crate::peer;
use crate::services::throttle::Rate;
use crate::services::{Door, Origin, ServiceError};
use actix_web::error::PayloadError;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::io::ErrorKind;

/// The longest body, in bytes.
pub const MAX_BODY: usize = 256 * 1024;
/// The deepest nesting.
pub const MAX_DEPTH: usize = 16;

/// What stands around an answer.
#[derive(Default)]
struct Around {
    lang: Lang,
    rate: Option<Rate>,
}

/// `POST /api`, `POST /api.php`
pub async fn call(app: Data<App>, req: HttpRequest, payload: Payload) -> HttpResponse {
    let named = path_style(req.query_string());
    answer(&app, &req, payload, named).await
}

/// `POST /api/{command}`
pub async fn call_named(app: Data<App>, req: HttpRequest, payload: Payload) -> HttpResponse {
    // As it stands in the address: names of commands need no decoding, and what cannot be decoded is none.
    let command = req.match_info().get("command").unwrap_or_default().to_owned();
    answer(&app, &req, payload, Some(command)).await
}

/// What is not there.
pub async fn not_found(req: HttpRequest) -> HttpResponse {
    refuse(&Failure::new(404, Fault::new("route-unknown")), language(&req)).finish_with_body()
}

/// What is there for POST only.
pub async fn method_not_allowed(req: HttpRequest) -> HttpResponse {
    only(&req, "method-not-allowed", "POST")
}

/// What is there to look at only.
pub async fn only_get(req: HttpRequest) -> HttpResponse {
    only(&req, "only-to-look-at", "GET, HEAD")
}

/// A request whose body is compressed.
pub fn unsupported_coding(req: &HttpRequest) -> HttpResponse {
    refuse(&Failure::new(415, Fault::new("content-encoding-unsupported")), language(req)).finish_with_body()
}

fn only(req: &HttpRequest, code: &'static str, allowed: &'static str) -> HttpResponse {
    let mut answer = refuse(&Failure::new(405, Fault::new(code)), language(req));
    answer.builder.insert_header((header::ALLOW, allowed));
    answer.finish_with_body()
}

async fn answer(app: &App, req: &HttpRequest, payload: Payload, named: Option<String>) -> HttpResponse {
    let mut around = Around { lang: language(req), rate: None };
    let outcome = serve(app, req, payload, named, &mut around).await;
    let mut answer = match outcome {
        Ok(data) => Answer { builder: builder(StatusCode::OK), body: json!({ "data": data }) },
        Err(failure) => refuse(&failure, around.lang),
    };
    if let Some(rate) = &around.rate {
        limits::tell(&mut answer.builder, rate, app.env.clock.now());
    }
    answer.finish_with_body()
}

async fn serve(app: &App, req: &HttpRequest, payload: Payload, named: Option<String>, around: &mut Around) -> Result<Value, Failure> {
    let origin = Origin { door: Door::Api, address: peer::address(req, app), acting: None };
    let look = app.look().await.map_err(|error| Failure::internal(&error))?;
    let caller = admit(app, &look, req, &origin, around).await?;
    around.lang = caller.account.language;
    let (command, params) = read(req, payload, named).await?;
    let call = Call { app, look: &look, origin: &origin, actor: &caller.account.actor, key: Some(&caller.key) };
    commands::run(&call, &command, params).await
}

/// Lets in whoever shows a good key and has not called too often.
async fn admit(app: &App, look: &Look, req: &HttpRequest, origin: &Origin, around: &mut Around) -> Result<Caller, Failure> {
    if !look.settings.api_enabled() {
        return Err(Failure::new(400, Fault::new("api-disabled")));
    }
    let failed = |error: ServiceError| Failure::internal(&format!("{error:#}"));
    let standing = limits::of_address(look.view(), origin).await.map_err(failed)?;
    if !standing.within {
        return Err(too_often(standing, around));
    }
    let credentials = credentials(req);
    let admission = match &credentials {
        None => Admission::Refused,
        Some((key, secret)) => api_key::admit(app, look.view(), origin, key, secret).await.map_err(failed)?,
    };
    let key = match &admission {
        Admission::Welcome(caller) => Some(caller.key.key.as_str()),
        _ => None,
    };
    match limits::count(app, look.view(), origin, key).await {
        Ok(rate) if !rate.within => return Err(too_often(rate, around)),
        Ok(rate) => around.rate = Some(rate),
        // Where nothing can be written (a full disk), there is still something to read; and nothing can be changed.
        Err(error) => tracing::warn!(%error, "a call could not be counted"),
    }
    match admission {
        Admission::Welcome(caller) => Ok(*caller),
        Admission::Suspended => Err(Failure::new(406, Fault::new("account-suspended"))),
        Admission::Refused if credentials.is_none() => Err(Failure::new(401, Fault::new("credentials-missing"))),
        Admission::Refused => Err(Failure::new(403, Fault::new("credentials-refused"))),
    }
}

fn too_often(rate: Rate, around: &mut Around) -> Failure {
    let failure = Failure::new(429, Fault::new("rate-exceeded").with("seconds", rate.reset));
    around.rate = Some(rate);
    failure
}

fn credentials(req: &HttpRequest) -> Option<(String, Secret)> {
    let sent = req.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = sent.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (key, secret) = decoded.split_once(':')?;
    Some((key.to_owned(), Secret::new(secret)))
}

/// Command and parameters, from the address or from the body.
async fn read(req: &HttpRequest, payload: Payload, named: Option<String>) -> Result<(String, Map<String, Value>), Failure> {
    let too_large = || Failure::new(413, Fault::new("body-too-large").with("max", MAX_BODY));
    let announced = req.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MAX_BODY) {
        return Err(too_large());
    }
    let invalid = || Failure::new(400, Fault::new("json-invalid"));
    let body = payload.to_bytes_limited(MAX_BODY).await.map_err(|_| too_large())?.map_err(|error| unread(&error))?;
    if body.iter().all(u8::is_ascii_whitespace) {
        return match named {
            Some(command) => Ok((command, Map::new())),
            None => Err(Failure::new(400, Fault::new("body-empty"))),
        };
    }
    let value: Value = serde_json::from_slice(&body).map_err(|error| if too_deep_to_read(&error) { too_deep() } else { invalid() })?;
    if depth(&value) > MAX_DEPTH {
        return Err(too_deep());
    }
    match (named, value) {
        (Some(command), params) => Ok((command, object(Some(params))?)),
        (None, Value::Object(mut call)) => {
            let command = match call.remove("command") {
                None | Some(Value::Null) => return Err(Failure::new(400, Fault::new("command-missing"))),
                Some(Value::String(command)) if command.trim().is_empty() => return Err(Failure::new(400, Fault::new("command-missing"))),
                Some(Value::String(command)) => command,
                Some(_) => return Err(Failure::new(400, Fault::new("command-invalid"))),
            };
            Ok((command, object(call.remove("params"))?))
        }
        (None, Value::Null) => Err(invalid()),
        (None, _) => Err(Failure::new(400, Fault::new("command-missing"))),
    }
}

/// The body could not be read to its end.
fn unread(error: &actix_web::Error) -> Failure {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Io(error)) if error.kind() == ErrorKind::TimedOut => Failure::new(408, Fault::new("body-too-slow")),
        _ => Failure::new(400, Fault::new("json-invalid")),
    }
}

/// Parameters are an object; PHP writes an empty one as `[]`.
fn object(params: Option<Value>) -> Result<Map<String, Value>, Failure> {
    match params {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(params)) => Ok(params),
        Some(Value::Array(list)) if list.is_empty() => Ok(Map::new()),
        Some(_) => Err(Failure::new(400, Fault::new("params-invalid"))),
    }
}

fn too_deep() -> Failure {
    Failure::new(400, Fault::new("json-too-deep").with("max", MAX_DEPTH))
}

/// The reader's own limit lies deeper than ours; it has no kind of its own.
fn too_deep_to_read(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion limit")
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// `?/customers/get`: the peer's other way to name a command. Modules of two words are found here too, and a function is
/// taken whole (reference: api-envelope.md 1).
fn path_style(query: &str) -> Option<String> {
    let path = query.strip_prefix('/')?.split('&').next()?.trim_end_matches(['/', '=']);
    let (module, function) = path.split_once('/')?;
    Some(format!("{}.{function}", commands::module(module)?))
}

/// Until it is known who calls, what his client says.
fn language(req: &HttpRequest) -> Lang {
    let sent = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Lang::negotiate(sent.unwrap_or_default())
}

struct Answer {
    builder: HttpResponseBuilder,
    body: Value,
}

impl Answer {
    fn finish_with_body(mut self) -> HttpResponse {
        self.builder.body(self.body.to_string())
    }
}

fn builder(status: StatusCode) -> HttpResponseBuilder {
    let mut builder = HttpResponse::build(status);
    builder.insert_header((header::CONTENT_TYPE, "application/json")).insert_header((header::CACHE_CONTROL, "no-store"));
    builder
}

fn refuse(failure: &Failure, lang: Lang) -> Answer {
    let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut builder = builder(status);
    if failure.error == "credentials-missing" {
        builder.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"API\""));
    }
    Answer { builder, body: failure.body(lang) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_in_the_address() {
        for (query, command) in [
            ("/customers/listing", Some("Customers.listing")),
            ("/customers/listingcount/", Some("Customers.listingcount")),
            ("/hostingplans/get", Some("HostingPlans.get")),
            ("/froxlor/listFunctions=", Some("Froxlor.listFunctions")),
            ("customers/listing", None),
            ("/nothing/listing", None),
            ("", None),
        ] {
            assert_eq!(path_style(query).as_deref(), command, "{query}");
        }
    }

    #[test]
    fn nesting_is_counted() {
        assert_eq!(depth(&json!(1)), 0);
        assert_eq!(depth(&json!({ "a": [1, { "b": 2 }] })), 3);
    }
}
