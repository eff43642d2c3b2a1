//! Waits for conditions instead of fixed times.

use std::time::{Duration, Instant};

/// Repeats `ask` until it returns a value. Panics if it does not within the time.
pub async fn until<T>(what: &str, within: Duration, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + within;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "{what}: not within {within:?}");
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
}

/// Repeats `ask` until it returns true. Panics if it does not within the time.
pub async fn until_true(what: &str, within: Duration, mut ask: impl AsyncFnMut() -> bool) {
    until(what, within, async || ask().await.then_some(())).await;
}
