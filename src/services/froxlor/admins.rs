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
    /// Removes the admin that the first start created, if they are unused, own nothing, and have
    /// the id or login name of another admin in Froxlor. Keeps them if no server admin is imported.
    pub(super) async fn remove_first_admin(&mut self) -> Result<(), ImportError> {
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

    pub(super) async fn import_admins(&mut self) -> Result<(), ImportError> {
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
            let email_keys: Vec<String> =
                found.iter().map(|(_, admin, _)| admin.profile.email.key()).collect();
            let same_id = panel_import::admins(self.cmd.tx, &ids).await?;
            let same_login_name = panel_import::logins(self.cmd.tx, &login_names).await?;
            let same_email = panel_import::admin_emails(self.cmd.tx, &email_keys).await?;
            let new = self.new_admins(found, &same_id, &same_login_name, &same_email);
            let logins = panel_import::insert_admins(self.cmd.tx, &new, self.cmd.at).await?;
            self.admins.extend(logins.into_iter().map(|(id, login)| (id.0, login)));
        }
        Ok(())
    }

    /// Counts and reports admins that were read, and returns those to be inserted.
    fn new_admins(
        &mut self,
        found: Vec<(Row, ImportedAdmin, Notes)>,
        same_id: &[ExistingAccount],
        same_login_name: &[ExistingRow],
        same_email: &[ExistingRow],
    ) -> Vec<ImportedAdmin> {
        let mut new = Vec::new();
        for (row, admin, notes) in found {
            let (name, email) = (admin.login_name.key(), admin.profile.email.key());
            if let Some(existing) = same_id.iter().find(|account| account.id == row.id()) {
                // Recorded even for a conflict: otherwise the admin's rows would get another owner.
                self.admins.insert(row.id(), existing.login);
                if existing.name_key == name {
                    self.report.counts(row.table()).existing += 1;
                } else {
                    self.report.add_conflict(
                        row.table(),
                        row.id(),
                        format!("this id already belongs to {} here", existing.name_key),
                    );
                }
            } else if same_login_name.iter().any(|login| login.key == name) {
                let detail = format!("the login name {name} is taken here");
                self.report.add_conflict(row.table(), row.id(), detail);
                new.push(placeholder(admin));
            } else if same_email.iter().any(|admin| admin.key == email) {
                let detail = format!("the email address {email} belongs to another admin here");
                self.report.add_conflict(row.table(), row.id(), detail);
                new.push(placeholder(admin));
            } else {
                self.report.counts(row.table()).new += 1;
                self.report.add_notes(row.table(), row.id(), notes);
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
                format!("{} belongs to another admin, too", values::quote(email.as_str())),
            );
            email = texts::placeholder_email(login_name.as_str());
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
                notes: texts::multiline("custom_notes", row.text("custom_notes"), notes),
                notes_shown: row.flag("custom_notes_show", false),
                customers_see_all: row.flag("customers_see_all", false),
                change_serversettings: row.flag("change_serversettings", false),
                caneditphpsettings: row.flag("caneditphpsettings", false),
                quota: AssignableQuota {
                    customers: values::count(row, "customers", notes),
                    domains: values::count(row, "domains", notes),
                    limits: values::limits(row, notes),
                },
                // Froxlor has no grants: its admins may assign everything.
                grants: Grants::ALL,
            },
            suspended: row.flag("deactivated", false),
            password_hash: values::password_hash(row, notes),
            sign_in: values::sign_in_history(row, self.cmd.at, notes),
            login_name,
        }
    }
}

/// Returns the admin with a login name and an email address that no account can have. Plans,
/// customers and API keys refer to their admin by a foreign key. They are written to find their own
/// conflicts, although the conflict of the admin rolls back all of them.
fn placeholder(mut admin: ImportedAdmin) -> ImportedAdmin {
    admin.login_name = LoginName::stored(format!("conflict {}", admin.id.0));
    admin.profile.email = texts::placeholder_email(admin.login_name.as_str());
    admin
}

/// Returns Froxlor's counters of an admin. Traffic is left out: Froxlor counts transferred traffic,
/// Clientele assigned traffic.
fn stored_counters(row: &Row) -> Vec<(String, i64)> {
    let resources = Resource::ALL.into_iter().filter(|resource| *resource != Resource::Traffic);
    let mut counters: Vec<(String, i64)> = resources
        .map(|resource| {
            let column = format!("{}_used", resource.name());
            let stored = values::stored_counter(row, &column, values::unit(resource));
            (column, stored)
        })
        .collect();
    for column in ["customers_used", "domains_used"] {
        counters.push((column.to_owned(), values::stored_counter(row, column, 1)));
    }
    counters
}
