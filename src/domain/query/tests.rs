//! Filters, orders and columns of lists.

use super::*;
use crate::column::{ColumnType, Columns};
use crate::resources::{Resource, Switch};

#[test]
fn statuses_are_parsed_from_their_code() {
    for (status, code) in
        [(Status::Active, "active"), (Status::Suspended, "suspended"), (Status::Locked, "locked")]
    {
        assert_eq!((status.code(), Status::parse(code)), (code, Some(status)));
    }
    assert_eq!((Status::parse(""), Status::parse("Active")), (None, None));
}

#[test]
fn a_filter_of_nothing_but_the_owner_is_a_scope() {
    let (own, other) = (AdminId(2), AdminId(3));
    let owned = |owner| Filter { owner: Some(owner), ..Filter::default() };
    let (all, reseller, one) =
        (Scope::All, Scope::OwnedBy(own), Scope::Only(crate::id::CustomerId(7)));
    for (filter, scope, expected) in [
        (Filter::default(), all, Some(all)),
        (Filter::default(), reseller, Some(reseller)),
        (Filter::default(), one, Some(one)),
        (owned(own), all, Some(reseller)),
        (owned(own), reseller, Some(reseller)),
        (owned(other), reseller, None),
        (owned(own), one, None),
        (Filter { status: Some(Status::Active), ..Filter::default() }, all, None),
        (Filter { words: vec!["lee".to_owned()], ..owned(own) }, all, None),
    ] {
        assert_eq!(filter.as_scope(scope), expected, "{filter:?} in {scope:?}");
    }
}

#[test]
fn the_id_decides_between_equal_rows() {
    use Direction::{Ascending, Descending};
    let (name, id, created) = (Column::LoginName, Column::Id, Column::Created);
    for (order, total) in [
        (vec![], vec![(id, Ascending)]),
        (vec![(name, Descending)], vec![(name, Descending), (id, Descending)]),
        (
            vec![(name, Descending), (created, Ascending)],
            vec![(name, Descending), (created, Ascending), (id, Ascending)],
        ),
        (vec![(id, Descending), (name, Ascending)], vec![(id, Descending), (name, Ascending)]),
    ] {
        assert_eq!(total_order(&order), total, "{order:?}");
    }
    assert_eq!((Ascending.reversed(), Descending.reversed()), (Descending, Ascending));
}

/// Asserts that every column is found by its name, with and without the prefix of its table.
fn assert_columns_are_found<C: Field + std::fmt::Debug>() {
    for column in C::all() {
        let name = column.name();
        let foreign = C::FOREIGN.iter().any(|(_, known)| *known == name);
        assert_eq!(C::parse(&name.to_ascii_uppercase()), Some(column), "{name}");
        if !foreign {
            assert_eq!(C::parse(&format!("{}{name}", C::PREFIX)), Some(column), "{name}");
        }
    }
    for unknown in ["", "password", "x.loginname", "c.password"] {
        assert_eq!(C::parse(unknown), None, "{unknown}");
    }
}

#[test]
fn columns_are_found_by_name() {
    assert_columns_are_found::<Column>();
    assert_columns_are_found::<AdminColumn>();
    assert_columns_are_found::<PlanColumn>();
    for (name, customers, admins, plans) in [
        ("a.loginname", Some("adminname"), Some("loginname"), Some("adminname")),
        ("A.AdminId", Some("adminid"), Some("adminid"), Some("adminid")),
        ("a.name", None, Some("name"), None),
        ("p.name", None, None, Some("name")),
        ("c.name", Some("name"), None, None),
    ] {
        assert_eq!(
            (
                Column::parse(name).map(Columns::name),
                AdminColumn::parse(name).map(Columns::name),
                PlanColumn::parse(name).map(Columns::name),
            ),
            (customers, admins, plans),
            "{name}"
        );
    }
}

#[test]
fn resources_and_switches_are_columns() {
    for (name, column, kind) in [
        ("traffic", Column::Limit(LimitOf(Resource::Traffic)), ColumnType::Limit(1 << 30)),
        ("traffic_used", Column::Used(UsageOf(Resource::Traffic)), ColumnType::Size(1 << 30)),
        ("emails", Column::Limit(LimitOf(Resource::Emails)), ColumnType::Limit(1)),
        ("phpenabled", Column::Switch(Switch::Php), ColumnType::Flag),
        ("imap", Column::Switch(Switch::Imap), ColumnType::Flag),
    ] {
        assert_eq!((Column::parse(name), column.kind()), (Some(column), kind), "{name}");
    }
}
