//! Keys of the API: who makes them, what they may, and when they end.

mod cli;
mod panel;
mod rules;

use crate::support::TestApp;
use clientele::domain::api_key::KeyTerms;
use clientele::domain::id::ApiKeyId;
use clientele::domain::secret::Secret;
use clientele::services::api_keys::{self, NewKey, SaveKey};
use clientele::services::sign_in::api_key::{Admission, admit};
use clientele::services::{Command, Door, Origin, Outcome};
use serde_json::{Value, json};

/// An app with `admin`, a reseller `owner` and their customer `meier`.
async fn peopled() -> TestApp {
    let app = TestApp::spawn().await;
    app.reseller("owner", &[]).await;
    app.customer_of("owner", "meier").await;
    app
}

impl TestApp {
    /// A key of that account, on these terms.
    async fn try_key(&self, owner: &str, terms: Value) -> Outcome<NewKey> {
        let terms = SaveKey::terms(
            crate::support::make::received(terms),
            &KeyTerms::default(),
            self.now(),
        )?;
        let by = self.actor(owner).await;
        self.app
            .change(&Self::origin(), async |cmd: Command<'_>| api_keys::add(cmd, &by, &terms).await)
            .await
    }

    /// What comes of showing a key at the door of the API, from this address.
    async fn show_key(&self, key: &str, secret: &str, address: &str) -> Admission {
        let origin = Origin { door: Door::Api, address: address.to_owned(), acting: None };
        let look = self.app.look().await.unwrap();
        admit(&self.app, look.view(), &origin, address.parse().ok(), key, &Secret::new(secret))
            .await
            .unwrap()
    }

    /// Whether the key lets its owner in.
    async fn lets_in(&self, new: &NewKey) -> bool {
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

    /// The ids of the keys that an account has.
    async fn keys_of(&self, owner: &str) -> Vec<ApiKeyId> {
        let login = self.actor(owner).await.login();
        let keys = db::api_keys::list(&self.app.db.reader(), login, 1_000).await.unwrap();
        keys.into_iter().map(|key| key.id).collect()
    }
}
