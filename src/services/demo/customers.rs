//! Demo customers.

use super::dice::RandomSource;
use super::offers::Owner;
use super::people::{self, Person};
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
    /// Prefix of login names, before the number.
    pub prefix: String,
    pub first_account_number: i64,
    pub first_guid: i64,
    pub homes_dir: PathBuf,
    pub host: String,
    /// Number of failed sign-ins that locks an account.
    pub failures: u32,
}

const YEARS: i64 = 5 * 365 * 86_400;

/// Generates the customer with this number, counted from 0.
pub(super) fn customer(dice: RandomSource<'_>, frame: &DemoRun, number: u64) -> BulkCustomer {
    let index = i64::try_from(number).unwrap_or(i64::MAX);
    let Person { contact, language, word } = people::person(dice, number);
    let owner = owner(dice, frame);
    let (plan, services) = &owner.plans[plan(dice, owner.plans.len())];
    let login_name = if dice.chance(850) {
        format!("{}{}", frame.prefix, frame.first_account_number + index)
    } else {
        format!("{word}x{number}")
    };
    let created_at = created_at(dice, frame, number);
    let (notes, notes_shown) = if dice.chance(120) { dice.pick(&NOTES) } else { ("", false) };
    let profile = Profile {
        contact,
        language,
        theme: if dice.chance(200) { Theme::Dark } else { Theme::System },
        gui_access: !dice.chance(20),
        api_allowed: dice.chance(300),
        shell_allowed: dice.chance(100),
        notes: notes.to_owned(),
        notes_shown,
        services: tuned(dice, services),
        mysql_servers: vec![MysqlServerId(0)],
        plan: dice.chance(900).then_some(*plan),
    };
    let (used, space) = usage(dice, &profile.services);
    let domains = (0..[0, 1, 1, 1, 2, 3][dice.between(0, 5) as usize])
        .map(|n| domain(&word, number, n))
        .collect();
    BulkCustomer {
        document_root: format!("{}/", frame.homes_dir.join(&login_name).display()),
        standard_subdomain: dice.chance(950).then(|| format!("{login_name}.{}", frame.host)),
        login_name: LoginName::stored(login_name),
        owner: owner.id,
        profile,
        guid: frame.first_guid + index,
        suspended: dice.chance(60),
        used,
        space,
        sign_in: sign_in(dice, frame, created_at),
        created_at,
        domains,
    }
}

fn owner<'a>(dice: RandomSource<'_>, frame: &'a DemoRun) -> &'a Owner {
    let all: u64 = frame.owners.iter().map(|owner| owner.share).sum();
    let mut drawn =
        u64::from(dice.between(0, u32::try_from(all.saturating_sub(1)).unwrap_or(u32::MAX)));
    for owner in &frame.owners {
        match drawn.checked_sub(owner.share) {
            None => return owner,
            Some(rest) => drawn = rest,
        }
    }
    &frame.owners[0]
}

/// Returns the index of a plan. Most customers have one of the smaller plans.
fn plan(dice: RandomSource<'_>, plans: usize) -> usize {
    let drawn = [0, 0, 1, 1, 1, 1, 2, 2, 3, 4][dice.between(0, 9) as usize];
    if drawn < plans { drawn } else { 1 }
}

/// Returns the services of a customer. A few customers have half of their plan's disk space.
fn tuned(dice: RandomSource<'_>, services: &Services) -> Services {
    let mut services = services.clone();
    if dice.chance(80)
        && let Quota::Limited(space) = services.limits[Resource::Diskspace]
    {
        services.limits[Resource::Diskspace] = Quota::Limited(space / 2);
    }
    services
}

fn usage(dice: RandomSource<'_>, services: &Services) -> (Amounts, DiskUsageParts) {
    let mut used = Amounts::default();
    for (resource, quota) in services.limits.iter() {
        let most = match (quota, resource) {
            (Quota::Limited(most), _) => most,
            (Quota::Unlimited, Resource::Diskspace | Resource::EmailQuota) => 40 << 30,
            (Quota::Unlimited, Resource::Traffic) => 400 << 30,
            (Quota::Unlimited, _) => 40,
        };
        // Traffic is measured, not limited: some customers exceed their limit.
        let most =
            if resource == Resource::Traffic && dice.chance(20) { most / 2 * 3 } else { most };
        used[resource] =
            if resource == Resource::Traffic && dice.chance(15) { most } else { dice.part(most) };
    }
    let disk = if dice.chance(30) {
        used[Resource::Diskspace].max(1) * 2
    } else {
        used[Resource::Diskspace]
    };
    let mail = dice.part(disk);
    let mysql = if services.limits[Resource::Mysqls] == Quota::NONE {
        0
    } else {
        dice.part(disk - mail) / 4
    };
    used[Resource::Diskspace] = disk;
    (used, DiskUsageParts { web: disk - mail - mysql, mail, mysql })
}

/// Returns a creation time. The times spread over five years, in the order of the numbers.
fn created_at(dice: RandomSource<'_>, frame: &DemoRun, number: u64) -> Timestamp {
    let step = YEARS / i64::try_from(frame.customers.max(1)).unwrap_or(YEARS).max(1);
    let since = step * i64::try_from(number).unwrap_or(0)
        + i64::from(dice.between(0, u32::try_from(step).unwrap_or(0)));
    ago(frame.at, YEARS - since)
}

fn sign_in(dice: RandomSource<'_>, frame: &DemoRun, created_at: Timestamp) -> SignInHistory {
    let mut facts =
        SignInHistory { failures: 0, locked: false, last_success: None, last_failure: None };
    if dice.chance(800) {
        let age = u64::try_from(frame.at.as_second() - created_at.as_second()).unwrap_or(0);
        facts.last_success = Some(ago(frame.at, i64::try_from(dice.part(age)).unwrap_or(0)));
    }
    match dice.between(0, 199) {
        // Locked at this moment. The lock expires by itself.
        0 => {
            (facts.failures, facts.last_failure) =
                (frame.failures, Some(ago(frame.at, i64::from(dice.between(0, 60)))));
        }
        1..=5 => {
            (facts.failures, facts.last_failure) =
                (1, Some(ago(frame.at, i64::from(dice.between(3_600, 864_000)))));
        }
        _ => {}
    }
    facts
}

fn ago(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(at.as_second() - seconds.max(0)).unwrap_or(at)
}

fn domain(word: &str, number: u64, n: u32) -> String {
    match n {
        0 => format!("{word}-{number}.example"),
        1 => format!("shop.{word}-{number}.example"),
        _ => format!("{word}-{number}-{n}.example"),
    }
}
