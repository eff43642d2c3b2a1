//! Maps the columns of admin lists to SQL expressions.

use crate::entities::{admin, login};
use domain::query::{AdminColumn, LimitOf, UsageOf};
use sea_orm::sea_query::{Expr, SimpleExpr};

/// Returns the expression that lists are sorted by. Login names sort in natural order.
pub(super) fn sort_column(column: AdminColumn) -> SimpleExpr {
    match column {
        AdminColumn::LoginName => Expr::col((admin::Entity, admin::Column::LoginSort)),
        AdminColumn::Email => Expr::col((admin::Entity, admin::Column::Email)),
        column => compare_column(column),
    }
}

/// Returns the expression that conditions compare.
pub(super) fn compare_column(column: AdminColumn) -> SimpleExpr {
    use AdminColumn as A;
    use admin::Column as C;
    let column = match column {
        A::LastSignIn => return Expr::col((login::Entity, login::Column::LastSignInAt)),
        A::LastFailure => return Expr::col((login::Entity, login::Column::LastFailedAt)),
        A::Failures => return Expr::col((login::Entity, login::Column::FailedCount)),
        A::Id => C::Id,
        A::LoginName => C::LoginName,
        A::Name => C::Name,
        A::Email => C::EmailKey,
        A::Language => C::Language,
        A::Theme => C::Theme,
        A::Notes => C::Notes,
        A::NotesShown => C::NotesShown,
        A::SeesAll => C::CustomersSeeAll,
        A::ChangesSettings => C::ChangeServersettings,
        A::EditsPhp => C::Caneditphpsettings,
        A::Suspended => C::Suspended,
        A::ApiAllowed => C::ApiAllowed,
        A::GuiAccess => C::GuiAccess,
        A::Customers => C::Customers,
        A::CustomersUsed => C::CustomersUsed,
        A::Domains => C::Domains,
        A::DomainsUsed => C::DomainsUsed,
        A::Limit(LimitOf(resource)) => C::limit(resource),
        A::Used(UsageOf(resource)) => C::usage(resource),
        A::Created => C::CreatedAt,
    };
    Expr::col((admin::Entity, column))
}
