//! Domains, subdomains and standard subdomains.

use super::copy::{Draft, SeenKeys};
use super::report::{Kind, Notes};
use super::{Import, ImportError, texts, values};
use db::froxlor::{Row, tables};
use db::panel_import::Domain;
use domain::resources::Resource;
use std::collections::{HashMap, HashSet};

impl Import<'_> {
    /// Reads main domains first, so that subdomains find their parents.
    pub(super) async fn import_domains(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::DOMAINS).await?;
        let mut seen = SeenKeys::default();
        for condition in ["COALESCE(`parentdomainid`, 0) = 0", "COALESCE(`parentdomainid`, 0) <> 0"]
        {
            (pages.condition, pages.after) = (condition, i64::MIN);
            while let Some(rows) = self.next(&mut pages).await? {
                self.import_domain_page(rows, &mut seen).await?;
            }
        }
        Ok(())
    }

    async fn import_domain_page(
        &mut self,
        rows: Vec<Row>,
        seen: &mut SeenKeys,
    ) -> Result<(), ImportError> {
        let mut drafts = Vec::with_capacity(rows.len());
        // By domain id: the customer, whether the domain is a main domain, and whether it is a
        // standard subdomain. They are counted if the domain is new.
        let mut facts = HashMap::new();
        for row in rows {
            let Some(draft) = self.domain(&row) else { continue };
            let is_main = draft.row.parent_id.is_none() && !draft.row.is_standard;
            facts.insert(draft.id, (draft.row.customer_id, is_main, draft.row.is_standard));
            // A later row of this page may have this domain as its parent.
            self.domains.insert(draft.id, draft.row.customer_id);
            drafts.push(draft);
        }
        let ids: Vec<i64> = drafts.iter().map(|draft| draft.id).collect();
        let (new, here) = self.copy(tables::DOMAINS.name, drafts, seen).await?;
        let here: HashSet<i64> = here.into_iter().collect();
        for id in ids.iter().filter(|id| !here.contains(id)) {
            self.domains.remove(id);
            self.excluded_domains.insert(*id);
        }
        for (customer, is_main, is_standard) in new.iter().filter_map(|id| facts.get(id)) {
            let Some(known) = self.customers.get_mut(customer) else { continue };
            known.has_standard |= *is_standard;
            if *is_main {
                self.assigned.entry(known.owner).or_default().domains += 1;
            }
        }
        Ok(())
    }

    fn domain(&mut self, row: &Row) -> Option<Draft<Domain>> {
        let mut notes = Notes::default();
        let known = self.customer_of(row)?;
        let (is_standard, is_suspended) = (known.standard == row.id(), known.suspended);
        let customer = row.number("customerid").unwrap_or(0);
        let Some(name) = texts::domain_name(row.text("domain")) else {
            self.report.skip(
                row.table(),
                row.id(),
                Kind::Unusable,
                values::quote(row.text("domain")),
            );
            return None;
        };
        let parent = row.number("parentdomainid").filter(|id| *id != 0);
        let parent_id =
            parent.filter(|id| *id != row.id() && self.domains.get(id) == Some(&customer));
        if parent.is_some_and(|id| !self.excluded_domains.contains(&id)) && parent_id.is_none() {
            notes.note(Kind::Parent, format!("domain {}", parent.unwrap_or(0)));
        }
        if let Some(alias) = row.number("aliasdomain").filter(|id| *id != 0) {
            notes.note(Kind::Alias, format!("domain {alias}"));
        }
        let new = Domain {
            id: row.id(),
            customer_id: customer,
            parent_id,
            name: name.clone(),
            is_standard,
            // A path, or the address that the domain redirects to.
            document_root: texts::line("documentroot", row.text("documentroot"), 255, &mut notes),
            php_enabled: row.flag("phpenabled", false),
            open_basedir: row.flag("openbasedir", true),
            is_email_domain: row.flag("isemaildomain", false),
            // Froxlor suspends domains together with their customer. In that case, the domain
            // itself is not suspended.
            suspended: row.flag("deactivated", false) && !is_suspended,
            created_at: values::time(row, "add_date", self.cmd.at, &mut notes)
                .unwrap_or(self.cmd.at)
                .as_second(),
        };
        let usage = parent_id.map(|_| (customer, [Resource::Subdomains].as_slice(), 1));
        Some(Draft { id: row.id(), key: name, column: None, row: new, notes, usage })
    }
}
