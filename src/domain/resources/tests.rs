//! Limits, amounts and switches.

use super::*;
use crate::request::Received;
use serde_json::{Value, json};

/// Returns one quota for each resource: 1, 2, 3 …, but no limit on traffic.
fn limits() -> Limits {
    let mut limits = Limits::NONE;
    for (resource, n) in Resource::ALL.into_iter().zip(1..) {
        limits[resource] = Quota::Limited(n);
    }
    limits[Resource::Traffic] = Quota::Unlimited;
    limits
}

#[test]
fn every_resource_has_a_limit_of_its_own() {
    let limits: Vec<(Resource, Quota)> = limits().iter().collect();
    let expected = Resource::ALL.into_iter().zip(1..).map(|(resource, n)| match resource {
        Resource::Traffic => (resource, Quota::Unlimited),
        _ => (resource, Quota::Limited(n)),
    });
    assert_eq!(limits, expected.collect::<Vec<_>>());
    for (limits, quota) in [(Limits::NONE, Quota::NONE), (Limits::UNLIMITED, Quota::Unlimited)] {
        assert!(limits.iter().all(|(_, found)| found == quota));
    }
}

#[test]
fn unlimited_resources_take_nothing_from_the_owner() {
    let mut amounts = Amounts::finite(&limits());
    let taken: Vec<u64> = amounts.iter().map(|(_, amount)| amount).collect();
    assert_eq!(taken, [1, 0, 3, 4, 5, 6, 7, 8, 9]);
    assert!(amounts.iter().map(|(resource, _)| resource).eq(Resource::ALL));
    amounts[Resource::Emails] += 10;
    assert_eq!((amounts[Resource::Emails], amounts[Resource::Subdomains]), (14, 3));
}

#[test]
fn only_sent_fields_change_stored_services() {
    let Value::Object(sent) = json!({
        "diskspace": 2, "traffic_ul": true, "ftps": "-1", "phpenabled": true, "email_imap": false,
        "allowed_phpconfigs": [2, 1],
    }) else {
        panic!("an object")
    };
    let fields = Received::<ServiceFields>::new(sent).finish().unwrap();
    let stored = Services {
        limits: Limits([Quota::Limited(5); Resource::ALL.len()]),
        imap: true,
        perl: true,
        ..Services::NONE
    };
    let mut services = stored.clone();
    fields.apply(&mut services);
    let mut expected = Services { php: true, imap: false, ..stored };
    expected.limits[Resource::Diskspace] = Quota::Limited(2 << 20);
    expected.limits[Resource::Traffic] = Quota::Unlimited;
    expected.limits[Resource::Ftps] = Quota::Unlimited;
    expected.php_configs = vec![PhpConfigId(1), PhpConfigId(2)];
    assert_eq!(services, expected);
}

#[test]
fn limits_are_serialized_in_bytes_and_no_limit_as_null() {
    let limits = json!({
        "diskspace": 1, "traffic": null, "subdomains": 3, "emails": 4, "email_accounts": 5,
        "email_forwarders": 6, "email_quota": 7, "ftps": 8, "mysqls": 9,
    });
    assert_eq!(serde_json::to_value(self::limits()).unwrap(), limits);
    let mut services = limits;
    for (name, value) in [
        ("email_imap", json!(false)),
        ("email_pop3", json!(true)),
        ("phpenabled", json!(false)),
        ("perlenabled", json!(false)),
        ("dnsenabled", json!(false)),
        ("logviewenabled", json!(true)),
        ("allowed_phpconfigs", json!([2])),
    ] {
        services[name] = value;
    }
    let stored = Services {
        limits: self::limits(),
        pop3: true,
        log_view: true,
        php_configs: vec![PhpConfigId(2)],
        ..Services::NONE
    };
    assert_eq!(serde_json::to_value(stored).unwrap(), services);
}

#[test]
fn names_of_resources_and_switches_agree() {
    for resource in Resource::ALL {
        let name = resource.name();
        assert_eq!(resource.unlimited_name(), format!("{name}_ul"));
        assert_eq!(resource.used_name(), format!("{name}_used"));
    }
    assert_eq!(Resource::EmailAccounts.text_key(), "resource-email-accounts");
}
