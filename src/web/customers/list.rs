//! `GET /customers`. The number of queries does not depend on the number of customers.

use super::customer_page::AREA;
use super::query::{self, ListQuery, QueryContext};
use super::separator::Separator;
use crate::error::WebError;
use crate::extract::AsManager;
use crate::form::{Choice, FormState};
use crate::nav::Section;
use crate::page::Chrome;
use crate::query::Query;
use crate::table::{ListState, Usage};
use crate::{frame, respond, validation_errors};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::column::Columns as _;
use domain::customer::CustomerSummary;
use domain::query::{Column, Status};
use services::app::App;
use services::customers::{self, PageRequest, StatusCounts};

#[derive(Template)]
#[template(path = "customers/list.html")]
struct ListPage {
    c: Chrome,
    f: FormState,
    l: ListState,
    status_tabs: Vec<StatusTab>,
    rows: Vec<Row>,
    owners: Vec<Choice>,
    /// Whether there are too many owners for a select, so that the filter is a text field.
    owner_is_typed: bool,
    plans: Vec<Choice>,
    languages: Vec<Choice>,
    /// Names of the searchable fields, for the help text.
    fields: Vec<&'static str>,
    sees_all: bool,
    exports: Exports,
}

/// Addresses of the CSV export.
struct Exports {
    /// Address with the separator of the last export, or the default.
    usual: String,
    comma: String,
    semicolon: String,
}

/// A tab above the list that filters by status.
struct StatusTab {
    href: String,
    label: String,
    count: u64,
    tone: &'static str,
    here: bool,
}

struct Row {
    login_name: String,
    name: String,
    /// Company; empty if the name already shows it.
    company: String,
    email: String,
    owner: String,
    plan: String,
    disk: Usage,
    traffic: Usage,
    state: &'static str,
    suspended: bool,
    locked: bool,
    /// Last sign-in; empty for never.
    last_sign_in: String,
}

/// Length in bytes above which a name may need more lines than a row shows.
const LONG: usize = 40;

impl Row {
    /// Returns whether the row may truncate the name or company, so that a `title` attribute must
    /// contain them.
    fn is_long(&self) -> bool {
        self.name.len() > LONG || self.company.len() > LONG
    }
}

/// Shows the list.
pub async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let sent = Query::of(&req);
    let owners = if by.sees_all() { Some(query::owners(view, &by, &sent).await?) } else { None };
    let plans = query::plans(view, &by, &sent).await?;
    let known = owners.as_ref().map(|owners| owners.known.as_slice());
    let (page_size, language) = (snapshot.settings.page_size(), by.account().language);
    let mut query = query::read(&sent, &QueryContext { owners: known, page_size, language });
    let found = if query.errors.is_empty() {
        let state = &query.state;
        let request = PageRequest {
            filter: &query.filter,
            order: query.order,
            per_page: state.per_page,
            page: state.page,
        };
        customers::page(view, &by, &request).await?
    } else {
        customers::ListPage::default()
    };
    query.state.total = found.counts.of(query.filter.status);
    query.state.page = found.number.max(1);
    let c = frame::of(&req, &app, by.account());
    let c = Chrome { title: c.t("customers-title"), section: Some(Section::Customers), ..c };
    let page = ListPage {
        f: filters(&c, &query),
        status_tabs: status_tabs(&c, &query, found.counts),
        rows: found.rows.into_iter().map(|customer| row(&c, customer)).collect(),
        owner_is_typed: owners.as_ref().is_some_and(|owners| owners.is_truncated),
        owners: owners
            .unwrap_or_default()
            .known
            .iter()
            .map(|(_, name)| Choice::new(name, name))
            .collect(),
        plans: Choice::named(&plans),
        languages: Choice::languages(),
        fields: Column::all().map(Column::name).collect(),
        sees_all: by.sees_all(),
        exports: exports(&req, &c, &query),
        l: query.state,
        c,
    };
    Ok(if query.errors.is_empty() { respond::ok(&page) } else { respond::invalid(&page) })
}

fn filters(c: &Chrome, query: &ListQuery) -> FormState {
    let mut form = FormState::new(AREA);
    for name in ["status", "owner", "plan", "language"] {
        form.set(name, query.state.param(name));
    }
    form.set("q", &query.search);
    for error in &query.errors {
        form.add_error("q", validation_errors::text(c.lang, error));
    }
    form
}

fn exports(req: &HttpRequest, c: &Chrome, query: &ListQuery) -> Exports {
    let href = query.state.suffix_href(".csv");
    Exports {
        usual: Separator::remembered(req, c.lang).added_to(&href),
        comma: Separator::Comma.added_to(&href),
        semicolon: Separator::Semicolon.added_to(&href),
    }
}

fn status_tabs(c: &Chrome, query: &ListQuery, counts: StatusCounts) -> Vec<StatusTab> {
    let tab = |status: Option<Status>, key: &str, tone| StatusTab {
        href: query.state.param_href("status", status.map_or("", Status::code)),
        label: c.t(key),
        count: counts.of(status),
        tone,
        here: query.filter.status == status,
    };
    vec![
        tab(None, "customers-tab-all", ""),
        tab(Some(Status::Active), "customers-tab-active", "tag-good"),
        tab(Some(Status::Suspended), "customers-tab-suspended", "tag-warn"),
        tab(Some(Status::Locked), "customers-tab-locked", "tag-bad"),
    ]
}

fn row(c: &Chrome, line: CustomerSummary) -> Row {
    let name = line.display_name();
    Row {
        login_name: line.login_name.to_string(),
        company: if line.company == name { String::new() } else { line.company.clone() },
        email: line.email.to_unicode(),
        disk: Usage::bytes(line.disk.0, line.disk.1.limit()),
        traffic: Usage::bytes(line.traffic.0, line.traffic.1.limit()),
        state: line.status().code(),
        suspended: line.suspended,
        locked: line.sign_in.locked,
        last_sign_in: line.sign_in.last_success.map(|at| c.datetime(at)).unwrap_or_default(),
        owner: line.owner_name,
        plan: line.plan_name,
        name,
    }
}
