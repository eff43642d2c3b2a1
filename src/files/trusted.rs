//! Files and directories that nobody but root and this program's own user can have written.
//!
//! The worker may run as root while the panel runs as another user. Whatever root executes, reads
//! its settings from or writes by name is opened here: by descriptor, one component after the
//! other, and each is checked after it was opened, so that what was checked is what is used.

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Component, Path, PathBuf};

/// The largest file that is read: settings, keys and passphrases are small.
const MAX: u64 = 1 << 20;
/// Others' right to write, the group's included.
const WRITABLE: u32 = 0o022;
/// In a directory with this bit, only the owner of an entry (and of the directory) can rename or
/// remove it.
const STICKY: u32 = 0o1000;
/// The most symbolic links on one path, as Linux has it.
const MAX_LINKS: usize = 40;

/// Why something is not trusted.
#[derive(Debug, thiserror::Error)]
pub enum Untrusted {
    /// Its owner could change it at any time.
    #[error("{} belongs to another user (id {uid})", .path.display())]
    Owner {
        /// What it is.
        path: PathBuf,
        /// Its owner.
        uid: u32,
    },
    /// Others than its owner may write it.
    #[error("{} can be written by others (mode {mode:04o})", .path.display())]
    Writable {
        /// What it is.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It leads elsewhere.
    #[error("{} is a symbolic link, which is not followed here", .0.display())]
    Link(PathBuf),
    /// It is something else than expected.
    #[error("{} is not a {expected}", .path.display())]
    Kind {
        /// What it is.
        path: PathBuf,
        /// What it should be.
        expected: &'static str,
    },
    /// The machine failed, or it is not there.
    #[error("{} cannot be opened: {}", .path.display(), io::Error::from(*errno))]
    Failed {
        /// What it is.
        path: PathBuf,
        /// Why.
        errno: Errno,
    },
}

impl Untrusted {
    /// Whether it is just not there.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Failed { errno: Errno::NOENT, .. })
    }
}

impl From<Untrusted> for io::Error {
    fn from(error: Untrusted) -> Self {
        let kind = if error.is_missing() {
            io::ErrorKind::NotFound
        } else {
            io::ErrorKind::PermissionDenied
        };
        Self::new(kind, error.to_string())
    }
}

/// Whether a file may be reached through a symbolic link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// The operator named the path; only the file at its end is checked.
    Follow,
    /// The path follows from other settings.
    Refuse,
}

/// Opens a directory that nobody else can replace or write: each component of its path belongs to
/// root or this program's user, is writable by no other, and is no symbolic link. A directory above
/// it may be one such as `/tmp`, where the sticky bit keeps others from renaming what is not
/// theirs; the directory itself may not.
///
/// # Errors
/// The first component that is not trusted.
pub fn directory(path: &Path) -> Result<OwnedFd, Untrusted> {
    let path = std::path::absolute(path)
        .map_err(|error| failed(path)(Errno::from_io_error(&error).unwrap_or(Errno::INVAL)))?;
    let mut shown = PathBuf::from("/");
    let mut at =
        rustix::fs::open("/", OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())
            .map_err(failed(&shown))?;
    let mut stat = rustix::fs::fstat(&at).map_err(failed(&shown))?;
    owned(&stat, &shown, STICKY)?;
    for component in path.components() {
        let name = match component {
            Component::RootDir | Component::CurDir => continue,
            Component::Normal(name) => name,
            // Where it leads depends on what it follows.
            _ => return Err(Untrusted::Kind { path, expected: "plain path" }),
        };
        shown.push(name);
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        // A directory above needs only be searchable.
        let flags = if shown == path { flags } else { flags | OFlags::PATH };
        let next = rustix::fs::openat(&at, name, flags, Mode::empty())
            .map_err(|errno| instead(&at, name, &shown, "directory", errno))?;
        stat = rustix::fs::fstat(&next).map_err(failed(&shown))?;
        owned(&stat, &shown, STICKY)?;
        at = next;
    }
    owned(&stat, &shown, 0)?;
    Ok(at)
}

/// Returns where a path leads that the operator named, with every symbolic link on the way
/// resolved. Nobody but root and this program's user can make it lead elsewhere: each directory
/// that is passed is checked as by [`directory`], and so is the owner of each link.
///
/// # Errors
/// The first component that is not trusted, or that is missing.
pub fn followed(path: &Path) -> Result<PathBuf, Untrusted> {
    let path = std::path::absolute(path)
        .map_err(|error| failed(path)(Errno::from_io_error(&error).unwrap_or(Errno::INVAL)))?;
    let mut left: Vec<OsString> =
        path.components().rev().map(|component| component.as_os_str().to_owned()).collect();
    let mut links = 0;
    let mut at = PathBuf::new();
    while let Some(name) = left.pop() {
        if name == ".." {
            at.pop();
        }
        if name == ".." || name == "." {
            continue;
        }
        // The root of the machine, `/`, replaces what is there so far.
        let next = at.join(&name);
        let stat =
            rustix::fs::statat(CWD, &next, AtFlags::SYMLINK_NOFOLLOW).map_err(failed(&next))?;
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::Directory => {
                owned(&stat, &next, STICKY)?;
                at = next;
            }
            FileType::Symlink if links < MAX_LINKS => {
                links += 1;
                // The mode of a link means nothing.
                owner(&stat, &next)?;
                let target = std::fs::read_link(&next).map_err(|error| {
                    failed(&next)(Errno::from_io_error(&error).unwrap_or(Errno::IO))
                })?;
                left.extend(
                    target.components().rev().map(|component| component.as_os_str().to_owned()),
                );
            }
            FileType::Symlink => return Err(failed(&next)(Errno::LOOP)),
            _ => return Err(Untrusted::Kind { path: next, expected: "directory" }),
        }
    }
    Ok(at)
}

