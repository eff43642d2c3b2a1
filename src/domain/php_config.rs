//! PHP configurations.

use super::id::PhpConfigId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhpConfig {
    pub id: PhpConfigId,
    /// Name that customers see.
    pub description: String,
    /// Path of the interpreter.
    pub binary: String,
    /// Settings in the format of `php.ini`.
    pub php_ini: String,
}
