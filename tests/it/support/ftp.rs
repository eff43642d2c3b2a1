//! Debian's ProFTPD on the loopback with the shipped configuration, and a small client.

use super::wait::until;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that lasts as long as its test.
pub struct FtpServer {
    port: u16,
    dir: PathBuf,
    /// Ends the server when its standard input is closed, which happens at the latest when this
    /// process ends.
    watch: Child,
}

/// Waits for the end of its input. Then ends the process group of the server and its sessions.
const WATCH: &str = r#"
trap '' INT TERM HUP
setsid "$@" </dev/null &
server=$!
read -r _
kill -9 -$server 2>/dev/null
wait $server 2>/dev/null
"#;

/// Reads a file of the shipped configuration.
fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/proftpd").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Replaces the value of a directive in the configuration, because each test has its own paths and
/// addresses.
fn with_directive(text: &str, directive: &str, value: &str) -> String {
    assert!(
        text.lines().any(|line| line.starts_with(directive)),
        "{directive} is not in the shipped configuration"
    );
    let line = |line: &str| {
        if line.starts_with(directive) { format!("{directive} {value}") } else { line.to_owned() }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

impl FtpServer {
    /// Starts the server with `<database>.conf`, and waits until it answers. `connect` is the value
    /// of `SQLConnectInfo`.
    pub async fn start(dir: &Path, database: &str, connect: &str) -> Self {
        let dir = dir.join("ftp");
        std::fs::create_dir(&dir).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut rules = shipped("clientele.conf");
        let root = rustix::process::geteuid().is_root();
        if !root {
            // Without root, files cannot be given to other users: the server and the homes belong
            // to the user who runs the test.
            let id = rustix::process::geteuid().as_raw();
            rules = with_directive(
                &rules,
                "SQLUserInfo",
                "ftp_accounts username password_hash NULL NULL home_dir shell",
            );
            // Only root can use chroot.
            rules = rules.replace("\nDefaultRoot ", "\nDefaultChdir ");
            rules = with_directive(&rules, "RootRevoke", "off");
            let group = rustix::process::getegid().as_raw();
            let ids = format!(
                "SQLDefaultUID {id}\nSQLDefaultGID {group}\nSQLMinUserUID 1\nSQLMinUserGID 1"
            );
            rules = format!("{rules}\n{ids}\n");
        }
        let accounts =
            with_directive(&shipped(&format!("{database}.conf")), "SQLConnectInfo", connect);
        let (user, group) = if root {
            ("proftpd".to_owned(), "nogroup".to_owned())
        } else {
            (id("-un"), id("-gn"))
        };
        let path = dir.display();
        // The directives in Debian's own proftpd.conf before it includes conf.d.
        let main = format!(
            "ModulePath /usr/lib/proftpd\nServerName test\nServerType standalone\nPort {port}\nDefaultAddress 127.0.0.1\n\
             SocketBindTight on\nUseIPv6 off\nUser {user}\nGroup {group}\nPidFile {path}/pid\nScoreboardFile {path}/scoreboard\n\
             DelayTable {path}/delay\nSystemLog {path}/log\nWtmpLog off\n"
        );
        // `SQLLogFile` is a directive of a module that the accounts' configuration loads.
        let text = format!("{main}{accounts}\nSQLLogFile {path}/sql.log\n{rules}\n");
        let conf = dir.join("proftpd.conf");
        std::fs::write(&conf, text).unwrap();
        let log = std::fs::File::create(dir.join("out")).unwrap();
        let mut command = Command::new("sh");
        command
            .args(["-c", WATCH, "watch"])
            .arg(program())
            .arg("--nodaemon")
            .arg("--config")
            .arg(&conf);
        let watch = command
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let server = Self { port, dir, watch };
        until("the FTP server", Duration::from_secs(20), async || {
            Ftp::connect(port).ok().map(|_| ())
        })
        .await;
        server
    }

    /// Signs in. A refusal is an error.
    pub fn sign_in(&self, user: &str, password: &str) -> Result<Ftp, String> {
        let mut ftp =
            Ftp::connect(self.port).unwrap_or_else(|error| panic!("{error}\n{}", self.log()));
        ftp.send_command(&format!("USER {user}"))?;
        ftp.send_command(&format!("PASS {password}"))?;
        Ok(ftp)
    }

    /// Returns whether the user can sign in. Panics at any error except a refusal.
    pub fn admits(&self, user: &str, password: &str) -> bool {
        match self.sign_in(user, password) {
            Ok(_) => true,
            Err(response) => {
                assert!(response.starts_with("530"), "{response}\n{}", self.log());
                false
            }
        }
    }

    /// Returns the server's log.
    pub fn log(&self) -> String {
        let read = |name: &str| std::fs::read_to_string(self.dir.join(name)).unwrap_or_default();
        format!("{}{}{}", read("out"), read("log"), read("sql.log"))
    }
}

impl Drop for FtpServer {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        let _ = self.watch.wait();
    }
}

/// Returns the path of the server, which need not be in the user's `PATH`.
fn program() -> &'static str {
    ["/usr/sbin/proftpd", "/usr/local/sbin/proftpd"]
        .into_iter()
        .find(|path| Path::new(path).exists())
        .expect("Debian: proftpd-core")
}

