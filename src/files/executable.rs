//! Executables in the hooks directory (hooks). They run with this program's rights, so other
//! users must not be able to write them; see [`trusted`].

use crate::trusted::{self, Untrusted};
use rustix::fs::{AtFlags, Dir, FileType};
use std::io;
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::path::{Path, PathBuf};

/// Maximum length of a hook's name, in bytes.
const MAX_NAME: usize = 100;

/// A hook that was opened and checked.
#[derive(Debug)]
pub struct Executable {
    file: OwnedFd,
}

impl Executable {
    /// Returns a path to the open file itself, even if its name belongs to another file by now. It
    /// contains the id of this process instead of `self`: the interpreter of a script can open it,
    /// although the descriptor is closed in the interpreter's own process.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/fd/{}", std::process::id(), self.file.as_raw_fd()))
    }
}

/// Returns the names of the executables, sorted. Hidden files, directories, files without the
/// executable bit, and names that are not UTF-8 or too long are omitted.
///
/// # Errors
/// The directory is not trusted or cannot be read.
pub fn names(dir: &Path) -> Result<Vec<String>, Untrusted> {
    let opened = trusted::open_directory(dir)?;
    let failed = |errno| Untrusted::Failed { path: dir.to_owned(), errno };
    let mut names = Vec::new();
    for entry in Dir::read_from(&opened).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let Ok(name) = entry.file_name().to_str() else { continue };
        // A link to an executable is listed, so that `problems` reports it.
        let target_stat = rustix::fs::statat(&opened, name, AtFlags::empty());
        let is_executable = target_stat.is_ok_and(|stat| {
            FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile
                && stat.st_mode & 0o111 != 0
        });
        if is_executable && !name.starts_with('.') && name.len() <= MAX_NAME {
            names.push(name.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Opens the hook with this name, if it is trusted and executable.
///
/// # Errors
/// A message with the reason, for people.
pub fn open(dir: &Path, name: &str) -> Result<Executable, String> {
    let directory = trusted::open_directory(dir).map_err(|error| refusal_message(&error))?;
    if name.contains('/') || name.starts_with('.') {
        return Err(format!("{name:?} is not the name of a hook"));
    }
    let path = dir.join(name);
    let (file, stat) =
        trusted::open_file_in(&directory, name, &path).map_err(|error| refusal_message(&error))?;
    if stat.st_mode & 0o111 == 0 {
        return Err(format!("the hook {} is not executable", path.display()));
    }
    Ok(Executable { file })
}

/// Returns the problems of the hooks directory and of all executables in it. A missing directory
/// has none.
#[must_use]
pub fn problems(dir: &Path) -> Vec<String> {
    match names(dir) {
        // Hooks are optional, so a missing directory is no problem.
        Err(error) if error.is_missing() => Vec::new(),
        Err(error) => vec![refusal_message(&error)],
        Ok(names) => names.iter().filter_map(|name| open(dir, name).err()).collect(),
    }
}

fn refusal_message(error: &Untrusted) -> String {
    match error {
        Untrusted::Failed { errno, .. }
            if io::Error::from(*errno).kind() == io::ErrorKind::NotFound =>
        {
            format!("the hook cannot be found: {error}")
        }
        _ => format!("{error}, so no hook there is run"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, chown, symlink};

    fn write_hook(dir: &Path, name: &str, mode: u32) -> PathBuf {
        let path = dir.join(name);
        std::fs::write(&path, "#!/bin/sh\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    #[test]
    fn executables_are_found_in_the_order_of_their_names() {
        let dir = tempfile::tempdir().unwrap();
        for (name, mode) in
            [("20-dns", 0o755), ("10-web", 0o700), ("README", 0o644), (".hidden", 0o755)]
        {
            write_hook(dir.path(), name, mode);
        }
        std::fs::create_dir(dir.path().join("30-directory")).unwrap();
        symlink("/nonexistent", dir.path().join("40-nowhere")).unwrap();
        assert_eq!(names(dir.path()).unwrap(), ["10-web", "20-dns"]);
        assert_eq!(problems(dir.path()), Vec::<String>::new());
        assert!(problems(&dir.path().join("none")).is_empty());
    }

    #[test]
    fn hooks_that_others_could_have_written_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let hooks = dir.path().join("hooks");
        std::fs::create_dir(&hooks).unwrap();
        write_hook(&hooks, "group", 0o775);
        write_hook(&hooks, "world", 0o757);
        assert!(
            open(&hooks, "group").unwrap_err().contains("can be written by others (mode 0775)")
        );
        assert_eq!(problems(&hooks).len(), 2);
        // Links are never followed.
        symlink(write_hook(dir.path(), "outside", 0o755), hooks.join("link")).unwrap();
        symlink("/bin/sh", hooks.join("shell")).unwrap();
        for name in ["link", "shell"] {
            assert!(
                open(&hooks, name).unwrap_err().contains(&format!("{name} is a symbolic link")),
                "{name}"
            );
        }
        assert_eq!(problems(&hooks).len(), 4, "doctor reports links too");
        for name in ["../outside", ".", "..", "none"] {
            assert!(open(&hooks, name).is_err(), "{name}");
        }
        if rustix::process::geteuid().is_root() {
            let foreign = write_hook(&hooks, "foreign", 0o755);
            chown(foreign, Some(4242), None).unwrap();
            assert!(open(&hooks, "foreign").unwrap_err().contains("another user (id 4242)"));
        }
        write_hook(&hooks, "good", 0o755);
        open(&hooks, "good").unwrap();
        symlink(&hooks, dir.path().join("other-name")).unwrap();
        assert!(
            open(&dir.path().join("other-name"), "good")
                .unwrap_err()
                .contains("other-name is a symbolic link")
        );
        std::fs::set_permissions(&hooks, std::fs::Permissions::from_mode(0o1777)).unwrap();
        assert!(
            open(&hooks, "good").unwrap_err().contains("(mode 1777)"),
            "the sticky bit does not help the directory itself"
        );
        assert_eq!(problems(&hooks).len(), 1);
    }

    #[test]
    fn the_checked_file_runs_even_if_its_name_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hook");
        std::fs::write(&path, "#!/bin/sh\necho checked\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        let hook = open(dir.path(), "hook").unwrap();
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, "#!/bin/sh\necho replaced\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(std::process::Command::new(hook.path()).output().unwrap().stdout, b"checked\n");
    }
}
