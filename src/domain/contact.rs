//! Contact data of customers.

use super::account::{Gender, salutation};
use super::column::{ColumnType, columns};
use super::email::Email;
use super::request::{CustomerNumber, Line, Phone, Zipcode, request};
use super::validation::{ErrorCode, FieldErrors, ValidationError};
use serde::Serialize;

/// A customer's contact data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    pub email: Email,
    /// Last name.
    pub name: String,
    pub firstname: String,
    pub company: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub zipcode: String,
    pub city: String,
    pub phone: String,
    pub fax: String,
    /// Form of address.
    pub gender: Gender,
    /// The provider's own number for the customer: letters, digits, spaces and hyphens.
    #[serde(rename = "customernumber")]
    pub customer_number: String,
}

request! {
    /// The parameters of a customer's contact data, except the email address.
    pub struct ContactFields {
        /// Last name; required without a company
        name: Line,
        /// First name
        firstname: Line,
        /// Company; required without a last name
        company: Line,
        /// Street and number
        street: Line,
        /// Postal code
        zipcode: Zipcode,
        /// City
        city: Line,
        /// Phone number
        phone: Phone,
        /// Fax number
        fax: Phone,
        /// The provider's own number for the customer: letters, digits, spaces and hyphens
        customernumber: CustomerNumber,
        /// Form of address: 0 unknown or neither, 1 male, 2 female
        gender: Gender,
    }
}

columns! {
    /// A column of a customer's contact data. It has the name of the parameter.
    ContactColumn {
        Email = "email": ColumnType::Text,
        Name = "name": ColumnType::Text,
        Firstname = "firstname": ColumnType::Text,
        Company = "company": ColumnType::Text,
        Street = "street": ColumnType::Text,
        Zipcode = "zipcode": ColumnType::Text,
        City = "city": ColumnType::Text,
        Phone = "phone": ColumnType::Text,
        Fax = "fax": ColumnType::Text,
        Gender = "gender": ColumnType::Number,
        CustomerNumber = "customernumber": ColumnType::Text,
    }
}

impl ContactFields {
    /// Overwrites the stored values with the values that were sent.
    pub fn apply(&self, contact: &mut Contact) {
        let Self {
            name,
            firstname,
            company,
            street,
            zipcode,
            city,
            phone,
            fax,
            customernumber,
            gender,
        } = self;
        name.set(&mut contact.name);
        firstname.set(&mut contact.firstname);
        company.set(&mut contact.company);
        street.set(&mut contact.street);
        zipcode.set(&mut contact.zipcode);
        city.set(&mut contact.city);
        phone.set(&mut contact.phone);
        fax.set(&mut contact.fax);
        customernumber.set(&mut contact.customer_number);
        gender.set(&mut contact.gender);
    }
}

impl Contact {
    /// Returns a contact with nothing but an email address.
    #[must_use]
    pub const fn of(email: Email) -> Self {
        Self {
            email,
            name: String::new(),
            firstname: String::new(),
            company: String::new(),
            street: String::new(),
            zipcode: String::new(),
            city: String::new(),
            phone: String::new(),
            fax: String::new(),
            gender: Gender::None,
            customer_number: String::new(),
        }
    }

    /// Returns "first last", one of the two, or the company.
    #[must_use]
    pub fn salutation(&self) -> String {
        salutation(&self.firstname, &self.name, &self.company)
    }

    /// Returns the values in which a search looks for plain words.
    #[must_use]
    pub fn searched_values(&self) -> [&str; 8] {
        let Self {
            email,
            name,
            firstname,
            company,
            street,
            zipcode,
            city,
            phone: _,
            fax: _,
            gender: _,
            customer_number,
        } = self;
        [name, firstname, company, street, zipcode, city, email.as_str(), customer_number]
    }

    /// Whether last name, first name and company of both are equal.
    #[must_use]
    pub fn has_same_name(&self, other: &Self) -> bool {
        (&self.name, &self.firstname, &self.company)
            == (&other.name, &other.firstname, &other.company)
    }

    /// Checks that the customer has a last name or a company. A first name alone is not enough
    /// (docs/compatibility.md#d60).
    pub fn check(&self, errors: &mut FieldErrors) {
        if self.name.is_empty() && self.company.is_empty() {
            let field = if self.firstname.is_empty() { "company" } else { "name" };
            errors.push(field, ValidationError::new(ErrorCode::NameOrCompanyRequired));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_name_or_a_company_is_required() {
        let mut contact = Contact::of(Email::parse("a@example.com").unwrap());
        let invalid_field = |contact: &Contact| {
            let mut errors = FieldErrors::default();
            contact.check(&mut errors);
            errors.iter().map(|(field, _)| field.to_owned()).next()
        };
        assert_eq!(invalid_field(&contact).as_deref(), Some("company"));
        contact.firstname = "Ann".into();
        assert_eq!(invalid_field(&contact).as_deref(), Some("name"));
        contact.name = "Lee".into();
        assert_eq!(invalid_field(&contact), None);
        contact.firstname = String::new();
        assert_eq!(invalid_field(&contact), None);
    }

    #[test]
    fn sent_values_overwrite_the_contact_and_others_stay() {
        let email = Email::parse("a@example.com").unwrap();
        let full = Contact {
            email: email.clone(),
            name: "Lee".to_owned(),
            firstname: "Ann".to_owned(),
            company: "Acme".to_owned(),
            street: "Main Street 1".to_owned(),
            zipcode: "12345".to_owned(),
            city: "Berlin".to_owned(),
            phone: "+49 30 1234567".to_owned(),
            fax: "+49 30 7654321".to_owned(),
            gender: Gender::Female,
            customer_number: "K-17".to_owned(),
        };
        let sent = serde_json::json!({
            "name": "Lee",
            "firstname": "Ann",
            "company": "Acme",
            "street": "Main Street 1",
            "zipcode": "12345",
            "city": "Berlin",
            "phone": "+49 30 1234567",
            "fax": "+49 30 7654321",
            "gender": "2",
            "customernumber": "K-17",
        });
        let mut contact = Contact::of(email);
        let fields: ContactFields = serde_json::from_value(sent).unwrap();
        fields.apply(&mut contact);
        assert_eq!(contact, full);
        ContactFields::default().apply(&mut contact);
        assert_eq!(contact, full);
        assert_eq!(contact.salutation(), "Ann Lee");
        assert_eq!(
            contact.searched_values(),
            ["Lee", "Ann", "Acme", "Main Street 1", "12345", "Berlin", "a@example.com", "K-17"]
        );
    }

    #[test]
    fn names_are_equal_only_in_all_parts() {
        let contact = |firstname: &str, name: &str, company: &str, city: &str| Contact {
            firstname: firstname.to_owned(),
            name: name.to_owned(),
            company: company.to_owned(),
            city: city.to_owned(),
            ..Contact::of(Email::stored(format!("{city}@example.com")))
        };
        let ann = contact("Ann", "Lee", "Acme", "Berlin");
        for (other, same) in [
            (contact("Ann", "Lee", "Acme", "Bonn"), true),
            (contact("Eve", "Lee", "Acme", "Berlin"), false),
            (contact("Ann", "Ray", "Acme", "Berlin"), false),
            (contact("Ann", "Lee", "", "Berlin"), false),
        ] {
            assert_eq!(ann.has_same_name(&other), same, "{other:?}");
        }
    }
}
