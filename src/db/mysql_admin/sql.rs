//! Quotes names and texts for MySQL statements. Statements on accounts accept no parameters, so
//! everything that is inserted into them has one of these types.

use domain::mysql::{AccessHost, DatabaseName};
use domain::secret::Secret;
use sha1::{Digest as _, Sha1};
use std::fmt;

/// The error for a text with a backslash or a control character. Servers read a backslash
/// differently, depending on their `sql_mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("texts with a backslash, a NUL or another control character are not sent to MySQL servers")]
pub struct Unquotable;

/// A text in single quotes, without backslashes and control characters. Whether a backslash escapes
/// depends on the server's `sql_mode` (`NO_BACKSLASH_ESCAPES`). A doubled quote means a quote in
/// every mode.
#[derive(Clone, PartialEq, Eq)]
pub struct SqlString(String);

impl SqlString {
    /// Quotes a text.
    ///
    /// # Errors
    /// [`Unquotable`] for a text with a backslash or a control character.
    pub fn new(text: &str) -> Result<Self, Unquotable> {
        if text.contains(|c: char| c.is_control() || c == '\\') {
            return Err(Unquotable);
        }
        Ok(Self(format!("'{}'", text.replace('\'', "''"))))
    }
}

impl fmt::Display for SqlString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a database in backticks. Only backticks are special there, and they are doubled.
#[derive(Clone, PartialEq, Eq)]
pub struct SqlName(String);

impl SqlName {
    /// Quotes the name for statements on the database.
    #[must_use]
    pub fn database(name: &DatabaseName) -> Self {
        Self(format!("`{}`", name.as_str().replace('`', "``")))
    }

    /// Quotes the name for grants, where `_` and `%` are wildcards unless escaped. Without the
    /// escape, a grant on `a_b` would apply to `axb`, too.
    #[must_use]
    pub fn grant_pattern(name: &DatabaseName) -> Self {
        Self(format!(
            "`{}`",
            name.as_str().replace('`', "``").replace('_', "\\_").replace('%', "\\%")
        ))
    }
}

impl fmt::Display for SqlName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An account, written as `'name'@'host'`.
#[derive(Clone, PartialEq, Eq)]
pub struct SqlAccount {
    name: SqlString,
    host: SqlString,
}

impl SqlAccount {
    pub fn new(name: &str, host: &str) -> Result<Self, Unquotable> {
        Ok(Self { name: SqlString::new(name)?, host: SqlString::new(host)? })
    }

    /// Returns the account for a host that was validated.
    pub fn at(name: &str, host: &AccessHost) -> Result<Self, Unquotable> {
        Self::new(name, host.as_str())
    }
}

impl fmt::Display for SqlAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.host)
    }
}

/// A password hash of `mysql_native_password`: `*`, then SHA-1 of SHA-1 of the password in
/// uppercase hexadecimal digits. These 41 characters need no escape, whatever the password. The
/// hash has no salt and is fast to attack, so it is protected like a password.
#[derive(Clone)]
pub struct NativeHash(Secret);

impl NativeHash {
    /// Hashes a password.
    #[must_use]
    pub fn from_password(password: &Secret) -> Self {
        let twice = Sha1::digest(Sha1::digest(password.expose().as_bytes()));
        Self(Secret::new(format!("*{}", hex::encode_upper(twice))))
    }

    /// Reads a stored hash, or returns `None` if it has another form.
    #[must_use]
    pub fn parse(text: &Secret) -> Option<Self> {
        let digits = text.expose().strip_prefix('*')?;
        let is_valid = digits.len() == 40
            && digits.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
        is_valid.then(|| Self(text.clone()))
    }

    /// Returns the text of the hash, to be stored sealed or sent to a server.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotes_are_doubled_and_ambiguous_texts_are_refused() {
        let quoted = |text: &str| SqlString::new(text).map(|sql| sql.to_string());
        assert_eq!(quoted("o'neil").as_deref(), Ok("'o''neil'"));
        assert_eq!(quoted("' OR ''='").as_deref(), Ok("''' OR ''''='''"));
        assert_eq!(quoted("\"`%;--").as_deref(), Ok("'\"`%;--'"));
        for bad in ["a\\", "\\' OR 1=1 -- ", "a\0b", "a\nb", "\u{1a}"] {
            assert_eq!(quoted(bad), Err(Unquotable), "{bad:?}");
        }
        assert_eq!(SqlAccount::new("a'b", "%").unwrap().to_string(), "'a''b'@'%'");
        assert!(SqlAccount::new("a", "h\\").is_err() && SqlAccount::new("a\0", "h").is_err());
    }

    #[test]
    fn grants_escape_wildcards() {
        let name = DatabaseName::parse("web1_sql%").unwrap();
        assert_eq!(SqlName::database(&name).to_string(), "`web1_sql%`");
        assert_eq!(SqlName::grant_pattern(&name).to_string(), "`web1\\_sql\\%`");
    }

    #[test]
    fn hashes_equal_those_of_the_server() {
        // Result of SELECT PASSWORD('password') on MariaDB.
        assert_eq!(
            NativeHash::from_password(&"password".into()).expose(),
            "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"
        );
        let parse = |text: &str| NativeHash::parse(&text.into()).is_some();
        assert!(parse("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"));
        for bad in [
            "",
            "*",
            "2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19",
            "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E1'",
            "*2470c0c06dee42fd1618bb99005adca2ec9d1e19",
        ] {
            assert!(!parse(bad), "{bad}");
        }
    }

    proptest! {
        /// A server reads a quoted text as one string with this text, in both modes.
        #[test]
        fn a_quoted_text_is_one_string(text in any::<String>()) {
            if let Ok(sql) = SqlString::new(&text) {
                let sql = sql.to_string();
                let inside = sql.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap();
                prop_assert!(!inside.contains('\\'));
                prop_assert_eq!(inside.matches('\'').count(), 2 * text.matches('\'').count());
                prop_assert_eq!(inside.replace("''", "'"), text);
            }
        }

        #[test]
        fn every_password_becomes_a_valid_hash(password in any::<String>()) {
            let hash = NativeHash::from_password(&password.as_str().into());
            prop_assert!(NativeHash::parse(&hash.expose().into()).is_some());
        }
    }
}
