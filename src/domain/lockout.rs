//! When tries to sign in are refused. They are counted by account and source: a network, or a
//! device that the account was signed in to on before. So guesses from one place lock out that
//! place, and each lock lasts twice as long as the one before.

use jiff::{SignedDuration, Timestamp};

/// No lock lasts longer.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// After so long without a failure, the next lock is the first one again.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(48);
/// For so long a source counts as known after a success.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);

/// When to lock; the settings decide.
#[derive(Clone, Copy, Debug)]
pub struct LockPolicy {
    /// From so many failures on.
    pub failures: u32,
    /// How long the first lock lasts. Failures that are older do not count.
    pub lock: SignedDuration,
}

/// What is known of tries to sign in to one account from one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Failures since the last success or lock.
    pub failures: u32,
    /// Locks since the last success.
    pub locks: u32,
    /// The last failure.
    pub last_failure: Option<Timestamp>,
    /// The last success.
    pub last_success: Option<Timestamp>,
}

impl Record {
    /// Until when tries are refused, if they are.
    #[must_use]
    pub fn locked_until(&self, policy: LockPolicy, now: Timestamp) -> Option<Timestamp> {
        if self.failures < policy.failures {
            return None;
        }
        let doubled =
            policy.lock.as_secs().saturating_mul(1_i64 << self.locks.saturating_sub(1).min(30));
        let lasts = SignedDuration::from_secs(doubled).min(LONGEST.max(policy.lock));
        self.last_failure?.checked_add(lasts).ok().filter(|until| *until > now)
    }

    /// The record with one more failure at `now`. A lock that is over, and failures from before the
    /// lock's time, do not count.
    #[must_use]
    pub fn failed(&self, policy: LockPolicy, now: Timestamp) -> Self {
        let age = self.last_failure.map(|at| now.duration_since(at));
        let is_fresh = age.is_some_and(|age| age < policy.lock) && self.failures < policy.failures;
        let failures = if is_fresh { self.failures.saturating_add(1) } else { 1 };
        let before = if age.is_some_and(|age| age < FORGOTTEN_AFTER) { self.locks } else { 0 };
        let locks = before.saturating_add((failures >= policy.failures).into());
        Self { failures, locks, last_failure: Some(now), last_success: self.last_success }
    }

    /// The record after a success at `now`.
    #[must_use]
    pub const fn succeeded(&self, now: Timestamp) -> Self {
        Self { failures: 0, locks: 0, last_failure: self.last_failure, last_success: Some(now) }
    }

    /// Whether somebody signed in from there not too long ago.
    #[must_use]
    pub fn is_known(&self, now: Timestamp) -> bool {
        self.last_success.is_some_and(|at| now.duration_since(at) < KNOWN_FOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: LockPolicy = LockPolicy { failures: 3, lock: SignedDuration::from_mins(15) };

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_772_366_400 + 60 * minutes).unwrap()
    }

    fn after(times: &[i64]) -> Record {
        times.iter().fold(Record::default(), |record, minutes| record.failed(POLICY, at(*minutes)))
    }

    #[test]
    fn each_lock_lasts_twice_as_long() {
        assert_eq!(after(&[0, 1]).locked_until(POLICY, at(2)), None);
        assert_eq!(after(&[0, 1, 2]).locked_until(POLICY, at(2)), Some(at(17)));
        assert_eq!(after(&[0, 1, 2]).locked_until(POLICY, at(17)), None);
        assert_eq!(after(&[0, 1, 2, 17, 18]).locked_until(POLICY, at(18)), None, "a new count");
        assert_eq!(after(&[0, 1, 2, 17, 18, 19]).locked_until(POLICY, at(19)), Some(at(49)));
        let many: Vec<i64> =
            (0..40).flat_map(|lock| [lock * 1500, lock * 1500 + 1, lock * 1500 + 2]).collect();
        assert_eq!(
            after(&many).locked_until(POLICY, at(39 * 1500 + 3)),
            Some(at(39 * 1500 + 2 + 24 * 60)),
            "a day at most"
        );
    }

    #[test]
    fn what_is_long_ago_is_forgotten() {
        assert_eq!(after(&[0, 1, 17]).failures, 1);
        assert_eq!(after(&[0, 1, 2, 3 * 24 * 60, 3 * 24 * 60 + 1, 3 * 24 * 60 + 2]).locks, 1);
        assert_eq!(after(&[0, 1, 2]).succeeded(at(20)).failed(POLICY, at(21)).failures, 1);
    }
}
