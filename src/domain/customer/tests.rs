//! Names, status and records of customers.

use super::*;
use crate::account::{Language, Theme};
use crate::contact::Contact;
use crate::resources::Services;
use serde_json::json;

/// Returns a profile without services.
pub fn empty_profile() -> Profile {
    Profile {
        contact: Contact::of(Email::parse("a@example.com").unwrap()),
        language: Language::En,
        theme: Theme::System,
        gui_access: false,
        api_allowed: false,
        shell_allowed: false,
        notes: String::new(),
        notes_shown: false,
        services: Services::NONE,
        mysql_servers: Vec::new(),
        plan: None,
    }
}

fn customer() -> Customer {
    Customer {
        id: CustomerId(5),
        login: LoginId(6),
        login_name: LoginName::stored("web5".to_owned()),
        owner: AdminId(2),
        owner_name: "ann".to_owned(),
        plan_name: "Basic".to_owned(),
        profile: empty_profile(),
        used: Amounts::default(),
        space: DiskUsageParts::default(),
        guid: 10_005,
        document_root: "/var/customers/web5/".to_owned(),
        standard_subdomain: Some((DomainId(9), "web5.example.com".to_owned())),
        suspended: false,
        suspension: None,
        sign_in: SignInHistory::default(),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        version: 1,
    }
}

fn summary(suspended: bool, locked: bool) -> CustomerSummary {
    CustomerSummary {
        login_name: LoginName::stored("web5".to_owned()),
        name: String::new(),
        firstname: String::new(),
        company: String::new(),
        email: Email::stored("a@example.com".to_owned()),
        owner_name: "ann".to_owned(),
        plan_name: String::new(),
        disk: (0, Quota::NONE),
        traffic: (0, Quota::NONE),
        suspended,
        sign_in: SignInHistory { locked, ..SignInHistory::default() },
        created_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_suspension_can_be_changed_from_the_rank_that_imposed_it() {
    use Rank::{Admin, Reseller, ServerAdmin};
    for (imposed_by, allowed) in [
        (None, [true, true, true]),
        (Some(Reseller), [true, true, true]),
        (Some(Admin), [false, true, true]),
        (Some(ServerAdmin), [false, false, true]),
    ] {
        let suspension = Suspension { rank: imposed_by, ..Suspension::default() };
        assert_eq!(
            [Reseller, Admin, ServerAdmin].map(|rank| suspension.can_be_changed_by(rank)),
            allowed,
            "{imposed_by:?}"
        );
    }
}

#[test]
fn disk_usage_is_the_sum_of_its_parts() {
    let parts = DiskUsageParts { web: 100, mail: 20, mysql: 3 };
    assert_eq!((parts.total(), DiskUsageParts::default().total()), (123, 0));
    assert_eq!(DiskUsageParts { web: u64::MAX, mail: 1, mysql: 1 }.total(), u64::MAX);
}

#[test]
fn a_suspension_is_shown_before_a_lock() {
    for (suspended, locked, expected) in [
        (false, false, Status::Active),
        (false, true, Status::Locked),
        (true, false, Status::Suspended),
        (true, true, Status::Suspended),
    ] {
        let summary = summary(suspended, locked);
        let customer = Customer { suspended, sign_in: summary.sign_in, ..customer() };
        assert_eq!((customer.status(), summary.status()), (expected, expected));
    }
}

#[test]
fn lists_show_last_names_first() {
    for (name, firstname, company, expected) in [
        ("Lee", "Ann", "Acme", "Lee, Ann"),
        ("Lee", "", "Acme", "Lee"),
        ("", "Ann", "Acme", "Ann"),
        ("", "", "Acme", "Acme"),
        ("", "", "", ""),
    ] {
        let mut customer = customer();
        customer.profile.contact.name = name.to_owned();
        customer.profile.contact.firstname = firstname.to_owned();
        customer.profile.contact.company = company.to_owned();
        let summary = CustomerSummary {
            name: name.to_owned(),
            firstname: firstname.to_owned(),
            company: company.to_owned(),
            ..summary(false, false)
        };
        assert_eq!((&*customer.display_name(), &*summary.display_name()), (expected, expected));
    }
}

#[test]
fn the_record_has_every_field_and_the_suspension() {
    let mut expected: Value = serde_json::from_str(
        r#"{
            "customerid": 5,
            "loginname": "web5",
            "adminid": 2,
            "adminname": "ann",
            "email": "a@example.com",
            "name": "",
            "firstname": "",
            "company": "",
            "street": "",
            "zipcode": "",
            "city": "",
            "phone": "",
            "fax": "",
            "gender": "0",
            "customernumber": "",
            "def_language": "en",
            "theme": "system",
            "gui_access": false,
            "api_allowed": false,
            "shell_allowed": false,
            "custom_notes": "",
            "custom_notes_show": false,
            "diskspace": 0,
            "traffic": 0,
            "subdomains": 0,
            "emails": 0,
            "email_accounts": 0,
            "email_forwarders": 0,
            "email_quota": 0,
            "ftps": 0,
            "mysqls": 0,
            "email_imap": false,
            "email_pop3": false,
            "phpenabled": false,
            "perlenabled": false,
            "dnsenabled": false,
            "logviewenabled": false,
            "allowed_phpconfigs": [],
            "allowed_mysqlserver": [],
            "hosting_plan_id": null,
            "documentroot": "/var/customers/web5/",
            "guid": 10005,
            "standardsubdomain": "web5.example.com",
            "deactivated": false,
            "suspended_by": null,
            "suspended_by_rank": null,
            "suspended_at": null,
            "suspend_reason": null,
            "suspend_reason_show": null
        }"#,
    )
    .unwrap();
    assert_eq!(Value::Object(customer().record()), expected);
    let suspended = Customer {
        standard_subdomain: None,
        suspended: true,
        suspension: Some(Suspension {
            by: Some(AdminId(2)),
            by_name: "ann".to_owned(),
            rank: Some(Rank::Reseller),
            at: Some(Timestamp::UNIX_EPOCH),
            reason: "Unpaid".to_owned(),
            reason_shown: true,
        }),
        ..customer()
    };
    for (field, value) in [
        ("standardsubdomain", Value::Null),
        ("deactivated", json!(true)),
        ("suspended_by", json!("ann")),
        ("suspended_by_rank", json!("reseller")),
        ("suspended_at", json!("1970-01-01T00:00:00Z")),
        ("suspend_reason", json!("Unpaid")),
        ("suspend_reason_show", json!(true)),
    ] {
        expected[field] = value;
    }
    assert_eq!(Value::Object(suspended.record()), expected);
}
