//! Types and rules without IO: no HTTP, no SQL. Clock and randomness are arguments.
//!
//! Input is parsed once, where it enters the program. The types keep the result: a
//! [`LoginName`](login_name::LoginName) is valid, because it can only be parsed or read from the
//! database.

pub mod account;
pub mod admin;
pub mod api_key;
pub mod audit;
pub mod backup;
pub mod clock;
pub mod column;
pub mod common_passwords;
pub mod contact;
pub mod customer;
pub mod delivery;
pub mod email;
pub mod event;
pub mod grants;
pub mod id;
pub mod import_run;
pub mod job;
pub mod lockout;
pub mod login_name;
pub mod mail_text;
pub mod mysql;
pub mod natural_order;
pub mod network;
pub mod number;
pub mod page_text;
pub mod password;
pub mod password_stamp;
pub mod phone;
pub mod php_config;
pub mod plan;
pub mod query;
pub mod quota;
pub mod random;
pub mod record;
pub mod request;
pub mod resources;
pub mod scope;
pub mod secret;
pub mod text;
pub mod unit;
pub mod usage;
pub mod validation;
pub mod webhook;
