//! `/customers/import`: many customers from one file, previewed before they are added, all or none.

use crate::support::make::PASSWORD;
use crate::support::{Client, Page, TestApp};

const FILE: &str = "\
email;name;firstname;company;new_loginname;new_customer_password;emails;email_imap;city\r\n\
anna@example.com;Muster;Anna;;anna;Some-pass-word-1;5;1;Köln\r\n\
\r\n\
office@example.org;;;Example Ltd;;;;;\r\n";

/// Uploads a file. Returns the preview.
pub async fn preview(client: &Client, file: impl AsRef<[u8]>) -> Page {
    let form = client.form("/customers/import", "/customers/import").await;
    client.upload(&form, file.as_ref()).await
}

/// Confirms the preview. Returns the response.
pub async fn confirm(client: &Client, preview: &Page) -> Page {
    assert_eq!(preview.status, 200, "{}", preview.text);
    client.post(&preview.form("/customers/import/confirm")).await
}

/// Returns the errors of the row with this number.
pub fn errors(page: &Page, row: u64) -> Vec<String> {
    page.all(&format!("tr[data-row='{row}'] .reasons li"))
}

#[tokio::test]
async fn a_file_is_shown_and_then_imported() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let shown = preview(&admin, FILE).await;
    assert_eq!(shown.status, 200, "{}", shown.said());
    assert_eq!(
        shown.all("tr[data-row] th"),
        ["2", "4"],
        "the empty line counts as it does in a spreadsheet"
    );
    assert!(shown.first("tr[data-row='2']").unwrap().contains("Muster, Anna"));
    assert!(shown.first("tr[data-row='4']").unwrap().contains("next free number"));
    assert_eq!(app.count("customers", "1=1").await, 0, "a preview changes nothing");
    let response = confirm(&admin, &shown).await;
    let list = admin.follow(&response).await;
    assert!(list.flash().contains("2 customers were added"), "{}", list.flash());
    let mut rows = list.rows();
    rows.sort();
    assert_eq!(rows, ["anna", "web1"]);
    let anna = app.get("admin", "anna").await.unwrap();
    assert_eq!(anna.profile.contact.city, "Köln");
    assert!(anna.profile.services.imap);
    app.sign_in_as("anna", "Some-pass-word-1").await;
    app.assert_counters().await;
}

#[tokio::test]
async fn imported_customers_have_all_records() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let file = "email,company,loginname,sendpassword,createstdsubdomain\na@example.com,A,one,1,1\nb@example.com,B,two,,0\n";
    confirm(&admin, &preview(&admin, file).await).await;
    let entries =
        app.texts("SELECT target_name || action || door || actor_name FROM audit_entries WHERE action = 'customer.added' ORDER BY id");
    assert_eq!(entries.await, ["onecustomer.addedwebadmin", "twocustomer.addedwebadmin"]);
    let jobs = app.texts("SELECT subject || kind FROM jobs ORDER BY subject, kind").await;
    assert_eq!(jobs, ["onecreate_home", "onesend_welcome", "twocreate_home"]);
    assert_eq!(app.count("ftp_users", "1=1").await, 2);
    assert_eq!(app.texts("SELECT name FROM domains WHERE name LIKE 'one.%'").await.len(), 1);
    assert_eq!(app.count("domains", "1=1").await, 1);
}

#[tokio::test]
async fn a_checkbox_sends_passwords_by_email_unless_a_row_says_otherwise() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/customers/import", "/customers/import").await.with("sendpassword", "1");
    let file =
        "email,company,loginname,sendpassword\na@example.com,A,one,\nb@example.com,B,two,0\n";
    let shown = admin.upload(&form, file.as_bytes()).await;
    assert!(shown.text.contains("One password will be emailed"), "{}", shown.text);
    let list = admin.follow(&confirm(&admin, &shown).await).await;
    assert!(list.flash().contains("that nobody knows"), "{}", list.flash());
    assert_eq!(app.texts("SELECT subject FROM jobs WHERE kind = 'send_welcome'").await, ["one"]);
}

#[tokio::test]
async fn rows_can_be_pasted() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/customers/import", "/customers/import").await.with("text", FILE);
    for shown in [admin.upload(&form, b"").await, admin.post(&form).await] {
        assert_eq!(
            (shown.status, shown.all("tr[data-row] th").len()),
            (200, 2),
            "{}",
            shown.said()
        );
    }
    let nothing = preview(&admin, "").await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.field_error("file").unwrap().contains("the file is empty"));
}

