//! Security events in the log: one line each, of one form, which fail2ban and people read.
//! `docs/operations.md` describes it.
//!
//! `EVENT from ADDRESS account=NAME agent=AGENT`, written under the name `clientele::security`.
//! Names and agents come from strangers, so every character that could end the line or look like
//! another part of it is percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody signed in.
    SignedIn,
    /// Wrong name or password.
    SignInFailed,
    /// A try at an account that is locked for its source.
    SignInLocked,
    /// A try from a network that used up its tries.
    SignInThrottled,
    /// The password was right, but the account is suspended or may not use the panel.
    SignInBarred,
    /// So many tries failed that their source is locked for the account.
    AccountLocked,
    /// Somebody who is signed in showed a wrong password where it is asked again.
    PasswordRefused,
    /// A key of the API that does not exist, or a wrong secret.
    ApiKeyRefused,
    /// Somebody asked for what their role may not.
    Forbidden,
    /// A form that did not come from a page of the panel.
    Forged,
}

impl Event {
    /// As it stands in the line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::SignInLocked => "sign-in-locked",
            Self::SignInThrottled => "sign-in-throttled",
            Self::SignInBarred => "sign-in-barred",
            Self::AccountLocked => "account-locked",
            Self::PasswordRefused => "password-refused",
            Self::ApiKeyRefused => "api-key-refused",
            Self::Forbidden => "forbidden",
            Self::Forged => "forged-form",
        }
    }
}

/// The longest part of a name or an agent that is written.
const LONGEST: usize = 200;

/// Characters that become `%XX`: all but letters, digits and some marks.
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

/// Answers a request, and knows meanwhile which program sent it, as its header `User-Agent` says.
pub async fn with_agent<T>(agent: &[u8], answering: impl Future<Output = T>) -> T {
    AGENT.scope(cut(&String::from_utf8_lossy(agent)), answering).await
}

/// The program that sent the request that is being answered; empty where there is none.
#[must_use]
pub fn agent() -> String {
    AGENT.try_with(Clone::clone).unwrap_or_default()
}

/// Writes the line of an event. `account` is the name that was typed, or that of whoever is signed
/// in.
pub fn tell(event: Event, address: &str, account: &str) {
    let (code, address, account, agent) =
        (event.code(), encoded(address), encoded(account), encoded(&agent()));
    if event == Event::SignedIn {
        tracing::info!(target: "clientele::security", "{code} from {address} account={account} agent={agent}");
    } else {
        tracing::warn!(target: "clientele::security", "{code} from {address} account={account} agent={agent}");
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// The text on one line without spaces, or `-` if it is empty.
fn encoded(text: &str) -> String {
    let line = utf8_percent_encode(&cut(text), &ENCODED).to_string();
    if line.is_empty() { "-".to_owned() } else { line }
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn nothing_typed_ends_a_line_or_looks_like_another_part_of_it() {
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
