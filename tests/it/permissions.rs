//! The status of every route for every role, as a table in a file that people review.

use crate::support::routes::{self, Fixture, Route};
use crate::support::snapshot;
use crate::support::{Client, TestApp};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Login names, and titles in the table. The routes refer to the customer `theirs` of the reseller
/// `owner`.
const ACTORS: [(&str, &str); 7] = [
    ("", "stranger"),
    ("someone", "other customer"),
    ("theirs", "the customer"),
    ("other", "other reseller"),
    ("owner", "owner"),
    ("viewer", "sees all"),
    ("admin", "server admin"),
];

#[tokio::test]
async fn every_route_has_the_reviewed_status_for_every_role() {
    let app = TestApp::spawn().await;
    let mut fixture = Fixture::make(&app).await;
    let mut table = String::from(
        "Statuses by route and actor. {loginname} is a customer of \"owner\"; forms are sent empty, with the right token.\n\n",
    );
    write!(table, "{:<48}", "").unwrap();
    for (_, title) in ACTORS {
        write!(table, "{title:>16}").unwrap();
    }
    table.push('\n');
    let (reads, posts): (Vec<Route>, Vec<Route>) =
        routes::all().into_iter().partition(|route| route.method != "POST");
    let mut statuses: BTreeMap<Route, Vec<u16>> = BTreeMap::new();
    // Requests that only read change neither the fixture nor the session
    // (`csrf::no_get_request_changes_data`).
    for (login_name, _) in ACTORS {
        let client = client_of(&app, login_name).await;
        for route in &reads {
            let page = client.send(client.request(&route.method, &fixture.path(&route.path))).await;
            statuses.entry(route.clone()).or_default().push(page.status);
        }
    }
    for route in posts {
        for (login_name, _) in ACTORS {
            fixture.renew(&app).await;
            statuses
                .entry(route.clone())
                .or_default()
                .push(status_of_post(&app, &fixture, login_name, &route).await);
        }
    }
    for (route, statuses) in statuses {
        write!(table, "{:<5}{:<43}", route.method, route.path).unwrap();
        for status in statuses {
            write!(table, "{status:>16}").unwrap();
        }
        table.push('\n');
    }
    snapshot::check("permissions.txt", &table);
}

/// Returns a browser with a new session of this account, or without a session for the stranger.
async fn client_of(app: &TestApp, login_name: &str) -> Client {
    if login_name.is_empty() { app.browser() } else { app.signed_in(login_name).await }
}

/// Posts an empty form with a new session of the account. Returns the status.
async fn status_of_post(app: &TestApp, fixture: &Fixture, login_name: &str, route: &Route) -> u16 {
    let client = client_of(app, login_name).await;
    let form = if login_name.is_empty() { "/login" } else { "/account" };
    let token = client.open(form).await.attr("input[name=csrf_token]", "value").unwrap();
    client.post_raw(&fixture.path(&route.path), format!("csrf_token={token}")).await.status
}

/// Prefixes of pages that no reseller can open, whatever the name or id, and of pages without an
/// owner.
const EXCLUDED: [&str; 8] = [
    "/admins",
    "/php-configs",
    "/mysql-servers",
    "/static",
    "/password",
    "/mail-templates",
    "/webhooks",
    "/customers/{loginname}/move",
];

#[tokio::test]
async fn guessed_names_and_ids_reveal_nothing() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    let client = app.signed_in("other").await;
    let is_excluded = |path: &str| EXCLUDED.iter().any(|prefix| path.starts_with(prefix));
    let tested: Vec<Route> = routes::pages()
        .into_iter()
        .filter(|route| route.path.contains('{') && !is_excluded(&route.path))
        .collect();
    let expected = [
        "/account/api-keys/{id}/edit",
        "/account/api-keys/{id}/revoke",
        "/customers/import/{id}",
        "/customers/{loginname}",
        "/customers/{loginname}/api-keys",
        "/customers/{loginname}/api-keys/{id}/revoke",
        "/customers/{loginname}/delete",
        "/customers/{loginname}/edit",
        "/customers/{loginname}/suspend",
        "/plans/{id}",
        "/plans/{id}.json",
        "/plans/{id}/delete",
        "/plans/{id}/edit",
    ];
    assert_eq!(tested.iter().map(|route| route.path.as_str()).collect::<Vec<_>>(), expected);
    for route in tested {
        let existing = client.get(&fixture.path(&route.path)).await;
        let missing = client
            .get(&route.path.replace("{loginname}", "nobodyx").replace("{id}", "987654"))
            .await;
        assert_eq!(existing.status, 404, "{}", route.path);
        assert_eq!(missing.status, 404, "{}", route.path);
        assert_eq!(existing.h1(), missing.h1());
        assert_eq!(
            existing.text.len(),
            missing.text.len(),
            "{}: both responses have the same length",
            route.path
        );
    }
}