/// Opens a directory that may lie in another user's: it is no symbolic link, belongs to root or
/// this program's user, and no other may write it. What is reached by the descriptor stays what was
/// checked, whatever is done with the name.
///
/// # Errors
/// Why it is not trusted.
pub fn own_directory(path: &Path) -> Result<OwnedFd, Untrusted> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let opened = rustix::fs::open(path, flags, Mode::empty())
        .map_err(|errno| instead(CWD, path.as_os_str(), path, "directory", errno))?;
    let stat = rustix::fs::fstat(&opened).map_err(failed(path))?;
    owned(&stat, path, 0)?;
    Ok(opened)
}

/// Opens a regular file by its name in a directory that was opened by [`directory`]; `shown` is its
/// whole path.
///
/// # Errors
/// Why it is not trusted.
pub fn file_in(
    directory: &OwnedFd,
    name: &str,
    shown: &Path,
) -> Result<(OwnedFd, Stat), Untrusted> {
    // Without NONBLOCK a named pipe would be waited for.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let opened = rustix::fs::openat(directory, name, flags, Mode::empty())
        .map_err(|errno| instead(directory, name.as_ref(), shown, "regular file", errno))?;
    let stat = rustix::fs::fstat(&opened).map_err(failed(shown))?;
    regular(&stat, shown)?;
    owned(&stat, shown, 0)?;
    Ok((opened, stat))
}

/// Reads a small text file that root or this program's user owns and no other may write.
///
/// # Errors
/// Why it is not trusted or cannot be read.
pub fn read(path: &Path, links: Links) -> Result<String, Untrusted> {
    let follow =
        if links == Links::Refuse { OFlags::NOFOLLOW | OFlags::NONBLOCK } else { OFlags::empty() };
    let opened = rustix::fs::open(path, OFlags::RDONLY | OFlags::CLOEXEC | follow, Mode::empty())
        .map_err(|errno| instead(CWD, path.as_os_str(), path, "regular file", errno))?;
    let stat = rustix::fs::fstat(&opened).map_err(failed(path))?;
    // An operator may name a pipe, as shells make them for `<(command)`.
    if links == Links::Refuse || FileType::from_raw_mode(stat.st_mode) == FileType::Directory {
        regular(&stat, path)?;
    }
    owned(&stat, path, 0)?;
    let mut text = String::new();
    let read = File::from(opened).take(MAX + 1).read_to_string(&mut text);
    read.map_err(|error| failed(path)(Errno::from_io_error(&error).unwrap_or(Errno::ILSEQ)))?;
    if u64::try_from(text.len()).is_ok_and(|length| length <= MAX) {
        Ok(text)
    } else {
        Err(failed(path)(Errno::FBIG))
    }
}

/// That root or this program's user owns it.
fn owner(stat: &Stat, path: &Path) -> Result<(), Untrusted> {
    if stat.st_uid != 0 && stat.st_uid != rustix::process::geteuid().as_raw() {
        return Err(Untrusted::Owner { path: path.to_owned(), uid: stat.st_uid });
    }
    Ok(())
}

/// With `excuse`, a mode that others may write is accepted where it has that bit.
fn owned(stat: &Stat, path: &Path, excuse: u32) -> Result<(), Untrusted> {
    owner(stat, path)?;
    if stat.st_mode & WRITABLE != 0 && stat.st_mode & excuse == 0 {
        return Err(Untrusted::Writable { path: path.to_owned(), mode: stat.st_mode & 0o7777 });
    }
    Ok(())
}

fn regular(stat: &Stat, path: &Path) -> Result<(), Untrusted> {
    if FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile {
        return Ok(());
    }
    Err(Untrusted::Kind { path: path.to_owned(), expected: "regular file" })
}

/// What is there instead of what was to be opened.
fn instead(
    at: impl AsFd,
    name: &std::ffi::OsStr,
    shown: &Path,
    expected: &'static str,
    errno: Errno,
) -> Untrusted {
    if !matches!(errno, Errno::LOOP | Errno::NOTDIR | Errno::NXIO) {
        return failed(shown)(errno);
    }
    let is_link = |stat: Stat| FileType::from_raw_mode(stat.st_mode) == FileType::Symlink;
    if rustix::fs::statat(at, name, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(is_link) {
        return Untrusted::Link(shown.to_owned());
    }
    Untrusted::Kind { path: shown.to_owned(), expected }
}

fn failed(path: &Path) -> impl FnOnce(Errno) -> Untrusted {
    let path = path.to_owned();
    move |errno| Untrusted::Failed { path, errno }
}

#[cfg(test)]
mod tests;
