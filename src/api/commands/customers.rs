//! Handlers of the `Customers.*` commands.

use super::context::{self, Call, CommandError, CommandResult, Context, RowReference, reply_with};
use crate::compatible;
use crate::failure::{About, Failure};
use crate::reply::{Reply, customer_rows, usage_of};
use crate::requests::{
    CUSTOMER_PARAMETERS, CustomerReference, DeleteFiles, Listing, MoveTarget, Usages,
};
use crate::rows::{CustomerRow, List};
use crate::search;
use crate::spec::Spec;
use auth::actor::{Actor, CustomerSelf};
use domain::customer::{CustomerRef, FileRemoval};
use domain::id::{AdminId, CustomerId};
use domain::login_name;
use domain::password::Person;
use domain::query::{self, Filter};
use domain::request::{Combined, Received, Values};
use domain::validation::{ErrorCode, ValidationError};
use serde_json::Value;
use services::customers::{self, SelfChange};
use services::customers::{AddCustomer, UpdateCustomer};
use services::sign_in::reauthenticate;
use services::{Command, ServiceError, passwords};

pub(super) async fn listing(context: &Context<'_>) -> CommandResult {
    let by = context.manager()?;
    let Received { request: Combined { first: listing, second: usages }, mut errors } =
        context.receive::<Combined<Listing, Usages>>();
    let list_query = search::read(&listing, context.call.dialect, &mut errors);
    errors.into_result(())?;
    let with_usage = usages.show_usages.or_default();
    let filter = Filter { conditions: list_query.conditions, ..Filter::default() };
    let query = query::CustomerQuery {
        filter,
        order: list_query.order,
        limit: list_query.limit,
        offset: list_query.offset,
    };
    let view = context.call.snapshot.view();
    if query.limit > search::MAX_LIMIT {
        return Ok(Reply::list_customers(view, by, &query, with_usage).await?);
    }
    let page = customers::listing(view, by, &query).await?;
    reply_with(List::of(customer_rows(view, &page.items, with_usage).await?, page.total))
}

pub(super) async fn listing_count(context: &Context<'_>) -> CommandResult {
    let by = context.manager()?;
    let filter = Filter { conditions: context.conditions()?, ..Filter::default() };
    let snapshot = context.call.snapshot;
    reply_with(customers::listing_count(snapshot.view(), by, &filter).await?)
}

pub(super) async fn add(context: &Context<'_>) -> CommandResult {
    let (by, app) = (context.manager()?, context.call.app);
    let snapshot = context.call.snapshot;
    let new =
        customers::prepare(&app.env, snapshot.view(), context.receive::<AddCustomer>()).await?;
    let customer = app
        .change(context.call.origin, async |cmd: Command<'_>| customers::add(cmd, by, &new).await)
        .await?;
    reply_with(CustomerRow::for_manager(&customer, None))
}

pub(super) async fn get(context: &Context<'_>) -> CommandResult {
    let reference = read_customer_reference(context)?;
    let with_usage = context.read::<Usages>()?.show_usages.or_default();
    let snapshot = context.call.snapshot;
    let customer = customers::get(snapshot.view(), context.call.actor.scope(), &reference).await?;
    let usage = if with_usage {
        let domains =
            customers::domain_counts(snapshot.view(), std::slice::from_ref(&customer)).await?;
        Some(usage_of(&customer, &domains))
    } else {
        None
    };
    reply_with(match context.call.actor {
        Actor::Manager(_) => CustomerRow::for_manager(&customer, usage),
        Actor::Customer(_) => CustomerRow::for_customer(&customer, usage),
    })
}

pub(super) async fn update(context: &Context<'_>) -> CommandResult {
    let reference = read_customer_reference(context)?;
    match context.call.actor {
        Actor::Manager(by) => {
            let app = context.call.app;
            let snapshot = context.call.snapshot;
            let current = customers::get(snapshot.view(), by.scope(), &reference).await?;
            let received = context
                .receive_update::<UpdateCustomer>(CustomerRow::for_manager(&current, None))?;
            let name = current.login_name.as_str();
            let edit =
                customers::prepare_edit(&app.env, &snapshot.settings, by, received, Some(name))
                    .await?;
            // By id: another customer may have the login name by now.
            let reference = CustomerRef::Id(current.id);
            let change =
                async |cmd: Command<'_>| customers::update(cmd, by, &reference, &edit).await;
            let updated = app.change(context.call.origin, change).await?;
            context
                .call
                .warnings
                .borrow_mut()
                .merge(customers::update_warnings(&current, &updated));
            reply_with(CustomerRow::for_manager(&updated, None))
        }
        Actor::Customer(by) => update_self(context, by).await,
    }
}

/// Removes parameters that repeat the customer's own row from a command that changes data.
/// Customers cannot change most columns, but a column that is sent back unchanged is no change.
pub(super) async fn remove_repeated_own_values(
    call: &Call<'_>,
    spec: &Spec,
    mut params: Values,
) -> Result<Values, Failure> {
    let Actor::Customer(by) = call.actor else { return Ok(params) };
    if spec.is_write {
        let own =
            customers::get(call.snapshot.view(), call.actor.scope(), &CustomerRef::Id(by.id()))
                .await;
        let own = own.map_err(|error| {
            Failure::of(error, &About { named: by.login_name(), ..About::default() })
        })?;
        let row = serde_json::to_value(CustomerRow::for_customer(&own, None))
            .map_err(|error| ServiceError::Internal(error.into()))?;
        params.retain(|name, value| {
            CUSTOMER_PARAMETERS.contains(&name.as_str())
                || !compatible::repeats_row(&row, call.ignored, name, value)
        });
    }
    Ok(params)
}

/// Updates the caller's own account. Parameters that customers cannot send were refused before.
async fn update_self(context: &Context<'_>, by: &CustomerSelf) -> CommandResult {
    let app = context.call.app;
    let snapshot = context.call.snapshot;
    let Received { request, mut errors } = context.receive::<UpdateCustomer>();
    let (field, name) = ("new_customer_password", Some(by.login_name()));
    passwords::check_sent(
        &snapshot.settings,
        field,
        &request.new_customer_password,
        Person::with_login_name(name),
        &mut errors,
    );
    errors.into_result(())?;
    let (language, current) =
        (request.profile.def_language.value(), request.current_password.value());
    // An empty theme means the provider's default, as in Froxlor.
    let is_theme_empty = context
        .values
        .get("theme")
        .and_then(Value::as_str)
        .is_some_and(|theme| theme.trim().is_empty());
    let theme = if is_theme_empty {
        Some(snapshot.settings.default_theme())
    } else {
        request.profile.theme.value()
    };
    let proof = reauthenticate(app, context.call.origin, by.login(), current.as_ref()).await?;
    let password = passwords::prepare_sent(
        &app.env,
        &snapshot.settings,
        field,
        request.new_customer_password,
        name,
    )
    .await?;
    let kept_api_key = context.call.key.map(|key| key.id);
    let change = SelfChange {
        language,
        theme,
        password,
        field,
        proof,
        kept_api_key,
        ..SelfChange::default()
    };
    let customer = app
        .change(context.call.origin, async |cmd: Command<'_>| {
            customers::update_self(cmd, by, &change).await
        })
        .await?;
    reply_with(CustomerRow::for_customer(&customer, None))
}

