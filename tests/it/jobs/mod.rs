//! Jobs: which come first, how many at once, who takes them; what cannot be reached is told, and
//! they can be managed.

mod claims;
mod lanes;
mod outages;
mod page;
