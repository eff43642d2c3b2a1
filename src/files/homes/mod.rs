//! Customers' home directories. The worker may run as root while customers write in their homes. So
//! no path below the root is ever opened as a whole: each step opens one name in a directory that
//! is already open, and follows no link.

mod create;
mod measure;
#[cfg(test)]
mod measuring_tests;
mod remove;
#[cfg(test)]
mod tests;

use crate::trusted::{self, Untrusted};
use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;
use std::fmt;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

pub use create::CreatedParts;
pub use measure::DiskSpace;

/// The opened root directory of all homes.
#[derive(Debug)]
pub struct Homes {
    root: OwnedFd,
    path: PathBuf,
}

/// The reason why a home cannot be created, measured or removed.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// Every retry fails until an admin acts.
    #[error("{0}")]
    Refused(String),
    /// The system failed; a retry may succeed.
    #[error("{what}: {errno}")]
    Failed { what: String, errno: Errno },
    #[error("the worker was stopped")]
    Stopped,
}

impl HomeError {
    fn failed(what: impl fmt::Display) -> impl FnOnce(Errno) -> Self {
        move |errno| Self::Failed { what: what.to_string(), errno }
    }
}

type Outcome<T> = Result<T, HomeError>;

/// Flags that open a directory for reading, and never through a link.
const DIRECTORY: OFlags =
    OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

impl Homes {
    /// Opens the root, and creates it if it is missing. Customers can pass through it but cannot
    /// list it.
    ///
    /// # Errors
    /// [`HomeError::Refused`] if the path is empty or the root of the whole machine. Also, if the
    /// worker runs as root, for a path that another user can replace.
    pub fn open(path: &Path) -> Outcome<Self> {
        if path.as_os_str().is_empty() {
            return Err(unusable(path, "it has no name"));
        }
        let root = if rustix::process::geteuid().is_root() {
            open_as_root(path)?
        } else {
            open_or_create(path)?
        };
        let [own, parent] = [
            stat_fd(&root)?,
            rustix::fs::statat(&root, "..", AtFlags::empty()).map_err(HomeError::failed("stat"))?,
        ];
        let machine =
            rustix::fs::statat(CWD, "/", AtFlags::empty()).map_err(HomeError::failed("stat"))?;
        if is_same_file(&own, &machine) || is_same_file(&own, &parent) {
            return Err(unusable(path, "it is the root of the machine"));
        }
        Ok(Self { root, path: path.to_owned() })
    }

    /// Checks that homes can be created.
    pub fn probe(&self) -> Outcome<()> {
        let access = rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
        let access_result = rustix::fs::accessat(&self.root, ".", access, AtFlags::EACCESS);
        access_result
            .map_err(HomeError::failed(format!("{} cannot be written", self.path.display())))
    }

    /// Returns whether a directory with this name exists.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        check_name(name).is_ok() && matches!(self.stat(name), Ok(Some(stat)) if is_directory(&stat))
    }

    fn stat(&self, name: &str) -> Outcome<Option<Stat>> {
        match rustix::fs::statat(&self.root, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(HomeError::failed(self.display_path(name))(errno)),
        }
    }

    fn open_home(&self, name: &str) -> Outcome<OwnedFd> {
        match rustix::fs::openat(&self.root, name, DIRECTORY, Mode::empty()) {
            Err(Errno::LOOP | Errno::NOTDIR) => Err(HomeError::Refused(format!(
                "{} is not a directory: an admin must check it",
                self.display_path(name)
            ))),
            outcome => outcome.map_err(HomeError::failed(self.display_path(name))),
        }
    }

    fn display_path(&self, name: &str) -> String {
        self.path.join(name).display().to_string()
    }
}

fn unusable(path: &Path, reason: impl fmt::Display) -> HomeError {
    HomeError::Refused(format!(
        "the homes directory \"{}\" cannot be used: {reason}",
        path.display()
    ))
}

/// Opens the root for a worker that runs as root. Root changes owners, renames and removes below
/// it, so other users must not be able to redirect the path. Every component is checked, including
/// links, before anything is created below it.
fn open_as_root(path: &Path) -> Outcome<OwnedFd> {
    let target = match trusted::resolve_links(path) {
        Err(error) if error.is_missing() => {
            create_root(path)?;
            trusted::resolve_links(path)
        }
        outcome => outcome,
    };
    target.and_then(|target| trusted::open_directory(&target)).map_err(|error| match error {
        // A disk that fails or is not mounted may be available later.
        Untrusted::Failed { path, errno } => HomeError::failed(path.display())(errno),
        Untrusted::Kind { path, .. } => HomeError::failed(path.display())(Errno::NOTDIR),
        error => unusable(path, error),
    })
}

fn open_or_create(path: &Path) -> Outcome<OwnedFd> {
    if std::fs::metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        create_root(path)?;
    }
    // The operator named this path, so links in it are followed. Links below it are not.
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    rustix::fs::open(path, flags, Mode::empty()).map_err(HomeError::failed(path.display()))
}

fn create_root(path: &Path) -> Outcome<()> {
    use std::os::unix::fs::DirBuilderExt as _;

    let created = std::fs::DirBuilder::new().recursive(true).mode(0o711).create(path);
    created.map_err(|error| {
        HomeError::failed(format!("{} cannot be created", path.display()))(errno(&error))
    })
}

/// Returns the name if it consists of letters, digits, `-` and `_`, begins with a letter or digit,
/// and has at most 64 bytes. Any other name did not come from Clientele, so its file is not
/// touched.
fn check_name(name: &str) -> Outcome<&str> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty()
        && name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(allowed)
    {
        Ok(name)
    } else {
        Err(HomeError::Refused(format!("{name:?} cannot be the name of a home directory")))
    }
}

fn stat_fd(fd: &OwnedFd) -> Outcome<Stat> {
    rustix::fs::fstat(fd).map_err(HomeError::failed("stat"))
}

fn is_same_file(a: &Stat, b: &Stat) -> bool {
    a.st_dev == b.st_dev && a.st_ino == b.st_ino
}

fn is_directory(stat: &Stat) -> bool {
    FileType::from_raw_mode(stat.st_mode) == FileType::Directory
}

fn errno(error: &std::io::Error) -> Errno {
    Errno::from_io_error(error).unwrap_or(Errno::IO)
}
