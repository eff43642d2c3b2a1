//! CSV export for spreadsheets: a byte order mark, and a choice of separator that is remembered.

use super::import::{confirm, preview};
use crate::support::TestApp;
use crate::support::make::with;
use clientele::domain::customer::FileRemoval;
use serde_json::json;

const BYTE_ORDER_MARK: &str = "\u{feff}";

#[tokio::test]
async fn exports_without_a_separator_have_no_byte_order_mark() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let plain = admin.open("/customers.csv").await;
    assert!(plain.text.starts_with("loginname,name,firstname,"), "{}", plain.text);
    assert!(!plain.header("set-cookie").contains("csv_separator"));
    let semicolons = admin.open("/customers.csv?separator=semicolon").await;
    assert!(
        semicolons.text.starts_with(&format!("{BYTE_ORDER_MARK}loginname;name;firstname;")),
        "{}",
        semicolons.text
    );
    assert!(
        admin.open("/customers.csv").await.text.starts_with("loginname,"),
        "the URL alone has the same result for everyone"
    );
    let both = admin.open("/customers.csv?separator=comma&separator=semicolon").await;
    assert_eq!(both.text, semicolons.text, "as for every parameter, the last one counts");
    let commas = admin.open("/customers.csv?separator=comma").await;
    assert_eq!(commas.text, format!("{BYTE_ORDER_MARK}{}", plain.text));
}

#[tokio::test]
async fn the_separator_is_remembered() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let link =
        async || admin.open("/customers").await.attr(".list-export > a[download]", "href").unwrap();
    assert!(link().await.ends_with("separator=comma"), "{}", link().await);
    let semicolon =
        admin.open("/customers").await.attr("#menu-export a[href*=semicolon]", "href").unwrap();
    let response = admin.open(&semicolon).await;
    let cookie = response.header("set-cookie");
    assert!(
        cookie.starts_with("csv_separator=semicolon")
            && cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(link().await.ends_with("separator=semicolon"), "{}", link().await);
}

#[tokio::test]
async fn german_exports_use_semicolons_by_default() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    app.sql("UPDATE admins SET language = 'de'").await;
    let admin = app.signed_in("admin").await;
    let link = admin.open("/customers").await.attr(".list-export > a[download]", "href").unwrap();
    assert!(link.ends_with("separator=semicolon"), "{link}");
}

#[tokio::test]
async fn texts_like_formulas_are_reimported_exactly_with_every_separator() {
    let app = TestApp::spawn().await;
    let names = ["=1+1", "＝1+1", "＋49", "－1", "＠SUM(A1)", "|calc", "%0A", "'=x", "a;b,c"];
    for (number, name) in names.iter().enumerate() {
        app.add(
            "admin",
            with(
                &format!("kd{number}"),
                json!({ "company": name, "name": "", "diskspace": "1.125" }),
            ),
        )
        .await
        .unwrap();
    }
    let admin = app.signed_in("admin").await;
    for separator in ["comma", "semicolon"] {
        let export =
            admin.open(&format!("/customers.csv?sort=loginname&separator={separator}")).await.text;
        let delimiter = if separator == "comma" { b',' } else { b';' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(export.trim_start_matches(BYTE_ORDER_MARK).as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let first = cell.chars().next().unwrap_or('x');
                assert!(!"=+-@|%＝＋－＠｜％\t\r".contains(first), "{separator}: {cell}");
            }
        }
        for number in 0..names.len() {
            app.delete("admin", &format!("kd{number}"), FileRemoval::Keep).await.unwrap();
        }
        let shown = preview(&admin, &export).await;
        assert_eq!(shown.status, 200, "{:?}", shown.all(".reasons li"));
        assert_eq!(confirm(&admin, &shown).await.status, 303);
        for (number, name) in names.iter().enumerate() {
            let customer = app.get("admin", &format!("kd{number}")).await.unwrap();
            assert_eq!(customer.profile.contact.company, *name);
            let space =
                customer.profile.services.limits[clientele::domain::resources::Resource::Diskspace];
            assert_eq!(space.limit(), Some(1_179_648), "1.125 MiB must not be read as 1125 MiB");
        }
    }
}
