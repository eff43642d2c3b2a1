//! `POST /customers/import/confirm` adds the customers of a file, or passes a large file to the
//! worker.

use super::page::{empty_page, examine, gone_response, preview_response};
use super::reading::{RESULT, read};
use super::run;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::flash::{Flash, Tone};
use crate::respond;
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use services::app::{App, OwnedView};
use services::customers::import::{
    self, ExaminedRows, MAX_ADDED_IN_REQUEST, NoProgress, PendingFile, Report,
};
use services::{Command, Outcome, submissions};
use zeroize::Zeroizing;

/// Adds the customers of a previewed file. If the file has become invalid since the preview, shows
/// the preview again.
pub async fn confirm(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    sent: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let token = sent.text("import");
    // The order matters: the transaction that removes the file also records the result. If the file
    // is gone here, its result is visible to the next query.
    let kept = import::find_pending(snapshot.view(), &app.env, &by, token).await?;
    if let Some(result) = submissions::result_of(snapshot.view(), by.login(), token).await? {
        return Ok(respond::see_other(&result));
    }
    let Some(PendingFile { file, options }) = kept else {
        return Ok(gone_response(empty_page(&app, &req, &by)));
    };
    let (file, read) = read(file.to_vec(), options.encoding).await?;
    let Ok(sheet) = read else {
        // The file is kept only to be read with another encoding. No form could have confirmed it.
        return Ok(gone_response(empty_page(&app, &req, &by)));
    };
    let examined = examine(&app, &snapshot, &by, &sheet, options).await?;
    let report = Report::from(examined.preview(&sheet));
    if report.faulty > 0 {
        return Ok(preview_response(empty_page(&app, &req, &by), report, String::new()));
    }
    if sheet.len() > MAX_ADDED_IN_REQUEST {
        return enqueue(
            &app,
            &req,
            &by,
            PendingFile { file: Zeroizing::new(file), options },
            sheet.len(),
            token,
        )
        .await;
    }
    let unknown = report.unknown;
    let error = match add(&app, &req, &snapshot, &by, examined, token).await {
        Ok(added) => {
            return Ok(respond::redirect_with_flash(
                &req.get_session(),
                RESULT,
                flash(added, unknown),
            ));
        }
        Err(error) => error,
    };
    // A second submission of the form may have been faster. Otherwise, a login name may have been
    // taken or quota reserved while passwords were hashed.
    let snapshot = app.open_view().await?;
    if submissions::result_of(snapshot.view(), by.login(), token).await?.is_some() {
        return Ok(respond::see_other(RESULT));
    }
    let report =
        Report::from(examine(&app, &snapshot, &by, &sheet, options).await?.preview(&sheet));
    if report.faulty > 0 {
        Ok(preview_response(empty_page(&app, &req, &by), report, String::new()))
    } else {
        Err(error.into())
    }
}

async fn add(
    app: &App,
    req: &HttpRequest,
    snapshot: &OwnedView,
    by: &AsManager,
    examined: ExaminedRows,
    token: &str,
) -> Outcome<usize> {
    let ready = examined.hash_passwords(&app.env, snapshot.view(), &NoProgress).await?;
    app.change(&extract::origin(req, app), async |cmd| {
        submissions::record(cmd, by.login(), token, RESULT).await?;
        import::remove_pending(cmd, by).await?;
        import::add_all(cmd, by, &ready).await
    })
    .await
}

/// Passes a file to the worker if adding its customers would take too long for a request.
async fn enqueue(
    app: &App,
    req: &HttpRequest,
    by: &AsManager,
    kept: PendingFile,
    rows: usize,
    token: &str,
) -> Result<HttpResponse, WebError> {
    let begin = async |cmd: Command<'_>| {
        let id = import::run::begin(cmd, by, &kept.file, rows, kept.options, true).await?;
        submissions::record(cmd, by.login(), token, &run::address(id)).await?;
        import::remove_pending(cmd, by).await?;
        Ok::<_, services::ServiceError>(id)
    };
    let error = match app.change(&extract::origin(req, app), begin).await {
        Ok(id) => return Ok(respond::see_other(&run::address(id))),
        Err(error) => error,
    };
    match submissions::result_of(app.open_view().await?.view(), by.login(), token).await? {
        Some(result) => Ok(respond::see_other(&result)),
        None => Err(error.into()),
    }
}

fn flash(added: usize, unknown: usize) -> Flash {
    match unknown {
        0 => Flash::success("import-flash-added").count("count", added),
        _ => Flash::new(Tone::Warning, "import-flash-added-unknown")
            .count("count", added)
            .count("unknown", unknown),
    }
}
