//! `Customers.add`: defaults, and the values of a plan.

use crate::support::TestApp;
use crate::support::make::{minimal, refused, with};
use clientele::domain::quota::Quota;
use clientele::domain::resources::Resource;
use serde_json::json;

#[tokio::test]
async fn a_minimal_customer_has_the_defaults() {
    let app = TestApp::spawn().await;
    let customer = app.customer("meier").await;
    let profile = &customer.profile;
    assert_eq!(
        (profile.language.code(), profile.theme.code(), profile.contact.gender.code()),
        ("en", "system", "0")
    );
    assert_eq!(
        (profile.gui_access, profile.api_allowed, profile.shell_allowed, profile.notes_shown),
        (true, true, false, false)
    );
    for (resource, quota) in profile.services.limits.iter() {
        assert_eq!(quota, Quota::NONE, "{resource:?}");
    }
    let services = &profile.services;
    assert_eq!(
        [
            services.imap,
            services.pop3,
            services.php,
            services.perl,
            services.dns,
            services.log_view
        ],
        [false; 6]
    );
    assert!(
        profile.mysql_servers.is_empty()
            && services.php_configs.is_empty()
            && profile.plan.is_none()
    );
    assert!(!customer.suspended);
    assert_eq!(customer.standard_subdomain.unwrap().1, "meier.localhost");
}

#[tokio::test]
async fn settings_decide_the_defaults() {
    let app = TestApp::spawn().await;
    for (name, value) in [
        ("panel.default_language", "de"),
        ("panel.default_theme", "dark"),
        ("api.customer_default", "0"),
        ("customer.allow_shell", "1"),
        ("customer.standard_subdomain", "0"),
        ("customer.standard_subdomain_host", "hosting.example"),
        ("mail.quota", "7"),
    ] {
        app.set(name, value).await;
    }
    let customer = app.customer("meier").await;
    let profile = &customer.profile;
    assert_eq!((profile.language.code(), profile.theme.code()), ("de", "dark"));
    assert_eq!((profile.api_allowed, profile.shell_allowed), (false, true));
    assert_eq!(profile.services.limits[Resource::EmailQuota], Quota::Limited(7 << 20));
    assert!(customer.standard_subdomain.is_none());
    let customer =
        app.add("admin", with("other", json!({ "createstdsubdomain": 1 }))).await.unwrap();
    assert_eq!(customer.standard_subdomain.unwrap().1, "other.hosting.example");
}

#[tokio::test]
async fn mailboxes_are_unlimited_if_their_quota_is_disabled() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("email_quota", 0)]).await;
    app.set("mail.quota_enabled", "0").await;
    let customer = app.add("reseller", with("meier", json!({ "email_quota": 5 }))).await.unwrap();
    assert_eq!(customer.profile.services.limits[Resource::EmailQuota], Quota::Unlimited);
    app.assert_counters().await;
}

#[tokio::test]
async fn customers_with_databases_get_the_default_server_and_others_get_none() {
    let app = TestApp::spawn().await;
    let customer = app.add("admin", with("one", json!({ "mysqls": 3 }))).await.unwrap();
    assert_eq!(customer.profile.mysql_servers.iter().map(|id| id.0).collect::<Vec<_>>(), [0]);
    let customer = app
        .add("admin", with("two", json!({ "mysqls": 0, "allowed_mysqlserver": [0] })))
        .await
        .unwrap();
    assert!(customer.profile.mysql_servers.is_empty(), "no databases, no servers");
}

#[tokio::test]
async fn a_generated_password_follows_the_policy_and_is_sent_by_email_only() {
    let app = TestApp::spawn().await;
    app.set("password.special_required", "1").await;
    app.set("password.min_length", "30").await;
    let parameters = json!({ "new_loginname": "meier", "email": "a@example.com", "company": "Ltd", "sendpassword": 1 });
    app.add("admin", parameters).await.unwrap();
    assert_eq!(app.count("jobs", "kind = 'send_welcome' AND sealed IS NOT NULL").await, 1);
    app.worker_run().await;
    let text = app.last_mail().text;
    let line = text.lines().find_map(|line| line.trim().strip_prefix("Password: "));
    let password = line.unwrap_or_else(|| panic!("no password: {text}")).to_owned();
    assert_eq!(password.chars().count(), 30);
    // `§` is one of the special characters by default, and not ASCII.
    assert!(password.contains(|c: char| !c.is_alphanumeric()), "{password}");
    assert_eq!(app.find_in_database(&password), Vec::<String>::new());
    app.sign_in_as("meier", &password).await;
}

