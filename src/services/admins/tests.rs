//! Tests of the commands on admins, with a database.

use super::*;
use crate::app::App;
use crate::{
    Command, EntryPoint, Env, Noun, Origin, Outcome, ServiceError, customers, passwords, plans,
};
use auth::accounts;
use auth::actor::{Actor, Manager, ServerAdmin};
use auth::password::{HashCost, PasswordHasher};
use auth::seal::{Sealer, SecretKey};
use config::TrustedProxies;
use db::admins::{Reservation, release};
use domain::admin::{Admin, AdminRef};
use domain::clock::ManualClock;
use domain::customer::{CustomerRef, FileRemoval};
use domain::email::Email;
use domain::id::{AdminId, LoginId};
use domain::random::SeededRandom;
use domain::request::{Received, Request};
use domain::resources::{Amounts, Resource};
use domain::validation::{ErrorCode, ValidationError};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use test_databases::database::TestDatabase;

const PASSWORD: &str = "Str0ng-Passw0rd";

struct Fixture {
    app: App,
    admin: ServerAdmin,
    _dir: TempDir,
    _database: TestDatabase,
}

fn origin() -> Origin {
    // Changes at the command line need no password confirmation. The panel's confirmation has its
    // own tests.
    Origin { entry_point: EntryPoint::Cli, address: String::new(), acting: None }
}

fn received<R: Request>(value: Value) -> Received<R> {
    let Value::Object(map) = value else { panic!("the value must be an object") };
    Received::new(map)
}

fn named(name: &str) -> AdminRef {
    AdminRef::Login(name.to_owned())
}

/// Returns the codes of the validation errors by field, or of the refusal.
fn codes<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<(String, &'static str)> {
    match outcome {
        Err(ServiceError::Invalid(errors)) => errors
            .iter()
            .flat_map(|(field, list)| {
                list.iter().map(|error| (field.to_owned(), error.code.as_str()))
            })
            .collect(),
        Err(ServiceError::Refused(error)) => vec![(String::new(), error.code.as_str())],
        other => panic!("{other:?}"),
    }
}

fn single_code(field: &str, code: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), code)]
}

impl Fixture {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (db, database) = test_databases::open(dir.path()).await;
        let env = Env {
            clock: Arc::new(ManualClock::default()),
            random: Arc::new(SeededRandom::new(7)),
            hasher: PasswordHasher::new(HashCost::CheapForTests),
            sealer: Sealer::new(&SecretKey::new(&"k".repeat(32).into()).unwrap()),
            homes_dir: dir.path().join("homes"),
            hooks_dir: dir.path().join("hooks"),
            public_url: "http://panel.example/".to_owned(),
            min_response_time: std::time::Duration::ZERO,
        };
        let app = App::new(db, env, TrustedProxies::default());
        let settings = app.open_view().await.unwrap().settings;
        let password =
            passwords::prepare(&app.env, &settings, "password", None, None).await.unwrap();
        let email = Email::parse("boss@host.example").unwrap();
        let new =
            AdminToCreate { login_name: "admin".to_owned(), email, reseller: false, password };
        let admin = app
            .change(&origin(), async |cmd: Command<'_>| create_as_system(cmd, &new).await)
            .await
            .unwrap();
        let admin = manager(&app, admin.login).await.as_server_admin().unwrap();
        Self { app, admin, _dir: dir, _database: database }
    }

