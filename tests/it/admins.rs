//! The panel's pages of admins and resellers.

use crate::support::form::OFF;
use crate::support::make::{PASSWORD, with};
use crate::support::{Client, Page, TestApp};
use serde_json::json;

const NEW_ADMIN: [(&str, &str); 4] = [
    ("new_loginname", "seller"),
    ("email", "seller@example.com"),
    ("name", "Seller"),
    ("admin_password", PASSWORD),
];

async fn add(admin: &Client, more: &[(&str, &str)]) -> Page {
    let form = admin.form("/admins/new", "/admins").await;
    admin
        .post(
            &NEW_ADMIN.iter().chain(more).fold(form, |form, (name, value)| form.with(name, value)),
        )
        .await
}

#[tokio::test]
async fn a01_a_reseller_is_added_with_limits() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let limits = [
        ("customers", "15"),
        ("domains", "15"),
        ("emails_ul", "1"),
        ("ftps", "15"),
        ("diskspace", "100"),
        ("traffic_ul", "1"),
    ];
    let response = add(&admin, &limits).await;
    assert_eq!(
        (response.status, response.location()),
        (303, "/admins/seller"),
        "{}",
        response.said()
    );
    let page = admin.follow(&response).await;
    assert!(page.flash().contains("seller"));
    let columns = "SELECT customers || ',' || domains || ',' || COALESCE(emails, -1) || ',' || ftps || ',' || diskspace FROM admins WHERE login_name = 'seller' AND NOT customers_see_all";
    assert_eq!(app.text(columns).await.as_deref(), Some("15,15,-1,15,104857600"));
    let seller = app.signed_in("seller").await;
    assert_eq!(seller.get("/admins").await.status, 403);
    assert!(seller.open("/customers").await.rows().is_empty());
}

#[tokio::test]
async fn a02_a03_a04_a05_invalid_admins_are_refused() {
    let app = TestApp::spawn().await;
    app.customer("taken").await;
    app.add("admin", with("other", json!({ "email": "used@example.com" }))).await.unwrap();
    let admin = app.signed_in("admin").await;
    for (field, value) in [
        ("new_loginname", "taken"),
        ("new_loginname", "ADMIN"),
        ("new_loginname", "web2"),
        ("new_loginname", "reslr-"),
        ("new_loginname", "root"),
        ("new_loginname", ""),
        ("email", "nobody"),
        ("email", ""),
        ("email", "Admin@provider.example"),
        ("email", "USED@example.com"),
        ("admin_password", "short"),
        ("admin_password", ""),
        ("name", ""),
        ("customers", "-3"),
        ("emails", "many"),
    ] {
        let page = add(&admin, &[(field, value)]).await;
        assert_eq!(page.status, 422, "{field}={value}");
        assert_eq!(page.wrong_fields(), [field], "{value}");
        assert!(page.field_error(field).is_some());
        assert!(!page.text.contains(PASSWORD));
    }
    assert_eq!(app.count("admins", "1=1").await, 1);
}

#[tokio::test]
async fn a06_a13_resellers_and_customers_get_403() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer("meier").await;
    for login_name in ["reseller", "meier"] {
        let client = app.signed_in(login_name).await;
        for path in [
            "/admins",
            "/admins/new",
            "/admins/admin",
            "/admins/admin/edit",
            "/admins/admin/delete",
        ] {
            assert_eq!(client.get(path).await.status, 403, "{login_name} {path}");
        }
    }
}

#[tokio::test]
async fn a07_a08_admins_are_listed_and_searched() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let admin = app.signed_in("admin").await;
    assert_eq!(admin.get("/admins/nobody").await.status, 404);
    assert_eq!(admin.open("/admins").await.rows(), ["admin", "reseller"]);
    assert_eq!(admin.open("/admins?q=resel").await.rows(), ["reseller"]);
}

