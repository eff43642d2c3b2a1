//! The JSON API, called as scripts call it.

mod admins;
mod client;
mod compatible;
mod customers;
mod envelope;
mod keys;
mod limits;
mod observed;
mod openapi;
mod plans;
mod search;
mod self_service;
mod upstream;
