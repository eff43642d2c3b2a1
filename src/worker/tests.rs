//! The worker against a database in a file, mails in memory.

use super::*;
use crate::auth::password::{HashCost, PasswordHasher};
use crate::auth::seal::{Sealer, SecretKey};
use crate::db::Db;
use crate::db::jobs::JobState;
use crate::domain::actor::{Actor, Manager, Scope};
use crate::domain::chance::SeededChance;
use crate::domain::clock::{Clock as _, ManualClock};
use crate::domain::customer::{Customer, CustomerRef, Files};
use crate::domain::email::Email;
use crate::mail::Inbox;
use crate::services::admins::{FirstAdmin, create_first};
use crate::services::params::Params;
use crate::services::{Command, Door, Env, Origin, ServiceError, customers, jobs, passwords};
use jiff::SignedDuration;
use serde_json::json;
use tempfile::TempDir;

const CANARY: &str = "Canary-Passw0rd-7531";

struct Stage {
    app: App,
    clock: Arc<ManualClock>,
    by: Manager,
    place: TempDir,
}

fn from() -> lettre::message::Mailbox {
    "Clientele <noreply@example.com>".parse().unwrap()
}

fn origin() -> Origin {
    Origin { door: Door::Cli, address: String::new(), acting: None }
}

impl Stage {
    async fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let db = Db::connect(&format!("sqlite://{}", place.path().join("db").display())).await.unwrap();
        db.migrate().await.unwrap();
        let clock = Arc::new(ManualClock::default());
        let env = Env {
            clock: clock.clone(),
            chance: Arc::new(SeededChance::new(1)),
            hasher: PasswordHasher::new(HashCost::CheapForTests),
            sealer: Sealer::new(&SecretKey::new(&"k".repeat(32).into()).unwrap()),
            homes_dir: place.path().join("homes"),
            public_url: "http://panel.example/".to_owned(),
        };
        let app = App { db, env, bell: Arc::default(), trusted_proxies: Arc::default() };
        let settings = app.look().await.unwrap().settings;
        let password = passwords::prepare(&app.env, &settings, "password", None, None).await.unwrap();
        let email = Email::parse("boss@host.example").unwrap();
        let new = FirstAdmin { login_name: "admin".to_owned(), email, reseller: false, password };
        let admin = app.change(&origin(), async |cmd: Command<'_>| create_first(cmd, &new).await).await.unwrap();
        let account = crate::auth::actor::account(&app.db.reader(), admin.login).await.unwrap().unwrap();
        let Actor::Manager(by) = account.actor else { panic!("an admin is a manager") };
        Self { app, clock, by, place }
    }

