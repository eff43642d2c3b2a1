//! The form of a PHP configuration, for adding and editing.

use crate::services::php_configs::PhpConfig;
use crate::web::form::FormState;
use crate::web::original;
use crate::web::page::Chrome;
use askama::Template;

#[derive(Template)]
#[template(path = "php_configs/form.html")]
pub(super) struct FormPage {
    pub c: Chrome,
    pub f: FormState,
    pub action: String,
}

/// A form with what is stored.
pub(super) fn of(config: &PhpConfig) -> FormState {
    let mut form = FormState::new("php-configs");
    form.set("description", &config.description).set("binary", &config.binary).set("php_ini", &config.php_ini);
    original::remember(&mut form);
    form
}
