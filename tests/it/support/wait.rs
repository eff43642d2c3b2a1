//! Waiting for what can be seen, never for time to pass.

use std::time::{Duration, Instant};

/// Asks again and again until there is an answer; what never comes within the time is a fault.
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

/// The same for what is so or is not.
pub async fn until_true(what: &str, within: Duration, mut ask: impl AsyncFnMut() -> bool) {
    until(what, within, async || ask().await.then_some(())).await;
}
