//! Handlers of the `Froxlor.*` commands, and the list of Froxlor's commands that this API lacks.

use super::context::{CommandResult, Context, reply_with};
use crate::requests::{FunctionFilter, PasswordLength};
use crate::spec::Spec;
use domain::password::MAX_MIN_LENGTH;
use domain::request::ParameterType;
use domain::validation::{ErrorCode, ValidationError};
use schemars::JsonSchema;
use serde::Serialize;
use services::ServiceError;

/// Modules of Froxlor that have no commands here (docs/compatibility.md#diff-4).
const MODULES: [&str; 22] = [
    "Certificates",
    "Cronjobs",
    "CustomerBackups",
    "DataDump",
    "DirOptions",
    "DirProtections",
    "DomainZones",
    "Domains",
    "EmailAccounts",
    "EmailForwarders",
    "EmailSender",
    "Emails",
    "FpmDaemons",
    "Ftps",
    "IpsAndPorts",
    "MysqlServer",
    "Mysqls",
    "PhpSettings",
    "SshKeys",
    "SubDomains",
    "SysLog",
    "Traffic",
];
/// Functions of the module `Froxlor` that have no commands here (docs/compatibility.md#diff-4).
const FUNCTIONS: [&str; 8] = [
    "checkUpdate",
    "exportSettings",
    "generateLoginLink",
    "getSetting",
    "importSettings",
    "integrityCheck",
    "listSettings",
    "updateSetting",
];

/// Returns whether Froxlor has this command, but this API does not. Every function of a module in
/// [`MODULES`] counts as a command of Froxlor.
pub(super) fn is_unsupported(module: &str, function: &str) -> bool {
    MODULES.contains(&module)
        || (module == "Froxlor"
            && FUNCTIONS.iter().any(|known| known.eq_ignore_ascii_case(function)))
}

/// A command as `Froxlor.listFunctions` describes it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Function")]
#[allow(clippy::struct_field_names, reason = "named as in Froxlor's responses")]
pub struct Function {
    module: &'static str,
    function: &'static str,
    /// Description of the command.
    head: &'static str,
    params: Vec<FunctionParam>,
}

/// A parameter of a command.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FunctionParam")]
struct FunctionParam {
    parameter: &'static str,
    /// `string`, `int`, `bool` or `array`.
    r#type: &'static str,
    required: bool,
    desc: &'static str,
}

pub(super) async fn list_functions(context: &Context<'_>) -> CommandResult {
    let filter = context.read::<FunctionFilter>()?;
    let (module, function) = (filter.module.or_default().0, filter.function.or_default().0);
    let is_selected = |spec: &&Spec| {
        let (of, name) = spec.parts();
        (module.is_empty() || module.eq_ignore_ascii_case(of))
            && (function.is_empty() || function.eq_ignore_ascii_case(name))
    };
    let usable = |spec: &&Spec| spec.allowed.allows(context.call.actor);
    reply_with(
        context
            .commands
            .iter()
            .filter(is_selected)
            .filter(usable)
            .map(describe)
            .collect::<Vec<_>>(),
    )
}

fn describe(spec: &Spec) -> Function {
    let (module, function) = spec.parts();
    let params = (spec.params)().into_iter().map(|param| FunctionParam {
        parameter: param.name,
        r#type: froxlor_type(param.kind),
        required: param.is_required(),
        desc: param.about,
    });
    Function { module, function, head: spec.about, params: params.collect() }
}

/// Returns the name of a type in Froxlor's documentation.
const fn froxlor_type(kind: ParameterType) -> &'static str {
    match kind {
        ParameterType::Text | ParameterType::Secret | ParameterType::Choice(_) => "string",
        ParameterType::Integer | ParameterType::Limit(_) => "int",
        ParameterType::Flag => "bool",
        ParameterType::Ids
        | ParameterType::Names
        | ParameterType::Search
        | ParameterType::Order => "array",
    }
}

pub(super) async fn generate_password(context: &Context<'_>) -> CommandResult {
    let length = context.read::<PasswordLength>()?.length.or_default();
    let Some(length) = usize::try_from(length).ok().filter(|length| *length <= MAX_MIN_LENGTH)
    else {
        let outside = ValidationError::new(ErrorCode::NumberOutOfRange)
            .with("min", 0_u64)
            .with("max", MAX_MIN_LENGTH);
        return Err(ServiceError::field("length", outside).into());
    };
    let app = context.call.app;
    let mut policy = context.call.snapshot.settings.password_policy();
    policy.min_length = policy.min_length.max(length);
    reply_with(policy.generate(app.env.random.as_ref()).expose())
}
