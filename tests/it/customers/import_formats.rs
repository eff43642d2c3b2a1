//! Files of many programs, in many encodings, and with mistakes.

use super::import::{confirm, errors, preview};
use crate::support::make::with;
use crate::support::{Client, Page, TestApp};
use serde_json::json;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() })
        .collect()
}

fn single_byte(text: &str, special: &[(char, u8)]) -> Vec<u8> {
    let byte = |c: char| {
        special
            .iter()
            .find(|(known, _)| *known == c)
            .map_or_else(|| u8::try_from(u32::from(c)).unwrap(), |(_, byte)| *byte)
    };
    text.chars().map(byte).collect()
}

/// Returns the pasted text in the form, with its line breaks.
fn pasted(page: &Page) -> String {
    let text = scraper::Selector::parse("textarea[name=text]").unwrap();
    page.html()
        .select(&text)
        .flat_map(|area| {
            area.text()
                .collect::<Vec<_>>()
                .into_iter()
                .map(ToOwned::to_owned)
                .collect::<Vec<String>>()
        })
        .collect()
}

fn notes(page: &Page) -> String {
    page.all(".import-notes li").join(" | ")
}

#[tokio::test]
async fn every_encoding_is_detected_and_named() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let text = "E-Mail;Vorname;Nachname;Straße;Ort;Anmeldename\r\nzoe@example.com;Zoë;Müßig;Königstraße 1;5 € Stadt;zoe\r\n";
    for (file, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (format!("\u{feff}{text}").into_bytes(), "UTF-8"),
        (utf16(&format!("\u{feff}{text}"), false), "UTF-16 LE"),
        (utf16(&format!("\u{feff}{text}").replace(';', "\t"), true), "UTF-16 BE"),
        (single_byte(text, &[('€', 0x80)]), "Windows-1252"),
        (single_byte(text, &[('€', 0xa4)]), "ISO-8859-15"),
    ] {
        let shown = preview(&admin, file).await;
        assert_eq!(shown.status, 200, "{encoding}: {}", shown.said());
        assert!(
            notes(&shown).contains(&format!("Encoding: {encoding}. Separator: ")),
            "{encoding}: {}",
            notes(&shown)
        );
        assert!(shown.first("tr[data-row='2']").unwrap().contains("Müßig, Zoë"), "{encoding}");
    }
    let shown = preview(&admin, single_byte(text, &[('€', 0xa4)])).await;
    confirm(&admin, &shown).await;
    let contact = app.get("admin", "zoe").await.unwrap().profile.contact;
    assert_eq!((contact.street.as_str(), contact.city.as_str()), ("Königstraße 1", "5 € Stadt"));
}

#[tokio::test]
async fn an_encoding_can_be_selected() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let file = single_byte("email,company,loginname\na@example.com,5 €,one\n", &[('€', 0xa4)]);
    let form = admin.form("/customers/import", "/customers/import").await;
    let shown = admin.upload(&form.clone().with("encoding", "windows-1252"), &file).await;
    assert!(shown.first("tr[data-row='2']").unwrap().contains("5 ¤"), "{}", shown.said());
    assert_eq!(confirm(&admin, &shown).await.status, 303);
    assert_eq!(
        app.get("admin", "one").await.unwrap().profile.contact.company,
        "5 ¤",
        "the choice applies to the confirmation, too"
    );
    let wrong = admin.upload(&form.with("encoding", "utf-8"), &file).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.field_error("file").unwrap().contains("not encoded in UTF-8"),
        "{}",
        wrong.said()
    );
}

