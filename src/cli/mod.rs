//! The command line: the program's verbs, and the same services as the other doors.

mod admin;
mod api_key;
mod backup;
mod customers;
mod demo;
mod doctor;
mod handover;
mod import;
mod open_files;
mod serve;
mod setup;
mod table;
mod terminal;
#[cfg(test)]
mod tests;

use clap::{Parser, Subcommand};
use config::{Mistake, Settings};
use std::path::PathBuf;
use std::process::ExitCode;

/// Clientele, the customer desk of a web-hosting provider. Without a command it serves.
#[derive(Debug, Parser)]
#[command(name = "clientele", version, about)]
pub struct Cli {
    /// Read the settings from this file, and not from /etc/clientele/clientele.toml or the working
    /// directory
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serve the panel, the API and, unless told otherwise, the worker
    Serve {
        /// Leave the jobs to other processes
        #[arg(long)]
        no_worker: bool,
    },
    /// Run jobs only; any number of workers may share one database
    Worker,
    /// Bring the schema up to date and exit
    Migrate,
    /// Look for faults: settings, files, schema, mail, counters against sums; a line for each, and
    /// exit code 1
    Doctor,
    /// Write everything that the database and, encrypted, the secret key hold to one file, while
    /// others work
    Backup {
        /// The file; `-` for standard output
        to: PathBuf,
        /// Leave the secret key out of an encrypted backup; it is never in one that is not
        /// encrypted
        #[arg(long)]
        without_key: bool,
        #[command(flatten)]
        encrypt: backup::EncryptFor,
    },
    /// Take a backup into an empty database, on whatever engine
    Restore {
        /// The file; `-` for standard input
        from: PathBuf,
        #[command(flatten)]
        with: backup::OpenWith,
    },
    /// Fill an empty database with invented resellers, plans and customers
    Demo {
        /// How many customers
        #[arg(long, value_parser = clap::value_parser!(u64).range(1..=2_000_000))]
        customers: u64,
    },
    /// Bring in what another panel knows
    #[command(subcommand)]
    Import(import::ImportVerb),
    /// Manage admins and resellers
    #[command(subcommand)]
    Admin(admin::AdminVerb),
    /// Manage customers: the commands of the API, with the same parameters
    #[command(subcommand)]
    Customers(customers::CustomersVerb),
    /// Manage keys of the API
    #[command(subcommand)]
    ApiKey(api_key::ApiKeyVerb),
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let settings = match Settings::from_process(cli.config.as_deref()) {
        Ok(settings) => settings,
        Err(mistakes) => return refuse(&mistakes),
    };
    let telling = telemetry::init(&settings)
        .inspect_err(|error| eprintln!("clientele: logging cannot be started: {error:#}"));
    let outcome = actix_web::rt::System::new().block_on(run(cli.command, settings));
    drop(telling);
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("clientele: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(verb: Option<Verb>, settings: Settings) -> anyhow::Result<ExitCode> {
    match verb.unwrap_or(Verb::Serve { no_worker: false }) {
        Verb::Serve { no_worker } => serve::serve(settings, !no_worker).await?,
        Verb::Worker => serve::worker(settings).await?,
        Verb::Migrate => setup::migrate(&settings).await?,
        Verb::Backup { to, without_key, encrypt } => {
            backup::backup(&settings, &to, !without_key, &encrypt).await?;
        }
        Verb::Restore { from, with } => backup::restore(&settings, &from, &with).await?,
        Verb::Doctor => return doctor::run(settings).await,
        Verb::Demo { customers } => return demo::run(customers, settings).await,
        Verb::Customers(verb) => return customers::run(verb, settings).await,
        Verb::Import(verb) => return import::run(verb, settings).await,
        Verb::Admin(verb) => return admin::run(verb, settings).await,
        Verb::ApiKey(verb) => return api_key::run(verb, settings).await,
    }
    Ok(ExitCode::SUCCESS)
}

fn refuse(mistakes: &[Mistake]) -> ExitCode {
    for mistake in mistakes {
        eprintln!("clientele: {mistake}");
    }
    ExitCode::from(2)
}
