//! Terminal input and output of commands.

use anyhow::Context as _;
use domain::account::Language;
use domain::secret::Secret;
use domain::validation::FieldErrors;
use i18n::Texts as _;
use std::io::{BufRead as _, ErrorKind, Write as _};

/// Writes a line to standard output. A closed pipe (`| head`) is no error. Any other error, such as
/// a full disk, ends the program, because a truncated file must not pass for a complete one.
pub(super) fn write_line(line: &str) {
    match writeln!(std::io::stdout(), "{line}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("clientele: standard output cannot be written: {error}");
            std::process::exit(1);
        }
        _ => {}
    }
}

/// Calls [`write_line`] with the arguments of `println!`.
macro_rules! print_line {
    ($($part:tt)*) => { $crate::terminal::write_line(&format!($($part)*)) };
}
pub(super) use print_line;

/// Writes a text with a secret that is stored already and is shown only once.
///
/// # Errors
/// If the text cannot be written. A closed pipe is an error here, too: nobody has read the secret.
/// Callers add to the error how to replace the secret.
pub(super) fn print_secret(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Returns a number with its noun, such as `1 customer` or `2 customers`.
pub(super) fn with_noun(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// Reads a password from the first line of standard input.
pub(super) fn read_password() -> anyhow::Result<Secret> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("no password could be read")?;
    let password = line.trim_end_matches(['\r', '\n']);
    anyhow::ensure!(!password.is_empty(), "no password could be read");
    Ok(Secret::new(password))
}

/// Returns the messages of validation errors with their fields. The field is empty for errors of
/// the whole input.
pub(super) fn error_messages(errors: &FieldErrors) -> impl Iterator<Item = (&str, String)> {
    errors.iter().flat_map(|(name, list)| {
        list.iter().map(move |error| (name, Language::En.validation_error(error)))
    })
}
