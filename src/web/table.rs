//! Lists: sorting, pages and usage bars.

use super::page::Chrome;

/// The page sizes that are offered.
pub const PAGE_SIZES: [u64; 4] = [20, 50, 100, 200];

/// Where a list stands, and the links that lead elsewhere in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListState {
    /// The path of the list.
    pub path: String,
    /// Query parameters to keep, without `sort`, `dir` and `page`.
    pub params: Vec<(String, String)>,
    /// The column sorted by.
    pub sort: String,
    /// Whether the largest come first.
    pub descending: bool,
    /// The page, counted from one.
    pub page: u64,
    /// Rows on a page.
    pub per_page: u64,
    /// Rows altogether.
    pub total: u64,
}

impl ListState {
    /// The number of pages, at least one.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.per_page.max(1)).max(1)
    }

    /// The number of the first row on the page.
    #[must_use]
    pub fn from(&self) -> u64 {
        if self.total == 0 { 0 } else { (self.page.max(1) - 1) * self.per_page + 1 }
    }

    /// The number of the last row on the page.
    #[must_use]
    pub fn to(&self) -> u64 {
        (self.page.max(1) * self.per_page).min(self.total)
    }

    /// The value of a kept parameter.
    #[must_use]
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Whether a search or filter narrows the list.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.params.iter().any(|(name, value)| name != "per_page" && !value.is_empty())
    }

    /// The link that sorts by a column, or turns its order round.
    #[must_use]
    pub fn sort_href(&self, column: &str) -> String {
        let down = self.sort == column && !self.descending;
        self.href(column, down, 1)
    }

    /// The value of `aria-sort` for a column; empty if the list is not sorted by it.
    #[must_use]
    pub fn aria_sort(&self, column: &str) -> &'static str {
        match (self.sort == column, self.descending) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }

    /// The link to a page.
    #[must_use]
    pub fn page_href(&self, page: u64) -> String {
        self.href(&self.sort, self.descending, page)
    }

    /// The link to the page before, if there is one.
    #[must_use]
    pub fn prev_href(&self) -> Option<String> {
        (self.page > 1).then(|| self.page_href(self.page - 1))
    }

    /// The link to the next page, if there is one.
    #[must_use]
    pub fn next_href(&self) -> Option<String> {
        (self.page < self.pages()).then(|| self.page_href(self.page + 1))
    }

    /// The link with one kept parameter changed, back on the first page; empty takes it away.
    #[must_use]
    pub fn param_href(&self, name: &str, value: &str) -> String {
        let mut changed = self.clone();
        changed.params.retain(|(known, _)| known != name);
        changed.params.push((name.to_owned(), value.to_owned()));
        changed.href(&self.sort, self.descending, 1)
    }

    /// The same rows in another form, `with_suffix(".csv")`.
    #[must_use]
    pub fn with_suffix(&self, suffix: &str) -> String {
        let mut changed = self.clone();
        changed.path.push_str(suffix);
        changed.href(&self.sort, self.descending, 1)
    }

    /// The parameters that a form on the page must send along, without the page size.
    #[must_use]
    pub fn kept(&self) -> Vec<(&str, &str)> {
        let order =
            [("sort", self.sort.as_str()), ("dir", if self.descending { "desc" } else { "asc" })];
        let params = self.params.iter();
        params
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, value)| *name != "per_page" && !value.is_empty())
            .chain(order.into_iter().filter(|_| !self.sort.is_empty()))
            .collect()
    }

    /// The page sizes to offer.
    #[must_use]
    pub const fn sizes(&self) -> [u64; 4] {
        PAGE_SIZES
    }

    fn href(&self, sort: &str, descending: bool, page: u64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.params {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if !sort.is_empty() {
            query.append_pair("sort", sort);
            query.append_pair("dir", if descending { "desc" } else { "asc" });
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() {
            return self.path.clone();
        }
        format!("{}?{query}", self.path)
    }
}

/// How much of something is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// What is used.
    pub used: u64,
    /// What may be used; nothing is unlimited.
    pub limit: Option<u64>,
    bytes: bool,
}

