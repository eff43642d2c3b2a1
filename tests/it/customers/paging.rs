//! Pages of lists: together they contain every row once, for every query, even while others change
//! rows.

use crate::support::TestApp;
use crate::support::make::named;
use clientele::domain::contact::ContactColumn;
use clientele::domain::customer::FileRemoval;
use clientele::domain::query::{
    AdminColumn, Column, CustomerQuery, Direction, Field, Filter, ListQuery, PlanColumn, Status,
    parse_search,
};
use clientele::services::app::App;
use clientele::services::customers::{self, PageRequest};
use clientele::services::{Command, admins, plans};
use db::Db;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::json;

/// Returns generated values. They are the same in each run.
fn samples<S: Strategy>(strategy: &S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

fn orders<C: Field + std::fmt::Debug>() -> impl Strategy<Value = Vec<(C, Direction)>> {
    let direction = prop::sample::select(vec![Direction::Ascending, Direction::Descending]);
    let column = prop::sample::select(C::all().collect::<Vec<C>>());
    prop::collection::vec((column, direction), 0..=3)
}

/// Returns the login names on all pages of the panel's list, following its pager.
async fn panel_pages(
    app: &TestApp,
    filter: &Filter,
    order: (Column, Direction),
    per_page: u64,
) -> Vec<String> {
    let by = app.manager("admin").await;
    let snapshot = app.app.open_view().await.unwrap();
    let (mut names, mut number) = (Vec::new(), 1);
    loop {
        let wanted = PageRequest { filter, order, per_page, page: number };
        let page = customers::page(snapshot.view(), &by, &wanted).await.unwrap();
        assert_eq!(page.number, number);
        names.extend(page.rows.iter().map(|row| row.login_name.to_string()));
        if page.counts.of(filter.status) <= number * per_page {
            return names;
        }
        number += 1;
    }
}

/// Returns the login names of the whole list, read in one statement.
async fn whole_list(app: &TestApp, filter: &Filter, order: &[(Column, Direction)]) -> Vec<String> {
    let by = app.manager("admin").await;
    let snapshot = app.app.open_view().await.unwrap();
    let ids = customers::ids(snapshot.view(), &by, filter, order).await.unwrap();
    let customers = customers::find_by_ids(snapshot.view(), &by, &ids).await.unwrap();
    customers.iter().map(|customer| customer.login_name.to_string()).collect()
}

#[tokio::test]
async fn pages_of_the_api_without_an_order_contain_every_customer_once() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(1300).await;
    let api = app.api("admin").await;
    let mut ids = Vec::new();
    for offset in (0..1300).step_by(100) {
        let page =
            api.data("Customers.listing", json!({ "sql_limit": 100, "sql_offset": offset })).await;
        assert_eq!(page["total"], 1300);
        ids.extend(
            page["list"].as_array().unwrap().iter().map(|row| row["customerid"].as_i64().unwrap()),
        );
    }
    assert_eq!((ids.len(), ids.is_sorted_by(|a, b| a < b)), (1300, true), "each once, by id");
}

#[tokio::test]
async fn pages_together_are_the_whole_list_for_many_queries() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(2600).await;
    let by = app.manager("admin").await;
    let snapshot = app.app.open_view().await.unwrap();
    let searches = ["", "", "example", "created>1990-01-01", "city:a", "emails>5", "plan<m"];
    let status =
        prop::sample::select(vec![None, None, Some(Status::Active), Some(Status::Suspended)]);
    let queries =
        (prop::sample::select(searches.to_vec()), status, orders::<Column>(), 90_u64..=700);
    for (search, status, order, limit) in samples(&queries, 14) {
        let filter = Filter { status, ..parse_search(search, None).unwrap() };
        let expected = whole_list(&app, &filter, &order).await;
        let mut names = Vec::new();
        for offset in (0..expected.len() as u64 + limit).step_by(usize::try_from(limit).unwrap()) {
            let listing =
                CustomerQuery { filter: filter.clone(), order: order.clone(), limit, offset };
            let page = customers::listing(snapshot.view(), &by, &listing).await.unwrap();
            assert_eq!(page.total, expected.len() as u64, "{search} {status:?}");
            names.extend(page.items.iter().map(|customer| customer.login_name.to_string()));
        }
        assert_eq!(names, expected, "{search} {status:?} {order:?} {limit}");
        let order = order
            .first()
            .copied()
            .unwrap_or((Column::Contact(ContactColumn::Name), Direction::Descending));
        assert_eq!(
            panel_pages(&app, &filter, order, limit).await,
            whole_list(&app, &filter, &[order]).await,
            "{search} {order:?}"
        );
    }
}

