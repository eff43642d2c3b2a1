//! Reads requests, authenticates callers, runs calls and writes responses. Every response is JSON.
//!
//! The checks run in Froxlor's order: API disabled, too many calls, no key, wrong key, body.

use super::commands::{self, Call};
use super::dialect::Dialect;
use super::failure::{self, Failure};
use super::ignored::{self, IgnoredParameters};
use super::reply::Reply;
use super::{limits, read};
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use auth::actor::Actor;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::account::Language;
use domain::secret::Secret;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use edge::{address, language, routing};
use serde_json::{Map, Value};
use services::app::{App, OwnedView};
use services::audit::sign_ins::{Refusal, record_refusal};
use services::security_log::{self, Event};
use services::sign_in::api_key::{self, Admission, Caller};
use services::throttle::{self, Rate};
use services::{Command, EntryPoint, Origin, ServiceError};
use std::cell::RefCell;
use std::net::IpAddr;

/// Language and headers of a response, which are collected while the call runs.
#[derive(Default)]
struct ResponseContext {
    lang: Language,
    rate: Option<Rate>,
    ignored: IgnoredParameters,
}

/// Handles `POST /api` and `POST /api.php`.
pub async fn call(app: Data<App>, req: HttpRequest, payload: Payload) -> HttpResponse {
    let command_in_url = read::command_in_query(req.query_string());
    respond(&app, &req, payload, command_in_url).await
}

/// Handles `POST /api/{command}`.
pub async fn call_named(app: Data<App>, req: HttpRequest, payload: Payload) -> HttpResponse {
    // Not percent-decoded: names of commands have no characters that need it.
    let command = req.match_info().get("command").unwrap_or_default().to_owned();
    respond(&app, &req, payload, Some(command)).await
}

/// Responds with 404 to unknown paths.
pub async fn not_found(req: HttpRequest) -> HttpResponse {
    refuse(
        &Failure::new(404, ValidationError::new(ErrorCode::RouteUnknown)),
        language::accepted(&req),
    )
    .finish_with_body()
}

/// Responds with 405 to methods that a path does not have.
pub async fn method_not_allowed(req: HttpRequest) -> HttpResponse {
    let methods = routing::allowed_methods(&req).unwrap_or_default();
    let code = if methods.contains("POST") {
        ErrorCode::MethodNotAllowed
    } else {
        ErrorCode::OnlyToLookAt
    };
    let mut response =
        refuse(&Failure::new(405, ValidationError::new(code)), language::accepted(&req));
    response.builder.insert_header((header::ALLOW, methods));
    response.finish_with_body()
}

/// Responds with 415 to a request with a compressed body.
#[must_use]
pub fn unsupported_coding(req: &HttpRequest) -> HttpResponse {
    refuse(
        &Failure::new(415, ValidationError::new(ErrorCode::ContentEncodingUnsupported)),
        language::accepted(req),
    )
    .finish_with_body()
}

async fn respond(
    app: &App,
    req: &HttpRequest,
    payload: Payload,
    command_in_url: Option<String>,
) -> HttpResponse {
    let mut context =
        ResponseContext { lang: language::accepted(req), ..ResponseContext::default() };
    let outcome = serve(app, req, payload, command_in_url, &mut context).await;
    let (mut builder, reply) = match outcome {
        Ok(reply) => (builder(StatusCode::OK), reply),
        Err(failure) => {
            let response = refuse(&failure, context.lang);
            (response.builder, Reply::Value(response.body))
        }
    };
    if let Some(rate) = &context.rate {
        limits::add_headers(&mut builder, rate, app.env.clock.now());
    }
    if let Some(names) = context.ignored.header() {
        builder.insert_header((ignored::HEADER, names));
    }
    match reply {
        Reply::Value(body) => JsonResponse { builder, body }.finish_with_body(),
        Reply::Customers(list) => builder.body(list.into_body(app.clone())),
    }
}

async fn serve(
    app: &App,
    req: &HttpRequest,
    payload: Payload,
    command_in_url: Option<String>,
    context: &mut ResponseContext,
) -> Result<Reply, Failure> {
    let client = address::client(req, app);
    let origin = Origin {
        entry_point: EntryPoint::Api,
        address: address::client_or_peer(req, client),
        acting: None,
    };
    let snapshot = app.open_view().await?;
    let caller = authenticate(app, &snapshot, req, client, &origin, context).await?;
    context.lang = caller.account.language;
    let dialect = Dialect::at(req.path());
    let (command, params) = read::call(req, payload, dialect, command_in_url).await?;
    let (actor, key) = (&caller.account.actor, Some(&caller.key));
    let call = Call {
        app,
        snapshot: &snapshot,
        origin: &origin,
        actor,
        key,
        dialect,
        ignored: &context.ignored,
        warnings: RefCell::default(),
    };
    let outcome = commands::run(&call, &command, params).await;
    if outcome.as_ref().is_err_and(|failure| failure.status == 403) {
        record_refused_call(app, &origin, call.actor, &command).await;
    }
    Ok(match outcome? {
        Reply::Value(data) => {
            Reply::Value(envelope(data, dialect, &call.warnings.borrow(), context.lang))
        }
        long @ Reply::Customers(_) => long,
    })
}

