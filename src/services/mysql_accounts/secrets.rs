//! Sealed secrets for MySQL servers: the administration URLs, and hashes of the customers'
//! passwords in the form that MySQL stores.

use crate::{Command, Outcome, ServiceError, sealed};
use anyhow::Context as _;
use auth::seal::Sealer;
use db::Reader;
use db::mysql_admin::NativeHash;
use domain::id::{CustomerId, MysqlServerId};
use domain::mysql::AdminUrl;
use domain::secret::Secret;

fn password_context(customer: CustomerId) -> String {
    format!("mysql-password/{customer}")
}

fn url_context(server: MysqlServerId) -> String {
    format!("mysql-server/{server}/admin-url")
}

/// Stores a customer's password as a sealed MySQL hash, so that their account can be created on any
/// server that they may use later.
pub async fn store_password(
    cmd: Command<'_>,
    customer: CustomerId,
    password: &Secret,
) -> Outcome<()> {
    let sealed = seal_password(cmd, customer, password)?;
    Ok(db::mysql_accounts::set_password(cmd.tx, customer, &sealed, cmd.at).await?)
}

/// Returns the sealed MySQL hash of a password.
pub(super) fn seal_password(
    cmd: Command<'_>,
    customer: CustomerId,
    password: &Secret,
) -> Outcome<String> {
    sealed::seal(
        &cmd.env.sealer,
        &password_context(customer),
        NativeHash::from_password(password).expose(),
    )
}

/// Opens the stored MySQL hash of a customer's password.
///
/// # Errors
/// [`ServiceError::Internal`] if it cannot be opened.
pub fn open_password(sealer: &Sealer, customer: CustomerId, stored: &str) -> Outcome<NativeHash> {
    let hash = sealed::open(sealer, &password_context(customer), stored)
        .and_then(|text| NativeHash::parse(&text));
    Ok(hash.context(
        "the stored password for MySQL servers cannot be opened: was the secret key replaced?",
    )?)
}

/// Stores the administration URL of a server.
pub async fn store_admin_url(
    cmd: Command<'_>,
    server: MysqlServerId,
    url: &AdminUrl,
) -> Outcome<()> {
    let sealed = sealed::seal(&cmd.env.sealer, &url_context(server), url.secret().expose())?;
    Ok(db::mysql_servers::set_admin_url(cmd.tx, server, Some(&sealed)).await?)
}

/// Returns the administration URL of a server, or `None` if the server is not administered.
///
/// # Errors
/// [`ServiceError::Internal`] if it cannot be opened.
pub async fn admin_url(
    on: &Reader,
    sealer: &Sealer,
    server: MysqlServerId,
) -> Outcome<Option<AdminUrl>> {
    let Some(stored) = db::mysql_servers::admin_url(on, server).await? else { return Ok(None) };
    let url = sealed::open(sealer, &url_context(server), &stored)
        .and_then(|url| AdminUrl::parse(url.expose()).ok());
    url.map(Some)
        .context("the administration URL cannot be opened: was the secret key replaced?")
        .map_err(ServiceError::Internal)
}
