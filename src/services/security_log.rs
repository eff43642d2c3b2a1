//! Security events in the log: one line for each, in one format, for people and for fail2ban.
//! `docs/operations.md` describes it.
//!
//! A line is `EVENT from ADDRESS account=NAME agent=AGENT` with the target `clientele::security`.
//! Names and agents come from unknown clients. Every character that could end the line or imitate
//! another part of it is therefore percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// A security event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    SignedIn,
    /// The login name or the password was wrong.
    SignInFailed,
    /// An attempt to sign in to an account that is locked for the attempt's source.
    SignInLocked,
    /// An attempt from a network that has used up its attempts.
    SignInThrottled,
    /// The password was right, but the account is suspended or has no access to the panel.
    SignInDenied,
    /// An account was locked for a source after too many failed attempts.
    AccountLocked,
    /// A signed-in user entered a wrong password where it is asked for again.
    PasswordRefused,
    /// An API key that does not exist, or a wrong secret.
    ApiKeyRefused,
    /// A request that the requester's role does not allow.
    Forbidden,
    /// A form that was not submitted from a page of the panel.
    Forged,
}

impl Event {
    /// Returns the code that begins the log line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::SignInLocked => "sign-in-locked",
            Self::SignInThrottled => "sign-in-throttled",
            Self::SignInDenied => "sign-in-barred",
            Self::AccountLocked => "account-locked",
            Self::PasswordRefused => "password-refused",
            Self::ApiKeyRefused => "api-key-refused",
            Self::Forbidden => "forbidden",
            Self::Forged => "forged-form",
        }
    }
}

/// Maximum length of a name or an agent in the log, in characters.
const MAX_CHARS: usize = 200;

/// Characters that are percent-encoded: all except letters, digits and some punctuation.
const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'.')
    .remove(b'_')
    .remove(b'-')
    .remove(b'~')
    .remove(b'@')
    .remove(b':')
    .remove(b'/')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'(')
    .remove(b')');

tokio::task_local! {
    static AGENT: String;
}

/// Runs the handler of a request, during which [`agent`] returns the request's `User-Agent` header.
pub async fn with_agent<T>(agent: &[u8], handler: impl Future<Output = T>) -> T {
    AGENT.scope(truncate(&String::from_utf8_lossy(agent)), handler).await
}

/// Returns the `User-Agent` of the current request; empty outside of a request.
#[must_use]
pub fn agent() -> String {
    AGENT.try_with(Clone::clone).unwrap_or_default()
}

/// Logs a security event. `account` is the login name that was typed, or that of the signed-in
/// account.
pub fn log_event(event: Event, address: &str, account: &str) {
    let (code, address, account, agent) =
        (event.code(), encoded(address), encoded(account), encoded(&agent()));
    if event == Event::SignedIn {
        tracing::info!(target: "clientele::security", "{code} from {address} account={account} agent={agent}");
    } else {
        tracing::warn!(target: "clientele::security", "{code} from {address} account={account} agent={agent}");
    }
}

fn truncate(text: &str) -> String {
    text.chars().take(MAX_CHARS).collect()
}

/// Returns the text percent-encoded and cut, or `-` if it is empty.
fn encoded(text: &str) -> String {
    let line = utf8_percent_encode(&truncate(text), &ENCODED).to_string();
    if line.is_empty() { "-".to_owned() } else { line }
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn typed_text_cannot_forge_log_lines() {
        assert_eq!(encoded("web1"), "web1");
        assert_eq!(
            encoded("a\r\nsign-in-failed from 192.0.2.1"),
            "a%0D%0Asign-in-failed%20from%20192.0.2.1"
        );
        assert_eq!(encoded("x agent=\"y\" %"), "x%20agent%3D%22y%22%20%25");
        assert_eq!(encoded("\u{1b}[31mé"), "%1B%5B31m%C3%A9");
        assert_eq!(encoded(""), "-");
        assert_eq!(encoded(&"ü".repeat(300)).len(), 6 * 200);
    }
}
