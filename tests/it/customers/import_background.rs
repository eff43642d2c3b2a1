//! Files that take longer than somebody waits for a page: the worker looks at them and adds the customers.

use super::import::{confirm, faults, preview};
use crate::support::make::minimal;
use crate::support::{Client, Page, TestApp};
use jiff::SignedDuration;
use std::fmt::Write as _;

const RESULT: &str = "/customers?sort=created&dir=desc";

fn file(rows: usize) -> String {
    let mut file = String::from("email,company,loginname,emails\n");
    for number in 0..rows {
        writeln!(
            file,
            "kd{number}@example.com,Company {number},{},{}",
            if number % 2 == 0 { format!("kd{number}") } else { String::new() },
            number % 3
        )
        .unwrap();
    }
    file
}

/// Sends a file that is the worker's; gives the address of its page.
async fn send(client: &Client, file: &str) -> String {
    let answer = preview(client, file).await;
    assert_eq!(answer.status, 303, "{}", answer.said());
    assert!(answer.location().starts_with("/customers/import/"), "{}", answer.location());
    answer.location().to_owned()
}

async fn confirm_run(client: &Client, page: &Page, address: &str) -> Page {
    client.post(&page.form(&format!("{address}/confirm"))).await
}

#[tokio::test]
async fn a_large_file_is_looked_at_and_added_in_the_background() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let address = send(&admin, &file(1200)).await;
    let waiting = admin.open(&address).await;
    assert!(waiting.has("[data-progress] progress") && waiting.text.contains("http-equiv=\"refresh\""), "{}", waiting.text);
    assert!(waiting.text.contains("Waiting for the worker") && waiting.text.contains("0 of 1,200 rows"), "{}", waiting.said());
    assert!(app.find_in_database("kd7@example.com").is_empty(), "the file waits sealed");
    assert_eq!(app.worker_run().await, 1);
    let shown = admin.open(&address).await;
    assert_eq!(shown.h1(), "Ready to import");
    assert!(!shown.text.contains("http-equiv=\"refresh\""));
    assert_eq!(shown.all("tr[data-row]").len(), 200);
    assert!(
        shown.text.contains("1,200 customers will be added") || shown.text.contains("1200 customers will be added"),
        "{}",
        shown.said()
    );
    assert_eq!(app.count("customers", "1=1").await, 0);
    assert!(app.find_in_database("kd7@example.com").is_empty(), "and so does what was found");
    let listed = admin.open("/customers/import").await;
    assert!(listed.has(&format!("a[href='{address}']")), "the way back");
    for _ in 0..2 {
        let answer = confirm_run(&admin, &shown, &address).await;
        assert_eq!((answer.status, answer.location()), (303, address.as_str()));
    }
    assert_eq!(app.count("jobs", "kind = 'add_import'").await, 1, "a form that is sent twice adds once");
    assert_eq!(admin.open(&address).await.h1(), "Adding the customers");
    app.worker_run().await;
    let done = admin.open(&address).await;
    assert_eq!(done.h1(), "Imported");
    assert!(done.text.contains("1200 customers were added") || done.text.contains("1,200 customers were added"), "{}", done.said());
    assert!(done.has(&format!("a[href='{RESULT}']")));
    assert_eq!(app.count("customers", "1=1").await, 1200);
    assert_eq!(app.count("import_parts", "1=1").await, 0, "the file is gone");
    assert_eq!(
        app.count("audit_entries", "action = 'customer.added' AND door = 'web' AND actor_name = 'admin' AND address <> ''").await,
        1200
    );
    app.assert_counters().await;
    let last = app.text("SELECT login_name FROM customers WHERE email = 'kd1199@example.com'").await;
    assert_eq!(last.as_deref(), Some("web600"), "numbered in the order of the file");
    app.pass(SignedDuration::from_hours(8 * 24));
    app.worker().tidy().await.unwrap();
    assert_eq!(app.count("import_runs", "1=1").await, 0);
}

#[tokio::test]
async fn a_file_of_some_hundred_rows_is_seen_at_once_and_added_in_the_background() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let shown = preview(&admin, file(150)).await;
    assert!(shown.text.contains("added in the background"), "{}", shown.said());
    let answer = confirm(&admin, &shown).await;
    let address = answer.location().to_owned();
    assert!(address.starts_with("/customers/import/"), "{address}");
    assert_eq!(confirm(&admin, &shown).await.location(), address, "its twin leads to the same");
    app.worker_run().await;
    assert_eq!(admin.open(&address).await.h1(), "Imported");
    assert_eq!(app.count("customers", "1=1").await, 150);
    app.assert_counters().await;
}

