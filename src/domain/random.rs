//! Randomness as an argument, so that tests are deterministic.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::rand_core::UnwrapErr;
use rand::rngs::{StdRng, SysRng};
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use rand::{Rng as _, RngExt as _, SeedableRng as _, TryRng};
use std::convert::Infallible;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// A source of random bytes.
pub trait RandomSource: Send + Sync {
    /// Fills the buffer with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The random number generator of the operating system, for values that must not be guessable.
///
/// # Panics
/// [`fill`](RandomSource::fill) panics if the operating system provides no random numbers.
/// Continuing with guessable secrets would be worse.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl RandomSource for OsRandom {
    fn fill(&self, bytes: &mut [u8]) {
        UnwrapErr(SysRng).fill_bytes(bytes);
    }
}

/// A generator that gives the same numbers for the same seed, for tests and demo data.
pub struct SeededRandom(Mutex<StdRng>);

impl SeededRandom {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl fmt::Debug for SeededRandom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SeededRandom")
    }
}

impl RandomSource for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}

/// Returns `bytes` random bytes in URL-safe Base64.
#[must_use]
pub fn token(source: &dyn RandomSource, bytes: usize) -> String {
    URL_SAFE_NO_PAD.encode(random(source, bytes))
}

/// Returns `bytes` random bytes in lowercase hexadecimal digits.
#[must_use]
pub fn hex_token(source: &dyn RandomSource, bytes: usize) -> String {
    hex::encode(random(source, bytes))
}

fn random(source: &dyn RandomSource, bytes: usize) -> Zeroizing<Vec<u8>> {
    let mut buffer = Zeroizing::new(vec![0; bytes]);
    source.fill(&mut buffer);
    buffer
}

/// Returns a uniformly distributed number below `bound`, or 0 if `bound` is 0.
#[must_use]
pub fn random_below(source: &dyn RandomSource, bound: u32) -> u32 {
    if bound == 0 { 0 } else { RngAdapter(source).random_range(0..bound) }
}

/// Returns a uniformly chosen item, or `None` if there are none.
#[must_use]
pub fn pick<'a, T>(source: &dyn RandomSource, items: &'a [T]) -> Option<&'a T> {
    items.choose(&mut RngAdapter(source))
}

/// Shuffles the items. Every order is equally likely.
pub fn shuffle<T>(source: &dyn RandomSource, items: &mut [T]) {
    items.shuffle(&mut RngAdapter(source));
}

/// Adapts a [`RandomSource`] to the traits of `rand`.
struct RngAdapter<'a>(&'a dyn RandomSource);

impl TryRng for RngAdapter<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn picking_is_uniform() {
        let source = SeededRandom::new(7);
        let mut counts = [0_u32; 6];
        for _ in 0..60_000 {
            counts[*pick(&source, &[0_usize, 1, 2, 3, 4, 5]).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
        assert_eq!(pick::<u8>(&source, &[]), None);
    }

    #[test]
    fn tokens_of_the_operating_system_differ() {
        assert_ne!(token(&OsRandom, 16), token(&OsRandom, 16));
        assert_eq!(hex_token(&OsRandom, 16).len(), 32);
    }

    #[test]
    fn equal_seeds_give_equal_tokens() {
        assert_eq!(token(&SeededRandom::new(1), 32), token(&SeededRandom::new(1), 32));
        assert_ne!(token(&SeededRandom::new(1), 32), token(&SeededRandom::new(2), 32));
    }

    proptest! {
        #[test]
        fn numbers_are_below_the_bound(seed: u64, bound in 1_u32..) {
            prop_assert!(random_below(&SeededRandom::new(seed), bound) < bound);
        }

        #[test]
        fn shuffling_keeps_every_item(seed: u64, mut items: Vec<u8>) {
            let before = { let mut sorted = items.clone(); sorted.sort_unstable(); sorted };
            shuffle(&SeededRandom::new(seed), &mut items);
            items.sort_unstable();
            prop_assert_eq!(before, items);
        }

        #[test]
        fn tokens_are_safe_in_urls(seed: u64, bytes in 0_usize..100) {
            let token = token(&SeededRandom::new(seed), bytes);
            prop_assert!(token.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        }
    }
}
