//! Finds the settings file.
//!
//! A user who can write this file decides what the program runs and opens, with root's rights if
//! root runs it. The program therefore refuses a file that another user could have written. It does
//! not skip the file, so it never runs with unintended settings.

use super::source::Mistake;
use files::trusted::{self, Links, Untrusted};
use std::path::{Path, PathBuf};

/// The settings file of the machine.
pub const SYSTEM_FILE: &str = "/etc/clientele/clientele.toml";
/// The settings file that is read from the working directory if the machine has none.
pub const FILE_NAME: &str = "clientele.toml";

/// A settings file and its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SettingsFile {
    pub path: PathBuf,
    pub text: String,
}

/// Finds the settings file: the given one, else that of the machine, else the one in the working
/// directory.
///
/// # Errors
/// The first of these files that exists cannot be used, or the given one does not exist.
pub(super) fn find(
    given: Option<&Path>,
    system: &Path,
    working_dir: &Path,
) -> Result<Option<SettingsFile>, Mistake> {
    if let Some(path) = given {
        return read(path, Links::Follow).map(Some).map_err(|error| refuse(path, &error, ""));
    }
    match read(system, Links::Follow) {
        Err(error) if error.is_missing() => {}
        outcome => return outcome.map(Some).map_err(|error| refuse(system, &error, "")),
    }
    let working_dir_file = if working_dir == Path::new(".") {
        PathBuf::from(FILE_NAME)
    } else {
        working_dir.join(FILE_NAME)
    };
    let advice = format!(
        "; settings for the machine belong in {SYSTEM_FILE}, and --config FILE names another file"
    );
    match read(&working_dir_file, Links::Refuse) {
        Err(error) if error.is_missing() => Ok(None),
        // Users who can write the directory could have moved another file of this user there under
        // this name, so the directory must be trusted, too.
        Ok(found) => match trusted::open_own_directory(working_dir) {
            Ok(_) => Ok(Some(found)),
            Err(error) => Err(refuse(&working_dir_file, &error, &advice)),
        },
        Err(error) => Err(refuse(&working_dir_file, &error, &advice)),
    }
}

fn read(path: &Path, links: Links) -> Result<SettingsFile, Untrusted> {
    Ok(SettingsFile { path: path.to_owned(), text: trusted::read(path, links)? })
}

fn refuse(path: &Path, error: &Untrusted, advice: &str) -> Mistake {
    Mistake::in_file(&path.display().to_string(), "", format!("is not used: {error}{advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, chown, symlink};

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn the_first_of_three_files_is_used() {
        let dir = tempfile::tempdir().unwrap();
        let [given, system, working_dir_file] =
            ["given.toml", "system.toml", FILE_NAME].map(|name| dir.path().join(name));
        let found = |given: Option<&Path>| {
            find(given, &system, dir.path()).unwrap().map(|found| found.text)
        };
        assert_eq!(found(None), None);
        for (path, text) in
            [(&working_dir_file, "working_dir_file"), (&system, "system"), (&given, "given")]
        {
            fs::write(path, text).unwrap();
            set_mode(path, 0o644);
        }
        assert_eq!(found(Some(&given)).as_deref(), Some("given"));
        assert_eq!(found(None).as_deref(), Some("system"));
        set_mode(&working_dir_file, 0o666);
        assert_eq!(
            found(None).as_deref(),
            Some("system"),
            "the file in the working directory is not used"
        );
        fs::remove_file(&system).unwrap();
        set_mode(&working_dir_file, 0o644);
        assert_eq!(found(None).as_deref(), Some("working_dir_file"));
        assert!(
            find(Some(&dir.path().join("none")), &system, dir.path()).is_err(),
            "a given file must exist"
        );
    }

    #[test]
    fn files_that_others_could_have_written_are_refused_and_not_skipped() {
        let dir = tempfile::tempdir().unwrap();
        let (system, working_dir_file) =
            (dir.path().join("system.toml"), dir.path().join(FILE_NAME));
        let message =
            |working_dir: &Path| find(None, &system, working_dir).unwrap_err().to_string();
        fs::write(&working_dir_file, "log = 'info'").unwrap();
        set_mode(&working_dir_file, 0o664);
        assert!(
            message(dir.path()).contains("clientele.toml can be written by others (mode 0664)")
        );
        set_mode(&working_dir_file, 0o644);
        set_mode(dir.path(), 0o1777);
        assert!(
            message(dir.path()).contains("(mode 1777)"),
            "others could have moved the file there"
        );
        set_mode(dir.path(), 0o755);
        if rustix::process::geteuid().is_root() {
            chown(&working_dir_file, Some(4242), None).unwrap();
            assert!(message(dir.path()).contains("another user (id 4242)"));
            chown(&working_dir_file, Some(0), None).unwrap();
            chown(dir.path(), Some(4242), None).unwrap();
            assert!(message(dir.path()).contains("another user (id 4242)"));
            chown(dir.path(), Some(0), None).unwrap();
        }
        fs::rename(&working_dir_file, dir.path().join("elsewhere")).unwrap();
        symlink(dir.path().join("elsewhere"), &working_dir_file).unwrap();
        assert!(message(dir.path()).contains("clientele.toml is a symbolic link"));
        fs::write(&system, "").unwrap();
        set_mode(&system, 0o606);
        assert!(message(dir.path()).contains("system.toml can be written by others (mode 0606)"));
    }
}
