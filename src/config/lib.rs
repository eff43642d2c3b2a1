//! Settings of the process: from one file (see [`file`]), then from the environment, every mistake
//! reported at once.
//!
//! What the provider decides while the panel runs (password policy, number of tries …) lies in the
//! database instead.

mod file;
mod proxies;
mod source;
mod urls;
mod values;

pub use file::{FILE, SYSTEM_FILE};
pub use proxies::{ForwardedHeader, TrustedProxies};
pub use source::{KEYS, Mistake, Place};
pub use urls::{DatabaseKind, DatabaseUrl, OtlpUrl, PublicUrl, SmtpTls, SmtpUrl};
pub use values::{ListenAddr, LogFilter, LogFormat};

use domain::secret::Secret;
use lettre::message::Mailbox;
use source::Source;
use std::fs::DirBuilder;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

/// The default of [`Settings::connections_per_address`].
pub const CONNECTIONS_PER_ADDRESS: usize = 256;

/// Where the secret key comes from.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// It was given as a setting.
    Given(Secret),
    /// Somebody keeps it in this file.
    File(PathBuf),
    /// It lies in this file, and is made there on the first start.
    Made(PathBuf),
}

/// A key shorter than this could be tried out.
pub const MIN_KEY: usize = 32;

/// How this process runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The file that they come from, beside the environment.
    pub file: Option<PathBuf>,
    /// The database.
    pub database_url: DatabaseUrl,
    /// Where files of the panel lie: database, secret key, outbox, homes.
    pub data_dir: PathBuf,
    /// Root of the customers' home directories.
    pub homes_dir: PathBuf,
    /// Where executables lie that are told of events; they need not be there.
    pub hooks_dir: PathBuf,
    /// Where the panel listens.
    pub listen: ListenAddr,
    /// How the panel is reached from outside, where that is set; see
    /// [`public_url`](Self::public_url).
    pub given_public_url: Option<PublicUrl>,
    /// The mail server; without one, mails are files in the outbox.
    pub smtp_url: Option<SmtpUrl>,
    /// Sender of all mails.
    pub mail_from: Mailbox,
    /// Where the secret key comes from.
    pub secret_key: KeySource,
    /// What is logged.
    pub log: LogFilter,
    /// How it is logged.
    pub log_format: LogFormat,
    /// Whose word on the client's address is taken; by default nobody's.
    pub trusted_proxies: TrustedProxies,
    /// Open connections of one address, trusted proxies excepted; 0 is no limit.
    pub connections_per_address: usize,
    /// Where a copy of a SQLite database's FTP accounts is kept, for an FTP server to read.
    pub ftp_accounts_file: Option<PathBuf>,
    /// With this, `/metrics` answers from elsewhere than the machine itself.
    pub metrics_token: Option<Secret>,
    /// The OpenTelemetry collector that spans are sent to.
    pub otlp_url: Option<OtlpUrl>,
}

