//! Settings of the process, from one file (see [`mod@file`]) and from the environment. All mistakes
//! are reported at once.
//!
//! Settings that the provider changes while the panel runs, such as the password policy or the
//! number of sign-in attempts, are in the database.

mod file;
mod proxies;
mod smtp_url;
mod source;
mod urls;
mod values;

pub use file::{FILE_NAME, SYSTEM_FILE};
pub use proxies::{ForwardedHeader, TrustedProxies};
pub use smtp_url::{SmtpTls, SmtpUrl};
pub use source::{KEYS, Mistake, Place};
pub use urls::{DatabaseKind, DatabaseUrl, OtlpUrl, PublicUrl};
pub use values::{ListenAddr, LogFilter, LogFormat};

use domain::secret::Secret;
use lettre::message::Mailbox;
use source::Source;
use std::fs::DirBuilder;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

/// Default of [`Settings::connections_per_address`].
pub const CONNECTIONS_PER_ADDRESS: usize = 256;

/// The source of the secret key.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// The value of a setting.
    Given(Secret),
    /// A file that the operator created.
    File(PathBuf),
    /// A file that is created on the first start.
    Generated(PathBuf),
}

/// Minimum length of the secret key, in bytes. A shorter key could be found by brute force.
pub const MIN_KEY: usize = 32;

/// Settings of this process.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The settings file, if there is one.
    pub file: Option<PathBuf>,
    pub database_url: DatabaseUrl,
    /// Directory for the program's files: by default, also database, secret key, homes and hooks.
    pub data_dir: PathBuf,
    /// Root of the customers' home directories.
    pub homes_dir: PathBuf,
    /// Directory with executables (hooks) that receive events. It need not exist.
    pub hooks_dir: PathBuf,
    pub listen: ListenAddr,
    /// The external URL of the panel, if set; see [`public_url`](Self::public_url).
    pub public_url_setting: Option<PublicUrl>,
    /// The mail server. Without one, emails are written to files in the outbox.
    pub smtp_url: Option<SmtpUrl>,
    /// Sender of all emails.
    pub mail_from: Mailbox,
    pub secret_key: KeySource,
    pub log: LogFilter,
    pub log_format: LogFormat,
    /// Proxies that are trusted to name the client's address; none by default.
    pub trusted_proxies: TrustedProxies,
    /// Maximum number of open connections per address, except for trusted proxies; 0 means
    /// unlimited.
    pub connections_per_address: usize,
    /// File for a copy of a SQLite database's FTP accounts, which an FTP server reads.
    pub ftp_accounts_file: Option<PathBuf>,
    /// Token for requests to `/metrics` from other machines. Without it, only this machine has
    /// access.
    pub metrics_token: Option<Secret>,
    /// The OpenTelemetry collector that receives spans.
    pub otlp_url: Option<OtlpUrl>,
}

