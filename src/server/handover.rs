//! Replaces the running process with a new one without losing a request, at `SIGHUP` (`systemctl
//! reload`).
//!
//! The old process starts the program's current file, passes the listening socket as standard
//! input, and keeps running. Once the new process is ready, it sends [`READY`] to the old one, and
//! the old one finishes its requests and stops. If the new process ends or is not ready in time,
//! nothing changes.

use anyhow::Context as _;
use rustix::process::{Pid, Signal, getppid, kill_process};
use std::net::TcpListener;
use std::os::fd::{AsFd as _, OwnedFd};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};
use tokio::signal::unix::SignalKind;
use tokio::time::{Instant, timeout_at};

/// Environment variable with the process id of the predecessor.
const PREDECESSOR_PID: &str = "CLIENTELE_INSTEAD_OF";
/// The signal of a successor that is ready. `SIGTERM` would look like a request to stop both.
const READY: Signal = Signal::USR1;
/// Time in which a successor must be ready. It may have to migrate a large database.
const MAX_START: Duration = Duration::from_mins(10);

/// Returns the listening socket: the predecessor's, systemd's, or a new one. The `bool` is true for
/// a new one. A socket that was passed on keeps listening for others when this process stops.
pub(super) fn take_listener(address: &str) -> anyhow::Result<(TcpListener, bool)> {
    if predecessor().is_some() {
        let socket = std::io::stdin()
            .as_fd()
            .try_clone_to_owned()
            .context("the listening socket was not passed on")?;
        // An open standard input would keep the socket listening after this process has stopped
        // accepting, and clients would wait.
        rustix::stdio::dup2_stdin(std::fs::File::open("/dev/null")?)?;
        return Ok((TcpListener::from(socket), false));
    }
    if let Some(socket) = listenfd::ListenFd::from_env()
        .take_tcp_listener(0)
        .context("systemd passed no TCP socket")?
    {
        return Ok((socket, false));
    }
    let socket =
        TcpListener::bind(address).with_context(|| format!("cannot listen on {address}"))?;
    Ok((socket, true))
}

/// Returns the process that this one replaces, while it still runs as the parent process.
fn predecessor() -> Option<Pid> {
    let expected: i32 = std::env::var(PREDECESSOR_PID).ok()?.parse().ok()?;
    getppid().filter(|parent| parent.as_raw_pid() == expected)
}

/// Returns [`READY`] as a kind of signal to listen for.
pub(super) fn ready_signal() -> SignalKind {
    SignalKind::from_raw(READY.as_raw())
}

/// Reports to systemd that this process is ready, and asks its predecessor to stop.
pub(super) fn notify_ready() {
    let states =
        [sd_notify::NotifyState::MainPid(std::process::id()), sd_notify::NotifyState::Ready];
    if let Err(error) = sd_notify::notify(&states) {
        tracing::warn!(%error, "systemd could not be notified that the program is ready");
    }
    if let Some(old) = predecessor()
        && let Err(error) = kill_process(old, READY)
    {
        tracing::warn!(%error, "the predecessor could not be asked to stop");
    }
}

/// Reports to systemd that this process is stopping.
pub(super) fn notify_stopping() {
    drop(sd_notify::notify(&[sd_notify::NotifyState::Stopping]));
}

/// The process that replaces this one, while it starts.
#[derive(Default)]
pub(super) struct Successor {
    starting: Option<Starting>,
}

struct Starting {
    process: Child,
    /// Time at which a process that is not ready is killed.
    deadline: Instant,
}

impl Successor {
    /// Returns whether a successor is starting.
    pub fn is_starting(&self) -> bool {
        self.starting.is_some()
    }

    /// Starts the successor with this socket. Does nothing while an earlier one is starting.
    pub fn start(&mut self, socket: Option<&TcpListener>) {
        if let Some(starting) = &self.starting {
            tracing::warn!(
                process = starting.process.id(),
                "a new process is starting already; the signal has no effect"
            );
            return;
        }
        match spawn(socket) {
            Ok(process) => {
                tracing::info!(
                    process = process.id(),
                    "a new process takes over as soon as it is ready"
                );
                let deadline = Instant::now() + MAX_START;
                self.starting = Some(Starting { process, deadline });
            }
            Err(error) => tracing::error!(
                error = format!("{error:#}"),
                "no new process could be started; this one keeps running"
            ),
        }
    }

    /// Waits until the starting successor has ended, and kills it at its deadline. Without a
    /// successor, it waits forever. The future is cancellation-safe.
    pub async fn watch(&mut self) {
        let Some(Starting { process, deadline }) = &mut self.starting else {
            return std::future::pending().await;
        };
        match timeout_at(*deadline, process.wait()).await {
            Ok(Ok(status)) => {
                tracing::error!(%status, "the new process ended; this one keeps running");
            }
            Ok(Err(error)) => tracing::error!(%error, "could not wait for the new process"),
            Err(_) => {
                tracing::error!(
                    process = process.id(),
                    "the new process was not ready in time and was killed; this one keeps running"
                );
                if let Err(error) = process.kill().await {
                    tracing::error!(%error, "the new process could not be killed");
                }
            }
        }
        self.starting = None;
    }

    /// Asks a starting successor to stop, because this process stops without being replaced.
    pub fn stop(&mut self) {
        let Some(starting) = self.starting.take() else { return };
        let id = starting.process.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        if let Some(id) = id
            && let Err(error) = kill_process(id, Signal::TERM)
        {
            tracing::warn!(%error, "the new process could not be asked to stop");
        }
    }
}

fn spawn(socket: Option<&TcpListener>) -> anyhow::Result<Child> {
    let mut arguments = std::env::args_os();
    // Uses the path of the command line, not the running executable, because the file may have
    // been replaced by a newer one.
    let program = arguments.next().context("the program's name is missing in its arguments")?;
    let stdin = match socket {
        Some(socket) => Stdio::from(OwnedFd::from(socket.try_clone()?)),
        None => Stdio::null(),
    };
    let mut command = Command::new(program);
    command.args(arguments).env(PREDECESSOR_PID, std::process::id().to_string()).stdin(stdin);
    command.spawn().context("the program cannot be started")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::test_kill_process;

    #[tokio::test]
    async fn a_successor_that_is_not_ready_in_time_is_killed() {
        let process = Command::new("sleep").arg("600").spawn().unwrap();
        let id = Pid::from_raw(i32::try_from(process.id().unwrap()).unwrap()).unwrap();
        let mut successor =
            Successor { starting: Some(Starting { process, deadline: Instant::now() }) };
        successor.watch().await;
        assert!(!successor.is_starting(), "another one can be started");
        assert_eq!(test_kill_process(id), Err(rustix::io::Errno::SRCH));
    }
}
