//! `clientele customers …`: the API's commands and imports on the command line.

use crate::support::program::Installation;
use serde_json::Value;
use std::process::Output;

fn installation() -> Installation {
    let installation = Installation::new();
    let created = installation.run_with_input(
        &[
            "admin",
            "create",
            "--loginname",
            "boss",
            "--email",
            "boss@provider.example",
            "--password-stdin",
        ],
        "Correct-horse-7\n",
    );
    assert!(created.status.success(), "{}", String::from_utf8_lossy(&created.stderr));
    installation
}

fn customers(installation: &Installation, arguments: &[&str]) -> Output {
    installation.run(&[&["customers"], arguments].concat())
}

fn json(installation: &Installation, arguments: &[&str]) -> Value {
    let output = customers(installation, &[arguments, &["--json"]].concat());
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", stderr(&output)))
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn customers_are_added_listed_updated_and_deleted() {
    let installation = installation();
    let added = json(
        &installation,
        &[
            "add",
            "--email",
            "c@customer.example",
            "--company",
            "Café",
            "--new_loginname",
            "cafe",
            "--diskspace",
            "2.5",
            "--ftps_ul",
            "--phone=+49 30",
        ],
    );
    assert_eq!(
        (&added["loginname"], &added["diskspace"], &added["ftps"]),
        (&"cafe".into(), &2560.into(), &(-1).into())
    );
    let list = stdout(&customers(&installation, &["listing"]));
    let rows: Vec<&str> = list.lines().collect();
    assert_eq!(rows.len(), 2, "{list}");
    for word in ["LOGIN NAME", "OWNER"] {
        assert!(rows[0].contains(word), "{list}");
    }
    for word in ["cafe", "Café", "c@customer.example", "boss", "active"] {
        assert!(rows[1].contains(word), "{list}");
    }
    let row = stdout(&customers(&installation, &["get", "CAFE"]));
    assert!(row.lines().any(|line| line.contains("documentroot")), "{row}");
    assert_eq!(
        json(&installation, &["update", "cafe", "--deactivated", "--city", "Köln"])["deactivated"],
        1
    );
    let found = json(
        &installation,
        &["listing", "--sql_search", r#"{"city":{"op":"=","value":"köln"}}"#, "--sql-limit", "1"],
    );
    assert_eq!((&found["total"], &found["list"][0]["loginname"]), (&1.into(), &"cafe".into()));
    assert_eq!(json(&installation, &["listing-count"]), 1);
    assert_eq!(json(&installation, &["listingCount", "--sql_search", r#"{"city":"berlin"}"#]), 0);
    assert_eq!(json(&installation, &["unlock", "cafe"])["loginfail_count"], 0);
    assert_eq!(
        json(&installation, &["delete", "cafe", "--delete_userfiles=1"])["loginname"],
        "cafe"
    );
    assert_eq!(customers(&installation, &["get", "cafe"]).status.code(), Some(4));
}

#[test]
fn failures_have_exit_codes_and_error_codes() {
    let installation = installation();
    installation.run_with_input(
        &[
            "admin",
            "create",
            "--loginname",
            "res",
            "--email",
            "r@provider.example",
            "--reseller",
            "--password-stdin",
        ],
        "Correct-horse-7\n",
    );
    let added = json(
        &installation,
        &[
            "add",
            "--as",
            "res",
            "--email",
            "c@customer.example",
            "--company",
            "C",
            "--new_loginname",
            "shop",
        ],
    );
    assert_eq!(added["adminname"], "res");
    for (arguments, code, error) in [
        (&["add", "--email", "x", "--company", "C"][..], 2, "email-invalid"),
        (&["add", "--company", "C"], 2, "parameter-missing"),
        (&["get"], 2, "parameter-missing"),
        (&["update", "shop", "--diskspace", "lots"], 2, "number-invalid"),
        (&["move", "shop", "--adminid", "1", "--as", "res"], 3, "not-allowed"),
        (&["listing", "--as", "shop"], 3, "not-allowed"),
        (&["get", "nobody"], 4, "customer-unknown"),
        (&["update", "shop", "--city", "Bonn", "--version", "99"], 5, "changed-meanwhile"),
    ] {
        let output = customers(&installation, &[arguments, &["--json"]].concat());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr(&output));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["error"], error, "{arguments:?}");
        let output = customers(&installation, arguments);
        assert_eq!(
            (output.status.code(), stdout(&output).as_str()),
            (Some(code), ""),
            "without --json, the error is on standard error"
        );
        assert!(stderr(&output).starts_with("clientele: "), "{}", stderr(&output));
    }
    assert_eq!(customers(&installation, &["get", "shop", "--frobnicate"]).status.code(), Some(2));
    assert_eq!(customers(&installation, &["listing", "--as", "nobody"]).status.code(), Some(1));
    assert_eq!(json(&installation, &["move", "shop", "--adminid", "1"])["adminname"], "boss");
}

#[tokio::test]
async fn a_password_is_read_from_standard_input() {
    let installation = installation();
    let output = installation.run_with_input(
        &[
            "customers",
            "add",
            "--email",
            "c@customer.example",
            "--company",
            "C",
            "--new_loginname",
            "shop",
            "--password-stdin",
        ],
        "Another-horse-8\n",
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let program = installation.serve().await;
    assert_eq!(program.browser().sign_in("shop", "Another-horse-8").await.status, 303);
}

#[test]
fn a_file_is_imported_completely_or_not_at_all() {
    let installation = installation();
    let import = |csv: &str, more: &[&str]| {
        installation.run_with_input(&[&["customers", "import", "-"], more].concat(), csv)
    };
    let valid = "email,company,new_loginname,diskspace\na@customer.example,A,shopa,5\nb@customer.example,B,,unlimited\n";
    let invalid = format!("{valid}nobody,C,shopa,many\n");
    let output = import(&invalid, &[]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
    let errors = stderr(&output);
    for word in ["row 4: email: ", "row 4: new_loginname: ", "row 4: diskspace: ", "1 of 3 rows"] {
        assert!(errors.contains(word), "{word} is not in the output: {errors}");
    }
    let report: Value = serde_json::from_slice(&import(&invalid, &["--json"]).stdout).unwrap();
    assert_eq!(
        (&report["added"], &report["faults"][0]["columns"]["email"]),
        (&0.into(), &serde_json::json!(["email-invalid"]))
    );
    assert_eq!(stdout(&import(valid, &["--dry-run"])), "2 customers can be added.\n");
    assert_eq!(json(&installation, &["listing-count"]), 0, "nothing was added so far");
    let output = import(valid, &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(json(&installation, &["listing-count"]), 2);
    assert_eq!(json(&installation, &["get", "shopa"])["diskspace"], 5120);
    assert_eq!(import(valid, &[]).status.code(), Some(2), "the names exist now");
    assert_eq!(import("nonsense\n", &[]).status.code(), Some(2));
    assert_eq!(
        installation.run(&["customers", "import", "no-such-file.csv"]).status.code(),
        Some(1)
    );
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let installation = installation();
    json(
        &installation,
        &["add", "--email", "c@customer.example", "--company", "C", "--new_loginname", "shop"],
    );
    for arguments in [
        &["customers", "listing"][..],
        &["customers", "get", "shop", "--json"],
        &["api-key", "list", "--for", "boss"],
    ] {
        let output = installation.run_unread(arguments);
        assert_eq!(
            (output.status.code(), stderr(&output).as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}
