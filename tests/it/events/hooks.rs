//! Executables in the hooks directory.

use crate::support::TestApp;
use jiff::SignedDuration;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

impl TestApp {
    fn add_hook(&self, name: &str, script: &str) -> PathBuf {
        let dir = &self.app.env.hooks_dir;
        std::fs::create_dir_all(dir).unwrap();
        let path = dir.join(name);
        // Written under another name and renamed, because a file that is open for writing cannot be
        // executed.
        let new = dir.join(".new");
        std::fs::write(&new, format!("#!/bin/sh\ncd '{}'\n{script}\n", dir.display())).unwrap();
        std::fs::set_permissions(&new, std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::rename(&new, &path).unwrap();
        path
    }

    /// Returns the content of a file that a hook wrote.
    fn read_output(&self, file: &str) -> String {
        std::fs::read_to_string(self.app.env.hooks_dir.join(file)).unwrap_or_default()
    }

    /// Returns the error of the last job of a hook in this state.
    async fn hook_error(&self, state: &str) -> Option<String> {
        self.text(&format!("SELECT last_error FROM jobs WHERE kind = 'run_hook' AND state = '{state}' ORDER BY id DESC LIMIT 1")).await
    }
}

#[tokio::test]
async fn a_hook_receives_the_event_and_not_the_programs_environment() {
    let app = TestApp::spawn().await;
    app.add_hook(
        "10-note",
        "tr '\\0' '\\n' < /proc/$$/environ > environment; echo \"$@\" > arguments; cat > payload",
    );
    app.customer("meier").await;
    app.worker_run().await;
    assert_eq!(app.read_output("arguments"), "customer.added\n");
    let id = app.text("SELECT message_id FROM events").await.unwrap();
    let mut environment: Vec<String> =
        app.read_output("environment").lines().map(ToOwned::to_owned).collect();
    environment.sort_unstable();
    assert_eq!(
        environment[..2],
        ["CLIENTELE_DELIVERY_ID=".to_owned() + &id, "CLIENTELE_EVENT=customer.added".to_owned()]
    );
    assert!(environment.len() == 3 && environment[2].starts_with("PATH=/"), "{environment:?}");
    let payload: serde_json::Value = serde_json::from_str(&app.read_output("payload")).unwrap();
    assert_eq!((&payload["id"], &payload["data"]["loginname"]), (&id.into(), &"meier".into()));
    assert_eq!(
        app.count(
            "deliveries",
            "hook = '10-note' AND delivered_at IS NOT NULL AND last_status = 0"
        )
        .await,
        1
    );
}

#[tokio::test]
async fn a_failing_hook_is_retried_and_does_not_delay_others() {
    let app = TestApp::spawn().await;
    app.add_hook(
        "10-fails",
        "cat > /dev/null; echo; echo 'no zone for you' >&2; echo more >&2; exit 3",
    );
    app.add_hook("20-works", "echo \"$1\" >> works");
    app.add_hook("30-reads-nothing", "exit 0");
    app.customer("meier").await;
    app.suspend("admin", "meier", true).await.unwrap();
    app.customer("other").await;
    app.worker_run().await;
    assert_eq!(app.read_output("works"), "customer.added\ncustomer.suspended\ncustomer.added\n");
    let behind = "kind = 'run_hook' AND state = 'waiting' AND attempts = 0 AND subject = 'meier'";
    assert_eq!(
        app.count("jobs", behind).await,
        1,
        "the second event of a customer waits behind the first, untried"
    );
    assert_eq!(app.count("jobs", "kind = 'run_hook' AND last_error = 'The hook ended with code 3: no zone for you' AND attempts = 1").await, 2);
    assert_eq!(app.count("jobs", "kind = 'run_hook' AND state = 'done'").await, 6);

    app.add_hook("10-fails", "echo \"$1 $CLIENTELE_DELIVERY_ID\" >> repaired");
    app.advance_clock(SignedDuration::from_secs(15));
    app.worker_run().await;
    let repaired = app.read_output("repaired");
    let of_meier = async |column: &str| {
        app.texts(&format!("SELECT {column} FROM events WHERE subject = 'meier' ORDER BY id")).await
    };
    let of_meier: Vec<String> = of_meier("name")
        .await
        .iter()
        .zip(of_meier("message_id").await)
        .map(|(name, id)| format!("{name} {id}"))
        .collect();
    let lines: Vec<&str> =
        repaired.lines().filter(|line| of_meier.iter().any(|event| event == line)).collect();
    assert_eq!(
        (lines, repaired.lines().count()),
        (of_meier.iter().map(String::as_str).collect(), 3)
    );
}

#[tokio::test]
async fn files_that_others_can_write_are_not_run() {
    let app = TestApp::spawn().await;
    let hook = app.add_hook("10-open", "touch ran");
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o777)).unwrap();
    app.customer("meier").await;
    app.worker_run().await;
    let error = app.hook_error("failed").await.unwrap();
    assert!(error.contains("can be written by others (mode 0777)"), "{error}");
    assert!(!app.app.env.hooks_dir.join("ran").exists());
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let id = app.number("SELECT id FROM deliveries").await;
    let client = app.signed_in("admin").await;
    client
        .submit_and_follow("/webhooks/deliveries", &format!("/webhooks/deliveries/{id}/again"), &[])
        .await;
    app.worker_run().await;
    assert!(app.app.env.hooks_dir.join("ran").exists());
}

