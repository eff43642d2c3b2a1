use super::*;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn message<T: std::fmt::Debug>(outcome: Result<T, Untrusted>) -> String {
    outcome.unwrap_err().to_string()
}

#[test]
fn every_component_is_checked() {
    let dir = tempfile::tempdir().unwrap();
    let hooks = dir.path().join("above/hooks");
    fs::create_dir_all(&hooks).unwrap();
    open_directory(&hooks).unwrap();

    set_mode(&hooks, 0o1777);
    assert_eq!(
        message(open_directory(&hooks)),
        format!("{} can be written by others (mode 1777)", hooks.display()),
        "the directory itself"
    );
    set_mode(&hooks, 0o755);
    set_mode(&dir.path().join("above"), 0o777);
    assert!(
        message(open_directory(&hooks)).ends_with("above can be written by others (mode 0777)")
    );
    set_mode(&dir.path().join("above"), 0o1777);
    open_directory(&hooks).expect("nobody can rename it in a directory with the sticky bit");
    set_mode(&dir.path().join("above"), 0o755);

    symlink(dir.path().join("above"), dir.path().join("link")).unwrap();
    assert!(
        message(open_directory(&dir.path().join("link/hooks"))).contains("link is a symbolic link")
    );
    symlink("/tmp", dir.path().join("to-tmp")).unwrap();
    assert!(
        message(open_directory(&dir.path().join("to-tmp"))).contains("to-tmp is a symbolic link")
    );
    assert!(
        message(open_directory(&dir.path().join("above/../above/hooks")))
            .contains("is not a plain path")
    );
    fs::write(dir.path().join("file"), "").unwrap();
    assert!(message(open_directory(&dir.path().join("file"))).contains("file is not a directory"));
    assert!(open_directory(&dir.path().join("none")).unwrap_err().is_missing());
    if rustix::process::geteuid().is_root() {
        set_mode(&dir.path().join("above"), 0o1777);
        chown(&hooks, Some(4242), None).unwrap();
        assert!(
            message(open_directory(&hooks)).contains("hooks belongs to another user (id 4242)"),
            "below the sticky bit the owner counts"
        );
        chown(&hooks, Some(0), None).unwrap();
        chown(dir.path().join("above"), Some(4242), None).unwrap();
        assert!(
            message(open_directory(&hooks)).contains("above belongs to another user (id 4242)")
        );
        open_own_directory(&hooks).expect("the descriptor stays with the checked directory");
    }
}

#[test]
fn files_that_others_could_have_written_are_not_read() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("settings");
    fs::write(&file, "text").unwrap();
    set_mode(&file, 0o640);
    assert_eq!(read(&file, Links::Refuse).unwrap(), "text");
    for bits in [0o660, 0o646] {
        set_mode(&file, bits);
        assert_eq!(
            message(read(&file, Links::Follow)),
            format!("{} can be written by others (mode {bits:04o})", file.display())
        );
    }
    set_mode(&file, 0o600);
    let link = dir.path().join("link");
    symlink(&file, &link).unwrap();
    assert_eq!(read(&link, Links::Follow).unwrap(), "text");
    assert_eq!(
        message(read(&link, Links::Refuse)),
        format!("{} is a symbolic link, which is not followed here", link.display())
    );
    assert!(message(read(dir.path(), Links::Follow)).contains("is not a regular file"));
    fs::write(&file, vec![b'x'; usize::try_from(MAX_FILE_BYTES).unwrap() + 1]).unwrap();
    assert_eq!(
        message(read(&file, Links::Refuse)),
        format!("{} cannot be read: it is larger than 1048576 bytes", file.display())
    );
    fs::write(&file, [0xff]).unwrap();
    assert_eq!(
        message(read(&file, Links::Refuse)),
        format!("{} cannot be read: it is not UTF-8 text", file.display())
    );
    if rustix::process::geteuid().is_root() {
        chown(&file, Some(4242), None).unwrap();
        assert!(message(read(&file, Links::Follow)).contains("another user (id 4242)"));
    }
}

#[test]
fn a_path_is_followed_through_links_that_nobody_else_can_change() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    let homes = root.join("real/homes");
    fs::create_dir_all(&homes).unwrap();
    symlink("real", root.join("relative")).unwrap();
    symlink(root.join("relative/homes"), root.join("absolute")).unwrap();
    symlink("loop", root.join("loop")).unwrap();
    for path in ["real/homes", "relative/homes", "absolute", "relative/../real/./homes"] {
        assert_eq!(resolve_links(&root.join(path)).unwrap(), homes, "{path}");
    }
    assert!(resolve_links(&root.join("relative/none")).unwrap_err().is_missing());
    assert!(
        message(resolve_links(&root.join("loop"))).contains("Too many levels of symbolic links")
    );
    fs::write(root.join("file"), "").unwrap();
    assert!(message(resolve_links(&root.join("file/homes"))).ends_with("file is not a directory"));

    set_mode(&root.join("real"), 0o777);
    assert!(
        message(resolve_links(&root.join("absolute")))
            .ends_with("real can be written by others (mode 0777)")
    );
    set_mode(&root.join("real"), 0o755);
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
            message(resolve_links(&link)).ends_with("absolute belongs to another user (id 4242)"),
            "the owner of a link counts"
        );
        chown(root.join("real"), Some(4242), None).unwrap();
        assert!(
            message(resolve_links(&root.join("relative/homes")))
                .ends_with("real belongs to another user (id 4242)")
        );
    }
}
