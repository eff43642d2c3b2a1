//! PHP configurations.

use super::id::PhpConfigId;

/// A PHP configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhpConfig {
    /// Id.
    pub id: PhpConfigId,
    /// Name that customers read.
    pub description: String,
    /// Path of the interpreter.
    pub binary: String,
    /// Settings in the format of `php.ini`.
    pub php_ini: String,
}
