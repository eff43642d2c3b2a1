//! Reads command and parameters from the body of a request.

use super::commands;
use super::dialect::Dialect;
use super::failure::Failure;
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::Payload;
use domain::validation::{ErrorCode, ValidationError};
use serde_json::{Map, Value};
use std::io::ErrorKind;

/// Largest body, in bytes.
pub const MAX_BODY: usize = 256 * 1024;
/// Deepest nesting of a body.
pub const MAX_DEPTH: usize = 16;

/// Reads command and parameters. `command_in_url` is `None` if the URL names no command.
pub(super) async fn call(
    req: &HttpRequest,
    payload: Payload,
    dialect: Dialect,
    command_in_url: Option<String>,
) -> Result<(String, Map<String, Value>), Failure> {
    let body = read_body(req, payload).await?;
    // Editors and PowerShell write a byte order mark at the beginning.
    let text = if dialect.is_compatible() {
        body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&body)
    } else {
        &body
    };
    if text.iter().all(u8::is_ascii_whitespace) {
        return match command_in_url {
            Some(command) => Ok((command, Map::new())),
            None => Err(Failure::new(400, ValidationError::new(ErrorCode::BodyEmpty))),
        };
    }
    let value: Value = serde_json::from_slice(text).map_err(|error| parse_failure(text, &error))?;
    if depth(&value) > MAX_DEPTH {
        return Err(too_deep());
    }
    match (command_in_url, value) {
        (Some(command), params) => Ok((command, read_params(Some(params), dialect)?)),
        (None, Value::Object(mut call)) => {
            let command = match call.remove("command") {
                None | Some(Value::Null) => {
                    return Err(Failure::new(400, ValidationError::new(ErrorCode::CommandMissing)));
                }
                Some(Value::String(command)) if command.trim().is_empty() => {
                    return Err(Failure::new(400, ValidationError::new(ErrorCode::CommandMissing)));
                }
                Some(Value::String(command)) => command,
                Some(_) => {
                    return Err(Failure::new(400, ValidationError::new(ErrorCode::CommandInvalid)));
                }
            };
            Ok((command, read_params(call.remove("params"), dialect)?))
        }
        (None, Value::Null) => Err(Failure::new(400, ValidationError::new(ErrorCode::JsonInvalid))),
        (None, _) => Err(Failure::new(400, ValidationError::new(ErrorCode::CommandMissing))),
    }
}

async fn read_body(req: &HttpRequest, payload: Payload) -> Result<actix_web::web::Bytes, Failure> {
    let too_large =
        || Failure::new(413, ValidationError::new(ErrorCode::BodyTooLarge).with("max", MAX_BODY));
    let announced = req
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MAX_BODY) {
        return Err(too_large());
    }
    let read = payload.to_bytes_limited(MAX_BODY).await.map_err(|_| too_large())?;
    read.map_err(|error| receive_failure(&error))
}

/// Returns the failure for a body that could not be received.
fn receive_failure(error: &actix_web::Error) -> Failure {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Io(error)) if error.kind() == ErrorKind::TimedOut => {
            Failure::new(408, ValidationError::new(ErrorCode::BodyTooSlow))
        }
        _ => Failure::new(400, ValidationError::new(ErrorCode::JsonInvalid)),
    }
}

/// Returns the failure for a body that is not valid JSON or is nested too deeply. JSON is UTF-8:
/// for other encodings, the message names the probable encoding and the position of the first
/// invalid byte.
fn parse_failure(body: &[u8], error: &serde_json::Error) -> Failure {
    if is_recursion_limit(error) {
        return too_deep();
    }
    match std::str::from_utf8(body) {
        Ok(_) => Failure::new(400, ValidationError::new(ErrorCode::JsonInvalid)),
        Err(error) => {
            let is_utf16 = body.starts_with(&[0xFF, 0xFE]) || body.starts_with(&[0xFE, 0xFF]);
            let encoding = if is_utf16 { "UTF-16" } else { "ISO 8859-1 / Windows-1252" };
            let not_utf8 = ValidationError::new(ErrorCode::JsonNotUtf8)
                .with("byte", error.valid_up_to() + 1)
                .with("encoding", encoding);
            Failure { error: ErrorCode::JsonInvalid, ..Failure::new(400, not_utf8) }
        }
    }
}

/// Reads the parameters as an object. PHP writes an empty object as `[]`.
fn read_params(params: Option<Value>, dialect: Dialect) -> Result<Map<String, Value>, Failure> {
    match (params, dialect) {
        (None | Some(Value::Null), _) | (Some(Value::Bool(false)), Dialect::Compatible) => {
            Ok(Map::new())
        }
        (Some(Value::Object(params)), _) => Ok(params),
        (Some(Value::Array(list)), _) if list.is_empty() => Ok(Map::new()),
        // A PHP list is an array with numbers as keys. No parameter has such a name.
        (Some(Value::Array(list)), Dialect::Compatible) => Ok(list
            .into_iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect()),
        (Some(Value::String(text)), Dialect::Compatible) if text.is_empty() => Ok(Map::new()),
        (Some(_), _) => Err(Failure::new(400, ValidationError::new(ErrorCode::ParamsInvalid))),
    }
}

fn too_deep() -> Failure {
    Failure::new(400, ValidationError::new(ErrorCode::JsonTooDeep).with("max", MAX_DEPTH))
}

/// Returns whether `serde_json` stopped at its own recursion limit, which is deeper than
/// [`MAX_DEPTH`]. The error has no category, so its text is compared.
fn is_recursion_limit(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion limit")
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Returns the command of a URL with a query such as `?/customers/get`, the other way in which
/// Froxlor's clients name a command. Unlike Froxlor, this finds modules of two words
/// (`?/hostingplans/get`), and the rest of the path is the function (docs/compatibility.md#diff-5).
pub(super) fn command_in_query(query: &str) -> Option<String> {
    let path = query.strip_prefix('/')?.split('&').next()?.trim_end_matches(['/', '=']);
    let (module, function) = path.split_once('/')?;
    Some(format!("{}.{function}", commands::module(module)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn commands_are_read_from_the_query() {
        for (query, command) in [
            ("/customers/listing", Some("Customers.listing")),
            ("/customers/listingcount/", Some("Customers.listingcount")),
            ("/hostingplans/get", Some("HostingPlans.get")),
            ("/froxlor/listFunctions=", Some("Froxlor.listFunctions")),
            ("customers/listing", None),
            ("/nothing/listing", None),
            ("", None),
        ] {
            assert_eq!(command_in_query(query).as_deref(), command, "{query}");
        }
    }

    #[test]
    fn nesting_is_counted() {
        assert_eq!(depth(&json!(1)), 0);
        assert_eq!(depth(&json!({ "a": [1, { "b": 2 }] })), 3);
    }
}
