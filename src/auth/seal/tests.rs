//! Tests of the secret key and of sealing.

use super::*;
use proptest::prelude::*;
use std::os::unix::fs::PermissionsExt as _;

fn sealer(key: &str) -> Sealer {
    Sealer::new(&SecretKey::new(&key.repeat(32).into()).unwrap())
}

#[test]
fn a_key_is_created_once_and_readable_by_its_owner_only() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("secret.key");
    let keys: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..16)
            .map(|_| scope.spawn(|| SecretKey::load(&KeySource::Generated(path.clone())).unwrap()))
            .collect();
        all.into_iter().map(|one| one.join().unwrap().0).collect()
    });
    assert!(keys.iter().all(|key| *key == keys[0]));
    assert_eq!(keys[0].len(), 64);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no temporary file remains");
}

#[test]
fn a_key_is_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("secret.key");
    std::fs::write(&path, "first").unwrap();
    create(&path).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "first");
    let file = dir.path().join("n".repeat(256));
    assert_eq!(create(&file).unwrap_err().kind(), io::ErrorKind::InvalidFilename);
    let file = dir.path().join("none/secret.key");
    assert_eq!(create(&file).unwrap_err().kind(), io::ErrorKind::NotFound);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no temporary file remains");
}

#[test]
fn bad_keys_are_refused() {
    let key = "k".repeat(MIN_KEY);
    for (text, is_accepted) in [
        (key.clone(), true),
        (format!(" {key}\n"), true),
        (key[1..].to_owned(), false),
        (format!("{} \n", &key[1..]), false),
        (String::new(), false),
    ] {
        let loaded = SecretKey::load(&KeySource::Given(text.as_str().into()));
        match loaded {
            Ok(loaded) => assert_eq!(*loaded.0, key.as_bytes(), "{text:?}"),
            Err(error) => assert!(matches!(error, KeyError::TooShort), "{text:?} {error}"),
        }
        assert_eq!(SecretKey::new(&text.as_str().into()).is_ok(), is_accepted, "{text:?}");
    }
}

#[test]
fn only_a_given_key_file_may_be_a_symbolic_link() {
    let dir = tempfile::tempdir().unwrap();
    let (file, link) = (dir.path().join("key"), dir.path().join("link"));
    std::fs::write(&file, "k".repeat(MIN_KEY)).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let none = dir.path().join("none");
    for (source, is_read) in [
        (KeySource::File(file.clone()), true),
        (KeySource::File(link.clone()), true),
        (KeySource::File(none.clone()), false),
        (KeySource::Generated(file), true),
        (KeySource::Generated(link), false),
    ] {
        let text = SecretKey::read_text(&source).map(|text| text.expose().to_owned());
        let key = SecretKey::load(&source);
        if is_read {
            assert_eq!(text.unwrap(), "k".repeat(MIN_KEY), "{source:?}");
            assert_eq!(*key.unwrap().0, [b'k'; MIN_KEY], "{source:?}");
        } else {
            assert!(matches!(text, Err(KeyError::File { .. })), "{source:?}");
            assert!(matches!(key, Err(KeyError::File { .. })), "{source:?}");
        }
    }
    assert!(!none.exists(), "only a generated key is created");
}

#[test]
fn purposes_have_their_own_keys() {
    let key = SecretKey::new(&"k".repeat(32).into()).unwrap();
    assert_eq!(key.derive::<32>("a"), key.derive::<32>("a"));
    assert_ne!(key.derive::<32>("a"), key.derive::<32>("b"));
}

/// Other values than these would make the stored values of every installation unreadable.
#[test]
fn keys_and_sealed_values_stay_valid_in_later_versions() {
    let key = SecretKey::new(&"k".repeat(32).into()).unwrap();
    // Both were calculated by another implementation, in Python.
    assert_eq!(
        hex::encode(*key.derive::<32>("clientele seal 1")),
        "9dfedaecd5fe2eafc0447d3b37ac92903bf4a234fed5ba837081de32a05681a7"
    );
    let sealed = hex::decode("01000102030405060708090a0b0c0d0e0f101112131415161789bc37bf502e3bb4d21d4e0581051b88e860387703568dc86533b642a7").unwrap();
    assert_eq!(Sealer::new(&key).open_secret("job", &sealed).unwrap().expose(), "Grüner Tee 7");
}

#[test]
fn only_text_opens_as_a_secret() {
    let sealed = sealer("k").seal("job", b"\xff").unwrap();
    assert_eq!(*sealer("k").open("job", &sealed).unwrap(), b"\xff");
    assert!(sealer("k").open_secret("job", &sealed).is_err());
}

#[test]
fn debug_output_hides_keys() {
    let key = SecretKey::new(&"k".repeat(32).into()).unwrap();
    assert_eq!(format!("{key:?} {:?}", Sealer::new(&key)), "SecretKey(…) Sealer(…)");
}

#[test]
fn sealing_a_text_twice_gives_different_values() {
    assert_ne!(
        sealer("k").seal("job", b"text").unwrap(),
        sealer("k").seal("job", b"text").unwrap()
    );
}

proptest! {
    #[test]
    fn only_the_right_key_in_the_right_place_opens(text: String, context in "[a-z]{0,9}", flip: prop::sample::Index) {
        let mut sealed = sealer("k").seal(&context, text.as_bytes()).unwrap();
        let opened = sealer("k").open_secret(&context, &sealed).unwrap();
        prop_assert_eq!(opened.expose(), &text);
        prop_assert!(sealer("l").open(&context, &sealed).is_err());
        prop_assert!(sealer("k").open(&(context.clone() + "1"), &sealed).is_err());
        let at = flip.index(sealed.len());
        sealed[at] ^= 1;
        prop_assert!(sealer("k").open(&context, &sealed).is_err());
    }

    #[test]
    fn arbitrary_bytes_do_not_open(sealed: Vec<u8>) {
        prop_assert!(sealer("k").open("", &sealed).is_err());
    }
}
