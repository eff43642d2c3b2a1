//! The program as a process.

use super::client::Client;
use super::process::{self, Process, Successor};
use super::wait::{until, until_true};
use sea_orm::DatabaseConnection;
use std::collections::BTreeMap;
use std::fs::File;
use std::net::TcpListener;
use std::ops::{Deref, DerefMut};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use test_databases::database::{self, Engine, TestDatabase};

/// Returns the whole output of a command.
pub fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Opens a file that every write fails on, as on a full disk.
fn full_disk() -> File {
    File::options().write(true).open("/dev/full").unwrap()
}

/// Settings, a data directory and a database for the program.
pub struct Installation {
    dir: tempfile::TempDir,
    env: BTreeMap<String, String>,
    fresh: TestDatabase,
}

impl Installation {
    /// Creates a directory and selects a free port. On a database server, the schema exists
    /// already, to save time; a SQLite file does not exist yet.
    pub fn new() -> Self {
        match database::engine() {
            Engine::Sqlite => Self::with_database(database::empty),
            Engine::Postgres | Engine::Mariadb => {
                Self::with_database(database::create_test_database)
            }
        }
    }

    /// Like [`Self::new`], but without a schema on a database server, too.
    pub fn bare() -> Self {
        Self::with_database(database::empty)
    }

    fn with_database(make: fn(&Path) -> TestDatabase) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let fresh = make(&data).only_once();
        let mut env = vec![
            ("CLIENTELE_DATA_DIR", data.display().to_string()),
            ("CLIENTELE_LISTEN", "127.0.0.1:0".to_owned()),
        ];
        if database::engine() != Engine::Sqlite {
            env.push(("CLIENTELE_DATABASE_URL", fresh.url.clone()));
        }
        Self {
            dir,
            env: env.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            fresh,
        }
    }

    /// Opens connections to the database for a test's own SQL.
    pub async fn raw(&self) -> DatabaseConnection {
        database::raw(&self.fresh.url).await
    }

    /// Returns the places in the database that contain this text unencrypted.
    pub fn find_in_database(&self, text: &str) -> Vec<String> {
        database::find_text(&self.fresh, text)
    }

    /// Sets a setting of the program.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Returns the data directory.
    pub fn data(&self) -> PathBuf {
        PathBuf::from(&self.env["CLIENTELE_DATA_DIR"])
    }

    /// Returns the working directory of the program.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = process::program(arguments);
        command.current_dir(self.dir.path()).envs(&self.env);
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Starts a command.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Runs a command to its end. Returns its peak resident memory in KiB, and its output.
    pub fn peak(&self, arguments: &[&str]) -> (u64, String) {
        let measure = "import resource, subprocess, sys\n\
                       print(subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode, file=sys.stderr)\n\
                       print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
        let mut command = Command::new("python3");
        process::remove_settings(&mut command);
        command.args(["-c", measure, env!("CARGO_BIN_EXE_clientele")]).args(arguments);
        let output = command.current_dir(self.dir.path()).envs(&self.env).output().unwrap();
        let peak = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of KiB");
        (peak, String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Runs a command to its end. Its standard output is closed, as after `| head` has read enough.
    pub fn run_unread(&self, arguments: &[&str]) -> Output {
        let mut child =
            self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        child.wait_with_output().unwrap()
    }

    /// Runs a command to its end. Its standard output is a file on a full disk.
    pub fn run_on_full_disk(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        let child = command.stdout(full_disk()).stderr(Stdio::piped()).spawn().unwrap();
        child.wait_with_output().unwrap()
    }

    /// Starts `serve`. Its standard output is a file on a full disk.
    pub fn serve_on_full_disk(&self) -> Process {
        let mut command = Command::new("sh");
        process::remove_settings(&mut command);
        command.args(["-c", "exec \"$0\" serve >/dev/full", env!("CARGO_BIN_EXE_clientele")]);
        Process::start(command.current_dir(self.dir.path()).envs(&self.env).stdin(Stdio::null()))
    }

    /// Runs a command to its end with this standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        use std::io::Write as _;
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Starts `serve` and waits for its address.
    pub async fn serve(&self) -> Program {
        Program::start(&mut self.command(&["serve"])).await
    }

    /// Starts `serve` by another path of the program, at which the test can put another program
    /// before a reload.
    pub async fn serve_from(&self, path: &Path) -> Program {
        let mut command = Command::new(path);
        process::remove_settings(&mut command);
        command.arg("serve").current_dir(self.dir.path()).envs(&self.env).stdin(Stdio::null());
        Program::start(&mut command).await
    }

    /// Starts `serve` with a soft limit of open files.
    pub async fn serve_with_open_files(&self, limit: u32) -> Program {
        let mut command = Command::new("sh");
        process::remove_settings(&mut command);
        command.args([
            "-c",
            &format!("ulimit -S -n {limit}; exec \"$0\" serve"),
            env!("CARGO_BIN_EXE_clientele"),
        ]);
        Program::start(command.current_dir(self.dir.path()).envs(&self.env).stdin(Stdio::null()))
            .await
    }

    /// Starts `serve` with a socket that another process keeps, passed as systemd does.
    pub async fn serve_on(&self, socket: &TcpListener) -> Program {
        let hand_over =
            "exec 3<&0 </dev/null; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$0\" serve";
        let mut command = Command::new("sh");
        process::remove_settings(&mut command);
        command
            .args(["-c", hand_over, env!("CARGO_BIN_EXE_clientele")])
            .current_dir(self.dir.path())
            .envs(&self.env);
        Program::start(command.stdin(Stdio::from(OwnedFd::from(socket.try_clone().unwrap())))).await
    }
}

/// A running program, which ends with the test.
pub struct Program {
    process: Process,
    /// The URL of the program.
    pub base: String,
}

impl Program {
    async fn start(command: &mut Command) -> Self {
        let process = Process::start(command);
        let address = async || {
            let output = process.output();
            let at = output.find("listens on http://")? + "listens on ".len();
            output[at..].split_once('\n').map(|(address, _)| address.trim().to_owned())
        };
        let base = until("the address of the program", Duration::from_secs(20), address).await;
        Self { process, base }
    }

    /// Returns a browser for the program.
    pub fn browser(&self) -> Client {
        Client::at(&self.base)
    }

    /// Asks the program to hand over to a new process. Waits until the new process answers.
    pub async fn reload(&self) -> Successor {
        let successor = self.process.reload().await;
        let is_listening = async || self.output().matches("listens on ").count() > 1;
        until_true("the new process to respond", Duration::from_secs(20), is_listening).await;
        successor
    }
}

impl Deref for Program {
    type Target = Process;
    fn deref(&self) -> &Process {
        &self.process
    }
}

impl DerefMut for Program {
    fn deref_mut(&mut self) -> &mut Process {
        &mut self.process
    }
}
