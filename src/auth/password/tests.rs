//! Tests of hashing and verifying passwords.

use super::*;
use crate::actor::Reauthenticated;
use db::logins::LoginKind;
use std::time::{Duration, Instant};

/// The password of the hashes in `LEGACY`, which other implementations made, such as the C library.
const PASSWORD: &str = "Grüner Tee 7";
const LEGACY: [&str; 6] = [
    "$6$saltsaltsaltsalt$tddlkie0XsnM8goBhutjJ9j.2cicn8aj12VuByQZqFAEz2.37BA0k0eG.gZDPN2xGX0M8xGqMgqUvr1v2af4V.",
    "$6$rounds=1000$abcdefgh$LpmzzvClZEhxcXPNm1QqU095xFiIphdvyqTYFlA2hxU3N6GhWPV/zWCgoI1sh8SN4cngcw0oJOC0ZxT5h./3R.",
    "$5$saltsaltsalt$pYPyjNJhjxKk.2hyM1S3Mw98aWnX1B59vlzwYtD17jC",
    "$2y$04$abcdefghijklmnopqrstuuWHagVnvJ.N9lG/E4IADoS03cVWhioVy",
    "3f09147092d8a11b0920524633524632",
    "3F09147092D8A11B0920524633524632",
];
/// The hash of `x` repeated 80 times. bcrypt uses 72 of them.
const LONG_BCRYPT: &str = "$2y$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";
/// The Argon2i hash of `password`.
const ARGON2I: &str = "$argon2i$v=19$m=65536,t=1,p=1$c29tZXNhbHQAAAAAAAAAAA$+r0d29hqEB0yasKr55ZgICsQGSkl0v0kgwhd+U3wyRo";

const YES: Verdict = Verdict { ok: true, needs_upgrade: false };
const UPGRADE: Verdict = Verdict { ok: true, needs_upgrade: true };

fn cheap() -> PasswordHasher {
    PasswordHasher::new(HashCost::CheapForTests)
}

async fn check(password: &str, stored: &str) -> Verdict {
    cheap().verify(&password.into(), Some(stored)).await
}

