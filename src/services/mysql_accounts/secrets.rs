//! What is kept sealed for MySQL servers: by which URL each is administered, and the customers'
//! passwords as they want them.

use crate::{Command, Outcome, ServiceError};
use anyhow::Context as _;
use auth::seal::Sealer;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Reader;
use db::mysql_admin::NativeHash;
use domain::id::{CustomerId, MysqlServerId};
use domain::mysql::AdminUrl;
use domain::secret::Secret;

fn password_of(customer: CustomerId) -> String {
    format!("mysql-password/{customer}")
}

fn url_of(server: MysqlServerId) -> String {
    format!("mysql-server/{server}/admin-url")
}

fn seal(sealer: &Sealer, context: &str, text: &str) -> Outcome<String> {
    Ok(STANDARD.encode(sealer.seal(context, text.as_bytes()).map_err(anyhow::Error::from)?))
}

fn open(sealer: &Sealer, context: &str, stored: &str) -> Option<Secret> {
    STANDARD.decode(stored).ok().and_then(|bytes| sealer.open_secret(context, &bytes).ok())
}

/// Keeps a customer's password as MySQL servers want it, so that an account can be made with it
/// whenever a server comes to him.
///
/// # Errors
/// The database's.
pub async fn keep_password(
    cmd: Command<'_>,
    customer: CustomerId,
    password: &Secret,
) -> Outcome<()> {
    let sealed = sealed_password(cmd, customer, password)?;
    Ok(db::mysql_accounts::set_password(cmd.tx, customer, &sealed, cmd.at).await?)
}

/// The password as it is kept.
pub(super) fn sealed_password(
    cmd: Command<'_>,
    customer: CustomerId,
    password: &Secret,
) -> Outcome<String> {
    seal(&cmd.env.sealer, &password_of(customer), NativeHash::of(password).expose())
}

/// A customer's password as it was kept.
///
/// # Errors
/// Where it cannot be opened.
pub fn password(sealer: &Sealer, customer: CustomerId, stored: &str) -> Outcome<NativeHash> {
    let hash =
        open(sealer, &password_of(customer), stored).and_then(|text| NativeHash::parse(&text));
    Ok(hash.context("the password that was kept for MySQL servers cannot be opened: was the secret key replaced?")?)
}

/// Keeps the URL by which a server is administered.
///
/// # Errors
/// The database's.
pub async fn keep_admin_url(
    cmd: Command<'_>,
    server: MysqlServerId,
    url: &AdminUrl,
) -> Outcome<()> {
    let sealed = seal(&cmd.env.sealer, &url_of(server), url.secret().expose())?;
    Ok(db::mysql_servers::set_admin_url(cmd.tx, server, Some(&sealed)).await?)
}

/// The URL by which a server is administered, if it is.
///
/// # Errors
/// Where it cannot be opened.
pub async fn admin_url(
    on: &Reader,
    sealer: &Sealer,
    server: MysqlServerId,
) -> Outcome<Option<AdminUrl>> {
    let Some(stored) = db::mysql_servers::admin_url(on, server).await? else { return Ok(None) };
    let url =
        open(sealer, &url_of(server), &stored).and_then(|url| AdminUrl::parse(url.expose()).ok());
    url.map(Some)
        .context("the administration URL cannot be opened: was the secret key replaced?")
        .map_err(ServiceError::Internal)
}
