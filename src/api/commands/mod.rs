//! The table of commands, and their execution. The JSON API and the command line both use it. They
//! differ only in how they receive a call and how they print its result.

mod admins;
mod context;
mod customers;
mod froxlor;
mod plans;

use super::compatible;
use super::dialect::Dialect;
use super::failure::{About, Failure};
use super::reply::Reply;
use super::requests::{
    AdminReference, CUSTOMER_PARAMETERS, Count, CustomerReference, DeleteFiles, FunctionFilter,
    Listing, MoveTarget, PasswordLength, PlanReference, Usages,
};
use super::rows::{AdminRow, CustomerRow, List, PlanRow};
use super::spec::{Audience, Spec};
use auth::actor::Actor;
pub use context::Call;
use domain::account::Language;
use domain::number::Notation;
use domain::request::{Combined, ParameterDeclaration, Request, Values, Visibility};
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use services::EntryPoint;
use services::admins::{AddAdmin, UpdateAdmin};
use services::customers::{AddCustomer, UpdateCustomer};
use services::plans::{AddPlan, UpdatePlan};

use context::{CommandError, CommandResult, Context};
use std::cell::RefCell;
use std::pin::Pin;

type Run = for<'a> fn(&'a Context<'a>) -> Pin<Box<dyn Future<Output = CommandResult> + 'a>>;

macro_rules! commands {
    ($($name:literal, $about:literal, $allowed:ident, $is_write:literal, $request:ty, $result:ty, $run:path;)+) => {
        /// Every command of the API.
        pub static COMMANDS: &[Spec] = &[$(Spec {
            name: $name,
            about: $about,
            allowed: Audience::$allowed,
            is_write: $is_write,
            params: documented::<$request>,
            result: |schemas| schemas.subschema_for::<$result>(),
        }),+];
        /// The handlers of [`COMMANDS`], in the same order.
        static RUNS: &[Run] = &[$(|context| Box::pin($run(context))),+];
    };
}

/// Returns the parameters that are documented.
fn documented<R: Request>() -> Vec<ParameterDeclaration> {
    R::parameters()
        .iter()
        .copied()
        .filter(|parameter| parameter.visibility != Visibility::Hidden)
        .collect()
}

commands! {
    "Customers.listing", "List customers.", Managers, false, Combined<Listing, Usages>, List<CustomerRow>, customers::listing;
    "Customers.listingCount", "Count customers.", Managers, false, Count, u64, customers::listing_count;
    "Customers.add", "Add a customer with a default FTP user and, on request, a standard subdomain.", Managers, true, AddCustomer, CustomerRow, customers::add;
    "Customers.get", "Return a customer.", ManagersAndCustomers, false, Combined<CustomerReference, Usages>, CustomerRow, customers::get;
    "Customers.update", "Change a customer. Customers can change only their own language, password and theme.", ManagersAndCustomers, true, Combined<CustomerReference, UpdateCustomer>, CustomerRow, customers::update;
    "Customers.delete", "Delete a customer and all their entries in the panel, and return the deleted row.", Managers, true, Combined<CustomerReference, DeleteFiles>, CustomerRow, customers::delete;
    "Customers.unlock", "Unlock a customer after failed sign-ins.", Managers, true, CustomerReference, CustomerRow, customers::unlock;
    "Customers.move", "Move a customer to another owner, within the new owner's limits.", ServerAdmins, true, Combined<CustomerReference, MoveTarget>, CustomerRow, customers::move_to;
    "HostingPlans.listing", "List hosting plans.", Managers, false, Listing, List<PlanRow>, plans::listing;
    "HostingPlans.listingCount", "Count hosting plans.", Managers, false, Count, u64, plans::listing_count;
    "HostingPlans.add", "Add a hosting plan.", Managers, true, AddPlan, PlanRow, plans::add;
    "HostingPlans.get", "Return a hosting plan.", Managers, false, PlanReference, PlanRow, plans::get;
    "HostingPlans.update", "Change a hosting plan. Customers keep their limits and services.", Managers, true, Combined<PlanReference, UpdatePlan>, PlanRow, plans::update;
    "HostingPlans.delete", "Delete a hosting plan, and return the deleted row. Customers keep their limits and services.", Managers, true, PlanReference, PlanRow, plans::delete;
    "Admins.listing", "List admins and resellers.", ServerAdmins, false, Listing, List<AdminRow>, admins::listing;
    "Admins.listingCount", "Count admins and resellers.", ServerAdmins, false, Count, u64, admins::listing_count;
    "Admins.add", "Add an admin or reseller.", ServerAdmins, true, AddAdmin, AdminRow, admins::add;
    "Admins.get", "Return an admin or reseller.", ServerAdmins, false, AdminReference, AdminRow, admins::get;
    "Admins.update", "Change an admin or reseller.", ServerAdmins, true, Combined<AdminReference, UpdateAdmin>, AdminRow, admins::update;
    "Admins.delete", "Delete an admin or reseller without customers, and return the deleted row.", ServerAdmins, true, AdminReference, AdminRow, admins::delete;
    "Admins.unlock", "Unlock an admin or reseller after failed sign-ins.", ServerAdmins, true, AdminReference, AdminRow, admins::unlock;
    "Froxlor.listFunctions", "List the commands that the caller can use.", EveryAccount, false, FunctionFilter, Vec<froxlor::Function>, froxlor::list_functions;
    "Froxlor.generatePassword", "Generate a password that meets the provider's rules.", EveryAccount, false, PasswordLength, String, froxlor::generate_password;
}

