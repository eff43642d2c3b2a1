//! Bringing in what another panel knows.

pub mod froxlor;