impl Settings {
    /// Reads the settings from the text of a file, if given, and from the environment, which takes
    /// precedence. An empty variable counts as unset.
    ///
    /// # Errors
    /// All mistakes in the settings.
    pub fn load(
        toml: Option<&str>,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Mistake>> {
        Self::load_from(toml.map(|text| (Path::new(FILE_NAME), text)), env)
    }

    fn load_from(
        file: Option<(&Path, &str)>,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Mistake>> {
        let mut source = Source::new(file, &env);
        let data_dir =
            source.read("data_dir", parse_path).unwrap_or_else(|| PathBuf::from("./data"));
        let read = Self {
            file: file.map(|(path, _)| path.to_owned()),
            database_url: source
                .parse("database_url")
                .unwrap_or_else(|| DatabaseUrl::sqlite(&data_dir.join("clientele.db"))),
            homes_dir: source
                .read("homes_dir", parse_path)
                .unwrap_or_else(|| data_dir.join("homes")),
            hooks_dir: source
                .read("hooks_dir", parse_path)
                .unwrap_or_else(|| data_dir.join("hooks")),
            listen: source.parse("listen").unwrap_or_default(),
            public_url_setting: source.parse("public_url"),
            smtp_url: source.parse("smtp_url"),
            mail_from: source.read("mail_from", parse_mailbox).unwrap_or_else(default_sender),
            secret_key: key_source(&mut source, &data_dir),
            log: source.parse("log").unwrap_or_default(),
            log_format: source.parse("log_format").unwrap_or_default(),
            trusted_proxies: trusted_proxies(&mut source),
            connections_per_address: source
                .read("connections_per_address", parse_count)
                .unwrap_or(CONNECTIONS_PER_ADDRESS),
            ftp_accounts_file: source.read("ftp_accounts_file", parse_path),
            metrics_token: source.read("metrics_token", |text| parse_secret(text, 16)),
            otlp_url: source.parse("otlp_url"),
            data_dir,
        };
        if read.ftp_accounts_file.is_some() && read.database_url.kind() != DatabaseKind::Sqlite {
            source.record_mistake(
                "ftp_accounts_file",
                "is for SQLite only: FTP servers read the other databases directly (deploy/proftpd)"
                    .to_owned(),
            );
        }
        if read.otlp_url.is_some() && !cfg!(feature = "otlp") {
            source.record_mistake(
                "otlp_url",
                "cannot be used: this program was built without the feature `otlp`".to_owned(),
            );
        }
        source.finish(read)
    }

    /// Reads the settings file and the environment. The file is the given one, or else that of the
    /// machine, or that in the working directory.
    ///
    /// # Errors
    /// All mistakes in the settings.
    pub fn from_process(file: Option<&Path>) -> Result<Self, Vec<Mistake>> {
        let found = file::find(file, Path::new(SYSTEM_FILE), Path::new("."))
            .map_err(|mistake| vec![mistake])?;
        let file = found.as_ref().map(|found| (found.path.as_path(), found.text.as_str()));
        Self::load_from(file, |name| {
            std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
        })
    }

    /// Describes the source of the settings for people.
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

    /// Returns the directory for emails if no mail server is set.
    #[must_use]
    pub fn outbox_dir(&self) -> PathBuf {
        self.data_dir.join("outbox")
    }

    /// Returns the external URL of the panel. Without the setting, it is the address that the panel
    /// listens on.
    #[must_use]
    pub fn public_url(&self, bound: SocketAddr) -> PublicUrl {
        self.public_url_setting.clone().unwrap_or_else(|| PublicUrl::of(bound))
    }

    /// Creates missing directories. Only the owner can enter directories that hold secrets.
    pub fn create_dirs(&self) -> io::Result<()> {
        create_dir(&self.data_dir, 0o700)?;
        if self.smtp_url.is_none() {
            create_dir(&self.outbox_dir(), 0o700)?;
        }
        // Customers pass through this directory to their own one, but cannot list it.
        create_dir(&self.homes_dir, 0o711)
    }
}

fn create_dir(path: &Path, mode: u32) -> io::Result<()> {
    let result = DirBuilder::new().recursive(true).mode(mode).create(path);
    result.map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("the directory {} cannot be created: {error}", path.display()),
        )
    })
}

fn parse_path(text: &str) -> Result<PathBuf, String> {
    if text.contains('\0') { Err("is not a path".to_owned()) } else { Ok(PathBuf::from(text)) }
}

fn trusted_proxies(source: &mut Source<'_>) -> TrustedProxies {
    let header = source.parse("forwarded_header").unwrap_or_default();
    source.parse::<TrustedProxies>("trusted_proxies").unwrap_or_default().with_header(header)
}

fn parse_count(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "must be a whole number".to_owned())
}

fn parse_secret(text: &str, min: usize) -> Result<Secret, String> {
    if text.len() < min {
        Err(format!("must have at least {min} bytes"))
    } else {
        Ok(Secret::new(text))
    }
}

fn parse_mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| "must be a sender such as Clientele <noreply@example.com>".to_owned())
}

fn default_sender() -> Mailbox {
    // A test compares this sender with its parsed form, so the address needs no check here.
    let address = lettre::Address::new_dangerous("noreply", "localhost");
    Mailbox::new(Some("Clientele".to_owned()), address)
}

fn key_source(source: &mut Source<'_>, data_dir: &Path) -> KeySource {
    let given = source.read("secret_key", |text| parse_secret(text, MIN_KEY));
    let file = source.read("secret_key_file", parse_path);
    match (given, file) {
        (Some(_), Some(file)) => {
            source.record_mistake(
                "secret_key_file",
                "is set in addition to secret_key; set only one of them".to_owned(),
            );
            KeySource::File(file)
        }
        (Some(given), None) => KeySource::Given(given),
        (None, Some(file)) => KeySource::File(file),
        (None, None) => KeySource::Generated(data_dir.join("secret.key")),
    }
}

#[cfg(test)]
mod tests;
