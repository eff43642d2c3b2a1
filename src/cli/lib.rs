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
    command: Option<CliCommand>,
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Run the panel, the API and the worker
    Serve {
        /// Do not run the worker; other processes run the jobs
        #[arg(long)]
        no_worker: bool,
    },
    /// Run jobs only; any number of workers can share one database
    Worker,
    #[command(flatten)]
    OneShot(OneShotCommand),
}

/// Commands that end when their work is done.
#[derive(Debug, Subcommand)]
enum OneShotCommand {
    /// Bring the schema up to date and exit
    Migrate,
    /// Check the installation. Prints a line for each error and warning, and exits with code 1 if
    /// there are errors
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
        encryption: backup::EncryptionOptions,
    },
    /// Restore a backup into an empty database of any engine
    Restore {
        /// The file; `-` is standard input
        from: PathBuf,
        #[command(flatten)]
        decryption: backup::DecryptionOptions,
    },
    /// Fill an empty database with invented resellers, plans and customers
    Demo {
        /// Number of customers
        #[arg(long, value_parser = clap::value_parser!(u64).range(1..=2_000_000))]
        customers: u64,
    },
    /// Import the data of another panel
    #[command(subcommand)]
    Import(import::ImportSubcommand),
    /// Manage admins and resellers
    #[command(subcommand)]
    Admin(admin::AdminSubcommand),
    /// Manage customers with the commands and parameters of the API
    #[command(subcommand)]
    Customers(customers::CustomersCommand),
    /// Manage API keys
    #[command(subcommand)]
    ApiKey(api_key::ApiKeySubcommand),
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

/// Runs the program. `run_daemon` runs the commands that only end when the process is told to stop.
#[must_use]
pub fn main(run_daemon: impl FnOnce(Settings, Daemon) -> anyhow::Result<()>) -> ExitCode {
    let cli = Cli::parse();
    let settings = match Settings::from_process(cli.config.as_deref()) {
        Ok(settings) => settings,
        Err(mistakes) => return print_mistakes(&mistakes),
    };
    let telemetry_guard = telemetry::init(&settings)
        .inspect_err(|error| eprintln!("clientele: logging cannot be started: {error:#}"));
    let outcome = match cli.command.unwrap_or(CliCommand::Serve { no_worker: false }) {
        CliCommand::Serve { no_worker } => {
            run_daemon(settings, Daemon::Serve { with_worker: !no_worker })
                .map(|()| ExitCode::SUCCESS)
        }
        CliCommand::Worker => run_daemon(settings, Daemon::Worker).map(|()| ExitCode::SUCCESS),
        CliCommand::OneShot(command) => block_on(run(command, settings)),
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
fn block_on<T>(future: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(future)
}

async fn run(command: OneShotCommand, settings: Settings) -> anyhow::Result<ExitCode> {
    match command {
        OneShotCommand::Migrate => setup::migrate(&settings).await?,
        OneShotCommand::Backup { to, without_key, encryption } => {
            backup::backup(&settings, &to, !without_key, &encryption).await?;
        }
        OneShotCommand::Restore { from, decryption } => {
            backup::restore(&settings, &from, &decryption).await?;
        }
        OneShotCommand::Doctor => return doctor::run(settings).await,
        OneShotCommand::Demo { customers } => return demo::run(customers, settings).await,
        OneShotCommand::Customers(subcommand) => return customers::run(subcommand, settings).await,
        OneShotCommand::Import(subcommand) => return import::run(subcommand, settings).await,
        OneShotCommand::Admin(subcommand) => return admin::run(subcommand, settings).await,
        OneShotCommand::ApiKey(subcommand) => return api_key::run(subcommand, settings).await,
    }
    Ok(ExitCode::SUCCESS)
}

fn print_mistakes(mistakes: &[Mistake]) -> ExitCode {
    for mistake in mistakes {
        eprintln!("clientele: {mistake}");
    }
    ExitCode::from(2)
}
