//! Other names for the columns of an import, and words that stand for values of cells.

use crate::customers::requests::AddCustomer;
use domain::request::{ParameterDeclaration, ParameterType, Request as _};
use std::borrow::Cow;

/// Columns with their other names in English and German, in the form that [`fold`] returns.
const COLUMNS: [(&str, &str); 40] = [
    ("email", "emailaddress emailadresse mail mailadresse mailaddress epost kontaktemail"),
    ("name", "lastname surname familyname nachname familienname zuname"),
    ("firstname", "givenname forename vorname rufname"),
    ("company", "companyname organisation organization firma firmenname unternehmen"),
    (
        "street",
        "streetaddress address address1 addressline1 strasse str anschrift adresse strassehausnummer strasseundhausnummer strassenr strasseundnr strassehausnr",
    ),
    ("zipcode", "zip postcode postalcode plz postleitzahl"),
    ("city", "town ort stadt wohnort"),
    (
        "phone",
        "phonenumber telephone telephonenumber tel telefon telefonnummer telefonnr rufnummer",
    ),
    ("fax", "faxnumber telefax faxnummer telefaxnummer"),
    ("gender", "salutation formofaddress anrede geschlecht"),
    ("customernumber", "customerno clientnumber kundennummer kundennr kdnr kdnummer"),
    ("def_language", "language lang sprache"),
    ("loginname", "login username user benutzername anmeldename benutzer"),
    ("new_customer_password", "password passwort kennwort"),
    ("sendpassword", "mailpassword passwortsenden passwortmailen passwortzusenden"),
    ("plan", "hostingplan package paket hostingpaket tarif"),
    ("adminname", "owner reseller inhaber betreuer"),
    ("state", "status zustand"),
    ("created", "createdat createdon added angelegt angelegtam erstellt erstelltam anlagedatum"),
    (
        "diskspace",
        "webspace disk diskquota webspacemib webspacemb diskspacemb speicherplatz speicherplatzmib speicherplatzmb speicher",
    ),
    ("traffic", "trafficgb bandwidth datenverkehr datenverkehrgib datenverkehrgb transfervolumen"),
    ("subdomains", "subdomainlimit"),
    ("emails", "emailaddresses emailadressen mailadressen"),
    (
        "email_accounts",
        "mailboxes mailaccounts postfaecher emailkonten mailkonten emailpostfaecher",
    ),
    ("email_forwarders", "forwarders weiterleitungen emailweiterleitungen"),
    ("email_quota", "mailquota emailquotamb mailspace postfachgroesse mailspeicher"),
    ("ftps", "ftpaccounts ftpusers ftpkonten ftpbenutzer ftpzugaenge"),
    ("mysqls", "databases mysqldatabases datenbanken mysqldatenbanken"),
    ("email_imap", "imap"),
    ("email_pop3", "pop3"),
    ("phpenabled", "php"),
    ("perlenabled", "perl"),
    ("dnsenabled", "dns dnseditor"),
    ("logviewenabled", "logs logview protokolle"),
    ("gui_access", "panelaccess panelzugang"),
    ("api_allowed", "api apiaccess apizugang"),
    ("shell_allowed", "shell shellaccess shellzugang"),
    (
        "custom_notes",
        "notes note comment comments remarks notizen notiz bemerkung bemerkungen kommentar anmerkung anmerkungen",
    ),
    ("custom_notes_show", "shownotes notizenzeigen"),
    ("createstdsubdomain", "standardsubdomain"),
];

/// Normalises a name for comparison. Case, spaces and signs are ignored. Umlauts, composed or
/// decomposed, and `ß` become two letters.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            // U+0308 (combining diaeresis) makes the letter before it an umlaut.
            '\u{308}' => folded.push('e'),
            c if c.is_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
    folded
}

