//! The query string of a list.

use super::form::FormState;
use super::page::Chrome;
use super::table::ListState;
use super::validation_errors;
use actix_web::HttpRequest;
use domain::query::search_text;
use domain::validation::ValidationError;

/// Maximum page number. No list is this long; larger numbers are mistakes or attacks.
const MAX_PAGE: u64 = 1_000_000;
/// Minimum and maximum number of rows on a page, as for the setting `panel.page_size`.
const PER_PAGE: (u64, u64) = (5, 200);

/// The parameters of a query string.
#[derive(Clone, Debug)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the query string of a request.
    #[must_use]
    pub fn of(req: &HttpRequest) -> Self {
        Self::parse(req.query_string())
    }

    /// Reads a query string.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self(url::form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// Returns the last value of a parameter, trimmed; empty if it is missing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Returns the search text.
    ///
    /// # Errors
    /// `search-too-long`.
    pub fn search(&self) -> Result<String, ValidationError> {
        Ok(search_text(self.text("q"))?.into_owned())
    }

    /// Returns the form above a list with the current parameters and, if the search is invalid, its
    /// error.
    #[must_use]
    pub fn form(
        &self,
        c: &Chrome,
        area: &'static str,
        names: &[&str],
        searched: &Result<String, ValidationError>,
    ) -> FormState {
        let mut form = FormState::new(area);
        for name in names {
            form.set(name, self.text(name));
        }
        if let Err(error) = searched {
            form.add_error("q", validation_errors::text(c.lang, error));
        }
        form
    }

    /// Returns the position in the list. Its links keep these parameters; its total is not known
    /// yet.
    #[must_use]
    pub fn list(&self, path: &str, kept: &[&str], page_size: u64) -> ListState {
        let (least, most) = PER_PAGE;
        let per_page =
            self.text("per_page").parse().map_or(page_size, |n: u64| n.clamp(least, most));
        let mut params: Vec<(String, String)> =
            kept.iter().map(|name| ((*name).to_owned(), self.text(name).to_owned())).collect();
        if per_page != page_size {
            params.push(("per_page".to_owned(), per_page.to_string()));
        }
        // A text that is too long for a search would only make every link long.
        params.retain(|(_, value)| !value.is_empty() && search_text(value).is_ok());
        let page = self.text("page").parse().map_or(1, |n: u64| n.clamp(1, MAX_PAGE));
        ListState { path: path.to_owned(), params, page, per_page, ..ListState::default() }
    }
}

impl ListState {
    /// Returns the number of rows before the page.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.page.saturating_sub(1).saturating_mul(self.per_page)
    }

    /// Sets the total. Returns whether the page was beyond the end; it is the last page then, and
    /// its rows must be read again.
    pub fn set_total(&mut self, total: u64) -> bool {
        self.total = total;
        let is_beyond_end = self.page > self.pages();
        self.page = self.page.min(self.pages());
        is_beyond_end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn invalid_parameters_are_ignored() {
        let query = Query::of(
            &TestRequest::with_uri("/audit?q=%20web1%20&page=-3&per_page=abc").to_http_request(),
        );
        assert_eq!(query.text("q"), "web1");
        let list = query.list("/audit", &["q", "kind"], 20);
        assert_eq!((list.page, list.per_page, list.offset()), (1, 20, 0));
        assert_eq!(list.params, [("q".to_owned(), "web1".to_owned())]);
    }

    #[test]
    fn the_page_size_is_limited() {
        for (sent, expected) in [("1", 5), ("5", 5), ("200", 200), ("100000", 200)] {
            let list = Query::parse(&format!("per_page={sent}")).list("/audit", &[], 20);
            assert_eq!(list.per_page, expected, "{sent}");
            assert_eq!(list.param("per_page"), expected.to_string(), "links keep the limited size");
        }
        assert!(Query::parse("per_page=20").list("/audit", &[], 20).params.is_empty());
    }

    #[test]
    fn a_page_beyond_the_end_becomes_the_last_page() {
        let query = Query::of(
            &TestRequest::with_uri("/audit?page=18446744073709551615&per_page=50")
                .to_http_request(),
        );
        let mut list = query.list("/audit", &[], 20);
        assert!(list.set_total(101));
        assert_eq!((list.page, list.offset()), (3, 100));
        assert!(!list.set_total(101));
        assert!(list.set_total(0));
        assert_eq!(list.page, 1);
    }
}
