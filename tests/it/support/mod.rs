//! Shared code of the tests, such as the program on a free port, browsers with and without scripts,
//! and builders of records.

pub mod api;
pub mod app;
pub mod authority;
pub mod chrome;
pub mod chromedriver;
pub mod client;
pub mod dump;
pub mod endpoint;
pub mod form;
pub mod ftp;
pub mod http;
pub mod mail;
pub mod make;
pub mod page;
pub mod process;
pub mod program;
pub mod routes;
pub mod snapshot;
pub mod sockets;
pub mod wait;
pub mod wire;

pub use app::TestApp;
pub use client::Client;
pub use page::Page;
pub use test_databases::{database, mariadb, postgres, server};
