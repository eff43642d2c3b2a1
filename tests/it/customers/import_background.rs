//! Imports that take longer than people wait for a page: the worker checks the file and adds the
//! customers.

use super::import::{confirm, errors, preview};
use crate::support::database::{Engine, engine};
use crate::support::make::minimal;
use crate::support::{Client, Page, TestApp};
use jiff::SignedDuration;
use std::fmt::Write as _;

const RESULT_PATH: &str = "/customers?sort=created&dir=desc";

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

/// Uploads a file that the worker checks. Returns the path of its page.
async fn upload(client: &Client, file: &str) -> String {
    let response = preview(client, file).await;
    assert_eq!(response.status, 303, "{}", response.said());
    assert!(response.location().starts_with("/customers/import/"), "{}", response.location());
    response.location().to_owned()
}

async fn confirm_run(client: &Client, page: &Page, address: &str) -> Page {
    client.post(&page.form(&format!("{address}/confirm"))).await
}

#[tokio::test]
async fn a_large_file_is_checked_and_added_in_the_background() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let address = upload(&admin, &file(1200)).await;
    let waiting = admin.open(&address).await;
    assert!(
        waiting.has("[data-progress] progress") && waiting.text.contains("http-equiv=\"refresh\""),
        "{}",
        waiting.text
    );
    assert!(
        waiting.text.contains("Waiting for a worker") && waiting.text.contains("0 of 1,200 rows"),
        "{}",
        waiting.said()
    );
    assert!(app.find_in_database("kd7@example.com").is_empty(), "the file is stored sealed");
    assert_eq!(app.worker_run().await, 1);
    let shown = admin.open(&address).await;
    assert_eq!(shown.h1(), "Ready to import");
    assert!(!shown.text.contains("http-equiv=\"refresh\""));
    assert_eq!(shown.all("tr[data-row]").len(), 200);
    assert!(shown.text.contains("1,200 customers will be added"), "{}", shown.said());
    assert_eq!(app.count("customers", "1=1").await, 0);
    assert!(app.find_in_database("kd7@example.com").is_empty(), "and so is the report");
    let listed = admin.open("/customers/import").await;
    assert!(listed.has(&format!("a[href='{address}']")), "the list links to the import");
    for _ in 0..2 {
        let response = confirm_run(&admin, &shown, &address).await;
        assert_eq!((response.status, response.location()), (303, address.as_str()));
    }
    assert_eq!(
        app.count("jobs", "kind = 'add_import'").await,
        1,
        "a form that is sent twice adds once"
    );
    assert_eq!(admin.open(&address).await.h1(), "Adding customers");
    app.worker_run().await;
    let done = admin.open(&address).await;
    assert_eq!(done.h1(), "Import completed");
    assert!(done.text.contains("1,200 customers were added"), "{}", done.said());
    assert!(done.has(&format!("a[href='{RESULT_PATH}']")));
    assert_eq!(app.count("customers", "1=1").await, 1200);
    assert_eq!(app.count("import_parts", "1=1").await, 0, "the file was deleted");
    assert_eq!(
        app.count(
            "audit_entries",
            "action = 'customer.added' AND door = 'web' AND actor_name = 'admin' AND address <> ''"
        )
        .await,
        1200
    );
    app.assert_counters().await;
    let last =
        app.text("SELECT login_name FROM customers WHERE email = 'kd1199@example.com'").await;
    assert_eq!(last.as_deref(), Some("web600"), "numbered in the order of the file");
    app.advance_clock(SignedDuration::from_hours(8 * 24));
    app.worker().remove_old_rows().await.unwrap();
    assert_eq!(app.count("import_runs", "1=1").await, 0);
}

#[tokio::test]
async fn a_file_of_150_rows_is_checked_at_once_and_added_in_the_background() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let shown = preview(&admin, file(150)).await;
    assert!(shown.text.contains("added in the background"), "{}", shown.said());
    let response = confirm(&admin, &shown).await;
    let address = response.location().to_owned();
    assert!(address.starts_with("/customers/import/"), "{address}");
    assert_eq!(
        confirm(&admin, &shown).await.location(),
        address,
        "the second form leads to the same page"
    );
    app.worker_run().await;
    assert_eq!(admin.open(&address).await.h1(), "Import completed");
    assert_eq!(app.count("customers", "1=1").await, 150);
    app.assert_counters().await;
}

