//! Adding, changing and deleting PHP configurations.

use super::{PhpConfigInput, get};
use crate::audit::{self, Action, Change, Target, TargetKind};
use crate::{Command, Outcome, ServiceError};
use auth::actor::{Actor, ServerAdmin};
use db::DbError;
use domain::id::PhpConfigId;
use domain::php_config::PhpConfig;
use domain::validation::{ErrorCode, ValidationError};
use serde_json::{Map, Value, json};

/// Adds a PHP configuration, or updates the one with this id.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id.
pub async fn save(
    cmd: Command<'_>,
    by: &ServerAdmin,
    id: Option<PhpConfigId>,
    input: &PhpConfigInput,
) -> Outcome<PhpConfig> {
    let before = match id {
        None => None,
        Some(id) => Some(get(cmd.view(), id).await?),
    };
    let id = db::php_configs::save(
        cmd.tx,
        id,
        &input.description,
        &input.binary,
        &input.php_ini,
        cmd.at,
    )
    .await?;
    let after = get(cmd.view(), id).await?;
    let change = match &before {
        None => Change {
            action: Action::PhpConfigAdded,
            before: None,
            after: Some(snapshot(&after).into()),
        },
        Some(before) if *before == after => return Ok(after),
        Some(before) => {
            let (old, new) = audit::difference(snapshot(before), snapshot(&after));
            Change {
                action: Action::PhpConfigUpdated,
                before: Some(old.into()),
                after: Some(new.into()),
            }
        }
    };
    record(cmd, by, &after, change).await?;
    Ok(after)
}

/// Deletes a PHP configuration that no customer may use. Returns the deleted configuration.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id; [`ServiceError::Refused`] with `in-use` (`count`)
/// while customers may use it.
pub async fn delete(cmd: Command<'_>, by: &ServerAdmin, id: PhpConfigId) -> Outcome<PhpConfig> {
    let config = get(cmd.view(), id).await?;
    let customers = db::php_configs::count_customers(cmd.tx, id).await?;
    if customers > 0 {
        return Err(ServiceError::Refused(
            ValidationError::new(ErrorCode::InUse).with("count", customers),
        ));
    }
    match db::php_configs::remove(cmd.tx, id).await {
        // Another transaction has just assigned it to customers: run again to count them.
        Err(DbError::ForeignKeyViolation(key)) => return Err(DbError::Conflict(key).into()),
        outcome => outcome?,
    };
    let change = Change {
        action: Action::PhpConfigDeleted,
        before: Some(snapshot(&config).into()),
        after: None,
    };
    record(cmd, by, &config, change).await?;
    Ok(config)
}

fn snapshot(config: &PhpConfig) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("description".into(), json!(config.description));
    map.insert("binary".into(), json!(config.binary));
    map.insert("php_ini".into(), json!(config.php_ini));
    map
}

async fn record(
    cmd: Command<'_>,
    by: &ServerAdmin,
    config: &PhpConfig,
    change: Change,
) -> Outcome<()> {
    let target = Target::other(TargetKind::PhpConfig, config.id.0, &config.description, None);
    audit::record(cmd, &Actor::Manager(by.manager().clone()), &target, change).await
}
