//! The page of a customer, and the action that unlocks them.

use super::choices::gender_key;
use super::customer_page::{AREA, find, heading, redirect_with_success, reference};
use crate::codes;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, AsManager};
use crate::form::FormState;
use crate::markdown::Markdown;
use crate::nav::Section;
use crate::page::Chrome;
use crate::table::Usage;
use crate::usage_history::UsageHistory;
use crate::{frame, respond};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::audit::AuditEntry;
use domain::customer::Customer;
use domain::job::{JobState, StoredJob};
use domain::phone;
use domain::resources::Resource;
use jiff::Timestamp;
use services::api_keys::{AccountKeys, Summary};
use services::app::{App, OwnedView};
use services::{Outcome, api_keys, audit, customers, jobs, mysql_servers, php_configs, usage};

/// Number of audit entries that the page shows.
const HISTORY: u64 = 10;

#[derive(Template)]
#[template(path = "customers/show.html")]
struct ShowPage {
    c: Chrome,
    customer: Customer,
    email: String,
    /// Phone number for a `tel:` link.
    telephone: String,
    gender: &'static str,
    /// Last successful sign-in; empty for never.
    last_success: String,
    /// Last failed sign-in; empty for never.
    last_failure: String,
    state: &'static str,
    suspend_form: FormState,
    /// Whether the manager's rank allows them to resume the customer.
    may_resume: bool,
    /// Translated rank of the account that suspended the customer; empty if unknown.
    suspended_rank: String,
    suspended_at: String,
    php_configs: Vec<String>,
    mysql_servers: Vec<String>,
    resources: Vec<(String, Usage)>,
    measured: UsageHistory,
    switches: Vec<(String, bool)>,
    notes: Markdown,
    history: Vec<Event>,
    jobs: Vec<UnfinishedJob>,
    keys: Summary,
}

/// An audit entry in the customer's history.
struct Event {
    text: String,
    by: String,
    at: Timestamp,
}

/// A job that has not completed.
struct UnfinishedJob {
    text: String,
    state: String,
    tone: &'static str,
    error: String,
}

/// Shows the page of a customer.
pub async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let customer = find(&snapshot, &by, &name).await?;
    let c = frame::of(&req, &app, by.account());
    let c = c.below(Section::Customers, heading(&customer));
    Ok(respond::ok(&show_page(&snapshot, c, &by, customer).await?))
}

async fn show_page(
    snapshot: &OwnedView,
    c: Chrome,
    by: &AsManager,
    customer: Customer,
) -> Outcome<ShowPage> {
    let view = snapshot.view();
    let account_keys = AccountKeys::of_customer(by, &customer);
    let php = php_configs::names(view).await?;
    let mysql = mysql_servers::names(view).await?;
    let history = audit::latest_of_customer(view, by, &customer, HISTORY).await?;
    let jobs = jobs::find_unfinished(view, &customer).await?;
    let keys = api_keys::summary(view, &account_keys).await?;
    let measured = usage::history(view, &customer).await?;
    let (profile, suspension) = (&customer.profile, customer.suspension.as_ref());
    Ok(ShowPage {
        email: profile.contact.email.to_unicode(),
        telephone: phone::tel_uri_number(&profile.contact.phone),
        gender: gender_key(profile.contact.gender),
        last_success: customer.sign_in.last_success.map(|at| c.datetime(at)).unwrap_or_default(),
        last_failure: customer.sign_in.last_failure.map(|at| c.datetime(at)).unwrap_or_default(),
        state: customer.status().code(),
        suspend_form: FormState::new(AREA),
        may_resume: customer
            .suspension
            .as_ref()
            .is_none_or(|suspension| suspension.can_be_changed_by(by.rank())),
        suspended_rank: suspension
            .and_then(|suspension| suspension.rank)
            .map(|rank| c.t(rank.text_key()))
            .unwrap_or_default(),
        suspended_at: suspension
            .and_then(|suspension| suspension.at)
            .map(|at| c.datetime(at))
            .unwrap_or_default(),
        php_configs: names_among(&php, &profile.services.php_configs),
        mysql_servers: names_among(&mysql, &profile.mysql_servers),
        resources: resources(&c, &customer, snapshot.settings.mail_quota_enabled()),
        measured: UsageHistory::new(&c, &measured),
        switches: switches(&c, &customer),
        notes: Markdown::new(&profile.notes),
        history: history.into_iter().map(|entry| event(&c, entry)).collect(),
        jobs: jobs.into_iter().map(|job| unfinished_job(&c, job)).collect(),
        keys,
        c,
        customer,
    })
}

fn names_among<I: PartialEq>(all: &[(I, String)], chosen: &[I]) -> Vec<String> {
    all.iter().filter(|(id, _)| chosen.contains(id)).map(|(_, name)| name.clone()).collect()
}

fn resources(c: &Chrome, customer: &Customer, mail_quota: bool) -> Vec<(String, Usage)> {
    let labels = FormState::new(AREA);
    let limits = &customer.profile.services.limits;
    let usage =
        |resource: Resource| Usage::of(resource, customer.used[resource], limits[resource].limit());
    let shown = Resource::ALL
        .into_iter()
        .filter(|resource| mail_quota || *resource != Resource::EmailQuota);
    shown.map(|resource| (labels.label(c, resource.name()), usage(resource))).collect()
}

fn switches(c: &Chrome, customer: &Customer) -> Vec<(String, bool)> {
    let labels = FormState::new(AREA);
    let profile = &customer.profile;
    let services = profile.services.switches().map(|(switch, on)| (switch.name(), on));
    let switches = services.into_iter().chain([("shell_allowed", profile.shell_allowed)]);
    switches.map(|(name, on)| (labels.label(c, name), on)).collect()
}

fn event(c: &Chrome, entry: AuditEntry) -> Event {
    let fields = match (entry.action.as_str(), entry.after.as_deref()) {
        ("customer.updated", Some(after)) => changed(c, after),
        _ => String::new(),
    };
    let text = codes::customer_event(c.lang, &entry.action);
    Event {
        text: if fields.is_empty() { text } else { format!("{text}: {fields}") },
        by: entry.actor_name,
        at: entry.at,
    }
}

/// Returns the labels of the fields that an update changed.
fn changed(c: &Chrome, after: &str) -> String {
    let fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(after).unwrap_or_default();
    fields.keys().map(|name| codes::field(c.lang, "customer", name)).collect::<Vec<_>>().join(", ")
}

fn unfinished_job(c: &Chrome, job: StoredJob) -> UnfinishedJob {
    let (state, tone) = match job.state {
        JobState::Failed => ("customers-job-failed", "tag-bad"),
        JobState::Running => ("customers-job-running", "tag-note"),
        JobState::Waiting | JobState::Done => ("customers-job-waiting", "tag-warn"),
    };
    let text = codes::job_kind(c.lang, &job.kind);
    UnfinishedJob { text, state: c.t(state), tone, error: job.last_error.unwrap_or_default() }
}

/// `POST /customers/{loginname}/unlock`: resets the customer's failed sign-ins.
pub async fn unlock(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
    _: VerifiedForm,
    name: Path<String>,
) -> Result<HttpResponse, WebError> {
    let which = reference(&name);
    let customer = app
        .change(&extract::origin(&req, &app), async |cmd| customers::unlock(cmd, &by, &which).await)
        .await?;
    Ok(redirect_with_success(&req, &customer, "customers-flash-unlocked"))
}
