//! Commands on admins and resellers. Only server admins may run them; the program itself creates
//! the first admin.

mod add;
mod delete;
mod first;
mod read;
mod requests;
mod rescue;
mod rules;
mod update;

#[cfg(test)]
mod tests;

pub use add::{NewAdmin, add, prepare};
pub use delete::delete;
pub use first::{FirstAdmin, create_first};
pub use read::{any, get, listing, plans_of};
pub use requests::{AddAdmin, UpdateAdmin};
pub use rescue::{named, set_password_at_shell, unlock, unlock_at_shell};
pub use update::{Edit, prepare_edit, update};
