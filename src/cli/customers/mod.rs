//! `clientele customers …`: the API's commands on the command line. Names, parameters and rules are
//! those of [`commands`]. This module adds options ([`options`]), output for people or programs,
//! and the import ([`import`]).

mod import;
mod options;

use super::{setup, table, terminal};
use crate::terminal::print_line;
use anyhow::Context as _;
use api::commands::{self, Call};
use api::dialect::Dialect;
use api::failure::Failure;
use api::ignored::IgnoredParameters;
use auth::actor::Actor;
use config::Settings;
use domain::account::Language;
use domain::validation::ErrorCode;
use serde_json::{Map, Value};
use services::account;
use services::app::App;
use std::cell::RefCell;
use std::process::ExitCode;

/// The parameter that `--password-stdin` sets.
const PASSWORD: &str = "new_customer_password";

/// A command with the account to act as.
#[derive(Debug)]
pub struct CustomersCommand {
    act_as: Option<String>,
    action: Action,
}

#[derive(Debug)]
enum Action {
    Api(ApiCommand),
    Import(import::ImportArguments),
}

/// A command of the API with its arguments.
#[derive(Debug)]
struct ApiCommand {
    name: &'static str,
    params: Map<String, Value>,
    json: bool,
    password_stdin: bool,
}

pub(super) async fn run(command: CustomersCommand, settings: Settings) -> anyhow::Result<ExitCode> {
    let app = setup::setup(&settings, String::new()).await?.app;
    let actor = find_actor(&app, command.act_as.as_deref()).await?;
    match command.action {
        Action::Import(arguments) => import::run(&app, &actor, &arguments).await,
        Action::Api(command) => call(&app, &actor, command).await,
    }
}

async fn call(app: &App, actor: &Actor, command: ApiCommand) -> anyhow::Result<ExitCode> {
    let mut params = command.params;
    if command.password_stdin {
        params.insert(PASSWORD.to_owned(), terminal::read_password()?.expose().into());
    }
    let origin = setup::origin();
    let snapshot = app.open_view().await?;
    let ignored = IgnoredParameters::default();
    let call = Call {
        app,
        snapshot: &snapshot,
        origin: &origin,
        actor,
        key: None,
        dialect: Dialect::Strict,
        ignored: &ignored,
        warnings: RefCell::default(),
    };
    let outcome = commands::run(&call, command.name, params)
        .await
        .map(|reply| reply.into_value().unwrap_or_default());
    for (name, sentence) in terminal::error_messages(&call.warnings.borrow()) {
        eprintln!("clientele: warning: {name}: {sentence}");
    }
    Ok(match (outcome, command.json) {
        (Ok(data), true) => {
            print_line!("{data:#}");
            ExitCode::SUCCESS
        }
        (Ok(data), false) => {
            table::print(&data);
            ExitCode::SUCCESS
        }
        (Err(failure), true) => {
            print_line!("{:#}", failure.body(Language::En));
            exit_code(&failure)
        }
        (Err(failure), false) => {
            eprintln!("clientele: {}", failure.message(Language::En));
            exit_code(&failure)
        }
    })
}

/// Returns the exit code, which scripts can check: 2 invalid input, 3 not allowed, 4 not found, 5
/// changed by someone else, 1 other failures.
fn exit_code(failure: &Failure) -> ExitCode {
    ExitCode::from(match failure.status {
        404 if failure.error != ErrorCode::ParameterMissing => 4,
        401 | 403 => 3,
        409 => 5,
        400..=499 => 2,
        _ => 1,
    })
}

/// Returns the account to act as: the named one, or the first server admin. People who can run the
/// program control the machine, so they can act as every account that is not suspended.
async fn find_actor(app: &App, login_name: Option<&str>) -> anyhow::Result<Actor> {
    let account = match login_name {
        Some(name) => account::find_by_login_name(app, name)
            .await?
            .with_context(|| format!("there is no account {name}"))?,
        None => account::find_first_server_admin(app)
            .await?
            .context("there is no admin to act as; name one with --as")?,
    };
    anyhow::ensure!(!account.suspended, "the account {} is suspended", account.actor.login_name());
    Ok(account.actor)
}