#[tokio::test]
async fn nothing_is_run_from_a_directory_that_another_user_controls() {
    use std::os::unix::fs::symlink;
    let app = TestApp::spawn().await;
    app.add_hook("10-note", "touch ran");
    let dir = app.app.env.hooks_dir.clone();
    let real = dir.with_file_name("real");
    let mode = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let mut errors = Vec::new();
    let mut attempt = async |name: &str| {
        app.customer(name).await;
        app.worker_run().await;
        let error = app
            .text(&format!(
                "SELECT last_error FROM jobs WHERE kind = 'find_hooks' AND subject = '{name}'"
            ))
            .await;
        errors.push(error.unwrap_or_default());
    };
    // A link is refused, even to a safe directory. So are directories that others can write, even
    // with the sticky bit, such as /tmp.
    std::fs::rename(&dir, &real).unwrap();
    symlink(&real, &dir).unwrap();
    attempt("link").await;
    std::fs::remove_file(&dir).unwrap();
    std::fs::rename(&real, &dir).unwrap();
    mode(&dir, 0o1777);
    attempt("sticky").await;
    mode(&dir, 0o755);
    mode(dir.parent().unwrap(), 0o777);
    attempt("above").await;
    mode(dir.parent().unwrap(), 0o700);
    let expected = [
        "hooks is a symbolic link",
        "hooks can be written by others (mode 1777)",
        "can be written by others (mode 0777)",
    ];
    assert_eq!(errors.len(), expected.len(), "{errors:#?}");
    for (error, expected) in errors.iter().zip(expected) {
        assert!(error.contains(expected), "{errors:#?}");
    }
    assert!(!dir.join("ran").exists());
}

#[tokio::test]
async fn links_are_refused_and_hooks_start_in_the_root_directory() {
    let app = TestApp::spawn().await;
    app.add_hook("20-where", "");
    let dir = app.app.env.hooks_dir.clone();
    let script = format!("#!/bin/sh\npwd > '{}/where'\n", dir.display());
    std::fs::write(dir.join("20-where"), script).unwrap();
    // The shell behind the link would run a file of the working directory that is named like the
    // event.
    std::os::unix::fs::symlink("/bin/sh", dir.join("10-shell")).unwrap();
    app.customer("meier").await;
    app.worker_run().await;
    assert_eq!(app.read_output("where"), "/\n");
    let error = app.hook_error("failed").await.unwrap();
    assert!(error.contains("10-shell is a symbolic link, which is not followed here"), "{error}");
}

#[tokio::test]
async fn each_executable_runs_once_even_if_the_job_runs_twice() {
    let app = TestApp::spawn().await;
    app.add_hook("10-count", "echo x >> count");
    app.customer("meier").await;
    app.worker_run().await;
    // The worker died before it recorded the job's completion.
    app.sql("UPDATE jobs SET state = 'waiting' WHERE kind = 'find_hooks'").await;
    app.worker_run().await;
    assert_eq!(app.read_output("count"), "x\n");
}

#[tokio::test]
async fn resellers_do_not_see_the_providers_hooks() {
    let app = TestApp::spawn().await;
    app.reseller("owner", &[]).await;
    app.add_hook("10-secret-name", "exit 1");
    app.customer_of("owner", "meier").await;
    app.worker_run().await;
    let page = app.signed_in("owner").await.open("/jobs").await;
    let rows = page.all("tbody tr").join("\n");
    assert!(rows.contains("home directory") && !rows.contains("hook"), "{rows}");
    assert!(!page.text.contains("10-secret-name") && !page.text.contains("Run hook"));
    assert!(
        app.signed_in("admin")
            .await
            .open("/jobs?kind=run_hook")
            .await
            .text
            .contains("The hook ended with code 1")
    );
}
