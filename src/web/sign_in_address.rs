//! Where one signs in, and which addresses are for those who have not.

/// Whether a path is for whoever is not signed in.
#[must_use]
pub fn is_public(path: &str) -> bool {
    path == "/login"
        || ["/login/", "/password/", "/logout"].iter().any(|start| path.starts_with(start))
}

/// The address to sign in at, on the way to `next`; `ended` where a session ended that somebody
/// had.
#[must_use]
pub fn to(next: Option<&str>, ended: bool) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if ended {
        query.append_pair("ended", "1");
    }
    if let Some(next) = next.filter(|next| *next != "/") {
        query.append_pair("next", next);
    }
    let query = query.finish();
    if query.is_empty() { "/login".to_owned() } else { format!("/login?{query}") }
}
