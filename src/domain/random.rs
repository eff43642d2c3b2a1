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
    use std::collections::HashMap;

    /// Asserts that six results are about equally frequent.
    fn assert_uniform<T: std::hash::Hash + Eq + fmt::Debug>(draw: impl Fn(&SeededRandom) -> T) {
        let source = SeededRandom::new(7);
        let mut counts = HashMap::new();
        for _ in 0..60_000 {
            *counts.entry(draw(&source)).or_insert(0_u32) += 1;
        }
        assert_eq!(counts.len(), 6, "{counts:?}");
        assert!(counts.values().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
    }

    #[test]
    fn picks_numbers_and_orders_are_uniform() {
        assert_uniform(|source| *pick(source, b"abcdef").unwrap());
        assert_uniform(|source| random_below(source, 6));
        assert_uniform(|source| {
            let mut items = [1, 2, 3];
            shuffle(source, &mut items);
            items
        });
    }

    #[test]
    fn nothing_is_drawn_from_nothing() {
        assert_eq!(pick::<u8>(&OsRandom, &[]), None);
        assert_eq!((random_below(&OsRandom, 0), random_below(&OsRandom, 1)), (0, 0));
    }

    #[test]
    fn values_consist_of_the_bytes_of_the_source() {
        struct Ascending;
        impl RandomSource for Ascending {
            fn fill(&self, bytes: &mut [u8]) {
                for (byte, n) in bytes.iter_mut().zip(1..) {
                    *byte = n;
                }
            }
        }
        let mut draw = RngAdapter(&Ascending);
        let mut bytes = [0; 3];
        draw.fill_bytes(&mut bytes);
        assert_eq!(bytes, [1, 2, 3]);
        assert_eq!(draw.next_u32(), 0x0403_0201);
        assert_eq!(draw.next_u64(), 0x0807_0605_0403_0201);
        assert_eq!(
            (hex_token(&Ascending, 3), token(&Ascending, 3)),
            ("010203".into(), "AQID".into())
        );
    }

    #[test]
    fn debug_output_hides_the_state() {
        assert_eq!(format!("{:?}", SeededRandom::new(7)), "SeededRandom");
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