#[tokio::test]
async fn all_errors_of_all_rows_are_reported_at_once_and_nothing_is_written() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let before = app.texts("SELECT name || value FROM counters ORDER BY name").await;
    let shown = preview(
        &admin,
        "email,company,loginname,new_customer_password,diskspace,emails,plan,allowed_phpconfigs,phpenabled,gui_access,zipcode\n\
         a@example.com,Good,good,,unlimited,3,,,,,\n\
         nobody,,x,short,-5,many,Gold,,,perhaps,ab\n\
         b@example.com,B,MEIER,,,,,,,,\n\
         c@example.com,C,Good,,,,,,,,\n\
         d@example.com,D,web9,,,,,,,,\n\
         e@example.com,E,,,,,,99,1,,\n\
         admin@provider.example,F,,,,,,,,,\n\
         g@example.com,G\n\
         h@example.com,H,,,,,,,,,,too much\n",
    )
    .await;
    assert_eq!(shown.status, 422);
    assert!(shown.alert().contains("9 customers, 8 rows with errors"), "{}", shown.alert());
    assert!(!shown.has_form("/customers/import/confirm"), "nothing to confirm");
    assert_eq!(errors(&shown, 2), Vec::<String>::new());
    let columns = shown.all("tr[data-row='3'] .reasons code");
    assert_eq!(
        columns.iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>(),
        [
            "company",
            "diskspace",
            "email",
            "emails",
            "gui_access",
            "loginname",
            "new_customer_password",
            "plan",
            "zipcode"
        ]
    );
    for (row, message) in [
        (4, "loginname This login name is already taken. Choose a different one."),
        (5, "loginname Row 2 has the same login name."),
        (6, "loginname Login names that consist of “web” and a number are assigned"),
        (7, "allowed_phpconfigs Entry 99 does not exist. Update your selection."),
        (8, "email This email address belongs to an admin."),
        (9, "2 cells, but 11 columns."),
        (10, "12 cells, but 11 columns."),
    ] {
        let found = errors(&shown, row);
        assert!(found.len() == 1 && found[0].starts_with(message), "row {row}: {found:?}");
    }
    assert_eq!(shown.all("tr[data-row] th").last().unwrap(), "2", "rows with errors come first");
    assert_eq!(app.count("customers", "1=1").await, 1);
    assert_eq!(app.texts("SELECT name || value FROM counters ORDER BY name").await, before);
    assert_eq!(
        app.count("imports", "1=1").await,
        1,
        "the file is kept, so that it can be read with a different encoding"
    );
    assert!(app.find_in_database("h@example.com").is_empty(), "sealed");
}

#[tokio::test]
async fn the_rows_together_must_fit_the_owners_quota() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("customers", 3), ("diskspace", 100 << 20)]).await;
    let client = app.signed_in("reseller").await;
    let head = "email,company,diskspace\n";
    let shown =
        preview(&client, format!("{head}a@example.com,A,60\nb@example.com,B,60\nc@example.com,C,40\nd@example.com,D,\ne@example.com,E,\n"))
            .await;
    assert_eq!(
        (errors(&shown, 2).len(), errors(&shown, 4).len(), errors(&shown, 5).len()),
        (0, 0, 0)
    );
    assert!(
        errors(&shown, 3)[0]
            .starts_with("diskspace This exceeds the owner’s remaining quota. Remaining: 40 MiB"),
        "{:?}",
        errors(&shown, 3)
    );
    assert!(errors(&shown, 6)[0].contains("limit of 3"), "{:?}", errors(&shown, 6));
    confirm(
        &client,
        &preview(&client, format!("{head}a@example.com,A,60\nb@example.com,B,40\n")).await,
    )
    .await;
    assert_eq!(app.count("customers", "1=1").await, 2);
    app.assert_counters().await;
    let shown = preview(&client, format!("{head}c@example.com,C,unlimited\n")).await;
    assert!(errors(&shown, 2)[0].contains("cannot be unlimited"), "{:?}", errors(&shown, 2));
}

