//! To somebody who forgot their login name.

/// Login names with the address.
#[derive(Clone, Debug)]
pub struct LoginNames {
    /// The names.
    pub names: Vec<String>,
    /// Whether there are more than these.
    pub has_more: bool,
    /// Where to sign in.
    pub sign_in_url: String,
    /// Where a lost password can be set anew.
    pub forgot_url: String,
}

super::letter::letter!(
    LoginNames,
    "mail/login_names/subject.txt",
    "mail/login_names/body.txt",
    "mail/login_names/body.html"
);
