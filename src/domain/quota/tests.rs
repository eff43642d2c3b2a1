//! Parsing and formatting of limits.

use super::*;
use crate::account::Language;
use proptest::prelude::*;

#[test]
fn valid_numbers_are_parsed() {
    assert_eq!(Quota::parse("12", 1), Ok(Quota::Limited(12)));
    assert_eq!(Quota::parse("1.5", 1 << 20), Ok(Quota::Limited(1_572_864)));
    assert_eq!(Quota::parse("2.0", 1), Ok(Quota::Limited(2)));
    assert_eq!(Quota::parse("007", 1), Ok(Quota::Limited(7)));
    assert_eq!(Quota::parse("-0", 1), Ok(Quota::NONE));
}

#[test]
fn invalid_numbers_are_refused() {
    for (text, code) in [
        ("", "number-invalid"),
        ("abc", "number-invalid"),
        ("2.9", "number-not-whole"),
        ("7x", "number-invalid"),
        ("1e9", "number-invalid"),
        ("1.", "number-invalid"),
        ("-5", "number-negative"),
        ("-1.5", "number-negative"),
        ("9223372036854775808", "number-too-large"),
        ("99999999999999999999999999999999999999999999", "number-too-large"),
    ] {
        assert_eq!(Quota::parse(text, 1).unwrap_err().code.as_str(), code, "{text}");
    }
    assert_eq!(
        Quota::parse("9000000000000", 1 << 30).unwrap_err().code.as_str(),
        "number-too-large"
    );
}

#[test]
fn sizes_with_units_and_marks_are_parsed() {
    let read = |text, language| {
        Quota::read(text, 1 << 20, Notation::Person(Some(language)))
            .map(|quota| quota.limit().unwrap())
    };
    for (text, bytes) in [
        ("500", 500 << 20),
        ("500 MiB", 500 << 20),
        ("500 MB", 500_000_000),
        ("1 GiB", 1 << 30),
        ("1G", 1 << 30),
        ("2.5 GB", 2_500_000_000),
        ("2,5 GB", 2_500_000_000),
        ("0,5 TiB", 1 << 39),
        ("7 bytes", 7),
    ] {
        assert_eq!(
            (read(text, Language::En), read(text, Language::De)),
            (Ok(bytes), Ok(bytes)),
            "{text}"
        );
    }
    assert_eq!(
        (read("2.048", Language::De), read("2,048", Language::En)),
        (Ok(2 << 30), Ok(2 << 30))
    );
    assert_eq!(read("2.048", Language::En).unwrap_err().code.as_str(), "number-ambiguous");
    assert_eq!(read("5 apples", Language::En).unwrap_err().code.as_str(), "number-invalid");
    let things = |text| Quota::read(text, 1, Notation::Person(Some(Language::De)));
    assert_eq!(things("1.000"), Ok(Quota::Limited(1000)));
    assert_eq!(things("5 GB").unwrap_err().code.as_str(), "number-invalid");
    assert_eq!(things("2,5").unwrap_err().code.as_str(), "number-not-whole");
    assert_eq!(
        things("-1.000").unwrap_err().args,
        [("min", 0_u64.into()), ("max", MAX_LIMIT.into())]
    );
}

/// The error of a number outside the range. The maximum is in units.
fn out_of(code: ErrorCode, variant: &'static str, max: u64) -> ValidationError {
    ValidationError::new(code).variant(variant).with("min", 0_u64).with("max", max)
}

