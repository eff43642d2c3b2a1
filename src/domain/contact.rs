//! Who a customer is and how he is reached.

use super::account::{Gender, salutation};
use super::email::Email;
use super::fault::{Fault, FieldFaults};
use super::{phone, text};

/// A customer's contact data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Mail address.
    pub email: Email,
    /// Last name.
    pub name: String,
    /// First name.
    pub firstname: String,
    /// Company.
    pub company: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub zipcode: String,
    /// City.
    pub city: String,
    /// Phone number.
    pub phone: String,
    /// Fax number.
    pub fax: String,
    /// Form of address.
    pub gender: Gender,
    /// The provider's own number for him; free text.
    pub customer_number: String,
}

impl Contact {
    /// "first last", one of the two, or the company.
    #[must_use]
    pub fn salutation(&self) -> String {
        salutation(&self.firstname, &self.name, &self.company)
    }

    /// Whether the names of both are the same.
    #[must_use]
    pub fn is_called_like(&self, other: &Self) -> bool {
        (&self.name, &self.firstname, &self.company) == (&other.name, &other.firstname, &other.company)
    }

    /// A customer must be called something: a name, or a first name and a name, or a company. A first name alone is
    /// none (docs/compatibility.md#d60).
    pub fn check(&self, faults: &mut FieldFaults) {
        if self.name.is_empty() && self.company.is_empty() {
            let field = if self.firstname.is_empty() { "company" } else { "name" };
            faults.push(field, Fault::new("name-or-company-required"));
        }
    }
}

/// A parser of one line.
pub type LineRule = fn(&str) -> Result<String, Fault>;

/// The rules of the contact's lines by parameter name.
pub const LINES: [(&str, LineRule); 9] = [
    ("name", |t| text::line(t, 255)),
    ("firstname", |t| text::line(t, 255)),
    ("company", |t| text::line(t, 255)),
    ("street", |t| text::line(t, 255)),
    ("zipcode", |t| text::line_of(t, 25, |c| c.is_ascii_digit() || c.is_ascii_uppercase() || c == ' ' || c == '-')),
    ("city", |t| text::line(t, 255)),
    ("phone", phone::parse),
    ("fax", phone::parse),
    ("customernumber", |t| text::line_of(t, 100, |c| c.is_ascii_alphanumeric() || c == ' ' || c == '-')),
];

impl Contact {
    /// The line of that parameter name.
    #[must_use]
    pub fn line(&self, name: &str) -> Option<&str> {
        Some(match name {
            "name" => &self.name,
            "firstname" => &self.firstname,
            "company" => &self.company,
            "street" => &self.street,
            "zipcode" => &self.zipcode,
            "city" => &self.city,
            "phone" => &self.phone,
            "fax" => &self.fax,
            "customernumber" => &self.customer_number,
            _ => return None,
        })
    }

    /// Sets the line of that parameter name; other names are left alone.
    pub fn set_line(&mut self, name: &str, value: String) {
        let line = match name {
            "name" => &mut self.name,
            "firstname" => &mut self.firstname,
            "company" => &mut self.company,
            "street" => &mut self.street,
            "zipcode" => &mut self.zipcode,
            "city" => &mut self.city,
            "phone" => &mut self.phone,
            "fax" => &mut self.fax,
            "customernumber" => &mut self.customer_number,
            _ => return,
        };
        *line = value;
    }

    /// A contact that has nothing but an address.
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(name: &str) -> LineRule {
        LINES.iter().find(|(known, _)| *known == name).map(|(_, rule)| *rule).unwrap()
    }

    #[test]
    fn each_line_has_its_alphabet() {
        for (field, good, bad) in [
            ("zipcode", "D-12345 A", "12_34"),
            ("zipcode", "", "ab12"),
            ("phone", "+49 (221) 1234/56", "12a"),
            ("fax", "0221.99", "12_5"),
            ("customernumber", "KD 2024-1", "A/1"),
            ("name", "O'Neil & \"Q\"", "A <b>"),
            ("city", "Köln", "a\nb"),
        ] {
            assert!(rule(field)(good).is_ok(), "{field} {good}");
            assert_eq!(rule(field)(bad).unwrap_err().code, "format-invalid", "{field} {bad}");
        }
    }

    #[test]
    fn somebody_must_be_called_something() {
        let mut contact = Contact::of(Email::parse("a@example.com").unwrap());
        let fault_of = |contact: &Contact| {
            let mut faults = FieldFaults::default();
            contact.check(&mut faults);
            faults.iter().map(|(field, _)| field.to_owned()).next()
        };
        assert_eq!(fault_of(&contact).as_deref(), Some("company"));
        contact.firstname = "Ann".into();
        assert_eq!(fault_of(&contact).as_deref(), Some("name"));
        contact.name = "Lee".into();
        assert_eq!(fault_of(&contact), None);
        contact.firstname = String::new();
        assert_eq!(fault_of(&contact), None);
    }
}
