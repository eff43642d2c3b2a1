//! The page that adds a customer.

use crate::support::TestApp;
use crate::support::form::OFF;
use crate::support::make::PASSWORD;
use clientele::domain::quota::Quota;
use clientele::domain::resources::Resource;

const REQUIRED: [(&str, &str); 2] = [("email", "neu@example.com"), ("company", "Neu GmbH")];

#[tokio::test]
async fn an_email_address_and_a_company_are_enough() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let response = admin.submit("/customers/new", "/customers", &REQUIRED).await;
    assert_eq!(
        (response.status, response.location()),
        (303, "/customers/web1"),
        "{}",
        response.alert()
    );
    let page = admin.follow(&response).await;
    assert!(page.flash().contains("web1"), "{}", page.flash());
    assert_eq!(admin.open("/customers").await.rows(), ["web1"]);
    let customer = app.get("admin", "web1").await.unwrap();
    assert_eq!(customer.owner_name, "admin");
    assert_eq!(
        app.count(
            "audit_entries",
            "action = 'customer.added' AND door = 'web' AND address = '127.0.0.1'"
        )
        .await,
        1
    );
}

#[tokio::test]
async fn all_typed_values_are_saved() {
    let app = TestApp::spawn().await;
    app.sql("INSERT INTO php_configs (id, description, \"binary\", php_ini, created_at) VALUES (7, 'PHP', '/usr/bin/php', '', 0)").await;
    let admin = app.signed_in("admin").await;
    let typed = [
        ("new_loginname", "neukunde"),
        ("email", "neu@example.com"),
        ("name", "Neu"),
        ("firstname", "Nina"),
        ("company", "Neu & Söhne"),
        ("street", "Weg 1"),
        ("zipcode", "50667"),
        ("city", "Köln"),
        ("phone", "+49 221"),
        ("fax", "+49 222"),
        ("customernumber", "KD-1"),
        ("gender", "2"),
        ("def_language", "de"),
        ("custom_notes", "erste\nzweite"),
        ("custom_notes_show", "1"),
        ("new_customer_password", PASSWORD),
        ("diskspace", "1.5"),
        ("diskspace_ul", OFF),
        ("traffic_ul", "1"),
        ("emails", "12"),
        ("email_imap", "1"),
        ("email_pop3", OFF),
        ("phpenabled", "1"),
        ("allowed_phpconfigs", "7"),
        ("api_allowed", OFF),
        ("createstdsubdomain", OFF),
        ("gui_access", "1"),
        ("shell_allowed", "1"),
    ];
    let response = admin.submit("/customers/new", "/customers", &typed).await;
    assert_eq!(response.status, 303, "{} {:?}", response.alert(), response.wrong_fields());
    let customer = app.get("admin", "neukunde").await.unwrap();
    let (profile, contact) = (&customer.profile, &customer.profile.contact);
    assert_eq!(
        (contact.name.as_str(), contact.company.as_str(), contact.city.as_str()),
        ("Neu", "Neu & Söhne", "Köln")
    );
    assert_eq!(
        (contact.gender.code(), profile.language.code(), profile.notes.as_str()),
        ("2", "de", "erste\nzweite")
    );
    assert_eq!(profile.services.limits[Resource::Diskspace], Quota::Limited(3 << 19));
    assert_eq!(profile.services.limits[Resource::Traffic], Quota::Unlimited);
    assert_eq!(profile.services.limits[Resource::Emails], Quota::Limited(12));
    assert_eq!(
        [profile.services.imap, profile.services.pop3, profile.services.php],
        [true, false, true]
    );
    assert_eq!(
        (profile.api_allowed, profile.shell_allowed, profile.notes_shown),
        (false, true, true)
    );
    assert_eq!(profile.services.php_configs.len(), 1);
    assert!(customer.standard_subdomain.is_none());
    app.signed_in("neukunde").await;
}

#[tokio::test]
async fn d55_all_errors_are_beside_their_fields_and_nothing_typed_is_lost() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let typed = [
        ("new_loginname", "x"),
        ("email", "nobody"),
        ("company", "a<b"),
        ("city", "Köln"),
        ("zipcode", "é"),
        ("emails", "-3"),
        ("ftps_ul", "1"),
        ("sendpassword", "1"),
        ("new_customer_password", "Never-shown-9"),
        ("custom_notes", "\nkeeps its empty line"),
    ];
    let page = admin.submit("/customers/new", "/customers", &typed).await;
    assert_eq!(page.status, 422);
    for field in ["company", "email", "emails", "zipcode"] {
        assert!(page.field_error(field).is_some(), "{field}: {:?}", page.wrong_fields());
        assert!(
            page.has(&format!("[role=alert] a[href='#{field}']")),
            "{field} is not in the summary"
        );
    }
    for (field, value) in [
        ("new_loginname", "x"),
        ("email", "nobody"),
        ("company", "a<b"),
        ("city", "Köln"),
        ("emails", "-3"),
        ("ftps_ul", "1"),
        ("sendpassword", "1"),
    ] {
        assert_eq!(page.value(field).as_deref(), Some(value), "{field}");
    }
    assert!(!page.text.contains("Never-shown-9"));
    assert_eq!(
        page.form("/customers").value("custom_notes").map(str::trim_start),
        Some("keeps its empty line")
    );
    assert_eq!(app.count("customers", "1=1").await, 0);
}

