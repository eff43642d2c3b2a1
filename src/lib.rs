//! Clientele: the customer desk of a web-hosting provider.

pub mod app;
pub mod auth;
pub mod cli;
pub mod db;
pub mod domain;
pub mod i18n;
pub mod mail;
pub mod server;
pub mod services;
pub mod settings;
pub mod telemetry;
pub mod web;
pub mod worker;