/// Returns the column that a name in a file stands for.
pub(super) fn find_column(name: &str) -> Option<&'static str> {
    let folded = fold(name);
    let matches_name = |(column, others): &&(&str, &str)| {
        fold(column) == folded || others.split(' ').any(|other| other == folded)
    };
    COLUMNS.iter().find(matches_name).map(|(column, _)| *column)
}

/// Translates a word in a cell to a value that the parameter's parser reads. Other cells stay as
/// they are.
pub(super) fn translate_value<'a>(parameter: &str, cell: &'a str) -> Cow<'a, str> {
    let folded = || fold(cell);
    let is_switch = |declared: &ParameterDeclaration| {
        declared.name == parameter && declared.kind == ParameterType::Flag
    };
    let known = if AddCustomer::parameters().iter().any(is_switch) {
        match folded().as_str() {
            "ja" | "j" | "yes" | "y" | "wahr" | "true" | "an" | "on" | "x" => Some("1"),
            "nein" | "n" | "no" | "falsch" | "false" | "aus" | "off" => Some("0"),
            _ => None,
        }
    } else if parameter == "gender" {
        match folded().as_str() {
            "herr" | "hr" | "mr" | "male" | "m" | "maennlich" | "mann" => Some("1"),
            "frau" | "fr" | "ms" | "mrs" | "miss" | "female" | "f" | "w" | "weiblich" => Some("2"),
            "divers" | "d" | "none" | "keine" | "neutral" => Some("0"),
            _ => None,
        }
    } else if parameter == "def_language" {
        match folded().as_str() {
            "deutsch" | "german" | "dede" | "ger" => Some("de"),
            "englisch" | "english" | "engb" | "enus" | "eng" => Some("en"),
            _ => None,
        }
    } else {
        None
    };
    known.map_or(Cow::Borrowed(cell), Cow::Borrowed)
}

/// Returns whether a cell stands for an unlimited quota.
pub(super) fn is_unlimited(cell: &str) -> bool {
    cell.trim() == "∞"
        || matches!(
            fold(cell).as_str(),
            "unlimited" | "unbegrenzt" | "unlimitiert" | "unbeschraenkt"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_aliases_are_recognised() {
        for (name, expected) in [
            ("E-Mail", "email"),
            ("E-Mail-Adresse", "email"),
            ("  Last Name ", "name"),
            ("Nachname", "name"),
            ("STRASSE", "street"),
            ("Straße", "street"),
            ("Postfa\u{308}cher", "email_accounts"),
            ("Zip Code", "zipcode"),
            ("Kunden-Nr.", "customernumber"),
            ("Speicherplatz (MiB)", "diskspace"),
            ("email_quota", "email_quota"),
            ("Email Quota", "email_quota"),
        ] {
            assert_eq!(find_column(name), Some(expected), "{name}");
        }
        assert_eq!(find_column("Speicherplatz (GB)"), None, "the column has another unit");
        assert_eq!(find_column("colour"), None);
    }

    #[test]
    fn aliases_are_folded_and_unique() {
        let mut all: Vec<String> = COLUMNS
            .iter()
            .flat_map(|(own, others)| std::iter::once(fold(own)).chain(others.split(' ').map(fold)))
            .collect();
        for (_, others) in COLUMNS {
            assert!(others.split(' ').all(|other| fold(other) == other), "{others}");
        }
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn value_words_are_translated() {
        for (parameter, cell, expected) in [
            ("phpenabled", "WAHR", "1"),
            ("phpenabled", "Falsch", "0"),
            ("diskspace_ul", "ja", "1"),
            ("sendpassword", "Nein", "0"),
            ("phpenabled", "perhaps", "perhaps"),
            ("gender", "Frau", "2"),
            ("def_language", "Deutsch", "de"),
            ("city", "Ja", "Ja"),
        ] {
            assert_eq!(translate_value(parameter, cell), expected, "{parameter}: {cell}");
        }
        assert!(is_unlimited("Unbegrenzt") && is_unlimited(" UNLIMITED ") && !is_unlimited("many"));
    }
}
