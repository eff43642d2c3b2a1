//! Random choices for demo data.

use domain::random::{RandomSource, random_below};

/// A source of random choices.
#[derive(Clone, Copy)]
pub(super) struct DemoRandom<'a>(pub &'a dyn RandomSource);

impl DemoRandom<'_> {
    /// Returns one of the items. `items` must not be empty.
    pub fn choose<T: Copy>(self, items: &'static [T]) -> T {
        items[random_below(self.0, u32::try_from(items.len()).unwrap_or(1)) as usize]
    }

    /// Returns `true` with a probability of `per_mille` / 1000.
    pub fn chance(self, per_mille: u32) -> bool {
        random_below(self.0, 1000) < per_mille
    }

    /// Returns a number from `from` to `to`, both included; each is equally likely.
    pub fn between(self, from: u32, to: u32) -> u32 {
        from + random_below(self.0, to.saturating_sub(from) + 1)
    }

    /// Returns a part of `whole`. Small parts are more likely than large ones, as in real usage.
    pub fn part(self, whole: u64) -> u64 {
        let share = |n: u32| u128::from(random_below(self.0, n + 1));
        let part = u128::from(whole) * share(1000) * share(1000) / 1_000_000;
        u64::try_from(part).unwrap_or(whole)
    }

    /// Fills in a pattern: each `#` becomes a digit, each `A` an uppercase letter. Other characters
    /// stay.
    pub fn fill_pattern(self, pattern: &str) -> String {
        pattern
            .chars()
            .map(|c| match c {
                '#' => char::from(b'0' + u8::try_from(random_below(self.0, 10)).unwrap_or(0)),
                'A' => char::from(b'A' + u8::try_from(random_below(self.0, 26)).unwrap_or(0)),
                other => other,
            })
            .collect()
    }
}
