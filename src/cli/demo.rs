//! `clientele demo`: fills an empty database with invented data.

use super::setup;
use crate::terminal::{print_line, print_secret, with_noun};
use anyhow::Context as _;
use config::Settings;
use domain::secret::Secret;
use domain::validation::ErrorCode;
use services::app::App;
use services::{Command, ServiceError, admins, demo, passwords};
use std::process::ExitCode;
use std::time::Instant;

pub(super) async fn run(customers: u64, settings: Settings) -> anyhow::Result<ExitCode> {
    let app = setup::setup(&settings, String::new()).await?.app;
    let started = Instant::now();
    let progress = |done, all| eprintln!("{done} of {}", with_noun(all, "customer", "customers"));
    let outcome = fill(&app, customers, progress).await;
    // Closing checkpoints SQLite's write-ahead log, so that the next start is quick.
    app.close().await;
    match outcome {
        Ok(accounts) => {
            print_line!(
                "Added {} in {:.1} seconds.",
                with_noun(customers, "demo customer", "demo customers"),
                started.elapsed().as_secs_f32()
            );
            accounts.print()?;
            Ok(ExitCode::SUCCESS)
        }
        Err(ServiceError::Refused(error)) if error.code == ErrorCode::DemoNotEmpty => {
            eprintln!(
                "clientele: the database already has customers; demo fills empty databases only"
            );
            Ok(ExitCode::from(2))
        }
        Err(error) => Err(error.into()),
    }
}

/// Accounts to sign in with after a database was filled.
pub(super) struct DemoAccounts {
    /// Password of every account that was created.
    password: Secret,
    admins: Vec<String>,
    resellers: Vec<String>,
    /// Whether an admin existed before. If so, their password did not change.
    had_admin: bool,
}

impl DemoAccounts {
    fn print(&self) -> anyhow::Result<()> {
        let line = format!("All new accounts have the same password: {}", self.password.expose());
        print_secret(&line).context(
            "the password of the new accounts could not be printed; set another one with clientele admin passwd LOGINNAME",
        )?;
        print_line!("Resellers to sign in as: {}", self.resellers.join(", "));
        let admins = self.admins.join(", ");
        if self.had_admin {
            print_line!("The password of the admin {admins} has not changed.");
        } else {
            print_line!("Admin to sign in as: {admins}");
        }
        Ok(())
    }
}

/// Fills an empty database. After each batch, calls `progress` with the numbers of finished
/// customers and of all customers.
pub(super) async fn fill(
    app: &App,
    customers: u64,
    progress: impl Fn(u64, u64),
) -> Result<DemoAccounts, ServiceError> {
    let settings = app.open_view().await?.settings;
    // All accounts share a password, because hashing one for each would take hours.
    let password = passwords::prepare(&app.env, &settings, "password", None, None).await?;
    let origin = setup::origin();
    let had_admin = admins::any_exists(app).await?;
    let mut generator = app
        .change(&origin, async |cmd: Command<'_>| demo::begin(cmd, customers, &password).await)
        .await?;
    loop {
        let batch = generator.next_batch();
        if batch.is_empty() {
            break;
        }
        app.change(&origin, async |cmd: Command<'_>| demo::load(cmd, &batch, &password).await)
            .await?;
        let (done, all) = generator.progress();
        progress(done, all);
    }
    demo::update_statistics(app).await?;
    let (admins, resellers) = demo::sample_login_names(app.open_view().await?.view()).await?;
    Ok(DemoAccounts { password: password.plain, admins, resellers, had_admin })
}
