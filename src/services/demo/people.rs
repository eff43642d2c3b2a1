//! Demo people and companies.

use super::random::DemoRandom;
use super::words::{REGIONS, Region, Word};
use domain::account::{Gender, Language};
use domain::contact::Contact;
use domain::email::Email;

/// A generated person.
pub(super) struct Person {
    pub contact: Contact,
    pub language: Language,
    /// Surname in ASCII, for login names and domain names.
    pub ascii_surname: String,
}

/// Generates the contact of the customer with this number.
pub(super) fn person(random: DemoRandom<'_>, number: u64) -> Person {
    let region = region(random);
    let is_woman = random.chance(500);
    let first = random.choose(if is_woman { region.women } else { region.men });
    let (start, end) = (random.choose(region.surname_starts), random.choose(region.surname_ends));
    let surname = format!("{}{}", start.0, end.0);
    let ascii_surname = format!("{}{}", start.1, end.1);
    let mut contact = Contact::of(email_address(random, first, &ascii_surname, number));
    let is_private = random.chance(600);
    if !is_private {
        contact.company = random.choose(region.companies).replace("{s}", &surname);
    }
    // A company, a person, or both. Some people have only a surname.
    if is_private || random.chance(700) {
        contact.name = surname;
        if random.chance(930) {
            first.0.clone_into(&mut contact.firstname);
            contact.gender = if is_woman { Gender::Female } else { Gender::Male };
        }
    }
    fill_address_and_phone(random, region, &mut contact);
    contact.customer_number =
        if random.chance(850) { format!("K-{}", 100_000 + number) } else { String::new() };
    Person { contact, language: region.language, ascii_surname }
}

fn region(random: DemoRandom<'_>) -> &'static Region {
    let mut drawn = random.between(0, 99);
    for region in &REGIONS {
        match drawn.checked_sub(region.share) {
            None => return region,
            Some(rest) => drawn = rest,
        }
    }
    &REGIONS[0]
}

fn email_address(random: DemoRandom<'_>, first: Word, ascii_surname: &str, number: u64) -> Email {
    let host = random.choose(&["post", "mail", "office", "mein-postfach", "webmail"]);
    Email::stored(format!("{}.{ascii_surname}.{number}@{host}.example", first.1))
}

fn fill_address_and_phone(random: DemoRandom<'_>, region: &Region, contact: &mut Contact) {
    if random.chance(80) {
        return;
    }
    let (city, zip) = random.choose(region.cities);
    city.clone_into(&mut contact.city);
    contact.zipcode = random.fill_pattern(&region.zip.replace('*', zip));
    let number = random.between(1, 180).to_string();
    contact.street =
        region.street.replace("{s}", random.choose(region.streets)).replace("{n}", &number);
    if random.chance(750) {
        contact.phone = random.fill_pattern(region.phone);
    }
    if random.chance(60) {
        contact.fax = random.fill_pattern(region.phone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::contact::{Contact, ContactFields};
    use domain::random::SeededRandom;
    use domain::request::Received;
    use domain::validation::FieldErrors;
    use serde_json::json;

    #[test]
    fn generated_contacts_are_valid() {
        let seeded = SeededRandom::new(3);
        assert_eq!(REGIONS.iter().map(|region| region.share).sum::<u32>(), 100);
        for number in 0..5_000 {
            let Person { contact, ascii_surname, .. } = person(DemoRandom(&seeded), number);
            let mut errors = FieldErrors::default();
            contact.check(&mut errors);
            assert!(errors.into_result(()).is_ok(), "{contact:?}");
            let mut values = json!(contact);
            values.as_object_mut().unwrap().remove("email");
            let mut read = Contact::of(contact.email.clone());
            let fields = Received::<ContactFields>::new(values.as_object().unwrap().clone())
                .finish()
                .unwrap();
            fields.apply(&mut read);
            assert_eq!(read, contact);
            assert_eq!(Email::parse(contact.email.as_str()).as_ref(), Ok(&contact.email));
            assert!(ascii_surname.chars().all(|c| c.is_ascii_lowercase()), "{ascii_surname}");
        }
    }
}
