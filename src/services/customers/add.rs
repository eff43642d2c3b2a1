//! `Customers.add`: a new customer with his default FTP user and, if wanted, a standard subdomain.

use super::change::{CustomerPatch, PlanChoice};
use super::params::{self, NewInput};
use super::{allowance, grants, new_customer};
use crate::db::counters::{self, Counter};
use crate::db::customers::NewRow;
use crate::db::logins::{self, LoginKind};
use crate::db::{self, DbError};
use crate::domain::actor::{Actor, Manager, Scope};
use crate::domain::contact::Contact;
use crate::domain::customer::{Customer, CustomerRef};
use crate::domain::email::Email;
use crate::domain::event::Event;
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::id::{CustomerId, LoginId};
use crate::domain::login_name::LoginName;
use crate::domain::password::Person;
use crate::domain::quota::Quota;
use crate::services::audit::{self, Change, Target};
use crate::services::events;
use crate::services::jobs;
use crate::services::login_names;
use crate::services::mysql_accounts;
use crate::services::params::Params;
use crate::services::passwords::{self, Prepared};
use crate::services::settings::ProviderSettings;
use crate::services::{Command, Env, Outcome, ServiceError, View};

/// A customer to be added: read, checked as far as possible without the database, and his password hashed.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    pub(super) login_name: Option<LoginName>,
    pub(super) patch: CustomerPatch,
    pub(super) password: Prepared,
    pub(super) send_password: bool,
    pub(super) standard_subdomain: bool,
    pub(super) store_default_index: bool,
    pub(super) plan: Option<PlanChoice>,
}

/// Checks what the database has no say in, and hashes the password, before any transaction is opened.
///
/// # Errors
/// Every fault, by field.
pub async fn prepare(env: &Env, settings: &ProviderSettings, input: NewInput) -> Outcome<NewCustomer> {
    prepare_read(env, settings, input, FieldFaults::default()).await
}

/// Reads the parameters and prepares in one go, so that whoever fills in a form learns of all faults at once.
///
/// # Errors
/// Every fault, by field.
pub async fn prepare_params(env: &Env, settings: &ProviderSettings, params: Params) -> Outcome<NewCustomer> {
    let (input, faults) = params::read_new(params);
    prepare_read(env, settings, input, faults).await
}

async fn prepare_read(env: &Env, settings: &ProviderSettings, input: NewInput, faults: FieldFaults) -> Outcome<NewCustomer> {
    check_read(settings, input, faults, 0)?.hashed(env, settings).await
}

/// A customer to be added who is right as far as that can be told without the database; his password is not hashed yet.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) login_name: Option<LoginName>,
    pub(super) input: NewInput,
    pub(super) standard_subdomain: bool,
}

/// Checks what the database has no say in. Numbered login names up to `given_out` may be had again by whoever names them.
///
/// # Errors
/// Every fault, by field; those of the reading too.
pub(super) fn check_read(
    settings: &ProviderSettings,
    input: NewInput,
    mut faults: FieldFaults,
    given_out: i64,
) -> Result<Checked, FieldFaults> {
    let rules = settings.login_name_rules();
    let parse = |name: &str| login_names::unless_of_system(LoginName::parse_customer(name, &rules, given_out)?);
    let login_name = input.login_name.as_deref().map(|name| faults.keep("new_loginname", parse(name)));
    if !["name", "firstname", "company"].iter().any(|name| faults.has(name)) {
        let mut contact = Contact::of(input.patch.email.clone().unwrap_or_else(|| Email::stored(String::new())));
        for (name, line) in &input.patch.lines {
            contact.set_line(name, line.clone());
        }
        contact.check(&mut faults);
    }
    let person = Person { login: input.login_name.as_deref(), email: input.patch.email.as_ref().map(Email::as_str) };
    if let Some(typed) = &input.password
        && let Err(broken) = passwords::check(settings, "new_customer_password", typed, person)
    {
        faults.merge(broken);
    }
    let standard_subdomain = input.standard_subdomain.unwrap_or_else(|| settings.standard_subdomain_default());
    faults.or(Checked { login_name: login_name.flatten(), input, standard_subdomain })
}

impl Checked {
    /// Hashes his password, or makes one.
    ///
    /// # Errors
    /// That hashing failed.
    pub async fn hashed(mut self, env: &Env, settings: &ProviderSettings) -> Outcome<NewCustomer> {
        let (typed, name) = (self.input.password.take(), self.input.login_name.take());
        let password = passwords::prepare(env, settings, "new_customer_password", typed, name.as_deref()).await?;
        Ok(self.with(password))
    }

    /// With a password that is hashed already.
    pub fn with(self, password: Prepared) -> NewCustomer {
        NewCustomer {
            login_name: self.login_name,
            patch: self.input.patch,
            password,
            send_password: self.input.send_password,
            standard_subdomain: self.standard_subdomain,
            store_default_index: self.input.store_default_index,
            plan: self.input.plan,
        }
    }
}