#[tokio::test]
async fn own_hashes_are_verified() {
    for cost in [HashCost::CheapForTests, HashCost::Production] {
        let hasher = PasswordHasher::new(cost);
        let hash = hasher.hash_panel(&PASSWORD.into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$"), "{hash}");
        assert_eq!(hasher.verify(&PASSWORD.into(), Some(&hash)).await, YES);
        assert_eq!(hasher.verify(&"Grüner Tee 8".into(), Some(&hash)).await, Verdict::NO);
        assert_ne!(
            hasher.hash_panel(&PASSWORD.into()).await.unwrap(),
            hash,
            "the salt is new each time"
        );
    }
}

#[tokio::test]
async fn cheap_hashes_are_upgraded_in_production() {
    let hash = cheap().hash_panel(&PASSWORD.into()).await.unwrap();
    assert_eq!(
        PasswordHasher::new(HashCost::Production).verify(&PASSWORD.into(), Some(&hash)).await,
        UPGRADE
    );
}

#[tokio::test]
async fn ftp_hashes_have_the_format_of_crypt() {
    let hash = cheap().hash_ftp(&PASSWORD.into()).await.unwrap();
    let fields: Vec<&str> = hash.split('$').collect();
    assert_eq!(&fields[..3], ["", "6", "rounds=1000"]);
    assert_eq!(fields[3].len(), 16, "crypt(3) truncates a longer salt");
    assert_eq!(fields[4].len(), 86);
    assert!(check(PASSWORD, &hash).await.ok);
    assert!(
        PasswordHasher::new(HashCost::Production)
            .hash_ftp(&PASSWORD.into())
            .await
            .unwrap()
            .starts_with("$6$rounds=5000$")
    );
}

#[tokio::test]
async fn imported_hashes_are_verified_and_upgraded() {
    for hash in LEGACY {
        assert_eq!(check(PASSWORD, hash).await, UPGRADE, "{hash}");
        for wrong in ["", "Grüner Tee", "grüner Tee 7", "Grüner Tee 7 "] {
            assert_eq!(check(wrong, hash).await, Verdict::NO, "{hash} {wrong:?}");
        }
    }
    assert_eq!(check("password", ARGON2I).await, UPGRADE);
    assert_eq!(check("Password", ARGON2I).await, Verdict::NO);
}

/// Passwords with their hashes, made by OpenSSL and the C library.
const MD5_CRYPT: [(&str, &str); 8] = [
    ("password", "$1$abcdefgh$G//4keteveJp0qb8z2DxG/"),
    ("", "$1$abcdefgh$M55TzYaaccxVGbptZWaxX/"),
    (PASSWORD, "$1$abcdefgh$eZpCmep3ipd2k3yobBeI1/"),
    (
        "a password that is longer than sixteen bytes and then some",
        "$1$abcdefgh$VXahj0E7lx2oHBPf25pyp1",
    ),
    (PASSWORD, "$1$x$J3be6c04n3mfL4MxoPrju1"),
    (PASSWORD, "$1$longsalt$aiXWCItOYvpxLTqyMhFGL0"),
    (PASSWORD, "$1$longsaltmore$aiXWCItOYvpxLTqyMhFGL0"),
    (PASSWORD, "$1$$wDrf.GnCsggd04J6QH6he1"),
];

#[tokio::test]
async fn md5_crypt_hashes_are_verified_and_upgraded() {
    for (password, hash) in MD5_CRYPT {
        assert_eq!(check(password, hash).await, UPGRADE, "{hash}");
        for wrong in ["Password", "x", &format!("{password} "), &format!("{password}\0")] {
            assert_eq!(check(wrong, hash).await, Verdict::NO, "{hash} {wrong:?}");
        }
    }
}

#[test]
fn hashes_are_distinguished_from_other_texts() {
    for hash in
        LEGACY.iter().chain(MD5_CRYPT.iter().map(|(_, hash)| hash)).chain([&LONG_BCRYPT, &ARGON2I])
    {
        assert!(is_known_hash(hash), "{hash}");
    }
    for other in [
        "",
        "*",
        "secret",
        "{SSHA}abc",
        "$2y$31$abcdefghijklmnopqrstuuWHagVnvJ.N9lG/E4IADoS03cVWhioVy",
        "$6$rounds=999999999$a$b",
        "$1$secret",
        "$1$secret$word",
        "$5$secret",
        "$6$secret$word",
        "$6$rounds=5000$secret",
        "$2y$10$secret",
        "$2y$10$secret of twenty-two, and a word of thirty-one bytes",
    ] {
        assert!(!is_known_hash(other), "{other}");
    }
}

#[tokio::test]
async fn bcrypt_uses_only_the_first_72_bytes() {
    assert_eq!(check(&"x".repeat(72), LONG_BCRYPT).await, UPGRADE);
    // The system that made the hash accepts this password, too. Its end was not verified, so it
    // does not become the new password.
    for length in [73, 80, MAX_BYTES] {
        assert_eq!(check(&"x".repeat(length), LONG_BCRYPT).await, YES, "{length}");
    }
    assert_eq!(check(&"x".repeat(71), LONG_BCRYPT).await, Verdict::NO);
    assert_eq!(check("Grüner Tee 7\0Grüner Tee 7", LEGACY[3]).await, Verdict::NO);
}

#[tokio::test]
async fn texts_that_are_no_hash_match_nothing() {
    let bad = [
        "",
        "*",
        "!",
        "$",
        "$6$",
        "$6$$",
        "$5$x",
        "$1$",
        "$1$$",
        "$1$abcdefgh",
        "$1$abcdefgh$",
        "$2y$",
        "$2y$04$",
        "$2y$zz$abc",
        "$argon2id$",
        "$argon2id$v=19$m=8,t=1,p=1$",
        "ä$6$",
        "Grüner Tee 7",
        "$2y$31$abcdefghijklmnopqrstuuWHagVnvJ.N9lG/E4IADoS03cVWhioVy",
        "$6$rounds=999999999$abcdefgh$LpmzzvClZEhxcXPNm1QqU095xFiIphdvyqTYFlA2hxU3N6GhWPV/zWCgoI1sh8SN4cngcw0oJOC0ZxT5h./3R.",
        "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    ];
    for stored in bad {
        for password in [PASSWORD, ""] {
            assert_eq!(check(password, stored).await, Verdict::NO, "{stored}");
        }
    }
}

/// The limit applies to the normalized form, as in the password policy.
#[tokio::test]
async fn passwords_have_a_maximum_length() {
    let (longest, decomposed) = ("é".repeat(MAX_BYTES / 2), "e\u{301}".repeat(MAX_BYTES / 2));
    let panel = cheap().hash_panel(&longest.as_str().into()).await.unwrap();
    for (password, fits) in [
        (longest.clone(), true),
        (decomposed.clone(), true),
        (longest + "x", false),
        (decomposed + "x", false),
    ] {
        let secret = Secret::new(password);
        assert_eq!(cheap().hash_panel(&secret).await.is_ok(), fits);
        assert_eq!(cheap().hash_ftp(&secret).await.is_ok(), fits);
        assert_eq!(
            cheap().verify(&secret, Some(&panel)).await,
            if fits { YES } else { Verdict::NO }
        );
    }
    assert_eq!(check(&"x".repeat(MAX_BYTES + 1), LONG_BCRYPT).await, Verdict::NO);
}

#[tokio::test]
async fn both_unicode_forms_of_a_password_are_right() {
    const DECOMPOSED: &str = "Gru\u{308}ner Tee 7";
    let hash_of = |text: &str| {
        let hash = HashCost::CheapForTests.argon2().hash_password(text.as_bytes());
        hash.unwrap().to_string()
    };
    for (typed, hashed, verdict) in [
        (PASSWORD, PASSWORD, YES),
        (DECOMPOSED, PASSWORD, YES),
        // Older versions hashed the text as it was typed.
        (DECOMPOSED, DECOMPOSED, UPGRADE),
        (PASSWORD, DECOMPOSED, Verdict::NO),
    ] {
        assert_eq!(check(typed, &hash_of(hashed)).await, verdict, "{typed:?} {hashed:?}");
    }
    let new = cheap().hash_panel(&DECOMPOSED.into()).await.unwrap();
    assert_eq!(check(PASSWORD, &new).await, YES);
}

#[tokio::test]
async fn only_the_right_password_of_an_account_is_a_proof() {
    let stamp = PasswordStamp::of(3, Some(7));
    let own = cheap().hash_panel(&PASSWORD.into()).await.unwrap();
    for (typed, hash, is_right, needs_upgrade) in [
        (PASSWORD, Some(own.as_str()), true, false),
        (PASSWORD, Some(LEGACY[4]), true, true),
        ("wrong", Some(own.as_str()), false, false),
        ("wrong", Some(LEGACY[4]), false, false),
        (PASSWORD, Some("!"), false, false),
        (PASSWORD, None, false, false),
    ] {
        let row = hash.map(|hash| LoginRow {
            id: LoginId(5),
            kind: LoginKind::Customer,
            password_hash: hash.to_owned(),
            failures: 0,
            last_failure: None,
            stamp: stamp.clone(),
        });
        let checked = cheap().check(&typed.into(), row.as_ref()).await;
        assert_eq!((checked.is_right(), checked.needs_upgrade()), (is_right, needs_upgrade));
        let proof = Reauthenticated::from_check(&checked);
        assert_eq!(
            proof.as_ref().map(|proof| (proof.login(), proof.stamp())),
            is_right.then_some((LoginId(5), &stamp))
        );
    }
}

#[tokio::test]
async fn excessively_long_passwords_are_not_hashed() {
    let long = Secret::new("x".repeat(2_000_000));
    assert!(cheap().hash_panel(&long).await.is_err());
    assert!(cheap().hash_ftp(&long).await.is_err());
    let started = Instant::now();
    assert_eq!(cheap().verify(&long, Some(LEGACY[0])).await, Verdict::NO);
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn an_unknown_user_takes_as_long_as_a_wrong_password() {
    let hasher = PasswordHasher::new(HashCost::Production);
    let hash = hasher.hash_panel(&PASSWORD.into()).await.unwrap();
    let wrong = Secret::new("wrong");
    let stored = [None, Some(hash.as_str()), Some(LEGACY[4])];
    // The minimum of several interleaved runs is compared, so that other load on the machine does
    // not affect the result.
    let mut best = [Duration::MAX; 3];
    for _ in 0..12 {
        for (stored, best) in stored.iter().zip(&mut best) {
            let started = Instant::now();
            assert_eq!(hasher.verify(&wrong, *stored).await, Verdict::NO);
            *best = started.elapsed().min(*best);
        }
    }
    let (shortest, longest) = (best.iter().min().unwrap(), best.iter().max().unwrap());
    assert!(*longest < *shortest * 3, "unknown, known, bare MD5: {best:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_checks_wait_for_a_free_slot() {
    let hasher = cheap();
    let hash = hasher.hash_panel(&PASSWORD.into()).await.unwrap();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let (hasher, hash) = (hasher.clone(), hash.clone());
            tokio::spawn(async move { hasher.verify(&PASSWORD.into(), Some(&hash)).await })
        })
        .collect();
    for check_task in tasks {
        assert_eq!(check_task.await.unwrap(), YES);
    }
    assert_eq!(
        hasher.slots.available_permits(),
        std::thread::available_parallelism().map_or(2, usize::from)
    );
}
