//! Clientele: the customer desk of a web-hosting provider.

pub mod auth;
pub mod db;
pub mod domain;
pub mod i18n;
pub mod services;
pub mod web;
