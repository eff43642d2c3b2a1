//! Customers, with their contact data, limits and services.

use super::numbers::Guids;
use super::report::{Kind, Notes};
use super::{CustomerFacts, Import, ImportError, texts, values};
use db::admins::Reservation;
use db::froxlor::{Row, tables};
use db::panel_import::{self, ExistingAccount, ExistingRow, ImportedCustomer};
use domain::customer::Profile;
use domain::id::{CustomerId, MysqlServerId, PhpConfigId};
use domain::login_name::LoginName;
use domain::quota::Quota;
use domain::resources::{Amounts, Resource, Services};
use std::collections::HashMap;

/// Rows that already exist here for the customers of a page.
struct Existing {
    accounts: HashMap<i64, ExistingAccount>,
    names: HashMap<String, i64>,
    /// Customer ids by UNIX id.
    guids: HashMap<i64, i64>,
}

impl Import<'_> {
    pub(super) async fn import_customers(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::CUSTOMERS).await?;
        let mut guids = Guids::default();
        while let Some(rows) = self.next(&mut pages).await? {
            let existing = self.find_existing(&rows).await?;
            let mut new = Vec::new();
            for row in rows {
                let mut notes = Notes::default();
                let login_name = self.login_names.of(&row, &mut notes);
                if self.exists_or_conflicts(&row, &login_name, &existing) {
                    guids.add(self.customers.get(&row.id()).map_or(0, |known| known.old_guid));
                    continue;
                }
                let guid =
                    self.assign_guid(&mut guids, row.number("guid").unwrap_or(0), &mut notes);
                let Some(customer) = self.customer(&row, login_name, guid, &mut notes) else {
                    self.exclude(
                        &row,
                        "it has no owner, and no server admin exists to own it".to_owned(),
                    );
                    continue;
                };
                if let Some(other) = existing.guids.get(&guid) {
                    self.exclude(
                        &row,
                        format!(
                            "the UNIX id {guid} belongs to the customer with the id {other} here"
                        ),
                    );
                    continue;
                }
                self.ensure_php_configs(&customer.profile.services.php_configs).await?;
                self.ensure_mysql_servers(&customer.profile.mysql_servers).await?;
                self.report.counts(row.table()).new += 1;
                self.report.add_notes(row.table(), row.id(), notes);
                self.count_assigned(&customer);
                self.customers.insert(row.id(), known(&row, &customer));
                new.push(customer);
            }
            let logins = panel_import::insert_customers(self.cmd.tx, &new, self.cmd.at).await?;
            for (id, login) in logins {
                if let Some(known) = self.customers.get_mut(&id.0) {
                    known.login = login;
                }
            }
        }
        Ok(())
    }

    async fn find_existing(&self, rows: &[Row]) -> Result<Existing, ImportError> {
        let ids: Vec<i64> = rows.iter().map(Row::id).collect();
        let names: Vec<String> =
            rows.iter().map(|row| self.login_names.of(row, &mut Notes::default()).key()).collect();
        let guids: Vec<i64> = rows.iter().filter_map(|row| row.number("guid")).collect();
        let accounts = panel_import::customers(self.cmd.tx, &ids).await?;
        let names = panel_import::logins(self.cmd.tx, &names).await?;
        let guids = panel_import::guids(self.cmd.tx, &guids).await?;
        Ok(Existing {
            accounts: accounts.into_iter().map(|account| (account.id, account)).collect(),
            names: names.into_iter().map(|ExistingRow { id, key }| (key, id)).collect(),
            guids: guids.into_iter().map(|(id, guid)| (guid, id)).collect(),
        })
    }

    /// Returns whether the customer is not to be added: it exists already, or is a conflict.
    fn exists_or_conflicts(&mut self, row: &Row, login_name: &LoginName, all: &Existing) -> bool {
        let name = login_name.key();
        match all.accounts.get(&row.id()) {
            Some(existing) if existing.name_key == name => {
                self.report.counts(row.table()).existing += 1;
                self.customers.insert(row.id(), known_before(row, existing));
            }
            Some(existing) => {
                self.exclude(row, format!("this id already belongs to {} here", existing.name_key));
            }
            None if all.names.contains_key(&name) => {
                self.exclude(row, format!("the login name {name} is taken here"));
            }
            None => return false,
        }
        true
    }

    /// Records a conflict, and excludes all rows of the customer.
    fn exclude(&mut self, row: &Row, detail: String) {
        self.report.add_conflict(row.table(), row.id(), detail);
        let nobody = ExistingAccount {
            id: row.id(),
            login: 0,
            name_key: String::new(),
            guid: 0,
            owner: 0,
            suspended: false,
        };
        self.customers
            .insert(row.id(), CustomerFacts { is_excluded: true, ..known_before(row, &nobody) });
    }

    fn customer(
        &self,
        row: &Row,
        login_name: LoginName,
        guid: i64,
        notes: &mut Notes,
    ) -> Option<ImportedCustomer> {
        let owner = self.owner(row.number("adminid").unwrap_or(0), notes)?;
        let services = services(row, notes);
        values::note_second_factor(row, notes);
        let profile = Profile {
            contact: texts::contact(row, login_name.as_str(), notes),
            language: values::language(row, self.settings.default_language(), notes),
            theme: values::theme(row, self.settings.default_theme(), notes),
            gui_access: row.flag("gui_access", true),
            api_allowed: row.flag("api_allowed", true),
            shell_allowed: row.flag("shell_allowed", false),
            notes: texts::multiline("custom_notes", row.text("custom_notes"), notes),
            notes_shown: row.flag("custom_notes_show", false),
            mysql_servers: mysql_servers(row, services.limits[Resource::Mysqls], notes),
            services,
            // Froxlor does not store the plan of a customer (docs/compatibility.md#d27).
            plan: None,
        };
        Some(ImportedCustomer {
            id: CustomerId(row.id()),
            owner,
            profile,
            guid,
            document_root: self.home(row, &login_name, notes),
            suspended: row.flag("deactivated", false),
            password_hash: values::password_hash(row, notes),
            sign_in: values::sign_in_history(row, self.cmd.at, notes),
            login_name,
        })
    }

    fn home(&self, row: &Row, login_name: &LoginName, notes: &mut Notes) -> String {
        texts::path(row.text("documentroot")).unwrap_or_else(|| {
            notes.note(Kind::Home, values::quote(row.text("documentroot")));
            format!("{}/", self.cmd.env.homes_dir.join(login_name.as_str()).display())
        })
    }

    /// Counts the customer's limits as assigned by the owner.
    fn count_assigned(&mut self, customer: &ImportedCustomer) {
        let reservation: &mut Reservation = self.assigned.entry(customer.owner).or_default();
        reservation.customers += 1;
        for (resource, n) in Amounts::finite(&customer.profile.services.limits).iter() {
            reservation.reserved[resource] += n;
        }
    }
}

