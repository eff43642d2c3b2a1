//! Waits for conditions instead of fixed times.

use std::time::{Duration, Instant};

/// Calls `attempt` repeatedly until it returns a value. Panics if the time is over.
pub async fn until<T>(
    what: &str,
    within: Duration,
    mut attempt: impl AsyncFnMut() -> Option<T>,
) -> T {
    let end = Instant::now() + within;
    loop {
        if let Some(value) = attempt().await {
            return value;
        }
        assert!(Instant::now() < end, "{what}: not within {within:?}");
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
}

/// Calls `condition` repeatedly until it returns true. Panics if the time is over.
pub async fn until_true(what: &str, within: Duration, mut condition: impl AsyncFnMut() -> bool) {
    until(what, within, async || condition().await.then_some(())).await;
}
