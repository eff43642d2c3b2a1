//! Rows, out.

use super::tables::{Tell, all};
use super::{Line, value};
use crate::Db;
use futures_util::TryStreamExt as _;
use sea_orm::{DatabaseTransaction, EntityTrait, IdenStatic as _, Iterable as _, ModelTrait as _};

/// Tells everything that is kept, as it is at one moment; others may write meanwhile.
///
/// # Errors
/// The database's, and those of `tell`.
pub async fn unload(db: &Db, mut tell: impl FnMut(Line) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let moment = db.moment().await?;
    for table in all() {
        table.unload(&moment, &mut tell).await?;
    }
    Ok(moment.commit().await?)
}

/// Tells all rows of a table, without holding more than a few.
pub(super) async fn rows<E: EntityTrait>(from: &DatabaseTransaction, tell: Tell<'_>) -> anyhow::Result<()> {
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let names = columns.iter().map(|column| column.as_str().to_owned()).collect();
    tell(Line::Table { table: E::default().table_name().to_owned(), columns: names })?;
    let mut found = E::find().stream(from).await?;
    while let Some(row) = found.try_next().await? {
        let values = columns.iter().map(|column| value::written(row.get(*column))).collect::<anyhow::Result<_>>()?;
        tell(Line::Row(values))?;
    }
    Ok(())
}
