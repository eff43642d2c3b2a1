//! The form of a MySQL server, for adding and editing.

use crate::services::mysql_servers::MysqlServer;
use crate::web::form::FormState;
use crate::web::page::Chrome;
use askama::Template;

#[derive(Template)]
#[template(path = "mysql_servers/form.html")]
pub(super) struct FormPage {
    pub c: Chrome,
    pub f: FormState,
    pub action: String,
}

/// Fields that have a place of their own for their faults.
pub(super) fn knows(name: &str) -> bool {
    matches!(name, "name" | "host" | "port")
}

/// A form with what is stored.
pub(super) fn of(server: &MysqlServer) -> FormState {
    let mut form = FormState::new("mysql-servers");
    form.set("name", &server.name).set("host", &server.host).set("port", server.port);
    form
}
