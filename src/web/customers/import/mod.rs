//! `/customers/import`: a file is sent and looked at, then confirmed. In between it waits sealed in
//! the database. Files that take longer than somebody waits for a page are the worker's: see
//! [`run`].

mod kept_text;
mod reading;
pub mod run;
mod shown;

use super::csv::download;
use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::flash::{Flash, Tone};
use crate::form::{Choice, FormState, GENERAL};
use crate::nav::Section;
use crate::page::{Chrome, Crumb};
use crate::upload::GuardedUpload;
use crate::{frame, respond};
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use reading::{AREA, RESULT, encodings, read, refuse};
use services::app::{App, Look};
use services::customers::import::run::Run;
use services::customers::import::{
    self, ADDED_AT_ONCE, BYTES_AT_ONCE, MAX_ROWS, Options, ROWS_AT_ONCE, Report,
};
use services::customers::import::{Examined, Kept, Sheet, TextEncoding, Unwatched};
use services::{Command, Outcome, submissions};
use shown::Shown;
use zeroize::Zeroizing;

#[derive(Template)]
#[template(path = "customers/import.html")]
struct ImportPage {
    c: Chrome,
    f: FormState,
    columns: Vec<&'static str>,
    encodings: Vec<Choice>,
    /// Token of the file that is kept, so that another encoding can be chosen without sending it
    /// again.
    kept: String,
    /// Files that the worker has, or had.
    runs: Vec<run::Line>,
    /// Passwords were taken out of the pasted text before it was shown again.
    passwords_left_out: bool,
    preview: Option<Shown>,
}

/// Shows the form.
pub async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let mut page = empty(&app, &req, &by);
    let runs: Vec<Run> = import::run::recent(look.view(), &by).await?;
    page.runs = runs.into_iter().map(|run| run::line(&page.c, &run)).collect();
    Ok(respond::ok(&page))
}

/// A file to begin with.
pub async fn example(_by: AsManager) -> HttpResponse {
    download("customers-example.csv").body(import::EXAMPLE)
}

/// What a manager sent to be imported.
enum Source {
    /// A file, or the one that is kept since they sent it.
    File(Vec<u8>),
    /// Text in the form.
    Pasted(Vec<u8>),
    /// They refer to a file that is not kept any more.
    Gone,
}

impl Source {
    /// A new file comes before text, and text before the kept file.
    async fn of(app: &App, by: &AsManager, sent: GuardedUpload) -> Result<Self, WebError> {
        let (text, token) = (sent.form.text("text"), sent.form.text("kept"));
        if !sent.file.is_empty() {
            return Ok(Self::File(sent.file));
        }
        if !text.is_empty() || token.is_empty() {
            return Ok(Self::Pasted(text.as_bytes().to_vec()));
        }
        let kept = import::kept(app.look().await?.view(), &app.env, by, token).await?;
        Ok(kept.map_or(Self::Gone, |kept| Self::File(kept.file.to_vec())))
    }
}

/// Shows what would come of what was sent, and adds nobody. The file is kept, so that the manager
/// can have it read with another encoding.
pub async fn preview(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    sent: GuardedUpload,
) -> Result<HttpResponse, WebError> {
    let mut page = empty(&app, &req, &by);
    let options = Options {
        send_passwords: sent.form.ticked("sendpassword"),
        encoding: TextEncoding::parse(sent.form.text("encoding")),
    };
    page.f
        .set_checked("sendpassword", options.send_passwords)
        .set("encoding", options.encoding.map_or("", TextEncoding::code));
    let (file, is_pasted) = match Source::of(&app, &by, sent).await? {
        Source::File(file) => (file, false),
        Source::Pasted(text) => (text, true),
        Source::Gone => {
            page.f.add_error(GENERAL, page.c.t("import-gone"));
            return Ok(respond::invalid(&page));
        }
    };
    // Pasted text came as the form did, whatever the program had that it was copied from.
    let encoding = if is_pasted { Some(TextEncoding::Utf8) } else { options.encoding };
    let options = Options { encoding, ..options };
    let (file, read) = read(file, encoding).await?;
    let origin = extract::origin(&req, &app);
    let keep = async || {
        app.change(&origin, async |cmd| import::keep(cmd, &by, &file, options).await).await
    };
    let can_be_kept = !is_pasted && file.len() <= BYTES_AT_ONCE;
    let sheet = match read {
        Ok(sheet) => sheet,
        Err(found) => {
            keep_text(&mut page, is_pasted, &file, None);
            if can_be_kept {
                page.kept = keep().await?;
            }
            refuse(&mut page.f, page.c.lang, "file", &found);
            return Ok(respond::invalid(&page));
        }
    };
    if sheet.len() > ROWS_AT_ONCE || file.len() > BYTES_AT_ONCE {
        let begin = async |cmd: Command<'_>| {
            import::run::begin(cmd, &by, &file, sheet.len(), options, false).await
        };
        return Ok(respond::see_other(&run::address(app.change(&origin, begin).await?)));
    }
    let report = Report::from(
        examine(&app, &app.look().await?, &by, &sheet, options).await?.preview(&sheet),
    );
    let token = if report.faulty == 0 || can_be_kept { keep().await? } else { String::new() };
    if can_be_kept && sheet.format().is_text() {
        page.kept.clone_from(&token);
    }
    if report.faulty > 0 {
        keep_text(&mut page, is_pasted, &file, Some(&sheet));
        return Ok(previewed(page, report, String::new()));
    }
    Ok(previewed(page, report, token))
}

