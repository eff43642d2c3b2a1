//! Records and changes of admins.

use super::*;
use crate::request::Received;
use serde_json::json;

fn admin() -> Admin {
    Admin {
        id: AdminId(2),
        login: LoginId(3),
        login_name: LoginName::stored("ann".to_owned()),
        profile: AdminProfile {
            name: "Ann Lee".to_owned(),
            email: Email::parse("ann@example.com").unwrap(),
            language: Language::En,
            theme: Theme::System,
            gui_access: false,
            api_allowed: false,
            notes: String::new(),
            notes_shown: false,
            customers_see_all: false,
            change_serversettings: false,
            caneditphpsettings: false,
            quota: AssignableQuota {
                customers: Quota::Limited(7),
                domains: Quota::Unlimited,
                limits: Limits::NONE,
            },
            grants: Grants {
                php_configs: Grant::Only(vec![]),
                mysql_servers: Grant::Only(vec![]),
                shell: false,
                perl: false,
            },
        },
        assigned: Assigned::default(),
        suspended: true,
        sign_in: SignInHistory::default(),
        created_at: Timestamp::UNIX_EPOCH,
        version: 1,
    }
}

#[test]
fn the_record_has_every_parameter_and_null_for_no_limit() {
    assert_eq!(
        Value::Object(admin().record()),
        json!({
            "loginname": "ann",
            "deactivated": true,
            "name": "Ann Lee",
            "email": "ann@example.com",
            "def_language": "en",
            "theme": "system",
            "gui_access": false,
            "api_allowed": false,
            "custom_notes": "",
            "custom_notes_show": false,
            "customers_see_all": false,
            "change_serversettings": false,
            "caneditphpsettings": false,
            "customers": 7,
            "domains": null,
            "diskspace": 0,
            "traffic": 0,
            "subdomains": 0,
            "emails": 0,
            "email_accounts": 0,
            "email_forwarders": 0,
            "email_quota": 0,
            "ftps": 0,
            "mysqls": 0,
            "allowed_phpconfigs": [],
            "allowed_mysqlserver": [],
            "shell_allowed": false,
            "perlenabled": false,
        })
    );
}

#[test]
fn sent_values_overwrite_the_profile_and_others_stay() {
    let apply = |sent: Value| {
        let mut admin = admin();
        let Value::Object(sent) = sent else { panic!("no object") };
        Received::<AdminFields>::new(sent).finish().unwrap().apply(&mut admin.profile);
        Value::Object(admin.record())
    };
    assert_eq!(apply(json!({})), Value::Object(admin().record()));
    assert_eq!(
        apply(json!({
            "def_language": "de",
            "theme": "dark",
            "gui_access": true,
            "api_allowed": true,
            "custom_notes": "Pays late",
            "custom_notes_show": true,
            "customers_see_all": true,
            "change_serversettings": true,
            "caneditphpsettings": true,
            "allowed_phpconfigs": [-1],
            "allowed_mysqlserver": [0, 4],
            "shell_allowed": true,
            "perlenabled": true,
            "customers_ul": true,
            "domains": 9,
            "diskspace": 1,
            "mysqls": -1,
        })),
        json!({
            "loginname": "ann",
            "deactivated": true,
            "name": "Ann Lee",
            "email": "ann@example.com",
            "def_language": "de",
            "theme": "dark",
            "gui_access": true,
            "api_allowed": true,
            "custom_notes": "Pays late",
            "custom_notes_show": true,
            "customers_see_all": true,
            "change_serversettings": true,
            "caneditphpsettings": true,
            "customers": null,
            "domains": 9,
            "diskspace": 1_048_576,
            "traffic": 0,
            "subdomains": 0,
            "emails": 0,
            "email_accounts": 0,
            "email_forwarders": 0,
            "email_quota": 0,
            "ftps": 0,
            "mysqls": null,
            "allowed_phpconfigs": [-1],
            "allowed_mysqlserver": [0, 4],
            "shell_allowed": true,
            "perlenabled": true,
        })
    );
}

#[test]
fn an_admin_without_a_name_is_shown_by_login_name() {
    let mut admin = admin();
    assert_eq!(admin.display_name(), "Ann Lee");
    admin.profile.name.clear();
    assert_eq!(admin.display_name(), "ann");
}
