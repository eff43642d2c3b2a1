//! Counters, which are summed up anew and never taken over; numbering; and the entry in the audit
//! trail.

use super::report::Kind;
use super::{Import, Stop};
use crate::audit::{self, Action, Change, Target};
use db::froxlor::tables;
use db::takeover::{self, Usage};
use domain::id::{AdminId, CustomerId};
use domain::resources::Resource;
use serde_json::json;

impl Import<'_> {
    pub(super) async fn finish(&mut self) -> Result<(), Stop> {
        self.left_behind().await?;
        // With conflicts nothing will stay, so there is nothing to sum up.
        if !self.report.conflicts.is_empty() {
            return Ok(());
        }
        self.default_ftp().await?;
        self.usage().await?;
        self.handed_out().await?;
        if self.report.new_rows() == 0 {
            return Ok(());
        }
        self.numbers_go_on().await?;
        takeover::numbers_go_on(self.cmd.tx).await?;
        let counts: serde_json::Map<_, _> = self
            .report
            .tables
            .iter()
            .filter(|(_, counts)| counts.new > 0)
            .map(|(table, counts)| ((*table).to_owned(), json!(counts.new)))
            .collect();
        let change =
            Change { action: Action::ImportFroxlor, before: None, after: Some(counts.into()) };
        Ok(audit::record_system(self.cmd, &Target::system("froxlor"), change).await?)
    }

    /// Every customer has a default FTP user here.
    async fn default_ftp(&mut self) -> Result<(), Stop> {
        let without = self
            .customers
            .iter()
            .filter(|(_, known)| known.new && !known.has_default_ftp && !known.kept_out);
        let mut without: Vec<i64> = without.map(|(id, _)| *id).collect();
        without.sort_unstable();
        let (chosen, none) = takeover::default_ftp_users(self.cmd.tx, &without).await?;
        let table = tables::CUSTOMERS.name;
        for id in chosen {
            self.report.odd(table, id, Kind::DefaultFtp, "");
            if let Some(known) = self.customers.get_mut(&id) {
                // The default one does not count.
                known.more[Resource::Ftps] = known.more[Resource::Ftps].saturating_sub(1);
            }
        }
        for id in none {
            self.report.odd(table, id, Kind::NoFtp, "");
        }
        Ok(())
    }

    /// What customers use.
    async fn usage(&mut self) -> Result<(), Stop> {
        let table = tables::CUSTOMERS.name;
        let mut ids: Vec<i64> =
            self.customers.iter().filter(|(_, known)| !known.kept_out).map(|(id, _)| *id).collect();
        ids.sort_unstable();
        for id in ids {
            let Some(known) = self.customers.get(&id) else { continue };
            let usage = Usage { more: known.more, space: known.measured.map(|(_, space)| space) };
            if usage.space.is_some() || usage.more.iter().any(|(_, n)| n > 0) {
                takeover::add_usage(self.cmd.tx, CustomerId(id), &usage).await?;
            }
            if !known.new {
                continue;
            }
            for ((resource, counted), stored) in usage.more.iter().zip(known.stored) {
                self.report.differ(table, id, format!("{}_used", resource.name()), stored, counted);
            }
            if known.standard != 0 && !known.has_standard {
                self.report.odd(table, id, Kind::Standard, format!("domain {}", known.standard));
            }
        }
        Ok(())
    }

    /// What admins have handed out; also beyond their limits, since it was handed out long ago.
    async fn handed_out(&mut self) -> Result<(), Stop> {
        for (admin, taking) in &self.takings {
            db::admins::book_beyond(self.cmd.tx, *admin, taking).await?;
        }
        let table = tables::ADMINS.name;
        for (admin, stored) in &self.stored {
            let taking = self.takings.get(admin).copied().unwrap_or_default();
            for (column, stored) in stored {
                let counted = match column.as_str() {
                    "customers_used" => taking.customers,
                    "domains_used" => taking.domains,
                    _ => taking
                        .take
                        .iter()
                        .find(|(resource, _)| column.strip_suffix("_used") == Some(resource.name()))
                        .map_or(0, |(_, n)| n),
                };
                self.report.differ(table, admin.0, column.clone(), *stored, counted);
            }
        }
        self.beyond_limits().await
    }

    async fn beyond_limits(&mut self) -> Result<(), Stop> {
        let table = tables::ADMINS.name;
        let touched: Vec<AdminId> = self.takings.keys().copied().collect();
        for id in touched {
            let Some(admin) = db::admins::find(self.cmd.tx, id).await? else { continue };
            let (allowance, assigned) = (admin.profile.allowance, admin.assigned);
            let counts = [
                ("customers", allowance.customers, assigned.customers),
                ("domains", allowance.domains, assigned.domains),
            ];
            let sums = allowance
                .limits
                .iter()
                .map(|(resource, limit)| (resource.name(), limit, assigned.amounts[resource]));
            for (name, limit, used) in
                counts.into_iter().chain(sums).filter(|(_, limit, used)| !limit.allows(*used))
            {
                self.report.odd(table, id.0, Kind::Beyond, format!("{name}: {used} of {limit}"));
            }
        }
        for (id, resource) in db::health::unlimited_of_limited(self.cmd.tx).await? {
            if self.takings.contains_key(&id) {
                self.report.odd(
                    table,
                    id.0,
                    Kind::Beyond,
                    format!("{}: a customer has it without limit", resource.name()),
                );
            }
        }
        Ok(())
    }

    /// What has no place here.
    async fn left_behind(&mut self) -> Result<(), Stop> {
        self.report.tables_left = self.source.other_tables(tables::ALL).await?;
        Ok(())
    }
}
