//! What a request says of a PHP configuration.

use domain::fault::{Code, Fault, FieldFaults};
use domain::request::{Received, request, text_types};
use domain::text;

/// The longest settings, in characters.
const PHP_INI_MAX: usize = 20_000;
/// The longest path that an operating system takes is 4,096 bytes; nobody installs PHP there.
const BINARY_MAX: usize = 255;

/// A PHP configuration as sent.
#[derive(Clone, Debug)]
pub struct PhpConfigInput {
    /// What customers read.
    pub description: String,
    /// Path of the interpreter.
    pub binary: String,
    /// Settings in the form of `php.ini`.
    pub php_ini: String,
}

text_types! {
    /// What customers read.
    Description = description;
    /// Path of an interpreter.
    Binary = binary;
    /// Settings in the form of `php.ini`.
    PhpIni = |text| text::multiline(text, PHP_INI_MAX);
}

request! {
    /// What the form of a PHP configuration sends.
    pub struct SavePhpConfig {
        required {
            /// what customers read
            description: Description,
            /// path of the interpreter
            binary: Binary,
        }
        /// settings in the form of php.ini
        php_ini: PhpIni,
    }
}

impl PhpConfigInput {
    /// Reads a request.
    ///
    /// # Errors
    /// Every validation error.
    pub fn of(received: Received<SavePhpConfig>) -> Result<Self, FieldFaults> {
        let SavePhpConfig { description, binary, php_ini } = received.finish()?;
        Ok(Self {
            description: description.or_default().0,
            binary: binary.or_default().0,
            php_ini: php_ini.or_default().0,
        })
    }
}

fn description(text: &str) -> Result<String, Fault> {
    if text::is_blank(text) { Err(Fault::new(Code::Required)) } else { text::line(text, 100) }
}

fn binary(text: &str) -> Result<String, Fault> {
    if text::is_blank(text) {
        return Err(Fault::new(Code::Required));
    }
    let path = text::line(text, BINARY_MAX)?;
    let plain = path.starts_with('/')
        && !path.ends_with('/')
        && path.split('/').skip(1).all(|part| !matches!(part, "" | "." | ".."));
    if plain { Ok(path) } else { Err(Fault::new(Code::PathInvalid)) }
}

#[cfg(test)]
mod tests {
    use super::binary;

    #[test]
    fn only_plain_absolute_paths() {
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
