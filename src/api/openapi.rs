//! The API as an OpenAPI 3.1 document, derived from the table of commands and their types.

mod parameters;

use super::commands::COMMANDS;
use super::spec::{Audience, Spec};
use actix_web::HttpResponse;
use actix_web::http::header;
use domain::request::ParameterDeclaration;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Real requests and responses by command, written by a test (`tests/it/api/openapi.rs`).
static EXAMPLES: LazyLock<Map<String, Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("examples.json")).unwrap_or_default());

/// Body of a failed call.
#[derive(Serialize, JsonSchema)]
#[allow(clippy::struct_field_names, reason = "named as in the responses")]
struct Error {
    /// Message in the caller's language.
    message: String,
    /// Stable code of the error.
    error: String,
    /// Stable codes of validation errors, by parameter.
    fields: BTreeMap<String, Vec<String>>,
}

/// Handles `GET /api/openapi.json`.
pub async fn serve() -> HttpResponse {
    static TEXT: LazyLock<String> = LazyLock::new(|| document().to_string());
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(TEXT.as_str())
}

/// Returns request and response of a command's example, as JSON texts.
#[must_use]
pub fn example(spec: &Spec) -> Option<(String, String)> {
    let example = EXAMPLES.get(spec.name)?;
    let call = json!({ "command": spec.name, "params": example["params"] });
    Some((format!("{call:#}"), format!("{:#}", json!({ "data": example["data"] }))))
}

/// Returns the OpenAPI document.
#[must_use]
pub fn document() -> Value {
    let mut schemas = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths = Map::new();
    paths.insert("/api".to_owned(), json!({ "post": call_operation(&mut schemas) }));
    for spec in COMMANDS {
        paths.insert(
            format!("/api/{}", spec.name),
            json!({ "post": command_operation(spec, &mut schemas) }),
        );
    }
    schemas.subschema_for::<Error>();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Clientele",
            "version": env!("CARGO_PKG_VERSION"),
            "description": DESCRIPTION,
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "security": [{ "key": [] }],
        "tags": tags(),
        "paths": paths,
        "components": {
            "securitySchemes": { "key": { "type": "http", "scheme": "basic", "description": "The user name is the key, and the password is its secret." } },
            "schemas": schemas.take_definitions(true),
            "responses": error_responses(),
        },
    })
}

const DESCRIPTION: &str = "Customers, hosting plans and admins.\n\n\
    Every command can be called in two ways: `POST /api` with `{\"command\": \"Customers.get\", \"params\": {…}}`, or \
    `POST /api/Customers.get` with the parameters alone.\n\n\
    Update commands keep the values of parameters that are not sent. Other commands use the default given in the parameter's \
    description. If none is given, the default is off, 0 or empty. A switch is on for true, \"true\", 1 and \"1\", and off for \
    false, \"false\", 0 and \"0\". A limit of -1 means unlimited.\n\n\
    The response is `{\"data\": …}`, at `/api` with a list `warnings` beside `data` if there are any. The response of a failed call is \
    `{\"message\", \"error\", \"fields\"}`, where `error` is a stable code and `fields` contains the codes of validation errors by \
    parameter.\n\n\
    `POST /api.php` takes the same calls and returns the same responses, but reads parameters as Froxlor does, for programs that were \
    written for Froxlor: unknown parameters are ignored and named in the header `X-Clientele-Ignored`, a list without `sql_limit` has all \
    rows, `%` and `_` are wildcards in searches, unlimited is below every number, unknown languages fall back to the default, and update \
    commands accept a whole row from a response. New programs should use `/api`, which refuses and names unknown and invalid parameters.";

fn tags() -> Value {
    let about = |module: &str| match module {
        "Customers" => "Hosting customers.",
        "HostingPlans" => "Named sets of limits and services.",
        "Admins" => "Admins and resellers.",
        _ => "Commands about the API itself, and generated passwords.",
    };
    let mut modules: Vec<&str> = COMMANDS.iter().map(|spec| spec.parts().0).collect();
    modules.dedup();
    modules
        .into_iter()
        .map(|module| json!({ "name": module, "description": about(module) }))
        .collect()
}

fn command_operation(spec: &Spec, schemas: &mut SchemaGenerator) -> Value {
    let (module, _) = spec.parts();
    let example = EXAMPLES.get(spec.name);
    let schema = success_schema(&(spec.result)(schemas).to_value());
    let response =
        example.and_then(|example| example.get("data")).map(|data| json!({ "data": data }));
    json!({
        "operationId": spec.name,
        "tags": [module],
        "summary": spec.about,
        "description": format!("For {}.{}", audience(spec.allowed), if spec.is_write { " Not for read-only keys." } else { "" }),
        "requestBody": {
            // Without required parameters, an empty body equals an empty object.
            "required": (spec.params)().iter().any(ParameterDeclaration::is_required),
            "content": { "application/json": content(&parameters::schema(spec), example.and_then(|example| example.get("params"))) },
        },
        "responses": operation_responses(&schema, response.as_ref()),
    })
}

