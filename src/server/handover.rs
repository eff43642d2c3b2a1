//! Replaces the running process with a new one without losing a request, at `SIGHUP` (`systemctl
//! reload`).
//!
//! The old process starts the program's current file, passes the listening socket as standard
//! input, and keeps running. Once the new process is ready, it asks the old one to stop, and the
//! old one finishes its requests. If the new process cannot start, nothing changes.

use anyhow::Context as _;
use rustix::process::{Pid, Signal, getppid, kill_process};
use std::net::TcpListener;
use std::os::fd::{AsFd as _, OwnedFd};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Environment variable with the process id of the predecessor.
const PREDECESSOR_PID: &str = "CLIENTELE_INSTEAD_OF";

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

/// Reports to systemd that this process is ready, and asks its predecessor to stop.
pub(super) fn notify_ready() {
    let states =
        [sd_notify::NotifyState::MainPid(std::process::id()), sd_notify::NotifyState::Ready];
    if let Err(error) = sd_notify::notify(&states) {
        tracing::warn!(%error, "systemd could not be notified that the program is ready");
    }
    if let Some(old) = predecessor()
        && let Err(error) = kill_process(old, Signal::TERM)
    {
        tracing::warn!(%error, "the predecessor could not be asked to stop");
    }
}

/// Reports to systemd that this process is stopping.
pub(super) fn notify_stopping() {
    drop(sd_notify::notify(&[sd_notify::NotifyState::Stopping]));
}

/// The process that replaces this one.
#[derive(Clone, Default)]
pub(super) struct Successor {
    is_starting: Arc<AtomicBool>,
}

impl Successor {
    /// Returns whether a successor was started and still runs.
    pub fn is_starting(&self) -> bool {
        self.is_starting.load(Ordering::SeqCst)
    }

    /// Starts the successor with this socket. Does nothing while an earlier successor runs.
    pub fn start(&self, socket: Option<&TcpListener>) {
        if self.is_starting.swap(true, Ordering::SeqCst) {
            return;
        }
        if let Err(error) = self.spawn(socket) {
            tracing::error!(
                error = format!("{error:#}"),
                "no new process could be started; this one keeps running"
            );
            self.is_starting.store(false, Ordering::SeqCst);
        }
    }

    fn spawn(&self, socket: Option<&TcpListener>) -> anyhow::Result<()> {
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
        let mut child = command.spawn().context("the program cannot be started")?;
        tracing::info!(process = child.id(), "a new process takes over as soon as it is ready");
        let is_starting = self.is_starting.clone();
        std::thread::spawn(move || {
            match child.wait() {
                Ok(status) => {
                    tracing::error!(%status, "the new process ended; this one keeps running");
                }
                Err(error) => tracing::error!(%error, "could not wait for the new process"),
            }
            is_starting.store(false, Ordering::SeqCst);
        });
        Ok(())
    }
}
