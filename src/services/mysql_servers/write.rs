//! Adding, changing and deleting MySQL servers.

use super::{AdminUrlChange, MysqlServerInput, get};
use crate::audit::{self, Action, Change, Target, TargetKind};
use crate::outages::{self, Dependency};
use crate::{Command, Outcome, ServiceError, mysql_accounts};
use auth::actor::{Actor, ServerAdmin};
use db::DbError;
use db::mysql_servers::MysqlServerRow;
use domain::id::MysqlServerId;
use domain::mysql::AccessHost;
use domain::mysql::MysqlServer;
use domain::validation::{ErrorCode, ValidationError};
use serde_json::{Map, Value, json};

/// The server that customers use unless another one is named. It cannot be deleted.
pub const DEFAULT: MysqlServerId = MysqlServerId(0);

/// Adds a MySQL server, or updates the one with this id.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id.
pub async fn save(
    cmd: Command<'_>,
    by: &ServerAdmin,
    id: Option<MysqlServerId>,
    input: &MysqlServerInput,
) -> Outcome<MysqlServer> {
    let before = match id {
        None => None,
        Some(id) => Some(get(cmd.view(), id).await?),
    };
    let row = MysqlServerRow {
        name: &input.name,
        host: &input.host,
        port: input.port,
        access_hosts: &input.access_hosts,
    };
    let id = match db::mysql_servers::save(cmd.tx, id, &row, cmd.at).await {
        // Another transaction has just used the next id: run again to get a new one.
        Err(DbError::UniqueViolation(key)) => return Err(DbError::Conflict(key).into()),
        outcome => outcome?,
    };
    change_admin_url(cmd, id, &input.admin_url).await?;
    let after = get(cmd.view(), id).await?;
    let new_url = matches!(input.admin_url, AdminUrlChange::Set(_));
    let change = match &before {
        None => Change {
            action: Action::MysqlServerAdded,
            before: None,
            after: Some(snapshot(&after).into()),
        },
        Some(before) if *before == after && !new_url => return Ok(after),
        Some(before) => {
            let (old, mut new) = audit::difference(snapshot(before), snapshot(&after));
            if new_url {
                new.insert("admin_url".into(), json!("***"));
            }
            Change {
                action: Action::MysqlServerUpdated,
                before: Some(old.into()),
                after: Some(new.into()),
            }
        }
    };
    record(cmd, by, &after, change).await?;
    if after.administered
        && (new_url || before.is_some_and(|before| before.access_hosts != after.access_hosts))
    {
        mysql_accounts::enqueue_server_sync(cmd, id, &after.name).await?;
    }
    Ok(after)
}

async fn change_admin_url(
    cmd: Command<'_>,
    id: MysqlServerId,
    change: &AdminUrlChange,
) -> Outcome<()> {
    match change {
        AdminUrlChange::Keep => return Ok(()),
        AdminUrlChange::Set(url) => mysql_accounts::store_admin_url(cmd, id, url).await?,
        AdminUrlChange::Remove => {
            db::mysql_servers::set_admin_url(cmd.tx, id, None).await?;
            db::mysql_accounts::remove_server_records(cmd.tx, id).await?;
        }
    }
    // A recorded outage refers to the old URL.
    outages::end(cmd, Dependency::MysqlServer(id)).await?;
    Ok(())
}

/// Deletes a server that no customer may use and that has no databases. Returns the deleted server.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id; [`ServiceError::Refused`] with
/// `cannot-delete-default-server`, with `in-use` (`count`) while customers may use it, or with
/// `mysql-server-not-empty` while databases or recorded accounts of customers refer to it.
pub async fn delete(cmd: Command<'_>, by: &ServerAdmin, id: MysqlServerId) -> Outcome<MysqlServer> {
    let server = get(cmd.view(), id).await?;
    if id == DEFAULT {
        return Err(ServiceError::Refused(ValidationError::new(
            ErrorCode::CannotDeleteDefaultServer,
        )));
    }
    let customers = db::mysql_servers::count_customers(cmd.tx, id).await?;
    if customers > 0 {
        return Err(ServiceError::Refused(
            ValidationError::new(ErrorCode::InUse).with("count", customers),
        ));
    }
    match db::mysql_servers::remove(cmd.tx, id).await {
        Err(DbError::ForeignKeyViolation(_)) => {
            return Err(ServiceError::Refused(ValidationError::new(
                ErrorCode::MysqlServerNotEmpty,
            )));
        }
        outcome => outcome?,
    };
    outages::end(cmd, Dependency::MysqlServer(id)).await?;
    let change = Change {
        action: Action::MysqlServerDeleted,
        before: Some(snapshot(&server).into()),
        after: None,
    };
    record(cmd, by, &server, change).await?;
    Ok(server)
}

fn snapshot(server: &MysqlServer) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("name".into(), json!(server.name));
    map.insert("host".into(), json!(server.host));
    map.insert("port".into(), json!(server.port));
    map.insert("access_hosts".into(), json!(AccessHost::list(&server.access_hosts)));
    map.insert("administered".into(), json!(server.administered));
    map
}

async fn record(
    cmd: Command<'_>,
    by: &ServerAdmin,
    server: &MysqlServer,
    change: Change,
) -> Outcome<()> {
    let target = Target::other(TargetKind::MysqlServer, server.id.0, &server.name, None);
    audit::record(cmd, &Actor::Manager(by.manager().clone()), &target, change).await
}
