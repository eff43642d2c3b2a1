//! The subcommands and options of `clientele customers`, built from the API's table of commands.

use super::{Action, ApiCommand, CustomersCommand, PASSWORD, import};
use api::commands::COMMANDS;
use api::spec::Spec;
use clap::{Arg, ArgAction, ArgMatches, FromArgMatches, Subcommand};
use domain::request::{ParameterDeclaration, ParameterType};
use serde_json::{Map, Value};
use services::customers::import::{Options, TextEncoding};

const MODULE: &str = "Customers";
const IMPORT: &str = "import";
/// Options and arguments that are not parameters of commands.
const ENCODING: &str = "encoding";
const AS: &str = "as";
const JSON: &str = "json";
const PASSWORD_STDIN: &str = "password-stdin";
const LOGINNAME: &str = "LOGINNAME";

fn specs() -> impl Iterator<Item = &'static Spec> {
    COMMANDS.iter().filter(|spec| spec.parts().0 == MODULE)
}

/// Returns the subcommand of a function: `listing-count` for `listingCount`.
fn subcommand_name(function: &str) -> String {
    let mut name = String::new();
    for c in function.chars() {
        if c.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

fn subcommand(spec: &'static Spec) -> clap::Command {
    let function = spec.parts().1;
    let params = (spec.params)();
    let mut command = clap::Command::new(subcommand_name(function))
        .about(spec.about)
        .args(params.iter().map(option));
    if subcommand_name(function) != function {
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
    with_common_options(command)
}

fn with_common_options(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new(AS)
                .long(AS)
                .value_name(LOGINNAME)
                .help("Act as this account; by default, the first server admin"),
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
    with_common_options(
        clap::Command::new(IMPORT)
            .about("Add the customers of a CSV file or an Excel workbook, all or none")
            .long_about(
                "Add the customers of a CSV file or of the first sheet of an Excel workbook (.xlsx), all or none. Columns are named like the \
                 parameters of add, or by common English and German names. A file has at most 50,000 rows and 24 MiB. Commas, \
                 semicolons and tabs are recognized, as are UTF-8, UTF-16, Windows-1252 and ISO-8859-15.",
            )
            .arg(Arg::new("file").value_name("FILE").required(true).help("The file; - is standard input"))
            .arg(
                Arg::new(ENCODING)
                    .long(ENCODING)
                    .value_parser(TextEncoding::ALL.map(TextEncoding::code))
                    .help("Encoding of the file; by default, it is detected"),
            )
            .arg(switch("dry-run", "Print the errors of the file, and add no customers"))
            .arg(switch("sendpassword", "Email the passwords of rows without a value in the column sendpassword")),
    )
}

/// Returns the option of a parameter. A switch does not need a value.
fn option(param: &ParameterDeclaration) -> Arg {
    let arg = Arg::new(param.name).long(param.name).help(help(param)).allow_hyphen_values(true);
    let arg = if param.name.contains('_') { arg.alias(param.name.replace('_', "-")) } else { arg };
    match param.kind {
        ParameterType::Flag => {
            arg.num_args(0..=1).require_equals(true).default_missing_value("1").value_name("0|1")
        }
        ParameterType::Choice(choices) => arg.value_name(choices.join("|")),
        ParameterType::Integer | ParameterType::Limit(_) => arg.value_name("N"),
        ParameterType::Ids | ParameterType::Names => arg.value_name("ID,.."),
        ParameterType::Search | ParameterType::Order => arg.value_name("JSON"),
        ParameterType::Text | ParameterType::Secret => arg.value_name("TEXT"),
    }
}

fn help(param: &ParameterDeclaration) -> String {
    let mut text = param.about.to_owned();
    match param.kind {
        ParameterType::Search => {
            text.push_str(r#", such as '{"city":"Berlin","diskspace":{"op":">","value":5120}}'"#);
        }
        ParameterType::Order => text.push_str(r#", such as '{"name":"ASC"}'"#),
        _ => {}
    }
    text
}

impl FromArgMatches for CustomersCommand {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, matches) = matches.subcommand().ok_or_else(missing)?;
        let (act_as, json) = (matches.get_one::<String>(AS).cloned(), matches.get_flag(JSON));
        if name == IMPORT {
            let encoding =
                matches.get_one::<String>(ENCODING).and_then(|code| TextEncoding::parse(code));
            let options = Options { send_passwords: matches.get_flag("sendpassword"), encoding };
            let file = matches.get_one::<String>("file").cloned().unwrap_or_default();
            let action = Action::Import(import::ImportArguments {
                file,
                dry_run: matches.get_flag("dry-run"),
                options,
                json,
            });
            return Ok(Self { act_as, action });
        }
        let spec =
            specs().find(|spec| subcommand_name(spec.parts().1) == name).ok_or_else(missing)?;
        let declared = (spec.params)();
        let is_present = |id: &str| matches.try_contains_id(id).unwrap_or(false);
        let mut params = Map::new();
        for param in declared.iter().filter(|param| is_present(param.name)) {
            params.extend(
                matches
                    .get_one::<String>(param.name)
                    .map(|value| (param.name.to_owned(), Value::from(value.as_str()))),
            );
        }
        if is_present(LOGINNAME) {
            params.extend(
                matches
                    .get_one::<String>(LOGINNAME)
                    .map(|name| ("loginname".to_owned(), Value::from(name.as_str()))),
            );
        }
        let password_stdin = is_present(PASSWORD_STDIN) && matches.get_flag(PASSWORD_STDIN);
        Ok(Self {
            act_as,
            action: Action::Api(ApiCommand { name: spec.name, params, json, password_stdin }),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for CustomersCommand {
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
        name == IMPORT || specs().any(|spec| subcommand_name(spec.parts().1) == name)
    }
}
