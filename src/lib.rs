//! Clientele: the customer desk of a web-hosting provider.

pub mod db;
pub mod domain;
pub mod i18n;
pub mod web;
