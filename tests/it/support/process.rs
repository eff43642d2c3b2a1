//! Processes that a test starts. They end with the test.

use super::TestApp;
use super::wait::until;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Returns a command that runs the program with these arguments and without settings.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientele"));
    command.args(arguments).stdin(Stdio::null());
    remove_settings(&mut command);
    command
}

/// Runs a command of the program to its end, on the database of a test.
pub fn run_on(app: &TestApp, arguments: &[&str]) -> Output {
    let mut command = program(arguments);
    command
        .current_dir(app.dir())
        .env("CLIENTELE_DATA_DIR", app.dir().join("data"))
        .env("CLIENTELE_DATABASE_URL", &app.fresh.url);
    command.output().unwrap()
}

/// Removes the program's settings from the environment of a command, which inherits them from the
/// test run.
pub fn remove_settings(command: &mut Command) {
    for name in std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("CLIENTELE_"))
    {
        command.env_remove(name);
    }
}

/// A process with its output.
pub struct Process {
    child: Child,
    output: Arc<Mutex<String>>,
}

impl Process {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let output = Arc::new(Mutex::new(String::new()));
        collect(child.stdout.take().unwrap(), output.clone());
        collect(child.stderr.take().unwrap(), output.clone());
        Self { child, output }
    }

    /// Returns the output so far.
    pub fn output(&self) -> String {
        self.output.lock().unwrap().clone()
    }

    /// Waits until the output contains this text. Returns the output so far.
    pub async fn wait_for_output(&self, text: &str) -> String {
        let output = async || Some(self.output()).filter(|output| output.contains(text));
        until(text, Duration::from_secs(10), output).await
    }

    /// Returns the password of the first admin, which the program prints once.
    pub fn first_password(&self) -> Option<String> {
        let output = self.output();
        let line = output.lines().find(|line| line.trim_start().starts_with("password "))?;
        line.split_whitespace().nth(1).map(ToOwned::to_owned)
    }

    pub fn id(&self) -> String {
        self.child.id().to_string()
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Kills the process (`kill -9`).
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for the end of the process.
    pub async fn end(&mut self, within: Duration) -> ExitStatus {
        until("the end of the process", within, async || self.child.try_wait().unwrap()).await
    }

    /// Asks the program to hand over to a new process, as `systemctl reload` does. Waits until the
    /// new process has started.
    pub async fn reload(&self) -> Successor {
        self.signal(Signal::HUP);
        let children = format!("/proc/{0}/task/{0}/children", self.child.id());
        let child = async || {
            std::fs::read_to_string(&children)
                .ok()?
                .split_whitespace()
                .next()
                .map(ToOwned::to_owned)
        };
        Successor { id: until("the new process", Duration::from_secs(30), child).await }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The process that replaced the program.
pub struct Successor {
    id: String,
}

impl Successor {
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for Successor {
    fn drop(&mut self) {
        // A negative number would mean a process group.
        if let Some(id) = self.id.parse().ok().filter(|id| *id > 0).and_then(Pid::from_raw) {
            let _ = kill_process(id, Signal::KILL);
        }
    }
}

/// Reads the output continuously on a thread of its own, because a full pipe would block the
/// process.
fn collect(from: impl Read + Send + 'static, output: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut output = output.lock().unwrap();
            output.push_str(&line);
            output.push('\n');
        }
    });
}
