//! `Customers.add`: creates a customer with a default FTP user and, if requested, a standard
//! subdomain.

use super::new_customer::NewCustomer;
use super::requests::AddCustomer;
use super::{grants, new_customer, owner_quota};
use crate::audit::{self, Action, Change, Target};
use crate::events;
use crate::jobs;
use crate::machine::Machine;
use crate::mysql_accounts;
use crate::passwords::{self, HashedPassword};
use crate::settings::ProviderSettings;
use crate::{Command, Env, Noun, Outcome, ServiceError, View};
use auth::actor::{Actor, Manager};
use db::DbError;
use db::counters::{self, Counter};
use db::customers::NewCustomerRow;
use db::logins::{self, LoginKind};
use domain::contact::Contact;
use domain::customer::{Customer, CustomerRef};
use domain::email::Email;
use domain::event::Event;
use domain::id::{CustomerId, LoginId};
use domain::login_name::LoginName;
use domain::password::Person;
use domain::quota::Quota;
use domain::request::Received;
use domain::scope::Scope;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use std::sync::Arc;

/// Runs the checks that need no transaction, looks up home directories and system accounts on this
/// machine, and hashes the password.
///
/// # Errors
/// All validation errors, including those of reading the request.
pub async fn prepare(
    env: &Env,
    view: View<'_>,
    received: Received<AddCustomer>,
) -> Outcome<NewCustomer> {
    let typed: Vec<String> =
        received.request.login_name().into_iter().map(ToOwned::to_owned).collect();
    let numbered = usize::from(typed.is_empty());
    let machine =
        Machine::snapshot(env, view.on, &view.settings.login_name_rules(), typed, numbered).await?;
    check(view.settings, received, 0, &Arc::new(machine))?.hash_password(env, view.settings).await
}

/// A customer to be added, after all checks that need no transaction. The password is not hashed
/// yet.
#[derive(Clone, Debug)]
pub(super) struct CheckedCustomer {
    pub(super) request: AddCustomer,
    pub(super) login_name: Option<LoginName>,
    pub(super) standard_subdomain: bool,
    pub(super) machine: Arc<Machine>,
}

/// Checks a request as far as possible without the database. `machine` holds the system accounts
/// with the requested names.
///
/// Numbered login names up to `last_number` are accepted when typed. The program has already
/// assigned these numbers and never assigns them again.
///
/// # Errors
/// All validation errors, including those of reading the request.
pub(super) fn check(
    settings: &ProviderSettings,
    received: Received<AddCustomer>,
    last_number: i64,
    machine: &Arc<Machine>,
) -> Result<CheckedCustomer, FieldErrors> {
    let Received { request, mut errors } = received;
    let rules = settings.login_name_rules();
    let parse = |name: &str| {
        machine.reject_system_account(LoginName::parse_customer(name, &rules, last_number)?)
    };
    let login_name =
        request.login_name().map(|name| errors.value_or_add("new_loginname", parse(name)));
    if !["name", "firstname", "company"].iter().any(|name| errors.has(name)) {
        let mut contact = Contact::of(
            request.email.as_ref().cloned().unwrap_or_else(|| Email::stored(String::new())),
        );
        request.contact.apply(&mut contact);
        contact.check(&mut errors);
    }
    let person =
        Person { login: request.login_name(), email: request.email.as_ref().map(Email::as_str) };
    passwords::check_sent(
        settings,
        "new_customer_password",
        &request.new_customer_password,
        person,
        &mut errors,
    );
    let standard_subdomain = request
        .createstdsubdomain
        .as_ref()
        .copied()
        .unwrap_or_else(|| settings.standard_subdomain_default());
    errors.into_result(CheckedCustomer {
        login_name: login_name.flatten(),
        request,
        standard_subdomain,
        machine: machine.clone(),
    })
}

impl CheckedCustomer {
    /// Hashes the password that was sent, or generates one.
    ///
    /// # Errors
    /// Validation errors of the password, or a failure of the hasher.
    pub async fn hash_password(
        mut self,
        env: &Env,
        settings: &ProviderSettings,
    ) -> Outcome<NewCustomer> {
        let typed = std::mem::take(&mut self.request.new_customer_password).value();
        let name = self.request.login_name();
        let password =
            passwords::prepare(env, settings, "new_customer_password", typed, name).await?;
        Ok(self.with_password(password))
    }

    /// Returns the customer with a password that is already hashed.
    pub fn with_password(self, password: HashedPassword) -> NewCustomer {
        let Self { request, login_name, standard_subdomain, machine } = self;
        NewCustomer { request, login_name, password, standard_subdomain, machine }
    }
}

