//! To a new customer: how to sign in.

use domain::secret::Secret;

/// The first mail a customer gets.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// His login name.
    pub login_name: String,
    /// His password.
    pub password: Secret,
    /// Where to sign in.
    pub sign_in_url: String,
    /// The address under which his web space answers from the first day, where he has one.
    pub standard_subdomain: Option<String>,
}

super::letter::letter!(
    Welcome,
    "mail/welcome/subject.txt",
    "mail/welcome/body.txt",
    "mail/welcome/body.html"
);
