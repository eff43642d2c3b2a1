//! Two people edit the same record or the settings: the second one sees the difference, and nothing
//! is overwritten silently.

use crate::support::TestApp;
use crate::support::make::with;
use serde_json::json;

#[tokio::test]
async fn the_second_editor_sees_both_values_and_can_overwrite() {
    let app = TestApp::spawn().await;
    app.add("admin", with("meier", json!({ "city": "Köln", "street": "Weg 1" }))).await.unwrap();
    let (first, second) = (app.signed_in("admin").await, app.signed_in("admin").await);
    let mine = first.form("/customers/meier/edit", "/customers/meier").await.with("city", "Bonn");
    let theirs = second
        .form("/customers/meier/edit", "/customers/meier")
        .await
        .with("city", "Aachen")
        .with("street", "Weg 2");
    assert_eq!(first.post(&mine).await.status, 303);
    let page = second.post(&theirs).await;
    assert_eq!(page.status, 409, "{}", page.said());
    assert_eq!(
        app.get("admin", "meier").await.unwrap().profile.contact.city,
        "Bonn",
        "nothing was overwritten"
    );
    let text: String = page.html().root_element().text().collect();
    assert!(text.contains("Bonn") && text.contains("Aachen"), "both values are shown: {text}");
    assert_eq!(page.value("city").as_deref(), Some("Aachen"), "the typed value is kept");
    assert_eq!(page.value("street").as_deref(), Some("Weg 2"));
    let response = second.post(&page.form("/customers/meier")).await;
    assert_eq!(response.status, 303, "the second submission overwrites: {}", response.said());
    let contact = app.get("admin", "meier").await.unwrap().profile.contact;
    assert_eq!((contact.city.as_str(), contact.street.as_str()), ("Aachen", "Weg 2"));
}

#[tokio::test]
async fn settings_of_two_admins_are_merged_or_confirmed() {
    let app = TestApp::spawn().await;
    let (first, second) = (app.signed_in("admin").await, app.signed_in("admin").await);
    let mine = first
        .form("/settings", "/settings")
        .await
        .with("provider.name", "Mine")
        .with("password.min_length", "12");
    let other = second.form("/settings", "/settings").await.with("panel.page_size", "50");
    let same = second.form("/settings", "/settings").await.with("provider.name", "Theirs");
    let stored = async |name: &str| {
        app.text(&format!("SELECT value FROM settings WHERE name = '{name}'")).await
    };
    assert_eq!(first.post(&mine).await.status, 303);
    assert_eq!(second.post(&other).await.status, 303);
    assert_eq!(stored("password.min_length").await.as_deref(), Some("12"), "not edited");
    let page = second.post(&same).await;
    assert_eq!(page.status, 409, "{}", page.said());
    assert!(page.field_error("provider.name").unwrap().contains("Mine"));
    assert_eq!(page.value("provider.name").as_deref(), Some("Theirs"));
    assert_eq!(page.value("panel.page_size").as_deref(), Some("50"));
    assert_eq!(stored("provider.name").await.as_deref(), Some("Mine"));
    assert_eq!(second.post(&page.form("/settings")).await.status, 303);
    assert_eq!(stored("provider.name").await.as_deref(), Some("Theirs"));
}

#[tokio::test]
async fn a_further_change_causes_another_conflict() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/customers/meier/edit", "/customers/meier").await.with("city", "Bonn");
    app.update("admin", "meier", json!({ "city": "Köln" })).await.unwrap();
    let page = admin.post(&form).await;
    assert_eq!(page.status, 409);
    app.update("admin", "meier", json!({ "city": "Aachen" })).await.unwrap();
    assert_eq!(admin.post(&page.form("/customers/meier")).await.status, 409);
    assert_eq!(app.get("admin", "meier").await.unwrap().profile.contact.city, "Aachen");
}

#[tokio::test]
async fn one_of_many_simultaneous_edits_wins() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/customers/meier/edit", "/customers/meier").await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..10 {
        let (admin, form) = (admin.clone(), form.clone().with("city", &format!("City {number}")));
        tasks.spawn(async move { admin.post(&form).await.status });
    }
    let mut statuses = tasks.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [[303].as_slice(), &[409; 9]].concat());
}

#[tokio::test]
async fn changes_of_admins_are_not_overwritten() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let admin = app.signed_in("admin").await;
    let one = admin.form("/admins/reseller/edit", "/admins/reseller").await.with("name", "One");
    let two = admin.form("/admins/reseller/edit", "/admins/reseller").await.with("name", "Two");
    let response = admin.post(&one).await;
    assert_eq!(response.status, 303, "{}", response.said());
    assert_eq!(admin.post(&two).await.status, 409);
    assert_eq!(
        app.text("SELECT name FROM admins WHERE login_name = 'reseller'").await.as_deref(),
        Some("One")
    );
}

#[tokio::test]
async fn editing_a_deleted_customer_is_not_found() {
    let app = TestApp::spawn().await;
    app.customer("meier").await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/customers/meier/edit", "/customers/meier").await;
    app.delete("admin", "meier", clientele::domain::customer::FileRemoval::Keep).await.unwrap();
    assert_eq!(admin.post(&form).await.status, 404);
}

