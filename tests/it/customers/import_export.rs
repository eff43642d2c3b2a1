//! An export can be imported again, which restores the customers. Its rows are those of the list.

use super::import::{confirm, preview};
use crate::support::make::with;
use crate::support::{Client, TestApp};
use clientele::domain::customer::FileRemoval;
use serde_json::json;

/// Columns that an import cannot set, or that differ for a new customer.
const NOT_COMPARED: [&str; 6] =
    ["state", "diskspace_used_mib", "traffic_used_gib", "guid", "lastlogin_succ", "created"];

async fn export(client: &Client) -> String {
    client.open("/customers.csv?sort=loginname").await.text
}

/// Returns the cells of an export that an import must restore.
fn comparable(export: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(export.as_bytes());
    let head = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| -> Vec<(String, String)> {
        let cells = head.iter().zip(&row).filter(|(name, _)| !NOT_COMPARED.contains(name));
        cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Adds customers with all fields, with a plan, with changed values of a plan, without a database
/// server, and with generated login names.
async fn add_various_customers(app: &TestApp) {
    let gold = app
        .plan("admin", "=Gold, \"best\"", &[("emails", "5"), ("ftps", "NULL"), ("imap", "TRUE")])
        .await;
    app.sql("INSERT INTO php_configs (description, \"binary\", php_ini, created_at) VALUES ('PHP', '/usr/bin/php-cgi', '', 0)").await;
    app.sql("INSERT INTO mysql_servers (id, name, host, port, created_at) VALUES (7, 'db7', 'db7', 3306, 0)").await;
    let php = app.number("SELECT MAX(id) FROM php_configs").await;
    let all = json!({
        "name": "O'Neil", "firstname": "'=Ann", "company": "=1+1", "street": "Weg 1; hinten", "zipcode": "D-12345", "city": "Köln",
        "phone": "+49 (221) 12", "fax": "-1", "customernumber": "-KD 1", "gender": "2", "def_language": "de", "theme": "dark",
        "email": "müller@bücher.example", "custom_notes": "- one\n- \"two\"\n\n=three", "custom_notes_show": 1,
        "diskspace": "1.5", "traffic": "-1", "subdomains": 3, "emails": 4, "email_accounts": 5, "email_forwarders": 6, "email_quota": 7,
        "ftps": 8, "mysqls": 9, "email_imap": 1, "email_pop3": 0, "phpenabled": 1, "allowed_phpconfigs": [php], "perlenabled": 1,
        "dnsenabled": 1, "logviewenabled": 1, "allowed_mysqlserver": [0, 7], "gui_access": 0, "api_allowed": 0, "shell_allowed": 1,
        "createstdsubdomain": 1,
    });
    app.add("admin", with("all", all)).await.unwrap();
    app.add("admin", with("gold", json!({ "hosting_plan_id": gold }))).await.unwrap();
    app.add(
        "admin",
        with(
            "tuned",
            json!({ "hosting_plan_id": gold, "plan_applied": gold, "emails": 99, "email_imap": 0 }),
        ),
    )
    .await
    .unwrap();
    app.add(
        "admin",
        with(
            "noserver",
            json!({ "mysqls": 5, "allowed_mysqlserver": [], "createstdsubdomain": 0 }),
        ),
    )
    .await
    .unwrap();
    for _ in 0..2 {
        app.add("admin", json!({ "email": "numbered@example.com", "name": "Numbered" }))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn an_imported_export_restores_all_fields() {
    let app = TestApp::spawn().await;
    add_various_customers(&app).await;
    app.sql("UPDATE customers SET diskspace = diskspace + 1 WHERE login_name = 'all'").await;
    app.sql("UPDATE admins SET diskspace_used = diskspace_used + 1 WHERE login_name = 'admin'")
        .await;
    let admin = app.signed_in("admin").await;
    let before = export(&admin).await;
    let names: Vec<String> = app.texts("SELECT login_name FROM customers").await;
    assert_eq!(names.len(), 6);
    for name in &names {
        app.delete("admin", name, FileRemoval::Keep).await.unwrap();
    }
    assert_eq!(app.count("customers", "1=1").await, 0);
    let shown = preview(&admin, &before).await;
    assert_eq!(shown.status, 200, "{:?} {}", shown.all(".reasons li"), shown.said());
    let response = confirm(&admin, &shown).await;
    assert_eq!(response.status, 303, "{}", response.said());
    let after = export(&admin).await;
    assert_eq!(comparable(&after), comparable(&before));
    app.assert_counters().await;
    assert_eq!(
        app.add("admin", json!({ "email": "next@example.com", "name": "Next" }))
            .await
            .unwrap()
            .login_name
            .as_str(),
        "web3"
    );
}

#[tokio::test]
async fn existing_customers_cannot_be_imported_again() {
    let app = TestApp::spawn().await;
    add_various_customers(&app).await;
    let admin = app.signed_in("admin").await;
    let shown = preview(&admin, export(&admin).await).await;
    assert_eq!((shown.status, shown.all(".row-faulty").len()), (422, 6));
    assert_eq!(app.count("customers", "1=1").await, 6);
}

#[tokio::test]
async fn the_export_has_the_order_and_the_filter_of_the_list() {
    let app = TestApp::spawn().await;
    app.sql(
        "INSERT INTO logins (name_key, kind, password_hash, failed_count, last_sign_in_at) \
         WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1100) \
         SELECT 'k' || n, 'customer', '', 0, CASE WHEN n % 3 = 0 THEN NULL ELSE n % 5 END FROM n",
    )
    .await;
    app.sql(
        "INSERT INTO customers (login_id, owner_id, login_name, login_sort, name_sort, search_text, name, firstname, company, street, zipcode, \
         city, phone, fax, gender, customer_number, email, email_key, language, theme, notes, guid, document_root, created_at, updated_at, diskspace) \
         SELECT logins.id, admins.id, name_key, name_key, 'a', '', 'A', '', '', '', '', '', '', '', 0, '', 'a@example.com', 'a@example.com', \
         'en', 'system', '', 90000 + logins.id, '/' || name_key, logins.id % 7, 0, CASE WHEN logins.id % 4 = 0 THEN NULL ELSE logins.id % 9 END \
         FROM logins, admins WHERE kind = 'customer'",
    )
    .await;
    app.sql("UPDATE admins SET customers_used = 1100").await;
    let admin = app.signed_in("admin").await;
    for sort in ["name", "lastlogin_succ", "diskspace", "plan"] {
        for dir in ["asc", "desc"] {
            let export = admin.open(&format!("/customers.csv?sort={sort}&dir={dir}")).await;
            let mut reader = csv::Reader::from_reader(export.text.as_bytes());
            let names: Vec<String> =
                reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
            let mut listed = Vec::new();
            for page in 1..=6 {
                listed.extend(
                    admin
                        .open(&format!("/customers?sort={sort}&dir={dir}&per_page=200&page={page}"))
                        .await
                        .rows(),
                );
            }
            assert_eq!(names.len(), 1100, "{sort} {dir}");
            assert_eq!(names, listed, "{sort} {dir}");
        }
    }
    let filtered = admin.open("/customers.csv?q=loginname%3Dk77").await;
    assert_eq!(
        filtered.text.lines().count(),
        2,
        "the filter of the list is the filter of the export"
    );
}
