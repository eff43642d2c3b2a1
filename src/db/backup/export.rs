//! Exports rows.

use super::tables::all;
use crate::Db;
use domain::backup::Line;

/// Passes the lines of a backup to `sink`. All are of one snapshot; others may write meanwhile.
pub async fn export(
    db: &Db,
    mut sink: impl FnMut(Line) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let snapshot = db.begin_snapshot().await?;
    for table in all() {
        table.export(&snapshot, &mut sink).await?;
    }
    Ok(snapshot.commit().await?)
}
