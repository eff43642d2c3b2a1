//! `/customers/import/{id}`: progress and result of an import by the worker. Without JavaScript,
//! the page reloads itself while the import is in progress.

use super::preview::FilePreview;
use super::reading::{AREA, RESULT, add_errors, encodings, read};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::flash::{Flash, Tone};
use crate::form::{Choice, FormState};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_session::SessionExt as _;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::id::ImportRunId;
use services::Command;
use services::app::App;
use services::customers::import::TextEncoding;
use services::customers::import::run::{self, ConfirmResult, Run, RunState};

#[derive(Template)]
#[template(path = "customers/import_run.html")]
struct RunPage {
    c: Chrome,
    f: FormState,
    encodings: Vec<Choice>,
    /// Whether the file is kept and can be read with another encoding.
    can_be_reread: bool,
    line: RunLine,
    stage: String,
    done: u64,
    total: u64,
    percent: u64,
    /// Number of customers with a generated password that was not sent by email.
    unknown: usize,
    result: &'static str,
    preview: Option<FilePreview>,
}

/// An import as lists show it.
pub(super) struct RunLine {
    pub href: String,
    pub state: &'static str,
    pub is_in_progress: bool,
    pub total: u64,
    /// Formatted creation time.
    pub when: String,
}

impl RunLine {
    /// Returns the text key of the reason why the import ended without customers and without a
    /// report; empty for other states.
    fn reason_key(&self) -> &'static str {
        match self.state {
            "refused" => "import-run-refused-text",
            "failed" => "import-run-failed-text",
            "discarded" => "import-run-discarded-text",
            _ => "",
        }
    }
}

/// Returns the address of an import's page.
pub(super) fn address(id: ImportRunId) -> String {
    format!("/customers/import/{id}")
}

pub(super) fn run_line(c: &Chrome, run: &Run) -> RunLine {
    RunLine {
        href: address(run.id),
        state: run.state.code(),
        is_in_progress: run.state.is_in_progress(),
        total: run.total,
        when: c.datetime(run.created_at),
    }
}

/// Shows an import.
pub async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    id: Path<i64>,
) -> Result<HttpResponse, WebError> {
    Ok(respond::ok(&run_page(&app, &req, &by, ImportRunId(*id)).await?))
}

async fn run_page(
    app: &App,
    req: &HttpRequest,
    by: &AsManager,
    id: ImportRunId,
) -> Result<RunPage, WebError> {
    let snapshot = app.open_view().await?;
    let run = run::find(snapshot.view(), &app.env, by, id).await?.ok_or(WebError::NotFound)?;
    let c = frame::of(req, app, by.account());
    let title = c.t(&format!("import-run-{}-title", run.state.code()));
    let import = c.t("import-title");
    let c = c.below(Section::Customers, title).crumb(import, "/customers/import");
    let line = run_line(&c, &run);
    let stage = if run.stage.is_empty() {
        c.t("import-stage-waiting")
    } else {
        c.t(&format!("import-stage-{}", run.stage))
    };
    let unknown = run.report.as_ref().map_or(0, |report| report.unknown);
    let token = if run.state == RunState::Checked { run.id.to_string() } else { String::new() };
    let has_preview = matches!(run.state, RunState::Checked | RunState::Faulty);
    let report = run.report.filter(|_| has_preview);
    let can_be_reread = report.as_ref().is_some_and(|report| report.format.is_text());
    let encoding = run.encoding.map_or("", TextEncoding::code);
    let preview = report.map(|report| FilePreview {
        encoding,
        ..FilePreview::of(&c, report, format!("{}/confirm", line.href), token)
    });
    let percent = run.done.saturating_mul(100).checked_div(run.total).unwrap_or(0).min(100);
    let (done, total) = (run.done, run.total);
    let mut f = FormState::new(AREA);
    f.set("encoding", encoding);
    let encodings = encodings();
    Ok(RunPage {
        c,
        f,
        encodings,
        can_be_reread,
        line,
        stage,
        done,
        total,
        percent,
        unknown,
        result: RESULT,
        preview,
    })
}

/// Reads the file with another encoding and, if it is valid then, queues another check.
pub async fn reread(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    id: Path<i64>,
    sent: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let id = ImportRunId(*id);
    let encoding = TextEncoding::parse(sent.text("encoding"));
    let Some(file) = run::checked_file(app.open_view().await?.view(), &app.env, &by, id).await?
    else {
        return Ok(respond::see_other(&address(id)));
    };
    match read(file.to_vec(), encoding).await?.1 {
        Ok(sheet) => {
            let check = async |cmd: Command<'_>| {
                run::check_again(cmd, &by, id, encoding, sheet.len()).await
            };
            app.change(&extract::origin(&req, &app), check).await?;
            Ok(respond::see_other(&address(id)))
        }
        Err(found) => {
            let mut page = run_page(&app, &req, &by, id).await?;
            page.f.set("encoding", encoding.map_or("", TextEncoding::code));
            add_errors(&mut page.f, page.c.lang, "encoding", &found);
            Ok(respond::invalid(&page))
        }
    }
}

/// Confirms an import. If the encoding has changed since the page was shown, shows the page again.
pub async fn confirm(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    id: Path<i64>,
    sent: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let id = ImportRunId(*id);
    let encoding = TextEncoding::parse(sent.text("encoding"));
    let confirm = async |cmd: Command<'_>| run::confirm(cmd, &by, id, encoding).await;
    Ok(match app.change(&extract::origin(&req, &app), confirm).await? {
        ConfirmResult::Begun | ConfirmResult::NotConfirmable => respond::see_other(&address(id)),
        ConfirmResult::EncodingChanged => respond::redirect_with_flash(
            &req.get_session(),
            &address(id),
            Flash::new(Tone::Warning, "import-flash-reread"),
        ),
    })
}
