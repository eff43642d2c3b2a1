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
pub const FILE: &str = "clientele.toml";

/// A settings file and its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub path: PathBuf,
    pub text: String,
}

/// Finds the settings file: the given one, else that of the machine, else the one in the working
/// directory.
///
/// # Errors
/// A file exists and cannot be used, or the given one does not exist.
pub(super) fn find(
    given: Option<&Path>,
    system: &Path,
    working_dir: &Path,
) -> Result<Option<Found>, Mistake> {
    if let Some(path) = given {
        return read(path, Links::Follow).map(Some).map_err(|error| refuse(path, &error, ""));
    }
    match read(system, Links::Follow) {
        Err(error) if error.is_missing() => {}
        outcome => return outcome.map(Some).map_err(|error| refuse(system, &error, "")),
    }
    let here =
        if working_dir == Path::new(".") { PathBuf::from(FILE) } else { working_dir.join(FILE) };
    let advice = format!(
        "; settings for the machine belong in {SYSTEM_FILE}, and --config FILE names another file"
    );
    match read(&here, Links::Refuse) {
        Err(error) if error.is_missing() => Ok(None),
        // Users who can write the directory could have put another file of ours there under this
        // name, so the directory must be trusted too.
        Ok(found) => match trusted::open_own_directory(working_dir) {
            Ok(_) => Ok(Some(found)),
            Err(error) => Err(refuse(&here, &error, &advice)),
        },
        Err(error) => Err(refuse(&here, &error, &advice)),
    }
}

fn read(path: &Path, links: Links) -> Result<Found, Untrusted> {
    Ok(Found { path: path.to_owned(), text: trusted::read(path, links)? })
}

fn refuse(path: &Path, error: &Untrusted, advice: &str) -> Mistake {
    Mistake::in_file(&path.display().to_string(), "", format!("is not used: {error}{advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, chown, symlink};

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn the_first_of_three_files_is_used() {
        let place = tempfile::tempdir().unwrap();
        let [given, system, here] =
            ["given.toml", "system.toml", FILE].map(|name| place.path().join(name));
        let found = |named: Option<&Path>| {
            find(named, &system, place.path()).unwrap().map(|found| found.text)
        };
        assert_eq!(found(None), None);
        for (path, text) in [(&here, "here"), (&system, "system"), (&given, "given")] {
            fs::write(path, text).unwrap();
            mode(path, 0o644);
        }
        assert_eq!(found(Some(&given)).as_deref(), Some("given"));
        assert_eq!(found(None).as_deref(), Some("system"));
        mode(&here, 0o666);
        assert_eq!(
            found(None).as_deref(),
            Some("system"),
            "the file in the working directory is not used"
        );
        fs::remove_file(&system).unwrap();
        mode(&here, 0o644);
        assert_eq!(found(None).as_deref(), Some("here"));
        assert!(
            find(Some(&place.path().join("none")), &system, place.path()).is_err(),
            "a given file must exist"
        );
    }

    #[test]
    fn files_that_others_could_have_written_are_refused_and_not_skipped() {
        let place = tempfile::tempdir().unwrap();
        let (system, here) = (place.path().join("system.toml"), place.path().join(FILE));
        let why = |dir: &Path| find(None, &system, dir).unwrap_err().to_string();
        fs::write(&here, "log = 'info'").unwrap();
        mode(&here, 0o664);
        assert!(why(place.path()).contains("clientele.toml can be written by others (mode 0664)"));
        mode(&here, 0o644);
        mode(place.path(), 0o1777);
        assert!(why(place.path()).contains("(mode 1777)"), "others could have put it there");
        mode(place.path(), 0o755);
        if rustix::process::geteuid().is_root() {
            chown(&here, Some(4242), None).unwrap();
            assert!(why(place.path()).contains("another user (id 4242)"));
            chown(&here, Some(0), None).unwrap();
            chown(place.path(), Some(4242), None).unwrap();
            assert!(why(place.path()).contains("another user (id 4242)"));
            chown(place.path(), Some(0), None).unwrap();
        }
        fs::rename(&here, place.path().join("elsewhere")).unwrap();
        symlink(place.path().join("elsewhere"), &here).unwrap();
        assert!(why(place.path()).contains("clientele.toml is a symbolic link"));
        fs::write(&system, "").unwrap();
        mode(&system, 0o606);
        assert!(why(place.path()).contains("system.toml can be written by others (mode 0606)"));
    }
}