    fn worker(&self) -> (Worker, Inbox) {
        let (mailer, inbox) = Mailer::memory(from());
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
        let params = Params::new(fields.map(|(name, value)| (name.to_owned(), json!(value))));
        let input = customers::parse_new(params).unwrap();
        let settings = self.app.look().await.unwrap().settings;
        let new = customers::prepare(&self.app.env, &settings, input).await.unwrap();
        self.app.change(&origin(), async |cmd: Command<'_>| customers::add(cmd, &self.by, &new).await).await.unwrap()
    }

    async fn delete(&self, name: &str, files: Files) {
        let which = CustomerRef::Login(name.to_owned());
        self.app.change(&origin(), async |cmd: Command<'_>| customers::delete(cmd, &self.by, &which, files).await).await.unwrap();
    }

    async fn job(&self, kind: &str) -> Option<JobRow> {
        let (rows, _) = db::jobs::list(&self.app.db.reader(), Scope::All, None, 100, 0).await.unwrap();
        rows.into_iter().find(|row| row.kind == kind)
    }

    async fn state(&self, kind: &str) -> Option<JobState> {
        self.job(kind).await.map(|row| row.state)
    }

    /// Whether the bytes are anywhere in the files of the database.
    fn on_disk(&self, needle: &str) -> bool {
        std::fs::read_dir(self.place.path()).unwrap().flatten().filter(|entry| entry.path().is_file()).any(|entry| {
            let bytes = std::fs::read(entry.path()).unwrap();
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        })
    }
}

fn refusing_smtp() -> Mailer {
    // Bound and dropped: nobody listens there now.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    Mailer::smtp(from(), &format!("smtp://127.0.0.1:{port}").parse().unwrap()).unwrap()
}

#[tokio::test]
async fn an_added_customer_has_home_and_mail_and_nothing_keeps_the_password() {
    let stage = Stage::new().await;
    let customer = stage.add("meier").await;
    assert!(!stage.on_disk(CANARY), "it waits only sealed");
    let sealed = stage.job("send_welcome").await.unwrap().sealed.unwrap();
    assert!(stage.on_disk(&sealed[..40]));
    let (worker, inbox) = stage.worker();
    assert_eq!(worker.run_until_empty().await.unwrap(), 2);
    let page = std::fs::read_to_string(stage.place.path().join("homes/meier/index.html")).unwrap();
    assert!(page.contains("<h1>meier</h1>") && page.contains("Hier entsteht") && page.contains("Clientele"));
    let mails = inbox.mails();
    let mail = &mails[0].mail;
    assert_eq!((mails.len(), mail.to.to_string().as_str(), mail.language), (1, "Ann Lee <ann@kunde.example>", "de"));
    for part in [&mail.text, &mail.html] {
        for text in [CANARY, "meier", "http://panel.example/login", "meier.localhost"] {
            assert!(part.contains(text), "{text} in {part}");
        }
    }
    assert!(mail.reply_to.as_ref().is_some_and(|to| to.to_string().contains("boss@host.example")));
    let job = stage.job("send_welcome").await.unwrap();
    assert!(mails[0].raw.contains(&format!("Message-ID: <job-{}-", job.id)), "{}", mails[0].raw);
    assert_eq!((job.state, job.sealed, job.last_error), (JobState::Done, None, None));
    assert_eq!(worker.run_until_empty().await.unwrap(), 0, "done is done");
    assert_eq!(customer.document_root, format!("{}/", stage.place.path().join("homes/meier").display()));
}

#[tokio::test]
async fn a_job_that_runs_twice_has_one_effect() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let (worker, inbox) = stage.worker();
    for kind in ["create_home", "send_welcome"] {
        let row = stage.job(kind).await.unwrap();
        let bench = worker.bench(&CancellationToken::new(), &CancellationToken::new());
        job::run(&bench, &row).await.unwrap();
        job::run(&bench, &row).await.unwrap();
    }
    let ids: Vec<_> = inbox.mails().iter().map(|mail| mail.mail.id.clone()).collect();
    assert!(ids.len() == 2 && ids[0] == ids[1], "mail programs show it once: {ids:?}");
    assert_eq!(std::fs::read_dir(stage.place.path().join("homes/meier")).unwrap().count(), 1);
}

#[tokio::test]
async fn a_dead_mail_server_makes_the_mail_wait_with_its_reason_until_it_is_tried_now() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let dead = Worker::new(stage.app.clone(), refusing_smtp());
    assert_eq!(dead.run_until_empty().await.unwrap(), 2);
    let job = stage.job("send_welcome").await.unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Waiting, 1));
    assert_eq!(job.last_error.as_deref(), Some("The mail server does not answer (connection refused)"));
    assert!(job.run_at > stage.clock.now() && job.sealed.is_some());
    assert_eq!(dead.run_until_empty().await.unwrap(), 0, "its pause is not over");
    stage.clock.advance(SignedDuration::from_secs(15));
    assert_eq!(dead.run_until_empty().await.unwrap(), 1);
    assert_eq!(stage.job("send_welcome").await.unwrap().attempts, 2);

    let (alive, inbox) = stage.worker();
    stage.app.change(&origin(), async |cmd: Command<'_>| jobs::run_now(cmd, &stage.by, job.id).await).await.unwrap();
    assert_eq!(alive.run_until_empty().await.unwrap(), 1);
    assert!(inbox.mails()[0].mail.text.contains(CANARY));
    assert_eq!(stage.job("send_welcome").await.unwrap().last_error, None);
}

#[tokio::test]
async fn after_two_days_it_is_given_up_and_can_still_be_tried() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let dead = Worker::new(stage.app.clone(), refusing_smtp());
    let begun = stage.clock.now();
    while stage.state("send_welcome").await == Some(JobState::Waiting) {
        dead.run_until_empty().await.unwrap();
        stage.clock.advance(SignedDuration::from_hours(1));
    }
    let job = stage.job("send_welcome").await.unwrap();
    let hours = (stage.clock.now() - begun).as_hours();
    assert!(job.state == JobState::Failed && job.attempts == 14 && (48..72).contains(&hours), "{hours}");
    assert!(job.last_error.unwrap().contains("does not answer") && job.sealed.is_some());
    stage.app.change(&origin(), async |cmd: Command<'_>| jobs::run_now(cmd, &stage.by, job.id).await).await.unwrap();
    let (alive, inbox) = stage.worker();
    alive.run_until_empty().await.unwrap();
    assert_eq!(inbox.mails().len(), 1);
}