#[tokio::test]
async fn errors_of_a_large_file_are_reported_and_nothing_is_added() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("customers", 1100)]).await;
    app.customer("kd4").await;
    let client = app.signed_in("reseller").await;
    let address = upload(&client, &file(1101).replace("kd9@example.com", "nobody")).await;
    app.worker_run().await;
    let shown = client.open(&address).await;
    assert_eq!(shown.h1(), "File with errors");
    assert_eq!(
        errors(&shown, 6),
        ["loginname This login name is already taken. Choose a different one."]
    );
    assert_eq!(errors(&shown, 11).len(), 1, "{:?}", errors(&shown, 11));
    assert!(!shown.has_form(&format!("{address}/confirm")));
    assert_eq!(app.count("customers", "1=1").await, 1);
    let address = upload(&client, &file(1101).replace("kd4,", "kdx4,")).await;
    app.worker_run().await;
    assert!(
        errors(&client.open(&address).await, 1102)[0].contains("limit of 1,100"),
        "the quota is counted row by row"
    );
}

#[tokio::test]
async fn changes_between_the_check_and_the_adding_are_reported() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let address = upload(&admin, &file(1001)).await;
    app.worker_run().await;
    confirm_run(&admin, &admin.open(&address).await, &address).await;
    app.add("admin", minimal("kd8")).await.unwrap();
    app.worker_run().await;
    let shown = admin.open(&address).await;
    assert_eq!(shown.h1(), "File with errors");
    assert_eq!(
        errors(&shown, 10),
        ["loginname This login name is already taken. Choose a different one."]
    );
    assert_eq!(app.texts("SELECT login_name FROM customers").await, ["kd8"], "all or none");
    app.assert_counters().await;
}

#[tokio::test]
async fn an_import_belongs_to_one_account_which_has_one_at_a_time() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let (admin, second) = (app.signed_in("admin").await, app.signed_in("second").await);
    let address = upload(&admin, &file(1001)).await;
    assert_eq!(second.get(&address).await.status, 404);
    let again = preview(&admin, file(1001)).await;
    assert_eq!(again.status, 409);
    assert!(again.text.contains("still running"), "{}", again.said());
    upload(&second, &file(1002)).await;
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
async fn an_admin_suspended_after_confirming_adds_nothing() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let second = app.signed_in("second").await;
    let address = upload(&second, &file(1001)).await;
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
    // A worker that was killed after its commit, before it recorded the job's completion.
    app.worker_run().await;
    app.sql("UPDATE jobs SET state = 'waiting', attempts = 1 WHERE kind = 'add_import'").await;
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 150);
    assert_eq!(app.count("jobs", "kind = 'add_import' AND state = 'done'").await, 1);
    assert_eq!(admin.open(&address).await.h1(), "Import completed");
    // A worker that was killed before its commit: the job and its file still exist.
    let address = confirm(&admin, &preview(&admin, file(150).replace("kd", "xd")).await)
        .await
        .location()
        .to_owned();
    app.sql("UPDATE jobs SET state = 'running', attempts = 1, lease = 'dead', lease_ends_at = 0 WHERE kind = 'add_import' AND state = 'waiting'")
        .await;
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 300);
    assert_eq!(admin.open(&address).await.h1(), "Import completed");
    app.assert_counters().await;
}

#[tokio::test]
async fn a_run_whose_job_is_given_up_has_failed_and_blocks_no_other() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    // The job has used up all its attempts.
    let exhausted =
        "UPDATE jobs SET attempts = 14 WHERE state = 'waiting' AND kind LIKE '%_import'";
    let address = upload(&admin, &file(1001)).await;
    app.sql(exhausted).await;
    app.worker_run().await;
    let failed = admin.open(&address).await;
    assert_eq!(failed.h1(), "Import failed");
    assert!(failed.alert().contains("because the import failed"), "{}", failed.said());
    assert!(!failed.text.contains("http-equiv=\"refresh\"") && !failed.has("[data-progress]"));
    assert_eq!(app.count("import_parts", "1=1").await, 0, "the file was deleted");

    // A retried job reports that the import has ended.
    let job = app.number("SELECT MAX(id) FROM jobs WHERE kind = 'check_import'").await;
    admin.submit_and_follow("/jobs?kind=check_import", &format!("/jobs/{job}/run"), &[]).await;
    app.worker_run().await;
    let error = app.text(&format!("SELECT last_error FROM jobs WHERE id = {job}")).await.unwrap();
    assert_eq!(error, "The import has ended without adding customers. Upload the file again");

    let address = confirm(&admin, &preview(&admin, file(150)).await).await.location().to_owned();
    app.sql(exhausted).await;
    app.worker_run().await;
    assert_eq!(admin.open(&address).await.h1(), "Import failed");
    assert_eq!(
        (app.count("customers", "1=1").await, app.count("import_parts", "1=1").await),
        (0, 0)
    );
    let listed = admin.open("/customers/import").await;
    assert_eq!(
        listed.all(".import-notes li").iter().filter(|line| line.contains("Import failed")).count(),
        2
    );
    confirm(&admin, &preview(&admin, file(150)).await).await;
    app.worker_run().await;
    assert_eq!(app.count("customers", "1=1").await, 150);
}

