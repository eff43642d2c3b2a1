//! Permissions between accounts by rank: suspensions, grants, and admins among themselves.

mod admins;
mod grants;
mod suspensions;
