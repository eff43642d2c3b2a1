//! Measures the disk space of homes.

use super::{DIRECTORY, HomeError, Homes, Outcome, check_name, is_directory, stat_fd};
use rustix::fs::{AtFlags, Dir, Mode, Stat};
use rustix::io::Errno;
use std::collections::HashSet;
use std::ffi::{CStr, CString};
use std::os::fd::OwnedFd;

/// Maximum depth of the recursion. Deeper directories are visited later, from the home down again,
/// so that no depth exhausts the stack or the file descriptors.
const MAX_DEPTH: usize = 48;

/// The disk space of a home.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskSpace {
    /// Disk space in bytes, in whole blocks. A file with several hard links counts once.
    pub bytes: u64,
    /// Number of directories and entries that could not be read.
    pub unreadable: u64,
}

impl Homes {
    /// Measures the home with this name. Returns `None` if it does not exist. Symbolic links are
    /// not followed, and other file systems are not entered.
    ///
    /// # Errors
    /// [`HomeError::Refused`] if the name is not allowed or belongs to something other than a
    /// directory; [`HomeError::Stopped`] as soon as `stop` returns true.
    pub fn measure(&self, name: &str, stop: &dyn Fn() -> bool) -> Outcome<Option<DiskSpace>> {
        let name = check_name(name)?;
        if self.stat(name)?.is_none() {
            return Ok(None);
        }
        let home = self.open_home(name)?;
        let home_stat = stat_fd(&home)?;
        let mut walk = Walk {
            device: home_stat.st_dev,
            seen: HashSet::new(),
            space: DiskSpace::default(),
            deferred: Vec::new(),
            stop,
        };
        walk.count(&home_stat);
        walk.walk_directory(&home, &mut Vec::new(), 0)?;
        while let Some(path) = walk.deferred.pop() {
            match descend(&home, &path) {
                Ok(directory) => walk.walk_directory(&directory, &mut path.clone(), 0)?,
                Err(errno) => walk.record_failure(errno),
            }
        }
        Ok(Some(walk.space))
    }
}

struct Walk<'a> {
    device: u64,
    /// Inodes of the files with several hard links that were counted.
    seen: HashSet<u64>,
    space: DiskSpace,
    /// Paths of the directories that are too deep for the recursion.
    deferred: Vec<Vec<CString>>,
    stop: &'a dyn Fn() -> bool,
}

impl Walk<'_> {
    fn walk_directory(
        &mut self,
        directory: &OwnedFd,
        path: &mut Vec<CString>,
        depth: usize,
    ) -> Outcome<()> {
        let entries = match Dir::read_from(directory) {
            Ok(entries) => entries,
            Err(errno) => {
                self.record_failure(errno);
                return Ok(());
            }
        };
        for entry in entries {
            if (self.stop)() {
                return Err(HomeError::Stopped);
            }
            let entry = match entry {
                Ok(entry) => entry,
                // The entries read so far count.
                Err(errno) => {
                    self.record_failure(errno);
                    break;
                }
            };
            let name = entry.file_name();
            if name != c"." && name != c".." {
                self.count_entry(directory, name, path, depth)?;
            }
        }
        Ok(())
    }

    fn count_entry(
        &mut self,
        parent: &OwnedFd,
        name: &CStr,
        path: &mut Vec<CString>,
        depth: usize,
    ) -> Outcome<()> {
        let stat = match rustix::fs::statat(parent, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => stat,
            Err(errno) => {
                self.record_failure(errno);
                return Ok(());
            }
        };
        if stat.st_dev != self.device {
            return Ok(());
        }
        self.count(&stat);
        if !is_directory(&stat) {
            return Ok(());
        }
        path.push(name.to_owned());
        let outcome = if depth == MAX_DEPTH {
            self.deferred.push(path.clone());
            Ok(())
        } else {
            match open(parent, name) {
                Ok(child) if stat_fd(&child)?.st_dev == self.device => {
                    self.walk_directory(&child, path, depth + 1)
                }
                Ok(_) => Ok(()),
                Err(errno) => {
                    self.record_failure(errno);
                    Ok(())
                }
            }
        };
        path.pop();
        outcome
    }

    fn count(&mut self, stat: &Stat) {
        let has_several_links = stat.st_nlink > 1 && !is_directory(stat);
        if !has_several_links || self.seen.insert(stat.st_ino) {
            let blocks = u64::try_from(stat.st_blocks).unwrap_or(0);
            self.space.bytes = self.space.bytes.saturating_add(blocks.saturating_mul(512));
        }
    }

    /// Counts a directory or an entry that cannot be read. One that vanished or changed its type
    /// meanwhile does not count.
    fn record_failure(&mut self, errno: Errno) {
        if !matches!(errno, Errno::NOENT | Errno::NOTDIR | Errno::LOOP) {
            self.space.unreadable += 1;
        }
    }
}

fn open(parent: &OwnedFd, name: &CStr) -> rustix::io::Result<OwnedFd> {
    rustix::fs::openat(parent, name, DIRECTORY, Mode::empty())
}

/// Opens a directory, one path component after the other.
fn descend(home: &OwnedFd, path: &[CString]) -> rustix::io::Result<OwnedFd> {
    let (first, rest) = path.split_first().ok_or(Errno::NOENT)?;
    rest.iter().try_fold(open(home, first)?, |directory, name| open(&directory, name))
}
