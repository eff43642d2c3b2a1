//! Removes homes with all their files.
//!
//! A home is first renamed, within the root, to a name that no customer can have. From then on, a
//! new customer with the same name and the removal of the old files do not affect each other.

use super::{DIRECTORY, HomeError, Homes, Outcome, check_name, is_same_file, stat_fd};
use rustix::fs::{AtFlags, FileType, Mode};
use rustix::io::Errno;
use std::ffi::CStr;
use std::os::fd::OwnedFd;

/// Maximum depth of the recursion. Deeper directories are first moved up, so that no depth exhausts
/// the stack or the file descriptors.
const MAX_DEPTH: u32 = 48;

impl Homes {
    /// Opens a home that is to be removed. Returns `None` if it does not exist. The descriptor
    /// identifies the directory: a home that a customer gets later under the same name is another
    /// one.
    ///
    /// # Errors
    /// [`HomeError::Refused`] if the name belongs to something other than a directory.
    pub fn open_for_removal(&self, name: &str) -> Outcome<Option<HomeToRemove>> {
        let name = check_name(name)?;
        match self.stat(name)? {
            None => Ok(None),
            Some(_) => {
                Ok(Some(HomeToRemove { name: name.to_owned(), home: self.open_home(name)? }))
            }
        }
    }

    /// Renames a home to the name of this removal. Does nothing if its old name belongs to another
    /// directory by now.
    pub fn rename_for_removal(&self, to_remove: &HomeToRemove, mark: &str) -> Outcome<()> {
        let now = self.stat(&to_remove.name)?;
        if !now
            .is_some_and(|now| stat_fd(&to_remove.home).is_ok_and(|then| is_same_file(&then, &now)))
        {
            return Ok(());
        }
        match rustix::fs::renameat(&self.root, &to_remove.name, &self.root, removal_name(mark)) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(errno) => Err(HomeError::failed(format!(
                "{} cannot be removed",
                self.display_path(&to_remove.name)
            ))(errno)),
        }
    }

    /// Removes the home that this run or an earlier one renamed with this mark. Returns whether it
    /// existed.
    ///
    /// # Errors
    /// [`HomeError::Stopped`] as soon as `stop` returns true. The next run removes the rest.
    pub fn remove_renamed(&self, mark: &str, stop: &dyn Fn() -> bool) -> Outcome<bool> {
        let name = removal_name(check_name(mark)?);
        if self.stat(&name)?.is_none() {
            return Ok(false);
        }
        let home = self.open_home(&name)?;
        let device = stat_fd(&home)?.st_dev;
        let mut sweep = Sweep { top: &home, device, moved: 0, removed: 0, mark, stop };
        loop {
            let before = sweep.removed + sweep.moved;
            sweep.empty(&home, 0)?;
            match rustix::fs::unlinkat(&self.root, &name, AtFlags::REMOVEDIR) {
                Ok(()) | Err(Errno::NOENT) => return Ok(true),
                // Deep directories were moved up, or another process still writes here.
                Err(Errno::NOTEMPTY | Errno::EXIST) if sweep.removed + sweep.moved > before => {}
                Err(errno) => {
                    return Err(HomeError::failed(format!(
                        "{} cannot be removed",
                        self.display_path(&name)
                    ))(errno));
                }
            }
        }
    }
}

/// A home that is to be removed.
#[derive(Debug)]
pub struct HomeToRemove {
    name: String,
    home: OwnedFd,
}

fn removal_name(mark: &str) -> String {
    format!(".removing-{mark}")
}

struct Sweep<'a> {
    top: &'a OwnedFd,
    device: u64,
    moved: u64,
    removed: u64,
    mark: &'a str,
    stop: &'a dyn Fn() -> bool,
}

impl Sweep<'_> {
    fn empty(&mut self, dir: &OwnedFd, depth: u32) -> Outcome<()> {
        let entries = rustix::fs::Dir::read_from(dir)
            .map_err(HomeError::failed("a directory cannot be read"))?;
        for entry in entries {
            if (self.stop)() {
                return Err(HomeError::Stopped);
            }
            let entry = entry.map_err(HomeError::failed("a directory cannot be read"))?;
            let name = entry.file_name();
            if name == c"." || name == c".." {
                continue;
            }
            match entry.file_type() {
                FileType::Directory | FileType::Unknown => self.directory(dir, name, depth)?,
                _ => self.unlink(dir, name)?,
            }
        }
        Ok(())
    }

    /// Removes a directory. If it has become something else meanwhile, it is unlinked and not
    /// followed.
    fn directory(&mut self, parent: &OwnedFd, name: &CStr, depth: u32) -> Outcome<()> {
        let child = match rustix::fs::openat(parent, name, DIRECTORY, Mode::empty()) {
            Ok(child) => child,
            Err(Errno::NOENT) => return Ok(()),
            Err(Errno::LOOP | Errno::NOTDIR) => return self.unlink(parent, name),
            Err(errno) => {
                return Err(HomeError::failed(format!("{} cannot be opened", display_path(name)))(
                    errno,
                ));
            }
        };
        if stat_fd(&child)?.st_dev != self.device {
            return Err(HomeError::Refused(format!(
                "another file system is mounted at {}: it is not touched",
                display_path(name)
            )));
        }
        if depth == MAX_DEPTH {
            return self.move_up(parent, name);
        }
        self.empty(&child, depth + 1)?;
        match rustix::fs::unlinkat(parent, name, AtFlags::REMOVEDIR) {
            Ok(()) => self.removed += 1,
            // It was moved up, written to, or replaced meanwhile. The next round finds it.
            Err(Errno::NOENT | Errno::NOTEMPTY | Errno::EXIST | Errno::NOTDIR) => {}
            Err(errno) => {
                return Err(
                    HomeError::failed(format!("{} cannot be removed", display_path(name)))(errno),
                );
            }
        }
        Ok(())
    }

    fn unlink(&mut self, parent: &OwnedFd, name: &CStr) -> Outcome<()> {
        match rustix::fs::unlinkat(parent, name, AtFlags::empty()) {
            Ok(()) => self.removed += 1,
            Err(Errno::NOENT | Errno::ISDIR) => {}
            Err(errno) => {
                return Err(
                    HomeError::failed(format!("{} cannot be removed", display_path(name)))(errno),
                );
            }
        }
        Ok(())
    }

    fn move_up(&mut self, parent: &OwnedFd, name: &CStr) -> Outcome<()> {
        loop {
            self.moved += 1;
            let to = format!(".deep-{}-{}", self.mark, self.moved);
            match rustix::fs::renameat(parent, name, self.top, to.as_str()) {
                Ok(()) | Err(Errno::NOENT) => return Ok(()),
                // An earlier run or the customer has taken the name.
                Err(Errno::EXIST | Errno::NOTEMPTY | Errno::NOTDIR | Errno::ISDIR) => {}
                Err(errno) => {
                    return Err(HomeError::failed(format!(
                        "{} cannot be moved",
                        display_path(name)
                    ))(errno));
                }
            }
        }
    }
}

fn display_path(name: &CStr) -> String {
    format!("{:?}", name.to_string_lossy())
}
