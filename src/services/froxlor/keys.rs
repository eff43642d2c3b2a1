//! API keys. Froxlor stores their secrets in clear text; here they are stored as digests, from
//! which nobody can recover them.

use super::copy::{Draft, SeenKeys};
use super::report::{Kind, Notes};
use super::{Import, ImportError, values};
use crate::digest;
use db::froxlor::{Row, tables};
use db::panel_import::ApiKey;
use domain::api_key::AllowedFrom;
use jiff::Timestamp;

/// Maximum length of a key, in characters.
const MAX_KEY_LENGTH: usize = 64;
/// Maximum number of addresses and networks of one key.
const MAX_ADDRESSES: usize = 50;

impl Import<'_> {
    pub(super) async fn import_api_keys(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::API_KEYS).await?;
        let mut seen = SeenKeys::default();
        while let Some(rows) = self.next(&mut pages).await? {
            let drafts = rows.iter().filter_map(|row| self.api_key(row)).collect();
            self.copy(tables::API_KEYS.name, drafts, &mut seen).await?;
        }
        Ok(())
    }

    fn api_key(&mut self, row: &Row) -> Option<Draft<ApiKey>> {
        let mut notes = Notes::default();
        let (login, is_suspended) = self.key_owner(row)?;
        let (key, secret) = (row.text("apikey").trim(), row.text("secret").trim());
        if key.is_empty() || secret.is_empty() || key.len() > MAX_KEY_LENGTH || !key.is_ascii() {
            // The key is half of the credentials, so the report must not contain it.
            self.report.skip(
                row.table(),
                row.id(),
                Kind::Unusable,
                format!("key of {} characters", key.chars().count()),
            );
            return None;
        }
        let mut expires_at = expiry(row, is_suspended, &mut notes);
        let (allowed_from, is_no_wider) = allowed_from(row.text("allowed_from"), &mut notes);
        if !is_no_wider {
            notes.note(Kind::KeyDisabled, "");
            expires_at = Some(0);
        }
        let new = ApiKey {
            id: row.id(),
            login_id: login,
            api_key: key.to_owned(),
            secret_digest: digest(secret),
            label: String::new(),
            allowed_from,
            read_only: false,
            created_at: self.cmd.at.as_second(),
            expires_at,
            last_used_at: None,
        };
        Some(Draft {
            id: row.id(),
            key: key.to_owned(),
            column: None,
            row: new,
            notes,
            usage: None,
        })
    }

    /// Returns the login id that a key belongs to, and whether its customer is suspended. If the
    /// account does not exist, the row is skipped.
    fn key_owner(&mut self, row: &Row) -> Option<(i64, bool)> {
        if row.number("customerid").unwrap_or(0) != 0 {
            return self.customer_of(row).map(|known| (known.login, known.suspended));
        }
        let admin = row.number("adminid").unwrap_or(0);
        let login = self.admins.get(&admin).copied();
        if login.is_none() {
            self.report.skip(row.table(), row.id(), Kind::Orphan, format!("admin {admin}"));
        }
        login.map(|login| (login, false))
    }
}

/// Returns the time at which a key expires, in UNIX seconds, or `None` if it never expires. In
/// Froxlor, -1 means never, and keys with 0 are always refused. Froxlor sets all keys of a
/// suspended customer to 0, and all to -1 when the customer is resumed (docs/compatibility.md#d16).
fn expiry(row: &Row, is_suspended: bool, notes: &mut Notes) -> Option<i64> {
    match row.number("valid_until").unwrap_or(0) {
        -1 => None,
        0 if is_suspended => {
            notes.note(Kind::Suspended, "");
            None
        }
        seconds if seconds > 0 && Timestamp::from_second(seconds).is_ok() => Some(seconds),
        _ => Some(0),
    }
}

/// Returns the addresses from which a key may be used, and whether they include no more addresses
/// than in Froxlor. If no entry can be read, the list becomes empty, which would allow every
/// address.
pub(super) fn allowed_from(text: &str, notes: &mut Notes) -> (String, bool) {
    let words: Vec<&str> = text
        .split(|c: char| c == ',' || c == ';' || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let readable =
        words.iter().copied().filter(|word| AllowedFrom::parse(word).is_ok()).take(MAX_ADDRESSES);
    let networks: Vec<&str> = readable.collect();
    if networks.len() < words.len() {
        notes.note(Kind::Json, format!("allowed_from {}", values::quote(text)));
    }
    let is_no_wider = networks.is_empty() == words.is_empty();
    (AllowedFrom::parse(&networks.join(" ")).unwrap_or_default().to_string(), is_no_wider)
}
