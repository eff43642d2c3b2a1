//! What is declared is what is read.

use super::*;
use crate::auth::password::{HashCost, PasswordHasher};
use crate::auth::seal::{Sealer, SecretKey};
use crate::domain::chance::OsChance;
use crate::domain::clock::ManualClock;
use crate::services::params::{Params, asked};
use crate::services::settings::ProviderSettings;
use crate::services::{Env, admins, customers, plans};
use std::collections::BTreeSet;
use std::sync::Arc;

fn env() -> Env {
    Env {
        clock: Arc::new(ManualClock::default()),
        chance: Arc::new(OsChance),
        hasher: PasswordHasher::new(HashCost::CheapForTests),
        sealer: Sealer::new(&SecretKey::new(&"a secret key for tests and nothing else".into()).unwrap()),
        homes_dir: "homes".into(),
        hooks_dir: "hooks".into(),
        public_url: String::new(),
    }
}

/// Declared names but those that only say which row is meant, and those that doors of pages use beside them.
fn declared(params: &[Param], reference: &[Param]) -> BTreeSet<String> {
    let also = |name: &&str| !reference.iter().any(|param| param.name == *name);
    params.iter().map(|param| param.name).filter(also).map(str::to_owned).collect()
}

fn read() -> BTreeSet<String> {
    let mut names = asked::taken();
    // The form's word that its fields hold a plan's values already.
    names.remove("plan_applied");
    names
}

#[tokio::test]
async fn what_is_declared_is_what_is_read() {
    let (env, settings) = (env(), ProviderSettings::default());
    drop(asked::taken());
    let _ = customers::parse_new(Params::default());
    assert_eq!(read(), declared(&customer_add(), &[]));
    let _ = customers::parse_update(Params::default());
    assert_eq!(read(), declared(&customer_update(), &customer()));
    let _ = plans::parse_new(Params::default());
    assert_eq!(read(), declared(&plan_add(), &[]));
    let _ = plans::parse_update(Params::default());
    assert_eq!(read(), declared(&plan_update(), &plan()));
    let _ = admins::prepare(&env, &settings, Params::default()).await;
    assert_eq!(read(), declared(&admin_add(), &[]));
    let _ = admins::prepare_edit(&env, &settings, Params::default(), "x").await;
    assert_eq!(read(), declared(&admin_update(), &admin()));
}
