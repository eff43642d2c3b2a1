//! Tests of reading files.

use super::Sheet;
use super::TextEncoding;
use super::file::{MAX_BYTES, MAX_ROWS};
use super::header::{EXAMPLE, Target, documented_columns};
use super::records::MAX_CELL;
use domain::validation::FieldErrors;
use proptest::prelude::*;

fn errors(file: impl AsRef<[u8]>) -> Vec<String> {
    let errors: FieldErrors =
        Sheet::read(file.as_ref(), None).err().expect("the file must be refused");
    errors
        .iter()
        .flat_map(|(field, list)| {
            list.iter().map(move |error| format!("{field}: {}", error.code.as_str()))
        })
        .collect()
}

/// Returns the number and the cells of every row.
fn rows(file: impl AsRef<[u8]>) -> Vec<(u64, Vec<String>)> {
    let sheet = Sheet::read(file.as_ref(), None).unwrap_or_else(|errors| panic!("{errors:?}"));
    sheet
        .records
        .iter()
        .map(|record| (record.number, record.cells.iter().map(ToOwned::to_owned).collect()))
        .collect()
}

fn row(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn all_delimiters_line_endings_and_boms_are_read() {
    for delimiter in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r"] {
            for bom in ["", "\u{feff}"] {
                let file = format!("{bom}email,name{end}a@example.com,\"x,y;z\t\"{end}")
                    .replace("email,name", &format!("email{delimiter}name"));
                let file = file.replace(".com,", &format!(".com{delimiter}"));
                assert_eq!(rows(&file), [row(2, &["a@example.com", "x,y;z\t"])], "{file:?}");
            }
        }
    }
    assert_eq!(
        rows("email\na@example.com"),
        [row(2, &["a@example.com"])],
        "one column, and no line ending at the end"
    );
    assert_eq!(
        rows("email;name\na@example.com;Smith, John, Jr."),
        [row(2, &["a@example.com", "Smith, John, Jr."])]
    );
}

