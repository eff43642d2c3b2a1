//! A private MariaDB server: one for the whole run, started when the first test asks for it, and a database of its own for
//! each test. It listens on the loopback only, and goes with the test run, however that ends.

use super::wait::until;
use sea_orm::{ConnectionTrait as _, Database};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::OnceCell;

/// Its user has a password that must never be seen anywhere.
pub const PASSWORD: &str = "Nobody-may-see-this";

struct Server {
    port: u16,
    /// Its standard input ends with this process; then the server ends.
    _watch: Child,
}

/// The URL of a fresh, empty database.
pub async fn database() -> String {
    static SERVER: OnceCell<Server> = OnceCell::const_new();
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let server = SERVER.get_or_init(start).await;
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = Database::connect(url(server.port, "mysql")).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")).await.unwrap();
    admin.close().await.unwrap();
    url(server.port, &name)
}

fn url(port: u16, database: &str) -> String {
    format!("mysql://tester:{PASSWORD}@127.0.0.1:{port}/{database}")
}

/// Waits for the end of its input, which is the end of the test run, and then ends the server and removes its files.
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

async fn start() -> Server {
    let dir = tempfile::Builder::new().prefix("clientele-mariadb-").tempdir().unwrap().keep();
    let data = dir.join("data");
    install(&data);
    let sql = dir.join("init.sql");
    let user = format!("CREATE USER tester@'%' IDENTIFIED BY '{PASSWORD}';\nGRANT ALL ON *.* TO tester@'%' WITH GRANT OPTION;\n");
    std::fs::write(&sql, user).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let log = std::fs::File::create(dir.join("log")).unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", WATCH, "watch"]).arg(&dir).arg(program("mariadbd")).arg("--no-defaults");
    command.arg(format!("--datadir={}", data.display())).arg(format!("--socket={}", dir.join("socket").display()));
    command.arg(format!("--init-file={}", sql.display())).arg(format!("--pid-file={}", dir.join("pid").display()));
    command.arg(format!("--port={port}")).args(as_root());
    command.args([
        "--bind-address=127.0.0.1",
        "--skip-networking=0",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--performance-schema=0",
        "--max-connections=400",
        "--innodb-buffer-pool-size=96M",
        "--innodb-log-file-size=32M",
        // Nothing here outlives the run: it need not survive a power cut.
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-doublewrite=0",
    ]);
    let watch = command.stdin(Stdio::piped()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
    let answers = async || Database::connect(url(port, "mysql")).await.is_ok().then_some(());
    until("the MariaDB server", Duration::from_mins(1), answers).await;
    Server { port, _watch: watch }
}

fn install(data: &Path) {
    let mut command = Command::new(program("mariadb-install-db"));
    command.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]).args(as_root());
    let output = command.arg(format!("--datadir={}", data.display())).output().expect("Debian: mariadb-server");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

/// Servers are not in everybody's path.
fn program(name: &str) -> String {
    let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
    folders.iter().map(|folder| format!("{folder}/{name}")).find(|path| Path::new(path).exists()).unwrap_or_else(|| name.to_owned())
}

fn as_root() -> Option<&'static str> {
    rustix::process::geteuid().is_root().then_some("--user=root")
}