/// Somebody who pasted a text corrects it where it stands.
fn keep_text(page: &mut ImportPage, is_pasted: bool, file: &[u8], sheet: Option<&Sheet>) {
    if is_pasted && let Ok(text) = std::str::from_utf8(file) {
        let (text, left_out) = kept_text::without_passwords(text, sheet);
        page.passwords_left_out = left_out;
        page.f.set("text", text);
    }
}

async fn examine(
    app: &App,
    look: &Look,
    by: &AsManager,
    sheet: &Sheet,
    options: Options,
) -> Outcome<Examined> {
    import::examine(look.view(), &app.env, by, sheet, options, &Unwatched).await
}

/// Adds the customers, once somebody has seen who they are; if that has changed meanwhile, they see
/// it again.
pub async fn confirm(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    sent: Guarded,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let token = sent.text("import");
    // In this order: once the file is gone, whatever it made is there.
    let kept = import::kept(look.view(), &app.env, &by, token).await?;
    if let Some(result) = submissions::result_of(look.view(), by.login(), token).await? {
        return Ok(respond::see_other(&result));
    }
    let Some(kept) = kept else {
        let mut page = empty(&app, &req, &by);
        page.f.add_error(GENERAL, page.c.t("import-gone"));
        return Ok(respond::invalid(&page));
    };
    let Kept { file, options } = kept;
    let (file, read) = read(file.to_vec(), options.encoding).await?;
    let Ok(sheet) = read else {
        // It is kept to be read with another encoding, and there is no form that confirms it.
        let mut page = empty(&app, &req, &by);
        page.f.add_error(GENERAL, page.c.t("import-gone"));
        return Ok(respond::invalid(&page));
    };
    let examined = examine(&app, &look, &by, &sheet, options).await?;
    let report = Report::from(examined.preview(&sheet));
    if report.faulty > 0 {
        return Ok(previewed(empty(&app, &req, &by), report, String::new()));
    }
    if sheet.len() > ADDED_AT_ONCE {
        return hand_over(
            &app,
            &req,
            &by,
            Kept { file: Zeroizing::new(file), options },
            sheet.len(),
            token,
        )
        .await;
    }
    let unknown = report.unknown;
    let error = match add(&app, &req, &look, &by, examined, token).await {
        Ok(added) => return Ok(respond::done(&req.get_session(), RESULT, flash(added, unknown))),
        Err(error) => error,
    };
    // Its twin may have been faster; or somebody took a name or the last of the allowance while
    // passwords were hashed.
    let look = app.look().await?;
    if submissions::result_of(look.view(), by.login(), token).await?.is_some() {
        return Ok(respond::see_other(RESULT));
    }
    let report = Report::from(examine(&app, &look, &by, &sheet, options).await?.preview(&sheet));
    if report.faulty > 0 {
        Ok(previewed(empty(&app, &req, &by), report, String::new()))
    } else {
        Err(error.into())
    }
}

async fn add(
    app: &App,
    req: &HttpRequest,
    look: &Look,
    by: &AsManager,
    examined: Examined,
    token: &str,
) -> Outcome<usize> {
    let ready = examined.hashed(&app.env, look.view(), &Unwatched).await?;
    app.change(&extract::origin(req, app), async |cmd| {
        submissions::note(cmd, by.login(), token, RESULT).await?;
        import::forget(cmd, by).await?;
        import::add_all(cmd, by, &ready).await
    })
    .await
}

/// Hands a file to the worker whose customers would take longer to add than somebody waits for a
/// page.
async fn hand_over(
    app: &App,
    req: &HttpRequest,
    by: &AsManager,
    kept: Kept,
    rows: usize,
    token: &str,
) -> Result<HttpResponse, WebError> {
    let begin = async |cmd: Command<'_>| {
        let id = import::run::begin(cmd, by, &kept.file, rows, kept.options, true).await?;
        submissions::note(cmd, by.login(), token, &run::address(id)).await?;
        import::forget(cmd, by).await?;
        Ok::<_, services::ServiceError>(id)
    };
    let error = match app.change(&extract::origin(req, app), begin).await {
        Ok(id) => return Ok(respond::see_other(&run::address(id))),
        Err(error) => error,
    };
    match submissions::result_of(app.look().await?.view(), by.login(), token).await? {
        Some(result) => Ok(respond::see_other(&result)),
        None => Err(error.into()),
    }
}

fn flash(added: usize, unknown: usize) -> Flash {
    match unknown {
        0 => Flash::success("import-flash-added").with("count", added),
        _ => Flash::new(Tone::Warning, "import-flash-added-unknown")
            .with("count", added)
            .with("unknown", unknown),
    }
}

fn empty(app: &App, req: &HttpRequest, by: &AsManager) -> ImportPage {
    let c = frame::of(req, app, by.account());
    let title = c.t("import-title");
    let lead = c.t_with("import-lead", &[("max", c.num(MAX_ROWS))]);
    let list = c.t("nav-customers");
    let c = c.page(Section::Customers, title).lead(lead).crumb(list, "/customers");
    let encodings = encodings();
    let f = FormState::new(AREA);
    ImportPage {
        c,
        f,
        columns: import::parameters(),
        encodings,
        kept: String::new(),
        runs: Vec::new(),
        passwords_left_out: false,
        preview: None,
    }
}

fn previewed(mut page: ImportPage, report: Report, token: String) -> HttpResponse {
    page.c.title = page.c.t("import-preview-title");
    page.c.lead = String::new();
    page.c
        .crumbs
        .push(Crumb { label: page.c.t("import-title"), href: "/customers/import".to_owned() });
    let faulty = report.faulty;
    page.preview = Some(Shown::of(&page.c, report, "/customers/import/confirm".to_owned(), token));
    if faulty == 0 { respond::ok(&page) } else { respond::invalid(&page) }
}
