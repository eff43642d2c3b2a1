//! Tests of accounts, with a database in memory.

use super::*;
use db::Db;
use db::admins::NewAdminRow;
use db::customers::NewCustomerRow;
use domain::account::Gender;
use domain::admin::{AdminProfile, AssignableQuota};
use domain::clock::{Clock as _, ManualClock};
use domain::contact::Contact;
use domain::customer::{Profile, Suspension};
use domain::grants::Grants;
use domain::id::CustomerId;
use domain::login_name::LoginName;
use domain::resources::Services;
use domain::scope::{Rank, Scope};
use std::collections::BTreeMap;

/// No account has this login.
const UNKNOWN: LoginId = LoginId(999);

/// The admins: login name, whether they see all customers, change settings, can sign in to the
/// panel, and are suspended.
const ADMINS: [(&str, bool, bool, bool, bool); 5] = [
    ("chief", true, true, true, false),
    ("office", true, false, true, false),
    ("desk", false, false, true, false),
    ("robot", true, true, false, false),
    ("former", true, true, true, true),
];
/// The customers: login name, owner, whether they can sign in to the panel, and are suspended.
const CUSTOMERS: [(&str, &str, bool, bool); 4] = [
    ("kunde", "desk", true, false),
    ("mute", "desk", false, false),
    ("late", "desk", true, true),
    ("other", "chief", true, false),
];

struct Fixture {
    db: Db,
    clock: ManualClock,
    logins: BTreeMap<&'static str, LoginId>,
    owners: BTreeMap<&'static str, AdminId>,
}

impl Fixture {
    async fn new() -> Self {
        let db = Db::connect("sqlite::memory:").await.unwrap();
        db.migrate().await.unwrap();
        let (logins, owners) = (BTreeMap::new(), BTreeMap::new());
        let mut fixture = Self { db, clock: ManualClock::default(), logins, owners };
        for admin in ADMINS {
            fixture.add_admin(admin).await;
        }
        for customer in CUSTOMERS {
            fixture.add_customer(customer).await;
        }
        fixture
    }

    async fn add_login(&mut self, name: &'static str, kind: LoginKind) -> LoginId {
        let add = async |tx: &db::Tx| logins::insert(tx, name, kind, "!", self.clock.now()).await;
        let login = self.db.write(add).await.unwrap();
        self.logins.insert(name, login);
        login
    }

