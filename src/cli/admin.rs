//! `clientele admin create`, and the admin of a first start.

use super::{setup, terminal};
use crate::app::App;
use crate::db;
use crate::domain::admin::FIRST;
use crate::domain::email::Email;
use crate::domain::secret::Secret;
use crate::services::admins::{FirstAdmin, create_first};
use crate::services::{Command, Outcome, ServiceError, passwords};
use crate::settings::Settings;
use clap::Subcommand;
use std::process::ExitCode;

/// Verbs on admins.
#[derive(Debug, Subcommand)]
pub enum AdminVerb {
    /// Make an admin; prints a generated password once unless one is given
    Create {
        /// His login name
        #[arg(long)]
        loginname: String,
        /// His address
        #[arg(long)]
        email: String,
        /// A reseller, who sees his own customers only
        #[arg(long)]
        reseller: bool,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
}

pub(super) async fn run(verb: AdminVerb, settings: Settings) -> anyhow::Result<ExitCode> {
    let AdminVerb::Create { loginname, email, reseller, password_stdin } = verb;
    let typed = if password_stdin { Some(terminal::read_password()?) } else { None };
    let app = setup::setup(&settings, String::new()).await?.app;
    match create(&app, &loginname, &email, reseller, typed.clone()).await {
        Ok(password) => {
            if typed.is_none() {
                println!("{}", password.expose());
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(ServiceError::Invalid(faults)) => {
            for (field, sentence) in terminal::sentences(&faults) {
                eprintln!("{field}: {sentence}");
            }
            Ok(ExitCode::from(2))
        }
        Err(error) => Err(error.into()),
    }
}

async fn create(app: &App, login_name: &str, email: &str, reseller: bool, typed: Option<Secret>) -> Outcome<Secret> {
    let email = Email::parse(email).map_err(|fault| ServiceError::field("email", fault))?;
    let look = app.look().await?;
    let password = passwords::prepare(&app.env, &look.settings, "password", typed, Some(login_name)).await?;
    let new = FirstAdmin { login_name: login_name.to_owned(), email, reseller, password };
    app.change(&setup::origin(), async |cmd: Command<'_>| create_first(cmd, &new).await).await?;
    Ok(new.password.plain)
}

/// Where there is no admin yet, makes `admin` and gives his password, to be printed once.
pub(super) async fn first_start(app: &App) -> Outcome<Option<Secret>> {
    if db::admins::any(&app.db.reader()).await? {
        return Ok(None);
    }
    match create(app, FIRST.0, FIRST.1, false, None).await {
        Ok(password) => Ok(Some(password)),
        // Another process was faster; it prints its own.
        Err(ServiceError::Invalid(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
