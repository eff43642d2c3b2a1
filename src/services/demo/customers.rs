//! Demo customers.

use super::owners::Owner;
use super::people::{self, Person};
use super::random::DemoRandom;
use super::words::NOTES;
use db::bulk::BulkCustomer;
use domain::account::Theme;
use domain::customer::{DiskUsageParts, Profile, SignInHistory};
use domain::id::MysqlServerId;
use domain::login_name::LoginName;
use domain::quota::Quota;
use domain::resources::{Amounts, Resource, Services};
use jiff::Timestamp;
use std::path::PathBuf;

/// Values that all demo customers of one run share.
#[derive(Clone, Debug)]
pub(super) struct DemoRun {
    pub owners: Vec<Owner>,
    pub at: Timestamp,
    /// Total number of customers.
    pub customers: u64,
    /// Prefix of numbered login names.
    pub prefix: String,
    pub first_account_number: i64,
    pub first_guid: i64,
    pub homes_dir: PathBuf,
    pub host: String,
    /// Number of failed sign-ins that locks an account.
    pub failures: u32,
}

/// Period over which the creation times spread, in seconds: five years.
const PERIOD: i64 = 5 * 365 * 86_400;

/// Generates the customer with this number, counted from 0.
pub(super) fn customer(random: DemoRandom<'_>, run: &DemoRun, number: u64) -> BulkCustomer {
    let index = i64::try_from(number).unwrap_or(i64::MAX);
    let Person { contact, language, ascii_surname } = people::person(random, number);
    let owner = owner(random, run);
    let (plan, services) = &owner.plans[plan(random, owner.plans.len())];
    let login_name = if random.chance(850) {
        format!("{}{}", run.prefix, run.first_account_number + index)
    } else {
        format!("{ascii_surname}x{number}")
    };
    let created_at = created_at(random, run, number);
    let (notes, notes_shown) = if random.chance(120) { random.choose(&NOTES) } else { ("", false) };
    let profile = Profile {
        contact,
        language,
        theme: if random.chance(200) { Theme::Dark } else { Theme::System },
        gui_access: !random.chance(20),
        api_allowed: random.chance(300),
        shell_allowed: random.chance(100),
        notes: notes.to_owned(),
        notes_shown,
        services: customer_services(random, services),
        mysql_servers: vec![MysqlServerId(0)],
        plan: random.chance(900).then_some(*plan),
    };
    let (used, space) = usage(random, &profile.services);
    let domains = (0..[0, 1, 1, 1, 2, 3][random.between(0, 5) as usize])
        .map(|n| domain_name(&ascii_surname, number, n))
        .collect();
    BulkCustomer {
        document_root: format!("{}/", run.homes_dir.join(&login_name).display()),
        standard_subdomain: random.chance(950).then(|| format!("{login_name}.{}", run.host)),
        login_name: LoginName::stored(login_name),
        owner: owner.id,
        profile,
        guid: run.first_guid + index,
        suspended: random.chance(60),
        used,
        space,
        sign_in: sign_in(random, run, created_at),
        created_at,
        domains,
    }
}

fn owner<'a>(random: DemoRandom<'_>, run: &'a DemoRun) -> &'a Owner {
    let total: u64 = run.owners.iter().map(|owner| owner.share).sum();
    let mut drawn =
        u64::from(random.between(0, u32::try_from(total.saturating_sub(1)).unwrap_or(u32::MAX)));
    for owner in &run.owners {
        match drawn.checked_sub(owner.share) {
            None => return owner,
            Some(rest) => drawn = rest,
        }
    }
    &run.owners[0]
}

/// Returns the index of a plan. Most customers have one of the smaller plans.
fn plan(random: DemoRandom<'_>, plans: usize) -> usize {
    let drawn = [0, 0, 1, 1, 1, 1, 2, 2, 3, 4][random.between(0, 9) as usize];
    if drawn < plans { drawn } else { 1 }
}

/// Returns the services of a customer. A few customers have half of their plan's disk space.
fn customer_services(random: DemoRandom<'_>, services: &Services) -> Services {
    let mut services = services.clone();
    if random.chance(80)
        && let Quota::Limited(space) = services.limits[Resource::Diskspace]
    {
        services.limits[Resource::Diskspace] = Quota::Limited(space / 2);
    }
    services
}

fn usage(random: DemoRandom<'_>, services: &Services) -> (Amounts, DiskUsageParts) {
    let mut used = Amounts::default();
    for (resource, quota) in services.limits.iter() {
        let max = match (quota, resource) {
            (Quota::Limited(max), _) => max,
            (Quota::Unlimited, Resource::Diskspace | Resource::EmailQuota) => 40 << 30,
            (Quota::Unlimited, Resource::Traffic) => 400 << 30,
            (Quota::Unlimited, _) => 40,
        };
        // Traffic limits are not enforced, so some customers exceed theirs.
        let max =
            if resource == Resource::Traffic && random.chance(20) { max / 2 * 3 } else { max };
        used[resource] =
            if resource == Resource::Traffic && random.chance(15) { max } else { random.part(max) };
    }
    let disk = if random.chance(30) {
        used[Resource::Diskspace].max(1) * 2
    } else {
        used[Resource::Diskspace]
    };
    let mail = random.part(disk);
    let mysql = if services.limits[Resource::Mysqls] == Quota::NONE {
        0
    } else {
        random.part(disk - mail) / 4
    };
    used[Resource::Diskspace] = disk;
    (used, DiskUsageParts { web: disk - mail - mysql, mail, mysql })
}

/// Returns a creation time. The times spread over [`PERIOD`], in the order of the numbers.
fn created_at(random: DemoRandom<'_>, run: &DemoRun, number: u64) -> Timestamp {
    let step = PERIOD / i64::try_from(run.customers.max(1)).unwrap_or(PERIOD).max(1);
    let offset = step * i64::try_from(number).unwrap_or(0)
        + i64::from(random.between(0, u32::try_from(step).unwrap_or(0)));
    ago(run.at, PERIOD - offset)
}

fn sign_in(random: DemoRandom<'_>, run: &DemoRun, created_at: Timestamp) -> SignInHistory {
    let mut history =
        SignInHistory { failures: 0, locked: false, last_success: None, last_failure: None };
    if random.chance(800) {
        let age = u64::try_from(run.at.as_second() - created_at.as_second()).unwrap_or(0);
        history.last_success = Some(ago(run.at, i64::try_from(random.part(age)).unwrap_or(0)));
    }
    match random.between(0, 199) {
        // Locked at this moment. The lock expires by itself.
        0 => {
            (history.failures, history.last_failure) =
                (run.failures, Some(ago(run.at, i64::from(random.between(0, 60)))));
        }
        1..=5 => {
            (history.failures, history.last_failure) =
                (1, Some(ago(run.at, i64::from(random.between(3_600, 864_000)))));
        }
        _ => {}
    }
    history
}

fn ago(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(at.as_second() - seconds.max(0)).unwrap_or(at)
}

fn domain_name(ascii_surname: &str, number: u64, n: u32) -> String {
    match n {
        0 => format!("{ascii_surname}-{number}.example"),
        1 => format!("shop.{ascii_surname}-{number}.example"),
        _ => format!("{ascii_surname}-{number}-{n}.example"),
    }
}
