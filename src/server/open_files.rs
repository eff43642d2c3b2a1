//! Limits of open files, and of the connections that they allow.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// File descriptors for everything except clients' connections: database, log, jobs.
const OTHER_FILES: u64 = 256;
/// File descriptors of a connection: its own, and a duplicate that closes it.
const FILES_PER_CONNECTION: u64 = 2;
/// Maximum number of connections, however many files are allowed.
const MAX_CONNECTIONS: u64 = 50_000;

/// Raises the soft limit of open files to the hard limit.
pub(super) fn raise() {
    let limit = getrlimit(Resource::Nofile);
    if limit.current == limit.maximum {
        return;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }) {
        Ok(()) => tracing::debug!(
            from = limit.current,
            to = limit.maximum,
            "the limit of open files was raised"
        ),
        Err(error) => {
            tracing::warn!(%error, limit = limit.current, "the limit of open files could not be raised");
        }
    }
}

/// Returns the number of connections that the limit of open files allows, but at least 64.
pub(super) fn max_connections() -> usize {
    max_connections_within(getrlimit(Resource::Nofile).current)
}

fn max_connections_within(files: Option<u64>) -> usize {
    let max = files.map_or(MAX_CONNECTIONS, |files| {
        (files.saturating_sub(OTHER_FILES) / FILES_PER_CONNECTION).clamp(64, MAX_CONNECTIONS)
    });
    usize::try_from(max).unwrap_or(64)
}

#[cfg(test)]
mod tests {
    use super::max_connections_within;

    #[test]
    fn connections_are_derived_from_the_limit_of_open_files() {
        for (files, connections) in [
            (None, 50_000),
            (Some(1 << 20), 50_000),
            (Some(1024), 384),
            (Some(256), 64),
            (Some(10), 64),
        ] {
            assert_eq!(max_connections_within(files), connections, "{files:?}");
        }
    }
}
