//! Concurrency: limits apply, numbers are used once, counters equal sums.

use crate::support::TestApp;
use crate::support::make::{named, refused, with};
use clientele::domain::customer::FileRemoval;
use clientele::services::{Command, ServiceError, customers};
use serde_json::json;
use std::collections::BTreeSet;
use tokio::task::{JoinSet, LocalSet};

#[tokio::test]
async fn d02_fifty_simultaneous_adds_do_not_exceed_a_limit_of_ten() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("customers", 10), ("emails", 1000)]).await;
    let reseller = app.signed_in("reseller").await;
    let mut forms = Vec::new();
    for number in 0..50 {
        let form = reseller.form("/customers/new", "/customers").await;
        forms.push(
            form.with("email", &format!("c{number}@example.com"))
                .with("company", "Ltd")
                .with("emails", "3"),
        );
    }
    let mut tasks = JoinSet::new();
    for form in forms {
        let reseller = reseller.clone();
        tasks.spawn(async move {
            let response = reseller.post(&form).await;
            (response.status, response.alert())
        });
    }
    let responses = tasks.join_all().await;
    let added = responses.iter().filter(|(status, _)| *status == 303).count();
    let refused: Vec<_> = responses.iter().filter(|(status, _)| *status == 422).collect();
    assert_eq!(
        (added, refused.len()),
        (10, 40),
        "{:?}",
        responses.iter().map(|(status, _)| status).collect::<BTreeSet<_>>()
    );
    assert!(
        refused.iter().all(|(_, alert)| alert.contains("10")),
        "a clear refusal: {:?}",
        refused[0]
    );
    assert_eq!(app.count("customers", "1=1").await, 10);
    assert_eq!(
        app.number(
            "SELECT customers_used * 1000 + emails_used FROM admins WHERE login_name = 'reseller'"
        )
        .await,
        10_030
    );
    app.assert_counters().await;
    assert_eq!(app.number("SELECT COUNT(DISTINCT guid) FROM customers").await, 10);
    assert_eq!(app.number("SELECT COUNT(DISTINCT login_name) FROM customers").await, 10);
    for table in ["ftp_users", "ftp_groups", "domains"] {
        assert_eq!(app.count(table, "1=1").await, 10, "{table}");
    }
    assert_eq!(
        app.count("logins", "kind = 'customer'").await,
        10,
        "refused requests leave no rows"
    );
    assert_eq!(app.count("jobs", "kind = 'create_home'").await, 10);
}

#[tokio::test]
async fn one_of_several_simultaneous_adds_gets_the_name() {
    let app = TestApp::spawn().await;
    let local = LocalSet::new();
    let outcomes = local
        .run_until(async {
            let adding = (0..10).map(|number| {
                app.add("admin", with(if number % 2 == 0 { "Meier" } else { "meier" }, json!({})))
            });
            join(adding).await
        })
        .await;
    let (added, failures): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!((added.len(), failures.len()), (1, 9));
    for failure in failures {
        assert_eq!(refused(failure), ["new_loginname: loginname-exists"]);
    }
    assert_eq!(app.count("customers", "1=1").await, 1);
    app.assert_counters().await;
}

/// Runs all futures concurrently on this thread.
async fn join<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        let mut done = true;
        for (future, outcome) in &mut waiting {
            if outcome.is_none() {
                match future.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *outcome = Some(value),
                    std::task::Poll::Pending => done = false,
                }
            }
        }
        if done { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    waiting.into_iter().filter_map(|(_, outcome)| outcome).collect()
}

#[tokio::test]
async fn counters_stay_correct_during_simultaneous_changes() {
    let app = TestApp::spawn().await;
    let limits = [("emails", 40), ("ftps", 40), ("customers", 12)];
    let one = app.reseller("one", &limits).await;
    let two = app.reseller("two", &limits).await;
    for number in 0..8 {
        let owner = if number % 2 == 0 { "one" } else { "two" };
        app.add(owner, with(&format!("kd{number}"), json!({ "emails": number }))).await.unwrap();
    }
    let operations = join((0..48_i64).map(|number| {
        let (app, one, two) = (&app, one.id, two.id);
        async move {
            let name = format!("kd{}", number % 8);
            let is_done = match number % 6 {
                0 | 3 => app
                    .update("admin", &name, json!({ "emails": number % 13, "ftps": number % 7 }))
                    .await
                    .is_ok(),
                1 => app
                    .move_to("admin", &name, if number % 4 == 1 { one } else { two })
                    .await
                    .is_ok(),
                2 => app.suspend("admin", &name, number % 4 == 2).await.is_ok(),
                4 => app.delete("admin", &name, FileRemoval::Keep).await.is_ok(),
                _ => app
                    .add("one", with(&format!("neu{number}"), json!({ "emails": 5 })))
                    .await
                    .is_ok(),
            };
            (number % 6, is_done)
        }
    }))
    .await;
    let done = |kind| operations.iter().filter(|operation| **operation == (kind, true)).count();
    let (added, deleted) = (done(5), done(4));
    assert_eq!(deleted, 4, "two deletions of each of four customers: {operations:?}");
    assert_eq!(
        app.count("customers", "1=1").await,
        i64::try_from(8 - deleted + added).unwrap(),
        "{operations:?}"
    );
    app.assert_counters().await;
    for owner in ["one", "two"] {
        let exceeded = format!(
            "login_name = '{owner}' AND (customers_used > customers OR emails_used > emails OR ftps_used > ftps OR emails_used < 0)"
        );
        assert_eq!(app.count("admins", &exceeded).await, 0);
    }
}

#[tokio::test]
async fn simultaneous_deletions_delete_once() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let by = app.manager("admin").await;
    let reference = named("meier");
    let outcomes = join((0..6).map(|_| {
        app.app.change(const { &origin() }, async |cmd: Command<'_>| {
            customers::delete(cmd, &by, &reference, FileRemoval::Keep).await
        })
    }))
    .await;
    let (deleted, failures): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!((deleted.len(), failures.len()), (1, 5));
    for failure in failures {
        assert!(matches!(failure, Err(ServiceError::NotFound(_))), "{failure:?}");
    }
    assert_eq!(app.number("SELECT customers_used FROM admins").await, 0);
    app.assert_counters().await;
}

const fn origin() -> clientele::services::Origin {
    clientele::services::Origin {
        entry_point: clientele::services::EntryPoint::Web,
        address: String::new(),
        acting: None,
    }
}
