//! `clientele import froxlor` as a command.

use super::panel::{HASH_TYPES, Panel, password};
use crate::support::mariadb;
use crate::support::program::{Installation, said};

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn after_an_import_everyone_can_sign_in() {
    let panel = Panel::filled(2, 20).await;
    let installation = Installation::bare();
    let arguments = ["import", "froxlor", "--from", &panel.url];
    let dry_run = installation.run(&[arguments.as_slice(), &["--dry-run"]].concat());
    assert_eq!(dry_run.status.code(), Some(0), "{}", said(&dry_run));
    assert!(!installation.data().exists(), "a dry run creates no files");
    let out = String::from_utf8(dry_run.stdout).unwrap();
    assert!(out.contains("would be imported") && out.contains("panel_customers"), "{out}");
    // The first start creates an admin. The import replaces that admin.
    let mut program = installation.serve().await;
    let first = program.first_password().unwrap();
    program.kill();
    let real = installation.run(&[arguments.as_slice(), &["--json"]].concat());
    assert_eq!(real.status.code(), Some(0), "{}", said(&real));
    let report: serde_json::Value = serde_json::from_slice(&real.stdout).unwrap();
    assert_eq!(
        report["tables"]["panel_customers"],
        serde_json::json!({"read": 20, "new": 20, "there": 0, "skipped": 0})
    );
    assert_eq!(report["first_admin_replaced"], true);
    let progress = String::from_utf8(real.stderr.clone()).unwrap();
    assert_eq!(
        progress.lines().filter(|line| *line == "panel_customers: 20 of 20").count(),
        1,
        "{progress}"
    );
    for output in [said(&real), out] {
        assert!(
            !output.contains(mariadb::PASSWORD)
                && !output.contains("$5$")
                && !output.contains("$2y$")
        );
    }
    let second = installation.run(&arguments);
    assert!(
        second.status.success() && said(&second).contains("nothing was written"),
        "{}",
        said(&second)
    );
    let doctor = installation.run(&["doctor"]);
    assert!(!said(&doctor).contains("counter"), "{}", said(&doctor));
    assert_everyone_can_sign_in(&installation, &first).await;
}

/// Asserts that the admin and one customer of each hash type can sign in, and that the customers'
/// hashes have the current type afterwards.
async fn assert_everyone_can_sign_in(installation: &Installation, first: &str) {
    let program = installation.serve().await;
    assert_eq!(program.first_password(), None, "an admin exists");
    assert_eq!(
        program.browser().sign_in("admin", first).await.status,
        422,
        "the first admin was replaced"
    );
    let admin = program.browser();
    assert_eq!(admin.sign_in("admin", "Old-secret-2").await.status, 303);
    let database = installation.raw().await;
    for n in 1..=HASH_TYPES {
        let hash = format!("SELECT password_hash AS h FROM logins WHERE name_key = 'kd{n}'");
        let hash = async || {
            let statement = sea_orm::Statement::from_string(
                sea_orm::ConnectionTrait::get_database_backend(&database),
                &hash,
            );
            let row = sea_orm::ConnectionTrait::query_one_raw(&database, statement)
                .await
                .unwrap()
                .unwrap();
            row.try_get::<String>("", "h").unwrap()
        };
        let before = hash().await;
        assert_eq!(
            program.browser().sign_in(&format!("kd{n}"), &password(n)).await.status,
            303,
            "kd{n}"
        );
        let after = hash().await;
        assert!(
            after != before && after.starts_with("$argon2id$v=19$m=19456,"),
            "kd{n}: from {}",
            &before[..4]
        );
        assert_eq!(
            program.browser().sign_in(&format!("kd{n}"), &password(n)).await.status,
            303,
            "kd{n} once more"
        );
    }
    let audit = admin.open("/audit").await.text;
    assert!(audit.contains("Import from Froxlor"), "{audit}");
}

#[tokio::test]
#[ignore = "needs mariadb-server"]
async fn conflicts_and_mistakes_have_their_exit_codes() {
    let installation = Installation::new();
    for invalid in [
        "postgres://x:Nobody-may-see-this@h/d",
        "nonsense:Nobody-may-see-this",
        "mysql://tester:Nobody-may-see-this@127.0.0.1:1",
    ] {
        let output = installation.run(&["import", "froxlor", "--from", invalid]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(!said(&output).contains(mariadb::PASSWORD), "{}", said(&output));
    }
    assert_eq!(installation.run(&["import", "froxlor"]).status.code(), Some(2));
    let unreachable = installation.run(&[
        "import",
        "froxlor",
        "--from",
        &format!("mysql://x:{}@127.0.0.1:1/d", mariadb::PASSWORD),
    ]);
    assert_eq!(unreachable.status.code(), Some(1), "{}", said(&unreachable));
    assert!(!said(&unreachable).contains(mariadb::PASSWORD));
    let empty = installation.run(&["import", "froxlor", "--from", &mariadb::database().await]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(said(&empty).contains("not the database of a Froxlor panel"), "{}", said(&empty));
    let panel = Panel::filled(2, 20).await;
    assert!(installation.run(&["demo", "--customers", "5"]).status.success());
    let conflicts = installation.run(&["import", "froxlor", "--from", &panel.url]);
    assert_eq!(conflicts.status.code(), Some(1));
    assert!(
        said(&conflicts).contains("Conflicts:\n  panel_admins 2: this id already belongs to"),
        "{}",
        said(&conflicts)
    );
    assert!(!said(&conflicts).contains(mariadb::PASSWORD));
}