fn services(row: &Row, notes: &mut Notes) -> Services {
    let php = values::ids("allowed_phpconfigs", row.text("allowed_phpconfigs"), notes);
    Services {
        limits: values::limits(row, notes),
        imap: row.flag("imap", true),
        pop3: row.flag("pop3", true),
        php: row.flag("phpenabled", true),
        perl: row.flag("perlenabled", false),
        dns: row.flag("dnsenabled", false),
        log_view: row.flag("logviewenabled", false),
        php_configs: php.into_iter().filter(|id| *id > 0).map(PhpConfigId).collect(),
    }
}

/// Returns the MySQL servers of a customer. Without a list, customers who may have databases get
/// the default server.
fn mysql_servers(row: &Row, databases: Quota, notes: &mut Notes) -> Vec<MysqlServerId> {
    let ids = values::ids("allowed_mysqlserver", row.text("allowed_mysqlserver"), notes);
    if ids.is_empty() && databases != Quota::NONE {
        return vec![MysqlServerId(0)];
    }
    ids.into_iter().map(MysqlServerId).collect()
}

fn known(row: &Row, customer: &ImportedCustomer) -> CustomerFacts {
    let mut stored = [0; 9];
    for (resource, stored) in Resource::ALL.into_iter().zip(&mut stored) {
        *stored = values::stored_counter(
            row,
            &format!("{}_used", resource.name()),
            values::unit(resource),
        );
    }
    CustomerFacts {
        owner: customer.owner,
        login: 0,
        name: row.text("loginname").trim().to_lowercase().into(),
        guid: customer.guid,
        old_guid: row.number("guid").unwrap_or(0),
        suspended: customer.suspended,
        imap: customer.profile.services.imap,
        pop3: customer.profile.services.pop3,
        standard: row.number("standardsubdomain").unwrap_or(0),
        has_standard: false,
        has_default_ftp: false,
        is_new: true,
        is_excluded: false,
        added_usage: Amounts::default(),
        measured: None,
        last_measured: i64::MIN,
        stored,
    }
}

fn known_before(row: &Row, existing: &ExistingAccount) -> CustomerFacts {
    CustomerFacts {
        owner: domain::id::AdminId(existing.owner),
        login: existing.login,
        name: row.text("loginname").trim().to_lowercase().into(),
        guid: existing.guid,
        old_guid: row.number("guid").unwrap_or(0),
        suspended: row.flag("deactivated", false),
        imap: row.flag("imap", true),
        pop3: row.flag("pop3", true),
        standard: row.number("standardsubdomain").unwrap_or(0),
        has_standard: true,
        has_default_ftp: true,
        is_new: false,
        is_excluded: false,
        added_usage: Amounts::default(),
        measured: None,
        last_measured: i64::MIN,
        stored: [0; 9],
    }
}