/// Returns the module with this name, ignoring case.
#[must_use]
pub fn module(name: &str) -> Option<&'static str> {
    COMMANDS.iter().map(|spec| spec.parts().0).find(|module| module.eq_ignore_ascii_case(name))
}

/// Returns the command with this name. As in Froxlor, the case of functions is ignored, the case of
/// modules is not.
///
/// # Errors
/// `command-invalid`, `command-unsupported` or `command-unknown`.
pub fn find(name: &str) -> Result<&'static Spec, Failure> {
    index_of(name).map(|index| &COMMANDS[index])
}

fn index_of(name: &str) -> Result<usize, Failure> {
    let parts: Vec<&str> = name.split('.').collect();
    let [module, function] = parts.as_slice() else {
        return Err(Failure::new(400, ValidationError::new(ErrorCode::CommandInvalid)));
    };
    let found = COMMANDS.iter().position(|spec| {
        spec.parts().0 == *module && spec.parts().1.eq_ignore_ascii_case(function)
    });
    found.ok_or_else(|| {
        let shown: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
        let code = if froxlor::is_unsupported(module, function) {
            ErrorCode::CommandUnsupported
        } else {
            ErrorCode::CommandUnknown
        };
        Failure::new(400, ValidationError::new(code).with("command", shown))
    })
}

/// Runs a command.
pub async fn run(call: &Call<'_>, command: &str, params: Values) -> Result<Reply, Failure> {
    let index = index_of(command)?;
    let spec = &COMMANDS[index];
    if !spec.allowed.allows(call.actor) {
        return Err(Failure::not_allowed());
    }
    if spec.is_write && call.key.is_some_and(|key| key.settings.read_only) {
        return Err(Failure::new(403, ValidationError::new(ErrorCode::KeyReadOnly)));
    }
    let params = match call.dialect {
        Dialect::Strict => params,
        Dialect::Compatible => {
            customers::remove_repeated_own_values(
                call,
                spec,
                compatible::translate_parameters(
                    spec,
                    &call.snapshot.settings,
                    params,
                    call.ignored,
                ),
            )
            .await?
        }
    };
    let sent: Vec<String> =
        params.iter().filter(|(_, value)| !value.is_null()).map(|(name, _)| name.clone()).collect();
    check_parameters(spec, call.actor, &sent)?;
    // The command line's texts are in English, and people type numbers in that language.
    let notation = if call.origin.entry_point == EntryPoint::Cli {
        Notation::Person(Some(Language::En))
    } else {
        Notation::Program
    };
    let context = Context {
        call,
        spec,
        commands: COMMANDS,
        values: params,
        notation,
        requested: RefCell::default(),
    };
    let outcome = RUNS[index](&context).await;
    outcome.map_err(|error| match error {
        CommandError::Api(failure) => failure,
        CommandError::Service(error) => {
            let named = &context.requested.borrow();
            Failure::of(error, &About { spec: Some(spec), named, sent: &sent })
        }
    })
}

/// Refuses unknown parameters, and parameters that a customer may not change.
fn check_parameters(spec: &'static Spec, actor: &Actor, sent: &[String]) -> Result<(), Failure> {
    let declared = (spec.params)();
    let mut errors = FieldErrors::default();
    for name in sent.iter().filter(|name| !declared.iter().any(|param| param.name == name.as_str()))
    {
        errors.push(name, ValidationError::new(ErrorCode::ParameterUnknown));
    }
    if !errors.is_empty() {
        return Err(Failure::with_fields(
            400,
            ValidationError::new(ErrorCode::ParameterUnknown),
            errors,
        ));
    }
    if spec.is_write && matches!(actor, Actor::Customer(_)) {
        for name in sent.iter().filter(|name| !CUSTOMER_PARAMETERS.contains(&name.as_str())) {
            errors.push(name, ValidationError::new(ErrorCode::FieldForbidden));
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Failure::with_fields(403, ValidationError::new(ErrorCode::FieldForbidden), errors))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_case_of_modules_matters() {
        assert_eq!(
            find("Customers.LISTINGCOUNT").map(|spec| spec.name),
            Ok("Customers.listingCount")
        );
        for (name, code) in [
            ("Customers", "command-invalid"),
            ("Customers.listing.x", "command-invalid"),
            ("customers.listing", "command-unknown"),
            ("Foo.bar", "command-unknown"),
            ("Customers.isAdmin", "command-unknown"),
            ("Customers.increaseUsage", "command-unknown"),
            ("Froxlor.generateLoginLink", "command-unsupported"),
            ("Domains.add", "command-unsupported"),
            ("", "command-invalid"),
        ] {
            assert_eq!(
                find(name).map(|spec| spec.name).map_err(|failure| failure.message.code.as_str()),
                Err(code),
                "{name}"
            );
        }
    }
}
