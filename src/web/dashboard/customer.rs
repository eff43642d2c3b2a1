//! The customer's dashboard: services, usage, the provider's contact, and the notes that the
//! customer may see.

use crate::error::WebError;
use crate::markdown::Markdown;
use crate::nav::Section;
use crate::page::Chrome;
use crate::table::Usage;
use crate::usage_history::UsageHistory;
use crate::{frame, respond};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use auth::accounts::Account;
use auth::actor::CustomerSelf;
use domain::customer::Customer;
use domain::resources::Resource;
use services::app::App;
use services::customers::{self, Overview};
use services::settings::ProviderSettings;

/// Limit and usage of a resource.
struct Tile {
    label: String,
    icon: &'static str,
    usage: Usage,
}

#[derive(Template)]
#[template(path = "dashboard/customer.html")]
struct CustomerPage {
    c: Chrome,
    tiles: Vec<Tile>,
    switches: Vec<(String, bool)>,
    o: Overview,
    measured: UsageHistory,
    notes: Markdown,
    provider: String,
    contact: String,
}

pub(super) async fn show(
    app: &App,
    req: &HttpRequest,
    account: &Account,
    by: &CustomerSelf,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let o = customers::overview(snapshot.view(), by).await?;
    let c = frame::of(req, app, account);
    let title = c.t_with("dashboard-welcome", &[("name", account.name.as_str())]);
    let lead = c.t("dashboard-customer-lead");
    let profile = &o.customer.profile;
    let switches = profile.services.switches().map(|(switch, on)| (c.field(switch.name()), on));
    let page = CustomerPage {
        measured: UsageHistory::new(&c, &o.measured),
        tiles: tiles(&c, &o.customer, &snapshot.settings),
        c: c.page(Section::Dashboard, title).lead(lead),
        switches: switches.into(),
        notes: if profile.notes_shown {
            Markdown::new(&profile.notes)
        } else {
            Markdown::default()
        },
        provider: snapshot.settings.provider_name().to_owned(),
        contact: snapshot.settings.provider_contact().to_owned(),
        o,
    };
    Ok(respond::ok(&page))
}

/// Returns the tiles of all resources that the settings enable and the customer has or uses.
fn tiles(c: &Chrome, customer: &Customer, settings: &ProviderSettings) -> Vec<Tile> {
    let limits = &customer.profile.services.limits;
    let has_or_uses =
        |resource: &Resource| limits[*resource].limit() != Some(0) || customer.used[*resource] > 0;
    let is_enabled =
        |resource: &Resource| *resource != Resource::EmailQuota || settings.mail_quota_enabled();
    let tile = |resource: Resource| Tile {
        label: c.t(&resource.text_key()),
        icon: icon(resource),
        usage: Usage::of(resource, customer.used[resource], limits[resource].limit()),
    };
    Resource::ALL.into_iter().filter(has_or_uses).filter(is_enabled).map(tile).collect()
}

const fn icon(resource: Resource) -> &'static str {
    match resource {
        Resource::Diskspace => "server-2",
        Resource::Traffic => "arrows-exchange",
        Resource::Subdomains => "sitemap",
        Resource::Emails => "mail",
        Resource::EmailAccounts | Resource::EmailQuota => "mailbox",
        Resource::EmailForwarders => "mail-forward",
        Resource::Ftps => "folder",
        Resource::Mysqls => "database",
    }
}
