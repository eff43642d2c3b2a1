//! `clientele admin`, and the admin of the first start.

use super::{setup, terminal};
use anyhow::Context as _;
use clap::Subcommand;
use config::Settings;
use domain::admin::FIRST_ADMIN;
use domain::email::Email;
use domain::secret::Secret;
use services::admins::{
    self, AdminToCreate, create_as_system, find_by_login_name, set_password_from_shell,
    unlock_from_shell,
};
use services::app::App;
use services::{Command, Outcome, ServiceError, passwords};
use std::process::ExitCode;

/// Subcommands of `clientele admin`.
#[derive(Debug, Subcommand)]
pub enum AdminSubcommand {
    /// Create an admin. Without a given password, a generated one is printed once
    Create {
        /// Login name of the admin
        #[arg(long)]
        loginname: String,
        /// Email address of the admin
        #[arg(long)]
        email: String,
        /// Create a reseller, who sees only their own customers
        #[arg(long)]
        reseller: bool,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Unlock an admin after failed sign-ins
    Unlock {
        /// Login name of the admin
        #[arg(value_name = "LOGINNAME")]
        loginname: String,
    },
    /// Set an admin's password. Without a given password, a generated one is printed once. Ends the
    /// admin's sessions and revokes their API keys
    Passwd {
        /// Login name of the admin
        #[arg(value_name = "LOGINNAME")]
        loginname: String,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
}

pub(super) async fn run(
    subcommand: AdminSubcommand,
    settings: Settings,
) -> anyhow::Result<ExitCode> {
    let reads_password = matches!(
        subcommand,
        AdminSubcommand::Create { password_stdin: true, .. }
            | AdminSubcommand::Passwd { password_stdin: true, .. }
    );
    let typed = if reads_password { Some(terminal::read_password()?) } else { None };
    let (AdminSubcommand::Create { loginname, .. }
    | AdminSubcommand::Unlock { loginname }
    | AdminSubcommand::Passwd { loginname, .. }) = &subcommand;
    let app = setup::setup(&settings, String::new()).await?.app;
    let outcome = match &subcommand {
        AdminSubcommand::Create { email, reseller, .. } => {
            create_checked(&app, loginname, email, *reseller, typed.clone()).await.map(Some)
        }
        AdminSubcommand::Unlock { .. } => unlock(&app, loginname).await.map(|()| None),
        AdminSubcommand::Passwd { .. } => {
            set_password(&app, loginname, typed.clone()).await.map(Some)
        }
    };
    match outcome {
        Ok(password) => {
            if let Some(password) = password.filter(|_| typed.is_none()) {
                terminal::print_secret(password.expose())
                    .with_context(|| unprinted_password_message(loginname))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(ServiceError::Invalid(errors)) => {
            for (field, sentence) in terminal::error_messages(&errors) {
                eprintln!("{field}: {sentence}");
            }
            Ok(ExitCode::from(2))
        }
        Err(ServiceError::NotFound(_)) => {
            eprintln!("clientele: no admin has the login name {loginname:?}");
            Ok(ExitCode::from(2))
        }
        Err(error) => Err(error.into()),
    }
}

/// Describes the loss of a password that was stored but could not be printed.
fn unprinted_password_message(login_name: &str) -> String {
    format!(
        "the password was set but could not be printed; set another one with clientele admin passwd {login_name}"
    )
}

async fn unlock(app: &App, login_name: &str) -> Outcome<()> {
    app.change(&setup::origin(), async |cmd: Command<'_>| unlock_from_shell(cmd, login_name).await)
        .await
}

async fn set_password(app: &App, login_name: &str, typed: Option<Secret>) -> Outcome<Secret> {
    let snapshot = app.open_view().await?;
    let admin = find_by_login_name(snapshot.view(), login_name).await?;
    let name = admin.login_name.as_str();
    let password =
        passwords::prepare(&app.env, &snapshot.settings, "password", typed, Some(name)).await?;
    app.change(&setup::origin(), async |cmd: Command<'_>| {
        set_password_from_shell(cmd, name, &password).await
    })
    .await?;
    Ok(password.plain)
}

/// Checks a login name that someone chose, and creates an admin with it.
async fn create_checked(
    app: &App,
    login_name: &str,
    email: &str,
    reseller: bool,
    typed: Option<Secret>,
) -> Outcome<Secret> {
    let settings = app.open_view().await?.settings;
    admins::check_login_name(&app.env, &settings, login_name).await?;
    create(app, login_name, email, reseller, typed).await
}

async fn create(
    app: &App,
    login_name: &str,
    email: &str,
    reseller: bool,
    typed: Option<Secret>,
) -> Outcome<Secret> {
    let email = Email::parse(email).map_err(|error| ServiceError::field("email", error))?;
    let snapshot = app.open_view().await?;
    let password =
        passwords::prepare(&app.env, &snapshot.settings, "password", typed, Some(login_name))
            .await?;
    let new = AdminToCreate { login_name: login_name.to_owned(), email, reseller, password };
    app.change(&setup::origin(), async |cmd: Command<'_>| create_as_system(cmd, &new).await)
        .await?;
    Ok(new.password.plain)
}

/// Creates the admin `admin` if no admin exists, and prints the password, which is shown only once.
pub async fn create_first_admin(app: &App) -> Outcome<()> {
    if admins::any_exists(app).await? {
        return Ok(());
    }
    let password = match create(app, FIRST_ADMIN.0, FIRST_ADMIN.1, false, None).await {
        Ok(password) => password,
        // Another process created the admin first, and prints the password.
        Err(ServiceError::Invalid(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let text = format!(
        "\n  The first admin was created. This password is shown only once:\n\n    login name  {}\n    password    {}\n",
        FIRST_ADMIN.0,
        password.expose()
    );
    // The program continues: the next start would not print the password either.
    if let Err(error) = terminal::print_secret(&text) {
        tracing::error!(%error, "{}", unprinted_password_message(FIRST_ADMIN.0));
    }
    Ok(())
}
