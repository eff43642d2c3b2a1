//! Chance, as invented data needs it.

use domain::chance::{Chance, below};

/// Throws dice.
#[derive(Clone, Copy)]
pub(super) struct Dice<'a>(pub &'a dyn Chance);

impl Dice<'_> {
    /// One of the items; there is always one.
    pub fn pick<T: Copy>(self, items: &'static [T]) -> T {
        items[below(self.0, u32::try_from(items.len()).unwrap_or(1)) as usize]
    }

    /// Whether something happens that happens so many times of a thousand.
    pub fn chance(self, of_a_thousand: u32) -> bool {
        below(self.0, 1000) < of_a_thousand
    }

    /// A number from `from` to `to`, each as likely.
    pub fn between(self, from: u32, to: u32) -> u32 {
        from + below(self.0, to.saturating_sub(from) + 1)
    }

    /// A part of `whole`, more often small than large, as usage is.
    pub fn part(self, whole: u64) -> u64 {
        let share = |n: u32| u128::from(below(self.0, n + 1));
        let part = u128::from(whole) * share(1000) * share(1000) / 1_000_000;
        u64::try_from(part).unwrap_or(whole)
    }

    /// The pattern with a digit for each `#` and a letter for each `A`; the first digit after `+`
    /// stays as written.
    pub fn digits(self, pattern: &str) -> String {
        pattern
            .chars()
            .map(|c| match c {
                '#' => char::from(b'0' + u8::try_from(below(self.0, 10)).unwrap_or(0)),
                'A' => char::from(b'A' + u8::try_from(below(self.0, 26)).unwrap_or(0)),
                other => other,
            })
            .collect()
    }
}
