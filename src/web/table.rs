//! Lists: sorting, pagination and usage bars.

use super::page::Chrome;
use domain::resources::Resource;
use domain::unit::Unit;

/// Page sizes that the user can select.
pub const PAGE_SIZES: [u64; 4] = [20, 50, 100, 200];

/// The position in a list, and the links to other positions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListState {
    pub path: String,
    /// Query parameters that links keep, without `sort`, `dir` and `page`.
    pub params: Vec<(String, String)>,
    /// Name of the sort column.
    pub sort: String,
    pub descending: bool,
    /// Page number, starting at 1.
    pub page: u64,
    pub per_page: u64,
    pub total: u64,
}

impl ListState {
    /// Returns the number of pages, at least one.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.per_page.max(1)).max(1)
    }

    /// Returns the number of the first row on the page, starting at 1; 0 for an empty list.
    #[must_use]
    pub fn first_row(&self) -> u64 {
        if self.total == 0 { 0 } else { (self.page.max(1) - 1) * self.per_page + 1 }
    }

    /// Returns the number of the last row on the page.
    #[must_use]
    pub fn last_row(&self) -> u64 {
        (self.page.max(1) * self.per_page).min(self.total)
    }

    /// Returns the value of a kept parameter; empty if it is missing.
    #[must_use]
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Returns whether a search or filter is active.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.params.iter().any(|(name, value)| name != "per_page" && !value.is_empty())
    }

    /// Returns the link that sorts by a column, or reverses the order if the list is sorted by it.
    #[must_use]
    pub fn sort_href(&self, column: &str) -> String {
        let descending = self.sort == column && !self.descending;
        self.href(column, descending, 1)
    }

    /// Returns the value of `aria-sort` for a column; empty if the list is not sorted by it.
    #[must_use]
    pub fn aria_sort(&self, column: &str) -> &'static str {
        match (self.sort == column, self.descending) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }

    /// Returns the link to a page.
    #[must_use]
    pub fn page_href(&self, page: u64) -> String {
        self.href(&self.sort, self.descending, page)
    }

    /// Returns the link to the previous page, if there is one.
    #[must_use]
    pub fn prev_href(&self) -> Option<String> {
        (self.page > 1).then(|| self.page_href(self.page - 1))
    }

    /// Returns the link to the next page, if there is one.
    #[must_use]
    pub fn next_href(&self) -> Option<String> {
        (self.page < self.pages()).then(|| self.page_href(self.page + 1))
    }

    /// Returns the link to the first page with one parameter changed. An empty value removes the
    /// parameter.
    #[must_use]
    pub fn param_href(&self, name: &str, value: &str) -> String {
        let mut changed = self.clone();
        changed.params.retain(|(known, _)| known != name);
        changed.params.push((name.to_owned(), value.to_owned()));
        changed.href(&self.sort, self.descending, 1)
    }

    /// Returns the link to the same list in another format, such as `suffix_href(".csv")`.
    #[must_use]
    pub fn suffix_href(&self, suffix: &str) -> String {
        let mut changed = self.clone();
        changed.path.push_str(suffix);
        changed.href(&self.sort, self.descending, 1)
    }

    /// Returns the parameters that a form on the page must submit, without the page size.
    #[must_use]
    pub fn kept_params(&self) -> Vec<(&str, &str)> {
        let order =
            [("sort", self.sort.as_str()), ("dir", if self.descending { "desc" } else { "asc" })];
        let params = self.params.iter();
        params
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, value)| *name != "per_page" && !value.is_empty())
            .chain(order.into_iter().filter(|_| !self.sort.is_empty()))
            .collect()
    }

    /// Returns the page sizes that the user can select.
    #[must_use]
    pub const fn page_sizes(&self) -> [u64; 4] {
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

/// Usage of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    pub used: u64,
    /// `None` is unlimited.
    pub limit: Option<u64>,
    is_in_bytes: bool,
}

impl Usage {
    /// Creates the usage of a limit that counts items.
    #[must_use]
    pub const fn count(used: u64, limit: Option<u64>) -> Self {
        Self { used, limit, is_in_bytes: false }
    }

    /// Creates the usage of a limit in bytes.
    #[must_use]
    pub const fn bytes(used: u64, limit: Option<u64>) -> Self {
        Self { used, limit, is_in_bytes: true }
    }

    /// Creates the usage of a resource's limit. Sizes are in bytes.
    #[must_use]
    pub const fn of(resource: Resource, used: u64, limit: Option<u64>) -> Self {
        match resource.unit() {
            Unit::Count => Self::count(used, limit),
            Unit::MiB | Unit::GiB => Self::bytes(used, limit),
        }
    }

    /// Returns the usage in percent, at most 100. A limit of 0 is full if anything is used.
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

    /// Returns the CSS class of the bar. The levels start at 0, 70, 85 and 95 percent.
    #[must_use]
    pub fn level(&self) -> &'static str {
        match self.percent() {
            0..70 => "usage-ok",
            70..85 => "usage-warn",
            85..95 => "usage-high",
            _ => "usage-full",
        }
    }

    /// Returns a text such as "1.5 GiB of 10 GiB", "3 of 5" or "3, unlimited".
    #[must_use]
    pub fn text(&self, c: &Chrome) -> String {
        let show = |value: u64| {
            if self.is_in_bytes { c.size(value) } else { c.num(value) }
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
        assert!(list.suffix_href(".csv").starts_with("/customers.csv?q="));
        assert!(list.param_href("q", "").starts_with("/customers?sort="));
        assert_eq!(list.aria_sort("name"), "ascending");
        assert!(list.is_filtered());
    }

    #[test]
    fn rows_are_counted_from_one() {
        let mut list = list();
        assert_eq!((list.first_row(), list.last_row(), list.pages()), (21, 40, 3));
        list.page = 3;
        assert_eq!((list.first_row(), list.last_row()), (41, 45));
        assert_eq!(list.next_href(), None);
        list.total = 0;
        list.page = 1;
        assert_eq!((list.first_row(), list.last_row(), list.pages()), (0, 0, 1));
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
