//! Rows, out.

use super::tables::all;
use crate::Db;
use domain::backup::Line;

/// Tells everything that is kept, as it is at one moment; others may write meanwhile.
///
/// # Errors
/// The database's, and those of `tell`.
pub async fn unload(
    db: &Db,
    mut tell: impl FnMut(Line) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let moment = db.moment().await?;
    for table in all() {
        table.unload(&moment, &mut tell).await?;
    }
    Ok(moment.commit().await?)
}