    async fn add_admin(&mut self, admin: (&'static str, bool, bool, bool, bool)) {
        let (name, customers_see_all, change_serversettings, gui_access, suspended) = admin;
        let login = self.add_login(name, LoginKind::Admin).await;
        let profile = AdminProfile {
            name: format!("The {name}"),
            email: Email::stored(format!("{name}@host.example")),
            language: Language::De,
            theme: Theme::Dark,
            gui_access,
            api_allowed: !gui_access,
            notes: String::new(),
            notes_shown: false,
            customers_see_all,
            change_serversettings,
            caneditphpsettings: false,
            quota: AssignableQuota::UNLIMITED,
            grants: Grants::ALL,
        };
        let login_name = LoginName::stored(name.to_owned());
        let now = self.clock.now();
        let add = async |tx: &db::Tx| {
            let new = NewAdminRow { login, login_name: &login_name, profile: &profile };
            let id = db::admins::insert(tx, &new, now).await?;
            let admin = db::admins::find(tx, id).await?.unwrap();
            assert!(db::admins::update(tx, &admin, &profile, suspended, now).await?);
            Ok::<_, DbError>(id)
        };
        let id = self.db.write(add).await.unwrap();
        self.owners.insert(name, id);
    }

    async fn add_customer(&mut self, customer: (&'static str, &str, bool, bool)) {
        let (name, owner, gui_access, suspended) = customer;
        let login = self.add_login(name, LoginKind::Customer).await;
        let profile = Profile {
            contact: Contact {
                email: Email::stored(format!("{name}@kunde.example")),
                name: name.to_owned(),
                firstname: "Mara".to_owned(),
                company: String::new(),
                street: String::new(),
                zipcode: String::new(),
                city: String::new(),
                phone: String::new(),
                fax: String::new(),
                gender: Gender::ALL[0],
                customer_number: String::new(),
            },
            language: Language::De,
            theme: Theme::Light,
            gui_access,
            api_allowed: !gui_access,
            shell_allowed: false,
            notes: String::new(),
            notes_shown: false,
            services: Services::NONE,
            mysql_servers: Vec::new(),
            plan: None,
        };
        let new = NewCustomerRow {
            login,
            login_name: &LoginName::stored(name.to_owned()),
            owner: self.owners[owner],
            profile: &profile,
            guid: 10_000 + login.0,
            document_root: "/home",
        };
        let now = self.clock.now();
        let suspension = suspended.then(Suspension::default);
        let add = async |tx: &db::Tx| {
            let id = db::customers::insert(tx, &new, now).await?;
            let customer = db::customers::find_unscoped(tx, id).await?.unwrap();
            let suspension = suspension.as_ref();
            assert!(db::customers::update(tx, &customer, &profile, suspension, now).await?);
            Ok::<_, DbError>(())
        };
        self.db.write(add).await.unwrap();
    }

    async fn stamp(&self, login: LoginId) -> PasswordStamp {
        password_stamp(&self.db.reader(), login).await.unwrap()
    }

    async fn in_session(&self, login: LoginId, stamp: &PasswordStamp) -> Option<Account> {
        find_in_session(&self.db.reader(), login, stamp).await.unwrap()
    }
}

#[tokio::test]
async fn an_account_has_the_permissions_and_data_of_its_row() {
    let fixture = Fixture::new().await;
    let reader = fixture.db.reader();
    for (name, sees_all, changes_settings, gui_access, suspended) in ADMINS {
        let account = find(&reader, fixture.logins[name]).await.unwrap().unwrap();
        let Actor::Manager(manager) = &account.actor else { panic!("{name} is a manager") };
        let rank = match (sees_all, changes_settings) {
            (true, true) => Rank::ServerAdmin,
            (true, false) => Rank::Admin,
            _ => Rank::Reseller,
        };
        let scope = if sees_all { Scope::All } else { Scope::OwnedBy(fixture.owners[name]) };
        assert_eq!((manager.rank(), manager.scope()), (rank, scope), "{name}");
        assert_eq!(manager.id(), fixture.owners[name]);
        assert_eq!(account.name, format!("The {name}"));
        assert_eq!(account.email.as_str(), format!("{name}@host.example"));
        assert_eq!((account.theme, manager.language()), (Theme::Dark, Language::De));
        assert_is(&account, fixture.logins[name], name, gui_access, suspended);
    }
    for (number, (name, _, gui_access, suspended)) in (1..).zip(CUSTOMERS) {
        let account = find(&reader, fixture.logins[name]).await.unwrap().unwrap();
        let Actor::Customer(customer) = &account.actor else { panic!("{name} is a customer") };
        assert_eq!(customer.id(), CustomerId(number));
        assert_eq!(account.name, format!("Mara {name}"));
        assert_eq!(account.email.as_str(), format!("{name}@kunde.example"));
        assert_eq!((account.theme, customer.language()), (Theme::Light, Language::De));
        assert_is(&account, fixture.logins[name], name, gui_access, suspended);
    }
    assert!(find(&reader, UNKNOWN).await.unwrap().is_none());
}

/// Checks the fields that are alike in admins and customers.
fn assert_is(account: &Account, login: LoginId, name: &str, gui_access: bool, suspended: bool) {
    assert_eq!((account.actor.login(), account.actor.login_name()), (login, name));
    assert_eq!((account.gui_access, account.suspended), (gui_access, suspended), "{name}");
    assert_eq!((account.api_allowed, account.language), (!gui_access, Language::De), "{name}");
    assert_eq!(account.impersonator, None);
}

#[tokio::test]
async fn suspended_accounts_and_those_without_panel_access_have_no_session() {
    let fixture = Fixture::new().await;
    for (name, can_use_panel) in [
        ("chief", true),
        ("office", true),
        ("desk", true),
        ("robot", false),
        ("former", false),
        ("kunde", true),
        ("mute", false),
        ("late", false),
        ("other", true),
    ] {
        let login = fixture.logins[name];
        let found = fixture.in_session(login, &fixture.stamp(login).await).await;
        assert_eq!(
            found.map(|account| account.actor.login()),
            can_use_panel.then_some(login),
            "{name}"
        );
        let found = find_for_panel(&fixture.db.reader(), login).await.unwrap();
        assert_eq!(
            found.map(|account| account.actor.login()),
            can_use_panel.then_some(login),
            "{name}"
        );
        assert!(fixture.in_session(login, &PasswordStamp::default()).await.is_none(), "{name}");
    }
    assert_eq!(fixture.stamp(UNKNOWN).await, PasswordStamp::default());
    assert!(fixture.in_session(UNKNOWN, &PasswordStamp::default()).await.is_none());
    assert!(find_for_panel(&fixture.db.reader(), UNKNOWN).await.unwrap().is_none());
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_an_account() {
    let fixture = Fixture::new().await;
    let now = fixture.clock.now();
    for name in ["chief", "kunde"] {
        let login = fixture.logins[name];
        let old = fixture.stamp(login).await;
        let upgrade = async |tx: &db::Tx| logins::upgrade_hash(tx, login, "!", "better").await;
        fixture.db.write(upgrade).await.unwrap();
        assert!(fixture.in_session(login, &old).await.is_some(), "the password is the same");
        let change = async |tx: &db::Tx| {
            logins::set_password(tx, login, "new", now).await?;
            password_stamp(tx, login).await
        };
        let new = fixture.db.write(change).await.unwrap();
        assert_eq!(fixture.stamp(login).await, new);
        assert!(fixture.in_session(login, &old).await.is_none(), "{name}");
        assert!(fixture.in_session(login, &new).await.is_some(), "{name}");
    }
}

#[tokio::test]
async fn admins_act_only_as_customers_they_see() {
    let fixture = Fixture::new().await;
    let reader = fixture.db.reader();
    for (admin, customer, is_allowed) in [
        ("chief", "kunde", true),
        ("chief", "other", true),
        ("office", "kunde", true),
        ("desk", "kunde", true),
        // The admin may use the panel for a customer who cannot.
        ("desk", "mute", true),
        ("desk", "other", false),
        ("desk", "late", false),
        ("chief", "late", false),
        ("chief", "desk", false),
        ("chief", "chief", false),
        ("robot", "kunde", false),
        ("former", "kunde", false),
        ("kunde", "kunde", false),
        ("kunde", "mute", false),
    ] {
        let (by, of) = (fixture.logins[admin], fixture.logins[customer]);
        let stamp = fixture.stamp(by).await;
        let found = find_for_acting_admin(&reader, by, of, &stamp).await.unwrap();
        assert_eq!(
            found.map(|account| (account.actor.login(), account.impersonator)),
            is_allowed.then(|| {
                let (admin, login_name) = (fixture.owners[admin], admin.to_owned());
                (of, Some(Impersonator { admin, login_name, language: Language::De }))
            }),
            "{admin} {customer}"
        );
        let stamp = PasswordStamp::of(9, None);
        assert!(find_for_acting_admin(&reader, by, of, &stamp).await.unwrap().is_none(), "{admin}");
    }
    let (by, stamp) = (fixture.logins["chief"], fixture.stamp(fixture.logins["chief"]).await);
    assert!(find_for_acting_admin(&reader, by, UNKNOWN, &stamp).await.unwrap().is_none());
}
