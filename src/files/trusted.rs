//! Files and directories that only root and this program's own user can have written.
//!
//! The worker may run as root while the panel runs as another user. Files that root executes, reads
//! settings from, or writes by name are opened here by descriptor, one path component after the
//! other. Each component is checked after it was opened, so the checked file is the one that is
//! used.

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Component, Path, PathBuf};

/// Maximum size of a file that is read, in bytes. Settings, keys and passphrases are small.
const MAX_FILE_BYTES: u64 = 1 << 20;
/// The right of the group and of others to write.
const WRITABLE: u32 = 0o022;
/// The sticky bit of a directory. With it, only the owner of an entry or of the directory can
/// rename or remove the entry.
const STICKY: u32 = 0o1000;
/// Maximum number of symbolic links on one path, as on Linux.
const MAX_LINKS: usize = 40;

/// The reason why a path is not trusted.
#[derive(Debug, thiserror::Error)]
pub enum Untrusted {
    /// Another user owns it, and could change it at any time.
    #[error("{} belongs to another user (id {uid})", .path.display())]
    Owner { path: PathBuf, uid: u32 },
    /// Users other than the owner can write it.
    #[error("{} can be written by others (mode {mode:04o})", .path.display())]
    Writable { path: PathBuf, mode: u32 },
    /// It is a symbolic link.
    #[error("{} is a symbolic link, which is not followed here", .0.display())]
    Link(PathBuf),
    /// It is another type of file than expected.
    #[error("{} is not a {expected}", .path.display())]
    Kind { path: PathBuf, expected: &'static str },
    /// It does not exist, or the system failed to open it.
    #[error("{} cannot be opened: {}", .path.display(), io::Error::from(*errno))]
    Failed { path: PathBuf, errno: Errno },
    /// It was opened, but it cannot be read, is too large or is not UTF-8 text.
    #[error("{} cannot be read: {reason}", .path.display())]
    Unreadable { path: PathBuf, reason: String },
}

impl Untrusted {
    /// Returns whether the path does not exist.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Failed { errno: Errno::NOENT, .. })
    }
}

impl From<Untrusted> for io::Error {
    fn from(error: Untrusted) -> Self {
        let kind = match error {
            _ if error.is_missing() => io::ErrorKind::NotFound,
            Untrusted::Unreadable { .. } => io::ErrorKind::InvalidData,
            _ => io::ErrorKind::PermissionDenied,
        };
        Self::new(kind, error.to_string())
    }
}

/// Whether symbolic links are followed to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// The operator named the path, so links are followed. Only the file at its end is checked.
    Follow,
    /// The operator did not name the path, so a link in place of the file is refused.
    Refuse,
}

/// Opens a directory that no other user can replace or write. Each component of its path belongs to
/// root or this program's user, is not writable by others, and is not a symbolic link. Directories
/// above it may be like `/tmp`, where the sticky bit prevents others from renaming entries that
/// they do not own. The directory itself may not.
///
/// # Errors
/// The first component that is not trusted or cannot be opened.
pub fn open_directory(path: &Path) -> Result<OwnedFd, Untrusted> {
    let path = std::path::absolute(path)
        .map_err(|error| failed(path)(Errno::from_io_error(&error).unwrap_or(Errno::INVAL)))?;
    let mut display_path = PathBuf::from("/");
    let mut at =
        rustix::fs::open("/", OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())
            .map_err(failed(&display_path))?;
    let mut stat = rustix::fs::fstat(&at).map_err(failed(&display_path))?;
    check_access(&stat, &display_path, STICKY)?;
    for component in path.components() {
        let name = match component {
            Component::RootDir | Component::CurDir => continue,
            Component::Normal(name) => name,
            // The target of `..` depends on the component before it.
            _ => return Err(Untrusted::Kind { path, expected: "plain path" }),
        };
        display_path.push(name);
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        // With `O_PATH`, the directories above it need only be searchable, not readable.
        let flags = if display_path == path { flags } else { flags | OFlags::PATH };
        let next = rustix::fs::openat(&at, name, flags, Mode::empty())
            .map_err(|errno| open_error(&at, name, &display_path, "directory", errno))?;
        stat = rustix::fs::fstat(&next).map_err(failed(&display_path))?;
        check_access(&stat, &display_path, STICKY)?;
        at = next;
    }
    check_access(&stat, &display_path, 0)?;
    Ok(at)
}

/// Returns the target of a path that the operator named, with all symbolic links resolved. Only
/// root and this program's user can change the target: each directory on the way is checked as by
/// [`open_directory`], and so is the owner of each link.
///
/// # Errors
/// The first component that is not trusted, or that is missing.
pub fn resolve_links(path: &Path) -> Result<PathBuf, Untrusted> {
    let path = std::path::absolute(path)
        .map_err(|error| failed(path)(Errno::from_io_error(&error).unwrap_or(Errno::INVAL)))?;
    let mut remaining: Vec<OsString> =
        path.components().rev().map(|component| component.as_os_str().to_owned()).collect();
    let mut links = 0;
    let mut at = PathBuf::new();
    while let Some(name) = remaining.pop() {
        if name == ".." {
            at.pop();
        }
        if name == ".." || name == "." {
            continue;
        }
        // The root directory `/` replaces the path so far.
        let next = at.join(&name);
        let stat =
            rustix::fs::statat(CWD, &next, AtFlags::SYMLINK_NOFOLLOW).map_err(failed(&next))?;
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::Directory => {
                check_access(&stat, &next, STICKY)?;
                at = next;
            }
            FileType::Symlink if links < MAX_LINKS => {
                links += 1;
                // The mode of a link has no meaning, so only its owner is checked.
                check_owner(&stat, &next)?;
                let target = std::fs::read_link(&next).map_err(|error| {
                    failed(&next)(Errno::from_io_error(&error).unwrap_or(Errno::IO))
                })?;
                remaining.extend(
                    target.components().rev().map(|component| component.as_os_str().to_owned()),
                );
            }
            FileType::Symlink => return Err(failed(&next)(Errno::LOOP)),
            _ => return Err(Untrusted::Kind { path: next, expected: "directory" }),
        }
    }
    Ok(at)
}