impl Settings {
    /// Reads the settings from the text of a file, if there is one, and from the environment, which
    /// wins. An empty variable counts as none.
    ///
    /// # Errors
    /// Every mistake there is.
    pub fn load(
        toml: Option<&str>,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Mistake>> {
        Self::load_from(toml.map(|text| (Path::new(FILE), text)), env)
    }

    fn load_from(
        file: Option<(&Path, &str)>,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Mistake>> {
        let mut source = Source::new(file, &env);
        let data_dir = source.read("data_dir", path).unwrap_or_else(|| PathBuf::from("./data"));
        let read = Self {
            file: file.map(|(path, _)| path.to_owned()),
            database_url: source
                .parse("database_url")
                .unwrap_or_else(|| DatabaseUrl::sqlite(&data_dir.join("clientele.db"))),
            homes_dir: source.read("homes_dir", path).unwrap_or_else(|| data_dir.join("homes")),
            hooks_dir: source.read("hooks_dir", path).unwrap_or_else(|| data_dir.join("hooks")),
            listen: source.parse("listen").unwrap_or_default(),
            given_public_url: source.parse("public_url"),
            smtp_url: source.parse("smtp_url"),
            mail_from: source.read("mail_from", mailbox).unwrap_or_else(default_sender),
            secret_key: key_source(&mut source, &data_dir),
            log: source.parse("log").unwrap_or_default(),
            log_format: source.parse("log_format").unwrap_or_default(),
            trusted_proxies: trusted_proxies(&mut source),
            connections_per_address: source
                .read("connections_per_address", count)
                .unwrap_or(CONNECTIONS_PER_ADDRESS),
            ftp_accounts_file: source.read("ftp_accounts_file", path),
            metrics_token: source.read("metrics_token", |text| secret(text, 16)),
            otlp_url: source.parse("otlp_url"),
            data_dir,
        };
        if read.ftp_accounts_file.is_some() && read.database_url.kind() != DatabaseKind::Sqlite {
            source.complain(
                "ftp_accounts_file",
                "is for SQLite: elsewhere the FTP server reads the database (deploy/proftpd)"
                    .to_owned(),
            );
        }
        if read.otlp_url.is_some() && !cfg!(feature = "otlp") {
            source.complain(
                "otlp_url",
                "cannot be used: this program was built without the feature `otlp`".to_owned(),
            );
        }
        source.finish(read)
    }

    /// Reads the file that was named, or else that of the machine or of the working directory, and
    /// the environment.
    ///
    /// # Errors
    /// Every mistake there is.
    pub fn from_process(file: Option<&Path>) -> Result<Self, Vec<Mistake>> {
        let found = file::find(file, Path::new(SYSTEM_FILE), Path::new("."))
            .map_err(|mistake| vec![mistake])?;
        let file = found.as_ref().map(|found| (found.path.as_path(), found.text.as_str()));
        Self::load_from(file, |name| {
            std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
        })
    }

    /// Where the settings come from, for people.
    #[must_use]
    pub fn origin(&self) -> String {
        match &self.file {
            Some(path) => format!(
                "{} and the environment",
                std::path::absolute(path).as_deref().unwrap_or(path).display()
            ),
            None => "the environment".to_owned(),
        }
    }

    /// Where mails lie that are not sent.
    #[must_use]
    pub fn outbox_dir(&self) -> PathBuf {
        self.data_dir.join("outbox")
    }

    /// How the panel is reached from outside; without a setting, as the address that it listens on.
    #[must_use]
    pub fn public_url(&self, bound: SocketAddr) -> PublicUrl {
        self.given_public_url.clone().unwrap_or_else(|| PublicUrl::of(bound))
    }

    /// Makes the directories that are missing. What holds secrets is closed to all but its owner.
    ///
    /// # Errors
    /// Where one cannot be made.
    pub fn make_dirs(&self) -> io::Result<()> {
        make_dir(&self.data_dir, 0o700)?;
        if self.smtp_url.is_none() {
            make_dir(&self.outbox_dir(), 0o700)?;
        }
        // Customers pass through it to their own directory, and see nothing of the others.
        make_dir(&self.homes_dir, 0o711)
    }
}

fn make_dir(path: &Path, mode: u32) -> io::Result<()> {
    let result = DirBuilder::new().recursive(true).mode(mode).create(path);
    result.map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("the directory {} cannot be made: {error}", path.display()),
        )
    })
}

fn path(text: &str) -> Result<PathBuf, String> {
    if text.contains('\0') { Err("is no path".to_owned()) } else { Ok(PathBuf::from(text)) }
}

fn trusted_proxies(source: &mut Source<'_>) -> TrustedProxies {
    let header = source.parse("forwarded_header").unwrap_or_default();
    source.parse::<TrustedProxies>("trusted_proxies").unwrap_or_default().writing(header)
}

fn count(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "must be a whole number".to_owned())
}

fn secret(text: &str, min: usize) -> Result<Secret, String> {
    if text.len() < min {
        Err(format!("must have at least {min} characters"))
    } else {
        Ok(Secret::new(text))
    }
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| "must be a sender such as Clientele <noreply@example.com>".to_owned())
}

fn default_sender() -> Mailbox {
    let address = lettre::Address::new("noreply", "localhost").expect("this is an address");
    Mailbox::new(Some("Clientele".to_owned()), address)
}

fn key_source(source: &mut Source<'_>, data_dir: &Path) -> KeySource {
    let given = source.read("secret_key", |text| secret(text, MIN_KEY));
    let file = source.read("secret_key_file", path);
    match (given, file) {
        (Some(_), Some(file)) => {
            source.complain(
                "secret_key_file",
                "is set besides secret_key; only one of them can count".to_owned(),
            );
            KeySource::File(file)
        }
        (Some(given), None) => KeySource::Given(given),
        (None, Some(file)) => KeySource::File(file),
        (None, None) => KeySource::Made(data_dir.join("secret.key")),
    }
}

#[cfg(test)]
mod tests;
