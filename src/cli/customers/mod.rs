//! `clientele customers …`: the API's commands on the command line. Names, parameters and rules are
//! those of [`commands`]. This module adds options, and output for people or programs.

mod import;

use super::{setup, table, terminal};
use crate::terminal::say;
use anyhow::Context as _;
use api::commands::{self, COMMANDS, Call};
use api::dialect::Dialect;
use api::failure::Failure;
use api::ignored::Ignored;
use api::spec::Spec;
use auth::actor::Actor;
use clap::{Arg, ArgAction, ArgMatches, FromArgMatches, Subcommand};
use config::Settings;
use domain::account::Language;
use domain::fault::Code;
use domain::request::{Declared, Kind};
use serde_json::{Map, Value};
use services::account;
use services::app::App;
use services::customers::import::{Options, TextEncoding};
use std::cell::RefCell;
use std::process::ExitCode;

const MODULE: &str = "Customers";
const IMPORT: &str = "import";
const ENCODING: &str = "encoding";
/// Options that are not parameters of commands.
const AS: &str = "as";
const JSON: &str = "json";
const PASSWORD_STDIN: &str = "password-stdin";
const LOGINNAME: &str = "LOGINNAME";
const PASSWORD: &str = "new_customer_password";

/// A command with the account to act as.
#[derive(Debug)]
pub struct CustomersVerb {
    as_whom: Option<String>,
    task: Task,
}

#[derive(Debug)]
enum Task {
    Command(Typed),
    Import(import::Import),
}

/// A command of the API with its arguments.
#[derive(Debug)]
struct Typed {
    spec: &'static str,
    params: Map<String, Value>,
    json: bool,
    password_stdin: bool,
}

pub(super) async fn run(verb: CustomersVerb, settings: Settings) -> anyhow::Result<ExitCode> {
    let app = setup::setup(&settings, String::new()).await?.app;
    let actor = acting(&app, verb.as_whom.as_deref()).await?;
    match verb.task {
        Task::Import(asked) => import::run(&app, &actor, &asked).await,
        Task::Command(typed) => call(&app, &actor, typed).await,
    }
}

async fn call(app: &App, actor: &Actor, typed: Typed) -> anyhow::Result<ExitCode> {
    let mut params = typed.params;
    if typed.password_stdin {
        params.insert(PASSWORD.to_owned(), terminal::read_password()?.expose().into());
    }
    let origin = setup::origin();
    let look = app.look().await?;
    let ignored = Ignored::default();
    let call = Call {
        app,
        look: &look,
        origin: &origin,
        actor,
        key: None,
        dialect: Dialect::Strict,
        ignored: &ignored,
        warnings: RefCell::default(),
    };
    let done = commands::run(&call, typed.spec, params)
        .await
        .map(|reply| reply.value().unwrap_or_default());
    for (name, sentence) in terminal::sentences(&call.warnings.borrow()) {
        eprintln!("clientele: warning: {name}: {sentence}");
    }
    Ok(match (done, typed.json) {
        (Ok(data), true) => {
            say!("{data:#}");
            ExitCode::SUCCESS
        }
        (Ok(data), false) => {
            table::print(&data);
            ExitCode::SUCCESS
        }
        (Err(failure), true) => {
            say!("{:#}", failure.body(Language::En));
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
        404 if failure.error != Code::ParameterMissing => 4,
        401 | 403 => 3,
        409 => 5,
        400..=499 => 2,
        _ => 1,
    })
}

/// Returns the account to act as: the named one, or the first admin. People who can run the program
/// control the machine, so they can act as every account.
async fn acting(app: &App, login_name: Option<&str>) -> anyhow::Result<Actor> {
    let account = match login_name {
        Some(name) => account::find_named(app, name)
            .await?
            .with_context(|| format!("there is no account {name}"))?,
        None => account::find_first_operator(app)
            .await?
            .context("there is no admin to act as; name one with --as")?,
    };
    anyhow::ensure!(!account.suspended, "the account {} is suspended", account.actor.login_name());
    Ok(account.actor)
}

fn specs() -> impl Iterator<Item = &'static Spec> {
    COMMANDS.iter().filter(|spec| spec.parts().0 == MODULE)
}

/// Returns the subcommand of a function: `listing-count` for `listingCount`.
fn typed(function: &str) -> String {
    let mut typed = String::new();
    for c in function.chars() {
        if c.is_ascii_uppercase() {
            typed.push('-');
        }
        typed.push(c.to_ascii_lowercase());
    }
    typed
}

