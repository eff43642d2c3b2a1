//! Tests of the worker with a database, and with emails in memory.

use super::*;
use auth::actor::{Actor, Manager};
use auth::password::{HashCost, PasswordHasher};
use auth::seal::{Sealer, SecretKey};
use config::TrustedProxies;
use db::Tx;
use domain::clock::{Clock as _, ManualClock};
use domain::customer::{Customer, CustomerRef, FileRemoval};
use domain::email::Email;
use domain::job::{JobFilter, JobState, StoredJob};
use domain::random::SeededRandom;
use domain::request::Received;
use domain::scope::Scope;
use jiff::SignedDuration;
use mail::Inbox;
use serde_json::json;
use services::admins::{AdminToCreate, create_as_system};
use services::{
    Command, EntryPoint, Env, Origin, ServiceError, account, customers, jobs, passwords,
};
use tempfile::TempDir;
use test_databases::database::{self, TestDatabase};

mod deleting;
mod leases;
mod mails;
mod recurring;

const CANARY: &str = "Canary-Passw0rd-7531";

struct Setup {
    app: App,
    clock: Arc<ManualClock>,
    by: Manager,
    dir: TempDir,
    database: TestDatabase,
}

fn sender() -> lettre::message::Mailbox {
    "Clientele <noreply@example.com>".parse().unwrap()
}

fn origin() -> Origin {
    Origin { entry_point: EntryPoint::Cli, address: String::new(), acting: None }
}

impl Setup {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (db, database) = test_databases::open(dir.path()).await;
        let clock = Arc::new(ManualClock::default());
        let env = Env {
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(1)),
            hasher: PasswordHasher::new(HashCost::CheapForTests),
            sealer: Sealer::new(&SecretKey::new(&"k".repeat(32).into()).unwrap()),
            homes_dir: dir.path().join("homes"),
            hooks_dir: dir.path().join("hooks"),
            public_url: "http://panel.example/".to_owned(),
            min_response_time: Duration::ZERO,
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
        let account = auth::accounts::find(&app.db.reader(), admin.login).await.unwrap().unwrap();
        let Actor::Manager(by) = account.actor else { panic!("an admin is a manager") };
        Self { app, clock, by, dir, database }
    }

    fn worker(&self) -> (Worker, Inbox) {
        let (mailer, inbox) = Mailer::memory(sender());
        (Worker::new(self.app.clone(), mailer), inbox)
    }

    async fn add(&self, name: &str) -> Customer {
        let fields = [
            ("new_loginname", name),
            ("email", "ann@kunde.example"),
            ("firstname", "Ann"),
            ("name", "Lee"),
            ("def_language", "de"),
            ("new_customer_password", CANARY),
            ("sendpassword", "1"),
            ("store_defaultindex", "1"),
        ];
        let received = Received::new(
            fields.map(|(name, value)| (name.to_owned(), json!(value))).into_iter().collect(),
        );
        let snapshot = self.app.open_view().await.unwrap();
        let new = customers::prepare(&self.app.env, snapshot.view(), received).await.unwrap();
        self.app
            .change(&origin(), async |cmd: Command<'_>| customers::add(cmd, &self.by, &new).await)
            .await
            .unwrap()
    }

    fn write_hook(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = &self.app.env.hooks_dir;
        std::fs::create_dir_all(dir).unwrap();
        let path = dir.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    async fn delete(&self, name: &str, files: FileRemoval) {
        let which = CustomerRef::Login(name.to_owned());
        self.app
            .change(&origin(), async |cmd: Command<'_>| {
                customers::delete(cmd, &self.by, &which, files).await
            })
            .await
            .unwrap();
    }

    async fn job(&self, kind: &str) -> Option<StoredJob> {
        let (rows, _) =
            db::jobs::list(&self.app.db.reader(), Scope::All, &JobFilter::default(), 100, 0)
                .await
                .unwrap();
        rows.into_iter().find(|row| row.kind == kind)
    }

    async fn state(&self, kind: &str) -> Option<JobState> {
        self.job(kind).await.map(|row| row.state)
    }

    /// Returns whether the text occurs anywhere in the database.
    fn is_stored(&self, text: &str) -> bool {
        !database::find_text(&self.database, text).is_empty()
    }
}

fn refusing_smtp() -> Mailer {
    // The listener is dropped at once, so connections to its port are refused.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    Mailer::smtp(sender(), &format!("smtp://127.0.0.1:{port}").parse().unwrap()).unwrap()
}