/// Wraps the data of a call in the envelope. Warnings are in the strict dialect only: Froxlor's
/// clients may refuse members that Froxlor's envelope lacks (docs/compatibility.md#diff-54).
fn envelope(data: Value, dialect: Dialect, warnings: &FieldErrors, lang: Language) -> Value {
    let mut envelope = Map::from_iter([("data".to_owned(), data)]);
    if dialect == Dialect::Strict && !warnings.is_empty() {
        envelope.insert("warnings".to_owned(), failure::warnings_to_json(warnings, lang));
    }
    envelope.into()
}

/// Records a forbidden call in the security log and the audit log.
async fn record_refused_call(app: &App, origin: &Origin, by: &Actor, command: &str) {
    security_log::log_event(Event::Forbidden, &origin.address, by.login_name());
    // The caller chose this text, so control characters and excess length are removed.
    let command: String = command.chars().filter(|c| !c.is_control()).take(100).collect();
    let noted = app
        .change(origin, async |cmd: Command<'_>| {
            record_refusal(cmd, by, Refusal::Forbidden, &command).await
        })
        .await;
    noted.unwrap_or_else(
        |error: ServiceError| tracing::warn!(%error, "the audit entry of a refused call could not be written"),
    );
}

/// Authenticates the caller by their key, and counts the call against the rate limits.
async fn authenticate(
    app: &App,
    snapshot: &OwnedView,
    req: &HttpRequest,
    client: Option<IpAddr>,
    origin: &Origin,
    context: &mut ResponseContext,
) -> Result<Caller, Failure> {
    if !snapshot.settings.api_enabled() {
        return Err(Failure::new(400, ValidationError::new(ErrorCode::ApiDisabled)));
    }
    let standing = limits::address_rate(snapshot.view(), origin).await?;
    if !standing.within {
        return Err(rate_exceeded(standing, context));
    }
    let credentials = credentials(req);
    let admission = match &credentials {
        None => Admission::Refused,
        Some((key, secret)) => api_key::admit(app, snapshot.view(), client, key, secret).await?,
    };
    let key = match &admission {
        Admission::Granted(caller) => Some(caller.key.key.as_str()),
        _ => None,
    };
    match throttle::count_api_call(app, snapshot.view(), &origin.address, key).await {
        Ok(rate) if !rate.within => return Err(rate_exceeded(rate, context)),
        Ok(rate) => context.rate = Some(rate),
        // If the database cannot be written, such as on a full disk, reading calls still work.
        Err(error) => tracing::warn!(%error, "a call could not be counted"),
    }
    if let (Admission::Refused, Some((key, _))) = (&admission, &credentials) {
        // The beginning identifies the key. Never log all of it: a client may have sent its secret
        // here.
        security_log::log_event(
            Event::ApiKeyRefused,
            &origin.address,
            &key.chars().take(12).collect::<String>(),
        );
    }
    match admission {
        Admission::Granted(caller) => Ok(*caller),
        Admission::Suspended => {
            Err(Failure::new(406, ValidationError::new(ErrorCode::AccountSuspended)))
        }
        Admission::Refused if credentials.is_none() => {
            Err(Failure::new(401, ValidationError::new(ErrorCode::CredentialsMissing)))
        }
        Admission::Refused => {
            Err(Failure::new(403, ValidationError::new(ErrorCode::CredentialsRefused)))
        }
    }
}

fn rate_exceeded(rate: Rate, context: &mut ResponseContext) -> Failure {
    let failure = Failure::new(
        429,
        ValidationError::new(ErrorCode::RateExceeded).with("seconds", rate.reset),
    );
    context.rate = Some(rate);
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

struct JsonResponse {
    builder: HttpResponseBuilder,
    body: Value,
}

impl JsonResponse {
    fn finish_with_body(mut self) -> HttpResponse {
        self.builder.body(self.body.to_string())
    }
}

fn builder(status: StatusCode) -> HttpResponseBuilder {
    let mut builder = HttpResponse::build(status);
    builder
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    builder
}

fn refuse(failure: &Failure, lang: Language) -> JsonResponse {
    let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut builder = builder(status);
    if failure.error == ErrorCode::CredentialsMissing {
        builder.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"API\""));
    }
    JsonResponse { builder, body: failure.body(lang) }
}
