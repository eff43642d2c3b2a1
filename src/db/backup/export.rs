//! Exports rows.

use super::tables::all;
use crate::Db;
use domain::backup::Line;

/// Passes the lines of a backup to `tell`. All are of one snapshot; others may write meanwhile.
pub async fn export(
    db: &Db,
    mut tell: impl FnMut(Line) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let snapshot = db.begin_snapshot().await?;
    for table in all() {
        table.unload(&snapshot, &mut tell).await?;
    }
    Ok(snapshot.commit().await?)
}
