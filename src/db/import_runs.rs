//! Import runs: files of many customers that the worker checks and imports in the background. Each
//! file is sealed and stored in parts.

use super::entities::{import_part, import_run};
use super::values::{to_timestamp, to_u64};
use super::{DbError, Reader, Tx};
use domain::id::{ImportRunId, LoginId};
use domain::import_run::{ImportRun, ImportRunSummary};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, DerivePartialModel, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

#[derive(Clone, Debug)]
pub struct NewRun<'a> {
    pub login: LoginId,
    /// Context of the seal: binds the parts and the report to this run.
    pub seal_key: &'a str,
    /// Code of the state.
    pub state: &'a str,
    /// Number of rows in the file.
    pub total: u64,
    /// Whether to email the passwords of rows that have no value for `sendpassword`.
    pub send_passwords: bool,
    /// Code of the encoding; `None` if the user selected none.
    pub encoding: Option<&'a str>,
    /// Address of the client that uploaded the file.
    pub address: &'a str,
}

fn into_run(row: import_run::Model) -> ImportRun {
    ImportRun {
        id: ImportRunId(row.id),
        login: LoginId(row.login_id),
        seal_key: row.seal_key,
        state: row.state,
        stage: row.stage,
        total: to_u64(row.rows_total),
        done: to_u64(row.rows_done),
        send_passwords: row.send_passwords,
        encoding: row.encoding,
        address: row.address,
        report: row.report,
        created_at: to_timestamp(row.created_at),
        finished_at: row.finished_at.map(to_timestamp),
    }
}

/// Inserts a run with the parts of its file.
pub async fn insert(
    tx: &Tx,
    new: &NewRun<'_>,
    parts: Vec<Vec<u8>>,
    now: Timestamp,
    expires: Timestamp,
) -> Result<ImportRunId, DbError> {
    let row = import_run::ActiveModel {
        id: ActiveValue::NotSet,
        login_id: Set(new.login.0),
        seal_key: Set(new.seal_key.to_owned()),
        state: Set(new.state.to_owned()),
        stage: Set(String::new()),
        rows_total: Set(i64::try_from(new.total).unwrap_or(i64::MAX)),
        rows_done: Set(0),
        send_passwords: Set(new.send_passwords),
        encoding: Set(new.encoding.map(ToOwned::to_owned)),
        address: Set(new.address.chars().take(64).collect()),
        report: Set(None),
        created_at: Set(now.as_second()),
        finished_at: Set(None),
        expires_at: Set(expires.as_second()),
    };
    let id = row.insert(&tx.on()).await?.id;
    for (number, sealed) in parts.into_iter().enumerate() {
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        let part =
            import_part::ActiveModel { run_id: Set(id), number: Set(number), sealed: Set(sealed) };
        import_part::Entity::insert(part).exec_without_returning(&tx.on()).await?;
    }
    Ok(ImportRunId(id))
}

pub async fn find(on: &Reader, id: ImportRunId) -> Result<Option<ImportRun>, DbError> {
    Ok(import_run::Entity::find_by_id(id.0).one(&on.on()).await?.map(into_run))
}

/// The columns of a run that lists show. The report can be large and is not read.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "import_run::Entity")]
struct SummaryRow {
    id: i64,
    state: String,
    stage: String,
    rows_total: i64,
    rows_done: i64,
    encoding: Option<String>,
    created_at: i64,
}

/// Returns the runs of an account, newest first, at most `limit`.
pub async fn list(
    on: &Reader,
    login: LoginId,
    limit: u64,
) -> Result<Vec<ImportRunSummary>, DbError> {
    let query = import_run::Entity::find()
        .filter(import_run::Column::LoginId.eq(login.0))
        .order_by_desc(import_run::Column::Id)
        .limit(limit);
    let rows = query.into_partial_model::<SummaryRow>().all(&on.on()).await?;
    let summary = |row: SummaryRow| ImportRunSummary {
        id: ImportRunId(row.id),
        state: row.state,
        stage: row.stage,
        total: to_u64(row.rows_total),
        done: to_u64(row.rows_done),
        encoding: row.encoding,
        created_at: to_timestamp(row.created_at),
    };
    Ok(rows.into_iter().map(summary).collect())
}

/// Returns whether a run of the account is in one of these states.
pub async fn has_run_in_state(
    on: &Reader,
    login: LoginId,
    states: &[&str],
) -> Result<bool, DbError> {
    let query = import_run::Entity::find()
        .select_only()
        .column(import_run::Column::Id)
        .filter(import_run::Column::LoginId.eq(login.0))
        .filter(import_run::Column::State.is_in(states.iter().copied()))
        .limit(1);
    Ok(query.into_tuple::<i64>().one(&on.on()).await?.is_some())
}

