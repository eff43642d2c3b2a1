//! Reads the login names of all accounts before the first account is written.

use super::login_names::assign;
use super::numbers::start_of_numbering;
use super::{Import, ImportError};
use db::froxlor::tables;
use domain::id::AdminId;

impl Import<'_> {
    /// Reads all login names, the first server admin, and the UNIX id from which the numbering
    /// continues.
    pub(super) async fn read_login_names(&mut self) -> Result<(), ImportError> {
        let mut accounts = Vec::new();
        let mut server_admins = Vec::new();
        let mut largest_guid = start_of_numbering(self.last_numbers.0);
        for table in [&tables::ADMIN_NAMES, &tables::CUSTOMER_NAMES] {
            let mut after = i64::MIN;
            loop {
                let rows = self.source.page(table, "", after, super::PAGE * 10).await?;
                let Some(last) = rows.last() else { break };
                after = last.id();
                for row in &rows {
                    accounts.push((table.name, row.id(), row.text("loginname").to_owned()));
                    largest_guid =
                        largest_guid.max(start_of_numbering(row.number("guid").unwrap_or(0)));
                    if row.flag("change_serversettings", false) {
                        server_admins.push((row.flag("deactivated", false), row.id()));
                    }
                }
            }
        }
        self.login_names = assign(&accounts);
        // Admins who can sign in come first.
        server_admins.sort_unstable();
        self.first_server_admin = server_admins.first().map(|(_, id)| AdminId(*id));
        self.init_guids(largest_guid).await
    }
}
