//! Commands on admins and resellers. Only server admins may run them; the program itself creates
//! the first admin.

mod add;
mod create_as_system;
mod delete;
mod read;
mod requests;
mod restore_access;
mod rules;
mod update;

#[cfg(test)]
mod tests;

pub use add::{NewAdmin, add, prepare};
pub use create_as_system::{AdminToCreate, check_login_name, create_as_system};
pub use delete::delete;
pub use read::{any, count_plans, get, listing};
pub use requests::{AddAdmin, UpdateAdmin};
pub use restore_access::{find_by_login_name, set_password_from_shell, unlock, unlock_from_shell};
pub use update::{AdminEdit, prepare_edit, update};