#[tokio::test]
async fn an_exhausted_quota_is_reported_and_nothing_typed_is_lost() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("customers", 1), ("emails", 3)]).await;
    let reseller = app.signed_in("reseller").await;
    let page = reseller
        .submit("/customers/new", "/customers", &[REQUIRED[0], REQUIRED[1], ("emails", "4")])
        .await;
    assert_eq!(page.status, 422);
    assert_eq!(page.wrong_fields(), ["emails"]);
    reseller
        .submit_and_follow(
            "/customers/new",
            "/customers",
            &[REQUIRED[0], REQUIRED[1], ("emails", "3")],
        )
        .await;
    let response = reseller.submit("/customers/new", "/customers", &REQUIRED).await;
    assert_eq!(response.status, 422, "{}", response.said());
    assert!(response.alert().contains("The limit of 1 is reached"), "{}", response.alert());
    assert_eq!(app.count("customers", "1=1").await, 1);
}

#[tokio::test]
async fn without_scripts_the_plan_is_filled_in_by_the_server() {
    let app = TestApp::spawn().await;
    let plan = app
        .plan("admin", "Gold", &[("subdomains", "15"), ("diskspace", "NULL"), ("imap", "TRUE")])
        .await
        .to_string();
    let admin = app.signed_in("admin").await;
    let page = admin.open("/customers/new").await;
    let name = page.attr("select[data-plan-picker]", "name").expect("a plan picker");
    assert!(page.has(&format!("select[data-plan-picker] option[value='{plan}']")));
    let form =
        page.form("/customers").with(&name, &plan).with("city", "Köln").with("apply_plan", "1");
    let filled = admin.post(&form).await;
    assert_eq!(filled.status, 200, "{}", filled.alert());
    assert_eq!(filled.value("subdomains").as_deref(), Some("15"));
    assert_eq!(filled.value("diskspace_ul").as_deref(), Some("1"));
    assert_eq!(filled.value("email_imap").as_deref(), Some("1"));
    assert_eq!(filled.value("city").as_deref(), Some("Köln"), "typed values are kept");
    let form = REQUIRED
        .iter()
        .fold(filled.form("/customers"), |form, (name, value)| form.with(name, value))
        .with("subdomains", "16");
    let response = admin.post(&form).await;
    assert_eq!(response.status, 303, "{}", response.alert());
    let customer = app.get("admin", "web1").await.unwrap();
    assert_eq!(
        customer.profile.services.limits[Resource::Subdomains],
        Quota::Limited(16),
        "edited after the plan was applied"
    );
    assert_eq!(customer.profile.plan.map(|id| id.0.to_string()), Some(plan));
}

#[tokio::test]
async fn d44_the_picker_offers_a_reseller_their_own_plans_only() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.plan("admin", "Foreignplan", &[]).await;
    app.plan("reseller", "Ownplan", &[]).await;
    let page = app.signed_in("reseller").await.open("/customers/new").await;
    assert!(page.text.contains("Ownplan") && !page.text.contains("Foreignplan"));
}

#[tokio::test]
async fn the_suggested_password_follows_the_policy() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let first = admin
        .open("/customers/new")
        .await
        .first("#new_customer_password-suggestion")
        .expect("a suggestion");
    let second =
        admin.open("/customers/new").await.first("#new_customer_password-suggestion").unwrap();
    assert_ne!(first, second);
    let typed = [
        REQUIRED[0],
        REQUIRED[1],
        ("new_loginname", "neu"),
        ("new_customer_password", first.as_str()),
    ];
    admin.submit_and_follow("/customers/new", "/customers", &typed).await;
    app.sign_in_as("neu", &first).await;
}

#[tokio::test]
async fn an_unknown_field_is_refused() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    for (name, value) in [
        ("guid", "0"),
        ("owner", "1"),
        ("adminid", "2"),
        ("password_hash", "x"),
        ("customerid", "1"),
    ] {
        let form = REQUIRED
            .iter()
            .fold(admin.form("/customers/new", "/customers").await, |form, (name, value)| {
                form.with(name, value)
            });
        let response = admin.post(&form.with(name, value)).await;
        assert_eq!(response.status, 422, "{name}: {}", response.said());
    }
    assert_eq!(app.count("customers", "1=1").await, 0);
}

#[tokio::test]
async fn the_form_preselects_the_language_of_a_reseller() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[]).await;
    app.sql("UPDATE admins SET language = 'de'").await;
    let form = async |login_name: &str| {
        app.signed_in(login_name).await.form("/customers/new", "/customers").await
    };
    assert_eq!(form("reseller").await.value("def_language"), Some("de"));
    assert_eq!(
        form("admin").await.value("def_language"),
        Some("en"),
        "the provider's setting, for the provider's own staff"
    );
}
