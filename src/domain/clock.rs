//! The current time as an argument, so that tests are deterministic.

use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};

/// A source of the current time.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Returns the time that is `by` after `at`, at most [`Timestamp::MAX`].
#[must_use]
pub fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// A clock that changes only when it is set or advanced.
#[derive(Debug)]
pub struct ManualClock(Mutex<Timestamp>);

impl ManualClock {
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Advances the clock; a negative duration sets it back. Stops at the limits of `Timestamp`.
    pub fn advance(&self, by: SignedDuration) {
        let end = if by.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.checked_add(by).unwrap_or(end);
    }
}

impl Default for ManualClock {
    /// Noon (UTC) on 1 March 2026.
    fn default() -> Self {
        Self::new(Timestamp::from_second(1_772_366_400).unwrap_or_default())
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_changes_only_when_set_or_advanced() {
        let clock = ManualClock::default();
        assert_eq!(clock.now().to_string(), "2026-03-01T12:00:00Z");
        assert_eq!(clock.now(), clock.now());
        clock.advance(SignedDuration::from_hours(24));
        assert_eq!(clock.now().to_string(), "2026-03-02T12:00:00Z");
        clock.advance(SignedDuration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
        clock.set(Timestamp::UNIX_EPOCH);
        assert_eq!(clock.now(), Timestamp::UNIX_EPOCH);
    }

    #[test]
    fn the_system_clock_shows_the_present() {
        let released = "2026-01-01T00:00:00Z".parse().unwrap();
        let now = SystemClock.now();
        assert!(now > released && SystemClock.now() >= now, "{now}");
    }

    #[test]
    fn later_times_end_at_the_maximum() {
        let noon: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        for (by, expected) in [(90, "2026-03-01T12:01:30Z"), (0, "2026-03-01T12:00:00Z")] {
            assert_eq!(later(noon, SignedDuration::from_secs(by)).to_string(), expected);
        }
        assert_eq!(later(noon, SignedDuration::MAX), Timestamp::MAX);
        let clock = ManualClock::new(noon);
        clock.advance(SignedDuration::from_secs(-60));
        assert_eq!(clock.now().to_string(), "2026-03-01T11:59:00Z");
        clock.advance(SignedDuration::MIN);
        assert_eq!(clock.now(), Timestamp::MIN);
    }
}