#[tokio::test]
async fn cells_override_the_values_of_a_plan() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let gold =
        app.plan("admin", "Gold", &[("emails", "5"), ("ftps", "NULL"), ("imap", "TRUE")]).await;
    app.plan("reseller", "Silver", &[("emails", "1")]).await;
    app.plan("reseller", "Gold", &[("emails", "7")]).await;
    let admin = app.signed_in("admin").await;
    let file = "email,company,loginname,plan,emails\na@example.com,A,one,Gold,\nb@example.com,B,two,gold,9\nb@example.com,B,two,Gold,9\n";
    let shown = preview(&admin, file).await;
    assert!(errors(&shown, 3)[0].contains("Plan “gold” does not exist"), "{:?}", errors(&shown, 3));
    let file = file.replace("b@example.com,B,two,gold,9\n", "");
    confirm(&admin, &preview(&admin, &file).await).await;
    let (one, two) =
        (app.get("admin", "one").await.unwrap(), app.get("admin", "two").await.unwrap());
    assert_eq!(
        one.profile.plan.map(|plan| plan.0),
        Some(gold),
        "of two plans with the same name, the caller's own is used"
    );
    assert!(one.profile.services.imap);
    let limits = |customer: &clientele::domain::customer::Customer| {
        use clientele::domain::resources::Resource::{Emails, Ftps};
        let limits = &customer.profile.services.limits;
        (limits[Emails].to_string(), limits[Ftps].to_string())
    };
    assert_eq!(limits(&one), ("5".to_owned(), "unlimited".to_owned()));
    assert_eq!(limits(&two), ("9".to_owned(), "unlimited".to_owned()));
    let reseller = app.signed_in("reseller").await;
    let by_id = |id: i64| format!("email,company,hosting_plan_id\na@example.com,A,{id}\n");
    let shown = preview(&reseller, by_id(gold)).await;
    assert!(errors(&shown, 2)[0].starts_with(
        "hosting_plan_id This hosting plan does not exist, or you don’t have access."
    ));
    let shown = preview(&admin, by_id(gold)).await;
    assert_eq!(shown.status, 200, "{}", shown.text);
    assert!(shown.first("tr[data-row='2']").unwrap().contains("Gold"));
}

#[tokio::test]
async fn columns_that_cannot_be_set_are_ignored_and_unknown_ones_are_refused() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let shown = preview(
        &admin,
        "email,company,guid,created,adminname\na@example.com,A,5,2020-01-01,nobody\n",
    )
    .await;
    assert_eq!(shown.status, 200);
    assert_eq!(shown.all(".import-notes code"), ["guid", "created", "adminname"]);
    let shown = preview(&admin, "email,company,colour\na@example.com,A,red\n").await;
    assert_eq!(shown.status, 422);
    assert!(shown.alert().contains("colour: This column is unknown."), "{}", shown.alert());
    let example = admin.open("/customers/import/example.csv").await;
    assert_eq!(preview(&admin, &example.text).await.status, 200, "the example works");
}

#[tokio::test]
async fn a_preview_shows_at_most_200_rows() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let rows = (0..300).map(|n| format!("kd{n}@example.com,A{n}\n")).collect::<Vec<_>>().concat();
    let shown = preview(&admin, format!("email,company\n{rows}nobody,Last\n")).await;
    assert_eq!(shown.all("tr[data-row]").len(), 200);
    assert_eq!(shown.all("tr[data-row] th")[0], "302");
    assert!(shown.text.contains("200 of 301 rows"));
    assert_eq!(shown.all(".row-faulty").len(), 1);
}

#[tokio::test]
async fn imported_passwords_are_never_shown() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    assert!(
        !preview(&admin, FILE.replace("anna@example.com", "nobody"))
            .await
            .text
            .contains("Some-pass-word-1")
    );
    let shown = preview(&admin, FILE).await;
    assert!(!shown.text.contains("Some-pass-word-1"));
    assert_eq!(app.count("imports", "1=1").await, 1);
    assert!(
        app.find_in_database("Some-pass-word-1").is_empty()
            && app.find_in_database("anna@example.com").is_empty()
    );
    confirm(&admin, &shown).await;
    assert_eq!(app.count("imports", "1=1").await, 0, "the file is deleted after the import");
    app.sign_in_as("anna", "Some-pass-word-1").await;
    app.sign_in_as("admin", PASSWORD).await;
}
