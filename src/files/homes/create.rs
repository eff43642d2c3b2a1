//! Creates homes.

use super::{DIRECTORY, HomeError, Homes, Outcome, check_name, errno, is_directory};
use rustix::fs::{AtFlags, Gid, Mode, OFlags, Uid};
use rustix::io::Errno;
use std::fs::File;
use std::io::Write as _;
use std::os::fd::OwnedFd;

/// Name of the page that visitors see until the customer has their own.
const INDEX: &str = "index.html";

/// The parts of a home that a run created, so that [`Homes::undo_create`] can remove them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CreatedParts {
    pub directory: bool,
    pub index: bool,
}

impl Homes {
    /// Creates the home with this name for the system user and group `guid`, and writes the default
    /// page `index` if the home has no such page. Succeeds if they exist already, in part or as a
    /// whole. Returns what this run created.
    ///
    /// # Errors
    /// [`HomeError::Refused`] if the name or the id is not allowed, or if the name belongs to
    /// something other than a directory.
    pub fn create(&self, name: &str, guid: i64, index: Option<&str>) -> Outcome<CreatedParts> {
        let name = check_name(name)?;
        let owner = owner(guid)?;
        let directory = match rustix::fs::mkdirat(&self.root, name, Mode::RWXU) {
            Ok(()) => true,
            Err(Errno::EXIST) => false,
            Err(errno) => {
                return Err(HomeError::failed(format!(
                    "{} cannot be created",
                    self.display_path(name)
                ))(errno));
            }
        };
        let home = self.open_home(name)?;
        let failed = |what: &str| format!("{what} of {} cannot be set", self.display_path(name));
        let mut created = CreatedParts { directory, index: false };
        if let Some(text) = index {
            created.index = self.write_index(&home, name, text, owner)?;
        }
        // The owner is set after the page is written, so that a home that belongs to the customer
        // is complete.
        set_owner(&home, owner).map_err(HomeError::failed(failed("the owner")))?;
        rustix::fs::fchmod(&home, Mode::from_raw_mode(0o750))
            .map_err(HomeError::failed(failed("the mode")))?;
        Ok(created)
    }

    fn write_index(
        &self,
        home: &OwnedFd,
        name: &str,
        text: &str,
        owner: Option<(Uid, Gid)>,
    ) -> Outcome<bool> {
        let page = format!("{}/{INDEX}", self.display_path(name));
        // The page has another name until it is complete. If the worker dies, no incomplete page
        // remains under the final name, and the next run starts over.
        let part = format!(".{INDEX}.part");
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let _ = rustix::fs::unlinkat(home, &part, AtFlags::empty());
        let file = rustix::fs::openat(home, &part, flags, Mode::RUSR | Mode::WUSR)
            .map_err(HomeError::failed(&page))?;
        let mut file = File::from(file);
        file.write_all(text.as_bytes()).map_err(|error| HomeError::failed(&page)(errno(&error)))?;
        rustix::fs::fchmod(&file, Mode::from_raw_mode(0o640)).map_err(HomeError::failed(&page))?;
        set_owner(&file, owner).map_err(HomeError::failed(&page))?;
        // `linkat` fails if the name exists, so a page of the customer stays.
        let linked = match rustix::fs::linkat(home, &part, home, INDEX, AtFlags::empty()) {
            Err(Errno::EXIST) => Ok(false),
            outcome => outcome.map(|()| true),
        };
        rustix::fs::unlinkat(home, &part, AtFlags::empty()).map_err(HomeError::failed(&page))?;
        linked.map_err(HomeError::failed(&page))
    }

    /// Removes a home that a run created, with its page, unless the home contains anything else by
    /// now. Removes nothing if the directory existed before the run.
    pub fn undo_create(&self, name: &str, created: CreatedParts) -> Outcome<()> {
        let name = check_name(name)?;
        if !created.directory {
            return Ok(());
        }
        let Ok(home) = rustix::fs::openat(&self.root, name, DIRECTORY, Mode::empty()) else {
            return Ok(());
        };
        if created.index && holds_only_index(&home) {
            rustix::fs::unlinkat(&home, INDEX, AtFlags::empty())
                .map_err(HomeError::failed(self.display_path(name)))?;
        }
        match rustix::fs::unlinkat(&self.root, name, AtFlags::REMOVEDIR) {
            Ok(()) | Err(Errno::NOENT | Errno::NOTEMPTY | Errno::EXIST) => Ok(()),
            Err(errno) => Err(HomeError::failed(self.display_path(name))(errno)),
        }
    }
}

fn holds_only_index(home: &OwnedFd) -> bool {
    let Ok(entries) = rustix::fs::Dir::read_from(home) else { return false };
    let is_page = rustix::fs::statat(home, INDEX, AtFlags::SYMLINK_NOFOLLOW)
        .is_ok_and(|stat| !is_directory(&stat));
    let expected = [".", "..", INDEX];
    is_page
        && entries.flatten().all(|entry| {
            expected.iter().any(|name| entry.file_name().to_bytes() == name.as_bytes())
        })
}

/// Returns the owner that the files get: the customer's system user if the worker runs as root.
/// Otherwise returns `None`, and the files keep the worker's user.
fn owner(guid: i64) -> Outcome<Option<(Uid, Gid)>> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    // 0 is root, and for `chown` the largest number means "leave as it is".
    let id = u32::try_from(guid).ok().filter(|id| (1..u32::MAX).contains(id));
    let id =
        id.ok_or_else(|| HomeError::Refused(format!("{guid} is not a user id for a customer")))?;
    Ok(Some((Uid::from_raw(id), Gid::from_raw(id))))
}

fn set_owner(fd: impl std::os::fd::AsFd, owner: Option<(Uid, Gid)>) -> rustix::io::Result<()> {
    match owner {
        Some((user, group)) => rustix::fs::fchown(fd, Some(user), Some(group)),
        None => Ok(()),
    }
}
