//! What verbs read from and say at a terminal.

use crate::domain::fault::FieldFaults;
use crate::domain::secret::Secret;
use crate::i18n::Lang;
use crate::web::faults;
use anyhow::Context as _;
use std::io::BufRead as _;

/// The password on the first line of standard input.
pub(super) fn read_password() -> anyhow::Result<Secret> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("no password could be read")?;
    let password = line.trim_end_matches(['\r', '\n']);
    anyhow::ensure!(!password.is_empty(), "no password could be read");
    Ok(Secret::new(password))
}

/// What is wrong, a sentence each, with the name of what it is wrong with; empty where that is nothing in particular.
pub(super) fn sentences(found: &FieldFaults) -> impl Iterator<Item = (&str, String)> {
    found.iter().flat_map(|(name, list)| list.iter().map(move |fault| (name, faults::text(Lang::En, fault))))
}