fn call_operation(schemas: &mut SchemaGenerator) -> Value {
    let call = |spec: &Spec| {
        json!({
            "type": "object",
            "required": ["command"],
            "properties": { "command": { "const": spec.name }, "params": { "anyOf": [parameters::schema(spec), { "type": "null" }] } },
        })
    };
    let mut results: Vec<Value> = Vec::new();
    for spec in COMMANDS {
        let result = (spec.result)(schemas).to_value();
        if !results.contains(&result) {
            results.push(result);
        }
    }
    let get_customer = EXAMPLES.get("Customers.get");
    let example = get_customer
        .map(|example| json!({ "command": "Customers.get", "params": example["params"] }));
    let response = get_customer.map(|example| json!({ "data": example["data"] }));
    let schema = success_schema(&json!({ "anyOf": results }));
    json!({
        "operationId": "call",
        "summary": "Call a command.",
        "description": "`/api.php` returns the same responses; it reads parameters as Froxlor does.",
        "requestBody": {
            "required": true,
            "content": { "application/json": content(&json!({ "oneOf": COMMANDS.iter().map(call).collect::<Vec<_>>() }), example.as_ref()) },
        },
        "responses": operation_responses(&schema, response.as_ref()),
    })
}

const fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::EveryAccount => "every account with a key",
        Audience::ManagersAndCustomers => {
            "admins and resellers, and for customers on their own account"
        }
        Audience::Managers => "admins and resellers",
        Audience::ServerAdmins => "admins who can change the server's settings",
    }
}

fn success_schema(result: &Value) -> Value {
    let warning = json!({
        "type": "object",
        "required": ["field", "code", "message"],
        "properties": { "field": { "type": "string" }, "code": { "type": "string" }, "message": { "type": "string" } },
    });
    let about = "Warnings of a successful call, such as a limit below the measured usage. Absent without warnings.";
    json!({
        "type": "object",
        "required": ["data"],
        "properties": { "data": result, "warnings": { "type": "array", "items": warning, "description": about } },
        "additionalProperties": false,
    })
}

fn content(schema: &Value, example: Option<&Value>) -> Value {
    let mut content = json!({ "schema": schema });
    if let Some(example) = example {
        content["example"] = example.clone();
    }
    content
}

/// Descriptions of error responses, by status.
const ERROR_RESPONSES: [(&str, &str); 12] = [
    ("400", "A parameter or the body is invalid."),
    ("401", "No key was sent, or a customer requested another account."),
    ("403", "The key was refused, or its owner does not have the permission."),
    (
        "404",
        "The row was not found, or the caller does not have access; or a required parameter is missing.",
    ),
    ("405", "Only POST is allowed."),
    (
        "406",
        "A required parameter is empty, a quota is exhausted, or the current state does not allow the command.",
    ),
    ("409", "The row has changed since the version that was sent."),
    ("413", "The request is too large."),
    ("429", "Too many requests; `Retry-After` has the number of seconds to wait."),
    ("500", "Internal error."),
    ("503", "The server is busy; send the same request again."),
    ("default", "Another error of the server, or an error of a proxy."),
];

fn operation_responses(schema: &Value, example: Option<&Value>) -> Value {
    let ok = json!({
        "description": "Done.",
        "headers": rate_limit_headers(),
        "content": { "application/json": content(schema, example) },
    });
    let mut responses = Map::from_iter([("200".to_owned(), ok)]);
    for (status, _) in ERROR_RESPONSES {
        responses.insert(
            status.to_owned(),
            json!({ "$ref": format!("#/components/responses/{status}") }),
        );
    }
    responses.into()
}

fn error_responses() -> Value {
    let response = |(status, about): &(&str, &str)| {
        let error = json!({ "$ref": "#/components/schemas/Error" });
        let response =
            json!({ "description": about, "content": { "application/json": { "schema": error } } });
        ((*status).to_owned(), response)
    };
    ERROR_RESPONSES.iter().map(response).collect::<Map<_, _>>().into()
}

fn rate_limit_headers() -> Value {
    let header = |about: &str| json!({ "description": about, "schema": { "type": "integer", "minimum": 0 } });
    json!({
        "RateLimit-Limit": header("Requests allowed in one period."),
        "RateLimit-Remaining": header("Requests remaining in this period."),
        "RateLimit-Reset": header("Seconds until the next period."),
    })
}
