//! `clientele demo`: fills an empty database with invented data.

use super::setup;
use crate::terminal::{counted, say};
use config::Settings;
use domain::fault::Code;
use domain::secret::Secret;
use services::app::App;
use services::{Command, ServiceError, admins, demo, passwords};
use std::process::ExitCode;
use std::time::Instant;

pub(super) async fn run(customers: u64, settings: Settings) -> anyhow::Result<ExitCode> {
    let app = setup::setup(&settings, String::new()).await?.app;
    let begun = Instant::now();
    let progress = |done, all| eprintln!("{done} of {}", counted(all, "customer", "customers"));
    let outcome = fill(&app, customers, progress).await;
    // What is in the log goes into the file, so that the next start is a quick one.
    app.close().await;
    match outcome {
        Ok(filled) => {
            say!(
                "{} in {:.1} seconds.",
                counted(customers, "invented customer", "invented customers"),
                begun.elapsed().as_secs_f32()
            );
            filled.report();
            Ok(ExitCode::SUCCESS)
        }
        Err(ServiceError::Refused(fault)) if fault.code == Code::DemoNotEmpty => {
            eprintln!(
                "clientele: this database has customers; invented ones only go into an empty one"
            );
            Ok(ExitCode::from(2))
        }
        Err(error) => Err(error.into()),
    }
}

/// The accounts to sign in with after a database was filled.
pub(super) struct Filled {
    /// The password of every account that was made.
    password: Secret,
    admins: Vec<String>,
    resellers: Vec<String>,
    /// The database had an admin before, whose password was not changed.
    had_admin: bool,
}

impl Filled {
    fn report(&self) {
        say!("All accounts that were made have the same password: {}", self.password.expose());
        say!("Resellers to sign in as: {}", self.resellers.join(", "));
        let admins = self.admins.join(", ");
        if self.had_admin {
            say!("The admin {admins} keeps their own password.");
        } else {
            say!("Admin to sign in as: {admins}");
        }
    }
}

/// Fills an empty database. Calls `progress` after each batch with the number of customers that are
/// done, and of all.
pub(super) async fn fill(
    app: &App,
    customers: u64,
    progress: impl Fn(u64, u64),
) -> Result<Filled, ServiceError> {
    let settings = app.look().await?.settings;
    // One password for all, so that it is hashed once and not a hundred thousand times.
    let password = passwords::prepare(&app.env, &settings, "password", None, None).await?;
    let origin = setup::origin();
    let had_admin = admins::any(app).await?;
    let mut inventor = app
        .change(&origin, async |cmd: Command<'_>| demo::begin(cmd, customers, &password).await)
        .await?;
    loop {
        let batch = inventor.batch();
        if batch.is_empty() {
            break;
        }
        app.change(&origin, async |cmd: Command<'_>| demo::load(cmd, &batch, &password).await)
            .await?;
        let (done, all) = inventor.progress();
        progress(done, all);
    }
    demo::settle(app).await?;
    let (admins, resellers) = demo::names(app.look().await?.view()).await?;
    Ok(Filled { password: password.plain, admins, resellers, had_admin })
}
