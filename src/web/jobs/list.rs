//! The list, state by state.

use crate::app::App;
use crate::domain::id::CustomerId;
use crate::services::jobs::{JobRow, JobState};
use crate::services::{customers, jobs};
use crate::web::error::WebError;
use crate::web::extract::AsManager;
use crate::web::nav::Section;
use crate::web::page::Chrome;
use crate::web::query::Query;
use crate::web::table::ListState;
use crate::web::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use std::collections::HashMap;

/// A state, and how many jobs are in it.
struct Tab {
    code: &'static str,
    count: u64,
    tone: &'static str,
}

struct Row {
    job: JobRow,
    kind: String,
    /// The customer whom it is for, if he is still there.
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
    rows: Vec<Row>,
}

/// Shows some jobs, newest first.
pub(super) async fn list(app: Data<App>, req: HttpRequest, by: AsManager) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let view = look.view();
    let query = Query::of(&req);
    let state = JobState::parse(query.text("state"));
    let mut l = query.list("/jobs", if state.is_some() { &["state"] } else { &[] }, look.settings.page_size());
    let mut page = jobs::listing(view, &by, state, l.per_page, l.offset()).await?;
    if l.ends_at(page.total) {
        page = jobs::listing(view, &by, state, l.per_page, l.offset()).await?;
    }
    let ids: Vec<CustomerId> = page.items.iter().filter_map(|job| job.customer).collect();
    let names = customers::login_names(view, &by, &ids).await?;
    let tabs = tabs(&jobs::counts(view, &by).await?);
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("jobs-title"), c.t("jobs-lead"));
    let rows = page.items.into_iter().map(|job| row(&c, job, &names)).collect();
    Ok(respond::ok(&ListPage { c: c.page(Section::Jobs, title).lead(lead), l, tabs, rows }))
}

fn row(c: &Chrome, job: JobRow, names: &HashMap<CustomerId, String>) -> Row {
    let kind = c.lang.try_t(&format!("job-{}", job.kind.replace('_', "-"))).unwrap_or_else(|| job.kind.clone());
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
