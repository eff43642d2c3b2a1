//! Common code of private servers. They start when the first test needs one, listen on the loopback
//! only, and end with the test run, however it ends.

use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A server that lasts as long as the test run.
pub struct Server {
    pub port: u16,
    /// Ends the server when its standard input is closed, which happens when this process ends.
    _watch: Child,
}

/// The user that a server runs as. If root runs the tests, this is another user, because PostgreSQL
/// refuses to run as root.
#[derive(Clone, Copy)]
pub struct User(Option<(u32, u32)>);

impl User {
    /// Returns the first of these users that exists if root runs the tests, and the current user
    /// otherwise.
    pub fn first_of(names: &[&str]) -> Self {
        if !rustix::process::geteuid().is_root() {
            return Self(None);
        }
        let user =
            names.iter().find_map(uzers::get_user_by_name).expect("one of the users must exist");
        Self(Some((user.uid(), user.primary_group_id())))
    }

    /// Creates a directory that belongs to the user.
    pub fn directory(self, prefix: &str) -> PathBuf {
        let dir = tempfile::Builder::new().prefix(prefix).tempdir().unwrap().keep();
        if let Self(Some((uid, gid))) = self {
            std::os::unix::fs::chown(&dir, Some(uid), Some(gid)).unwrap();
        }
        dir
    }

    /// Returns a command that runs as the user in this directory.
    pub fn command(self, program: &str, dir: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(dir).stdin(Stdio::null());
        if let Self(Some((uid, gid))) = self {
            command.uid(uid).gid(gid);
        }
        command
    }
}

/// Waits for the end of its input, which is the end of the test run. Then ends the server and
/// removes its files.
const WATCH: &str = r#"
trap '' INT TERM HUP
dir=$1; shift
"$@" </dev/null &
server=$!
read -r _
kill -9 $server
wait $server 2>/dev/null
rm -rf "$dir"
"#;

/// Starts a server with its files in `dir`, and waits until `is_ready` returns true.
pub fn start(
    user: User,
    dir: &Path,
    port: u16,
    program: &str,
    arguments: &[String],
    is_ready: impl Fn() -> bool,
) -> Server {
    let log = std::fs::File::create(dir.join("log")).unwrap();
    let mut command = user.command("/bin/sh", dir);
    command.args(["-c", WATCH, "watch"]).arg(dir).arg(program).args(arguments);
    let watch =
        command.stdin(Stdio::piped()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
    let end = Instant::now() + Duration::from_mins(1);
    while !is_ready() {
        assert!(
            Instant::now() < end,
            "{program}: {}",
            std::fs::read_to_string(dir.join("log")).unwrap()
        );
        std::thread::sleep(Duration::from_millis(30));
    }
    Server { port, _watch: watch }
}

/// Returns a port that no process listens on.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Returns the path of a server's program, which need not be in the user's `PATH`.
pub fn program(folders: &[&str], name: &str) -> String {
    folders
        .iter()
        .map(|folder| format!("{folder}/{name}"))
        .find(|path| Path::new(path).exists())
        .unwrap_or_else(|| name.to_owned())
}

/// Asserts that a command succeeded.
#[track_caller]
pub fn assert_success(output: &Output) {
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Runs a future to its end on a thread of its own, so that tests with and without a runtime can
/// use a database.
pub fn wait<T: Send>(future: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(future)
        });
        thread.join().unwrap()
    })
}
