//! Exports and restores the rows of one table.

use super::value;
use anyhow::Context as _;
use domain::backup::Line;
use futures_util::TryStreamExt as _;
use sea_orm::{
    ActiveModelTrait, ColumnTrait as _, DatabaseTransaction, EntityTrait, IdenStatic as _,
    Iterable as _, ModelTrait as _,
};
use serde_json::Value;

/// Function that receives the lines of a backup.
pub(super) type LineSink<'a> = &'a mut dyn FnMut(Line) -> anyhow::Result<()>;

/// Exports all rows of a table, without holding more than a few of them in memory.
pub(super) async fn export<E: EntityTrait>(
    from: &DatabaseTransaction,
    sink: LineSink<'_>,
) -> anyhow::Result<()> {
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let names = columns.iter().map(|column| column.as_str().to_owned()).collect();
    sink(Line::Table { table: E::default().table_name().to_owned(), columns: names })?;
    let mut found = E::find().stream(from).await?;
    while let Some(row) = found.try_next().await? {
        let values = columns
            .iter()
            .map(|column| value::to_json(row.get(*column)))
            .collect::<anyhow::Result<_>>()?;
        sink(Line::Row(values))?;
    }
    Ok(())
}

/// Inserts rows into a table.
pub(super) async fn insert<E: EntityTrait>(
    to: &DatabaseTransaction,
    columns: &[String],
    rows: Vec<Vec<Value>>,
) -> anyhow::Result<()>
where
    E::ActiveModel: Send,
{
    let table = E::default();
    let find = |name: &String| E::Column::iter().find(|column| column.as_str() == name);
    let known = columns.iter().map(|name| {
        find(name).with_context(|| format!("unknown column {name} in {}", table.table_name()))
    });
    let known: Vec<E::Column> = known.collect::<anyhow::Result<_>>()?;
    let mut models = Vec::with_capacity(rows.len());
    for row in rows {
        let mut model = <E::ActiveModel as ActiveModelTrait>::default();
        for (column, value) in known.iter().zip(row) {
            let value = value::from_json(&value, column.def().get_column_type());
            model.set(
                *column,
                value.with_context(|| format!("{}.{}", table.table_name(), column.as_str()))?,
            );
        }
        models.push(model);
    }
    E::insert_many(models).exec_without_returning(to).await?;
    Ok(())
}
