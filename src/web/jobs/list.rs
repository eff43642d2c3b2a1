//! The list of jobs, with a tab for all jobs and one for each state.

use crate::codes;
use crate::error::WebError;
use crate::extract::AsManager;
use crate::form::{Choice, FormState};
use crate::nav::Section;
use crate::page::Chrome;
use crate::query::Query;
use crate::table::ListState;
use crate::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::id::CustomerId;
use domain::job::{JobFilter, JobState, StoredJob};
use services::app::App;
use services::{customers, jobs};
use std::collections::HashMap;

/// A state, or all states together, and the number of jobs. The code is empty for all states.
struct Tab {
    code: &'static str,
    count: u64,
    tone: &'static str,
}

struct Row {
    job: StoredJob,
    kind: String,
    /// Login name of the job's customer; `None` if there is none or if they no longer exist.
    customer: Option<String>,
}

impl Row {
    fn state(&self) -> &'static str {
        self.job.state.code()
    }

    fn can_be_managed(&self) -> bool {
        matches!(self.job.state, JobState::Waiting | JobState::Failed)
    }
}

#[derive(Template)]
#[template(path = "jobs/list.html")]
struct ListPage {
    c: Chrome,
    l: ListState,
    tabs: Vec<Tab>,
    f: FormState,
    kinds: Vec<Choice>,
    /// The selected job kind, if the page offers to retry all its given-up jobs.
    retry_kind: Option<String>,
    rows: Vec<Row>,
}

/// Shows a page of jobs, newest first.
pub(super) async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let query = Query::of(&req);
    let filter = filter(&query);
    let kept: &[&str] = if filter.state.is_some() { &["state", "kind"] } else { &["kind"] };
    let mut l = query.list("/jobs", kept, snapshot.settings.page_size());
    let mut page = jobs::listing(view, &by, &filter, l.per_page, l.offset()).await?;
    if l.set_total(page.total) {
        page = jobs::listing(view, &by, &filter, l.per_page, l.offset()).await?;
    }
    let ids: Vec<CustomerId> = page.items.iter().filter_map(|job| job.customer).collect();
    let names = customers::login_names(view, &by, &ids).await?;
    let counts = jobs::counts(view, &by, filter.kind.as_deref()).await?;
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("jobs-title"), c.t("jobs-lead"));
    let kinds = jobs::existing_kinds(view, &by)
        .await?
        .iter()
        .map(|kind| Choice::new(kind, codes::job_kind(c.lang, kind)))
        .collect();
    let mut f = FormState::new("jobs");
    f.set("kind", query.text("kind"));
    let failed = counts.iter().any(|(state, n)| *state == JobState::Failed && *n > 0);
    let retry_kind =
        filter.kind.filter(|_| failed && matches!(filter.state, None | Some(JobState::Failed)));
    let rows = page.items.into_iter().map(|job| row(&c, job, &names)).collect();
    Ok(respond::ok(&ListPage {
        c: c.page(Section::Jobs, title).lead(lead),
        l,
        tabs: tabs(&counts),
        f,
        kinds,
        retry_kind,
        rows,
    }))
}

fn filter(query: &Query) -> JobFilter {
    let kind = Some(query.text("kind").to_owned()).filter(|kind| !kind.is_empty());
    JobFilter { state: JobState::parse(query.text("state")), kind }
}

fn row(c: &Chrome, job: StoredJob, names: &HashMap<CustomerId, String>) -> Row {
    let kind = codes::job_kind(c.lang, &job.kind);
    let customer = job.customer.and_then(|id| names.get(&id).cloned());
    Row { job, kind, customer }
}

fn tabs(counts: &[(JobState, u64)]) -> Vec<Tab> {
    let count = |state| counts.iter().find(|(known, _)| *known == state).map_or(0, |(_, n)| *n);
    let all = Tab { code: "", count: counts.iter().map(|(_, n)| n).sum(), tone: "" };
    let each = JobState::ALL.into_iter().map(|state| Tab {
        code: state.code(),
        count: count(state),
        tone: match state {
            JobState::Failed if count(state) > 0 => "tag-bad",
            JobState::Waiting if count(state) > 0 => "tag-warn",
            _ => "",
        },
    });
    std::iter::once(all).chain(each).collect()
}
