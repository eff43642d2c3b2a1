//! Names of files that outlast a crash. Writing a file out with `fsync` does not write the
//! directory entry that names it: after a power failure the old name may be back, or none.

use std::fs::File;
use std::io;
use std::path::Path;

/// Renames a file that is written out, and returns once the new name is on the disk too.
///
/// # Errors
/// Those of the file system. After a failure of the last step the file has its new name, which may
/// not last.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)?;
    sync_parent(to)
}

/// Writes out the directory that holds the name of a file.
///
/// # Errors
/// Those of the file system.
pub fn sync_parent(path: &Path) -> io::Result<()> {
    let parent =
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(parent)?.sync_all() {
        // Some file systems, such as those of other machines, cannot write out a directory alone.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        outcome => outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_new_name_wherever_it_is() {
        let place = tempfile::tempdir().unwrap();
        let (from, to) = (place.path().join("backup.part"), place.path().join("backup"));
        std::fs::write(&from, "whole").unwrap();
        rename(&from, &to).unwrap();
        assert_eq!(
            (std::fs::read_to_string(&to).unwrap().as_str(), from.exists()),
            ("whole", false)
        );
        sync_parent(Path::new("a-name-in-the-working-directory")).unwrap();
        assert_eq!(
            sync_parent(&place.path().join("none/file")).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }
}
