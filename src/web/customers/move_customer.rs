//! `/customers/{loginname}/move` moves a customer to another owner. For server admins only.

use super::customer_page::{AREA, address, customer_chrome, reference};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsServerAdmin};
use crate::flash::Flash;
use crate::form::{Choice, FormState, GENERAL};
use crate::page::Chrome;
use crate::{respond, validation_errors};
use actix_session::SessionExt as _;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::customer::Customer;
use domain::id::AdminId;
use domain::quota::Quota;
use domain::resources::Resource;
use domain::unit::Unit;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use services::app::{App, OwnedView};
use services::customers::{self, MoveTarget};
use services::{Noun, Outcome, ServiceError};

/// The field with the new owner.
const TARGET: &str = "adminid";

#[derive(Template)]
#[template(path = "customers/move.html")]
struct MovePage {
    c: Chrome,
    f: FormState,
    customer: Customer,
    targets: Vec<Target>,
    choices: Vec<Choice>,
}

/// A possible new owner as the page shows them.
struct Target {
    login_name: String,
    name: String,
    initials: String,
    /// Remaining customers and disk space, the two limits that are usually reached first.
    customers: String,
    disk: String,
    fits: bool,
    reasons: Vec<String>,
}

impl MovePage {
    fn back(&self) -> String {
        address(&self.customer.login_name)
    }
}

/// Shows the possible new owners.
pub async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let customer = customers::get(snapshot.view(), by.manager().scope(), &reference(&name)).await?;
    Ok(respond::ok(&move_page(&app, &req, &snapshot, &by, customer, FormState::new(AREA)).await?))
}

/// Moves the customer.
pub async fn move_to(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    sent: VerifiedForm,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let before = customers::get(snapshot.view(), by.manager().scope(), &reference(&name)).await?;
    let error = match carry_out(&app, &req, &by, sent.text(TARGET), &before).await {
        Ok(after) => {
            let flash = Flash::success("customers-flash-moved")
                .with("name", &after.login_name)
                .with("owner", &after.owner_name);
            // A server admin who sees only their own customers can no longer see this one.
            let is_visible = by.manager().sees_all() || after.owner == by.manager().id();
            let to = if is_visible { address(&after.login_name) } else { "/customers".to_owned() };
            return Ok(respond::redirect_with_flash(&req.get_session(), &to, flash));
        }
        Err(error) => error,
    };
    let mut page =
        move_page(&app, &req, &snapshot, &by, before, FormState::posted(AREA, sent.0)).await?;
    add_errors(&page.c, error, &mut page.f)?;
    Ok(respond::invalid(&page))
}

async fn carry_out(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    target: &str,
    customer: &Customer,
) -> Outcome<Customer> {
    let Ok(target) = target.trim().parse() else {
        return Err(ServiceError::field(TARGET, ValidationError::new(ErrorCode::AdminUnknown)));
    };
    let which = reference(customer.login_name.as_str());
    app.change(&extract::origin(req, app), async |cmd| {
        customers::move_to(cmd, by, &which, AdminId(target)).await
    })
    .await
}

fn add_errors(c: &Chrome, error: ServiceError, form: &mut FormState) -> Result<(), WebError> {
    match error {
        ServiceError::Invalid(found) => {
            for text in shortage_texts(c, form, &found) {
                form.add_error(GENERAL, text);
            }
            for (_, list) in found.iter().filter(|(field, _)| *field == TARGET) {
                for error in list {
                    form.add_error(TARGET, validation_errors::text(c.lang, error));
                }
            }
        }
        ServiceError::Exhausted(error) | ServiceError::Refused(error) => {
            form.add_error(TARGET, validation_errors::text(c.lang, &error));
        }
        ServiceError::NotFound(Noun::Admin) => {
            form.add_error(
                TARGET,
                validation_errors::text(c.lang, &ValidationError::new(ErrorCode::AdminUnknown)),
            );
        }
        other => return Err(other.into()),
    }
    Ok(())
}

async fn move_page(
    app: &App,
    req: &HttpRequest,
    snapshot: &OwnedView,
    by: &AsServerAdmin,
    customer: Customer,
    f: FormState,
) -> Result<MovePage, WebError> {
    let c = customer_chrome(app, req, by.account(), &customer, "move");
    let found = customers::move_targets(snapshot.view(), by, &customer).await?;
    let choice = |target: &MoveTarget| {
        let label = label(&c, target);
        Choice::new(target.admin.id, label)
    };
    Ok(MovePage {
        choices: found.iter().map(choice).collect(),
        targets: found.iter().map(|found| target(&c, &f, found)).collect(),
        c,
        f,
        customer,
    })
}

fn label(c: &Chrome, target: &MoveTarget) -> String {
    let admin = &target.admin;
    let name = admin.login_name.as_str();
    let shown = if admin.profile.name.is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({})", admin.profile.name)
    };
    if target.can_own_customer() {
        shown
    } else {
        c.t_with("customers-move-does-not-fit", &[("name", shown)])
    }
}

fn target(c: &Chrome, f: &FormState, found: &MoveTarget) -> Target {
    let mut reasons: Vec<String> =
        found.refusal.iter().map(|error| validation_errors::text(c.lang, error)).collect();
    reasons.extend(shortage_texts(c, f, &found.shortage));
    let (admin, quota) = (&found.admin, &found.admin.profile.quota);
    let disk = Resource::Diskspace;
    Target {
        login_name: admin.login_name.to_string(),
        name: admin.profile.name.clone(),
        initials: c.initials(admin.display_name()),
        customers: remaining(c, quota.customers, admin.assigned.customers, Unit::Count),
        disk: remaining(c, quota.limits[disk], admin.assigned.amounts[disk], disk.unit()),
        fits: found.can_own_customer(),
        reasons,
    }
}

/// Returns the reasons against a move: one for all resources that are unlimited for the customer
/// and limited for the admin, and one for each other error.
fn shortage_texts(c: &Chrome, f: &FormState, shortage: &FieldErrors) -> Vec<String> {
    let is_unlimited = |error: &ValidationError| error.code == ErrorCode::AllocationUnlimited;
    let names: Vec<String> = Resource::ALL
        .into_iter()
        .map(Resource::name)
        .filter(|name| {
            shortage.iter().any(|(field, list)| field == *name && list.iter().any(is_unlimited))
        })
        .map(|name| f.label(c, name))
        .collect();
    let mut texts = Vec::new();
    if !names.is_empty() {
        texts.push(c.t_with("customers-move-unlimited", &[("names", names.join(", "))]));
    }
    for (field, list) in shortage.iter().filter(|(field, _)| *field != TARGET) {
        texts.extend(list.iter().filter(|error| !is_unlimited(error)).map(|error| {
            format!("{}: {}", f.label(c, field), validation_errors::text(c.lang, error))
        }));
    }
    texts
}

/// Returns the remaining amount of a quota.
fn remaining(c: &Chrome, quota: Quota, used: u64, unit: Unit) -> String {
    match quota {
        Quota::Unlimited => c.t("form-unlimited"),
        Quota::Limited(limit) => c.amount(unit, limit.saturating_sub(used)),
    }
}
