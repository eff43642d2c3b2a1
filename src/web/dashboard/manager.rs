//! The dashboard of an admin or reseller.

use crate::admins::quota;
use crate::audit::entry::{self, EntryView};
use crate::audit::values::Names;
use crate::error::WebError;
use crate::nav::Section;
use crate::page::Chrome;
use crate::table::Usage;
use crate::{frame, respond};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use auth::accounts::Account;
use auth::actor::Manager;
use domain::customer::CustomerSummary;
use domain::job::JobState;
use domain::query::{Column, Direction, Filter, ListQuery, Status};
use jiff::Timestamp;
use services::app::App;
use services::customers::{PageRequest, StatusCounts};
use services::outages::Outage;
use services::{View, account, admins, audit, customers, jobs};

/// Maximum number of new customers on the page.
const MAX_NEWEST: u64 = 5;
/// Maximum number of audit entries on the page.
const MAX_RECENT: u64 = 8;

/// Jobs that need attention.
struct JobProblems {
    /// Number of jobs that were given up.
    failed: u64,
    /// Number of jobs that are late or wait for a retry, and the creation time of the oldest.
    late: Option<(u64, Timestamp)>,
}

impl JobProblems {
    fn is_any(&self) -> bool {
        self.failed > 0 || self.late.is_some()
    }
}

#[derive(Template)]
#[template(path = "dashboard/manager.html")]
struct ManagerPage {
    c: Chrome,
    counts: StatusCounts,
    admins: Option<u64>,
    job_problems: JobProblems,
    /// Label and usage of each limited resource.
    quota: Vec<(String, Usage)>,
    newest: Vec<CustomerSummary>,
    entries: Vec<EntryView>,
}

pub(super) async fn show(
    app: &App,
    req: &HttpRequest,
    account: &Account,
    by: &Manager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let c = frame::of(req, app, account);
    let (counts, newest) = counts_and_newest(view, by).await?;
    let recent = audit::latest(view, by, MAX_RECENT).await?;
    let known = customers::login_names(view, by, &entry::customers(&recent)).await?;
    let admins = match by.as_server_admin() {
        Some(server_admin) => {
            Some(admins::listing(view, &server_admin, &ListQuery::page("", 1, 0)).await?.total)
        }
        None => None,
    };
    let title = c.t_with(
        "dashboard-welcome",
        &[("name", c.account.as_ref().map_or("", |account| account.display_name()))],
    );
    let lead = c.t("dashboard-manager-lead");
    let page = ManagerPage {
        counts,
        admins,
        job_problems: count_problems(view, by, &c.outages).await?,
        quota: quota(&c, &account::own_admin(view, by).await?)
            .into_iter()
            .filter(|(_, usage)| usage.limit.is_some())
            .collect(),
        newest,
        entries: recent
            .into_iter()
            .map(|entry| EntryView::new(&c, entry, &known, &Names::default()))
            .collect(),
        c: c.page(Section::Dashboard, title).lead(lead),
    };
    Ok(respond::ok(&page))
}

/// Returns the number of customers by status, and the newest customers.
async fn counts_and_newest(
    view: View<'_>,
    by: &Manager,
) -> Result<(StatusCounts, Vec<CustomerSummary>), WebError> {
    let newest = PageRequest {
        filter: &Filter::default(),
        order: (Column::Id, Direction::Descending),
        per_page: MAX_NEWEST,
        page: 1,
    };
    let found = customers::page(view, by, &newest).await?;
    Ok((found.counts, found.rows))
}

/// Counts the jobs that need attention. Jobs that wait for one of the `outages` do not count as
/// late, because the frame already shows the outage.
async fn count_problems(
    view: View<'_>,
    by: &Manager,
    outages: &[Outage],
) -> Result<JobProblems, WebError> {
    let failed = jobs::counts(view, by, None)
        .await?
        .into_iter()
        .find(|(state, _)| *state == JobState::Failed)
        .map_or(0, |(_, n)| n);
    Ok(JobProblems {
        failed,
        late: jobs::find_late(view, by, outages).await?.filter(|(n, _)| *n > 0),
    })
}
