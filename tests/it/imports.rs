//! Arrows point down only: doors, then auth and services, then the database, then the domain.

use std::fs;
use std::path::{Path, PathBuf};

/// A line that names something it may not.
struct Rule {
    /// Files below `src/` that it holds for.
    folder: &'static str,
    /// What may not be named.
    forbidden: &'static [&'static str],
    /// Files in the folder that it does not hold for.
    except: &'static [&'static str],
}

const RULES: [Rule; 7] = [
    Rule {
        folder: "domain",
        forbidden: &[
            "crate::api",
            "crate::app",
            "crate::auth",
            "crate::cli",
            "crate::db",
            "crate::mail",
            "crate::server",
            "crate::services",
            "crate::web",
            "crate::worker",
            "sea_orm",
            "actix",
            "lettre",
            "askama",
            "tokio",
        ],
        except: &[],
    },
    Rule {
        folder: "db",
        forbidden: &[
            "crate::api",
            "crate::app",
            "crate::auth",
            "crate::cli",
            "crate::mail",
            "crate::server",
            "crate::services",
            "crate::web",
            "crate::worker",
            "actix",
            "askama",
            "lettre",
        ],
        except: &[],
    },
    Rule {
        folder: "services",
        forbidden: &["actix", "askama", "lettre", "sea_orm", "crate::api", "crate::cli", "crate::server", "crate::web", "crate::worker"],
        except: &[],
    },
    Rule {
        folder: "auth",
        forbidden: &["actix", "askama", "lettre", "sea_orm", "crate::api", "crate::cli", "crate::server", "crate::web", "crate::worker"],
        except: &[],
    },
    Rule {
        folder: "web",
        forbidden: &["sea_orm", "db::entities", "lettre", "crate::api", "crate::cli", "crate::worker"],
        except: &["web/api_docs.rs"],
    },
    Rule { folder: "api", forbidden: &["sea_orm", "db::entities", "lettre", "crate::cli", "crate::web", "crate::worker"], except: &[] },
    Rule { folder: "mail", forbidden: &["sea_orm", "actix", "crate::db", "crate::web", "crate::cli", "crate::worker"], except: &[] },
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The lines of a file that are code: no comments.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines.map(|(number, line)| (number + 1, line.to_owned())).collect()
}

fn named(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn nothing_names_what_lies_above_it() {
    let mut found = Vec::new();
    for rule in &RULES {
        let files = sources(&root().join(rule.folder));
        assert!(!files.is_empty(), "{} is gone", rule.folder);
        for file in files {
            let name = named(&file);
            if rule.except.contains(&name.as_str()) {
                continue;
            }
            for (number, line) in code(&file) {
                let words = rule.forbidden.iter().filter(|word| names(&line, word));
                found.extend(words.map(|word| format!("src/{name}:{number}: {} may not name {word}: {}", rule.folder, line.trim())));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Whether the line names it as a path: `actix` stands for `actix_web::…` and `actix_session::…`.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let rest = &line[at + word.len()..];
        let ends = if word == "actix" { rest.starts_with('_') } else { !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') };
        ends && !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"' || c == '.')
    })
}

/// The web door asks services. What it may ask of the database directly: its own sessions, and types that services hand out.
#[test]
fn the_web_door_reads_and_writes_through_services() {
    let mut found = Vec::new();
    for file in sources(&root().join("web")) {
        let name = named(&file);
        if name == "web/session.rs" {
            continue;
        }
        for (number, line) in code(&file) {
            let queries = line.match_indices("db::").filter(|(at, _)| {
                let rest = &line[at + 4..];
                let path: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect();
                // A path into a module of queries ends with a function: small letters.
                path.contains("::") && path.rsplit("::").next().is_some_and(|last| last.starts_with(|c: char| c.is_lowercase()))
            });
            found.extend(queries.map(|_| format!("src/{name}:{number}: {}", line.trim())));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// A file system or user database that does not answer must hold neither a transaction nor an async thread: one file asks them,
/// before transactions and on threads that may block.
#[test]
fn services_and_entry_points_leave_the_machine_alone() {
    const CALLS: [&str; 8] =
        ["std::fs", "uzers::", ".exists()", ".is_dir()", ".is_file()", ".metadata()", "symlink_metadata()", ".canonicalize()"];
    let mut found = Vec::new();
    for folder in ["services", "web", "api"] {
        for file in sources(&root().join(folder)) {
            let name = named(&file);
            if ["services/machine.rs", "services/customers/import/examine.rs", "web/templates.rs"].contains(&name.as_str()) {
                continue;
            }
            let lines = code(&file).into_iter().filter(|(_, line)| CALLS.iter().any(|call| line.contains(call)));
            found.extend(lines.map(|(number, line)| format!("src/{name}:{number}: {}", line.trim())));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The signature is the permission, so only `auth` makes actors.
#[test]
fn only_auth_makes_actors() {
    let mut found = Vec::new();
    for file in sources(&root()) {
        let name = named(&file);
        if name.starts_with("auth/") || name == "domain/actor.rs" {
            continue;
        }
        let lines = code(&file).into_iter().filter(|(_, line)| line.contains("::proven("));
        found.extend(lines.map(|(number, line)| format!("src/{name}:{number}: {}", line.trim())));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The type that the actor holds is the permission; an audit entry says who it was.
#[test]
fn services_take_no_role_as_a_word() {
    for file in sources(&root().join("services")) {
        for (number, line) in code(&file) {
            assert!(!line.contains("Role::"), "src/{}:{number}: {line}", named(&file));
        }
    }
}
