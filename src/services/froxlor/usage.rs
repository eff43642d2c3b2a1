//! Daily measurements of disk space and traffic. Froxlor stores KiB, Clientele bytes.

use super::report::{Kind, Notes};
use super::{CustomerFacts, Import, ImportError, values};
use db::froxlor::{Row, Table, tables};
use db::panel_import::{self, DiskUsage, Measured, TrafficUsage};
use domain::customer::DiskUsageParts;
use domain::resources::Resource;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

const KIB: u64 = 1 << 10;

impl Import<'_> {
    pub(super) async fn import_disk_usage(&mut self) -> Result<(), ImportError> {
        self.import_measurements(&tables::DISK_USAGE, |row, customer, at, known, notes| {
            let mut size = |column| values::amount(row, column, KIB, notes);
            let space =
                DiskUsageParts { web: size("webspace"), mail: size("mail"), mysql: size("mysql") };
            if known.is_new && known.measured.is_none_or(|(before, _)| before < at) {
                known.measured = Some((at, space));
                known.added_usage[Resource::Diskspace] = space.total();
            }
            DiskUsage {
                customer_id: customer,
                measured_at: at,
                web: to_column(space.web),
                mail: to_column(space.mail),
                mysql: to_column(space.mysql),
            }
        })
        .await
    }

    pub(super) async fn import_traffic_usage(&mut self) -> Result<(), ImportError> {
        let month = self.cmd.at.to_zoned_datetime(TimeZone::UTC).date().first_of_month();
        let since = month
            .to_zoned_datetime(TimeZone::UTC)
            .map_or(i64::MAX, |begin| begin.timestamp().as_second());
        self.import_measurements(&tables::TRAFFIC_USAGE, |row, customer, at, known, notes| {
            let mut size = |column| values::amount(row, column, KIB, notes);
            let (http, ftp, mail) =
                (size("http"), size("ftp_up").saturating_add(size("ftp_down")), size("mail"));
            if known.is_new && at >= since {
                let used = &mut known.added_usage[Resource::Traffic];
                *used = used.saturating_add(http).saturating_add(ftp).saturating_add(mail);
            }
            TrafficUsage {
                customer_id: customer,
                measured_at: at,
                http: to_column(http),
                ftp: to_column(ftp),
                mail: to_column(mail),
            }
        })
        .await
    }

    async fn import_measurements<T: Measured>(
        &mut self,
        table: &'static Table,
        read: impl Fn(&Row, i64, i64, &mut CustomerFacts, &mut Notes) -> T,
    ) -> Result<(), ImportError> {
        let mut pages = self.pages(table).await?;
        self.customers.values_mut().for_each(|known| known.last_measured = i64::MIN);
        while let Some(rows) = self.next(&mut pages).await? {
            let mut drafts = Vec::with_capacity(rows.len());
            for row in rows {
                if self.customer_of(&row).is_none() {
                    continue;
                }
                let customer = row.number("customerid").unwrap_or(0);
                let Some(at) = measurement_time(&row) else {
                    self.report.skip(table.name, row.id(), Kind::Unusable, "no time");
                    continue;
                };
                let mut notes = Notes::default();
                let Some(known) = self.customers.get_mut(&customer) else { continue };
                // Rows are sorted by customer and time, so a duplicate follows directly.
                if known.last_measured == at {
                    self.report.skip(
                        table.name,
                        row.id(),
                        Kind::Duplicate,
                        format!("customer {customer} at {at}"),
                    );
                    continue;
                }
                known.last_measured = at;
                drafts.push(read(&row, customer, at, known, &mut notes));
                self.report.add_notes(table.name, row.id(), notes);
            }
            let count = drafts.len() as u64;
            let new = panel_import::insert_measured(self.cmd.tx, drafts).await?;
            let counts = self.report.counts(table.name);
            counts.new += new;
            counts.existing += count - new;
        }
        Ok(())
    }
}

/// Returns the time of a measurement, in UNIX seconds, or `None` if the row has neither a time nor
/// a date. Rows without a time get the start of their day.
fn measurement_time(row: &Row) -> Option<i64> {
    if let Some(stamp) = row.number("stamp").filter(|stamp| *stamp > 0) {
        return Timestamp::from_second(stamp).ok().map(Timestamp::as_second);
    }
    let part = |column: &str| row.number(column).unwrap_or(0);
    let (year, month, day) = (
        i16::try_from(part("year")).ok()?,
        i8::try_from(part("month")).ok()?,
        i8::try_from(part("day")).ok()?,
    );
    let day = Date::new(year, month, day).ok()?;
    day.to_zoned_datetime(TimeZone::UTC)
        .ok()
        .map(|time| time.timestamp().as_second())
        .filter(|at| *at > 0)
}

fn to_column(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
