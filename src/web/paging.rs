//! What the address of a simple list says: what is looked for, and which page of it.

use super::table::{ListState, PAGE_SIZES};
use crate::services::settings::ProviderSettings;
use serde::Deserialize;

/// The query of a list. What makes no sense is taken for nothing: an address is not a form.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: String,
    #[serde(default)]
    per_page: String,
}

/// Which rows of a list are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What is looked for.
    pub word: String,
    page: u64,
    per_page: u64,
    default_per_page: u64,
}

/// The largest page number: beyond, no list goes.
const PAGE_MAX: u64 = 1_000_000;

impl Paging {
    /// Reads the query of a list.
    #[must_use]
    pub fn of(query: &ListQuery, settings: &ProviderSettings) -> Self {
        let default_per_page = settings.page_size();
        let per_page = query.per_page.parse().ok().filter(|size| PAGE_SIZES.contains(size)).unwrap_or(default_per_page);
        let page = query.page.parse().unwrap_or(1).clamp(1, PAGE_MAX);
        Self { word: query.q.trim().chars().take(200).collect(), page, per_page, default_per_page }
    }

    /// At most so many rows.
    #[must_use]
    pub const fn limit(&self) -> u64 {
        self.per_page
    }

    /// After so many rows.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        (self.page - 1) * self.per_page
    }

    /// The last page of so many rows, if this page lies beyond it.
    #[must_use]
    pub fn within(&self, total: u64) -> Option<Self> {
        let last = total.div_ceil(self.per_page).max(1);
        (self.page > last).then(|| Self { page: last, ..self.clone() })
    }

    /// The list as its page shows it.
    #[must_use]
    pub fn state(&self, path: &str, total: u64) -> ListState {
        let mut params = vec![("q".to_owned(), self.word.clone())];
        if self.per_page != self.default_per_page {
            params.push(("per_page".to_owned(), self.per_page.to_string()));
        }
        ListState { path: path.to_owned(), params, page: self.page, per_page: self.per_page, total, ..ListState::default() }
    }
}
