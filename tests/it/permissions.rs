//! Who gets what from which route: the whole table, kept in a file that is read by people.

use crate::support::TestApp;
use crate::support::routes::{self, Fixture};
use std::fmt::Write as _;
use std::path::Path;

/// Login names and what they stand for. The routes point at the customer `theirs` of the reseller `owner`.
const ACTORS: [(&str, &str); 7] = [
    ("", "stranger"),
    ("someone", "other customer"),
    ("theirs", "himself"),
    ("other", "other reseller"),
    ("owner", "owner"),
    ("viewer", "sees all"),
    ("admin", "server admin"),
];

/// Set to anything, the file is written anew; what changed is then read in the difference.
const UPDATE: &str = "CLIENTELE_UPDATE_SNAPSHOTS";

#[tokio::test]
async fn the_table() {
    let app = TestApp::spawn().await;
    let mut fixture = Fixture::make(&app).await;
    let mut table = String::from(
        "Statuses by route and by who asks. {loginname} is a customer of \"owner\"; forms are sent empty, with the right token.\n\n",
    );
    write!(table, "{:<48}", "").unwrap();
    for (_, title) in ACTORS {
        write!(table, "{title:>16}").unwrap();
    }
    table.push('\n');
    for route in routes::all() {
        write!(table, "{:<5}{:<43}", route.method, route.path).unwrap();
        for (login_name, _) in ACTORS {
            fixture.renew(&app).await;
            write!(table, "{:>16}", status(&app, &fixture, login_name, &route).await).unwrap();
        }
        table.push('\n');
    }
    println!("{table}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots/permissions.txt");
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&file, &table).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    for (line, (now, before)) in table.lines().zip(expected.lines()).enumerate() {
        assert_eq!(now, before, "line {} of the table; if it is right so, run with {UPDATE}=1", line + 1);
    }
    assert_eq!(table, expected, "if it is right so, run with {UPDATE}=1");
}

/// Each account asks with a new session of its own.
async fn status(app: &TestApp, fixture: &Fixture, login_name: &str, route: &routes::Route) -> u16 {
    let client = if login_name.is_empty() { app.browser() } else { app.signed_in(login_name).await };
    let path = fixture.path(&route.path);
    if route.method != "POST" {
        return client.send(client.request(&route.method, &path)).await.status;
    }
    let form = if login_name.is_empty() { "/login" } else { "/account" };
    let token = client.open(form).await.attr("input[name=csrf_token]", "value").unwrap();
    client.post_raw(&path, format!("csrf_token={token}")).await.status
}

#[tokio::test]
async fn an_outsider_learns_nothing_by_trying_names_and_ids() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    let client = app.signed_in("other").await;
    for route in routes::all().into_iter().filter(|route| route.path.contains('{') && route.method == "GET") {
        if [
            "/admins",
            "/php-configs",
            "/mysql-servers",
            "/static",
            "/password",
            "/mail-templates",
            "/webhooks",
            "/customers/{loginname}/move",
        ]
        .iter()
        .any(|noun| route.path.starts_with(noun))
        {
            continue;
        }
        let there = client.get(&fixture.path(&route.path)).await;
        let nowhere = client.get(&route.path.replace("{loginname}", "nobodyx").replace("{id}", "987654")).await;
        assert_eq!(there.status, 404, "{}", route.path);
        assert_eq!(nowhere.status, 404, "{}", route.path);
        assert_eq!(there.h1(), nowhere.h1());
        assert_eq!(there.text.len(), nowhere.text.len(), "{}: both answers are the same", route.path);
    }
}