fn subcommand(spec: &'static Spec) -> clap::Command {
    let function = spec.parts().1;
    let params = (spec.params)();
    let mut command =
        clap::Command::new(typed(function)).about(spec.about).args(params.iter().map(option));
    if typed(function) != function {
        command = command.alias(function);
    }
    if params.iter().any(|param| param.name == "loginname") {
        command = command.arg(
            Arg::new(LOGINNAME)
                .help("Login name of the customer")
                .conflicts_with_all(["loginname", "id"]),
        );
    }
    if params.iter().any(|param| param.name == PASSWORD) {
        let help = "Read the password from the first line of standard input";
        command = command.arg(
            Arg::new(PASSWORD_STDIN)
                .long(PASSWORD_STDIN)
                .action(ArgAction::SetTrue)
                .conflicts_with(PASSWORD)
                .help(help),
        );
    }
    with_common(command)
}

fn with_common(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new(AS)
                .long(AS)
                .value_name(LOGINNAME)
                .help("Act as this account; by default, the first admin"),
        )
        .arg(
            Arg::new(JSON)
                .long(JSON)
                .action(ArgAction::SetTrue)
                .help("Print JSON, also for failures"),
        )
}

fn import_subcommand() -> clap::Command {
    let switch = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    with_common(
        clap::Command::new(IMPORT)
            .about("Add the customers of a CSV file or an Excel workbook, all or none")
            .long_about(
                "Add the customers of a CSV file or of the first sheet of an Excel workbook (.xlsx), all or none. Columns are named like the \
                 parameters of add, or by common English and German names. A file has at most 50,000 rows and 24 MiB. Commas, \
                 semicolons and tabs are recognised, as are UTF-8, UTF-16, Windows-1252 and ISO-8859-15.",
            )
            .arg(Arg::new("file").value_name("FILE").required(true).help("The file; - is standard input"))
            .arg(
                Arg::new(ENCODING)
                    .long(ENCODING)
                    .value_parser(TextEncoding::ALL.map(TextEncoding::code))
                    .help("Encoding of the file; by default, it is detected"),
            )
            .arg(switch("dry-run", "Print the errors of the file, and add no customers"))
            .arg(switch("sendpassword", "Email the passwords of rows that do not specify it")),
    )
}

/// Returns the option of a parameter. A switch does not need a value.
fn option(param: &Declared) -> Arg {
    let arg = Arg::new(param.name).long(param.name).help(help(param)).allow_hyphen_values(true);
    let arg = if param.name.contains('_') { arg.alias(param.name.replace('_', "-")) } else { arg };
    match param.kind {
        Kind::Flag => {
            arg.num_args(0..=1).require_equals(true).default_missing_value("1").value_name("0|1")
        }
        Kind::Choice(choices) => arg.value_name(choices.join("|")),
        Kind::Integer | Kind::Limit(_) => arg.value_name("N"),
        Kind::Ids | Kind::Names => arg.value_name("ID,.."),
        Kind::Search | Kind::Order => arg.value_name("JSON"),
        Kind::Text | Kind::Secret => arg.value_name("TEXT"),
    }
}

fn help(param: &Declared) -> String {
    let mut text = param.about.to_owned();
    match param.kind {
        Kind::Search => {
            text.push_str(r#", such as '{"city":"Berlin","diskspace":{"op":">","value":5120}}'"#);
        }
        Kind::Order => text.push_str(r#", such as '{"name":"ASC"}'"#),
        _ => {}
    }
    text
}

impl FromArgMatches for CustomersVerb {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, matches) = matches.subcommand().ok_or_else(missing)?;
        let (as_whom, json) = (matches.get_one::<String>(AS).cloned(), matches.get_flag(JSON));
        if name == IMPORT {
            let encoding =
                matches.get_one::<String>(ENCODING).and_then(|code| TextEncoding::parse(code));
            let options = Options { send_passwords: matches.get_flag("sendpassword"), encoding };
            let file = matches.get_one::<String>("file").cloned().unwrap_or_default();
            let task = Task::Import(import::Import {
                file,
                dry_run: matches.get_flag("dry-run"),
                options,
                json,
            });
            return Ok(Self { as_whom, task });
        }
        let spec = specs().find(|spec| typed(spec.parts().1) == name).ok_or_else(missing)?;
        let declared = (spec.params)();
        let has = |id: &str| matches.try_contains_id(id).unwrap_or(false);
        let mut params = Map::new();
        for param in declared.iter().filter(|param| has(param.name)) {
            params.extend(
                matches
                    .get_one::<String>(param.name)
                    .map(|value| (param.name.to_owned(), Value::from(value.as_str()))),
            );
        }
        if has(LOGINNAME) {
            params.extend(
                matches
                    .get_one::<String>(LOGINNAME)
                    .map(|name| ("loginname".to_owned(), Value::from(name.as_str()))),
            );
        }
        let password_stdin = has(PASSWORD_STDIN) && matches.get_flag(PASSWORD_STDIN);
        Ok(Self {
            as_whom,
            task: Task::Command(Typed { spec: spec.name, params, json, password_stdin }),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for CustomersVerb {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        command
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommands(specs().map(subcommand))
            .subcommand(import_subcommand())
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        name == IMPORT || specs().any(|spec| typed(spec.parts().1) == name)
    }
}
