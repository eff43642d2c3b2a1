//! How much room a home takes on the disk.

use super::{DIRECTORY, HomeError, Homes, Outcome, checked, is_directory, stat_fd};
use rustix::fs::{AtFlags, Dir, Mode, Stat};
use rustix::io::Errno;
use std::collections::HashSet;
use std::ffi::{CStr, CString};
use std::os::fd::OwnedFd;

/// Directories deeper than this are looked at later, from the home down again, so that no depth
/// exhausts stack or descriptors.
const DEPTH: usize = 48;

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// Room on the disk in bytes, whole blocks; what has several names is counted once.
    pub bytes: u64,
    /// Directories that could not be read.
    pub unreadable: u64,
}

impl Homes {
    /// Measures the home of that name; nothing where there is none. No link is followed, and no
    /// other file system is entered.
    ///
    /// # Errors
    /// [`HomeError::Refused`] where the name belongs to something else; [`HomeError::Stopped`] as
    /// soon as `stop` says so.
    pub fn measure(&self, name: &str, stop: &dyn Fn() -> bool) -> Outcome<Option<Room>> {
        let name = checked(name)?;
        if self.look(name)?.is_none() {
            return Ok(None);
        }
        let home = self.open_home(name)?;
        let own = stat_fd(&home)?;
        let mut walk = Walk {
            device: own.st_dev,
            seen: HashSet::new(),
            room: Room::default(),
            later: Vec::new(),
            stop,
        };
        walk.count(&own);
        walk.directory(&home, &mut Vec::new(), 0)?;
        while let Some(path) = walk.later.pop() {
            match descend(&home, &path) {
                Ok(directory) => walk.directory(&directory, &mut path.clone(), 0)?,
                Err(errno) => walk.missed(errno),
            }
        }
        Ok(Some(walk.room))
    }
}

struct Walk<'a> {
    device: u64,
    /// Files with several names that were counted.
    seen: HashSet<u64>,
    room: Room,
    later: Vec<Vec<CString>>,
    stop: &'a dyn Fn() -> bool,
}

impl Walk<'_> {
    fn directory(
        &mut self,
        directory: &OwnedFd,
        path: &mut Vec<CString>,
        depth: usize,
    ) -> Outcome<()> {
        let entries = match Dir::read_from(directory) {
            Ok(entries) => entries,
            Err(errno) => {
                self.missed(errno);
                return Ok(());
            }
        };
        for entry in entries {
            if (self.stop)() {
                return Err(HomeError::Stopped);
            }
            let entry = match entry {
                Ok(entry) => entry,
                // What was read so far counts.
                Err(errno) => {
                    self.missed(errno);
                    break;
                }
            };
            let name = entry.file_name();
            if name != c"." && name != c".." {
                self.entry(directory, name, path, depth)?;
            }
        }
        Ok(())
    }

    fn entry(
        &mut self,
        parent: &OwnedFd,
        name: &CStr,
        path: &mut Vec<CString>,
        depth: usize,
    ) -> Outcome<()> {
        let stat = match rustix::fs::statat(parent, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => stat,
            Err(errno) => {
                self.missed(errno);
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
        let done = if depth == DEPTH {
            self.later.push(path.clone());
            Ok(())
        } else {
            match open(parent, name) {
                Ok(child) if stat_fd(&child)?.st_dev == self.device => {
                    self.directory(&child, path, depth + 1)
                }
                Ok(_) => Ok(()),
                Err(errno) => {
                    self.missed(errno);
                    Ok(())
                }
            }
        };
        path.pop();
        done
    }

    fn count(&mut self, stat: &Stat) {
        let several = stat.st_nlink > 1 && !is_directory(stat);
        if !several || self.seen.insert(stat.st_ino) {
            let blocks = u64::try_from(stat.st_blocks).unwrap_or(0);
            self.room.bytes = self.room.bytes.saturating_add(blocks.saturating_mul(512));
        }
    }

    /// What vanished or turned into something else meanwhile is nobody's fault.
    fn missed(&mut self, errno: Errno) {
        if !matches!(errno, Errno::NOENT | Errno::NOTDIR | Errno::LOOP) {
            self.room.unreadable += 1;
        }
    }
}

fn open(parent: &OwnedFd, name: &CStr) -> rustix::io::Result<OwnedFd> {
    rustix::fs::openat(parent, name, DIRECTORY, Mode::empty())
}

/// Opens a directory step by step, as it was found.
fn descend(home: &OwnedFd, path: &[CString]) -> rustix::io::Result<OwnedFd> {
    let (first, rest) = path.split_first().ok_or(Errno::NOENT)?;
    rest.iter().try_fold(open(home, first)?, |directory, name| open(&directory, name))
}
