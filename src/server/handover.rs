//! Changing places with a new process of this program, without a request lost: `SIGHUP` (`systemctl
//! reload`).
//!
//! The old process starts the program that its file is by now, hands it the listening socket as
//! standard input, and goes on. Once the new one is ready, it asks the old one to stop, which ends
//! what is in flight. A new one that cannot start changes nothing.

use anyhow::Context as _;
use rustix::process::{Pid, Signal, getppid, kill_process};
use std::net::TcpListener;
use std::os::fd::{AsFd as _, OwnedFd};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Tells a new process whose place it takes, by process id.
const INSTEAD_OF: &str = "CLIENTELE_INSTEAD_OF";

/// The socket to listen on: that of the process whose place this one takes, or of systemd, or a new
/// one. Gives too whether it is this process's own: one that was handed over goes on listening for
/// others when this process stops.
pub(super) fn listener(address: &str) -> anyhow::Result<(TcpListener, bool)> {
    if predecessor().is_some() {
        let socket = std::io::stdin()
            .as_fd()
            .try_clone_to_owned()
            .context("the listening socket was not handed over")?;
        // Otherwise it would stay open, and clients would wait, when this process has stopped
        // listening.
        rustix::stdio::dup2_stdin(std::fs::File::open("/dev/null")?)?;
        return Ok((TcpListener::from(socket), false));
    }
    if let Some(socket) = listenfd::ListenFd::from_env()
        .take_tcp_listener(0)
        .context("systemd handed over no TCP socket")?
    {
        return Ok((socket, false));
    }
    let socket =
        TcpListener::bind(address).with_context(|| format!("cannot listen on {address}"))?;
    Ok((socket, true))
}

/// The process whose place this one takes, as long as it is there: it is the parent then.
fn predecessor() -> Option<Pid> {
    let told: i32 = std::env::var(INSTEAD_OF).ok()?.parse().ok()?;
    getppid().filter(|parent| parent.as_raw_pid() == told)
}

/// Says to whoever started it that this process works, and asks the one before it to stop.
pub(super) fn ready() {
    let states =
        [sd_notify::NotifyState::MainPid(std::process::id()), sd_notify::NotifyState::Ready];
    if let Err(error) = sd_notify::notify(&states) {
        tracing::warn!(%error, "systemd could not be told that the program is ready");
    }
    if let Some(old) = predecessor()
        && let Err(error) = kill_process(old, Signal::TERM)
    {
        tracing::warn!(%error, "the process before this one could not be asked to stop");
    }
}

/// Says that it stops.
pub(super) fn stopping() {
    drop(sd_notify::notify(&[sd_notify::NotifyState::Stopping]));
}

/// Starts the process that is to take this one's place.
#[derive(Clone, Default)]
pub(super) struct Successor {
    is_starting: Arc<AtomicBool>,
}

impl Successor {
    /// Whether there is one.
    pub fn is_there(&self) -> bool {
        self.is_starting.load(Ordering::SeqCst)
    }

    /// Starts it, with this socket if there is one; nothing happens while one is starting already.
    pub fn start(&self, socket: Option<&TcpListener>) {
        if self.is_starting.swap(true, Ordering::SeqCst) {
            return;
        }
        if let Err(error) = self.spawn(socket) {
            tracing::error!(
                error = format!("{error:#}"),
                "no new process could be started; this one goes on"
            );
            self.is_starting.store(false, Ordering::SeqCst);
        }
    }

    fn spawn(&self, socket: Option<&TcpListener>) -> anyhow::Result<()> {
        let mut arguments = std::env::args_os();
        // The name it was called by: behind it there may be a newer file than the one that runs.
        let program = arguments.next().context("the program does not know its name")?;
        let stdin = match socket {
            Some(socket) => Stdio::from(OwnedFd::from(socket.try_clone()?)),
            None => Stdio::null(),
        };
        let mut command = Command::new(program);
        command.args(arguments).env(INSTEAD_OF, std::process::id().to_string()).stdin(stdin);
        let mut child = command.spawn().context("the program cannot be started")?;
        tracing::info!(process = child.id(), "a new process takes over as soon as it is ready");
        let is_starting = self.is_starting.clone();
        std::thread::spawn(move || {
            match child.wait() {
                Ok(status) => tracing::error!(%status, "the new process ended; this one goes on"),
                Err(error) => tracing::error!(%error, "the new process cannot be waited for"),
            }
            is_starting.store(false, Ordering::SeqCst);
        });
        Ok(())
    }
}