pub(super) async fn delete(context: &Context<'_>) -> CommandResult {
    let by = context.manager()?;
    let reference = read_customer_reference(context)?;
    let files = if context.read::<DeleteFiles>()?.delete_userfiles.or_default() {
        FileRemoval::Remove
    } else {
        FileRemoval::Keep
    };
    let change = async |cmd: Command<'_>| customers::delete(cmd, by, &reference, files).await;
    reply_with(CustomerRow::for_manager(
        &context.call.app.change(context.call.origin, change).await?,
        None,
    ))
}

pub(super) async fn unlock(context: &Context<'_>) -> CommandResult {
    let by = context.manager()?;
    let reference = read_customer_reference(context)?;
    let change = async |cmd: Command<'_>| customers::unlock(cmd, by, &reference).await;
    reply_with(CustomerRow::for_manager(
        &context.call.app.change(context.call.origin, change).await?,
        None,
    ))
}

pub(super) async fn move_to(context: &Context<'_>) -> CommandResult {
    let by = context.server_admin()?;
    let reference = read_customer_reference(context)?;
    // `adminid` is required, so `read` has refused a request without it.
    let target = AdminId(context.read::<MoveTarget>()?.adminid.or_default());
    let change = async |cmd: Command<'_>| {
        // Read the customer first, so that the message names the row that was not found: customer
        // or owner.
        customers::get(cmd.view(), by.manager().scope(), &reference).await?;
        context.note_requested(&target);
        customers::move_to(cmd, &by, &reference, target).await
    };
    reply_with(CustomerRow::for_manager(
        &context.call.app.change(context.call.origin, change).await?,
        None,
    ))
}

/// Reads the reference to a customer. Customers can only refer to themselves; the error does not
/// reveal whether another account exists.
fn read_customer_reference(context: &Context<'_>) -> Result<CustomerRef, CommandError> {
    let CustomerReference { id, loginname } = context.read()?;
    let sent_name = loginname.as_ref().map(|name| name.0.clone());
    let reference = match context::read_reference(context, &id, &loginname, "loginname")? {
        RowReference::Id(id) => CustomerRef::Id(CustomerId(id)),
        RowReference::Name(name) => CustomerRef::Login(name),
    };
    if let Actor::Customer(by) = context.call.actor {
        let is_own_name = |name: &str| login_name::key(name) == login_name::key(by.login_name());
        let is_self = match &reference {
            CustomerRef::Id(id) => {
                *id == by.id() && sent_name.is_none_or(|name| name.is_empty() || is_own_name(&name))
            }
            CustomerRef::Login(name) => is_own_name(name),
        };
        if !is_self {
            return Err(Failure::new(401, ValidationError::new(ErrorCode::NotYourself)).into());
        }
        return Ok(CustomerRef::Id(by.id()));
    }
    Ok(reference)
}
