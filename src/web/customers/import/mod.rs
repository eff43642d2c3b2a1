//! `/customers/import`: uploads a file, shows a preview, and imports it after confirmation.
//! Meanwhile the file is kept sealed in the database. The worker processes files that take too long
//! for a request: see [`run`].

pub mod confirm;
mod page;
mod preview;
mod reading;
pub mod run;

use super::export::csv_response;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::respond;
use crate::upload::VerifiedUpload;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use page::{ImportPage, empty_page, examine, gone_response, preview_response};
use reading::{add_errors, read, without_passwords};
use services::Command;
use services::app::App;
use services::customers::import::run::Run;
use services::customers::import::{
    self, MAX_BYTES_IN_REQUEST, MAX_ROWS_IN_REQUEST, Options, Report, Sheet, TextEncoding,
};

/// Shows the form and recent imports.
pub async fn form(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let mut page = empty_page(&app, &req, &by);
    let runs: Vec<Run> = import::run::recent(snapshot.view(), &by).await?;
    page.runs = runs.into_iter().map(|run| run::run_line(&page.c, &run)).collect();
    Ok(respond::ok(&page))
}

/// Returns an example file.
pub async fn example(_by: AsManager) -> HttpResponse {
    csv_response("customers-example.csv").body(import::EXAMPLE)
}

/// The source of an import.
enum Source {
    /// An uploaded file, or the file that was kept from an earlier upload.
    File(Vec<u8>),
    /// Text that was pasted into the form.
    Pasted(Vec<u8>),
    /// A file that is no longer kept.
    Gone,
}

impl Source {
    /// Returns the source that a submitted form names. A new file takes precedence over text, and
    /// text over the kept file.
    async fn of(app: &App, by: &AsManager, sent: VerifiedUpload) -> Result<Self, WebError> {
        let (text, token) = (sent.form.text("text"), sent.form.text("kept"));
        if !sent.file.is_empty() {
            return Ok(Self::File(sent.file));
        }
        if !text.is_empty() || token.is_empty() {
            return Ok(Self::Pasted(text.as_bytes().to_vec()));
        }
        let kept = import::find_pending(app.open_view().await?.view(), &app.env, by, token).await?;
        Ok(kept.map_or(Self::Gone, |kept| Self::File(kept.file.to_vec())))
    }
}

/// Shows a preview and adds no customers. Keeps the file, so that it can be read with another
/// encoding.
pub async fn preview(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    sent: VerifiedUpload,
) -> Result<HttpResponse, WebError> {
    let mut page = empty_page(&app, &req, &by);
    let options = Options {
        send_passwords: sent.form.is_checked("sendpassword"),
        encoding: TextEncoding::parse(sent.form.text("encoding")),
    };
    page.f
        .set_checked("sendpassword", options.send_passwords)
        .set("encoding", options.encoding.map_or("", TextEncoding::code));
    let (file, is_pasted) = match Source::of(&app, &by, sent).await? {
        Source::File(file) => (file, false),
        Source::Pasted(text) => (text, true),
        Source::Gone => return Ok(gone_response(page)),
    };
    // Browsers send pasted text as UTF-8, whatever the encoding of its source was.
    let encoding = if is_pasted { Some(TextEncoding::Utf8) } else { options.encoding };
    let options = Options { encoding, ..options };
    let (file, read) = read(file, encoding).await?;
    let origin = extract::origin(&req, &app);
    let keep = async || {
        app.change(&origin, async |cmd| import::store_pending(cmd, &by, &file, options).await).await
    };
    let can_be_kept = !is_pasted && file.len() <= MAX_BYTES_IN_REQUEST;
    let sheet = match read {
        Ok(sheet) => sheet,
        Err(found) => {
            refill_text(&mut page, is_pasted, &file, None);
            if can_be_kept {
                page.kept = keep().await?;
            }
            add_errors(&mut page.f, page.c.lang, "file", &found);
            return Ok(respond::invalid(&page));
        }
    };
    if sheet.len() > MAX_ROWS_IN_REQUEST || file.len() > MAX_BYTES_IN_REQUEST {
        let begin = async |cmd: Command<'_>| {
            import::run::begin(cmd, &by, &file, sheet.len(), options, false).await
        };
        return Ok(respond::see_other(&run::address(app.change(&origin, begin).await?)));
    }
    let report = Report::from(
        examine(&app, &app.open_view().await?, &by, &sheet, options).await?.preview(&sheet),
    );
    let token = if report.faulty == 0 || can_be_kept { keep().await? } else { String::new() };
    if can_be_kept && sheet.format().is_text() {
        page.kept.clone_from(&token);
    }
    if report.faulty > 0 {
        refill_text(&mut page, is_pasted, &file, Some(&sheet));
        return Ok(preview_response(page, report, String::new()));
    }
    Ok(preview_response(page, report, token))
}

/// Puts pasted text back into the form, so that the user can correct it there.
fn refill_text(page: &mut ImportPage, is_pasted: bool, file: &[u8], sheet: Option<&Sheet>) {
    if is_pasted && let Ok(text) = std::str::from_utf8(file) {
        let (text, left_out) = without_passwords(text, sheet);
        page.passwords_left_out = left_out;
        page.f.set("text", text);
    }
}
