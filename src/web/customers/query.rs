//! Reads the query string of the customer list. The list and the export share this code, so that
//! both return the same rows.

use crate::query::Query;
use crate::table::ListState;
use auth::actor::Manager;
use domain::account::Language;
use domain::column::Columns as _;
use domain::contact::ContactColumn;
use domain::id::{AdminId, PlanId};
use domain::query::{
    Column, Direction, Field as _, Filter, LimitOf, Status, UsageOf, parse_search,
};
use domain::resources::Resource;
use domain::validation::ValidationError;
use services::{Outcome, View, customers, plans};
use std::sync::Arc;

/// Columns that the list can be sorted by.
const SORTABLE: [Column; 16] = [
    Column::Contact(ContactColumn::Name),
    Column::LoginName,
    Column::OwnerName,
    Column::Contact(ContactColumn::Email),
    Column::Plan,
    Column::Used(UsageOf(Resource::Diskspace)),
    Column::Used(UsageOf(Resource::Traffic)),
    Column::Limit(LimitOf(Resource::Diskspace)),
    Column::Limit(LimitOf(Resource::Traffic)),
    Column::Suspended,
    Column::LastSignIn,
    Column::Created,
    Column::Contact(ContactColumn::Company),
    Column::Contact(ContactColumn::City),
    Column::Contact(ContactColumn::CustomerNumber),
    Column::Guid,
];

/// Parameters that links within the list keep.
const KEPT_PARAMS: [&str; 5] = ["q", "status", "owner", "plan", "language"];

/// A parsed query string.
#[derive(Clone, Debug)]
pub struct ListQuery {
    pub filter: Filter,
    pub order: (Column, Direction),
    /// Position in the list; the total is not known yet.
    pub state: ListState,
    /// The search text as it was entered.
    pub search: String,
    /// Errors in the search text.
    pub errors: Vec<ValidationError>,
}

/// Values that decide how a query string is read.
pub struct QueryContext<'a> {
    /// Owners that can be filtered by; `None` for managers who see only their own customers.
    pub owners: Option<&'a [(AdminId, String)]>,
    /// Default number of rows on a page.
    pub page_size: u64,
    /// Language of the user, which decides how numbers in the search text are parsed.
    pub language: Language,
}

/// Maximum number of entries in a select. A longer select is slow to load, so the page has a text
/// field instead.
const MAX_OPTIONS: usize = 100;

/// Owners to select from.
#[derive(Default)]
pub struct Owners {
    /// All owners or, if they are too many, only the owner in the query string.
    pub known: Arc<Vec<(AdminId, String)>>,
    /// Whether there are more owners than a select may have, so that some are missing.
    pub is_truncated: bool,
}

/// Returns the owners that a query string may name.
pub async fn owners(view: View<'_>, by: &Manager, query: &Query) -> Outcome<Owners> {
    let known = customers::owners(view, by, MAX_OPTIONS as u64 + 1).await?;
    if known.len() <= MAX_OPTIONS {
        return Ok(Owners { known, is_truncated: false });
    }
    let known = match query.text("owner") {
        "" => None,
        text => customers::find_owner(view, by, text).await?,
    };
    Ok(Owners { known: Arc::new(known.into_iter().collect()), is_truncated: true })
}

/// Returns all plans in the manager's scope or, if they are too many, only the selected plan.
pub async fn plans(
    view: View<'_>,
    by: &Manager,
    query: &Query,
) -> Outcome<Arc<Vec<(PlanId, String)>>> {
    let known = plans::names(view, by, MAX_OPTIONS as u64 + 1).await?;
    if known.len() <= MAX_OPTIONS {
        return Ok(known);
    }
    let chosen = query.text("plan").parse().ok().map(PlanId);
    Ok(Arc::new(plans::names_of(view, chosen.as_slice()).await?.into_iter().collect()))
}

