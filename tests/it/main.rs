//! The integration tests: one binary, laid out like the commands it tests. Every test has a
//! database of its own.

#![recursion_limit = "256"]

mod account;
mod admins;
mod api;
mod api_keys;
mod backup;
mod browser;
mod cli;
mod cli_customers;
mod compatibility;
mod composed;
mod concurrency;
mod conflict;
mod controls;
mod credentials;
mod csrf;
mod customers;
mod deployment;
mod double_submit;
mod edge;
mod engines;
mod error_pages;
mod events;
mod form_errors;
mod ftp;
mod import_froxlor;
mod imports;
mod jobs;
mod kept_forms;
mod kill;
mod lockout;
mod mail;
mod mail_exact;
mod migrations;
mod mysql_accounts;
mod nodes;
mod numbers;
mod password_reset;
mod permissions;
mod plans;
mod ranks;
mod secrets;
mod security_log;
mod sessions;
mod sign_in;
mod support;
mod texts;
mod tls;
mod usage;
mod watching;
mod xss;
