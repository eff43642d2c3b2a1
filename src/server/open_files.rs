//! How many files and connections the process may have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What everything but clients' connections needs: database, log, jobs.
const OTHERS: u64 = 256;
/// Descriptors that each connection takes: its own, and one by which it can be closed from outside.
const EACH: u64 = 2;
/// More connections than this need not be open.
const MAX: u64 = 50_000;

/// Raises the limit of open files as far as the process may.
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

/// The number of connections that the limit of open files allows.
pub(super) fn connections() -> usize {
    connections_within(getrlimit(Resource::Nofile).current)
}

fn connections_within(files: Option<u64>) -> usize {
    let most = files.map_or(MAX, |files| (files.saturating_sub(OTHERS) / EACH).clamp(64, MAX));
    usize::try_from(most).unwrap_or(64)
}

#[cfg(test)]
mod tests {
    use super::connections_within;

    #[test]
    fn files_leave_room_for_more_than_connections() {
        for (files, connections) in [
            (None, 50_000),
            (Some(1 << 20), 50_000),
            (Some(1024), 384),
            (Some(256), 64),
            (Some(10), 64),
        ] {
            assert_eq!(connections_within(files), connections, "{files:?}");
        }
    }
}
