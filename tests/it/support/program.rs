//! The program itself, as a process of its own.

use super::client::Client;
use super::database::{self, Engine, Fresh};
use super::wait::until;
use sea_orm::DatabaseConnection;
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
    fresh: Fresh,
}

impl Installation {
    /// A directory of its own and a free port. On a server the schema is there already, to save time; as a file there is none yet.
    pub fn new() -> Self {
        match database::engine() {
            Engine::Sqlite => Self::on(database::empty),
            Engine::Postgres | Engine::Mariadb => Self::on(database::fresh),
        }
    }

    /// Without a schema on a server, too.
    pub fn bare() -> Self {
        Self::on(database::empty)
    }

    fn on(make: fn(&Path) -> Fresh) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let fresh = make(&data).only_once();
        let mut env = vec![("CLIENTELE_DATA_DIR", data.display().to_string()), ("CLIENTELE_LISTEN", "127.0.0.1:0".to_owned())];
        if database::engine() != Engine::Sqlite {
            env.push(("CLIENTELE_DATABASE_URL", fresh.url.clone()));
        }
        Self { dir, env: env.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(), fresh }
    }

    /// Connections to its database, for a test's own SQL.
    pub async fn raw(&self) -> DatabaseConnection {
        database::raw(&self.fresh.url).await
    }

    /// Where in the database this text is held, plainly.
    pub fn find_in_database(&self, text: &str) -> Vec<String> {
        database::places(&self.fresh, text)
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

    /// Starts a verb.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
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

/// The process that took a program's place; it goes with the test.
pub struct Successor {
    id: String,
}

impl Drop for Successor {
    fn drop(&mut self) {
        drop(Command::new("kill").args(["-9", &self.id]).status());
    }
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

    /// Asks it to hand over to a new process, and waits until that one answers.
    pub async fn reload(&self) -> Successor {
        self.signal("-HUP");
        let children = format!("/proc/{0}/task/{0}/children", self.child.id());
        let child = async || std::fs::read_to_string(&children).ok()?.split_whitespace().next().map(ToOwned::to_owned);
        let id = until("the new process", Duration::from_secs(20), child).await;
        let successor = Successor { id };
        until("the new process to answer", Duration::from_secs(20), async || {
            (self.said().matches("answers on ").count() > 1).then_some(())
        })
        .await;
        successor
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
