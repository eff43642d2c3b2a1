//! Tests of `demo` and `doctor`, on databases in temporary directories.

use super::{demo, doctor, setup};
use auth::actor::Actor;
use config::Settings;
use db::Tx;
use db::admins::Reservation;
use db::jobs::{ClaimFilter, NewJob};
use domain::customer::Customer;
use domain::quota::Quota;
use domain::request::Received;
use domain::resources::Resource;
use domain::scope::Scope;
use domain::validation::ErrorCode;
use serde_json::json;
use services::app::App;
use services::jobs::kinds::KINDS;
use services::{Command, ServiceError, customers};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use tempfile::TempDir;

fn settings(directory: &TempDir, extra: &'static [(&'static str, &'static str)]) -> Settings {
    let data = directory.path().join("data").display().to_string();
    let value = |name: &str| match name {
        "CLIENTELE_DATA_DIR" => Some(data.clone()),
        _ => extra.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()),
    };
    Settings::load(None, value).unwrap()
}

async fn filled_app(directory: &TempDir, customers: u64) -> App {
    let app = setup::setup(&settings(directory, &[]), String::new()).await.unwrap().app;
    demo::fill(&app, customers, |_, _| ()).await.unwrap();
    app
}

async fn all_customers(app: &App) -> Vec<Customer> {
    let mut all = Vec::new();
    for id in 1..=1_000 {
        all.extend(
            db::customers::find_unscoped(&app.db.reader(), domain::id::CustomerId(id))
                .await
                .unwrap(),
        );
    }
    all
}

#[tokio::test]
async fn demo_data_is_consistent_and_reproducible() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (app, second) = (filled_app(&one, 300).await, filled_app(&two, 300).await);
    assert_eq!(doctor::examine(&settings(&one, &[])).await, Vec::<String>::new());
    let (customers, expected) = (all_customers(&app).await, all_customers(&second).await);
    assert_eq!(customers.len(), 300);
    for (customer, expected) in customers.iter().zip(&expected) {
        assert_eq!(
            (&customer.login_name, &customer.profile),
            (&expected.login_name, &expected.profile)
        );
        assert!(customer.created_at <= app.env.clock.now());
    }
    assert!(customers.iter().filter(|customer| customer.suspended).count() > 5);
    let Err(ServiceError::Refused(error)) = demo::fill(&app, 1, |_, _| ()).await else {
        panic!("only into an empty database")
    };
    assert_eq!(error.code, ErrorCode::DemoNotEmpty);
}

#[tokio::test]
async fn new_customers_are_numbered_after_demo_customers() {
    let directory = tempfile::tempdir().unwrap();
    let app = filled_app(&directory, 40).await;
    let admin = db::admins::find_by_login_name(&app.db.reader(), "admin").await.unwrap().unwrap();
    let account = auth::accounts::find(&app.db.reader(), admin.login).await.unwrap().unwrap();
    let Actor::Manager(by) = account.actor else { panic!("an admin is a manager") };
    let fields = [("email", "ann@kunde.example"), ("company", "Ann")]
        .map(|(name, value)| (name.to_owned(), json!(value)));
    let received = Received::new(fields.into_iter().collect());
    let new = customers::prepare(&app.env, app.open_view().await.unwrap().view(), received)
        .await
        .unwrap();
    let added = app
        .change(&setup::origin(), async |cmd: Command<'_>| customers::add(cmd, &by, &new).await)
        .await
        .unwrap();
    assert_eq!((added.login_name.as_str(), added.guid), ("web41", 10_040));
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn doctor_finds_each_error() {
    let directory = tempfile::tempdir().unwrap();
    let app = filled_app(&directory, 120).await;
    let data = directory.path().join("data");
    let (admins, _) =
        db::admins::list(&app.db.reader(), &domain::query::ListQuery::page("", 100, 0))
            .await
            .unwrap();
    let admin = admins.iter().find(|admin| admin.login_name.as_str() == "admin").unwrap();
    let customers = all_customers(&app).await;
    assert!(customers.iter().any(|customer| customer.owner == admin.id
        && customer.profile.services.limits[Resource::Mysqls].is_unlimited()));
    let without_home = &customers[0];
    let now = app.env.clock.now();
    app.db
        .write(async |tx: &Tx| {
            let mut limited = admin.profile.clone();
            limited.quota.limits[Resource::Mysqls] = Quota::Limited(1_000_000);
            assert!(db::admins::update(tx, admin, &limited, false, now).await?);
            db::admins::release(
                tx,
                admin.id,
                &Reservation { customers: 1, domains: 2, ..Reservation::default() },
            )
            .await?;
            for (kind, fails) in [(KINDS[0], false), (KINDS[2], true)] {
                let (customer, subject, payload) =
                    (Some(without_home.id), "x".to_owned(), "{}".to_owned());
                db::jobs::enqueue(
                    tx,
                    NewJob { kind, order: None, customer, subject, payload, sealed: None },
                    now,
                )
                .await?;
                let job = db::jobs::claim(
                    tx,
                    ClaimFilter { kinds: KINDS, now, skip_locked: false },
                    "lease",
                    now,
                )
                .await?
                .unwrap();
                if fails {
                    db::jobs::give_up(tx, job.id, "lease", "no", now).await?;
                } else {
                    db::jobs::mark_done(tx, job.id, "lease", now).await?;
                }
            }
            Ok::<_, db::DbError>(())
        })
        .await
        .unwrap();
    chmod(&data, 0o755);
    chmod(&data.join("secret.key"), 0o644);
    chmod(&data.join("clientele.db"), 0o640);
    fs::create_dir(data.join("hooks")).unwrap();
    fs::write(data.join("hooks/10-open"), "#!/bin/sh").unwrap();
    chmod(&data.join("hooks/10-open"), 0o777);
    let errors =
        doctor::examine(&settings(&directory, &[("CLIENTELE_SMTP_URL", "smtp://127.0.0.1:9")]))
            .await;
    for part in [
        "the data directory",
        "the secret key",
        "the database",
        "the counter customers of admin is",
        "the counter domains of admin is",
        "admin has a limit for mysqls",
        "1 job was given up",
        &format!("1 home directory is missing, such as that of {}", without_home.login_name),
        "mail delivery fails",
        "hooks/10-open can be written by others (mode 0777)",
    ] {
        assert_eq!(
            errors.iter().filter(|error| error.contains(part)).count(),
            1,
            "{part}: {errors:#?}"
        );
    }
    assert_eq!(errors.len(), 10, "{errors:#?}");
    let jobs = db::jobs::count_by_state(&app.db.reader(), Scope::All, None).await.unwrap();
    assert_eq!(jobs.len(), 2, "doctor changes no job");
}

#[tokio::test]
async fn doctor_creates_no_files() {
    let directory = tempfile::tempdir().unwrap();
    let errors =
        doctor::examine(&settings(&directory, &[("CLIENTELE_SMTP_URL", "smtp://127.0.0.1:9")]))
            .await;
    assert!(errors.iter().any(|error| error.contains("it does not exist yet")), "{errors:#?}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}