#[tokio::test]
async fn a_refused_job_is_given_up_at_once() {
    let stage = Stage::new().await;
    std::fs::create_dir(stage.place.path().join("homes")).unwrap();
    stage.add("meier").await;
    std::os::unix::fs::symlink("/etc", stage.place.path().join("homes/meier")).unwrap();
    stage.worker().0.run_until_empty().await.unwrap();
    let job = stage.job("create_home").await.unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Failed, 1));
    assert!(job.last_error.unwrap().contains("is no directory"));
    assert!(!std::path::Path::new("/etc/index.html").exists());
}

#[tokio::test]
async fn a_job_belongs_to_one_worker_until_its_lease_ends() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let (worker, inbox) = stage.worker();
    let (first, lost_lease) = worker.claim().await.unwrap().unwrap();
    let (second, _) = worker.claim().await.unwrap().unwrap();
    assert_ne!(first.id, second.id);
    assert!(worker.claim().await.unwrap().is_none(), "nobody gets it twice");
    // That worker died.
    stage.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(worker.run_until_empty().await.unwrap(), 2);
    assert_eq!(stage.job(&first.kind).await.unwrap().attempts, 2);
    assert_eq!(inbox.mails().len(), 1);
    // It was not dead after all: what it notes now is not heard.
    let late = stage.app.db.write(async |tx: &Tx| db::jobs::retry(tx, first.id, &lost_lease, "x", first.run_at).await).await.unwrap();
    assert!(!late && stage.state(&first.kind).await == Some(JobState::Done));
}

#[tokio::test]
async fn a_job_that_kills_its_worker_every_time_is_given_up() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let (worker, _) = stage.worker();
    for _ in 0..14 {
        while worker.claim().await.unwrap().is_some() {}
        stage.clock.advance(SignedDuration::from_secs(61));
    }
    worker.run_until_empty().await.unwrap();
    let job = stage.job("create_home").await.unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Failed, 15));
    assert!(job.last_error.unwrap().contains("begun 14 times"));
}

#[tokio::test]
async fn deleting_cancels_what_waits_and_removes_files() {
    let stage = Stage::new().await;
    let (worker, inbox) = stage.worker();
    stage.add("meier").await;
    stage.delete("meier", Files::Remove).await;
    assert_eq!((stage.job("create_home").await.is_none(), stage.job("send_welcome").await.is_none()), (true, true));
    worker.run_until_empty().await.unwrap();
    assert!(inbox.mails().is_empty() && !stage.place.path().join("homes/meier").exists());

    stage.add("meier").await;
    worker.run_until_empty().await.unwrap();
    std::fs::write(stage.place.path().join("homes/meier/work"), "his").unwrap();
    stage.delete("meier", Files::Keep).await;
    worker.run_until_empty().await.unwrap();
    assert!(stage.place.path().join("homes/meier/work").exists());
    std::fs::remove_dir_all(stage.place.path().join("homes/meier")).unwrap();

    stage.add("meier").await;
    worker.run_until_empty().await.unwrap();
    stage.delete("meier", Files::Remove).await;
    worker.run_until_empty().await.unwrap();
    assert_eq!(std::fs::read_dir(stage.place.path().join("homes")).unwrap().count(), 0);
    assert_eq!(stage.state("remove_home").await, Some(JobState::Done));
}

#[tokio::test]
async fn a_removal_never_takes_the_home_of_a_new_customer_of_that_name() {
    let stage = Stage::new().await;
    let (worker, _) = stage.worker();
    stage.add("meier").await;
    stage.delete("meier", Files::Remove).await;
    stage.add("meier").await;
    // The old removal and the new home are both due.
    worker.run_until_empty().await.unwrap();
    assert!(stage.place.path().join("homes/meier/index.html").exists());
}