/// Opens a directory that may lie in another user's directory. It must not be a symbolic link, must
/// belong to root or this program's user, and must not be writable by others. The descriptor stays
/// with the checked directory, even if its name changes.
///
/// # Errors
/// The reason why it is not trusted.
pub fn open_own_directory(path: &Path) -> Result<OwnedFd, Untrusted> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let opened = rustix::fs::open(path, flags, Mode::empty())
        .map_err(|errno| open_error(CWD, path.as_os_str(), path, "directory", errno))?;
    let stat = rustix::fs::fstat(&opened).map_err(failed(path))?;
    check_access(&stat, path, 0)?;
    Ok(opened)
}

/// Opens a regular file by its name in a directory that [`open_directory`] opened. `display_path`
/// is its whole path, for errors.
///
/// # Errors
/// The reason why it is not trusted.
pub fn open_file_in(
    directory: &OwnedFd,
    name: &str,
    display_path: &Path,
) -> Result<(OwnedFd, Stat), Untrusted> {
    // Without NONBLOCK, opening a named pipe would block.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let opened = rustix::fs::openat(directory, name, flags, Mode::empty()).map_err(|errno| {
        open_error(directory, name.as_ref(), display_path, "regular file", errno)
    })?;
    let stat = rustix::fs::fstat(&opened).map_err(failed(display_path))?;
    check_regular(&stat, display_path)?;
    check_access(&stat, display_path, 0)?;
    Ok((opened, stat))
}

/// Reads a small text file that root or this program's user owns and that others cannot write.
///
/// # Errors
/// The reason why it is not trusted or cannot be read.
pub fn read(path: &Path, links: Links) -> Result<String, Untrusted> {
    let link_flags =
        if links == Links::Refuse { OFlags::NOFOLLOW | OFlags::NONBLOCK } else { OFlags::empty() };
    let opened =
        rustix::fs::open(path, OFlags::RDONLY | OFlags::CLOEXEC | link_flags, Mode::empty())
            .map_err(|errno| open_error(CWD, path.as_os_str(), path, "regular file", errno))?;
    let stat = rustix::fs::fstat(&opened).map_err(failed(path))?;
    // An operator may name a pipe, such as shells create for `<(command)`.
    if links == Links::Refuse || FileType::from_raw_mode(stat.st_mode) == FileType::Directory {
        check_regular(&stat, path)?;
    }
    check_access(&stat, path, 0)?;
    let unreadable = |reason| Untrusted::Unreadable { path: path.to_owned(), reason };
    let mut bytes = Vec::new();
    let read = File::from(opened).take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(error.to_string()))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_FILE_BYTES) {
        return Err(unreadable(format!("it is larger than {MAX_FILE_BYTES} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8 text".to_owned()))
}

/// Checks that root or this program's user owns the file.
fn check_owner(stat: &Stat, path: &Path) -> Result<(), Untrusted> {
    if stat.st_uid != 0 && stat.st_uid != rustix::process::geteuid().as_raw() {
        return Err(Untrusted::Owner { path: path.to_owned(), uid: stat.st_uid });
    }
    Ok(())
}

/// Checks owner and mode. A mode that others can write is accepted if it has one of the bits
/// `accepted_with`.
fn check_access(stat: &Stat, path: &Path, accepted_with: u32) -> Result<(), Untrusted> {
    check_owner(stat, path)?;
    if stat.st_mode & WRITABLE != 0 && stat.st_mode & accepted_with == 0 {
        return Err(Untrusted::Writable { path: path.to_owned(), mode: stat.st_mode & 0o7777 });
    }
    Ok(())
}

fn check_regular(stat: &Stat, path: &Path) -> Result<(), Untrusted> {
    if FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile {
        return Ok(());
    }
    Err(Untrusted::Kind { path: path.to_owned(), expected: "regular file" })
}

/// Returns the error for a path that could not be opened: a link, another type of file, or a
/// failure.
fn open_error(
    at: impl AsFd,
    name: &std::ffi::OsStr,
    display_path: &Path,
    expected: &'static str,
    errno: Errno,
) -> Untrusted {
    if !matches!(errno, Errno::LOOP | Errno::NOTDIR | Errno::NXIO) {
        return failed(display_path)(errno);
    }
    let is_link = |stat: Stat| FileType::from_raw_mode(stat.st_mode) == FileType::Symlink;
    if rustix::fs::statat(at, name, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(is_link) {
        return Untrusted::Link(display_path.to_owned());
    }
    Untrusted::Kind { path: display_path.to_owned(), expected }
}

fn failed(path: &Path) -> impl FnOnce(Errno) -> Untrusted {
    let path = path.to_owned();
    move |errno| Untrusted::Failed { path, errno }
}

#[cfg(test)]
mod tests;
