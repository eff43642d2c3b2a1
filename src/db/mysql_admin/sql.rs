//! The one place where names and texts become SQL for a MySQL server. Statements on accounts take
//! no parameters, so what is put into them has one of these types, and there is no other way in.

use domain::mysql::{AccessHost, DatabaseName};
use domain::secret::Secret;
use sha1::{Digest as _, Sha1};
use std::fmt;

/// What cannot be written as SQL in a way that every mode of a server reads alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a name with a backslash, a NUL or another control character is not sent to a MySQL server"
)]
pub struct Unquotable;

/// A text between single quotes. With a backslash or a NUL there is none: whether a backslash
/// escapes depends on the server's `sql_mode` (`NO_BACKSLASH_ESCAPES`), and a doubled quote means
/// itself in every mode.
#[derive(Clone, PartialEq, Eq)]
pub struct SqlString(String);

impl SqlString {
    /// Quotes a text.
    ///
    /// # Errors
    /// [`Unquotable`].
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

/// The name of a database between backticks, where nothing but a doubled backtick is special.
#[derive(Clone, PartialEq, Eq)]
pub struct SqlName(String);

impl SqlName {
    /// A database by its name.
    #[must_use]
    pub fn database(name: &DatabaseName) -> Self {
        Self(format!("`{}`", name.as_str().replace('`', "``")))
    }

    /// A database as grants have it: there `_` and `%` are wildcards unless escaped, and `a_b`
    /// would reach `axb` too.
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

/// An account: `'name'@'host'`.
#[derive(Clone, PartialEq, Eq)]
pub struct SqlAccount {
    name: SqlString,
    host: SqlString,
}

impl SqlAccount {
    /// The account of that name from that host.
    ///
    /// # Errors
    /// [`Unquotable`].
    pub fn new(name: &str, host: &str) -> Result<Self, Unquotable> {
        Ok(Self { name: SqlString::new(name)?, host: SqlString::new(host)? })
    }

    /// The account of that name from a host that was read.
    ///
    /// # Errors
    /// [`Unquotable`].
    pub fn at(name: &str, host: &AccessHost) -> Result<Self, Unquotable> {
        Self::new(name, host.as_str())
    }
}

impl fmt::Display for SqlAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.host)
    }
}

/// A password as `mysql_native_password` stores it: `*` and SHA-1 of SHA-1 in capitals. Whatever
/// the password, these are 41 harmless characters; but it is quickly guessed from, so it is kept
/// like a password.
#[derive(Clone)]
pub struct NativeHash(Secret);

impl NativeHash {
    /// That of a password.
    #[must_use]
    pub fn of(password: &Secret) -> Self {
        let twice = Sha1::digest(Sha1::digest(password.expose().as_bytes()));
        Self(Secret::new(format!("*{}", hex::encode_upper(twice))))
    }

    /// Reads what was stored.
    #[must_use]
    pub fn parse(text: &Secret) -> Option<Self> {
        let digits = text.expose().strip_prefix('*')?;
        let good = digits.len() == 40
            && digits.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
        good.then(|| Self(text.clone()))
    }

    /// The text, to be stored sealed or sent to a server.
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
    fn quotes_are_doubled_and_what_modes_read_differently_is_refused() {
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
    fn a_grant_reaches_one_database() {
        let name = DatabaseName::parse("web1_sql%").unwrap();
        assert_eq!(SqlName::database(&name).to_string(), "`web1_sql%`");
        assert_eq!(SqlName::grant_pattern(&name).to_string(), "`web1\\_sql\\%`");
    }

    #[test]
    fn hashes_are_those_of_the_server() {
        // SELECT PASSWORD('password') on any MariaDB.
        assert_eq!(
            NativeHash::of(&"password".into()).expose(),
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
        /// Read as the server reads it, in both modes, a quoted text is one string, and this text.
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
        fn any_password_becomes_a_harmless_hash(password in any::<String>()) {
            let hash = NativeHash::of(&password.as_str().into());
            prop_assert!(NativeHash::parse(&hash.expose().into()).is_some());
        }
    }
}
