//! Customers' home directories. The worker may run as root while customers write below, so nothing
//! is ever reached by a path: each step opens one name in a directory that is already open, and
//! never through a link.

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

/// A directory that was made, and what is needed to take it back.
pub use create::Made;
/// What a home takes.
pub use measure::Room;

/// The root of all homes, opened.
#[derive(Debug)]
pub struct Homes {
    root: OwnedFd,
    path: PathBuf,
}

/// What went wrong with a home.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// It will go wrong every time: somebody must look.
    #[error("{0}")]
    Refused(String),
    /// The machine failed; it may do better later.
    #[error("{what}: {errno}")]
    Failed {
        /// What was tried.
        what: String,
        /// Why it failed.
        errno: Errno,
    },
    /// The worker was told to stop.
    #[error("the worker was stopped")]
    Stopped,
}

impl HomeError {
    fn failed(what: impl fmt::Display) -> impl FnOnce(Errno) -> Self {
        move |errno| Self::Failed { what: what.to_string(), errno }
    }
}

type Outcome<T> = Result<T, HomeError>;

/// How directories are opened: to be read, and never through a link.
const DIRECTORY: OFlags =
    OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

impl Homes {
    /// Opens the root, and makes it where it is missing. Customers pass through it, and cannot see
    /// who else is there.
    ///
    /// # Errors
    /// [`HomeError::Refused`] for a root that cannot be meant: none, or that of the whole machine;
    /// and, for a worker that runs as root, for one that another user can replace.
    pub fn open(path: &Path) -> Outcome<Self> {
        if path.as_os_str().is_empty() {
            return Err(unusable(path, "it has no name"));
        }
        let root = if rustix::process::geteuid().is_root() {
            open_as_root(path)?
        } else {
            open_or_create(path)?
        };
        let [own, above] = [
            stat_fd(&root)?,
            rustix::fs::statat(&root, "..", AtFlags::empty()).map_err(HomeError::failed("stat"))?,
        ];
        let machine =
            rustix::fs::statat(CWD, "/", AtFlags::empty()).map_err(HomeError::failed("stat"))?;
        if same(&own, &machine) || same(&own, &above) {
            return Err(unusable(path, "it is the root of the machine"));
        }
        Ok(Self { root, path: path.to_owned() })
    }

    /// Whether something can be made in it.
    ///
    /// # Errors
    /// Why not.
    pub fn probe(&self) -> Outcome<()> {
        let access = rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
        let answer = rustix::fs::accessat(&self.root, ".", access, AtFlags::EACCESS);
        answer.map_err(HomeError::failed(format!("{} cannot be written", self.path.display())))
    }

    /// Whether there is a directory of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        checked(name).is_ok() && matches!(self.look(name), Ok(Some(stat)) if is_directory(&stat))
    }

    fn look(&self, name: &str) -> Outcome<Option<Stat>> {
        match rustix::fs::statat(&self.root, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(HomeError::failed(self.shown(name))(errno)),
        }
    }

    fn open_home(&self, name: &str) -> Outcome<OwnedFd> {
        match rustix::fs::openat(&self.root, name, DIRECTORY, Mode::empty()) {
            Err(Errno::LOOP | Errno::NOTDIR) => Err(HomeError::Refused(format!(
                "{} is no directory: somebody must look at it",
                self.shown(name)
            ))),
            outcome => outcome.map_err(HomeError::failed(self.shown(name))),
        }
    }

    fn shown(&self, name: &str) -> String {
        self.path.join(name).display().to_string()
    }
}

fn unusable(path: &Path, why: impl fmt::Display) -> HomeError {
    HomeError::Refused(format!("the homes directory \"{}\" cannot be used: {why}", path.display()))
}

/// Root gives away, moves and removes what lies below. So no other user may be able to make the
/// path lead elsewhere: every component is checked, links included, before anything is created
/// below it.
fn open_as_root(path: &Path) -> Outcome<OwnedFd> {
    let place = match trusted::followed(path) {
        Err(error) if error.is_missing() => {
            create_root(path)?;
            trusted::followed(path)
        }
        outcome => outcome,
    };
    place.and_then(|place| trusted::directory(&place)).map_err(|error| match error {
        // A disk that fails or is not mounted may be back later.
        Untrusted::Failed { path, errno } => HomeError::failed(path.display())(errno),
        Untrusted::Kind { path, .. } => HomeError::failed(path.display())(Errno::NOTDIR),
        error => unusable(path, error),
    })
}

fn open_or_create(path: &Path) -> Outcome<OwnedFd> {
    if std::fs::metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        create_root(path)?;
    }
    // The operator named this path, so links in it are followed; below it none is.
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

/// Login names consist of letters, digits, `-` and `_`. Anything else came from somewhere else, and
/// is not touched.
fn checked(name: &str) -> Outcome<&str> {
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

fn same(a: &Stat, b: &Stat) -> bool {
    a.st_dev == b.st_dev && a.st_ino == b.st_ino
}

fn is_directory(stat: &Stat) -> bool {
    FileType::from_raw_mode(stat.st_mode) == FileType::Directory
}

fn errno(error: &std::io::Error) -> Errno {
    Errno::from_io_error(error).unwrap_or(Errno::IO)
}
