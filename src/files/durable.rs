//! Renames files so that the new name survives a crash. `fsync` on a file does not write its
//! directory entry: after a power failure the file may have its old name, or none.

use std::fs::File;
use std::io;
use std::path::Path;

/// Renames a file whose content is on the disk. Returns once the new name is on the disk too.
///
/// # Errors
/// Errors of the file system. If writing the directory entry fails, the file has its new name,
/// which a crash may undo.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)?;
    sync_parent(to)
}

/// Writes the directory entry of a file to the disk.
pub fn sync_parent(path: &Path) -> io::Result<()> {
    let parent =
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(parent)?.sync_all() {
        // Some file systems, such as network file systems, cannot sync a directory.
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
    fn files_are_renamed_in_any_directory() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("backup.part"), dir.path().join("backup"));
        std::fs::write(&from, "whole").unwrap();
        rename(&from, &to).unwrap();
        assert_eq!(
            (std::fs::read_to_string(&to).unwrap().as_str(), from.exists()),
            ("whole", false)
        );
        sync_parent(Path::new("a-name-in-the-working-directory")).unwrap();
        assert_eq!(
            sync_parent(&dir.path().join("none/file")).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }
}
