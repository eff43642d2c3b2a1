//! The error summary above a form lists errors in the order of the fields. A refused deletion is
//! explained.

use crate::support::TestApp;
use crate::support::routes::Fixture;
use scraper::Selector;
use std::collections::BTreeSet;

/// Returns the required fields of a form, which the test leaves empty.
fn required(path: &str) -> &'static [&'static str] {
    match path {
        "/customers/new" => &["company"],
        "/admins/new" => &["admin_password", "name"],
        _ => &[],
    }
}

#[tokio::test]
async fn the_summary_is_in_the_order_of_the_fields() {
    let app = TestApp::spawn().await;
    Fixture::make(&app).await;
    let admin = app.signed_in("admin").await;
    let customer = [
        ("email", "none"),
        ("zipcode", "<"),
        ("city", "<"),
        ("new_loginname", "-"),
        ("diskspace", "x"),
        ("emails", "y"),
        ("ftps", "z"),
    ];
    for (path, action, wrong) in [
        ("/customers/new", "/customers", &customer[..]),
        (
            "/customers/theirs/edit",
            "/customers/theirs",
            &[("traffic", "x"), ("email", "none"), ("city", "<")],
        ),
        (
            "/plans/new",
            "/plans",
            &[("name", ""), ("subdomains", "x"), ("diskspace", "x"), ("mysqls", "y")],
        ),
        (
            "/admins/new",
            "/admins",
            &[
                ("new_loginname", "-"),
                ("email", "none"),
                ("customers", "x"),
                ("domains", "x"),
                ("diskspace", "x"),
            ],
        ),
        (
            "/settings",
            "/settings",
            &[("panel.page_size", "0"), ("api.rate_window", "0"), ("customer.loginname_max", "0")],
        ),
        ("/webhooks/new", "/webhooks", &[("label", ""), ("url", "none")]),
        ("/mysql-servers/new", "/mysql-servers", &[("name", ""), ("host", "a b"), ("port", "0")]),
        ("/php-configs/new", "/php-configs", &[("description", ""), ("binary", "php")]),
    ] {
        let page = admin.submit(path, action, wrong).await;
        assert_eq!(page.status, 422, "{path}: {}", page.said());
        let html = page.html();
        let links = Selector::parse(".form-errors a[href^='#']").unwrap();
        let summary: Vec<String> =
            html.select(&links).map(|link| link.attr("href").unwrap()[1..].to_owned()).collect();
        let fields = Selector::parse("main form [id]").unwrap();
        let positions: Vec<usize> = summary
            .iter()
            .map(|name| {
                html.select(&fields)
                    .position(|field| field.attr("id") == Some(name))
                    .unwrap_or_else(|| panic!("{path}: no {name}"))
            })
            .collect();
        let mut expected: BTreeSet<&str> = wrong.iter().map(|(name, _)| *name).collect();
        expected.extend(required(path));
        let found: BTreeSet<&str> = summary.iter().map(String::as_str).collect();
        assert_eq!(found, expected, "{path}");
        assert!(positions.is_sorted(), "{path}: {summary:?}");
    }
}

#[tokio::test]
async fn a_mysql_server_with_databases_is_not_deleted() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.sql("INSERT INTO mysql_servers (id, name, host, port, created_at) VALUES (1, 'Second', 'db2', 3306, 0)").await;
    app.sql("INSERT INTO \"databases\" (customer_id, mysql_server_id, name, description) SELECT id, 1, 'db1', '' FROM customers").await;
    let admin = app.signed_in("admin").await;
    let path = "/mysql-servers/1/delete";
    let page = admin.submit(path, path, &[]).await;
    assert_eq!(page.status, 422, "{}", page.said());
    assert!(
        page.text.contains("Customers still have databases or accounts on this server."),
        "{}",
        page.text
    );
    app.sql("DELETE FROM \"databases\"").await;
    let page = admin.submit_and_follow(path, path, &[]).await;
    assert!(page.flash().contains("MySQL server Second was deleted."), "{}", page.flash());
}
