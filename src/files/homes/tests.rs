use super::{CreatedParts, Homes};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use tempfile::TempDir;

const GUID: i64 = 10_000;

fn open_homes() -> (TempDir, Homes) {
    let temp_dir = tempfile::tempdir().unwrap();
    fs::create_dir(temp_dir.path().join("outside")).unwrap();
    fs::write(temp_dir.path().join("outside/precious"), "precious").unwrap();
    let homes = Homes::open(&temp_dir.path().join("homes")).unwrap();
    (temp_dir, homes)
}

fn remove(homes: &Homes, name: &str) -> Result<bool, super::HomeError> {
    let Some(home) = homes.open_for_removal(name)? else { return Ok(false) };
    homes.rename_for_removal(&home, "7")?;
    homes.remove_renamed("7", &|| false)
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

fn assert_no_homes_left(temp_dir: &TempDir) {
    let left: Vec<_> = fs::read_dir(temp_dir.path().join("homes"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(fs::read_to_string(temp_dir.path().join("outside/precious")).unwrap(), "precious");
}

#[test]
fn a_home_is_created_once_and_belongs_to_its_customer() {
    let (temp_dir, homes) = open_homes();
    let home = temp_dir.path().join("homes/meier");
    assert_eq!(
        homes.create("meier", GUID, Some("<h1>")).unwrap(),
        CreatedParts { directory: true, index: true }
    );
    assert_eq!(
        (mode(&temp_dir.path().join("homes")), mode(&home), mode(&home.join("index.html"))),
        (0o711, 0o750, 0o640)
    );
    if rustix::process::geteuid().is_root() {
        let owner = |path: &Path| fs::metadata(path).map(|meta| (meta.uid(), meta.gid())).unwrap();
        assert_eq!(
            (owner(&home), owner(&home.join("index.html"))),
            ((10_000, 10_000), (10_000, 10_000))
        );
    }
    fs::write(home.join("index.html"), "their own").unwrap();
    assert_eq!(homes.create("meier", GUID, Some("<h1>")).unwrap(), CreatedParts::default());
    assert_eq!(fs::read_to_string(home.join("index.html")).unwrap(), "their own");
    assert_eq!(fs::read_dir(&home).unwrap().count(), 1, "no part of a page is left");
    assert!(homes.has("meier") && !homes.has("meyer"));
}

#[test]
fn ids_of_root_and_ids_out_of_range_are_refused() {
    let (_temp_dir, homes) = open_homes();
    if rustix::process::geteuid().is_root() {
        for guid in [0, -1, i64::from(u32::MAX), i64::MAX] {
            assert!(
                matches!(homes.create("meier", guid, None), Err(super::HomeError::Refused(_))),
                "{guid}"
            );
        }
    }
}

#[test]
fn homes_that_are_not_directories_are_refused() {
    let (temp_dir, homes) = open_homes();
    symlink(temp_dir.path().join("outside"), temp_dir.path().join("homes/link")).unwrap();
    symlink("/nonexistent", temp_dir.path().join("homes/dangling")).unwrap();
    fs::write(temp_dir.path().join("homes/file"), "").unwrap();
    for name in ["link", "dangling", "file"] {
        let error = homes.create(name, GUID, Some("x")).unwrap_err();
        assert!(matches!(error, super::HomeError::Refused(_)), "{name}: {error}");
        assert!(
            matches!(remove(&homes, name).unwrap_err(), super::HomeError::Refused(_)),
            "{name}"
        );
        assert!(temp_dir.path().join("homes").join(name).symlink_metadata().is_ok());
    }
    assert_eq!(fs::read_dir(temp_dir.path().join("outside")).unwrap().count(), 1);
}

#[test]
fn names_that_could_lead_outside_are_refused() {
    let (temp_dir, homes) = open_homes();
    for name in [
        "",
        ".",
        "..",
        "../outside",
        "a/b",
        "/etc",
        "a\0b",
        ".removing-7",
        "-x",
        "a b",
        "ü",
        &"x".repeat(65),
    ] {
        assert!(
            matches!(homes.create(name, GUID, None), Err(super::HomeError::Refused(_))),
            "{name:?}"
        );
        assert!(
            matches!(homes.open_for_removal(name), Err(super::HomeError::Refused(_))),
            "{name:?}"
        );
        assert!(!homes.has(name), "{name:?}");
    }
    assert_no_homes_left(&temp_dir);
}

#[test]
fn unusable_roots_are_refused() {
    for root in ["", "/", "//", "/.", "/tmp/..", "/proc/self/root"] {
        assert!(
            matches!(Homes::open(Path::new(root)).unwrap_err(), super::HomeError::Refused(_)),
            "{root:?}"
        );
    }
}

#[test]
fn as_root_every_component_of_the_homes_root_is_checked() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let temp_dir = tempfile::tempdir().unwrap();
    let of_user = temp_dir.path().join("user");
    fs::create_dir_all(of_user.join("deep/homes")).unwrap();
    fs::create_dir_all(temp_dir.path().join("real/homes")).unwrap();
    symlink(temp_dir.path().join("real"), of_user.join("link")).unwrap();
    symlink("real", temp_dir.path().join("link")).unwrap();
    Homes::open(&temp_dir.path().join("link/homes")).expect("root made this link");
    std::os::unix::fs::chown(&of_user, Some(4242), None).unwrap();
    let reason = |path: &str| match Homes::open(&temp_dir.path().join(path)) {
        Err(super::HomeError::Refused(reason)) => reason,
        outcome => panic!("{path}: {outcome:?}"),
    };
    for path in ["user/deep/homes", "user/link/homes", "user/deep/homes/../homes", "user/new/homes"]
    {
        assert!(
            reason(path).ends_with("user belongs to another user (id 4242)"),
            "{path}: {}",
            reason(path)
        );
    }
    assert!(!of_user.join("new").exists(), "nothing is created where it is not trusted");
    fs::set_permissions(temp_dir.path().join("real"), fs::Permissions::from_mode(0o777)).unwrap();
    assert!(reason("link/homes").ends_with("real can be written by others (mode 0777)"));
}

#[test]
fn links_at_each_level_are_removed_and_never_followed() {
    let (temp_dir, homes) = open_homes();
    homes.create("meier", GUID, Some("x")).unwrap();
    let outside = temp_dir.path().join("outside");
    let mut level = temp_dir.path().join("homes/meier");
    for depth in 0..4 {
        symlink(&outside, level.join("to-directory")).unwrap();
        symlink(outside.join("precious"), level.join("to-file")).unwrap();
        symlink("../".repeat(depth + 2) + "outside", level.join("relative")).unwrap();
        symlink("/", level.join("to-machine")).unwrap();
        fs::hard_link(outside.join("precious"), level.join("hard")).unwrap();
        level = level.join("sub");
        fs::create_dir(&level).unwrap();
    }
    assert!(remove(&homes, "meier").unwrap());
    assert_no_homes_left(&temp_dir);
}

#[test]
fn deep_directories_are_removed() {
    let (temp_dir, homes) = open_homes();
    homes.create("meier", GUID, None).unwrap();
    // Deeper than the longest path and the number of file descriptors allow.
    let mut dir = rustix::fs::open(
        temp_dir.path().join("homes/meier"),
        super::DIRECTORY,
        super::Mode::empty(),
    )
    .unwrap();
    for _ in 0..3_000 {
        rustix::fs::mkdirat(&dir, "d", super::Mode::RWXU).unwrap();
        drop(
            rustix::fs::openat(
                &dir,
                "f",
                super::OFlags::CREATE | super::OFlags::WRONLY,
                super::Mode::RWXU,
            )
            .unwrap(),
        );
        dir = rustix::fs::openat(&dir, "d", super::DIRECTORY, super::Mode::empty()).unwrap();
    }
    // The removal uses these names itself.
    fs::create_dir_all(temp_dir.path().join("homes/meier/.deep-7-1/x")).unwrap();
    fs::write(temp_dir.path().join("homes/meier/.deep-7-2"), "").unwrap();
    assert!(remove(&homes, "meier").unwrap());
    assert_no_homes_left(&temp_dir);
}

#[test]
fn a_stopped_removal_continues_later() {
    let (temp_dir, homes) = open_homes();
    homes.create("meier", GUID, None).unwrap();
    for n in 0..20 {
        fs::write(temp_dir.path().join(format!("homes/meier/{n}")), "").unwrap();
    }
    let home = homes.open_for_removal("meier").unwrap().unwrap();
    homes.rename_for_removal(&home, "7").unwrap();
    let steps = std::cell::Cell::new(0);
    let stop = || steps.replace(steps.get() + 1) > 5;
    assert!(matches!(homes.remove_renamed("7", &stop).unwrap_err(), super::HomeError::Stopped));
    // The name is free meanwhile, and the removal does not affect the new home.
    homes.create("meier", GUID + 1, Some("new")).unwrap();
    homes.rename_for_removal(&home, "7").unwrap();
    assert!(homes.remove_renamed("7", &|| false).unwrap());
    assert_eq!(fs::read_to_string(temp_dir.path().join("homes/meier/index.html")).unwrap(), "new");
    assert!(!homes.remove_renamed("7", &|| false).unwrap());
}

#[test]
fn a_home_that_changes_while_it_is_removed_does_not_redirect_the_removal() {
    let (temp_dir, homes) = open_homes();
    homes.create("meier", GUID, None).unwrap();
    let outside = temp_dir.path().join("outside");
    for n in 0..200 {
        fs::create_dir_all(temp_dir.path().join(format!("homes/meier/d{n}/e"))).unwrap();
    }
    let home = homes.open_for_removal("meier").unwrap().unwrap();
    homes.rename_for_removal(&home, "7").unwrap();
    let inside = temp_dir.path().join("homes/.removing-7");
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Directories turn into links and back, as fast as possible.
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                for n in 0..200 {
                    let dir = inside.join(format!("d{n}"));
                    let _ =
                        fs::rename(&dir, inside.join("x")).and_then(|()| symlink(&outside, &dir));
                    let _ = fs::remove_file(&dir).and_then(|()| fs::rename(inside.join("x"), &dir));
                }
            }
        });
        for _ in 0..50 {
            if homes.remove_renamed("7", &|| false).is_ok() {
                break;
            }
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    homes.remove_renamed("7", &|| false).unwrap();
    assert_no_homes_left(&temp_dir);
}

#[test]
fn creation_is_undone_unless_the_home_was_used() {
    let (temp_dir, homes) = open_homes();
    let created = homes.create("meier", GUID, Some("x")).unwrap();
    homes.undo_create("meier", created).unwrap();
    assert_no_homes_left(&temp_dir);
    let created = homes.create("meier", GUID, Some("x")).unwrap();
    fs::write(temp_dir.path().join("homes/meier/work"), "").unwrap();
    homes.undo_create("meier", created).unwrap();
    assert_eq!(fs::read_dir(temp_dir.path().join("homes/meier")).unwrap().count(), 2);
    homes.undo_create("meier", CreatedParts::default()).unwrap();
    assert!(homes.has("meier"));
}
