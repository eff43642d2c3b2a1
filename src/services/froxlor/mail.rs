//! Mailboxes and email addresses.

use super::copy::{Draft, SeenKeys};
use super::report::{Kind, Notes};
use super::{Import, ImportError, texts, values};
use db::froxlor::{Row, tables};
use db::panel_import::{MailAddress, MailUser};
use domain::resources::Resource;

impl Import<'_> {
    pub(super) async fn import_mail_users(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::MAIL_USERS).await?;
        let mut seen = SeenKeys::default();
        while let Some(rows) = self.next(&mut pages).await? {
            let mut sizes = std::collections::HashMap::new();
            let mut drafts = Vec::with_capacity(rows.len());
            for row in &rows {
                let Some(draft) = self.mail_user(row) else { continue };
                sizes.insert(
                    draft.id,
                    (draft.row.customer_id, u64::try_from(draft.row.quota).unwrap_or(0)),
                );
                drafts.push(draft);
            }
            let (new, _) = self.copy(tables::MAIL_USERS.name, drafts, &mut seen).await?;
            for (customer, size) in new.iter().filter_map(|id| sizes.get(id)) {
                if let Some(known) = self.customers.get_mut(customer) {
                    known.added_usage[Resource::EmailQuota] =
                        known.added_usage[Resource::EmailQuota].saturating_add(*size);
                }
            }
        }
        Ok(())
    }

    fn mail_user(&mut self, row: &Row) -> Option<Draft<MailUser>> {
        let mut notes = Notes::default();
        let known = self.customer_of(row)?;
        let (is_suspended, imap, pop3) = (known.suspended, known.imap, known.pop3);
        let (customer, domain) = self.mail_domain(row, &mut notes)?;
        let email = self.usable_address(row, row.text("email"), &mut notes)?;
        let hash: String = row.text("password_enc").chars().take(255).collect();
        if hash.is_empty() {
            notes.note(Kind::Password, "empty");
        }
        let quota = values::amount(row, "quota", 1 << 20, &mut notes);
        // Froxlor disables mailboxes of suspended customers. Here, they get the values that they
        // would get in Froxlor when the customer is resumed: those of the customer's own switches.
        let new = MailUser {
            id: row.id(),
            customer_id: customer,
            domain_id: domain,
            email: email.clone(),
            password_hash: hash,
            quota: i64::try_from(quota).unwrap_or(i64::MAX),
            receives: is_suspended || !row.text("postfix").eq_ignore_ascii_case("N"),
            imap: if is_suspended { imap } else { row.flag("imap", true) },
            pop3: if is_suspended { pop3 } else { row.flag("pop3", true) },
        };
        let usage = Some((customer, [Resource::EmailAccounts].as_slice(), 1));
        Some(Draft { id: row.id(), key: email, column: None, row: new, notes, usage })
    }

    pub(super) async fn import_mail_addresses(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::MAIL_ADDRESSES).await?;
        let mut seen = SeenKeys::default();
        while let Some(rows) = self.next(&mut pages).await? {
            let mut forwarder_counts = std::collections::HashMap::new();
            let mut drafts = Vec::with_capacity(rows.len());
            for row in &rows {
                let Some(draft) = self.mail_address(row) else { continue };
                forwarder_counts
                    .insert(draft.id, (draft.row.customer_id, count_forwarders(&draft.row)));
                drafts.push(draft);
            }
            let (new, _) = self.copy(tables::MAIL_ADDRESSES.name, drafts, &mut seen).await?;
            for (customer, n) in new.iter().filter_map(|id| forwarder_counts.get(id)) {
                if let Some(known) = self.customers.get_mut(customer) {
                    known.added_usage[Resource::EmailForwarders] += n;
                }
            }
        }
        Ok(())
    }

    fn mail_address(&mut self, row: &Row) -> Option<Draft<MailAddress>> {
        let mut notes = Notes::default();
        self.customer_of(row)?;
        let (customer, domain) = self.mail_domain(row, &mut notes)?;
        // For a catch-all address, the column `email` holds only the domain.
        let full = Some(row.text("email_full").trim())
            .filter(|full| !full.is_empty())
            .unwrap_or(row.text("email"));
        let email = self.usable_address(row, full, &mut notes)?;
        let new = MailAddress {
            id: row.id(),
            customer_id: customer,
            domain_id: domain,
            email: email.clone(),
            destination: texts::multiline("destination", row.text("destination"), &mut notes),
            is_catch_all: row.flag("iscatchall", false),
        };
        Some(Draft {
            id: row.id(),
            key: email,
            column: None,
            row: new,
            notes,
            usage: Some((customer, &[Resource::Emails], 1)),
        })
    }

    /// Returns the ids of the customer and the domain of a mailbox or email address. Without a
    /// domain, the row is skipped and reported. If the domain is a conflict, the row is skipped
    /// without a report.
    fn mail_domain(&mut self, row: &Row, notes: &mut Notes) -> Option<(i64, i64)> {
        let (customer, domain) =
            (row.number("customerid").unwrap_or(0), row.number("domainid").unwrap_or(0));
        match self.domains.get(&domain) {
            None if self
                .report
                .conflicts
                .iter()
                .any(|conflict| conflict.table == "panel_domains" && conflict.id == domain) =>
            {
                self.report.counts(row.table()).skipped += 1;
                None
            }
            None => {
                self.report.skip(row.table(), row.id(), Kind::Orphan, format!("domain {domain}"));
                None
            }
            Some(owner) => {
                if *owner != customer {
                    notes.note(
                        Kind::OtherDomain,
                        format!("domain {domain} belongs to customer {owner}"),
                    );
                }
                Some((customer, domain))
            }
        }
    }

    fn usable_address(&mut self, row: &Row, address: &str, notes: &mut Notes) -> Option<String> {
        let usable = texts::mail_address(address, notes);
        if usable.is_none() {
            self.report.skip(row.table(), row.id(), Kind::Unusable, values::quote(address));
        }
        usable
    }
}

/// Returns the number of forwarders. As in Froxlor, the mailbox of the same name does not count.
fn count_forwarders(address: &MailAddress) -> u64 {
    address
        .destination
        .split_whitespace()
        .filter(|to| !to.eq_ignore_ascii_case(&address.email))
        .count() as u64
}