#[tokio::test]
async fn limits_and_flags_are_edited() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("emails", 10)]).await;
    let admin = app.signed_in("admin").await;
    let typed = [
        ("customers_see_all", "1"),
        ("customers", "5"),
        ("customers_ul", OFF),
        ("emails", "12"),
        ("emails_ul", OFF),
        ("name", "Renamed"),
        ("current_password", PASSWORD),
    ];
    admin.submit_and_follow("/admins/reseller/edit", "/admins/reseller", &typed).await;
    let columns = "SELECT name || ',' || customers || ',' || emails FROM admins WHERE login_name = 'reseller' AND customers_see_all";
    assert_eq!(app.text(columns).await.as_deref(), Some("Renamed,5,12"));
    assert_eq!(
        app.count("audit_entries", "action = 'admin.updated' AND target_name = 'reseller'").await,
        1
    );
}

#[tokio::test]
async fn limits_cannot_fall_below_the_assigned_amounts() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.add("reseller", with("meier", json!({ "emails": 7, "ftps_ul": 1 }))).await.unwrap();
    let admin = app.signed_in("admin").await;
    for (name, value) in [("emails", "6"), ("customers", "0"), ("ftps", "100")] {
        let typed = [(name, value), (&*format!("{name}_ul"), OFF)];
        let page = admin.submit("/admins/reseller/edit", "/admins/reseller", &typed).await;
        assert_eq!(page.status, 422, "{name}");
        assert_eq!(page.wrong_fields(), [name]);
    }
    admin
        .submit_and_follow(
            "/admins/reseller/edit",
            "/admins/reseller",
            &[("emails", "7"), ("emails_ul", OFF)],
        )
        .await;
}

#[tokio::test]
async fn a14_unlocking_ends_a_lock() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    for _ in 0..10 {
        app.browser().sign_in("reseller", "Wrong-password-1").await;
    }
    assert_eq!(app.browser().sign_in("reseller", PASSWORD).await.status, 422);
    app.signed_in("admin")
        .await
        .submit_and_follow("/admins/reseller", "/admins/reseller/unlock", &[])
        .await;
    app.signed_in("reseller").await;
}

#[tokio::test]
async fn a15_a16_admins_without_customers_can_be_deleted_except_oneself() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.customer_of("reseller", "meier").await;
    app.plan("reseller", "Gold", &[]).await;
    let admin = app.signed_in("admin").await;
    let token = admin.open("/account").await.attr("input[name=csrf_token]", "value").unwrap();
    for (name, reason) in [
        ("admin", "You cannot delete your own account."),
        ("reseller", "This admin still owns one customer."),
    ] {
        let path = format!("/admins/{name}/delete");
        let page = admin.open(&path).await;
        assert!(!page.has_form(&path) && page.text.contains(reason), "{}", page.said());
        let response = admin.post_raw(&path, format!("csrf_token={token}&confirm={name}")).await;
        assert_eq!(response.status, 422, "{name}: {}", response.said());
        assert!(response.alert().contains(reason), "{}", response.alert());
    }
    let delete = async |name: &str, confirm: &str| {
        let path = format!("/admins/{name}/delete");
        admin.submit(&path, &path, &[("confirm", confirm)]).await
    };
    assert_eq!(app.count("admins", "1=1").await, 2);
    app.delete("admin", "meier", clientele::domain::customer::FileRemoval::Keep).await.unwrap();
    assert_eq!(delete("reseller", "wrong").await.status, 422);
    let session = app.signed_in("reseller").await;
    assert_eq!(delete("reseller", "reseller").await.status, 303);
    assert_eq!(session.get("/").await.status, 303);
    assert_eq!((app.count("admins", "1=1").await, app.count("plans", "1=1").await), (1, 0));
    assert_eq!(app.count("logins", "name_key IN ('reseller')").await, 0);
}

