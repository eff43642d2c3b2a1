//! Customers: the eight commands, suspending, lists, exports and imports.

mod add;
mod add_defaults;
mod add_login_name;
mod add_page;
mod delete;
mod export_csv;
mod fields;
mod get;
mod import;
mod import_alone;
mod import_background;
mod import_confirm;
mod import_export;
mod import_formats;
mod limits;
mod listing;
mod listing_count;
mod r#move;
mod paging;
mod suspend;
mod telephone;
mod unlock;
mod update;
mod update_self;
