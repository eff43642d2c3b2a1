//! `/api.php`: what Froxlor's clients send today. Differences are cited by their anchors in
//! docs/compatibility.md.

mod bodies;
mod clients;
mod listing;
mod rows;
mod search;
mod values;
