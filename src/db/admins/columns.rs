//! Which columns stand behind the names that lists of admins are asked by.

use crate::entities::{admin, login};
use domain::query::AdminColumn;
use sea_orm::sea_query::{Expr, SimpleExpr};

/// What a column is sorted by: login names in natural order.
pub(super) fn sorted(column: AdminColumn) -> SimpleExpr {
    match column {
        AdminColumn::LoginName => Expr::col((admin::Entity, admin::Column::LoginSort)),
        column => compared(column),
    }
}

/// What a column is compared by.
pub(super) fn compared(column: AdminColumn) -> SimpleExpr {
    use AdminColumn as A;
    use admin::Column as C;
    let column = match column {
        A::LastSignIn => return Expr::col((login::Entity, login::Column::LastSignInAt)),
        A::LastFailure => return Expr::col((login::Entity, login::Column::LastFailedAt)),
        A::Failures => return Expr::col((login::Entity, login::Column::FailedCount)),
        A::Id => C::Id,
        A::LoginName => C::LoginName,
        A::Name => C::Name,
        A::Email => C::Email,
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
        A::Diskspace => C::Diskspace,
        A::DiskspaceUsed => C::DiskspaceUsed,
        A::Traffic => C::Traffic,
        A::TrafficUsed => C::TrafficUsed,
        A::Subdomains => C::Subdomains,
        A::SubdomainsUsed => C::SubdomainsUsed,
        A::Emails => C::Emails,
        A::EmailsUsed => C::EmailsUsed,
        A::EmailAccounts => C::EmailAccounts,
        A::EmailAccountsUsed => C::EmailAccountsUsed,
        A::EmailForwarders => C::EmailForwarders,
        A::EmailForwardersUsed => C::EmailForwardersUsed,
        A::EmailQuota => C::EmailQuota,
        A::EmailQuotaUsed => C::EmailQuotaUsed,
        A::Ftps => C::Ftps,
        A::FtpsUsed => C::FtpsUsed,
        A::Mysqls => C::Mysqls,
        A::MysqlsUsed => C::MysqlsUsed,
        A::Created => C::CreatedAt,
    };
    Expr::col((admin::Entity, column))
}