#[test]
fn encodings_and_sep_lines_are_read() {
    let expected = [row(2, &["a@example.com", "M\u{fc}\u{df}ig \u{20ac}"])];
    let text = "email;name\r\na@example.com;M\u{fc}\u{df}ig \u{20ac}\r\n";
    for bom in ["", "\u{feff}"] {
        let marked = format!("{bom}{text}");
        assert_eq!(rows(&marked), expected);
        for delimiter in [";", "\t"] {
            let marked = marked.replace(';', delimiter);
            assert_eq!(
                rows(marked.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
                expected,
                "LE {bom:?}"
            );
            assert_eq!(
                rows(marked.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()),
                expected,
                "BE {bom:?}"
            );
        }
    }
    assert_eq!(rows(encoding_rs::WINDOWS_1252.encode(text).0), expected);
    assert_eq!(rows(encoding_rs::ISO_8859_15.encode(text).0), expected);
    for first in ["sep=;", "SEP=;", "\"sep=;\"", "\u{feff}sep=;"] {
        assert_eq!(rows(format!("{first}\r\n{text}")), expected, "{first}");
    }
    assert_eq!(
        rows("sep=|\nemail|name\na@example.com|x,y;z\n"),
        [row(2, &["a@example.com", "x,y;z"])]
    );
}

/// A file with a delimiter outside ASCII is refused.
#[test]
fn redacted_text_has_no_passwords_with_any_delimiter() {
    for delimiter in [",", ";", "\t", "|", "§", "\u{80}", "ÿ"] {
        let file = format!(
            "sep={delimiter}\nemail{delimiter}new_customer_password{delimiter}city\n\
             a@example.com{delimiter}Secret-pass-1{delimiter}Köln\n"
        );
        let sheet = Sheet::read(file.as_bytes(), None);
        assert_eq!(sheet.is_ok(), delimiter.is_ascii(), "{delimiter:?}");
        let Ok(sheet) = sheet else { continue };
        let redacted = sheet.without_passwords().expect("the file has a password");
        assert!(
            redacted.contains("a@example.com")
                && redacted.contains("Köln")
                && !redacted.contains("Secret-pass-1"),
            "{delimiter:?}: {redacted}"
        );
    }
}

#[test]
fn rows_are_numbered_as_in_a_spreadsheet() {
    for end in ["\n", "\r\n", "\r"] {
        let file = [
            "",
            "email,custom_notes",
            "a@example.com,",
            "",
            "",
            "b@example.com,\"two",
            "",
            "lines\"",
            " , ",
            "c@example.com,",
            "",
        ]
        .join(end);
        let numbers: Vec<u64> = rows(&file).iter().map(|(number, _)| *number).collect();
        assert_eq!(
            numbers,
            [3, 6, 8],
            "{end:?}: quoted line breaks stay in one row, and blank rows are counted"
        );
    }
}

#[test]
fn invalid_files_are_refused() {
    assert_eq!(errors(""), [": csv-empty"]);
    assert_eq!(errors("\u{feff}\r\n , \r\n"), [": csv-empty"]);
    assert_eq!(errors(";;\n"), [": csv-empty"]);
    assert_eq!(errors("email,name\n\n,\n"), [": csv-no-rows"]);
    assert_eq!(
        Sheet::read(b"email,name\na@example.com,M\xfcller\n", Some(TextEncoding::Utf8))
            .err()
            .map(|errors| errors.has("")),
        Some(true)
    );
    assert_eq!(
        errors("email,name\na@example.com,\"M\u{fc}ller,K\nb@example.com,L\n"),
        [": csv-quote-open"]
    );
    assert_eq!(errors("email,name\na@example.com,\"Sonne\" GmbH\n"), [": csv-text-after-quote"]);
    assert_eq!(
        rows("email,name\na@example.com,Firma \"Sonne\" GmbH\n"),
        [row(2, &["a@example.com", "Firma \"Sonne\" GmbH"])]
    );
    assert_eq!(
        rows("email,name\na@example.com,\"Zum \"\"Hirsch\"\"\" \n"),
        [row(2, &["a@example.com", "Zum \"Hirsch\""])]
    );
    assert_eq!(errors(b"email,name\n\x01\0\0\0"), [": csv-is-binary"]);
    assert_eq!(errors(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), [": csv-is-xls"]);
    assert_eq!(errors(vec![b'a'; MAX_BYTES + 1]), [": csv-too-large"]);
    assert_eq!(
        errors(format!("email\n{}", "a@example.com\n".repeat(MAX_ROWS + 1))),
        [": csv-too-many-rows"]
    );
    assert_eq!(rows(format!("email\n{}", "a@example.com\n".repeat(MAX_ROWS))).len(), MAX_ROWS);
    assert_eq!(
        errors(format!("email,name\na@example.com,{}\n", "x".repeat(MAX_CELL + 1))),
        [": csv-cell-too-long"]
    );
    assert_eq!(
        errors(format!("email,name\na@example.com{}\n", ",".repeat(600))),
        [": csv-too-many-cells"]
    );
}

#[test]
fn invalid_headers_are_refused() {
    assert_eq!(
        errors("name,nosuch,colour\nx,y,z"),
        ["colour: csv-column-unknown", "email: csv-column-missing", "nosuch: csv-column-unknown"]
    );
    assert_eq!(errors("email,loginname,New_Loginname\na,b,c"), ["New_Loginname: csv-column-twice"]);
    assert_eq!(errors("email,plan,hosting_plan_id\na,b,c"), ["hosting_plan_id: csv-column-twice"]);
    assert_eq!(errors("email,diskspace,diskspace_mib\na,b,c"), ["diskspace_mib: csv-column-twice"]);
    assert_eq!(errors("email,,name\na,b,c"), [": csv-column-unnamed"]);
    assert_eq!(
        errors("email,plan_applied\na,1"),
        ["plan_applied: csv-column-unknown"],
        "hidden parameters of the form have no columns"
    );
    assert_eq!(
        errors("a@example.com,Smith\nb@example.com,Lee"),
        [
            "Smith: csv-column-unknown",
            "a@example.com: csv-column-unknown",
            "email: csv-column-missing"
        ],
        "no header row"
    );
    assert_eq!(
        rows("email,name,,\na@example.com,b,,\n").len(),
        1,
        "empty columns at the end are ignored"
    );
}

#[test]
fn columns_are_known_by_api_and_export_names() {
    let sheet = Sheet::read(b"E-Mail".as_slice(), None);
    assert!(sheet.is_err());
    let sheet = Sheet::read(
        b" Email ;loginname;diskspace_mib;traffic_ul;plan;guid;created\na@example.com;;;;;;",
        None,
    )
    .unwrap_or_else(|_| panic!("the header must be valid"));
    let parameter = |name: &str| Target::Parameter(name.to_owned());
    let sets: Vec<&Target> = sheet.columns.iter().map(|column| &column.sets).collect();
    let expected = [
        parameter("email"),
        parameter("new_loginname"),
        parameter("diskspace"),
        parameter("traffic_ul"),
        Target::Plan,
        Target::Nothing,
        Target::Nothing,
    ];
    assert_eq!(sets, expected.iter().collect::<Vec<_>>());
    assert_eq!(sheet.ignored_columns(), ["guid", "created"]);
}

#[test]
fn documented_columns_are_known() {
    for name in documented_columns() {
        let file = if name == "email" {
            "email\na@example.com".to_owned()
        } else {
            format!("email,{name}\na@example.com,")
        };
        assert_eq!(rows(&file).len(), 1, "{name}");
    }
    assert_eq!(rows(EXAMPLE).len(), 2);
}

#[test]
fn rows_with_a_wrong_number_of_cells_are_detected() {
    let sheet =
        Sheet::read(b"email,name,company\na@example.com,b\na,b,c,d\na,b,c,,\na,b,c\n", None)
            .unwrap_or_else(|_| panic!("the header must be valid"));
    let wrong_cell_counts: Vec<Option<usize>> =
        sheet.records.iter().map(|record| record.wrong_cell_count(3)).collect();
    assert_eq!(wrong_cell_counts, [Some(2), Some(4), None, None]);
}

proptest! {
    #[test]
    fn arbitrary_bytes_do_not_panic(head in "(email|name|\"|,|;|\t|\r|\n|\u{feff}){0,12}", rest: Vec<u8>) {
        let file = [head.as_bytes(), b"\n", &rest].concat();
        drop(Sheet::read(&file, None));
        drop(Sheet::read(&rest, None));
    }

    #[test]
    fn written_rows_are_read_back(cells in prop::collection::vec(("[^\0\u{feff}]{1,20}", "[^\0]{0,20}"), 1..8)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["email", "name"]).unwrap();
        for (email, name) in &cells {
            writer.write_record([email, name]).unwrap();
        }
        let file = writer.into_inner().unwrap();
        let expected: Vec<Vec<String>> = cells.iter()
            .filter(|(email, name)| [email, name].iter().any(|cell| cell.chars().any(|c| !c.is_whitespace() && !",;".contains(c))))
            .map(|(email, name)| vec![email.clone(), name.clone()]).collect();
        if let Ok(sheet) = Sheet::read(&file, None) {
            let read: Vec<Vec<String>> = sheet.records.iter().map(|record| record.cells.iter().map(ToOwned::to_owned).collect()).collect();
            prop_assert_eq!(read, expected);
        } else {
            prop_assert!(expected.is_empty());
        }
    }
}
