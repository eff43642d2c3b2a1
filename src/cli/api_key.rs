//! `clientele api-key create`, `list` and `revoke`. People who can run the program control the
//! machine, so they act as the owner of the keys.

use super::{setup, terminal};
use crate::terminal::print_line;
use anyhow::Context as _;
use auth::actor::Actor;
use clap::Subcommand;
use config::Settings;
use domain::account::Language;
use domain::api_key::{ApiKey, ApiKeySettings};
use domain::id::ApiKeyId;
use domain::request::Received;
use domain::validation::{ErrorCode, ValidationError};
use i18n::Texts as _;
use jiff::Timestamp;
use serde_json::{Value, json};
use services::account;
use services::api_keys::{self, AccountKeys, SaveKey};
use services::app::App;
use services::{Command, Noun, Outcome, ServiceError};
use std::process::ExitCode;

/// Subcommands of `clientele api-key`.
#[derive(Debug, Subcommand)]
pub enum ApiKeySubcommand {
    /// Create an API key. Prints key:secret once, alone on standard output
    Create {
        /// Login name of the owner, an admin or customer
        #[arg(long = "for", value_name = "LOGINNAME")]
        owner: String,
        /// Purpose of the key
        #[arg(long, default_value = "")]
        label: String,
        /// Last day of validity (2027-12-31, UTC) or a time (2027-12-31T18:00:00Z). By default, the
        /// key does not expire
        #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
        expires: String,
        /// IP addresses and networks from which the key can be used, separated by commas. By
        /// default, all addresses
        #[arg(long, value_name = "CIDR,..", default_value = "", hide_default_value = true)]
        allow_from: String,
        /// Make the key read-only
        #[arg(long)]
        read_only: bool,
    },
    /// List the API keys of an account
    List {
        /// Login name of the owner
        #[arg(long = "for", value_name = "LOGINNAME")]
        owner: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Revoke an API key immediately
    Revoke {
        /// Login name of the owner
        #[arg(long = "for", value_name = "LOGINNAME")]
        owner: String,
        /// The full key, or its id from the list
        #[arg(value_name = "KEY-OR-ID")]
        key: String,
    },
}

pub(super) async fn run(
    subcommand: ApiKeySubcommand,
    settings: Settings,
) -> anyhow::Result<ExitCode> {
    let app = setup::setup(&settings, String::new()).await?.app;
    let outcome = match &subcommand {
        ApiKeySubcommand::Create { owner, label, expires, allow_from, read_only } => {
            let fields = json!({ "label": label, "valid_until": expires, "allowed_from": allow_from, "read_only": read_only });
            create(&app, owner, fields).await
        }
        ApiKeySubcommand::List { owner, json } => list(&app, owner, *json).await,
        ApiKeySubcommand::Revoke { owner, key } => revoke(&app, owner, key).await,
    };
    match outcome {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => print_refusal(error),
    }
}

async fn create(app: &App, owner: &str, fields: Value) -> Outcome<()> {
    let Value::Object(fields) = fields else {
        return Err(anyhow::anyhow!("the fields are not a JSON object").into());
    };
    let key_settings =
        SaveKey::settings(Received::new(fields), &ApiKeySettings::default(), app.env.clock.now())?;
    let by = find_owner(app, owner).await?;
    let new = app
        .change(&setup::origin(), async |cmd: Command<'_>| {
            api_keys::add(cmd, &by, &key_settings).await
        })
        .await?;
    let line = format!("{}:{}", new.key.key, new.secret.expose());
    let unprinted = || {
        format!(
            "the API key was created but could not be printed; revoke it with clientele api-key revoke --for {owner} {}",
            new.key.id
        )
    };
    Ok(terminal::print_secret(&line).with_context(unprinted)?)
}

