//! Measured disk usage of customers.

use super::customer::DiskUsageParts;
use super::id::CustomerId;
use jiff::Timestamp;

/// The disk usage of a customer on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsageSample {
    /// Start of the day.
    pub at: Timestamp,
    pub space: DiskUsageParts,
}

/// A measurement of a customer's disk usage. `None` keeps the last value, because this part could
/// not be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measurement {
    pub customer: CustomerId,
    /// Size of the home directory, in bytes.
    pub web: Option<u64>,
    /// Size of the databases, in bytes.
    pub mysql: Option<u64>,
}
