//! The form of a MySQL server, for adding and editing.

use crate::form::FormState;
use crate::original;
use crate::page::Chrome;
use askama::Template;
use domain::mysql::AccessHost;
use domain::mysql::MysqlServer;

#[derive(Template)]
#[template(path = "mysql_servers/form.html")]
pub(super) struct FormPage {
    pub c: Chrome,
    pub f: FormState,
    pub action: String,
    /// Whether there is a URL to administer it by.
    pub administered: bool,
}

/// A form with what is stored.
pub(super) fn of(server: &MysqlServer) -> FormState {
    let mut form = FormState::new("mysql-servers");
    form.set("name", &server.name).set("host", &server.host).set("port", server.port);
    form.set("access_hosts", AccessHost::list(&server.access_hosts));
    original::remember(&mut form);
    form
}
