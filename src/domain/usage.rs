//! Measured disk usage of customers.

use super::customer::SpaceUsed;
use super::id::CustomerId;
use jiff::Timestamp;

/// The usage of a customer on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsageSample {
    /// Start of the day.
    pub at: Timestamp,
    /// Usage.
    pub space: SpaceUsed,
}

/// What was measured of a customer. A part that could not be measured keeps its last value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measurement {
    /// The customer.
    pub customer: CustomerId,
    /// Size of the home, in bytes.
    pub web: Option<u64>,
    /// Size of the databases, in bytes.
    pub mysql: Option<u64>,
}