#[tokio::test]
async fn another_encoding_is_selected_without_uploading_the_file_again() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let file = single_byte("email,company,loginname\na@example.com,5 €,one\n", &[('€', 0xa4)]);
    let form = admin.form("/customers/import", "/customers/import").await;
    let again = async |page: &Page, encoding: &str| {
        admin.upload(&page.form("/customers/import").with("encoding", encoding), b"").await
    };
    let first = admin.upload(&form.clone().with("encoding", "windows-1252"), &file).await;
    assert!(
        first.has("[data-kept]") && first.first("tr[data-row='2']").unwrap().contains("5 ¤"),
        "{}",
        first.said()
    );
    // With an encoding that cannot read the file, another one can still be selected.
    let unreadable = again(&first, "utf-8").await;
    assert_eq!(unreadable.status, 422);
    assert!(
        unreadable.field_error("file").unwrap().contains("not encoded in UTF-8"),
        "{}",
        unreadable.said()
    );
    let right = again(&unreadable, "iso-8859-15").await;
    assert!(right.first("tr[data-row='2']").unwrap().contains("5 €"), "{}", right.said());
    assert_eq!(app.count("imports", "1=1").await, 1, "one for each account");
    assert_eq!(confirm(&admin, &right).await.status, 303);
    assert_eq!(app.get("admin", "one").await.unwrap().profile.contact.company, "5 €");

    let gone = again(&first, "utf-8").await;
    assert_eq!(gone.status, 422);
    assert!(gone.alert().contains("This preview has expired"), "{}", gone.alert());
    let pasted = admin.upload(&form.with("text", "email,company\nx@example.com,X\n"), b"").await;
    assert!(!pasted.has("[data-kept]"), "pasted text is in the form");
}

#[tokio::test]
async fn a_file_with_errors_that_is_kept_cannot_be_confirmed() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let shown = preview(&admin, "email,company\nnobody,A\n").await;
    assert_eq!(shown.status, 422);
    let token = shown.attr("input[name=kept]", "value").unwrap();
    let form =
        preview(&admin, "email,company\nx@example.com,A\n").await.form("/customers/import/confirm");
    let shown = preview(&admin, "email,company\nnobody,A\n").await;
    let kept = shown.attr("input[name=kept]", "value").unwrap();
    for token in [&token, &kept] {
        assert_eq!(admin.post(&form.clone().with("import", token)).await.status, 422);
    }
    assert_eq!(app.count("customers", "1=1").await, 0);
}

#[tokio::test]
async fn usual_column_names_and_words_are_understood() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let file = "sep=;\r\nE-MAIL ADRESSE;Nach name;Firma;PLZ;Ort;Telefon;Kunden-Nr.;Anrede;Sprache;IMAP;PHP;Passwort senden;Speicherplatz;Benutzername\r\n\
                eva@example.com;Groß;;01067;Köln;0221 1234;KD-7;Frau;Deutsch;WAHR;falsch;Nein;unbegrenzt;eva\r\n";
    let shown = preview(&admin, file).await;
    assert_eq!(shown.status, 200, "{}", shown.said());
    assert!(notes(&shown).contains("Separator: semicolon"), "{}", notes(&shown));
    assert_eq!(shown.all("tr[data-row] th"), ["2"]);
    confirm(&admin, &shown).await;
    let eva = app.get("admin", "eva").await.unwrap().profile;
    assert_eq!(
        (
            eva.contact.zipcode.as_str(),
            eva.contact.customer_number.as_str(),
            eva.contact.gender.code()
        ),
        ("01067", "KD-7", "2")
    );
    assert_eq!((eva.language.code(), eva.services.imap, eva.services.php), ("de", true, false));
    assert!(eva.services.limits[clientele::domain::resources::Resource::Diskspace].is_unlimited());
    assert_eq!(app.count("jobs", "kind = 'send_welcome'").await, 0);
    for words in ["yes", "ja", "true", "1", "WAHR", "y"] {
        let shown =
            preview(&admin, format!("email,name,sendpassword\nx@example.com,X,{words}\n")).await;
        assert!(
            notes(&shown).contains("One password will be emailed"),
            "{words}: {}",
            notes(&shown)
        );
    }
}

