//! Admins, customers and other records for tests, created by the services.

use super::TestApp;
use clientele::auth::accounts;
use clientele::auth::actor::{Actor, CustomerSelf, Manager, ServerAdmin};
use clientele::domain::admin::Admin;
use clientele::domain::customer::{Customer, CustomerRef, FileRemoval};
use clientele::domain::email::Email;
use clientele::domain::id::AdminId;
use clientele::domain::query::{Column, CustomerQuery, Direction, parse_search};
use clientele::domain::request::{Received, Request};
use clientele::domain::validation::FieldErrors;
use clientele::services::admins::{self, AdminToCreate};
use clientele::services::customers::SuspendCustomer;
use clientele::services::{Command, Outcome, ServiceError, customers, demo, passwords};
use serde_json::{Value, json};

/// The password of every account that a test creates.
pub const PASSWORD: &str = "Correct-horse-7";

/// Returns a reference to the customer with this login name.
pub fn named(login_name: &str) -> CustomerRef {
    CustomerRef::Login(login_name.to_owned())
}

/// Reads a request from an object, like the API.
pub fn received<R: Request>(value: Value) -> Received<R> {
    let Value::Object(map) = value else { panic!("parameters are an object: {value}") };
    Received::new(map)
}

/// Returns the fields with validation errors and their codes, such as `email: required`.
pub fn errors(error: &ServiceError) -> Vec<String> {
    let ServiceError::Invalid(errors) = error else { panic!("no validation errors: {error:?}") };
    list(errors)
}

/// Returns the fields with validation errors and their codes, such as `email: required`.
pub fn list(errors: &FieldErrors) -> Vec<String> {
    errors
        .iter()
        .flat_map(|(field, list)| list.iter().map(move |error| format!("{field}: {}", error.code)))
        .collect()
}

/// Asserts a failure. Returns its validation errors.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    errors(&outcome.expect_err("this must be refused"))
}

impl TestApp {
    /// Creates an unlimited server admin.
    pub async fn make_admin(&self, login_name: &str) -> Admin {
        self.create_as_system(login_name, false).await
    }

    /// Creates a reseller. `limits` are the columns of their quotas that are not unlimited, in the
    /// units of the database, such as `[("customers", 10)]`.
    pub async fn reseller(&self, login_name: &str, limits: &[(&str, i64)]) -> Admin {
        let admin = self.create_as_system(login_name, true).await;
        self.limit(login_name, limits).await;
        admin
    }

    /// Sets limits of an admin, in the units of the database (bytes).
    pub async fn limit(&self, login_name: &str, limits: &[(&str, i64)]) {
        for (column, value) in limits {
            let changed = self
                .sql(&format!(
                    "UPDATE admins SET {column} = {value} WHERE login_name = '{login_name}'"
                ))
                .await;
            assert_eq!(changed, 1);
        }
    }