#[tokio::test]
async fn a18_a_suspended_reseller_cannot_sign_in_until_resumed() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    let session = app.signed_in("reseller").await;
    let admin = app.signed_in("admin").await;
    admin
        .submit_and_follow("/admins/reseller/edit", "/admins/reseller", &[("deactivated", "1")])
        .await;
    assert_eq!(session.get("/customers").await.status, 303);
    assert_eq!(app.browser().sign_in("reseller", PASSWORD).await.status, 422);
    admin
        .submit_and_follow("/admins/reseller/edit", "/admins/reseller", &[("deactivated", OFF)])
        .await;
    app.signed_in("reseller").await;
}

#[tokio::test]
async fn a19_one_server_admin_always_remains() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    for typed in [("change_serversettings", OFF), ("deactivated", "1"), ("gui_access", OFF)] {
        let page = admin.submit("/admins/admin/edit", "/admins/admin", &[typed]).await;
        assert_eq!(page.status, 422, "{typed:?}");
    }
    app.make_admin("second").await;
    let second = app.signed_in("second").await;
    second
        .submit_and_follow(
            "/admins/admin/edit",
            "/admins/admin",
            &[("change_serversettings", OFF), ("current_password", PASSWORD)],
        )
        .await;
    assert_eq!(admin.get("/admins").await.status, 403);
    assert_eq!(
        second
            .submit(
                "/admins/second/edit",
                "/admins/second",
                &[("change_serversettings", OFF), ("current_password", PASSWORD)]
            )
            .await
            .status,
        422
    );
}

#[tokio::test]
async fn two_simultaneous_demotions_leave_one_server_admin() {
    let app = TestApp::spawn().await;
    app.make_admin("second").await;
    let (one, two) = (app.signed_in("admin").await, app.signed_in("second").await);
    let forms = (
        one.form("/admins/second/edit", "/admins/second")
            .await
            .with("change_serversettings", OFF)
            .with("current_password", PASSWORD),
        two.form("/admins/admin/edit", "/admins/admin")
            .await
            .with("change_serversettings", OFF)
            .with("current_password", PASSWORD),
    );
    tokio::join!(one.post(&forms.0), two.post(&forms.1));
    assert_eq!(app.count("admins", "change_serversettings AND NOT suspended").await, 1);
}

#[tokio::test]
async fn an_untouched_form_changes_nothing() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("diskspace", 1_572_864), ("emails", 3)]).await;
    app.sql("UPDATE admins SET name = 'Seller' WHERE login_name = 'reseller'").await;
    let all = "SELECT name || email || customers_see_all || COALESCE(customers, -1) || COALESCE(diskspace, -1) || COALESCE(emails, -1) || gui_access || api_allowed || language || theme FROM admins WHERE login_name = 'reseller'";
    let before = app.text(all).await;
    app.signed_in("admin")
        .await
        .submit_and_follow("/admins/reseller/edit", "/admins/reseller", &[])
        .await;
    assert_eq!(app.text(all).await, before);
}

#[tokio::test]
async fn the_confirmation_to_delete_names_plans_only_if_there_are_any() {
    let app = TestApp::spawn().await;
    app.reseller("with", &[]).await;
    app.reseller("without", &[]).await;
    app.plan("with", "Gold", &[]).await;
    let admin = app.signed_in("admin").await;
    for (name, has_plans) in [("with", true), ("without", false)] {
        let page = admin.open(&format!("/admins/{name}/delete")).await;
        let items = page.all("main li").join(" ");
        assert!(items.contains("all sessions and API keys"), "{items}");
        assert_eq!(items.contains("hosting plan"), has_plans, "{items}");
    }
}

#[tokio::test]
async fn the_page_of_an_admin_says_who_sees_the_notes() {
    let app = TestApp::spawn().await;
    app.reseller("seller", &[]).await;
    let admin = app.signed_in("admin").await;
    for (shown, text) in
        [("TRUE", "visible to the admin"), ("FALSE", "visible to server admins only")]
    {
        app.sql(&format!(
            "UPDATE admins SET notes = 'Pays late', notes_shown = {shown} WHERE login_name = 'seller'"
        ))
        .await;
        let tags = admin.open("/admins/seller").await.all(".card-header > .tag");
        assert_eq!(tags.last().map(String::as_str), Some(text));
    }
}
