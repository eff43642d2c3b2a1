use super::*;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn why<T: std::fmt::Debug>(outcome: Result<T, Untrusted>) -> String {
    outcome.unwrap_err().to_string()
}

#[test]
fn every_component_is_checked() {
    let place = tempfile::tempdir().unwrap();
    let hooks = place.path().join("above/hooks");
    fs::create_dir_all(&hooks).unwrap();
    open_directory(&hooks).unwrap();

    mode(&hooks, 0o1777);
    assert_eq!(
        why(open_directory(&hooks)),
        format!("{} can be written by others (mode 1777)", hooks.display()),
        "the directory itself"
    );
    mode(&hooks, 0o755);
    mode(&place.path().join("above"), 0o777);
    assert!(why(open_directory(&hooks)).ends_with("above can be written by others (mode 0777)"));
    mode(&place.path().join("above"), 0o1777);
    open_directory(&hooks).expect("nobody can rename it in a directory with the sticky bit");
    mode(&place.path().join("above"), 0o755);

    symlink(place.path().join("above"), place.path().join("link")).unwrap();
    assert!(
        why(open_directory(&place.path().join("link/hooks"))).contains("link is a symbolic link")
    );
    symlink("/tmp", place.path().join("to-tmp")).unwrap();
    assert!(
        why(open_directory(&place.path().join("to-tmp"))).contains("to-tmp is a symbolic link")
    );
    assert!(
        why(open_directory(&place.path().join("above/../above/hooks")))
            .contains("is not a plain path")
    );
    fs::write(place.path().join("file"), "").unwrap();
    assert!(why(open_directory(&place.path().join("file"))).contains("file is not a directory"));
    assert!(open_directory(&place.path().join("none")).unwrap_err().is_missing());
    if rustix::process::geteuid().is_root() {
        mode(&place.path().join("above"), 0o1777);
        chown(&hooks, Some(4242), None).unwrap();
        assert!(
            why(open_directory(&hooks)).contains("hooks belongs to another user (id 4242)"),
            "below the sticky bit the owner counts"
        );
        chown(&hooks, Some(0), None).unwrap();
        chown(place.path().join("above"), Some(4242), None).unwrap();
        assert!(why(open_directory(&hooks)).contains("above belongs to another user (id 4242)"));
        open_own_directory(&hooks).expect("the descriptor stays with the checked directory");
    }
}

#[test]
fn files_that_others_could_have_written_are_not_read() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("settings");
    fs::write(&file, "text").unwrap();
    mode(&file, 0o640);
    assert_eq!(read(&file, Links::Refuse).unwrap(), "text");
    for open in [0o660, 0o646] {
        mode(&file, open);
        assert_eq!(
            why(read(&file, Links::Follow)),
            format!("{} can be written by others (mode {open:04o})", file.display())
        );
    }
    mode(&file, 0o600);
    let link = place.path().join("link");
    symlink(&file, &link).unwrap();
    assert_eq!(read(&link, Links::Follow).unwrap(), "text");
    assert_eq!(
        why(read(&link, Links::Refuse)),
        format!("{} is a symbolic link, which is not followed here", link.display())
    );
    assert!(why(read(place.path(), Links::Follow)).contains("is not a regular file"));
    fs::write(&file, vec![b'x'; usize::try_from(MAX).unwrap() + 1]).unwrap();
    assert_eq!(
        why(read(&file, Links::Refuse)),
        format!("{} cannot be read: it is larger than 1048576 bytes", file.display())
    );
    fs::write(&file, [0xff]).unwrap();
    assert_eq!(
        why(read(&file, Links::Refuse)),
        format!("{} cannot be read: it is not UTF-8 text", file.display())
    );
    if rustix::process::geteuid().is_root() {
        chown(&file, Some(4242), None).unwrap();
        assert!(why(read(&file, Links::Follow)).contains("another user (id 4242)"));
    }
}

#[test]
fn a_path_is_followed_through_links_that_nobody_else_can_change() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path().canonicalize().unwrap();
    let homes = root.join("real/homes");
    fs::create_dir_all(&homes).unwrap();
    symlink("real", root.join("relative")).unwrap();
    symlink(root.join("relative/homes"), root.join("absolute")).unwrap();
    symlink("loop", root.join("loop")).unwrap();
    for path in ["real/homes", "relative/homes", "absolute", "relative/../real/./homes"] {
        assert_eq!(resolve_links(&root.join(path)).unwrap(), homes, "{path}");
    }
    assert!(resolve_links(&root.join("relative/none")).unwrap_err().is_missing());
    assert!(why(resolve_links(&root.join("loop"))).contains("Too many levels of symbolic links"));
    fs::write(root.join("file"), "").unwrap();
    assert!(why(resolve_links(&root.join("file/homes"))).ends_with("file is not a directory"));

    mode(&root.join("real"), 0o777);
    assert!(
        why(resolve_links(&root.join("absolute")))
            .ends_with("real can be written by others (mode 0777)")
    );
    mode(&root.join("real"), 0o755);
    if rustix::process::geteuid().is_root() {
        let link = root.join("absolute");
        rustix::fs::chownat(
            CWD,
            &link,
            Some(rustix::fs::Uid::from_raw(4242)),
            None,
            AtFlags::SYMLINK_NOFOLLOW,
        )
        .unwrap();
        assert!(
            why(resolve_links(&link)).ends_with("absolute belongs to another user (id 4242)"),
            "the owner of a link counts"
        );
        chown(root.join("real"), Some(4242), None).unwrap();
        assert!(
            why(resolve_links(&root.join("relative/homes")))
                .ends_with("real belongs to another user (id 4242)")
        );
    }
}
