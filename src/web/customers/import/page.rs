//! The page with the import form and the preview of a file.

use super::preview::FilePreview;
use super::reading::{AREA, encodings};
use super::run;
use crate::extract::AsManager;
use crate::form::{Choice, FormState, GENERAL};
use crate::nav::Section;
use crate::page::{Chrome, Crumb};
use crate::{frame, respond};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use services::Outcome;
use services::app::{App, OwnedView};
use services::customers::import::{
    self, ExaminedRows, MAX_ROWS, NoProgress, Options, Report, Sheet,
};

#[derive(Template)]
#[template(path = "customers/import.html")]
pub(super) struct ImportPage {
    pub c: Chrome,
    pub f: FormState,
    pub columns: Vec<&'static str>,
    pub encodings: Vec<Choice>,
    /// Token of the kept file, so that the user can select another encoding without a second
    /// upload; empty for none.
    pub kept: String,
    /// Recent imports of the worker.
    pub runs: Vec<run::RunLine>,
    /// Whether passwords were removed from the pasted text before it was shown again.
    pub passwords_left_out: bool,
    pub preview: Option<FilePreview>,
}

/// Returns the page with an empty form.
pub(super) fn empty_page(app: &App, req: &HttpRequest, by: &AsManager) -> ImportPage {
    let c = frame::of(req, app, by.account());
    let title = c.t("import-title");
    let lead = c.t_with("import-lead", &[("max", c.num(MAX_ROWS))]);
    let c = c.below(Section::Customers, title).lead(lead);
    let encodings = encodings();
    let f = FormState::new(AREA);
    ImportPage {
        c,
        f,
        columns: import::documented_columns(),
        encodings,
        kept: String::new(),
        runs: Vec::new(),
        passwords_left_out: false,
        preview: None,
    }
}

/// Returns the response for a file that is no longer kept.
pub(super) fn gone_response(mut page: ImportPage) -> HttpResponse {
    page.f.add_error(GENERAL, page.c.t("import-gone"));
    respond::invalid(&page)
}

/// Returns the response with the preview of a file. `token` is empty if the file cannot be
/// confirmed.
pub(super) fn preview_response(
    mut page: ImportPage,
    report: Report,
    token: String,
) -> HttpResponse {
    page.c.title = page.c.t("import-preview-title");
    page.c.lead = String::new();
    page.c
        .crumbs
        .push(Crumb { label: page.c.t("import-title"), href: "/customers/import".to_owned() });
    let faulty = report.faulty;
    page.preview =
        Some(FilePreview::of(&page.c, report, "/customers/import/confirm".to_owned(), token));
    if faulty == 0 { respond::ok(&page) } else { respond::invalid(&page) }
}

/// Validates the rows of a file.
pub(super) async fn examine(
    app: &App,
    snapshot: &OwnedView,
    by: &AsManager,
    sheet: &Sheet,
    options: Options,
) -> Outcome<ExaminedRows> {
    import::examine(snapshot.view(), &app.env, by, sheet, options, &NoProgress).await
}
