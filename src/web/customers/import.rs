//! `/customers/import`: a file is sent and looked at, then confirmed. In between it waits sealed in the database.

use super::csv::download;
use crate::app::{App, Look};
use crate::domain::fault::FieldFaults;
use crate::services::customers::import::{self, MAX_ROWS, Options, PasswordOutcome, Preview, PreviewRow, Sheet};
use crate::services::{Outcome, submissions};
use crate::web::csrf::Guarded;
use crate::web::error::WebError;
use crate::web::extract::{self, AsManager};
use crate::web::flash::{Flash, Tone};
use crate::web::form::{FormState, GENERAL};
use crate::web::nav::Section;
use crate::web::page::Chrome;
use crate::web::upload::GuardedUpload;
use crate::web::{faults, frame, respond};
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

const AREA: &str = "import";
/// Where the new ones are seen.
const RESULT: &str = "/customers?sort=created&dir=desc";
/// Rows that a preview shows, those with faults first.
const MOST_SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "customers/import.html")]
struct ImportPage {
    c: Chrome,
    f: FormState,
    columns: Vec<&'static str>,
    preview: Option<Shown>,
}

/// A preview as the page shows it.
struct Shown {
    rows: Vec<ShownRow>,
    total: usize,
    faulty: usize,
    ignored: Vec<String>,
    mailed: usize,
    typed: usize,
    unknown: usize,
    /// For the form that confirms it; empty where nothing can be confirmed.
    token: String,
}

impl Shown {
    /// Whether there is anything to say or to press above the rows.
    fn has_notes(&self) -> bool {
        !self.token.is_empty() || !self.ignored.is_empty() || self.rows.len() < self.total
    }
}

struct ShownRow {
    number: u64,
    login_name: String,
    name: String,
    email: String,
    plan: String,
    /// Column, or nothing, and what is wrong with it.
    faults: Vec<(String, String)>,
}

/// Shows the form.
pub async fn page(app: Data<App>, req: HttpRequest, by: AsManager) -> Result<HttpResponse, WebError> {
    Ok(respond::ok(&empty(&app, &req, &by)))
}

/// A file to begin with.
pub async fn example(_by: AsManager) -> HttpResponse {
    download("customers-example.csv").body(import::EXAMPLE)
}

/// Looks at what was sent, and changes nothing.
pub async fn preview(app: Data<App>, req: HttpRequest, by: AsManager, sent: GuardedUpload) -> Result<HttpResponse, WebError> {
    let mut page = empty(&app, &req, &by);
    let options = Options { send_passwords: sent.form.ticked("sendpassword") };
    page.f.set_checked("sendpassword", options.send_passwords);
    let file = if sent.file.is_empty() { sent.form.text("text").as_bytes() } else { &sent.file };
    let sheet = match Sheet::read(file) {
        Ok(sheet) => sheet,
        Err(found) => {
            refuse(&mut page, &found);
            return Ok(respond::invalid(&page));
        }
    };
    let origin = extract::origin(&req, &app);
    let preview = app.trial(&origin, async |cmd| import::preview(cmd, &by, &sheet, options).await).await?;
    let token = match preview.faulty() {
        0 => app.change(&origin, async |cmd| import::keep(cmd, &by, file, options).await).await?,
        _ => String::new(),
    };
    Ok(previewed(page, preview, token))
}

/// Adds the customers, once somebody has seen who they are; if that has changed meanwhile, he sees it again.
pub async fn confirm(app: Data<App>, req: HttpRequest, by: AsManager, sent: Guarded) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let token = sent.text("import");
    // In this order: once the file is gone, whatever it made is there.
    let kept = import::kept(look.view(), &app.env, &by, token).await?;
    if submissions::result_of(look.view(), by.login(), token).await?.is_some() {
        return Ok(respond::see_other(RESULT));
    }
    let Some(kept) = kept else {
        let mut page = empty(&app, &req, &by);
        page.f.add_error(GENERAL, page.c.t("import-gone"));
        return Ok(respond::invalid(&page));
    };
    let Ok(sheet) = Sheet::read(&kept.file) else {
        return Err(WebError::Internal(anyhow::anyhow!("a file that was read once is not read again")));
    };
    let look_again = async || {
        let preview = async |cmd: crate::services::Command<'_>| import::preview(cmd, &by, &sheet, kept.options).await;
        app.trial(&extract::origin(&req, &app), preview).await
    };
    let preview = look_again().await?;
    if preview.faulty() > 0 {
        return Ok(previewed(empty(&app, &req, &by), preview, String::new()));
    }
    let unknown = preview.passwords(PasswordOutcome::Unknown);
    let error = match add(&app, &req, &look, &by, &sheet, kept.options, token).await {
        Ok(added) => return Ok(respond::done(&req.get_session(), RESULT, flash(added, unknown))),
        Err(error) => error,
    };
    // Its twin may have been faster; or somebody took a name or the last of the allowance while passwords were hashed.
    if submissions::result_of(app.look().await?.view(), by.login(), token).await?.is_some() {
        return Ok(respond::see_other(RESULT));
    }
    let preview = look_again().await?;
    if preview.faulty() > 0 { Ok(previewed(empty(&app, &req, &by), preview, String::new())) } else { Err(error.into()) }
}