#[tokio::test]
async fn a_customer_deleted_while_his_home_is_made_leaves_none() {
    let stage = Stage::new().await;
    stage.add("meier").await;
    let (worker, inbox) = stage.worker();
    let mut claimed = Vec::new();
    while let Some(job) = worker.claim().await.unwrap() {
        claimed.push(job);
    }
    stage.delete("meier", Files::Keep).await;
    let bench = worker.bench(&CancellationToken::new(), &CancellationToken::new());
    let all = async {
        for (row, lease) in claimed {
            attempt::perform(&bench, row, &lease).await;
        }
    };
    LocalSet::new().run_until(all).await;
    assert!(!stage.place.path().join("homes/meier").exists() && inbox.mails().is_empty());
    assert_eq!(stage.state("send_welcome").await, Some(JobState::Done));
    assert_eq!(stage.job("send_welcome").await.unwrap().sealed, None);
}

#[tokio::test]
async fn a_running_worker_hears_the_bell_and_stops_when_told() {
    let stage = Stage::new().await;
    let (worker, inbox) = stage.worker();
    let stopping = CancellationToken::new();
    let script = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let rung = Instant::now();
        for n in 0..8 {
            stage.add(&format!("meier{}", char::from(b'a' + n))).await;
        }
        while inbox.mails().len() < 8 {
            assert!(rung.elapsed() < Duration::from_secs(20));
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stopping.cancel();
    };
    tokio::join!(worker.run(stopping.clone()), script);
    let counts = db::jobs::counts(&stage.app.db.reader(), Scope::All).await.unwrap();
    assert_eq!(counts, [(JobState::Done, 16)]);
}

#[tokio::test]
async fn a_failing_database_ends_nothing() {
    let stage = Stage::new().await;
    stage.app.clone().db.close().await;
    let (worker, _) = stage.worker();
    let stopping = CancellationToken::new();
    let script = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        stopping.cancel();
    };
    tokio::join!(worker.run(stopping.clone()), script);
}

#[tokio::test]
async fn a_lost_key_is_told() {
    let mut stage = Stage::new().await;
    stage.add("meier").await;
    stage.app.env.sealer = Sealer::new(&SecretKey::new(&"other".repeat(8).into()).unwrap());
    stage.worker().0.run_until_empty().await.unwrap();
    let job = stage.job("send_welcome").await.unwrap();
    assert_eq!(job.state, JobState::Failed);
    assert!(job.last_error.unwrap().contains("secret key"));
}

#[tokio::test]
async fn old_jobs_are_forgotten_done_ones_first() {
    let stage = Stage::new().await;
    std::fs::create_dir(stage.place.path().join("homes")).unwrap();
    stage.add("meier").await;
    std::os::unix::fs::symlink("/etc", stage.place.path().join("homes/meier")).unwrap();
    let (worker, _) = stage.worker();
    worker.run_until_empty().await.unwrap();
    worker.tidy().await.unwrap();
    assert!(stage.job("send_welcome").await.is_some());
    stage.clock.advance(SignedDuration::from_hours(15 * 24));
    worker.tidy().await.unwrap();
    assert!(stage.job("send_welcome").await.is_none() && stage.job("create_home").await.is_some());
    stage.clock.advance(SignedDuration::from_hours(16 * 24));
    worker.tidy().await.unwrap();
    assert!(stage.job("create_home").await.is_none());
}

#[tokio::test]
async fn password_mails_reach_customers_and_admins() {
    let stage = Stage::new().await;
    let customer = stage.add("meier").await;
    let (worker, inbox) = stage.worker();
    worker.run_until_empty().await.unwrap();
    let token = crate::domain::secret::Secret::new("t0ken");
    stage
        .app
        .change(&origin(), async |cmd: Command<'_>| {
            jobs::enqueue(cmd, &jobs::Job::SendPasswordReset { login: customer.login }, "meier", Some(&token)).await?;
            jobs::enqueue(cmd, &jobs::Job::SendPasswordChanged { login: stage.by.login() }, "admin", None).await?;
            jobs::enqueue(cmd, &jobs::Job::SendNewPassword { customer: customer.id }, "meier", Some(&token)).await?;
            Ok::<_, ServiceError>(())
        })
        .await
        .unwrap();
    worker.run_until_empty().await.unwrap();
    let mails = inbox.mails();
    assert_eq!(mails.len(), 4);
    assert!(mails[1].mail.text.contains("http://panel.example/password/reset/t0ken"));
    assert_eq!((mails[2].mail.to.email.to_string(), mails[2].mail.language), ("boss@host.example".to_owned(), "en"));
    assert!(mails[2].mail.text.contains("http://panel.example/password/forgot"));
    assert!(mails[3].mail.text.contains("t0ken"));
}
