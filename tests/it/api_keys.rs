//! API keys: owners, restrictions, expiry and revocation.

mod cli;
mod panel;
mod rules;

use crate::support::TestApp;
use clientele::domain::api_key::ApiKeySettings;
use clientele::domain::id::ApiKeyId;
use clientele::domain::secret::Secret;
use clientele::services::api_keys::{self, NewKey, SaveKey};
use clientele::services::sign_in::api_key::{Admission, admit};
use clientele::services::{Command, Outcome};
use serde_json::{Value, json};

/// Starts an app with `admin`, the reseller `owner` and their customer `meier`.
async fn app_with_accounts() -> TestApp {
    let app = TestApp::spawn().await;
    app.reseller("owner", &[]).await;
    app.customer_of("owner", "meier").await;
    app
}

impl TestApp {
    /// Adds a key with these settings to the account.
    async fn add_key(&self, owner: &str, settings: Value) -> Outcome<NewKey> {
        let settings = SaveKey::settings(
            crate::support::make::received(settings),
            &ApiKeySettings::default(),
            self.now(),
        )?;
        let by = self.actor(owner).await;
        self.app
            .change(&Self::origin(), async |cmd: Command<'_>| {
                api_keys::add(cmd, &by, &settings).await
            })
            .await
    }

    /// Returns the result of authenticating at the API with the key from this address.
    async fn authenticate(&self, key: &str, secret: &str, address: &str) -> Admission {
        let snapshot = self.app.open_view().await.unwrap();
        admit(&self.app, snapshot.view(), address.parse().ok(), key, &Secret::new(secret))
            .await
            .unwrap()
    }

    /// Returns whether the key authenticates its owner.
    async fn authenticates(&self, new: &NewKey) -> bool {
        let reply = self
            .api_as(&new.key.key, new.secret.expose())
            .call("Froxlor.listFunctions", json!({}))
            .await;
        match (reply.status, reply.body["error"].as_str()) {
            (200, None) => true,
            (403, Some("credentials-refused")) => false,
            other => panic!("{other:?}: {}", reply.body),
        }
    }

    /// Returns the ids of the account's keys.
    async fn keys_of(&self, owner: &str) -> Vec<ApiKeyId> {
        let login = self.actor(owner).await.login();
        let keys = db::api_keys::list(&self.app.db.reader(), login, 1_000).await.unwrap();
        keys.into_iter().map(|key| key.id).collect()
    }
}