/// Adds a customer. Row, FTP user and group, standard subdomain, the owner's counters, the audit row and the jobs for
/// his home and his mail: all of it or nothing.
///
/// # Errors
/// [`ServiceError::Exhausted`] when the manager may have no further customer; [`ServiceError::Invalid`] by field.
pub async fn add(cmd: Command<'_>, by: &Manager, new: &NewCustomer) -> Outcome<Customer> {
    let mail_quota = default_mail_quota(cmd.view(), by).await?;
    let profile = new_customer::profile(cmd.view(), by, &new.patch, new.plan, mail_quota).await?;
    let taking = allowance::taking(&profile.services.limits, cmd.settings.mail_quota_enabled());
    allowance::reserve(cmd, by.id(), &taking).await?;
    grants::check(cmd, by.id(), None, &profile).await?;
    let (login_name, login) = claim_name(cmd, new).await?;
    let document_root = cmd.env.homes_dir.join(login_name.as_str());
    if document_root.symlink_metadata().is_ok() {
        let fault = Fault::new("home-exists").with("path", document_root.display());
        return Err(ServiceError::field("new_loginname", fault));
    }
    let guid = counters::next(cmd.tx, Counter::Guid).await?;
    let document_root = format!("{}/", document_root.display());
    let row = NewRow { login, login_name: &login_name, owner: by.id(), profile: &profile, guid, document_root: &document_root };
    let id = db::customers::insert(cmd.tx, &row, cmd.at).await?;
    let ftp = db::ftp::DefaultFtp {
        customer: id,
        name: login_name.as_str(),
        password_hash: &new.password.ftp_hash,
        guid,
        home_dir: &document_root,
    };
    match db::ftp::insert_default(cmd.tx, &ftp, cmd.at).await {
        Err(DbError::Taken(_)) => return Err(ServiceError::field("new_loginname", Fault::new("loginname-exists"))),
        outcome => outcome?,
    }
    if new.standard_subdomain {
        add_standard_subdomain(cmd, id, &login_name, &document_root, profile.services.php).await?;
    }
    enqueue(cmd, new, id, &login_name, guid).await?;
    mysql_accounts::keep_password(cmd, id, &new.password.plain).await?;
    let customer = get(cmd, id).await?;
    mysql_accounts::changed(cmd, None, &customer).await?;
    let after = Some(audit::customer_snapshot(&customer).into());
    let change = Change { action: "customer.added", before: None, after };
    audit::record(cmd, &Actor::Manager(by.clone()), &Target::customer(&customer), change).await?;
    events::emit(cmd, &Event::Added, &customer).await?;
    Ok(customer)
}

/// What mailboxes of a new customer get unless told otherwise: the provider's default, but no more than the owner has left,
/// since a default must not be what makes an add fail.
///
/// # Errors
/// The database's.
pub async fn default_mail_quota(view: View<'_>, by: &Manager) -> Outcome<Quota> {
    let owner = db::admins::find(view.on, by.id()).await?.ok_or(ServiceError::NotFound("admin"))?;
    Ok(new_customer::mail_quota_of(view.settings, &owner))
}

/// The typed name, or the next number whose name is free.
async fn claim_name(cmd: Command<'_>, new: &NewCustomer) -> Outcome<(LoginName, LoginId)> {
    let name = match &new.login_name {
        Some(name) => name.clone(),
        None => next_name(cmd).await?,
    };
    match logins::insert(cmd.tx, name.as_str(), LoginKind::Customer, &new.password.panel_hash, cmd.at).await {
        Ok(login) => Ok((name, login)),
        Err(DbError::Taken(_)) if new.login_name.is_some() => Err(ServiceError::field("new_loginname", Fault::new("loginname-exists"))),
        // Somebody typed this very name a moment ago: run again, it is skipped then.
        Err(DbError::Taken(what)) => Err(DbError::Lost(what).into()),
        Err(error) => Err(error.into()),
    }
}

async fn next_name(cmd: Command<'_>) -> Outcome<LoginName> {
    let rules = cmd.settings.login_name_rules();
    loop {
        let number = counters::next(cmd.tx, Counter::AccountNumber).await?;
        let name = LoginName::numbered(number, &rules).map_err(|fault| ServiceError::field("new_loginname", fault))?;
        let home_taken = cmd.env.homes_dir.join(name.as_str()).symlink_metadata().is_ok();
        if !home_taken && !logins::is_taken(cmd.tx, name.as_str()).await? {
            return Ok(name);
        }
    }
}

/// Makes the standard subdomain `<login name>.<host>`; it takes nothing out of anybody's allowance.
///
/// # Errors
/// `domain-exists` of the field `createstdsubdomain`.
pub(super) async fn add_standard_subdomain(
    cmd: Command<'_>,
    customer: CustomerId,
    login_name: &LoginName,
    root: &str,
    php: bool,
) -> Outcome<()> {
    let name = new_customer::standard_subdomain_name(cmd.settings, login_name);
    let domain = db::domains::NewDomain { customer, name: &name, is_standard: true, document_root: root, php_enabled: php };
    match db::domains::insert(cmd.tx, &domain, cmd.at).await {
        Err(DbError::Taken(_)) => Err(ServiceError::field("createstdsubdomain", Fault::new("domain-exists").with("domain", name))),
        outcome => Ok(outcome.map(|_| ())?),
    }
}

async fn enqueue(cmd: Command<'_>, new: &NewCustomer, customer: CustomerId, login_name: &LoginName, guid: i64) -> Outcome<()> {
    for (job, secret) in new_customer::jobs_of(cmd.settings, new, customer, login_name, guid) {
        jobs::enqueue(cmd, &job, login_name.as_str(), secret).await?;
    }
    Ok(())
}

async fn get(cmd: Command<'_>, id: CustomerId) -> Outcome<Customer> {
    super::get(cmd.view(), Scope::All, &CustomerRef::Id(id)).await
}
