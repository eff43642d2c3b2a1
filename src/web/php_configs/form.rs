//! The form of a PHP configuration, for adding and editing.

use crate::form::FormState;
use crate::original;
use crate::page::Chrome;
use askama::Template;
use domain::php_config::PhpConfig;

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
    form.set("description", &config.description)
        .set("binary", &config.binary)
        .set("php_ini", &config.php_ini);
    original::remember(&mut form);
    form
}