#[tokio::test]
async fn a_run_whose_job_is_discarded_ends_with_it() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let (admin, second) = (app.signed_in("admin").await, app.signed_in("second").await);
    let address = upload(&second, &file(1001)).await;
    let job = app.number("SELECT MAX(id) FROM jobs WHERE kind = 'check_import'").await;
    admin.submit_and_follow("/jobs?kind=check_import", &format!("/jobs/{job}/discard"), &[]).await;
    let discarded = second.open(&address).await;
    assert_eq!(discarded.h1(), "Import discarded");
    assert!(
        discarded.alert().contains("an admin discarded the import job"),
        "{}",
        discarded.said()
    );
    assert_eq!(app.count("import_parts", "1=1").await, 0, "the file was deleted");
    upload(&second, &file(1002)).await;
}

#[tokio::test]
async fn a_run_ends_even_if_the_payload_of_its_job_cannot_be_read() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let (first, unreadable) = (upload(&admin, &file(1001)).await, "UPDATE jobs SET payload = '{}'");
    app.sql(unreadable).await;
    app.worker_run().await;
    assert_eq!(admin.open(&first).await.h1(), "Import failed");
    let second = upload(&admin, &file(1002)).await;
    // The given-up job of the first file does not end the import of the second one.
    app.sql("UPDATE import_runs SET created_at = created_at + 1 WHERE state = 'checking'").await;
    let job = app.number("SELECT MIN(id) FROM jobs WHERE kind = 'check_import'").await;
    let discard = format!("/jobs/{job}/discard");
    admin.submit_and_follow("/jobs?kind=check_import", &discard, &[]).await;
    assert_eq!(admin.open(&second).await.h1(), "Checking file");
    app.worker_run().await;
    assert_eq!(admin.open(&second).await.h1(), "Ready to import");
}

/// Changes the admin `second` at the moment at which their import begins to write, after the
/// passwords were hashed. Only SQLite can do this without a stored function.
async fn change_after_hashing(app: &TestApp, change: &str) {
    let when = "AFTER UPDATE OF stage ON import_runs WHEN NEW.stage = 'writing'";
    app.sql(&format!("CREATE TRIGGER meanwhile {when} BEGIN UPDATE admins SET {change} WHERE login_name = 'second'; END")).await;
}

#[tokio::test]
async fn an_admin_suspended_or_demoted_while_passwords_are_hashed_adds_nothing() {
    if engine() != Engine::Sqlite {
        return;
    }
    for (change, state, title) in [
        ("suspended = TRUE", "refused", "Import not permitted"),
        ("gui_access = FALSE", "refused", "Import not permitted"),
        ("customers_see_all = FALSE, change_serversettings = FALSE", "adding", "Adding customers"),
    ] {
        let app = TestApp::spawn().await;
        app.make_admin("second").await;
        let second = app.signed_in("second").await;
        let address =
            confirm(&second, &preview(&second, file(150)).await).await.location().to_owned();
        change_after_hashing(&app, change).await;
        app.worker_run().await;
        assert_eq!(app.count("customers", "1=1").await, 0, "{change}");
        assert_eq!(
            app.text("SELECT state FROM import_runs").await.as_deref(),
            Some(state),
            "{change}"
        );
        app.assert_counters().await;
        // The file is checked again with the admin's new rank.
        app.sql(
            "UPDATE admins SET suspended = FALSE, gui_access = TRUE WHERE login_name = 'second'",
        )
        .await;
        assert_eq!(second.open(&address).await.h1(), title, "{change}");
        app.sql("DROP TRIGGER meanwhile").await;
        app.advance_clock(SignedDuration::from_secs(15));
        app.worker_run().await;
        assert_eq!(
            app.count("customers", "1=1").await,
            if state == "adding" { 150 } else { 0 },
            "{change}"
        );
    }
}

#[tokio::test]
async fn an_admin_suspended_while_a_small_file_is_hashed_adds_nothing() {
    if engine() != Engine::Sqlite {
        return;
    }
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let second = app.signed_in("second").await;
    let shown = preview(&second, file(5)).await;
    // The suspension is written in the transaction that adds the customers.
    let suspended = "BEGIN UPDATE admins SET suspended = TRUE WHERE login_name = 'second'; END";
    app.sql(&format!("CREATE TRIGGER meanwhile AFTER INSERT ON submissions {suspended}")).await;
    assert_eq!(confirm(&second, &shown).await.status, 403);
    assert_eq!(app.count("customers", "1=1").await, 0);
}