/// Adds a customer. Customer row, FTP user and group, standard subdomain, the owner's counters,
/// audit entry, events and jobs are written together or not at all.
///
/// # Errors
/// [`ServiceError::Exhausted`] if the manager has reached their limit of customers;
/// [`ServiceError::Invalid`] with validation errors by field; [`ServiceError::Refused`] with `busy`
/// if the next numbered name was not looked up on this machine.
pub async fn add(cmd: Command<'_>, by: &Manager, new: &NewCustomer) -> Outcome<Customer> {
    let profile = new_customer::combine_profile(cmd.view(), by, &new.request).await?;
    let reservation =
        owner_quota::reservation_for(&profile.services.limits, cmd.settings.mail_quota_enabled());
    owner_quota::reserve(cmd, by.id(), &reservation).await?;
    grants::check(cmd, by.id(), None, &profile).await?;
    let (login_name, login) = claim_name(cmd, new).await?;
    let document_root = cmd.env.homes_dir.join(login_name.as_str());
    if new.machine.has_home(&login_name)? {
        let error = ValidationError::new(ErrorCode::HomeExists)
            .with("path", document_root.display().to_string());
        return Err(ServiceError::field("new_loginname", error));
    }
    let guid = counters::next(cmd.tx, Counter::Guid).await?;
    let document_root = format!("{}/", document_root.display());
    let row = NewCustomerRow {
        login,
        login_name: &login_name,
        owner: by.id(),
        profile: &profile,
        guid,
        document_root: &document_root,
    };
    let id = db::customers::insert(cmd.tx, &row, cmd.at).await?;
    let ftp = db::ftp::DefaultFtp {
        customer: id,
        name: login_name.as_str(),
        password_hash: &new.password.ftp_hash,
        guid,
        home_dir: &document_root,
    };
    match db::ftp::insert_default(cmd.tx, &ftp, cmd.at).await {
        Err(DbError::UniqueViolation(_)) => {
            return Err(ServiceError::field(
                "new_loginname",
                ValidationError::new(ErrorCode::LoginnameExists),
            ));
        }
        outcome => outcome?,
    }
    if new.standard_subdomain {
        add_standard_subdomain(cmd, id, &login_name, &document_root, profile.services.php).await?;
    }
    enqueue_jobs(cmd, new, id, &login_name, guid).await?;
    mysql_accounts::store_password(cmd, id, &new.password.plain).await?;
    let customer = get(cmd, id).await?;
    mysql_accounts::sync_after_change(cmd, None, &customer).await?;
    let after = Some(audit::customer_snapshot(&customer).into());
    let change = Change { action: Action::CustomerAdded, before: None, after };
    audit::record(cmd, &Actor::Manager(by.clone()), &Target::customer(&customer), change).await?;
    events::emit(cmd, &Event::Added, &customer).await?;
    Ok(customer)
}

/// Returns the default mailbox quota of a new customer. This is the provider's default, but at most
/// the owner's remaining quota: a default value must not make adding a customer fail.
pub async fn default_mail_quota(view: View<'_>, by: &Manager) -> Outcome<Quota> {
    let owner =
        db::admins::find(view.on, by.id()).await?.ok_or(ServiceError::NotFound(Noun::Admin))?;
    Ok(new_customer::default_mail_quota_for(view.settings, &owner))
}

/// Inserts a login with the requested name, or with the next numbered name that is free.
async fn claim_name(cmd: Command<'_>, new: &NewCustomer) -> Outcome<(LoginName, LoginId)> {
    let name = match &new.login_name {
        Some(name) => name.clone(),
        None => next_name(cmd, &new.machine).await?,
    };
    match logins::insert(
        cmd.tx,
        name.as_str(),
        LoginKind::Customer,
        &new.password.panel_hash,
        cmd.at,
    )
    .await
    {
        Ok(login) => Ok((name, login)),
        Err(DbError::UniqueViolation(_)) if new.login_name.is_some() => Err(ServiceError::field(
            "new_loginname",
            ValidationError::new(ErrorCode::LoginnameExists),
        )),
        // Another request has just taken the numbered name. The transaction runs again and skips
        // the name.
        Err(DbError::UniqueViolation(error)) => Err(DbError::Conflict(error).into()),
        Err(error) => Err(error.into()),
    }
}

async fn next_name(cmd: Command<'_>, machine: &Machine) -> Outcome<LoginName> {
    let rules = cmd.settings.login_name_rules();
    loop {
        let number = counters::next(cmd.tx, Counter::AccountNumber).await?;
        let name = LoginName::numbered(number, &rules)
            .map_err(|error| ServiceError::field("new_loginname", error))?;
        if !machine.has_home(&name)? && !logins::is_taken(cmd.tx, name.as_str()).await? {
            return Ok(name);
        }
    }
}

/// Adds the standard subdomain of a customer. It does not count toward anyone's quota.
///
/// # Errors
/// `domain-exists` for the field `createstdsubdomain`.
pub(super) async fn add_standard_subdomain(
    cmd: Command<'_>,
    customer: CustomerId,
    login_name: &LoginName,
    document_root: &str,
    php_enabled: bool,
) -> Outcome<()> {
    let name = new_customer::standard_subdomain_name(cmd.settings, login_name);
    let domain = db::domains::NewDomain {
        customer,
        name: &name,
        is_standard: true,
        document_root,
        php_enabled,
    };
    match db::domains::insert(cmd.tx, &domain, cmd.at).await {
        Err(DbError::UniqueViolation(_)) => Err(ServiceError::field(
            "createstdsubdomain",
            ValidationError::new(ErrorCode::DomainExists).with("domain", name),
        )),
        outcome => Ok(outcome.map(|_| ())?),
    }
}

async fn enqueue_jobs(
    cmd: Command<'_>,
    new: &NewCustomer,
    customer: CustomerId,
    login_name: &LoginName,
    guid: i64,
) -> Outcome<()> {
    for (job, secret) in new_customer::jobs_of(cmd.settings, new, customer, login_name, guid) {
        jobs::enqueue(cmd, &job, login_name.as_str(), secret).await?;
    }
    Ok(())
}

async fn get(cmd: Command<'_>, id: CustomerId) -> Outcome<Customer> {
    super::get(cmd.view(), Scope::All, &CustomerRef::Id(id)).await
}
