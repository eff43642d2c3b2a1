//! Journeys in a real browser, one for each role, and accessibility checks of every page with axe.

mod admin;
mod customer;
mod every_page;
mod import;
mod keyboard;
mod layout;
mod reseller;
