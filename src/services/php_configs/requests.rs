//! Requests about PHP configurations.

use domain::request::{Received, request, text_types};
use domain::text;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// Maximum length of the PHP settings, in characters.
const PHP_INI_MAX: usize = 20_000;
/// Maximum length of the interpreter's path. Linux allows 4,096 bytes, but no installation of PHP
/// has such a long path.
const BINARY_MAX: usize = 255;

/// A PHP configuration as sent in a request.
#[derive(Clone, Debug)]
pub struct PhpConfigInput {
    /// Display name.
    pub description: String,
    /// Path of the interpreter.
    pub binary: String,
    /// Settings in the format of `php.ini`.
    pub php_ini: String,
}

text_types! {
    /// Display name of a PHP configuration.
    Description = description;
    /// Path of an interpreter.
    Binary = binary;
    /// Settings in the format of `php.ini`.
    PhpIni = |text| text::multiline(text, PHP_INI_MAX);
}

request! {
    /// The form of a PHP configuration.
    pub struct SavePhpConfig {
        required {
            /// Display name
            description: Description,
            /// Path of the interpreter
            binary: Binary,
        }
        /// Settings in the format of php.ini
        php_ini: PhpIni,
    }
}

impl PhpConfigInput {
    /// Returns the validated request.
    ///
    /// # Errors
    /// All validation errors.
    pub fn of(received: Received<SavePhpConfig>) -> Result<Self, FieldErrors> {
        let SavePhpConfig { description, binary, php_ini } = received.finish()?;
        Ok(Self {
            description: description.or_default().0,
            binary: binary.or_default().0,
            php_ini: php_ini.or_default().0,
        })
    }
}

fn description(text: &str) -> Result<String, ValidationError> {
    text::required_line(text, 100)
}

fn binary(text: &str) -> Result<String, ValidationError> {
    if text::is_blank(text) {
        return Err(ValidationError::new(ErrorCode::Required));
    }
    let path = text::line(text, BINARY_MAX)?;
    let is_normalized = path.starts_with('/')
        && !path.ends_with('/')
        && path.split('/').skip(1).all(|part| !matches!(part, "" | "." | ".."));
    if is_normalized { Ok(path) } else { Err(ValidationError::new(ErrorCode::PathInvalid)) }
}

#[cfg(test)]
mod tests {
    use super::binary;

    #[test]
    fn interpreter_paths_are_absolute_and_normalized() {
        assert_eq!(binary(" /usr/bin/php-cgi8.4 "), Ok("/usr/bin/php-cgi8.4".to_owned()));
        for path in
            ["php", "usr/bin/php", "/", "/usr/bin/", "/usr/../bin/php", "/usr//php", "./php"]
        {
            assert_eq!(binary(path).unwrap_err().code.as_str(), "path-invalid", "{path}");
        }
        assert_eq!(binary("  ").unwrap_err().code.as_str(), "required");
        assert_eq!(binary("/usr/bin/php\n-x").unwrap_err().code.as_str(), "format-invalid");
    }
}
