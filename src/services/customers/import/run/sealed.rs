//! The sealed file of a run and its sealed report.

use crate::customers::import::Report;
use crate::{Env, Outcome, View};
use auth::seal::Sealer;
use domain::id::LoginId;
use domain::import_run::ImportRun;
use zeroize::Zeroizing;

/// Number of bytes of a file that are sealed and stored as one part.
const PART_SIZE: usize = 1 << 20;

fn part_context(login: LoginId, seal_key: &str, number: usize) -> String {
    format!("import-run {} {seal_key} {number}", login.0)
}

fn report_context(row: &ImportRun) -> String {
    format!("import-run-report {} {}", row.login.0, row.seal_key)
}

/// Splits a file into parts, and seals them for the run with this key.
pub(super) fn seal_parts(
    sealer: &Sealer,
    login: LoginId,
    seal_key: &str,
    file: &[u8],
) -> Outcome<Vec<Vec<u8>>> {
    let sealed = file
        .chunks(PART_SIZE)
        .enumerate()
        .map(|(number, part)| sealer.seal(&part_context(login, seal_key, number), part));
    Ok(sealed.collect::<Result<_, _>>().map_err(anyhow::Error::from)?)
}

/// Unseals the file of a run.
pub async fn unseal_file(
    view: View<'_>,
    env: &Env,
    row: &ImportRun,
) -> Outcome<Zeroizing<Vec<u8>>> {
    let mut file = Zeroizing::new(Vec::new());
    for number in 0_i32.. {
        let Some(sealed) = db::import_runs::find_part(view.on, row.id, number).await? else {
            break;
        };
        let context =
            part_context(row.login, &row.seal_key, usize::try_from(number).unwrap_or_default());
        file.extend_from_slice(&env.sealer.open(&context, &sealed).map_err(anyhow::Error::from)?);
    }
    Ok(file)
}

/// Seals the report of a run.
pub(super) fn seal_report(sealer: &Sealer, row: &ImportRun, report: &Report) -> Outcome<Vec<u8>> {
    let text = serde_json::to_vec(report).map_err(anyhow::Error::from)?;
    Ok(sealer.seal(&report_context(row), &text).map_err(anyhow::Error::from)?)
}

/// Unseals the report of a run, once there is one.
pub(super) fn unseal_report(sealer: &Sealer, row: &ImportRun) -> Outcome<Option<Report>> {
    let Some(sealed) = &row.report else { return Ok(None) };
    let opened = sealer.open(&report_context(row), sealed).map_err(anyhow::Error::from)?;
    Ok(Some(serde_json::from_slice(&opened).map_err(anyhow::Error::from)?))
}
