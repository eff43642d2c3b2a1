//! Resellers and hosting plans for demo customers.

use super::random::DemoRandom;
use super::words::RESELLERS;
use crate::{Command, Outcome};
use db::admins::NewAdminRow;
use db::logins::{self, LoginKind};
use domain::account::{Language, Theme};
use domain::admin::{AdminProfile, AssignableQuota};
use domain::email::Email;
use domain::grants::Grants;
use domain::id::{AdminId, PhpConfigId, PlanId};
use domain::login_name::LoginName;
use domain::quota::Quota;
use domain::resources::{Limits, Resource, Services};

/// An admin or reseller who owns demo customers.
#[derive(Clone, Debug)]
pub struct Owner {
    pub(super) id: AdminId,
    /// Relative share of the customers. All shares together are about 1000.
    pub(super) share: u64,
    pub(super) plans: Vec<(PlanId, Services)>,
}

/// A hosting plan: name, description, limits in the order of [`Resource::ALL`] (MiB, GiB, counts;
/// -1 is unlimited), and whether it includes PHP.
type PlanSpec = (&'static str, &'static str, [i64; 9], bool);

const PLANS: [PlanSpec; 5] = [
    ("Card", "One page and one mailbox.", [500, 5, 1, 5, 1, 5, 500, 0, 0], false),
    ("Start", "A small website with email.", [5_000, 50, 5, 25, 10, 25, 5_000, 2, 1], true),
    ("Business", "For shops and offices.", [25_000, 250, 25, 100, 50, 100, 25_000, 10, 10], true),
    ("Agency", "For many websites.", [100_000, 1_000, 200, 500, 250, 500, 100_000, 50, 50], true),
    ("Unlimited", "All services without limits.", [-1; 9], true),
];

fn services(spec: &PlanSpec, php: &[PhpConfigId]) -> Services {
    let (name, _, numbers, has_php) = spec;
    let mut limits = Limits::NONE;
    for (resource, number) in Resource::ALL.into_iter().zip(numbers) {
        limits[resource] = match u64::try_from(*number) {
            Ok(number) => Quota::Limited(number * resource.unit().size()),
            Err(_) => Quota::Unlimited,
        };
    }
    let php_configs = if *has_php { php.to_vec() } else { Vec::new() };
    let is_large = matches!(*name, "Agency" | "Unlimited");
    Services {
        limits,
        imap: true,
        pop3: true,
        php: *has_php,
        perl: is_large,
        dns: *name != "Card",
        log_view: *has_php,
        php_configs,
    }
}

/// Creates resellers and plans. The first owner is the admin `first`.
pub(super) async fn create(
    cmd: Command<'_>,
    random: DemoRandom<'_>,
    first: AdminId,
    customers: u64,
    hash: &str,
) -> Outcome<Vec<Owner>> {
    let php: Vec<PhpConfigId> =
        db::php_configs::all(cmd.tx).await?.into_iter().map(|config| config.id).collect();
    let mut owners =
        vec![Owner { id: first, share: 300, plans: create_plans(cmd, first, &PLANS, &php).await? }];
    let resellers = customers / 2_000 + 2;
    // A few resellers are large, many are small.
    let weights: Vec<u64> = (0..resellers).map(|n| 1_000 / (n + 2)).collect();
    let total: u64 = weights.iter().sum();
    for (n, weight) in weights.iter().enumerate() {
        let share = (700 * weight / total.max(1)).max(1);
        let is_limited = n % 4 == 1;
        let id = create_reseller(
            cmd,
            random,
            n,
            is_limited.then(|| customers * share / 1_000 * 2 + 200),
            hash,
        )
        .await?;
        // The quota of a reseller with limits suffices for the first three plans only.
        let specs = if is_limited { &PLANS[..3] } else { &PLANS[..] };
        owners.push(Owner { id, share, plans: create_plans(cmd, id, specs, &php).await? });
    }
    Ok(owners)
}

async fn create_plans(
    cmd: Command<'_>,
    owner: AdminId,
    specs: &[PlanSpec],
    php: &[PhpConfigId],
) -> Outcome<Vec<(PlanId, Services)>> {
    let mut created = Vec::new();
    for spec in specs {
        let services = services(spec, php);
        created.push((
            db::plans::insert(cmd.tx, owner, spec.0, spec.1, &services, cmd.at).await?,
            services,
        ));
    }
    Ok(created)
}

async fn create_reseller(
    cmd: Command<'_>,
    random: DemoRandom<'_>,
    n: usize,
    max_customers: Option<u64>,
    hash: &str,
) -> Outcome<AdminId> {
    let (name, login_name) = RESELLERS[n % RESELLERS.len()];
    let round = n / RESELLERS.len();
    let (name, login_name) = if round == 0 {
        (name.to_owned(), login_name.to_owned())
    } else {
        (format!("{name} {}", round + 1), format!("{login_name}{}", round + 1))
    };
    let login = logins::insert(cmd.tx, &login_name, LoginKind::Admin, hash, cmd.at).await?;
    let profile = AdminProfile {
        name,
        email: Email::stored(format!("desk@{login_name}.example")),
        language: if random.chance(600) { Language::De } else { Language::En },
        theme: Theme::System,
        gui_access: true,
        api_allowed: true,
        notes: String::new(),
        notes_shown: false,
        customers_see_all: false,
        change_serversettings: false,
        caneditphpsettings: random.chance(300),
        quota: max_customers.map_or(AssignableQuota::UNLIMITED, quota),
        grants: Grants::ALL,
    };
    let login_name = LoginName::stored(login_name);
    Ok(db::admins::insert(
        cmd.tx,
        &NewAdminRow { login, login_name: &login_name, profile: &profile },
        cmd.at,
    )
    .await?)
}

/// Returns a quota that suffices for this number of customers with the largest plan of a reseller
/// with limits.
fn quota(customers: u64) -> AssignableQuota {
    let each = services(&PLANS[2], &[]).limits;
    let mut limits = Limits::NONE;
    for (resource, quota) in each.iter() {
        limits[resource] = Quota::Limited(quota.finite().saturating_mul(customers));
    }
    AssignableQuota {
        customers: Quota::Limited(customers),
        domains: Quota::Limited(customers * 4),
        limits,
    }
}