impl Usage {
    /// A number of things.
    #[must_use]
    pub const fn count(used: u64, limit: Option<u64>) -> Self {
        Self { used, limit, bytes: false }
    }

    /// A number of bytes.
    #[must_use]
    pub const fn bytes(used: u64, limit: Option<u64>) -> Self {
        Self { used, limit, bytes: true }
    }

    /// The used share in percent, at most 100; a limit of nothing is full.
    #[must_use]
    pub fn percent(&self) -> u64 {
        match self.limit {
            None => 0,
            Some(0) => 100 * u64::from(self.used > 0),
            Some(limit) => {
                let share = u128::from(self.used) * 100 / u128::from(limit);
                u64::try_from(share.min(100)).unwrap_or(100)
            }
        }
    }

    /// The class of the bar: calm, from 70 % amber, from 85 % orange, from 95 % red.
    #[must_use]
    pub fn level(&self) -> &'static str {
        match self.percent() {
            0..70 => "usage-ok",
            70..85 => "usage-warn",
            85..95 => "usage-high",
            _ => "usage-full",
        }
    }

    /// "1.5 GiB of 10 GiB", "3 of 5", "3, unlimited".
    #[must_use]
    pub fn text(&self, c: &Chrome) -> String {
        let show = |value: u64| {
            if self.bytes { c.size(value) } else { c.num(value) }
        };
        match self.limit {
            Some(limit) => {
                c.phrase("usage-of", &["used", "limit"]).with(&[&show(self.used), &show(limit)])
            }
            None => c.phrase("usage-unlimited", &["used"]).with(&[&show(self.used)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> ListState {
        ListState {
            path: "/customers".to_owned(),
            params: vec![
                ("q".to_owned(), "plan:gold & more".to_owned()),
                ("status".to_owned(), String::new()),
            ],
            sort: "name".to_owned(),
            descending: false,
            page: 2,
            per_page: 20,
            total: 45,
        }
    }

    #[test]
    fn links_keep_the_search_and_the_order() {
        let list = list();
        assert_eq!(list.sort_href("name"), "/customers?q=plan%3Agold+%26+more&sort=name&dir=desc");
        assert_eq!(list.sort_href("email"), "/customers?q=plan%3Agold+%26+more&sort=email&dir=asc");
        assert!(list.next_href().unwrap().ends_with("&page=3"));
        assert!(!list.prev_href().unwrap().contains("page="));
        assert!(list.with_suffix(".csv").starts_with("/customers.csv?q="));
        assert!(list.param_href("q", "").starts_with("/customers?sort="));
        assert_eq!(list.aria_sort("name"), "ascending");
        assert!(list.is_filtered());
    }

    #[test]
    fn rows_are_counted_from_one() {
        let mut list = list();
        assert_eq!((list.from(), list.to(), list.pages()), (21, 40, 3));
        list.page = 3;
        assert_eq!((list.from(), list.to()), (41, 45));
        assert_eq!(list.next_href(), None);
        list.total = 0;
        list.page = 1;
        assert_eq!((list.from(), list.to(), list.pages()), (0, 0, 1));
    }

    #[test]
    fn usage_has_levels() {
        assert_eq!(Usage::count(3, Some(5)).level(), "usage-ok");
        for (used, level) in [
            (69, "usage-ok"),
            (70, "usage-warn"),
            (85, "usage-high"),
            (94, "usage-high"),
            (95, "usage-full"),
            (200, "usage-full"),
        ] {
            assert_eq!(Usage::count(used, Some(100)).level(), level, "{used}");
        }
        assert_eq!(Usage::bytes(u64::MAX, Some(u64::MAX)).percent(), 100);
        assert_eq!(Usage::count(0, Some(0)).percent(), 0);
        assert_eq!(Usage::count(3, None).percent(), 0);
        let c = Chrome::default();
        assert_eq!(Usage::bytes(1024, Some(2048)).text(&c), "1\u{a0}KiB of 2\u{a0}KiB");
    }
}