#[tokio::test]
async fn p10_a_plan_sets_the_services_and_is_stored_with_the_customer() {
    let app = TestApp::spawn().await;
    let plan = app
        .plan(
            "admin",
            "Gold",
            &[("diskspace", "NULL"), ("subdomains", "15"), ("emails", "20"), ("imap", "TRUE")],
        )
        .await;
    let parameters = json!({ "hosting_plan_id": plan, "subdomains": 99, "emails_ul": 1, "email_pop3": 1, "perlenabled": 1 });
    let customer = app.add("admin", with("test1hp", parameters)).await.unwrap();
    let services = &customer.profile.services;
    assert_eq!(services.limits[Resource::Diskspace], Quota::Unlimited);
    assert_eq!(
        services.limits[Resource::Subdomains],
        Quota::Limited(15),
        "other parameters have no effect"
    );
    assert_eq!(services.limits[Resource::Emails], Quota::Limited(20));
    assert_eq!((services.imap, services.pop3, services.perl), (true, false, false));
    assert_eq!(
        customer.profile.plan.map(|id| id.0),
        Some(plan),
        "#d27: the plan is stored with the customer"
    );
}

#[tokio::test]
async fn d27_customers_are_found_by_their_plan() {
    let app = TestApp::spawn().await;
    let plan = app.plan("admin", "Gold", &[]).await;
    app.add("admin", with("meier", json!({ "hosting_plan_id": plan }))).await.unwrap();
    app.customer("other").await;
    assert_eq!(app.find("admin", "plan:Gold").await, ["meier"]);
    assert_eq!(app.count("customers", &format!("plan_id = {plan}")).await, 1);
}

#[tokio::test]
async fn d44_a_reseller_cannot_use_the_plan_of_another() {
    let app = TestApp::spawn().await;
    app.reseller("one", &[]).await;
    app.reseller("two", &[]).await;
    let (foreign, own) =
        (app.plan("one", "Theirs", &[]).await, app.plan("two", "Own", &[("ftps", "2")]).await);
    let parameters = json!({ "hosting_plan_id": foreign });
    assert_eq!(
        refused(app.add("two", with("meier", parameters)).await),
        ["hosting_plan_id: plan-unknown"]
    );
    let customer = app.add("two", with("meier", json!({ "hosting_plan_id": own }))).await.unwrap();
    assert_eq!(customer.profile.services.limits[Resource::Ftps], Quota::Limited(2));
}

#[tokio::test]
async fn the_owners_quota_limits_plans_too() {
    let app = TestApp::spawn().await;
    app.reseller("reseller", &[("ftps", 3)]).await;
    let plan = app.plan("reseller", "Large", &[("ftps", "4")]).await;
    let refusal =
        refused(app.add("reseller", with("meier", json!({ "hosting_plan_id": plan }))).await);
    assert_eq!(refusal, ["ftps: allocation-exceeded"]);
}

#[tokio::test]
async fn empty_values_give_defaults_and_text_is_trimmed() {
    let app = TestApp::spawn().await;
    let parameters = json!({ "company": "  Ltd \t", "city": "", "def_language": "", "theme": "", "emails": "", "zipcode": " 123 " });
    let customer = app.add("admin", with("meier", parameters)).await.unwrap();
    let contact = &customer.profile.contact;
    assert_eq!(
        (contact.company.as_str(), contact.city.as_str(), contact.zipcode.as_str()),
        ("Ltd", "", "123")
    );
    assert_eq!(customer.profile.language.code(), "en");
    let null = json!({ "email": null, "company": "x" });
    assert_eq!(refused(app.add("admin", null).await), ["email: required"], "null is absent");
    app.add("admin", minimal("other")).await.unwrap();
}