#[tokio::test]
async fn line_breaks_are_kept_in_notes_and_refused_elsewhere() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let file = |street: &str| {
        format!(
            "email,name,custom_notes,street,loginname\r\na@example.com,Lee,\"one\r\nwith \"\"quotes\"\", comma\",\"Am Markt 1{street}\",lee\r\n"
        )
    };
    let shown = preview(&admin, file("\r\nHinterhaus")).await;
    assert_eq!(shown.status, 422);
    assert_eq!(
        errors(&shown, 2),
        ["street Line breaks are not allowed in this column. Put the value on one line."]
    );
    assert_eq!(confirm(&admin, &preview(&admin, file("")).await).await.status, 303);
    assert_eq!(app.get("admin", "lee").await.unwrap().profile.notes, "one\nwith \"quotes\", comma");
}

#[tokio::test]
async fn numbers_of_german_spreadsheets_are_never_misread() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let shown = preview(
        &admin,
        "email;name;diskspace;emails\r\ng1@example.com;A;1.024;1.000\r\ng2@example.com;B;1,5;10\r\ng3@example.com;C;1.024,00;10,0\r\n\
         g4@example.com;D;1.048.576;1 000\r\ng5@example.com;E;unbegrenzt;1,5\r\n",
    )
    .await;
    assert_eq!(shown.status, 422);
    assert!(
        errors(&shown, 2)[0].starts_with("diskspace “1.024” can mean 1024 or "),
        "{:?}",
        errors(&shown, 2)
    );
    assert!(
        errors(&shown, 2)[1]
            .starts_with("emails “1.000” is ambiguous. Enter a whole number without separators"),
        "{:?}",
        errors(&shown, 2)
    );
    let limits =
        |row: u64| shown.all(&format!("tr[data-row='{row}'] .import-limits:not(.notices) li"));
    assert_eq!(limits(2), [""; 0], "limits of a row with errors are not determined");
    assert_eq!(limits(3), ["Disk space: 1.5 MiB", "Email addresses: 10"]);
    assert_eq!(limits(4), ["Disk space: 1 GiB", "Email addresses: 10"]);
    assert_eq!(limits(5), ["Disk space: 1 TiB", "Email addresses: 1,000"]);
    assert!(
        errors(&shown, 6)[0].starts_with("emails Enter a whole number."),
        "{:?}",
        errors(&shown, 6)
    );
}

#[tokio::test]
async fn decomposed_letters_of_a_file_are_composed() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    app.plan("admin", "Gr\u{f6}\u{df}e L", &[("emails", "5")]).await;
    let file = "email,Straße,name,plan,loginname\na@example.com,Königstraße,Müller,Größe L,one\n";
    let decomposed = file.replace('ö', "o\u{308}").replace('ü', "u\u{308}");
    let shown = preview(&admin, decomposed).await;
    assert_eq!(shown.status, 200, "{}", shown.said());
    assert!(
        shown.first("tr[data-row='2']").unwrap().contains("Gr\u{f6}\u{df}e L"),
        "{}",
        shown.said()
    );
    confirm(&admin, &shown).await;
    let one = app.get("admin", "one").await.unwrap().profile;
    assert_eq!(
        (one.contact.name.as_str(), one.contact.street.as_str()),
        ("M\u{fc}ller", "K\u{f6}nigstra\u{df}e")
    );
    assert_eq!(
        one.services.limits[clientele::domain::resources::Resource::Emails].limit(),
        Some(5)
    );
}

#[tokio::test]
async fn a_misplaced_quotation_mark_is_reported_with_its_row() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let open = preview(&admin, "email,name,city\nu1@example.com,Lee,Bonn\nu2@example.com,\"Müller,Köln\nu3@example.com,Kim,Ulm\n").await;
    assert_eq!(open.status, 422);
    assert!(
        open.field_error("file").unwrap().contains("quotation mark in row 3 is not closed"),
        "{}",
        open.said()
    );
    let after = preview(&admin, "email,name,company\nq1@example.com,X,Firma \"Sonne\" GmbH\nq2@example.com,Y,\"Sonne\" GmbH\n").await;
    assert_eq!(after.status, 422);
    assert!(
        after.field_error("file").unwrap().starts_with("In row 3, text follows"),
        "{}",
        after.said()
    );
    let fine = preview(&admin, "email,name,company,custom_notes\r\nq@example.com,Y,\"Zum \"\"Hirsch\"\" KG\",\"one\r\ntwo\"\r\n").await;
    assert_eq!(fine.status, 200, "{}", fine.said());
}

