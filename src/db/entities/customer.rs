//! Customers.

use super::shared::model;
use domain::account::Gender;
use domain::contact::{Contact, ContactColumn};
use domain::email::Email;
use sea_orm::Set;
use sea_orm::entity::prelude::*;

model! {
    [limits usage switches]
    #[sea_orm(table_name = "customers")]
    {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub login_id: i64,
        pub owner_id: i64,
        pub plan_id: Option<i64>,
        pub login_name: String,
        pub login_sort: String,
        pub name_sort: String,
        #[sea_orm(column_type = "Text")]
        pub search_text: String,
        pub name: String,
        pub firstname: String,
        pub company: String,
        pub street: String,
        pub zipcode: String,
        pub city: String,
        pub phone: String,
        pub fax: String,
        pub gender: i16,
        pub customer_number: String,
        pub email: String,
        pub email_key: String,
        pub language: String,
        pub theme: String,
        pub gui_access: bool,
        pub api_allowed: bool,
        pub shell_allowed: bool,
        pub suspended: bool,
        pub suspended_by_id: Option<i64>,
        pub suspended_by_name: String,
        pub suspended_by_rank: Option<String>,
        pub suspended_at: Option<i64>,
        pub suspend_reason: String,
        pub suspend_reason_shown: bool,
        #[sea_orm(column_type = "Text")]
        pub notes: String,
        pub notes_shown: bool,
        pub web_used: i64,
        pub mail_used: i64,
        pub mysql_used: i64,
        pub guid: i64,
        pub document_root: String,
        pub created_at: i64,
        pub updated_at: i64,
        pub version: i64,
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<ContactColumn> for Column {
    fn from(column: ContactColumn) -> Self {
        match column {
            ContactColumn::Email => Self::Email,
            ContactColumn::Name => Self::Name,
            ContactColumn::Firstname => Self::Firstname,
            ContactColumn::Company => Self::Company,
            ContactColumn::Street => Self::Street,
            ContactColumn::Zipcode => Self::Zipcode,
            ContactColumn::City => Self::City,
            ContactColumn::Phone => Self::Phone,
            ContactColumn::Fax => Self::Fax,
            ContactColumn::Gender => Self::Gender,
            ContactColumn::CustomerNumber => Self::CustomerNumber,
        }
    }
}

impl Model {
    pub fn contact(&self) -> Contact {
        Contact {
            email: Email::stored(self.email.clone()),
            name: self.name.clone(),
            firstname: self.firstname.clone(),
            company: self.company.clone(),
            street: self.street.clone(),
            zipcode: self.zipcode.clone(),
            city: self.city.clone(),
            phone: self.phone.clone(),
            fax: self.fax.clone(),
            gender: Gender::parse(&self.gender.to_string()).unwrap_or(Gender::None),
            customer_number: self.customer_number.clone(),
        }
    }
}

impl ActiveModel {
    /// Sets the contact data. The pattern names every field, so that a forgotten one is a compile
    /// error.
    pub fn set_contact(&mut self, contact: &Contact) {
        let Contact {
            email,
            name,
            firstname,
            company,
            street,
            zipcode,
            city,
            phone,
            fax,
            gender,
            customer_number,
        } = contact;
        self.email = Set(email.as_str().to_owned());
        self.email_key = Set(email.key());
        self.name = Set(name.clone());
        self.firstname = Set(firstname.clone());
        self.company = Set(company.clone());
        self.street = Set(street.clone());
        self.zipcode = Set(zipcode.clone());
        self.city = Set(city.clone());
        self.phone = Set(phone.clone());
        self.fax = Set(fax.clone());
        self.gender = Set(*gender as i16);
        self.customer_number = Set(customer_number.clone());
    }
}
