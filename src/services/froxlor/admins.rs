//! Admins and resellers.

use super::report::{Kind, Notes};
use super::{Import, ImportError, texts, values};
use db::froxlor::{Row, tables};
use db::panel_import::{self, ExistingAccount, ExistingRow, ImportedAdmin};
use domain::admin::{AdminProfile, AssignableQuota};
use domain::grants::Grants;
use domain::id::AdminId;
use domain::login_name::LoginName;
use domain::resources::Resource;
use std::collections::HashSet;

impl Import<'_> {
    /// Removes the admin that the first start created, if an imported admin has the same id or
    /// login name. Nobody has used that admin, and they own nothing.
    pub(super) async fn first_admin(&mut self) -> Result<(), ImportError> {
        let Some(first) = panel_import::unused_first_admin(self.cmd.tx).await? else {
            return Ok(());
        };
        if self.first_server_admin.is_none() {
            return Ok(());
        }
        let mut after = i64::MIN;
        loop {
            let rows = self.source.page(&tables::ADMIN_NAMES, "", after, super::PAGE).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id();
            for row in &rows {
                let name = self.login_names.of(row, &mut Notes::default()).key();
                let email = row.text("email").trim().to_lowercase();
                let is_same = row.id() == first.id.0
                    && name == first.login_name.key()
                    && email == first.profile.email.key();
                if is_same {
                    return Ok(());
                }
                if row.id() == first.id.0 || name == first.login_name.key() {
                    db::admins::remove(self.cmd.tx, &first).await?;
                    self.report.first_admin_replaced = true;
                    return Ok(());
                }
            }
        }
    }

    pub(super) async fn admins(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::ADMINS).await?;
        let mut emails = HashSet::new();
        while let Some(rows) = self.next(&mut pages).await? {
            let mut found: Vec<(Row, ImportedAdmin, Notes)> = Vec::with_capacity(rows.len());
            for row in rows {
                let mut notes = Notes::default();
                let admin = self.admin(&row, &mut emails, &mut notes);
                found.push((row, admin, notes));
            }
            let ids: Vec<i64> = found.iter().map(|(row, ..)| row.id()).collect();
            let login_names: Vec<String> =
                found.iter().map(|(_, admin, _)| admin.login_name.key()).collect();
            let keys: Vec<String> =
                found.iter().map(|(_, admin, _)| admin.profile.email.key()).collect();
            let existing = panel_import::admins(self.cmd.tx, &ids).await?;
            let named = panel_import::logins(self.cmd.tx, &login_names).await?;
            let mailed = panel_import::admin_emails(self.cmd.tx, &keys).await?;
            let new = self.new_admins(found, &existing, &named, &mailed);
            let logins = panel_import::insert_admins(self.cmd.tx, &new, self.cmd.at).await?;
            self.admins.extend(logins.into_iter().map(|(id, login)| (id.0, login)));
        }
        Ok(())
    }

    fn new_admins(
        &mut self,
        read: Vec<(Row, ImportedAdmin, Notes)>,
        existing: &[ExistingAccount],
        named: &[ExistingRow],
        mailed: &[ExistingRow],
    ) -> Vec<ImportedAdmin> {
        let mut new = Vec::new();
        for (row, admin, notes) in read {
            let (name, email) = (admin.login_name.key(), admin.profile.email.key());
            if let Some(existing) = existing.iter().find(|account| account.id == row.id()) {
                // Recorded even for a conflict: otherwise the admin's rows would get another owner.
                self.admins.insert(row.id(), existing.login);
                if existing.name_key == name {
                    self.report.counts(row.table()).existing += 1;
                } else {
                    self.report.conflict(
                        row.table(),
                        row.id(),
                        format!("this id already belongs to {} here", existing.name_key),
                    );
                }
            } else if named.iter().any(|login| login.key == name) {
                let detail = format!("the login name {name} is taken here");
                self.report.conflict(row.table(), row.id(), detail);
                new.push(stand_in(admin));
            } else if mailed.iter().any(|admin| admin.key == email) {
                let detail = format!("the email address {email} belongs to another admin here");
                self.report.conflict(row.table(), row.id(), detail);
                new.push(stand_in(admin));
            } else {
                self.report.counts(row.table()).new += 1;
                self.report.take(row.table(), row.id(), notes);
                self.stored.insert(admin.id, stored_counters(&row));
                new.push(admin);
            }
        }
        new
    }

    fn admin(&self, row: &Row, emails: &mut HashSet<String>, notes: &mut Notes) -> ImportedAdmin {
        let login_name = self.login_names.of(row, notes);
        let mut email = texts::email(row.text("email"), login_name.as_str(), notes);
        if !emails.insert(email.key()) {
            notes.note(
                Kind::EmailReplaced,
                format!("{} belongs to another admin, too", values::shown(email.as_str())),
            );
            email = texts::nobody(login_name.as_str());
            emails.insert(email.key());
        }
        if !matches!(row.text("ip").trim(), "" | "-1" | "[]") {
            notes.note(Kind::AddressRule, "");
        }
        values::note_second_factor(row, notes);
        values::note_clipped(row, Resource::Diskspace.name(), notes);
        ImportedAdmin {
            id: AdminId(row.id()),
            profile: AdminProfile {
                name: texts::line("name", row.text("name"), 255, notes),
                email,
                language: values::language(row, self.settings.default_language(), notes),
                theme: values::theme(row, self.settings.default_theme(), notes),
                gui_access: row.flag("gui_access", true),
                api_allowed: row.flag("api_allowed", true),
                notes: texts::long("custom_notes", row.text("custom_notes"), notes),
                notes_shown: row.flag("custom_notes_show", false),
                customers_see_all: row.flag("customers_see_all", false),
                change_serversettings: row.flag("change_serversettings", false),
                caneditphpsettings: row.flag("caneditphpsettings", false),
                quota: AssignableQuota {
                    customers: values::count(row, "customers", notes),
                    domains: values::count(row, "domains", notes),
                    limits: values::limits(row, notes),
                },
                // Froxlor has no such lists: its admins may assign everything.
                grants: Grants::ALL,
            },
            suspended: row.flag("deactivated", false),
            password_hash: values::password_hash(row, notes),
            sign_in: values::sign_in(row, self.cmd.at, notes),
            login_name,
        }
    }
}

/// Returns the admin under a login name and an email address that no account can have. Plans,
/// customers and API keys refer to their admin by a foreign key, and only rows that are written are
/// checked for conflicts of their own. The conflict of the admin rolls all of them back.
fn stand_in(mut admin: ImportedAdmin) -> ImportedAdmin {
    admin.login_name = LoginName::stored(format!("conflict {}", admin.id.0));
    admin.profile.email = texts::nobody(admin.login_name.as_str());
    admin
}

/// Returns Froxlor's counters of an admin. Traffic is left out: Froxlor counts transferred traffic,
/// Clientele assigned traffic.
fn stored_counters(row: &Row) -> Vec<(String, i64)> {
    let resources = Resource::ALL.into_iter().filter(|resource| *resource != Resource::Traffic);
    let mut counters: Vec<(String, i64)> = resources
        .map(|resource| {
            let column = format!("{}_used", resource.name());
            let stored = values::stored(row, &column, values::unit(resource));
            (column, stored)
        })
        .collect();
    for column in ["customers_used", "domains_used"] {
        counters.push((column.to_owned(), values::stored(row, column, 1)));
    }
    counters
}
