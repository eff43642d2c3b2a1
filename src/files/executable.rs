//! What may be run from the hooks directory. It runs with this program's rights, so nobody else may
//! have written it; see [`trusted`](files::trusted).

use crate::trusted::{self, Untrusted};
use rustix::fs::{AtFlags, Dir, FileType};
use std::io;
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::path::{Path, PathBuf};

/// The longest name of a hook.
const NAME: usize = 100;

/// A hook that was opened and checked.
#[derive(Debug)]
pub struct Executable {
    file: OwnedFd,
}

impl Executable {
    /// A path that leads to the open file itself, whatever its name leads to by now. It is this
    /// process's, so that it can still be opened by the interpreter of a script, for which the
    /// descriptor is closed by then.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/fd/{}", std::process::id(), self.file.as_raw_fd()))
    }
}

/// Names of the executables, in their order. Hidden files, directories and files without the
/// executable bit are left out.
///
/// # Errors
/// Where the directory is not trusted or cannot be read.
pub fn names(dir: &Path) -> Result<Vec<String>, Untrusted> {
    let opened = trusted::directory(dir)?;
    let failed = |errno| Untrusted::Failed { path: dir.to_owned(), errno };
    let mut names = Vec::new();
    for entry in Dir::read_from(&opened).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let Ok(name) = entry.file_name().to_str() else { continue };
        // A link to an executable is listed, so that its refusal is seen.
        let found = rustix::fs::statat(&opened, name, AtFlags::empty());
        let is_executable = found.is_ok_and(|stat| {
            FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile
                && stat.st_mode & 0o111 != 0
        });
        if is_executable && !name.starts_with('.') && name.len() <= NAME {
            names.push(name.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Opens the hook of that name, if it may be run.
///
/// # Errors
/// Why not, for people.
pub fn open(dir: &Path, name: &str) -> Result<Executable, String> {
    let directory = trusted::directory(dir).map_err(|error| refused(&error))?;
    if name.contains('/') || name.starts_with('.') {
        return Err(format!("{name:?} is not the name of a hook"));
    }
    let path = dir.join(name);
    let (file, stat) =
        trusted::file_in(&directory, name, &path).map_err(|error| refused(&error))?;
    if stat.st_mode & 0o111 == 0 {
        return Err(format!("the hook {} is not executable", path.display()));
    }
    Ok(Executable { file })
}

/// Faults of the hooks directory and of everything in it that would be run; none where there is no
/// directory.
#[must_use]
pub fn faults(dir: &Path) -> Vec<String> {
    match names(dir) {
        // Whoever cannot look at the directory above it cannot tell; the worker can.
        Err(error) if error.is_missing() => Vec::new(),
        Err(error) => vec![refused(&error)],
        Ok(names) => names.iter().filter_map(|name| open(dir, name).err()).collect(),
    }
}

fn refused(error: &Untrusted) -> String {
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

    fn put(dir: &Path, name: &str, mode: u32) -> PathBuf {
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
            put(dir.path(), name, mode);
        }
        std::fs::create_dir(dir.path().join("30-directory")).unwrap();
        symlink("/nonexistent", dir.path().join("40-nowhere")).unwrap();
        assert_eq!(names(dir.path()).unwrap(), ["10-web", "20-dns"]);
        assert_eq!(faults(dir.path()), Vec::<String>::new());
        assert!(faults(&dir.path().join("none")).is_empty());
    }

    #[test]
    fn what_others_may_have_written_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let hooks = dir.path().join("hooks");
        std::fs::create_dir(&hooks).unwrap();
        put(&hooks, "group", 0o775);
        put(&hooks, "world", 0o757);
        assert!(
            open(&hooks, "group").unwrap_err().contains("can be written by others (mode 0775)")
        );
        assert_eq!(faults(&hooks).len(), 2);
        // No link is followed, wherever it leads.
        symlink(put(dir.path(), "outside", 0o755), hooks.join("link")).unwrap();
        symlink("/bin/sh", hooks.join("shell")).unwrap();
        for name in ["link", "shell"] {
            assert!(
                open(&hooks, name).unwrap_err().contains(&format!("{name} is a symbolic link")),
                "{name}"
            );
        }
        assert_eq!(faults(&hooks).len(), 4, "doctor tells of links too");
        for name in ["../outside", ".", "..", "none"] {
            assert!(open(&hooks, name).is_err(), "{name}");
        }
        if rustix::process::geteuid().is_root() {
            let foreign = put(&hooks, "foreign", 0o755);
            chown(foreign, Some(4242), None).unwrap();
            assert!(open(&hooks, "foreign").unwrap_err().contains("another user (id 4242)"));
        }
        put(&hooks, "good", 0o755);
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
        assert_eq!(faults(&hooks).len(), 1);
    }

    #[test]
    fn what_was_opened_is_what_runs() {
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