#[tokio::test]
async fn faults_of_a_large_file_are_told_and_nothing_is_added() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("customers", 1100)]).await;
    app.customer("kd4").await;
    let client = app.signed_in("reseller").await;
    let address = send(&client, &file(1101).replace("kd9@example.com", "nobody")).await;
    app.worker_run().await;
    let shown = client.open(&address).await;
    assert_eq!(shown.h1(), "Rows with faults");
    assert_eq!(faults(&shown, 6), ["loginname This login name is taken."]);
    assert_eq!(faults(&shown, 11).len(), 1, "{:?}", faults(&shown, 11));
    assert!(!shown.has_form(&format!("{address}/confirm")));
    assert_eq!(app.count("customers", "1=1").await, 1);
    assert_eq!(app.count("import_parts", "1=1").await, 0);
    let address = send(&client, &file(1101).replace("kd4,", "kdx4,")).await;
    app.worker_run().await;
    assert!(faults(&client.open(&address).await, 1102)[0].contains("limit of 1100"), "the allowance counts row by row");
}

#[tokio::test]
async fn what_changes_while_the_worker_is_at_it_is_told() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let address = send(&admin, &file(1001)).await;
    app.worker_run().await;
    confirm_run(&admin, &admin.open(&address).await, &address).await;
    app.add("admin", minimal("kd8")).await.unwrap();
    app.worker_run().await;
    let shown = admin.open(&address).await;
    assert_eq!(shown.h1(), "Rows with faults");
    assert_eq!(faults(&shown, 10), ["loginname This login name is taken."]);
    assert_eq!(app.texts("SELECT login_name FROM customers").await, ["kd8"], "all or none");
    app.assert_counters().await;
}

#[tokio::test]
async fn a_run_is_its_owners_and_one_at_a_time() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let (admin, second) = (app.signed_in("admin").await, app.signed_in("second").await);
    let address = send(&admin, &file(1001)).await;
    assert_eq!(second.get(&address).await.status, 404);
    let again = preview(&admin, file(1001)).await;
    assert_eq!(again.status, 409);
    assert!(again.text.contains("still under way"), "{}", again.said());
    send(&second, &file(1002)).await;
    app.worker_run().await;
    let form = admin.open(&address).await.form(&format!("{address}/confirm"));
    let token = second.open("/account").await.attr("input[name=csrf_token]", "value").unwrap();
    assert_eq!(second.post(&form.clone().with("csrf_token", &token)).await.status, 404);
    app.sql("UPDATE admins SET suspended = TRUE WHERE login_name = 'second'").await;
    assert_eq!(admin.post(&form).await.status, 303);
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 1001);
}

#[tokio::test]
async fn who_may_not_add_any_more_adds_nothing() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let second = app.signed_in("second").await;
    let address = send(&second, &file(1001)).await;
    app.worker_run().await;
    confirm_run(&second, &second.open(&address).await, &address).await;
    app.sql("UPDATE admins SET suspended = TRUE WHERE login_name = 'second'").await;
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 0);
    assert_eq!(app.text("SELECT state FROM import_runs").await.as_deref(), Some("refused"));
}

#[tokio::test]
async fn a_job_that_runs_twice_adds_once() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let address = confirm(&admin, &preview(&admin, file(150)).await).await.location().to_owned();
    // A worker that was killed after its commit, before it noted that the job is done.
    app.worker_run().await;
    app.sql("UPDATE jobs SET state = 'waiting', attempts = 1 WHERE kind = 'add_import'").await;
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 150);
    assert_eq!(app.count("jobs", "kind = 'add_import' AND state = 'done'").await, 1);
    assert_eq!(admin.open(&address).await.h1(), "Imported");
    // And one that was killed before: the job and its file are there still.
    let address = confirm(&admin, &preview(&admin, file(150).replace("kd", "xd")).await).await.location().to_owned();
    app.sql("UPDATE jobs SET state = 'running', attempts = 1, lease = 'dead', lease_ends_at = 0 WHERE kind = 'add_import' AND state = 'waiting'")
        .await;
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 300);
    assert_eq!(admin.open(&address).await.h1(), "Imported");
    app.assert_counters().await;
}