#[tokio::test]
async fn a_large_file_is_read_with_another_encoding_without_being_uploaded_again() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let (admin, second) = (app.signed_in("admin").await, app.signed_in("second").await);
    let mut bytes = file(1001).into_bytes();
    let at = bytes.windows(9).position(|window| window == b"Company 7").unwrap();
    // The euro sign in ISO-8859-15; Windows-1252 has another character here.
    bytes[at] = 0xa4;
    let form = admin.form("/customers/import", "/customers/import").await;
    let response = admin.upload(&form.with("encoding", "windows-1252"), &bytes).await;
    let address = response.location().to_owned();
    app.worker_run().await;
    let shown = admin.open(&address).await;
    assert!(
        shown.first("tr[data-row='9']").unwrap().contains("\u{a4}ompany 7"),
        "{}",
        shown.said()
    );
    let reread = shown.form(&format!("{address}/encoding"));
    assert_eq!(reread.value("encoding"), Some("windows-1252"));

    let wrong = admin.post(&reread.clone().with("encoding", "utf-8")).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.field_error("encoding").unwrap().contains("not encoded in UTF-8"),
        "{}",
        wrong.said()
    );
    assert_eq!(wrong.h1(), "Ready to import", "the earlier report remains");

    let token = second.open("/account").await.attr("input[name=csrf_token]", "value").unwrap();
    assert_eq!(
        second
            .post(&reread.clone().with("csrf_token", &token).with("encoding", "iso-8859-15"))
            .await
            .status,
        404
    );
    for _ in 0..2 {
        let response = admin.post(&reread.clone().with("encoding", "iso-8859-15")).await;
        assert_eq!((response.status, response.location()), (303, address.as_str()));
    }
    assert_eq!(
        app.count("jobs", "kind = 'check_import' AND state = 'waiting'").await,
        1,
        "sent twice, it is checked once"
    );
    app.worker_run().await;
    // Another tab still shows the file in the first encoding.
    let first = shown;
    let stale = confirm_run(&admin, &first, &address).await;
    let shown = admin.open(stale.location()).await;
    assert!(shown.flash().contains("read with a different encoding"), "{}", shown.flash());
    assert_eq!(app.count("jobs", "kind = 'add_import'").await, 0);
    assert!(
        shown.first("tr[data-row='9']").unwrap().contains("\u{20ac}ompany 7"),
        "{}",
        shown.said()
    );
    confirm_run(&admin, &shown, &address).await;
    let late = admin.open(confirm_run(&admin, &first, &address).await.location()).await;
    assert_eq!(late.flash(), "Waiting for a worker", "the customers are being added");
    app.worker_run().await;
    assert_eq!(app.count("customers", "company = '\u{20ac}ompany 7'").await, 1);
}

#[tokio::test]
async fn a_large_file_with_errors_can_be_read_with_another_encoding_too() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    app.plan("admin", "Gr\u{f6}\u{df}e L", &[]).await;
    let plan = |line: &str| if line.starts_with("email") { "plan" } else { "Gr\u{f6}\u{df}e L" };
    let text = file(1001)
        .lines()
        .map(|line| format!("{line},{}\n", plan(line)))
        .collect::<Vec<_>>()
        .concat();
    let form = admin.form("/customers/import", "/customers/import").await;
    let address = admin
        .upload(&form.with("encoding", "windows-1252"), text.as_bytes())
        .await
        .location()
        .to_owned();
    app.worker_run().await;
    let shown = admin.open(&address).await;
    assert_eq!(shown.h1(), "File with errors");
    admin.post(&shown.form(&format!("{address}/encoding")).with("encoding", "")).await;
    app.worker_run().await;
    assert_eq!(admin.open(&address).await.h1(), "Ready to import");
    app.advance_clock(SignedDuration::from_hours(25));
    app.worker().remove_old_rows().await.unwrap();
    assert_eq!(app.count("import_parts", "1=1").await, 0, "the file is kept for a day");
}

#[tokio::test]
async fn texts_about_one_row_use_the_singular() {
    let app = TestApp::spawn().await;
    app.sql(
        "INSERT INTO import_runs (login_id, seal_key, state, stage, rows_total, rows_done, address, created_at, expires_at) \
         SELECT id, 'k', 'adding', 'hashing', 1, 0, '', 0, 99999999999 FROM logins WHERE name_key = 'admin'",
    )
    .await;
    let admin = app.signed_in("admin").await;
    for (language, line, progress) in
        [("en", "One row, ", "0 of one row"), ("de", "Eine Zeile, ", "0 von einer Zeile")]
    {
        app.sql(&format!("UPDATE admins SET language = '{language}'")).await;
        let list = admin.open("/customers/import").await;
        let listed = list.first(".import-notes a").unwrap();
        assert!(listed.starts_with(line), "{listed}");
        let run = admin.open(&list.attr(".import-notes a", "href").unwrap()).await;
        assert!(run.first("[data-progress]").unwrap().contains(progress), "{}", run.said());
    }
}