#[tokio::test]
async fn the_preview_shows_limits_and_existing_customers() {
    let app = TestApp::spawn().await;
    app.add(
        "admin",
        with("old", json!({ "email": "There@example.com", "customernumber": "KD-1" })),
    )
    .await
    .unwrap();
    app.reseller("reseller", &[]).await;
    app.plan("admin", "Gold", &[("emails", "5"), ("ftps", "NULL")]).await;
    let admin = app.signed_in("admin").await;
    let file = "email,company,customernumber,plan,diskspace,emails\n\
                there@example.com,A,KD-9,Gold,1536,\n\
                new@example.com,B,KD-1,,,7\n\
                NEW@example.com,C,KD-9,,,\n\
                free@example.com,D,,,,\n";
    let shown = preview(&admin, file).await;
    assert_eq!(shown.status, 200, "{}", shown.said());
    let limits = shown.all("tr[data-row='2'] .import-limits li");
    for expected in ["Disk space: 1.5 GiB", "Email addresses: 5", "FTP users: Unlimited"] {
        assert!(
            limits.iter().any(|limit| limit.eq_ignore_ascii_case(expected)),
            "{expected}: {limits:?}"
        );
    }
    let notices = |row: u64| shown.all(&format!("tr[data-row='{row}'] .notices li"));
    assert_eq!(notices(2), ["email Customer old already has this value."]);
    assert_eq!(notices(3), ["customernumber Customer old already has this value."]);
    assert_eq!(
        notices(4),
        ["customernumber Row 2 has the same value.", "email Row 3 has the same value."]
    );
    assert_eq!(notices(5), Vec::<String>::new());
    assert!(notes(&shown).contains("3 rows have"), "{}", notes(&shown));
    let reseller = app.signed_in("reseller").await;
    let theirs = preview(&reseller, "email,company\nthere@example.com,A\n").await;
    assert_eq!(
        theirs.all(".notices li"),
        Vec::<String>::new(),
        "a reseller does not see other admins' customers"
    );
    assert_eq!(confirm(&admin, &shown).await.status, 303, "it is a notice, not an error");
}

#[tokio::test]
async fn pasted_text_with_errors_is_kept() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let form = admin.form("/customers/import", "/customers/import").await;
    let paste = async |text: &str| admin.upload(&form.clone().with("text", text), b"").await;
    for text in [
        "email,company\nnobody,A\n",
        "email,colour\na@example.com,red\n",
        "email,name\na@example.com,\"open\n",
    ] {
        let shown = paste(text).await;
        assert_eq!(shown.status, 422);
        assert_eq!(pasted(&shown), text, "{}", shown.said());
    }
    let secret =
        paste("email,company,new_customer_password\nnobody,A,Some-pass-word-1\nb@example.com,B,\n")
            .await;
    assert_eq!(
        pasted(&secret),
        "email,company,new_customer_password\nnobody,A,\nb@example.com,B,\n"
    );
    assert!(
        !secret.text.contains("Some-pass-word-1")
            && secret.text.contains("The passwords were removed"),
        "{}",
        secret.said()
    );
    let unreadable = paste("email,password\nnobody,\"Some-pass-word-1\n").await;
    assert_eq!((unreadable.status, pasted(&unreadable).as_str()), (422, ""));
}

/// Returns a workbook with these parts, and with the parts that every workbook has.
fn workbook(parts: &[(&str, &str)]) -> Vec<u8> {
    const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Kunden" sheetId="1" r:id="rId1"/><sheet name="Notizen" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
    const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let usual = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
    ];
    for (name, text) in usual.iter().chain(parts) {
        archive
            .start_file(
                *name,
                SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated),
            )
            .unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn text_cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