#[test]
fn errors_name_the_range_in_the_unit() {
    const MIB: u64 = 1 << 20;
    const MAX_MIB: u64 = 8_796_093_022_207;
    let (invalid, negative, large) =
        (ErrorCode::NumberInvalid, ErrorCode::NumberNegative, ErrorCode::NumberTooLarge);
    let person = Notation::Person(None);
    let by_program = ValidationError::new(invalid)
        .variant("of-units-by-program")
        .with("min", "0")
        .with("max", MAX_MIB.to_string());
    let not_whole =
        ValidationError::new(ErrorCode::NumberNotWhole).with("min", 0_u64).with("max", MAX_LIMIT);
    for (text, unit, notation, error) in [
        ("x", MIB, Notation::Program, by_program.clone()),
        ("-x", MIB, Notation::Program, by_program),
        ("x", MIB, person, out_of(invalid, "of-units", MAX_MIB)),
        ("1 00", MIB, person, out_of(invalid, "of-units", MAX_MIB)),
        ("x", 1, Notation::Program, out_of(invalid, "of-things", MAX_LIMIT)),
        ("1 00", 1, person, out_of(invalid, "of-things", MAX_LIMIT)),
        ("5 GB", 1, person, out_of(invalid, "of-things", MAX_LIMIT)),
        ("-5", MIB, person, out_of(negative, "of-units", MAX_MIB)),
        ("− 5", 1, person, out_of(negative, "of-things", MAX_LIMIT)),
        ("8796093022208", MIB, person, out_of(large, "of-units", MAX_MIB)),
        ("9223372036854775808", 1, person, out_of(large, "of-things", MAX_LIMIT)),
        ("1.5", 1, Notation::Program, not_whole),
    ] {
        assert_eq!(Quota::read(text, unit, notation), Err(error), "{text} of {unit}");
    }
    assert_eq!(Quota::read("8796093022207", MIB, person), Ok(Quota::Limited(MAX_MIB * MIB)));
    assert_eq!(Quota::parse("9223372036854775807", 1), Ok(Quota::Limited(MAX_LIMIT)));
    let ambiguous = |unit| Quota::read("2.048", unit, person).unwrap_err();
    for (unit, variant) in [(1, Some("of-things")), (MIB, None)] {
        assert_eq!(ambiguous(unit).code, ErrorCode::NumberAmbiguous);
        assert_eq!(ambiguous(unit).variant, variant);
    }
}

#[test]
fn limits_are_shown_in_units_without_three_decimals() {
    for (bytes, unit, shown) in [
        (0, 1 << 20, "0"),
        (7, 1, "7"),
        (5 << 20, 1 << 20, "5"),
        (3 << 19, 1 << 20, "1.5"),
        (5 << 18, 1 << 20, "1.25"),
        (9 << 17, 1 << 20, "1.1250"),
        (17 << 16, 1 << 20, "1.0625"),
        (1, 1 << 20, "0.000000953675"),
        (1, 1 << 30, "0.000000000932"),
    ] {
        assert_eq!(Quota::Limited(bytes).in_units(unit).as_deref(), Some(shown));
    }
    assert_eq!(Quota::Unlimited.in_units(1), None);
}

#[test]
fn unlimited_is_no_number() {
    for (quota, limit, finite, column, text) in [
        (Quota::Unlimited, None, 0, None, "unlimited"),
        (Quota::NONE, Some(0), 0, Some(0), "0"),
        (Quota::Limited(12), Some(12), 12, Some(12), "12"),
    ] {
        assert_eq!((quota.limit(), quota.finite()), (limit, finite), "{text}");
        assert_eq!((quota.is_unlimited(), quota.to_column()), (limit.is_none(), column), "{text}");
        assert_eq!(Quota::from_column(column), quota, "{text}");
        assert_eq!(quota.to_string(), text);
    }
    assert_eq!(Quota::from_column(Some(-5)), Quota::NONE);
    assert_eq!(Quota::Limited(u64::MAX).to_column(), Some(i64::MAX));
}

#[test]
fn a_limit_allows_at_most_its_number() {
    for (quota, used, allowed) in [
        (Quota::Unlimited, u64::MAX, true),
        (Quota::Limited(5), 4, true),
        (Quota::Limited(5), 5, true),
        (Quota::Limited(5), 6, false),
        (Quota::NONE, 0, true),
        (Quota::NONE, 1, false),
    ] {
        assert_eq!(quota.allows(used), allowed, "{used} of {quota}");
    }
}

proptest! {
    #[test]
    fn columns_keep_the_exact_limit(n in 0..=MAX_LIMIT) {
        prop_assert_eq!(Quota::from_column(Quota::Limited(n).to_column()), Quota::Limited(n));
    }

    #[test]
    fn forms_keep_the_exact_limit(n in 0..=MAX_LIMIT, unit in prop::sample::select(vec![1_u64, 1 << 20, 1 << 30])) {
        let quota = Quota::Limited(n);
        let shown = quota.in_units(unit).unwrap();
        prop_assert_eq!(Quota::parse(&shown, unit), Ok(quota));
        for language in [None, Some(Language::En), Some(Language::De)] {
            prop_assert_eq!(Quota::read(&shown, unit, Notation::Person(language)), Ok(quota));
        }
    }

    #[test]
    fn parsing_never_panics(text in "\\PC*", unit in prop::sample::select(vec![1_u64, 1 << 20, 1 << 30])) {
        let _ = Quota::parse(&text, unit);
        let _ = Quota::read(&text, unit, Notation::Person(None));
    }
}
