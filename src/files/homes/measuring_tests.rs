use super::{DIRECTORY, DiskSpace, HomeError, Homes};
use rustix::fs::{Mode, OFlags};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn create_home() -> (TempDir, Homes, PathBuf) {
    let temp_dir = tempfile::tempdir().unwrap();
    let homes = Homes::open(&temp_dir.path().join("homes")).unwrap();
    homes.create("meier", 10_000, None).unwrap();
    let home = temp_dir.path().join("homes/meier");
    (temp_dir, homes, home)
}

fn measure(homes: &Homes) -> DiskSpace {
    homes.measure("meier", &|| false).unwrap().unwrap()
}

/// Returns the disk space of a file or directory according to the file system.
fn allocated_bytes(path: &Path) -> u64 {
    fs::symlink_metadata(path).unwrap().blocks() * 512
}

/// Writes a file and syncs it, so that the file system allocates its blocks.
fn write_synced(path: &Path, bytes: usize) {
    fs::write(path, vec![b'x'; bytes]).unwrap();
    fs::File::open(path).unwrap().sync_all().unwrap();
}

#[test]
fn the_blocks_of_files_and_directories_are_counted() {
    let (_temp_dir, homes, home) = create_home();
    let empty = measure(&homes);
    assert_eq!(empty, DiskSpace { bytes: allocated_bytes(&home), unreadable: 0 });
    write_synced(&home.join("a"), 100_000);
    fs::create_dir(home.join("d")).unwrap();
    write_synced(&home.join("d/b"), 50_000);
    let expected: u64 =
        ["", "a", "d", "d/b"].iter().map(|name| allocated_bytes(&home.join(name))).sum();
    assert!(expected >= 150_000);
    assert_eq!(measure(&homes).bytes, expected);
    assert_eq!(homes.measure("nobody", &|| false).unwrap(), None);
}

#[test]
fn hard_links_count_once_and_symbolic_links_are_not_followed() {
    let (temp_dir, homes, home) = create_home();
    write_synced(&temp_dir.path().join("outside"), 1_000_000);
    write_synced(&home.join("a"), 200_000);
    let once = measure(&homes).bytes;
    for n in 0..5 {
        fs::hard_link(home.join("a"), home.join(format!("link{n}"))).unwrap();
    }
    symlink(temp_dir.path().join("outside"), home.join("to-file")).unwrap();
    symlink(temp_dir.path(), home.join("to-directory")).unwrap();
    symlink("/", home.join("to-machine")).unwrap();
    symlink(".", home.join("to-itself")).unwrap();
    let now = measure(&homes).bytes;
    // The directory itself may have grown, and a file system may give links blocks of their own.
    assert!((once..once + 100_000).contains(&now), "{once} {now}");
}

#[test]
fn unreadable_directories_are_counted_and_skipped() {
    let (_temp_dir, homes, home) = create_home();
    for name in ["a", "b", "c"] {
        fs::create_dir(home.join(name)).unwrap();
        write_synced(&home.join(name).join("file"), 100_000);
    }
    fs::set_permissions(home.join("b"), fs::Permissions::from_mode(0o000)).unwrap();
    let found = measure(&homes);
    fs::set_permissions(home.join("b"), fs::Permissions::from_mode(0o700)).unwrap();
    // Root can read everything.
    let expected = if rustix::process::geteuid().is_root() { (300_000, 0) } else { (200_000, 1) };
    assert!(found.bytes >= expected.0, "{found:?}");
    assert_eq!(found.unreadable, expected.1);
}

#[test]
fn many_files_and_deep_directories_are_measured() {
    let (_temp_dir, homes, home) = create_home();
    for d in 0..100 {
        let dir = home.join(format!("d{d}"));
        fs::create_dir(&dir).unwrap();
        (0..100).for_each(|n| drop(fs::File::create(dir.join(n.to_string())).unwrap()));
    }
    let flat: u64 = (0..100).map(|d| allocated_bytes(&home.join(format!("d{d}")))).sum::<u64>()
        + allocated_bytes(&home);
    let found = measure(&homes);
    assert_eq!(found.unreadable, 0);
    assert!(found.bytes >= flat, "{found:?} {flat}");
    // Deeper than the longest path and the number of file descriptors allow, with a file at the
    // end.
    let mut dir = rustix::fs::open(&home, DIRECTORY, Mode::empty()).unwrap();
    for _ in 0..2_000 {
        rustix::fs::mkdirat(&dir, "d", Mode::RWXU).unwrap();
        dir = rustix::fs::openat(&dir, "d", DIRECTORY, Mode::empty()).unwrap();
    }
    let deep = measure(&homes);
    let end = rustix::fs::openat(&dir, "f", OFlags::CREATE | OFlags::WRONLY, Mode::RWXU).unwrap();
    rustix::io::write(&end, &[b'x'; 8_192]).unwrap();
    rustix::fs::fsync(&end).unwrap();
    assert_eq!(deep.unreadable, 0);
    assert!(measure(&homes).bytes >= deep.bytes + 8_192, "the file at the end is found");
    // The standard library cannot remove such a deep path.
    drop((dir, end));
    homes.rename_for_removal(&homes.open_for_removal("meier").unwrap().unwrap(), "7").unwrap();
    homes.remove_renamed("7", &|| false).unwrap();
}

#[test]
fn measuring_stops_on_request() {
    let (_temp_dir, homes, home) = create_home();
    (0..50).for_each(|n| drop(fs::File::create(home.join(n.to_string())).unwrap()));
    let steps = std::cell::Cell::new(0);
    let stop = || steps.replace(steps.get() + 1) > 5;
    assert!(matches!(homes.measure("meier", &stop).unwrap_err(), HomeError::Stopped));
}

#[test]
fn a_link_in_place_of_a_home_is_refused() {
    let (temp_dir, homes, _) = create_home();
    symlink(temp_dir.path(), temp_dir.path().join("homes/link")).unwrap();
    assert!(matches!(homes.measure("link", &|| false).unwrap_err(), HomeError::Refused(_)));
    assert!(homes.measure("../outside", &|| false).is_err());
}