#[tokio::test]
async fn pages_do_not_depend_on_counters_or_cached_counts() {
    let app = TestApp::spawn().await;
    app.add_demo_customers(2300).await;
    let order = (Column::Contact(ContactColumn::Name), Direction::Ascending);
    let everyone = Filter::default();
    let suspended = Filter { status: Some(Status::Suspended), ..Filter::default() };
    for drift in [7, -900, 40_000] {
        app.sql(&format!("UPDATE admins SET customers_used = customers_used + {drift}")).await;
        for filter in [&everyone, &suspended] {
            let expected = whole_list(&app, filter, &[order]).await;
            assert_eq!(panel_pages(&app, filter, order, 150).await, expected, "{drift}");
        }
        let api = app.api("admin").await;
        assert_eq!(api.data("Customers.listingCount", json!({})).await, 2300, "{drift}");
    }

    // Another process, whose changes this one notices a second later.
    let other = App::new(
        Db::connect(&app.fresh.url).await.unwrap(),
        app.app.env.clone(),
        "".parse().unwrap(),
    );
    let by = app.manager("admin").await;
    let names = whole_list(&app, &everyone, &[order]).await;
    assert_eq!(panel_pages(&app, &everyone, order, 100).await, names);
    for name in names.iter().take(50) {
        let change = async |cmd: Command<'_>| {
            customers::delete(cmd, &by, &named(name), FileRemoval::Keep).await
        };
        other.change(&TestApp::origin(), change).await.unwrap();
    }
    assert_eq!(panel_pages(&app, &everyone, order, 100).await, names[50..]);
    let snapshot = app.app.open_view().await.unwrap();
    let beyond = PageRequest { filter: &everyone, order, per_page: 100, page: 23 };
    let last = customers::page(snapshot.view(), &by, &beyond).await.unwrap();
    assert_eq!(
        (last.number, last.counts.all, last.rows.len()),
        (23, 2250, 50),
        "the last page is not empty and has the total"
    );
}

#[tokio::test]
async fn pages_of_plans_and_admins_together_are_the_whole_list() {
    let app = TestApp::spawn().await;
    for number in 0..43 {
        app.plan("admin", if number % 3 == 0 { "Gold" } else { "Silver" }, &[]).await;
        app.reseller(&format!("seller{number}"), &[]).await;
    }
    let (by, server_admin) = (app.manager("admin").await, app.server_admin("admin").await);
    let snapshot = app.app.open_view().await.unwrap();
    for (order, limit) in samples(&(orders::<PlanColumn>(), 4_u64..=20), 12) {
        let part = |limit, offset| ListQuery {
            order: order.clone(),
            ..ListQuery::page("", limit, offset)
        };
        let expected: Vec<_> = plans::listing(snapshot.view(), &by, &part(1000, 0))
            .await
            .unwrap()
            .items
            .iter()
            .map(|plan| plan.id)
            .collect();
        let mut ids = Vec::new();
        for offset in (0..43).step_by(usize::try_from(limit).unwrap()) {
            ids.extend(
                plans::listing(snapshot.view(), &by, &part(limit, offset))
                    .await
                    .unwrap()
                    .items
                    .iter()
                    .map(|plan| plan.id),
            );
        }
        assert_eq!((expected.len(), &ids), (43, &expected), "{order:?} {limit}");
    }
    for (order, limit) in samples(&(orders::<AdminColumn>(), 4_u64..=20), 12) {
        let part = |limit, offset| ListQuery {
            order: order.clone(),
            ..ListQuery::page("", limit, offset)
        };
        let expected: Vec<_> = admins::listing(snapshot.view(), &server_admin, &part(1000, 0))
            .await
            .unwrap()
            .items
            .iter()
            .map(|one| one.id)
            .collect();
        let mut ids = Vec::new();
        for offset in (0..44).step_by(usize::try_from(limit).unwrap()) {
            ids.extend(
                admins::listing(snapshot.view(), &server_admin, &part(limit, offset))
                    .await
                    .unwrap()
                    .items
                    .iter()
                    .map(|one| one.id),
            );
        }
        assert_eq!((expected.len(), &ids), (44, &expected), "{order:?} {limit}");
    }
}
