//! The command line: its subcommands, which call the same services as the other entry points.

pub mod admin;
mod api_key;
mod backup;
mod customers;
mod demo;
mod doctor;
mod import;
pub mod setup;
mod table;
mod terminal;
#[cfg(test)]
mod tests;

use clap::{Parser, Subcommand};
use config::{Mistake, Settings};
use std::path::PathBuf;
use std::process::ExitCode;

/// Clientele, the customer panel of a web-hosting provider. Without a command, it runs `serve`.
#[derive(Debug, Parser)]
#[command(name = "clientele", version, about)]
pub struct Cli {
    /// Read the settings from this file instead of /etc/clientele/clientele.toml or the working
    /// directory
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run the panel, the API and the worker
    Serve {
        /// Do not run the worker; other processes run the jobs
        #[arg(long)]
        no_worker: bool,
    },
    /// Run jobs only; any number of workers can share one database
    Worker,
    #[command(flatten)]
    Task(Task),
}

/// Commands that end by themselves.
#[derive(Debug, Subcommand)]
enum Task {
    /// Bring the schema up to date and exit
    Migrate,
    /// Check settings, files, schema, mail and counters. Prints a line for each error, and exits
    /// with code 1 if there are any
    Doctor,
    /// Write the database to one file while other processes run. An encrypted backup also contains
    /// the secret key if the key is stored in a file
    Backup {
        /// The file; `-` is standard output
        to: PathBuf,
        /// Leave the secret key out of an encrypted backup. Backups that are not encrypted never
        /// contain it
        #[arg(long)]
        without_key: bool,
        #[command(flatten)]
        encrypt: backup::EncryptFor,
    },
    /// Restore a backup into an empty database of any engine
    Restore {
        /// The file; `-` is standard input
        from: PathBuf,
        #[command(flatten)]
        with: backup::DecryptWith,
    },
    /// Fill an empty database with invented resellers, plans and customers
    Demo {
        /// Number of customers
        #[arg(long, value_parser = clap::value_parser!(u64).range(1..=2_000_000))]
        customers: u64,
    },
    /// Import the data of another panel
    #[command(subcommand)]
    Import(import::ImportVerb),
    /// Manage admins and resellers
    #[command(subcommand)]
    Admin(admin::AdminVerb),
    /// Manage customers with the commands and parameters of the API
    #[command(subcommand)]
    Customers(customers::CustomersCommand),
    /// Manage API keys
    #[command(subcommand)]
    ApiKey(api_key::ApiKeyVerb),
}

/// A command that runs until the process is told to stop. The program runs it, because the command
/// line does not depend on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Daemon {
    /// `clientele serve`.
    Serve { with_worker: bool },
    /// `clientele worker`.
    Worker,
}

/// Runs the program. `daemon` runs the commands that only end when the process is told to stop.
#[must_use]
pub fn main(daemon: impl FnOnce(Settings, Daemon) -> anyhow::Result<()>) -> ExitCode {
    let cli = Cli::parse();
    let settings = match Settings::from_process(cli.config.as_deref()) {
        Ok(settings) => settings,
        Err(mistakes) => return refuse(&mistakes),
    };
    let telemetry_guard = telemetry::init(&settings)
        .inspect_err(|error| eprintln!("clientele: logging cannot be started: {error:#}"));
    let outcome = match cli.command.unwrap_or(Verb::Serve { no_worker: false }) {
        Verb::Serve { no_worker } => {
            daemon(settings, Daemon::Serve { with_worker: !no_worker }).map(|()| ExitCode::SUCCESS)
        }
        Verb::Worker => daemon(settings, Daemon::Worker).map(|()| ExitCode::SUCCESS),
        Verb::Task(task) => block_on(run(task, settings)),
    };
    drop(telemetry_guard);
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("clientele: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a future on this thread, because the services' futures are not `Send`.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(work)
}

async fn run(task: Task, settings: Settings) -> anyhow::Result<ExitCode> {
    match task {
        Task::Migrate => setup::migrate(&settings).await?,
        Task::Backup { to, without_key, encrypt } => {
            backup::backup(&settings, &to, !without_key, &encrypt).await?;
        }
        Task::Restore { from, with } => backup::restore(&settings, &from, &with).await?,
        Task::Doctor => return doctor::run(settings).await,
        Task::Demo { customers } => return demo::run(customers, settings).await,
        Task::Customers(verb) => return customers::run(verb, settings).await,
        Task::Import(verb) => return import::run(verb, settings).await,
        Task::Admin(verb) => return admin::run(verb, settings).await,
        Task::ApiKey(verb) => return api_key::run(verb, settings).await,
    }
    Ok(ExitCode::SUCCESS)
}

fn refuse(mistakes: &[Mistake]) -> ExitCode {
    for mistake in mistakes {
        eprintln!("clientele: {mistake}");
    }
    ExitCode::from(2)
}