/// Returns the runs of an account that are in one of these states.
pub async fn find_in_state(
    on: &Reader,
    login: LoginId,
    states: &[&str],
) -> Result<Vec<ImportRun>, DbError> {
    let query = import_run::Entity::find()
        .filter(import_run::Column::LoginId.eq(login.0))
        .filter(import_run::Column::State.is_in(states.iter().copied()));
    Ok(query.all(&on.on()).await?.into_iter().map(into_run).collect())
}

/// Removes the runs of an account that are in one of these states.
pub async fn remove(tx: &Tx, login: LoginId, states: &[&str]) -> Result<(), DbError> {
    let query = import_run::Entity::delete_many().filter(import_run::Column::LoginId.eq(login.0));
    query.filter(import_run::Column::State.is_in(states.iter().copied())).exec(&tx.on()).await?;
    Ok(())
}

/// Returns a sealed part of the file, or `None` after the last one.
pub async fn find_part(
    on: &Reader,
    id: ImportRunId,
    number: i32,
) -> Result<Option<Vec<u8>>, DbError> {
    Ok(import_part::Entity::find_by_id((id.0, number)).one(&on.on()).await?.map(|row| row.sealed))
}

/// Records the progress of a run.
pub async fn record_progress(
    tx: &Tx,
    id: ImportRunId,
    stage: &str,
    done: u64,
) -> Result<(), DbError> {
    import_run::Entity::update_many()
        .col_expr(import_run::Column::Stage, Expr::value(stage))
        .col_expr(
            import_run::Column::RowsDone,
            Expr::value(i64::try_from(done).unwrap_or(i64::MAX)),
        )
        .filter(import_run::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Records the encoding that the user selected, and the number of rows in this encoding.
pub async fn set_encoding(
    tx: &Tx,
    id: ImportRunId,
    encoding: Option<&str>,
    total: u64,
) -> Result<(), DbError> {
    import_run::Entity::update_many()
        .col_expr(import_run::Column::Encoding, Expr::value(encoding.map(ToOwned::to_owned)))
        .col_expr(
            import_run::Column::RowsTotal,
            Expr::value(i64::try_from(total).unwrap_or(i64::MAX)),
        )
        .filter(import_run::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// A change of a run's state.
#[derive(Clone, Debug)]
pub struct StateChange<'a> {
    /// Expected state. If the run is in another one, nothing changes.
    pub from: &'a str,
    /// Expected encoding. If another one was selected meanwhile, nothing changes.
    pub encoding: Option<&'a str>,
    /// New state.
    pub to: &'a str,
    /// Sealed report; `None` keeps the stored one.
    pub report: Option<Vec<u8>>,
    /// Whether the run ends. If so, its file is deleted.
    pub is_final: bool,
    /// Time at which the run is deleted.
    pub expires: Timestamp,
}

/// Changes the state if state and encoding are as expected, and resets the progress. Returns
/// whether the state was changed.
pub async fn change_state(
    tx: &Tx,
    id: ImportRunId,
    change: StateChange<'_>,
    now: Timestamp,
) -> Result<bool, DbError> {
    let mut update = import_run::Entity::update_many()
        .col_expr(import_run::Column::State, Expr::value(change.to))
        .col_expr(import_run::Column::RowsDone, Expr::value(0))
        .col_expr(import_run::Column::Stage, Expr::value(""))
        .col_expr(import_run::Column::ExpiresAt, Expr::value(change.expires.as_second()));
    if let Some(report) = change.report {
        update = update.col_expr(import_run::Column::Report, Expr::value(report));
    }
    if change.is_final {
        update = update.col_expr(import_run::Column::FinishedAt, Expr::value(now.as_second()));
    }
    let same_encoding = match change.encoding {
        Some(encoding) => import_run::Column::Encoding.eq(encoding),
        None => import_run::Column::Encoding.is_null(),
    };
    let filtered = update
        .filter(import_run::Column::Id.eq(id.0))
        .filter(import_run::Column::State.eq(change.from))
        .filter(same_encoding);
    if filtered.exec(&tx.on()).await?.rows_affected == 0 {
        return Ok(false);
    }
    if change.is_final {
        import_part::Entity::delete_many()
            .filter(import_part::Column::RunId.eq(id.0))
            .exec(&tx.on())
            .await?;
    }
    Ok(true)
}

/// Deletes expired runs. Returns their number.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, DbError> {
    let old = import_run::Column::ExpiresAt.lte(now.as_second());
    Ok(import_run::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
