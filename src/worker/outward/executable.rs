//! What may be run from the hooks directory: it runs with this program's rights, so nobody else may have written it.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// The longest name of a hook.
const NAME: usize = 100;

/// Names of the executables, in their order. What is hidden, a directory or not executable is none.
///
/// # Errors
/// Where the directory cannot be read.
pub fn names(dir: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_executable = std::fs::metadata(entry.path()).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0);
        if is_executable && !name.starts_with('.') && name.len() <= NAME {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// The file behind a name, links resolved, if it may be run.
///
/// # Errors
/// Why not, for people.
pub fn checked(dir: &Path, name: &str) -> Result<PathBuf, String> {
    owned(dir)?;
    if name.contains('/') || name.starts_with('.') {
        return Err(format!("{name:?} is no name of a hook"));
    }
    let path = dir.join(name);
    let file = path.canonicalize().map_err(|error| format!("the hook {} cannot be found: {error}", path.display()))?;
    if let Some(folder) = file.parent() {
        owned(folder)?;
    }
    let found = owned(&file)?;
    if !found.is_file() || found.permissions().mode() & 0o111 == 0 {
        return Err(format!("the hook {} is not executable", path.display()));
    }
    Ok(file)
}

/// Faults of the hooks directory and of everything in it that would be run; none where there is no directory.
#[must_use]
pub fn faults(dir: &Path) -> Vec<String> {
    if !dir.exists() {
        return Vec::new();
    }
    if let Err(fault) = owned(dir) {
        return vec![fault];
    }
    match names(dir) {
        Err(error) => vec![format!("the hooks directory {} cannot be read: {error}", dir.display())],
        Ok(names) => names.iter().filter_map(|name| checked(dir, name).err()).collect(),
    }
}

/// Nobody but root and this program's user may have written it. In a directory with the sticky bit, others cannot replace what
/// is not theirs.
fn owned(path: &Path) -> Result<Metadata, String> {
    let found = std::fs::metadata(path).map_err(|error| format!("{} cannot be looked at: {error}", path.display()))?;
    let own = rustix::process::geteuid().as_raw();
    if found.uid() != 0 && found.uid() != own {
        return Err(format!("{} belongs to another user (id {}), so nothing of it is run", path.display(), found.uid()));
    }
    let mode = found.permissions().mode();
    let sticky = found.is_dir() && mode & 0o1000 != 0;
    if mode & 0o022 != 0 && !sticky {
        return Err(format!("{} can be written by others (mode {:04o}), so nothing of it is run", path.display(), mode & 0o7777));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{chown, symlink};

    fn put(dir: &Path, name: &str, mode: u32) -> PathBuf {
        let path = dir.join(name);
        std::fs::write(&path, "#!/bin/sh\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    #[test]
    fn executables_are_found_in_the_order_of_their_names() {
        let dir = tempfile::tempdir().unwrap();
        for (name, mode) in [("20-dns", 0o755), ("10-web", 0o700), ("README", 0o644), (".hidden", 0o755)] {
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
        assert!(checked(&hooks, "group").unwrap_err().contains("can be written by others (mode 0775)"));
        assert_eq!(faults(&hooks).len(), 2);

        // A link is as good as what it leads to.
        symlink(put(dir.path(), "outside-bad", 0o777), hooks.join("link-bad")).unwrap();
        symlink(put(dir.path(), "outside-good", 0o755), hooks.join("link-good")).unwrap();
        assert!(checked(&hooks, "link-bad").unwrap_err().contains("outside-bad"));
        assert_eq!(checked(&hooks, "link-good").unwrap(), dir.path().canonicalize().unwrap().join("outside-good"));
        for name in ["../outside-good", ".", "..", "none"] {
            assert!(checked(&hooks, name).is_err(), "{name}");
        }
        // Where others may write, they may put another file in its place.
        let open = dir.path().join("open");
        std::fs::create_dir(&open).unwrap();
        std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o777)).unwrap();
        symlink(put(&open, "file", 0o755), hooks.join("link-open")).unwrap();
        assert!(checked(&hooks, "link-open").is_err());
        if rustix::process::geteuid().is_root() {
            let foreign = put(&hooks, "foreign", 0o755);
            chown(foreign, Some(4242), None).unwrap();
            assert!(checked(&hooks, "foreign").unwrap_err().contains("another user (id 4242)"));
        }
        std::fs::set_permissions(&hooks, std::fs::Permissions::from_mode(0o777)).unwrap();
        assert!(checked(&hooks, "link-good").is_err() && faults(&hooks).len() == 1);
    }
}
