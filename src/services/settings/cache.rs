//! The settings for those who only look at things. Whoever changes something reads them in his transaction.

use super::{ProviderSettings, load};
use crate::db::{DbError, Reader};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a look may be behind a change. The door that changes settings calls [`SettingsCache::forget`], so that only other processes are.
const FRESH: Duration = Duration::from_secs(1);

/// The settings as they were read last.
#[derive(Debug, Default)]
pub struct SettingsCache(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    settings: Option<(Instant, Arc<ProviderSettings>)>,
    /// Grows with every change, so that what was read before one is not kept after it.
    changes: u64,
}

impl SettingsCache {
    /// The settings, at most a second old.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(&self, on: &Reader) -> Result<Arc<ProviderSettings>, DbError> {
        let changes = {
            let known = self.known();
            match &known.settings {
                Some((at, settings)) if at.elapsed() < FRESH => return Ok(settings.clone()),
                _ => known.changes,
            }
        };
        let at = Instant::now();
        let settings = Arc::new(load(on).await?);
        let mut known = self.known();
        if known.changes == changes {
            known.settings = Some((at, settings.clone()));
        }
        Ok(settings)
    }

    /// Something was changed: the next look reads again.
    pub fn forget(&self) {
        let mut known = self.known();
        known.settings = None;
        known.changes += 1;
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
