//! The end of an import: computes the counters, continues the numbering, and writes the audit
//! entry. Froxlor's counters are not imported; the report lists those that differ.

use super::report::Kind;
use super::{Import, ImportError};
use crate::audit::{self, Action, Change, Target};
use db::froxlor::tables;
use db::panel_import::{self, Usage};
use domain::id::{AdminId, CustomerId};
use domain::resources::Resource;
use serde_json::json;

impl Import<'_> {
    pub(super) async fn finish(&mut self) -> Result<(), ImportError> {
        self.report_other_tables().await?;
        // With conflicts, the transaction is rolled back, so counters are not needed.
        if !self.report.conflicts.is_empty() {
            return Ok(());
        }
        self.choose_default_ftp_users().await?;
        self.write_usage().await?;
        self.write_assigned_quota().await?;
        if self.report.new_rows() == 0 {
            return Ok(());
        }
        self.continue_numbering().await?;
        panel_import::advance_sequences(self.cmd.tx).await?;
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

    /// Chooses a default FTP user for each new customer without one.
    async fn choose_default_ftp_users(&mut self) -> Result<(), ImportError> {
        let without = self
            .customers
            .iter()
            .filter(|(_, known)| known.is_new && !known.has_default_ftp && !known.is_excluded);
        let mut without: Vec<i64> = without.map(|(id, _)| *id).collect();
        without.sort_unstable();
        let (chosen, without_ftp_user) =
            panel_import::set_default_ftp_users(self.cmd.tx, &without).await?;
        let table = tables::CUSTOMERS.name;
        for id in chosen {
            self.report.add_finding(table, id, Kind::DefaultFtp, "");
            if let Some(known) = self.customers.get_mut(&id) {
                // The default FTP user does not count as usage.
                known.added_usage[Resource::Ftps] =
                    known.added_usage[Resource::Ftps].saturating_sub(1);
            }
        }
        for id in without_ftp_user {
            self.report.add_finding(table, id, Kind::NoFtp, "");
        }
        Ok(())
    }

    /// Writes the usage of customers, and reports differences to Froxlor's counters.
    async fn write_usage(&mut self) -> Result<(), ImportError> {
        let table = tables::CUSTOMERS.name;
        let mut ids: Vec<i64> = self
            .customers
            .iter()
            .filter(|(_, known)| !known.is_excluded)
            .map(|(id, _)| *id)
            .collect();
        ids.sort_unstable();
        for id in ids {
            let Some(known) = self.customers.get(&id) else { continue };
            let usage =
                Usage { added: known.added_usage, space: known.measured.map(|(_, space)| space) };
            if usage.space.is_some() || usage.added.iter().any(|(_, n)| n > 0) {
                panel_import::add_usage(self.cmd.tx, CustomerId(id), &usage).await?;
            }
            if !known.is_new {
                continue;
            }
            for ((resource, counted), stored) in usage.added.iter().zip(known.stored) {
                self.report.compare_counter(
                    table,
                    id,
                    format!("{}_used", resource.name()),
                    stored,
                    counted,
                );
            }
            if known.standard != 0 && !known.has_standard {
                self.report.add_finding(
                    table,
                    id,
                    Kind::Standard,
                    format!("domain {}", known.standard),
                );
            }
        }
        Ok(())
    }

    /// Writes the assigned quota of admins, even beyond their limits, because it is already
    /// assigned in Froxlor.
    async fn write_assigned_quota(&mut self) -> Result<(), ImportError> {
        for (admin, reservation) in &self.assigned {
            db::admins::reserve_unchecked(self.cmd.tx, *admin, reservation).await?;
        }
        let table = tables::ADMINS.name;
        for (admin, stored) in &self.stored {
            let reservation = self.assigned.get(admin).copied().unwrap_or_default();
            for (column, stored) in stored {
                let counted = match column.as_str() {
                    "customers_used" => reservation.customers,
                    "domains_used" => reservation.domains,
                    _ => reservation
                        .reserved
                        .iter()
                        .find(|(resource, _)| column.strip_suffix("_used") == Some(resource.name()))
                        .map_or(0, |(_, n)| n),
                };
                self.report.compare_counter(table, admin.0, column.clone(), *stored, counted);
            }
        }
        self.report_exceeded_limits().await
    }

    async fn report_exceeded_limits(&mut self) -> Result<(), ImportError> {
        let table = tables::ADMINS.name;
        let ids: Vec<AdminId> = self.assigned.keys().copied().collect();
        for id in ids {
            let Some(admin) = db::admins::find(self.cmd.tx, id).await? else { continue };
            let (quota, assigned) = (admin.profile.quota, admin.assigned);
            let counts = [
                ("customers", quota.customers, assigned.customers),
                ("domains", quota.domains, assigned.domains),
            ];
            let sums = quota
                .limits
                .iter()
                .map(|(resource, limit)| (resource.name(), limit, assigned.amounts[resource]));
            for (name, limit, assigned) in counts
                .into_iter()
                .chain(sums)
                .filter(|(_, limit, assigned)| !limit.allows(*assigned))
            {
                self.report.add_finding(
                    table,
                    id.0,
                    Kind::LimitExceeded,
                    format!("{name}: {assigned} of {limit}"),
                );
            }
        }
        for (id, resource) in db::health::unlimited_customers_of_limited_admins(self.cmd.tx).await?
        {
            if self.assigned.contains_key(&id) {
                self.report.add_finding(
                    table,
                    id.0,
                    Kind::LimitExceeded,
                    format!("{}: unlimited for a customer", resource.name()),
                );
            }
        }
        Ok(())
    }

    /// Reports the tables that have no counterpart here.
    async fn report_other_tables(&mut self) -> Result<(), ImportError> {
        self.report.tables_left = self.source.other_tables(tables::ALL).await?;
        Ok(())
    }
}