fn id(option: &str) -> String {
    String::from_utf8(Command::new("id").arg(option).output().unwrap().stdout)
        .unwrap()
        .trim()
        .to_owned()
}

/// A client with a session.
pub struct Ftp {
    control: BufReader<TcpStream>,
}

impl Ftp {
    fn connect(port: u16) -> Result<Self, String> {
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(|error| error.to_string())?;
        stream
            .set_read_timeout(Some(Duration::from_secs(15)))
            .map_err(|error| error.to_string())?;
        let mut ftp = Self { control: BufReader::new(stream) };
        ftp.read_response()?;
        Ok(ftp)
    }

    /// Sends a command. Returns the response; a negative response is an error.
    pub fn send_command(&mut self, command: &str) -> Result<String, String> {
        self.control
            .get_mut()
            .write_all(format!("{command}\r\n").as_bytes())
            .map_err(|error| error.to_string())?;
        self.read_response()
    }

    fn read_response(&mut self) -> Result<String, String> {
        let mut text = String::new();
        loop {
            let mut line = String::new();
            if self.control.read_line(&mut line).map_err(|error| error.to_string())? == 0 {
                return Err(format!("closed after {text}"));
            }
            text.push_str(&line);
            if line.as_bytes().get(3) == Some(&b' ') {
                return if line.starts_with(['1', '2', '3']) { Ok(text) } else { Err(text) };
            }
        }
    }

    fn open_data_connection(&mut self) -> Result<TcpStream, String> {
        let response = self.send_command("EPSV")?;
        let port =
            response.split('|').nth(3).and_then(|port| port.parse::<u16>().ok()).ok_or(response)?;
        TcpStream::connect(("127.0.0.1", port)).map_err(|error| error.to_string())
    }

    /// Uploads a file.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<String, String> {
        self.send_command("TYPE I")?;
        let mut data = self.open_data_connection()?;
        self.send_command(&format!("STOR {name}"))?;
        data.write_all(bytes).map_err(|error| error.to_string())?;
        drop(data);
        self.read_response()
    }

    /// Downloads a file.
    pub fn get(&mut self, name: &str) -> Result<Vec<u8>, String> {
        self.send_command("TYPE I")?;
        let mut data = self.open_data_connection()?;
        self.send_command(&format!("RETR {name}"))?;
        let mut bytes = Vec::new();
        data.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        self.read_response()?;
        Ok(bytes)
    }

    /// Lists the directory.
    pub fn list(&mut self) -> Result<String, String> {
        let mut data = self.open_data_connection()?;
        self.send_command("LIST -a")?;
        let mut text = String::new();
        data.read_to_string(&mut text).map_err(|error| error.to_string())?;
        self.read_response()?;
        Ok(text)
    }
}
