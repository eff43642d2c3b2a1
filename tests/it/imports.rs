//! The layers. That a crate uses none of those above it is the compiler's business; which libraries a layer may use is told here, and
//! what else it leaves to others.

use std::fs;
use std::path::{Path, PathBuf};

/// The crates below `src/`, the lowest first. Each depends on earlier ones only.
const LAYERS: [&str; 13] =
    ["domain", "files", "i18n", "db", "auth", "config", "telemetry", "services", "edge", "mail", "web", "api", "worker"];
/// Entry points do not know each other.
const APART: [&str; 3] = ["web", "api", "worker"];

/// A library, and the crates that may depend on it.
const LIBRARIES: [(&str, &[&str]); 6] = [
    ("sea-orm", &["db"]),
    ("actix-web", &["edge", "web", "api"]),
    ("actix-session", &["web"]),
    ("askama", &["mail", "web"]),
    ("lettre", &["config", "mail", "worker"]),
    ("tokio", &["db", "auth", "services", "mail", "web", "api", "worker"]),
];

/// Names of the dependencies of a crate, without those of its tests.
fn dependencies(layer: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join(layer).join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    section.lines().filter_map(|line| line.split(['.', ' ']).next()).filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect()
}

#[test]
fn every_crate_is_a_layer() {
    let mut crates: Vec<String> = fs::read_dir(root())
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    crates.sort();
    let mut layers = LAYERS.to_vec();
    layers.sort_unstable();
    assert_eq!(crates, layers);
}

#[test]
fn a_layer_depends_on_lower_ones_and_on_its_own_libraries() {
    let mut found = Vec::new();
    for (height, layer) in LAYERS.iter().enumerate() {
        for name in dependencies(layer) {
            let is_above = LAYERS.iter().position(|known| *known == name).is_some_and(|place| place >= height);
            let is_apart = APART.contains(layer) && APART.contains(&name.as_str());
            let is_foreign = LIBRARIES.iter().any(|(library, allowed)| *library == name && !allowed.contains(layer));
            if is_above || is_apart || is_foreign {
                found.push(format!("{layer} may not depend on {name}"));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

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

/// The panel asks services. What it may ask of the database directly: its own sessions, and types that services hand out.
#[test]
fn the_panel_reads_and_writes_through_services() {
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
            if ["services/machine.rs", "services/customers/import/examine.rs", "web/templates.rs", "web/build.rs"].contains(&name.as_str())
            {
                continue;
            }
            let lines = code(&file).into_iter().filter(|(_, line)| CALLS.iter().any(|call| line.contains(call)));
            found.extend(lines.map(|(number, line)| format!("src/{name}:{number}: {}", line.trim())));
        }
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
