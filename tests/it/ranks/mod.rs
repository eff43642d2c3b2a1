//! Permissions between accounts by rank: suspensions, grants, and admins among themselves.

mod grants;
mod peers;
mod suspensions;