async fn list(app: &App, owner: &str, as_json: bool) -> Outcome<()> {
    let by = find_owner(app, owner).await?;
    let snapshot = app.open_view().await?;
    let keys =
        api_keys::listing(snapshot.view(), &AccountKeys::own(snapshot.view(), &by).await?).await?;
    if as_json {
        let keys: Vec<Value> = keys.iter().map(|key| to_json(key, snapshot.view().at)).collect();
        print_line!("{:#}", Value::from(keys));
        return Ok(());
    }
    print_line!(
        "{:>6}  {:<10}  {:<20}  {:<20}  {:<9}  {:<24}  LABEL",
        "ID",
        "KEY",
        "LAST USED",
        "VALID UNTIL",
        "ACCESS",
        "ALLOWED FROM"
    );
    for key in &keys {
        print_line!("{}", line(key));
    }
    Ok(())
}

fn line(key: &ApiKey) -> String {
    let or = |text: String, none: &str| if text.is_empty() { none.to_owned() } else { text };
    let used = key.last_used_at.map(|at| at.to_string()).unwrap_or_default();
    let access = if key.settings.read_only { "read-only" } else { "full" };
    format!(
        "{:>6}  {:<10}  {:<20}  {:<20}  {access:<9}  {:<24}  {}",
        key.id,
        format!("{}…", key.short()),
        or(used, "never"),
        or(key.settings.expiry_text(), "no expiry"),
        or(key.settings.allowed_from.to_string(), "any address"),
        key.settings.label
    )
    .trim_end()
    .to_owned()
}

fn to_json(key: &ApiKey, now: Timestamp) -> Value {
    json!({
        "id": key.id,
        "key": key.key,
        "label": key.settings.label,
        "allowed_from": key.settings.allowed_from.to_string(),
        "read_only": key.settings.read_only,
        "valid_until": key.settings.expires_at.map(|at| at.to_string()),
        "expired": key.has_expired(now),
        "created_at": key.created_at.to_string(),
        "last_used_at": key.last_used_at.map(|at| at.to_string()),
    })
}

async fn revoke(app: &App, owner: &str, key: &str) -> Outcome<()> {
    let by = find_owner(app, owner).await?;
    let revoked = app
        .change(&setup::origin(), async |cmd: Command<'_>| {
            let account_keys = AccountKeys::own(cmd.view(), &by).await?;
            let keys = api_keys::listing(cmd.view(), &account_keys).await?;
            let id = key.parse().ok().map(ApiKeyId);
            let matching = keys.iter().find(|known| known.key == key || Some(known.id) == id);
            api_keys::revoke(
                cmd,
                &account_keys,
                matching.ok_or(ServiceError::NotFound(Noun::ApiKey))?.id,
            )
            .await
        })
        .await?;
    print_line!("The key {}… was revoked.", revoked.short());
    Ok(())
}

/// Returns the actor of the account with this login name.
async fn find_owner(app: &App, owner: &str) -> Outcome<Actor> {
    let unknown = || {
        ServiceError::field(
            "--for",
            ValidationError::new(ErrorCode::LoginnameUnknown).with("name", owner),
        )
    };
    Ok(account::find_by_login_name(app, owner).await?.ok_or_else(unknown)?.actor)
}

/// Prints why the command was refused, and returns its exit code. Other errors are returned.
fn print_refusal(error: ServiceError) -> anyhow::Result<ExitCode> {
    match error {
        ServiceError::Invalid(errors) => {
            for (field, sentence) in terminal::error_messages(&errors) {
                eprintln!("{}: {sentence}", option(field));
            }
        }
        ServiceError::Refused(reason) => {
            eprintln!("clientele: {}", Language::En.validation_error(&reason));
        }
        ServiceError::NotFound(what) => eprintln!("clientele: this {what} does not exist"),
        ServiceError::Forbidden => {
            eprintln!("clientele: the API is disabled, or this account does not have API access");
        }
        error => return Err(error.into()),
    }
    Ok(ExitCode::from(2))
}

/// Returns the command line option of a parameter.
fn option(parameter: &str) -> &str {
    match parameter {
        "label" => "--label",
        "valid_until" => "--expires",
        "allowed_from" => "--allow-from",
        other => other,
    }
}