    async fn add(&self, name: &str, extra: Value) -> Outcome<Admin> {
        let mut fields = json!({
            "new_loginname": name, "admin_password": PASSWORD, "name": "Some One", "email": format!("{name}@admins.example"),
        });
        for (key, value) in extra.as_object().unwrap() {
            fields[key] = value.clone();
        }
        let settings = self.app.open_view().await?.settings;
        let new = prepare(&self.app.env, &settings, received(fields)).await?;
        self.app.change(&origin(), async |cmd: Command<'_>| add(cmd, &self.admin, &new).await).await
    }

    async fn update_by(&self, by: &ServerAdmin, name: &str, fields: Value) -> Outcome<Admin> {
        let settings = self.app.open_view().await?.settings;
        let edit = prepare_edit(&self.app.env, &settings, received(fields), name).await?;
        self.app
            .change(&origin(), async |cmd: Command<'_>| update(cmd, by, &named(name), &edit).await)
            .await
    }

    async fn update(&self, name: &str, fields: Value) -> Outcome<Admin> {
        self.update_by(&self.admin, name, fields).await
    }

    async fn delete(&self, name: &str) -> Outcome<Admin> {
        self.app
            .change(&origin(), async |cmd: Command<'_>| {
                delete(cmd, &self.admin, &named(name)).await
            })
            .await
    }

    async fn add_customer(&self, by: &Manager, name: &str, extra: Value) -> Outcome<()> {
        let mut fields = json!({ "new_loginname": name, "email": format!("{name}@kunde.example"), "name": "Kunde" });
        for (key, value) in extra.as_object().unwrap() {
            fields[key] = value.clone();
        }
        let snapshot = self.app.open_view().await?;
        let new = customers::prepare(&self.app.env, snapshot.view(), received(fields)).await?;
        self.app
            .change(&origin(), async |cmd: Command<'_>| customers::add(cmd, by, &new).await)
            .await
            .map(|_| ())
    }

    /// Creates a session of the account.
    async fn sign_in(&self, login: LoginId, id: &str) {
        let now = self.app.env.clock.now();
        let end = now.checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
        let written = self
            .app
            .db
            .write(async |tx| db::sessions::insert(tx, id, Some(login), "{}", now, end).await)
            .await;
        written.unwrap();
    }

    async fn is_signed_in(&self, id: &str) -> bool {
        let now = self.app.env.clock.now();
        db::sessions::load(&self.app.db.reader(), id, now).await.unwrap().is_some()
    }
}

async fn manager(app: &App, login: LoginId) -> Manager {
    match accounts::find(&app.db.reader(), login).await.unwrap().unwrap().actor {
        Actor::Manager(manager) => manager,
        Actor::Customer(_) => panic!("an admin is a manager"),
    }
}

#[tokio::test]
async fn new_admins_may_sign_in_but_not_add_customers() {
    let fixture = Fixture::new().await;
    let admin = fixture.add("hannah", json!({})).await.unwrap();
    assert_eq!(admin.profile.quota, domain::admin::AssignableQuota::NONE);
    let profile = &admin.profile;
    assert!(
        profile.gui_access
            && !profile.api_allowed
            && !profile.customers_see_all
            && !profile.change_serversettings
    );
    assert_eq!(
        codes(
            fixture
                .add_customer(&manager(&fixture.app, admin.login).await, "kunde", json!({}))
                .await
                .map_err(|error| match error {
                    ServiceError::Exhausted(error) => ServiceError::Refused(error),
                    error => error,
                })
        ),
        single_code("", "customers-exhausted")
    );
}

#[tokio::test]
async fn login_names_and_emails_are_unique_across_accounts() {
    let fixture = Fixture::new().await;
    fixture.add_customer(fixture.admin.manager(), "kunde", json!({})).await.unwrap();
    assert_eq!(
        codes(fixture.add("KUNDE", json!({})).await),
        single_code("new_loginname", "loginname-exists")
    );
    assert_eq!(
        codes(fixture.add("anna", json!({ "email": "KUNDE@kunde.example" })).await),
        single_code("email", "email-of-customer")
    );
    assert_eq!(
        codes(fixture.add("anna", json!({ "email": "Boss@Host.example" })).await),
        single_code("email", "email-exists")
    );
    assert_eq!(
        codes(fixture.add("new", json!({})).await),
        single_code("new_loginname", "loginname-reserved")
    );
    assert_eq!(
        codes(fixture.add("root", json!({})).await),
        single_code("new_loginname", "loginname-system-account")
    );
    assert_eq!(
        codes(fixture.add("anna", json!({ "ipaddress": "-1" })).await),
        single_code("ipaddress", "parameter-unknown")
    );
    let errors = codes(
        fixture
            .add("x", json!({ "email": "x", "name": " ", "admin_password": "a", "diskspace": -5 }))
            .await,
    );
    let fields: Vec<&str> = errors.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["admin_password", "diskspace", "email", "name", "new_loginname"]);
}

#[tokio::test]
async fn limits_cannot_fall_below_assigned_amounts() {
    let fixture = Fixture::new().await;
    let limits = json!({ "customers": 5, "diskspace": 1000, "subdomains": 50, "traffic_ul": 1, "email_quota_ul": 1 });
    let admin = fixture.add("hannah", limits).await.unwrap();
    let hannah = manager(&fixture.app, admin.login).await;
    fixture
        .add_customer(
            &hannah,
            "kunde",
            json!({ "diskspace": 600, "subdomains": 20, "traffic_ul": 1 }),
        )
        .await
        .unwrap();
    assert_eq!(
        codes(fixture.update("hannah", json!({ "diskspace": 599 })).await),
        single_code("diskspace", "below-assigned")
    );
    assert_eq!(
        codes(fixture.update("hannah", json!({ "subdomains": 19 })).await),
        single_code("subdomains", "below-assigned")
    );
    assert_eq!(
        codes(fixture.update("hannah", json!({ "customers": 0 })).await),
        single_code("customers", "below-assigned")
    );
    assert_eq!(
        codes(fixture.update("hannah", json!({ "traffic": 5000 })).await),
        single_code("traffic", "handed-out-unlimited")
    );
    // If the provider disables mailbox quotas, those of all customers are unlimited, which does not
    // count as assigned.
    fixture
        .update(
            "hannah",
            json!({ "diskspace": 600, "subdomains": 20, "customers": 1, "email_quota": 10 }),
        )
        .await
        .unwrap();
    // An amount that exceeded its limit before, for example after an import, does not block other
    // changes.
    let mut excess = Amounts::default();
    excess[Resource::Diskspace] = 1 << 30;
    let reservation = Reservation { released: excess, ..Reservation::default() };
    fixture.app.db.write(async |tx| release(tx, admin.id, &reservation).await).await.unwrap();
    fixture.update("hannah", json!({ "name": "Hannah" })).await.unwrap();
}

#[tokio::test]
async fn admins_keep_their_own_access_and_one_server_admin_remains() {
    let fixture = Fixture::new().await;
    for (field, value) in [("deactivated", 1), ("gui_access", 0), ("change_serversettings", 0)] {
        assert_eq!(
            codes(fixture.update("admin", json!({ field: value })).await),
            single_code(field, "cannot-lock-out-self")
        );
    }
    assert_eq!(codes(fixture.delete("admin").await), single_code("", "cannot-delete-self"));
    let second = fixture.add("oliver", json!({ "change_serversettings": 1 })).await.unwrap();
    let oliver = manager(&fixture.app, second.login).await.as_server_admin().unwrap();
    // Both admins remove the right of the other at the same time: exactly one must fail.
    let (by_oliver, by_first) = tokio::join!(
        fixture.update_by(&oliver, "admin", json!({ "change_serversettings": 0 })),
        fixture.update_by(&fixture.admin, "oliver", json!({ "change_serversettings": 0 })),
    );
    assert!(by_oliver.is_ok() != by_first.is_ok(), "{by_oliver:?} {by_first:?}");
}

#[tokio::test]
async fn a_suspension_or_a_new_password_ends_sessions() {
    let fixture = Fixture::new().await;
    let admin = fixture.add("hannah", json!({})).await.unwrap();
    fixture.sign_in(admin.login, "first").await;
    fixture.update("hannah", json!({ "name": "Hannah" })).await.unwrap();
    assert!(fixture.is_signed_in("first").await);
    fixture.update("hannah", json!({ "deactivated": "1" })).await.unwrap();
    assert!(!fixture.is_signed_in("first").await);
    fixture.sign_in(admin.login, "second").await;
    let after =
        fixture.update("hannah", json!({ "admin_password": "Another-Passw0rd" })).await.unwrap();
    assert!(!fixture.is_signed_in("second").await);
    assert!(after.suspended && after.version > admin.version);
}

#[tokio::test]
async fn a_stale_edit_is_refused() {
    let fixture = Fixture::new().await;
    let seen = fixture.add("hannah", json!({})).await.unwrap().version;
    fixture.update("hannah", json!({ "name": "First", "version": seen })).await.unwrap();
    let outcome = fixture.update("hannah", json!({ "name": "Second", "version": seen })).await;
    assert!(matches!(outcome, Err(ServiceError::StaleOther)));
}

#[tokio::test]
async fn admins_with_customers_cannot_be_deleted() {
    let fixture = Fixture::new().await;
    let admin =
        fixture.add("hannah", json!({ "customers": 1, "email_quota_ul": 1 })).await.unwrap();
    let hannah = manager(&fixture.app, admin.login).await;
    fixture.add_customer(&hannah, "kunde", json!({})).await.unwrap();
    assert_eq!(codes(fixture.delete("hannah").await), single_code("", "admin-has-customers"));
    let customer_ref = CustomerRef::Login("kunde".to_owned());
    let origin = origin();
    fixture
        .app
        .change(&origin, async |cmd: Command<'_>| {
            customers::delete(cmd, &hannah, &customer_ref, FileRemoval::Keep).await
        })
        .await
        .unwrap();
    let plan = received(json!({ "name": "Mine" })).finish().unwrap();
    let plan = fixture
        .app
        .change(&origin, async |cmd: Command<'_>| plans::add(cmd, &hannah, &plan).await)
        .await
        .unwrap();
    fixture.delete("Hannah").await.unwrap();
    let snapshot = fixture.app.open_view().await.unwrap();
    assert!(matches!(
        get(snapshot.view(), &fixture.admin, &AdminRef::Id(admin.id)).await,
        Err(ServiceError::NotFound(_))
    ));
    assert!(matches!(
        plans::get(snapshot.view(), fixture.admin.manager(), plan.id).await,
        Err(ServiceError::NotFound(Noun::Plan))
    ));
    // The login name is free again.
    fixture.add("hannah", json!({})).await.unwrap();
}

/// If the counter is wrong or stale, the database counts the customers' rows.
#[tokio::test]
async fn a_refused_deletion_reports_the_actual_number_of_customers() {
    let fixture = Fixture::new().await;
    let admin =
        fixture.add("hannah", json!({ "customers": 2, "email_quota_ul": 1 })).await.unwrap();
    let hannah = manager(&fixture.app, admin.login).await;
    for name in ["first", "second"] {
        fixture.add_customer(&hannah, name, json!({})).await.unwrap();
    }
    let counted = Reservation { customers: 2, ..Reservation::default() };
    fixture.app.db.write(async |tx| release(tx, admin.id, &counted).await).await.unwrap();
    let Err(ServiceError::Refused(error)) = fixture.delete("hannah").await else {
        panic!("an admin with customers was deleted")
    };
    let expected = ValidationError::new(ErrorCode::AdminHasCustomers).with("count", 2_u64);
    assert_eq!(error, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_one_of_two_simultaneous_deletions_succeeds() {
    let fixture = Fixture::new().await;
    for _ in 0..5 {
        fixture.add("hannah", json!({})).await.unwrap();
        let (first, second) = tokio::join!(fixture.delete("hannah"), fixture.delete("hannah"));
        let other = if first.is_ok() { second } else { first };
        assert!(matches!(other, Err(ServiceError::NotFound(Noun::Admin))), "{other:?}");
    }
}

#[tokio::test]
async fn a_reseller_sees_their_own_plans_only() {
    let fixture = Fixture::new().await;
    let admin = fixture.add("hannah", json!({})).await.unwrap();
    let hannah = manager(&fixture.app, admin.login).await;
    let add = async |by: &Manager, fields: Value| {
        let patch = received(fields).finish()?;
        fixture
            .app
            .change(&origin(), async |cmd: Command<'_>| plans::add(cmd, by, &patch).await)
            .await
    };
    let own_plan =
        add(&hannah, json!({ "name": "Mine", "diskspace": 5, "phpenabled": 1 })).await.unwrap();
    let other_plan = add(fixture.admin.manager(), json!({ "name": "Theirs" })).await.unwrap();
    let snapshot = fixture.app.open_view().await.unwrap();
    assert!(matches!(
        plans::get(snapshot.view(), &hannah, other_plan.id).await,
        Err(ServiceError::NotFound(Noun::Plan))
    ));
    assert_eq!(
        plans::get(snapshot.view(), fixture.admin.manager(), own_plan.id).await.unwrap(),
        own_plan
    );
    let names = plans::names(snapshot.view(), &hannah, 10).await.unwrap();
    assert_eq!(*names, [(own_plan.id, "Mine".to_owned())]);
    let unknown = add(&hannah, json!({ "name": "X", "allowed_phpconfigs": [99] })).await;
    assert_eq!(codes(unknown), single_code("allowed_phpconfigs", "id-unknown"));
    assert_eq!(codes(add(&hannah, json!({ "name": " " })).await), single_code("name", "required"));
    assert_eq!(admin.id, AdminId(own_plan.owner.0));
}
