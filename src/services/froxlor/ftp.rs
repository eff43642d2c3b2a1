//! FTP users and groups.

use super::copy::{Draft, SeenKeys};
use super::report::{Kind, Notes};
use super::{Import, ImportError, texts, values};
use db::froxlor::{Row, tables};
use db::ftp::NO_SHELL;
use db::panel_import::{FtpGroup, FtpUser};
use domain::resources::Resource;

impl Import<'_> {
    pub(super) async fn import_ftp_users(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::FTP_USERS).await?;
        let mut seen = SeenKeys::default();
        while let Some(rows) = self.next(&mut pages).await? {
            let drafts = rows.iter().filter_map(|row| self.ftp_user(row)).collect();
            self.copy(tables::FTP_USERS.name, drafts, &mut seen).await?;
        }
        Ok(())
    }

    fn ftp_user(&mut self, row: &Row) -> Option<Draft<FtpUser>> {
        let mut notes = Notes::default();
        let at = self.cmd.at;
        let known = self.customer_of(row)?;
        let username = row.text("username").trim().to_owned();
        let is_default = username.to_lowercase() == *known.name;
        let (is_suspended, guid, old_guid) = (known.suspended, known.guid, known.old_guid);
        let mut unix = |column: &str| unix_id(row, column, guid, old_guid, &mut notes);
        let unix_ids = (unix("uid"), unix("gid"));
        let customer = row.number("customerid").unwrap_or(0);
        if username.is_empty() || texts::is_unstorable(&username, 255) {
            self.report.skip(row.table(), row.id(), Kind::Unusable, values::quote(&username));
            return None;
        }
        if is_default && let Some(known) = self.customers.get_mut(&customer) {
            known.has_default_ftp = true;
        }
        let home_dir = texts::path(row.text("homedir")).unwrap_or_else(|| {
            notes.note(Kind::Home, format!("{} is now empty", values::quote(row.text("homedir"))));
            String::new()
        });
        let shell = texts::path(row.text("shell")).unwrap_or_else(|| {
            if !row.text("shell").trim().is_empty() {
                let old = values::quote(row.text("shell"));
                notes.note(Kind::Text, format!("shell {old} is now {NO_SHELL}"));
            }
            NO_SHELL.to_owned()
        });
        let is_enabled = row.text("login_enabled").eq_ignore_ascii_case("Y");
        let new = FtpUser {
            id: row.id(),
            customer_id: customer,
            username: username.clone(),
            // Any format is kept, because the FTP server already accepts it.
            password_hash: row.text("password").chars().take(255).collect(),
            uid: unix_ids.0,
            gid: unix_ids.1,
            home_dir,
            shell,
            // Froxlor disables the FTP users of suspended customers.
            login_enabled: is_enabled || is_suspended,
            is_default,
            description: texts::line("description", row.text("description"), 255, &mut notes),
            created_at: at.as_second(),
        };
        let usage = (!is_default).then_some((customer, [Resource::Ftps].as_slice(), 1));
        Some(Draft { id: row.id(), key: username, column: None, row: new, notes, usage })
    }

    pub(super) async fn import_ftp_groups(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::FTP_GROUPS).await?;
        let mut seen = SeenKeys::default();
        while let Some(rows) = self.next(&mut pages).await? {
            let drafts = rows.iter().filter_map(|row| self.ftp_group(row)).collect();
            self.copy(tables::FTP_GROUPS.name, drafts, &mut seen).await?;
        }
        Ok(())
    }

    fn ftp_group(&mut self, row: &Row) -> Option<Draft<FtpGroup>> {
        let mut notes = Notes::default();
        let known = self.customer_of(row)?;
        let gid = unix_id(row, "gid", known.guid, known.old_guid, &mut notes);
        let name = row.text("groupname").trim().to_owned();
        if name.is_empty() || texts::is_unstorable(&name, 64) {
            self.report.skip(row.table(), row.id(), Kind::Unusable, values::quote(&name));
            return None;
        }
        let members = texts::multiline("members", row.text("members"), &mut notes);
        let customer = row.number("customerid").unwrap_or(0);
        let new =
            FtpGroup { id: row.id(), customer_id: customer, name: name.clone(), gid, members };
        Some(Draft { id: row.id(), key: name, column: None, row: new, notes, usage: None })
    }
}

/// Returns the UNIX id of an FTP user or group. The customer's UNIX id in Froxlor becomes the
/// customer's UNIX id here. A UNIX id that is missing or below 1 is replaced by the customer's,
/// because 0 is root.
fn unix_id(row: &Row, column: &str, guid: i64, old_guid: i64, notes: &mut Notes) -> i64 {
    match row.number(column) {
        Some(id) if id == old_guid => guid,
        Some(id) if id > 0 => id,
        other => {
            notes.note(Kind::Guid, format!("{column} {} is now {guid}", other.unwrap_or(0)));
            guid
        }
    }
}
