//! The program itself, as a process of its own.

use super::client::Client;
use super::wait::until;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Settings and a data directory.
pub struct Installation {
    dir: tempfile::TempDir,
    env: BTreeMap<String, String>,
}

impl Installation {
    /// A directory of its own and a free port.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let env = [("CLIENTELE_DATA_DIR", dir.path().join("data").display().to_string()), ("CLIENTELE_LISTEN", "127.0.0.1:0".to_owned())];
        Self { dir, env: env.map(|(name, value)| (name.to_owned(), value)).into() }
    }

    /// With a setting.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        PathBuf::from(&self.env["CLIENTELE_DATA_DIR"])
    }

    /// The directory that the program is started in.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clientele"));
        command.args(arguments).current_dir(self.dir.path()).stdin(Stdio::null());
        for name in std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("CLIENTELE_")) {
            command.env_remove(name);
        }
        command.envs(&self.env);
        command
    }

    /// Runs a verb to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a verb to its end while nobody reads what it writes to standard output, as before `| head` when it has enough.
    pub fn run_unread(&self, arguments: &[&str]) -> Output {
        let mut child = self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        child.wait_with_output().unwrap()
    }

    /// Runs a verb to its end with this on its standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        use std::io::Write as _;
        let mut child = self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Starts `serve` and waits for its address.
    pub async fn serve(&self) -> Program {
        let mut child = self.command(&["serve"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        listen(child.stdout.take().unwrap(), said.clone());
        listen(child.stderr.take().unwrap(), said.clone());
        let mut program = Program { child, said, base: String::new() };
        program.base = until("the address of the program", Duration::from_secs(20), async || program.address()).await;
        program
    }
}

/// Keeps reading: a full pipe would stop the program.
fn listen(from: impl Read + Send + 'static, said: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut said = said.lock().unwrap();
            said.push_str(&line);
            said.push('\n');
        }
    });
}

/// A running program; it goes with the test.
pub struct Program {
    child: Child,
    said: Arc<Mutex<String>>,
    /// Its address.
    pub base: String,
}

impl Program {
    /// What it wrote to the terminal so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    fn address(&self) -> Option<String> {
        let said = self.said();
        let at = said.find("answers on http://")? + "answers on ".len();
        said[at..].split_once('\n').map(|(address, _)| address.trim().to_owned())
    }

    /// The password of the first admin, which is told once.
    pub fn first_password(&self) -> Option<String> {
        let said = self.said();
        let line = said.lines().find(|line| line.trim_start().starts_with("password "))?;
        line.split_whitespace().nth(1).map(ToOwned::to_owned)
    }

    /// A browser for it.
    pub fn browser(&self) -> Client {
        Client::at(&self.base)
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Ends it at once, wherever it is: `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end.
    pub async fn end(&mut self, within: Duration) -> ExitStatus {
        until("the end of the program", within, async || self.child.try_wait().unwrap()).await
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