#[tokio::test]
async fn unedited_fields_get_the_stored_values() {
    let app = TestApp::spawn().await;
    let old = json!({ "city": "Köln", "street": "Weg 1", "phone": "+49 221 1", "emails": 3, "email_imap": 1, "custom_notes": "a\nb" });
    app.add("admin", with("meier", old)).await.unwrap();
    let client = app.signed_in("admin").await;
    let mine = client
        .form("/customers/meier/edit", "/customers/meier")
        .await
        .with("city", "Aachen")
        .with("street", "Weg 2");
    let theirs = json!({ "city": "Bonn", "phone": "+49 221 2", "emails_ul": 1, "email_imap": 0, "custom_notes": "c" });
    app.update("admin", "meier", theirs).await.unwrap();
    let page = client.post(&mine).await;
    assert_eq!(page.status, 409);
    assert_eq!(
        page.all(".conflict tbody th"),
        ["Street and number", "City"],
        "only changed fields are in the conflict"
    );
    assert_eq!(page.value("phone").as_deref(), Some("+49 221 2"));
    assert_eq!(client.post(&page.form("/customers/meier")).await.status, 303);
    let after = app.get("admin", "meier").await.unwrap().profile;
    let contact = &after.contact;
    assert_eq!(
        (contact.city.as_str(), contact.street.as_str(), contact.phone.as_str()),
        ("Aachen", "Weg 2", "+49 221 2")
    );
    assert_eq!((after.services.imap, after.notes.as_str()), (false, "c"));
    assert!(after.services.limits[clientele::domain::resources::Resource::Emails].is_unlimited());
}

#[tokio::test]
async fn forms_of_admins_and_plans_overwrite_nothing() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.plan("admin", "Gold", &[("emails", "5")]).await;
    let client = app.signed_in("admin").await;
    for (path, name, other, column) in [
        (
            "/admins/reseller",
            "name",
            "custom_notes",
            "SELECT name || ',' || notes FROM admins WHERE login_name = 'reseller'",
        ),
        ("/plans/1", "name", "description", "SELECT name || ',' || description FROM plans"),
    ] {
        let edit = format!("{path}/edit");
        let mine = client.form(&edit, path).await.with(name, "Mine");
        let theirs = client.form(&edit, path).await.with(name, "Theirs").with(other, "Added");
        assert_eq!(client.post(&theirs).await.status, 303);
        let page = client.post(&mine).await;
        assert_eq!((page.status, page.wrong_fields()), (409, vec![name.to_owned()]), "{path}");
        assert!(page.field_error(name).unwrap().contains("Stored value: Theirs"));
        assert_eq!(
            (page.value(name).as_deref(), page.value(other).as_deref()),
            (Some("Mine"), Some("Added"))
        );
        assert_eq!(client.post(&page.form(path)).await.status, 303);
        assert_eq!(app.text(column).await.as_deref(), Some("Mine,Added"));
    }
}

#[tokio::test]
async fn forms_of_php_configurations_and_mysql_servers_overwrite_nothing() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    for (path, name, other, added, stored) in [
        (
            "/php-configs/1",
            "description",
            "php_ini",
            "a=b",
            "SELECT description || ',' || php_ini FROM php_configs",
        ),
        (
            "/mysql-servers/0",
            "name",
            "host",
            "db.example",
            "SELECT name || ',' || host FROM mysql_servers",
        ),
    ] {
        let edit = format!("{path}/edit");
        let mine = client.form(&edit, path).await.with(name, "Mine");
        let theirs = client.form(&edit, path).await.with(name, "Theirs").with(other, added);
        assert_eq!(client.post(&theirs).await.status, 303);
        let page = client.post(&mine).await;
        assert_eq!((page.status, page.wrong_fields()), (409, vec![name.to_owned()]), "{path}");
        assert!(page.field_error(name).unwrap().contains("Stored value: Theirs"));
        assert_eq!(
            (page.value(name).as_deref(), page.value(other).as_deref()),
            (Some("Mine"), Some(added))
        );
        assert_eq!(app.text(stored).await, Some(format!("Theirs,{added}")));
        assert_eq!(client.post(&page.form(path)).await.status, 303);
        assert_eq!(app.text(stored).await, Some(format!("Mine,{added}")));
    }
}

#[tokio::test]
async fn forms_without_a_version_save_changed_fields_only() {
    let app = TestApp::spawn().await;
    let client = app.signed_in("admin").await;
    let mine =
        client.form("/php-configs/1/edit", "/php-configs/1").await.with("description", "Mine");
    let theirs =
        client.form("/php-configs/1/edit", "/php-configs/1").await.with("binary", "/usr/bin/php9");
    assert_eq!(client.post(&theirs).await.status, 303);
    assert_eq!(client.post(&mine).await.status, 303);
    assert_eq!(app.text("SELECT description FROM php_configs").await.as_deref(), Some("Mine"));
    assert_eq!(
        app.text("SELECT \"binary\" FROM php_configs").await.as_deref(),
        Some("/usr/bin/php9")
    );
}