/// Reads the parameters of the list. An invalid search text is an error. Other invalid parameters
/// are ignored, except an owner or a plan: an unknown one matches no customer, because ignoring it
/// would show all customers as if they matched.
pub fn read(query: &Query, context: &QueryContext<'_>) -> ListQuery {
    let (filter, errors) = match parse_search(query.text("q"), Some(context.language)) {
        Ok(filter) => (filter, Vec::new()),
        Err(errors) => (Filter::default(), errors),
    };
    let filter = Filter {
        status: Status::parse(query.text("status")),
        owner: context
            .owners
            .filter(|_| !query.text("owner").is_empty())
            .map(|owners| owner(query.text("owner"), owners)),
        plan: Some(query.text("plan"))
            .filter(|text| !text.is_empty())
            .map(|text| PlanId(text.parse().unwrap_or(0))),
        language: Language::parse(query.text("language")).ok(),
        ..filter
    };
    let column = Column::parse(query.text("sort"))
        .filter(|column| SORTABLE.contains(column))
        .unwrap_or(Column::Contact(ContactColumn::Name));
    let direction = if query.text("dir").eq_ignore_ascii_case("desc") {
        Direction::Descending
    } else {
        Direction::Ascending
    };
    let mut state = query.list("/customers", &KEPT_PARAMS, context.page_size);
    let owners = context.owners.unwrap_or_default();
    if let Some(name) = filter.owner.and_then(|id| owner_name(id, owners)) {
        // Links name the owner by login name, also if the query string has the id.
        for (_, value) in state.params.iter_mut().filter(|(param, _)| param == "owner") {
            name.clone_into(value);
        }
    }
    column.name().clone_into(&mut state.sort);
    state.descending = direction == Direction::Descending;
    let search = query.text("q").to_owned();
    ListQuery { filter, order: (column, direction), state, search, errors }
}

/// Finds an owner by login name or id. Returns id 0, which no admin has, if there is none.
fn owner(text: &str, owners: &[(AdminId, String)]) -> AdminId {
    let by_id = |id: i64| owners.iter().find(|(known, _)| known.0 == id);
    let by_name = || owners.iter().find(|(_, name)| name.eq_ignore_ascii_case(text));
    text.parse().ok().and_then(by_id).or_else(by_name).map_or(AdminId(0), |(id, _)| *id)
}

fn owner_name(id: AdminId, owners: &[(AdminId, String)]) -> Option<&str> {
    owners.iter().find(|(known, _)| *known == id).map(|(_, name)| name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(query: &str) -> ListQuery {
        read(
            &Query::parse(query),
            &QueryContext {
                owners: Some(&[(AdminId(7), "anna".to_owned())]),
                page_size: 20,
                language: Language::En,
            },
        )
    }

    #[test]
    fn missing_parameters_have_defaults() {
        let query = query("");
        assert_eq!(query.order, (Column::Contact(ContactColumn::Name), Direction::Ascending));
        assert_eq!((query.state.page, query.state.per_page), (1, 20));
        assert_eq!(query.filter, Filter::default());
        assert!(query.state.params.is_empty());
    }

    #[test]
    fn invalid_parameters_are_ignored_or_limited() {
        let query =
            query("sort=password&dir=sideways&page=-3&per_page=100000&status=odd&language=xx");
        assert_eq!(query.order, (Column::Contact(ContactColumn::Name), Direction::Ascending));
        assert_eq!((query.state.page, query.state.per_page), (1, 200));
        assert_eq!(query.filter, Filter::default());
    }

    #[test]
    fn filters_are_read_and_kept_in_links() {
        let query = query(
            "q=city:k%C3%B6ln&owner=ANNA&plan=3&status=locked&language=de&sort=c.email&dir=desc&page=2",
        );
        assert_eq!(query.filter.owner, Some(AdminId(7)));
        assert_eq!(query.filter.plan, Some(PlanId(3)));
        assert_eq!(query.filter.status, Some(Status::Locked));
        assert_eq!(query.filter.language, Some(Language::De));
        assert_eq!(query.filter.conditions.len(), 1);
        assert_eq!(query.order, (Column::Contact(ContactColumn::Email), Direction::Descending));
        assert!(query.state.page_href(2).contains("owner=anna"));
    }

    #[test]
    fn an_unknown_owner_or_plan_matches_no_customer() {
        assert_eq!(query("owner=nobody").filter.owner, Some(AdminId(0)));
        assert_eq!(query("owner=7").state.param("owner"), "anna");
        assert_eq!(query("plan=gold").filter.plan, Some(PlanId(0)));
        let known = QueryContext { owners: None, page_size: 20, language: Language::En };
        assert_eq!(read(&Query::parse("owner=7"), &known).filter.owner, None);
    }

    #[test]
    fn an_invalid_search_is_reported() {
        let codes =
            |text| query(text).errors.iter().map(|error| error.code.as_str()).collect::<Vec<_>>();
        assert_eq!(codes("q=nosuch:1"), ["search-field-unknown"]);
        assert_eq!(codes("q=nosuch:1+x+other:2"), ["search-field-unknown"; 2]);
        assert_eq!(codes("q=city:Bonn"), [""; 0]);
    }
}