    async fn create_as_system(&self, login_name: &str, reseller: bool) -> Admin {
        let snapshot = self.app.open_view().await.unwrap();
        let password = passwords::prepare(
            &self.app.env,
            &snapshot.settings,
            "password",
            Some(PASSWORD.into()),
            Some(login_name),
        )
        .await
        .unwrap();
        let email = Email::parse(&format!("{login_name}@provider.example")).unwrap();
        let new = AdminToCreate { login_name: login_name.to_owned(), email, reseller, password };
        let admin = self
            .app
            .change(&Self::origin(), async |cmd: Command<'_>| {
                admins::create_as_system(cmd, &new).await
            })
            .await
            .unwrap();
        self.sql(&format!("UPDATE admins SET name = 'The {login_name}' WHERE id = {}", admin.id.0))
            .await;
        admin
    }

    /// Returns the actor of an account.
    pub async fn actor(&self, login_name: &str) -> Actor {
        let snapshot = self.app.open_view().await.unwrap();
        let login = db::logins::find_by_name(snapshot.view().on, login_name)
            .await
            .unwrap()
            .expect("no account with this name");
        accounts::find(snapshot.view().on, login.id).await.unwrap().expect("no account").actor
    }

    /// Returns the account as a manager. Panics for a customer.
    pub async fn manager(&self, login_name: &str) -> Manager {
        match self.actor(login_name).await {
            Actor::Manager(manager) => manager,
            Actor::Customer(_) => panic!("{login_name} is a customer"),
        }
    }

    /// Returns the account as a server admin. Panics for other accounts.
    pub async fn server_admin(&self, login_name: &str) -> ServerAdmin {
        self.manager(login_name).await.as_server_admin().expect("no server admin")
    }

    /// Returns the account as a customer. Panics for a manager.
    pub async fn customer_self(&self, login_name: &str) -> CustomerSelf {
        match self.actor(login_name).await {
            Actor::Customer(customer) => customer,
            Actor::Manager(_) => panic!("{login_name} is a manager"),
        }
    }

    /// Runs `Customers.add`.
    pub async fn add(&self, by: &str, parameters: Value) -> Outcome<Customer> {
        let by = self.manager(by).await;
        let snapshot = self.app.open_view().await?;
        let new = customers::prepare(&self.app.env, snapshot.view(), received(parameters)).await?;
        self.app
            .change(&Self::origin(), async |cmd: Command<'_>| customers::add(cmd, &by, &new).await)
            .await
    }

    /// Adds a customer of `admin` with the required fields only. Their password is [`PASSWORD`].
    pub async fn customer(&self, login_name: &str) -> Customer {
        self.customer_of("admin", login_name).await
    }

    /// Adds a customer of this owner with the required fields only.
    pub async fn customer_of(&self, owner: &str, login_name: &str) -> Customer {
        self.add(owner, minimal(login_name)).await.unwrap()
    }

    /// Runs `Customers.get` within the scope of an admin.
    pub async fn get(&self, by: &str, login_name: &str) -> Outcome<Customer> {
        let scope = self.actor(by).await.scope();
        let snapshot = self.app.open_view().await?;
        customers::get(snapshot.view(), scope, &named(login_name)).await
    }

    /// Runs `Customers.update`.
    pub async fn update(&self, by: &str, login_name: &str, parameters: Value) -> Outcome<Customer> {
        let by = self.manager(by).await;
        let snapshot = self.app.open_view().await?;
        let edit = customers::prepare_edit(
            &self.app.env,
            &snapshot.settings,
            &by,
            received(parameters),
            Some(login_name),
        )
        .await?;
        self.app
            .change(&Self::origin(), async |cmd: Command<'_>| {
                customers::update(cmd, &by, &named(login_name), &edit).await
            })
            .await
    }

    /// Runs `Customers.delete`.
    pub async fn delete(
        &self,
        by: &str,
        login_name: &str,
        files: FileRemoval,
    ) -> Outcome<Customer> {
        let by = self.manager(by).await;
        self.app
            .change(&Self::origin(), async |cmd: Command<'_>| {
                customers::delete(cmd, &by, &named(login_name), files).await
            })
            .await
    }

    /// Runs `Customers.unlock`.
    pub async fn unlock(&self, by: &str, login_name: &str) -> Outcome<Customer> {
        let by = self.manager(by).await;
        self.app
            .change(&Self::origin(), async |cmd: Command<'_>| {
                customers::unlock(cmd, &by, &named(login_name)).await
            })
            .await
    }

    /// Runs `Customers.move`.
    pub async fn move_to(&self, by: &str, login_name: &str, to: AdminId) -> Outcome<Customer> {
        let by = self.server_admin(by).await;
        self.app
            .change(&Self::origin(), async |cmd: Command<'_>| {
                customers::move_to(cmd, &by, &named(login_name), to).await
            })
            .await
    }

    /// Suspends or resumes a customer.
    pub async fn suspend(&self, by: &str, login_name: &str, suspended: bool) -> Outcome<Customer> {
        let by = self.manager(by).await;
        let customer = named(login_name);
        self.app
            .change(&Self::origin(), async |cmd: Command<'_>| {
                if suspended {
                    customers::suspend(cmd, &by, &customer, &SuspendCustomer::default()).await
                } else {
                    customers::resume(cmd, &by, &customer).await
                }
            })
            .await
    }

    /// Returns the login names that a search finds, sorted.
    pub async fn find(&self, by: &str, search: &str) -> Vec<String> {
        let by = self.manager(by).await;
        let snapshot = self.app.open_view().await.unwrap();
        let filter =
            parse_search(search, None).unwrap_or_else(|errors| panic!("{search}: {errors:?}"));
        let listing = CustomerQuery {
            filter,
            order: vec![(Column::LoginName, Direction::Ascending)],
            limit: 100,
            offset: 0,
        };
        let page = customers::listing(snapshot.view(), &by, &listing).await.unwrap();
        assert_eq!(page.total, page.items.len() as u64, "{search}");
        page.items.iter().map(|customer| customer.login_name.to_string()).collect()
    }

    /// Adds a hosting plan and returns its id. `columns` have their values in SQL. All other limits
    /// are 0.
    pub async fn plan(&self, owner: &str, name: &str, columns: &[(&str, &str)]) -> i64 {
        let limits = [
            "diskspace",
            "traffic",
            "subdomains",
            "emails",
            "email_accounts",
            "email_forwarders",
            "email_quota",
            "ftps",
            "mysqls",
        ];
        let value = |column: &&str| {
            columns.iter().find(|(known, _)| known == column).map_or("0", |(_, value)| value)
        };
        let values: Vec<&str> = limits.iter().map(value).collect();
        let switches: Vec<&(&str, &str)> =
            columns.iter().filter(|(column, _)| !limits.contains(column)).collect();
        let (more_names, more_values): (String, String) = switches
            .iter()
            .map(|(name, value)| (format!(", {name}"), format!(", {value}")))
            .unzip();
        self.sql(&format!(
            "INSERT INTO plans (owner_id, name, description, created_at, updated_at, {}{more_names}) \
             SELECT id, '{name}', '', 0, 0, {}{more_values} FROM admins WHERE login_name = '{owner}'",
            limits.join(", "),
            values.join(", ")
        ))
        .await;
        self.number("SELECT MAX(id) FROM plans").await
    }

    /// Adds demo customers with resellers and plans. Some customers are suspended, and some are
    /// locked.
    pub async fn add_demo_customers(&self, customers: u64) {
        let (settings, origin) = (self.app.open_view().await.unwrap().settings, Self::origin());
        let password =
            passwords::prepare(&self.app.env, &settings, "password", None, None).await.unwrap();
        let mut generator = self
            .app
            .change(&origin, async |cmd: Command<'_>| demo::begin(cmd, customers, &password).await)
            .await
            .unwrap();
        loop {
            let batch = generator.next_batch();
            if batch.is_empty() {
                break;
            }
            self.app
                .change(&origin, async |cmd: Command<'_>| demo::load(cmd, &batch, &password).await)
                .await
                .unwrap();
        }
    }

    /// Sets a setting of the provider.
    pub async fn set(&self, name: &str, value: &str) {
        let now = self.now();
        let outcome =
            self.app.db.write(async |tx| db::settings::set(tx, name, value, now).await).await;
        outcome.unwrap_or_else(|error: db::DbError| panic!("{error}"));
    }

    /// Returns a line for every admin whose counters differ from the sums over their customers.
    pub async fn wrong_counters(&self) -> Vec<String> {
        let snapshot = self.app.open_view().await.unwrap();
        let all = db::health::admins_with_sums(snapshot.view().on).await.unwrap();
        let wrong = all.into_iter().filter(|(admin, sums)| admin.assigned != *sums);
        wrong
            .map(|(admin, sums)| {
                format!("{}: {:?} is not {sums:?}", admin.login_name, admin.assigned)
            })
            .collect()
    }

    /// Asserts that every admin's counters equal the sums over their customers.
    pub async fn assert_counters(&self) {
        assert_eq!(self.wrong_counters().await, Vec::<String>::new());
    }
}

/// Returns the required parameters of a customer, with a login name and a password.
pub fn minimal(login_name: &str) -> Value {
    json!({
        "new_loginname": login_name,
        "email": format!("{login_name}@customer.example"),
        "company": format!("{login_name} Ltd"),
        "new_customer_password": PASSWORD,
    })
}

/// Returns the required parameters of a customer and these additional ones.
pub fn with(login_name: &str, more: Value) -> Value {
    let (Value::Object(mut all), Value::Object(more)) = (minimal(login_name), more) else {
        panic!("objects")
    };
    all.extend(more);
    all.into()
}
