//! MySQL databases.

use super::copy::{Draft, SeenKeys};
use super::report::{Kind, Notes};
use super::{Import, ImportError, texts, values};
use db::froxlor::{Row, tables};
use db::panel_import::{CopiedRow as _, Database};
use domain::id::MysqlServerId;
use domain::resources::Resource;

impl Import<'_> {
    pub(super) async fn import_databases(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::DATABASES).await?;
        let mut seen = SeenKeys::default();
        while let Some(rows) = self.next(&mut pages).await? {
            let drafts: Vec<Draft<Database>> =
                rows.iter().filter_map(|row| self.database(row)).collect();
            let mut servers: Vec<MysqlServerId> =
                drafts.iter().map(|draft| MysqlServerId(draft.row.mysql_server_id)).collect();
            servers.sort_unstable();
            servers.dedup();
            self.ensure_mysql_servers(&servers).await?;
            self.copy(tables::DATABASES.name, drafts, &mut seen).await?;
        }
        Ok(())
    }

    fn database(&mut self, row: &Row) -> Option<Draft<Database>> {
        let mut notes = Notes::default();
        self.customer_of(row)?;
        let name = row.text("databasename").trim().to_owned();
        if name.is_empty() || texts::is_unstorable(&name, 64) {
            self.report.skip(row.table(), row.id(), Kind::Unusable, values::quote(&name));
            return None;
        }
        let customer = row.number("customerid").unwrap_or(0);
        let server = row.number("dbserver").filter(|id| *id >= 0).unwrap_or(0);
        let new = Database {
            id: row.id(),
            customer_id: customer,
            mysql_server_id: server,
            name: name.clone(),
            description: texts::line("description", row.text("description"), 255, &mut notes),
        };
        let key = Database::full_key(&name, server);
        Some(Draft {
            id: row.id(),
            key,
            column: Some(name),
            row: new,
            notes,
            usage: Some((customer, &[Resource::Mysqls], 1)),
        })
    }
}
