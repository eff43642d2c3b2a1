//! Tests that check rules for all templates.

use std::path::{Path, PathBuf};

use super::assets;
use super::nav::{self, Role};

fn templates() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from("../../templates")];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(&path).unwrap().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else if entry.path().extension().is_some_and(|ext| ext == "html") {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                found.push((entry.path(), text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// Returns whether a template is an email or the default page of a home directory. The panel does
/// not serve these.
fn is_not_a_page(path: &Path) -> bool {
    path.starts_with("../../templates/mail") || path.starts_with("../../templates/homes")
}

/// Returns all texts between `start` and the next quotation mark.
fn quoted<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn no_page_violates_the_content_security_policy() {
    for (path, text) in templates().iter().filter(|(path, _)| !is_not_a_page(path)) {
        for forbidden in
            [" style=\"", "<style", "javascript:", " onclick", " onchange", " onsubmit", " onload"]
        {
            assert!(!text.contains(forbidden), "{}: {forbidden}", path.display());
        }
        for tag in text.split("<script").skip(1) {
            assert!(
                tag.starts_with(" type=\"module\" src=\""),
                "{}: inline script",
                path.display()
            );
        }
    }
}

#[test]
fn no_template_switches_escaping_off() {
    for (path, text) in templates() {
        for forbidden in ["|safe", "| safe", "escape(\"none\")"] {
            assert!(!text.contains(forbidden), "{}: {forbidden}", path.display());
        }
    }
}

#[test]
fn icons_and_assets_of_templates_and_navigation_exist() {
    let list = std::fs::read_to_string("../../static/icons.txt").unwrap();
    let known = |name: &str| list.lines().any(|line| line == name);
    for (path, text) in templates() {
        for start in ["icon(c, \"", "icon=\""] {
            for name in quoted(&text, start) {
                assert!(known(name), "{}: icon {name} is not in icons.txt", path.display());
            }
        }
        for name in quoted(&text, "c.asset(\"") {
            assert_ne!(assets::path(name), "", "{}: no asset {name}", path.display());
        }
    }
    for role in [Role::ServerAdmin, Role::Reseller, Role::Customer] {
        for item in nav::groups(role).iter().flat_map(|group| group.items) {
            assert!(known(item.icon), "navigation: icon {} is not in icons.txt", item.icon);
        }
    }
}
