//! From parameters to what the commands take: the one reading of them for all doors.

use super::change::{CustomerPatch, PlanChoice, ServicesPatch};
use super::suspension::SuspensionPatch;
use crate::domain::account::{Gender, Language, Theme};
use crate::domain::contact::LINES;
use crate::domain::email::Email;
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::id::{AdminId, MysqlServerId, PhpConfigId, PlanId};
use crate::domain::resources::Resource;
use crate::domain::secret::Secret;
use crate::domain::text;
use crate::services::params::Params;

/// The longest notes, in characters.
const NOTES_MAX: usize = 20_000;

/// What `add` was sent.
#[derive(Clone, Debug)]
pub struct NewInput {
    /// Login name as typed; empty or absent means a numbered one.
    pub login_name: Option<String>,
    /// The fields that were sent.
    pub patch: CustomerPatch,
    /// Password as typed; absent means a generated one.
    pub password: Option<Secret>,
    /// Whether to mail the password.
    pub send_password: bool,
    /// Whether to make a standard subdomain; absent: the setting decides.
    pub standard_subdomain: Option<bool>,
    /// Whether to put the default index page into his home.
    pub store_default_index: bool,
    /// His plan.
    pub plan: Option<PlanChoice>,
}

/// What `update` was sent.
#[derive(Clone, Debug)]
pub struct UpdateInput {
    /// The fields that were sent.
    pub patch: CustomerPatch,
    /// New password as typed.
    pub password: Option<Secret>,
    /// Whether to mail the new password.
    pub send_password: bool,
    /// Suspend or resume, and why.
    pub suspension: SuspensionPatch,
    /// Whether he is to have a standard subdomain.
    pub standard_subdomain: Option<bool>,
    /// His plan.
    pub plan: Option<PlanChoice>,
    /// To which admin to move him.
    pub move_to: Option<AdminId>,
    /// The version the form was filled from.
    pub version: Option<i64>,
}

/// Reads the parameters of `add`.
///
/// # Errors
/// Every fault, by field.
pub fn parse_new(params: Params) -> Result<NewInput, FieldFaults> {
    let (input, faults) = read_new(params);
    faults.or(input)
}

/// What could be read, and the faults: for whoever looks for further faults before he answers.
pub(super) fn read_new(mut params: Params) -> (NewInput, FieldFaults) {
    if !params.has("email") {
        params.faults.push("email", Fault::new("required"));
    }
    let login_name = params.text("new_loginname").filter(|name| !name.is_empty());
    let patch = parse_patch(&mut params);
    let input = NewInput {
        login_name,
        password: params.secret("new_customer_password").map(Secret::new),
        send_password: params.flag("sendpassword").unwrap_or(false),
        standard_subdomain: params.flag("createstdsubdomain"),
        store_default_index: params.flag("store_defaultindex").unwrap_or(false),
        plan: parse_plan(&mut params),
        patch,
    };
    params.refuse_unknown();
    (input, params.faults)
}

/// Reads the parameters of `update`, those that name the customer left out.
///
/// # Errors
/// Every fault, by field.
pub fn parse_update(params: Params) -> Result<UpdateInput, FieldFaults> {
    let (input, faults) = read_update(params);
    faults.or(input)
}

/// What could be read, and the faults: for whoever looks for further faults before he answers.
pub(super) fn read_update(mut params: Params) -> (UpdateInput, FieldFaults) {
    let patch = parse_patch(&mut params);
    // Managers need none to set a customer's password; customers, who do, are read by the entry point.
    params.secret("current_password");
    let input = UpdateInput {
        password: params.secret("new_customer_password").map(Secret::new),
        send_password: params.flag("sendpassword").unwrap_or(false),
        suspension: SuspensionPatch::read(&mut params),
        standard_subdomain: params.flag("createstdsubdomain"),
        plan: parse_plan(&mut params),
        move_to: params.id("move_to_admin").map(AdminId),
        version: params.number("version"),
        patch,
    };
    params.refuse_unknown();
    (input, params.faults)
}

fn parse_patch(params: &mut Params) -> CustomerPatch {
    let mut lines = Vec::new();
    for (name, rule) in LINES {
        lines.extend(params.parsed(name, rule).map(|line| (name, line)));
    }
    CustomerPatch {
        email: parse_email(params),
        lines,
        gender: params.parsed("gender", |text| if text.is_empty() { Ok(Gender::None) } else { Gender::parse(text) }),
        language: params.choice("def_language", Language::parse),
        theme: params.choice("theme", Theme::parse),
        gui_access: params.flag("gui_access"),
        api_allowed: params.flag("api_allowed"),
        shell_allowed: params.flag("shell_allowed"),
        notes: params.parsed("custom_notes", |notes| text::multiline(notes, NOTES_MAX)),
        notes_shown: params.flag("custom_notes_show"),
        services: parse_services(params),
        mysql_servers: params.ids("allowed_mysqlserver").map(|ids| ids.into_iter().map(MysqlServerId).collect()),
    }
}

fn parse_email(params: &mut Params) -> Option<Email> {
    params.parsed("email", |text| if text::is_blank(text) { Err(Fault::new("required")) } else { Email::parse(text) })
}

/// Reads limits and switches: the parameters of a plan.
pub fn parse_services(params: &mut Params) -> ServicesPatch {
    ServicesPatch {
        limits: Resource::ALL.map(|resource| params.quota(resource)),
        imap: params.flag("email_imap"),
        pop3: params.flag("email_pop3"),
        php: params.flag("phpenabled"),
        perl: params.flag("perlenabled"),
        dns: params.flag("dnsenabled"),
        log_view: params.flag("logviewenabled"),
        php_configs: params.ids("allowed_phpconfigs").map(|ids| ids.into_iter().map(PhpConfigId).collect()),
    }
}

/// `plan_applied` is the form's word that its fields hold that plan's values already, perhaps edited since.
fn parse_plan(params: &mut Params) -> Option<PlanChoice> {
    let applied = params.id("plan_applied");
    if !params.has("hosting_plan_id") {
        return None;
    }
    Some(match params.id("hosting_plan_id") {
        None => PlanChoice::None,
        Some(id) if applied == Some(id) => PlanChoice::Named(PlanId(id)),
        Some(id) => PlanChoice::Values(PlanId(id)),
    })
}
