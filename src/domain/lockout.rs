//! Locking of sign-ins after failed attempts.
//!
//! Attempts are counted by account and source. A source is a network, or a device that was signed
//! in to the account before. Guesses from one source therefore lock that source only. Each lock
//! lasts twice as long as the previous one, up to a maximum.

use jiff::{SignedDuration, Timestamp};

/// The maximum duration of a lock, unless the policy sets a longer first lock.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// After this time without a failure, the next lock is as short as the first one.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(48);
/// After a success, a source counts as known for this time.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The provider's settings for locks.
#[derive(Clone, Copy, Debug)]
pub struct LockPolicy {
    /// Number of failures that cause a lock.
    pub failures: u32,
    /// Duration of the first lock. Failures that are older do not count.
    pub lock: SignedDuration,
}

/// The attempts to sign in to one account from one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignInAttempts {
    /// Failures since the last success or lock.
    pub failures: u32,
    /// Locks since the last success.
    pub locks: u32,
    pub last_failure: Option<Timestamp>,
    pub last_success: Option<Timestamp>,
}

impl SignInAttempts {
    /// Returns the end of the lock, or `None` if attempts are accepted at `now`.
    #[must_use]
    pub fn locked_until(&self, policy: LockPolicy, now: Timestamp) -> Option<Timestamp> {
        if self.failures < policy.failures {
            return None;
        }
        let doubled =
            policy.lock.as_secs().saturating_mul(1_i64 << self.locks.saturating_sub(1).min(30));
        let duration = SignedDuration::from_secs(doubled).min(LONGEST.max(policy.lock));
        self.last_failure?.checked_add(duration).ok().filter(|until| *until > now)
    }

    /// Returns the attempts after a failure at `now`. The count restarts after a lock, and if the
    /// last failure is older than the duration of the first lock.
    #[must_use]
    pub fn after_failure(&self, policy: LockPolicy, now: Timestamp) -> Self {
        let age = self.last_failure.map(|at| now.duration_since(at));
        let is_recent = age.is_some_and(|age| age < policy.lock) && self.failures < policy.failures;
        let failures = if is_recent { self.failures.saturating_add(1) } else { 1 };
        let previous_locks =
            if age.is_some_and(|age| age < FORGOTTEN_AFTER) { self.locks } else { 0 };
        let locks = previous_locks.saturating_add((failures >= policy.failures).into());
        Self { failures, locks, last_failure: Some(now), last_success: self.last_success }
    }

    /// Returns the attempts after a success at `now`.
    #[must_use]
    pub const fn after_success(&self, now: Timestamp) -> Self {
        Self { failures: 0, locks: 0, last_failure: self.last_failure, last_success: Some(now) }
    }

    /// Whether a sign-in from this source succeeded in the last 90 days.
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

    fn after(times: &[i64]) -> SignInAttempts {
        times.iter().fold(SignInAttempts::default(), |record, minutes| {
            record.after_failure(POLICY, at(*minutes))
        })
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
    fn old_failures_are_forgotten() {
        assert_eq!(after(&[0, 1, 17]).failures, 1);
        assert_eq!(after(&[0, 1, 2, 3 * 24 * 60, 3 * 24 * 60 + 1, 3 * 24 * 60 + 2]).locks, 1);
        assert_eq!(
            after(&[0, 1, 2]).after_success(at(20)).after_failure(POLICY, at(21)).failures,
            1
        );
    }

    #[test]
    fn failures_count_for_less_than_the_duration_of_the_first_lock() {
        for (times, failures, locks) in [
            (&[0, 14][..], 2, 0),
            (&[0, 15], 1, 0),
            (&[0, 16], 1, 0),
            (&[0, 1, 2], 3, 1),
            (&[0, 1, 2, 3], 1, 1),
            (&[0, 1, 2, 18], 1, 1),
            (&[0, 1, 2, 2 + 48 * 60 - 1], 1, 1),
            (&[0, 1, 2, 2 + 48 * 60], 1, 0),
            (&[0, 1, 2, 2 + 48 * 60 + 1], 1, 0),
        ] {
            let last_failure = times.last().map(|minutes| at(*minutes));
            assert_eq!(
                after(times),
                SignInAttempts { failures, locks, last_failure, last_success: None },
                "{times:?}"
            );
        }
    }

    #[test]
    fn a_lock_ends_after_its_duration() {
        let locked = |failures, locks, policy: LockPolicy, now| {
            let last_failure = Some(at(0));
            SignInAttempts { failures, locks, last_failure, last_success: None }
                .locked_until(policy, at(now))
        };
        let long = LockPolicy { lock: SignedDuration::from_hours(72), ..POLICY };
        for (failures, locks, policy, now, until) in [
            (2, 1, POLICY, 1, None),
            (3, 0, POLICY, 1, Some(15)),
            (4, 1, POLICY, 14, Some(15)),
            (3, 1, POLICY, 15, None),
            (3, 2, POLICY, 29, Some(30)),
            (3, 3, POLICY, 1, Some(60)),
            (3, 7, POLICY, 1, Some(960)),
            (3, 8, POLICY, 1, Some(24 * 60)),
            (3, u32::MAX, POLICY, 1, Some(24 * 60)),
            (3, 1, long, 1, Some(72 * 60)),
            (3, 2, long, 1, Some(72 * 60)),
        ] {
            assert_eq!(locked(failures, locks, policy, now), until.map(at), "{failures} {locks}");
        }
        let never = SignInAttempts { failures: 3, locks: 1, ..SignInAttempts::default() };
        assert_eq!(never.locked_until(POLICY, at(0)), None);
    }

    #[test]
    fn a_success_clears_the_count_and_makes_the_source_known_for_90_days() {
        let record = after(&[0, 1, 2]).after_success(at(20));
        assert_eq!(
            record,
            SignInAttempts {
                failures: 0,
                locks: 0,
                last_failure: Some(at(2)),
                last_success: Some(at(20))
            }
        );
        assert_eq!(record.after_failure(POLICY, at(30)).last_success, Some(at(20)));
        let end = 20 + 90 * 24 * 60;
        for (now, is_known) in [(20, true), (end - 1, true), (end, false), (end + 1, false)] {
            assert_eq!(record.is_known(at(now)), is_known, "{now}");
        }
        assert!(!SignInAttempts::default().is_known(at(20)));
    }
}