async fn add(app: &App, req: &HttpRequest, look: &Look, by: &AsManager, sheet: &Sheet, options: Options, token: &str) -> Outcome<usize> {
    let ready = import::prepare(&app.env, look.view(), by, sheet, options).await?;
    app.change(&extract::origin(req, app), async |cmd| {
        submissions::note(cmd, by.login(), token, RESULT).await?;
        import::forget(cmd, by).await?;
        import::add_all(cmd, by, &ready).await
    })
    .await
}

fn flash(added: usize, unknown: usize) -> Flash {
    match unknown {
        0 => Flash::success("import-flash-added").with("count", added),
        _ => Flash::new(Tone::Warning, "import-flash-added-unknown").with("count", added).with("unknown", unknown),
    }
}

fn empty(app: &App, req: &HttpRequest, by: &AsManager) -> ImportPage {
    let c = frame::of(req, app, by.account());
    let title = c.t("import-title");
    let lead = c.t_with("import-lead", &[("max", c.num(MAX_ROWS))]);
    let list = c.t("nav-customers");
    let c = c.page(Section::Customers, title).lead(lead).crumb(list, "/customers");
    ImportPage { c, f: FormState::new(AREA), columns: import::parameters(), preview: None }
}

/// What is wrong with the file itself stands beside its field, what is wrong with its columns above.
fn refuse(page: &mut ImportPage, found: &FieldFaults) {
    for (column, list) in found.iter() {
        for fault in list {
            let text = faults::text(page.c.lang, fault);
            if column.is_empty() {
                page.f.add_error("file", text)
            } else {
                page.f.add_error(GENERAL, format!("{column}: {text}"))
            };
        }
    }
}

fn previewed(mut page: ImportPage, preview: Preview, token: String) -> HttpResponse {
    let faulty = preview.faulty();
    let lang = page.c.lang;
    page.c.title = page.c.t("import-preview-title");
    page.c.lead = String::new();
    page.c.crumbs.push(crate::web::page::Crumb { label: page.c.t("import-title"), href: "/customers/import".to_owned() });
    // Where nothing will happen, nothing is told of it.
    let count = |outcome| if faulty == 0 { preview.passwords(outcome) } else { 0 };
    let (mailed, typed, unknown) = (count(PasswordOutcome::Mailed), count(PasswordOutcome::Typed), count(PasswordOutcome::Unknown));
    let total = preview.rows.len();
    let (wrong, right): (Vec<_>, Vec<_>) = preview.rows.into_iter().partition(|row| !row.faults.is_empty());
    let rows = wrong.into_iter().chain(right).take(MOST_SHOWN).map(|row| shown(lang, row)).collect();
    page.preview = Some(Shown { rows, total, faulty, ignored: preview.ignored, mailed, typed, unknown, token });
    if faulty == 0 { respond::ok(&page) } else { respond::invalid(&page) }
}

fn shown(lang: crate::i18n::Lang, row: PreviewRow) -> ShownRow {
    let faults = row.faults.iter().flat_map(|(column, list)| list.iter().map(|fault| (column.to_owned(), faults::text(lang, fault))));
    ShownRow {
        number: row.number,
        faults: faults.collect(),
        login_name: row.login_name.unwrap_or_default(),
        name: row.name,
        email: row.email,
        plan: row.plan.unwrap_or_default(),
    }
}
