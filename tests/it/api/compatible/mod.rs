//! `/api.php`: requests of existing Froxlor clients. Differences are cited by their anchors in
//! docs/compatibility.md.

mod bodies;
mod clients;
mod listing;
mod rows;
mod search;
mod values;