async fn send(client: &Client, file: &[u8]) -> Page {
    preview(client, file).await
}

#[tokio::test]
async fn a_workbook_is_read() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let head = format!(
        "{}{}{}{}{}",
        text_cell("A1", "E-Mail"),
        text_cell("B1", "Firma"),
        text_cell("C1", "Anmeldename"),
        text_cell("D1", "Speicherplatz"),
        text_cell("E1", "PHP")
    );
    let first = format!(
        "{}{}{}<c r=\"D3\"><v>1536.5</v></c><c r=\"E3\" t=\"b\"><v>1</v></c>",
        text_cell("A3", "x@example.com"),
        text_cell("B3", "Müller &amp; Söhne"),
        text_cell("C3", "mueller")
    );
    let file = workbook(&[
        (
            "xl/worksheets/sheet1.xml",
            &sheet(&format!("<row r=\"1\">{head}</row><row r=\"3\">{first}</row>")),
        ),
        ("xl/worksheets/sheet2.xml", &sheet("")),
    ]);
    let shown = send(&admin, &file).await;
    assert_eq!(shown.status, 200, "{}", shown.said());
    assert!(notes(&shown).contains("Sheet: “Kunden” (the first one)"), "{}", notes(&shown));
    assert_eq!(shown.all("tr[data-row] th"), ["3"]);
    confirm(&admin, &shown).await;
    let customer = app.get("admin", "mueller").await.unwrap().profile;
    assert_eq!(customer.contact.company, "Müller & Söhne");
    let space = customer.services.limits[clientele::domain::resources::Resource::Diskspace];
    assert_eq!((space.limit(), customer.services.php), (Some((1536 << 20) + (1 << 19)), true));
}

#[tokio::test]
async fn oversized_and_invalid_workbooks_are_refused() {
    let app = TestApp::spawn().await;
    let admin = app.signed_in("admin").await;
    let refusal = async |file: Vec<u8>| {
        let page = send(&admin, &file).await;
        assert_eq!(page.status, 422);
        page.field_error("file").unwrap()
    };
    let bomb = " ".repeat(60 << 20);
    let file =
        workbook(&[("xl/sharedStrings.xml", &bomb), ("xl/worksheets/sheet1.xml", &sheet(""))]);
    assert!(file.len() < 200_000);
    assert!(refusal(file).await.contains("larger than 384 MiB"));
    // A text of 90,000 letters, stored once and referenced by 2,000 cells.
    let strings = format!(
        r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{}</t></si></sst>"#,
        "x".repeat(90_000)
    );
    let rows: Vec<String> = (1..=2000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let rows = rows.concat();
    let rels = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    let file = workbook(&[
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &sheet(&rows)),
        ("docProps/rels.xml", rels),
    ]);
    assert!(refusal(file).await.contains("more than 96 MiB of text"));
    // The last possible cell.
    let far = sheet(&format!("<row r=\"1048576\">{}</row>", text_cell("XFD1048576", "email")));
    assert!(
        refusal(workbook(&[("xl/worksheets/sheet1.xml", &far)]))
            .await
            .contains("more than 500 cells")
    );
    let mut damaged = workbook(&[("xl/worksheets/sheet1.xml", &sheet(""))]);
    damaged.truncate(damaged.len() / 2);
    assert!(refusal(damaged).await.contains("damaged"));
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("customers.csv", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"email\na@example.com\n").unwrap();
    assert!(
        refusal(archive.finish().unwrap().into_inner()).await.contains("This file is an archive")
    );
    assert!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old".to_vec()).await.contains(".xls"));
    assert!(refusal(b"\x89PNG\r\n\x1a\n".to_vec()).await.contains("not a text file"));
    let empty = preview(&admin, workbook(&[("xl/worksheets/sheet1.xml", &sheet(""))])).await;
    assert!(
        errors(&empty, 2).is_empty()
            && empty.field_error("file").unwrap().contains("the file is empty")
    );
}
