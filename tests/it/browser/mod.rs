//! Journeys in a real browser, one a role, and every page before the eyes of axe.

mod admin;
mod customer;
mod every_page;
mod import;
mod keyboard;
mod layout;
mod reseller;
