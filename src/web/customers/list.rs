//! `GET /customers`. However many there are, the page takes a bounded number of queries.

use super::query::{self, Asked, Known};
use super::{AREA, offers};
use crate::app::App;
use crate::domain::customer::Customer;
use crate::domain::query::{Column, Listing, Status};
use crate::domain::resources::Resource;
use crate::services::customers::{self, StateCounts};
use crate::services::plans;
use crate::web::error::WebError;
use crate::web::extract::AsManager;
use crate::web::form::{Choice, FormState};
use crate::web::nav::Section;
use crate::web::page::Chrome;
use crate::web::table::{ListState, Usage};
use crate::web::{faults, frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

/// Selects are no longer than this.
const MOST: u64 = 1000;

#[derive(Template)]
#[template(path = "customers/list.html")]
struct ListPage {
    c: Chrome,
    f: FormState,
    l: ListState,
    scopes: Vec<ScopeTab>,
    rows: Vec<Row>,
    owners: Vec<Choice>,
    plans: Vec<Choice>,
    languages: Vec<Choice>,
    /// Names of the fields that can be searched, for the help.
    fields: Vec<&'static str>,
    sees_all: bool,
}

/// A tab above the list.
struct ScopeTab {
    href: String,
    label: String,
    count: u64,
    tone: &'static str,
    here: bool,
}

struct Row {
    login_name: String,
    name: String,
    /// The company, where it is not the name already.
    company: String,
    email: String,
    owner: String,
    plan: String,
    disk: Usage,
    traffic: Usage,
    state: &'static str,
    suspended: bool,
    locked: bool,
    /// Empty for never.
    last_sign_in: String,
}

/// Shows the list.
pub async fn page(app: Data<App>, req: HttpRequest, by: AsManager) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let view = look.view();
    let owners = if by.sees_all() { customers::owners(view, &by, MOST).await? } else { Vec::new() };
    let plans = plans::names(view, &by, MOST).await?;
    let mut asked = query::read(req.query_string(), &Known { owners: &owners, page_size: look.settings.page_size() });
    let (counts, found) = match asked.fault {
        Some(_) => (StateCounts::default(), Vec::new()),
        None => find(&look, &by, &mut asked).await?,
    };
    let ids: Vec<_> = found.iter().filter_map(|customer| customer.profile.plan).collect();
    let names = plans::names_of(view, &ids).await?;
    let c = frame::of(&req, &app, by.account());
    let c = Chrome { title: c.t("customers-title"), section: Some(Section::Customers), ..c };
    let page = ListPage {
        f: filters(&c, &asked),
        scopes: scopes(&c, &asked, counts),
        rows: found.into_iter().map(|customer| row(&c, customer, |id| names.get(id).cloned().unwrap_or_default())).collect(),
        owners: owners.into_iter().map(|(_, name)| Choice::new(&name, name.clone())).collect(),
        plans: plans.into_iter().map(|(id, name)| Choice::new(id, name)).collect(),
        languages: offers::languages(),
        fields: Column::ALL.iter().map(|column| column.name()).collect(),
        sees_all: by.sees_all(),
        l: asked.state,
        c,
    };
    Ok(if asked.fault.is_some() { respond::invalid(&page) } else { respond::ok(&page) })
}

/// Counts, then fetches the page; one beyond the end is the last.
async fn find(look: &crate::app::Look, by: &AsManager, asked: &mut Asked) -> Result<(StateCounts, Vec<Customer>), WebError> {
    let view = look.view();
    let counts = customers::state_counts(view, by, &asked.filter).await?;
    let state = &mut asked.state;
    state.total = counts.of(asked.filter.status);
    state.page = state.page.min(state.pages());
    let offset = (state.page - 1) * state.per_page;
    let listing = Listing { filter: asked.filter.clone(), order: vec![asked.order], limit: state.per_page, offset };
    Ok((counts, customers::rows(view, by, &listing).await?))
}

fn filters(c: &Chrome, asked: &Asked) -> FormState {
    let mut form = FormState::new(AREA);
    for name in ["q", "status", "owner", "plan", "language"] {
        form.set(name, asked.state.param(name));
    }
    if let Some(fault) = &asked.fault {
        form.add_error("q", faults::text(c.lang, fault));
    }
    form
}

fn scopes(c: &Chrome, asked: &Asked, counts: StateCounts) -> Vec<ScopeTab> {
    let tab = |status: Option<Status>, key: &str, tone| ScopeTab {
        href: asked.state.param_href("status", status.map_or("", Status::code)),
        label: c.t(key),
        count: counts.of(status),
        tone,
        here: asked.filter.status == status,
    };
    vec![
        tab(None, "customers-scope-all", ""),
        tab(Some(Status::Active), "customers-scope-active", "tag-good"),
        tab(Some(Status::Suspended), "customers-scope-suspended", "tag-warn"),
        tab(Some(Status::Locked), "customers-scope-locked", "tag-bad"),
    ]
}

fn row(c: &Chrome, customer: Customer, plan: impl Fn(&crate::domain::id::PlanId) -> String) -> Row {
    let name = customer.display_name();
    let limits = &customer.profile.services.limits;
    let usage = |resource| Usage::bytes(customer.used[resource], limits[resource].limit());
    let company = &customer.profile.contact.company;
    Row {
        login_name: customer.login_name.to_string(),
        company: if *company == name { String::new() } else { company.clone() },
        email: customer.profile.contact.email.to_unicode(),
        plan: customer.profile.plan.as_ref().map(plan).unwrap_or_default(),
        disk: usage(Resource::Diskspace),
        traffic: usage(Resource::Traffic),
        state: customer.status().code(),
        suspended: customer.suspended,
        locked: customer.sign_in.locked,
        last_sign_in: customer.sign_in.last_success.map(|at| c.datetime(at)).unwrap_or_default(),
        owner: customer.owner_name,
        name,
    }
}
