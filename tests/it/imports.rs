//! The layers. The compiler ensures that a crate uses no crate above it. This file checks which
//! libraries a layer may use, and which tasks it must leave to others.

use quote::ToTokens as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::ext::IdentExt as _;
use syn::visit::{self, Visit};
use syn::{Item, UseTree};

/// The crates below `src/`, the lowest first. Each depends on earlier ones only.
const LAYERS: [&str; 14] = [
    "domain",
    "files",
    "i18n",
    "config",
    "telemetry",
    "db",
    "auth",
    "services",
    "edge",
    "mail",
    "web",
    "api",
    "worker",
    "cli",
];
/// Entry points that must not depend on each other.
const APART: [&str; 3] = ["web", "api", "worker"];

/// Libraries, and the crates that may depend on them.
const LIBRARIES: [(&str, &[&str]); 9] = [
    ("db", &["auth", "services"]),
    ("sea-orm", &["db"]),
    ("sea-orm-migration", &[]),
    ("migrations", &["db"]),
    ("actix-web", &["edge", "web", "api"]),
    ("actix-session", &["web"]),
    ("askama", &["mail", "web"]),
    ("lettre", &["config", "mail", "worker"]),
    ("tokio", &["db", "auth", "services", "edge", "mail", "web", "api", "worker", "cli"]),
];

/// Returns the dependencies of a crate, without those of its tests.
fn dependencies(folder: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    section
        .lines()
        .filter_map(|line| line.split(['.', ' ']).next())
        .filter(|name| !name.is_empty())
        .map(ToOwned::to_owned)
        .collect()
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
        for name in dependencies(&root().join(layer)) {
            let is_above =
                LAYERS.iter().position(|known| *known == name).is_some_and(|place| place >= height);
            let is_apart = APART.contains(layer) && APART.contains(&name.as_str());
            let is_foreign = LIBRARIES
                .iter()
                .any(|(library, allowed)| *library == name && !allowed.contains(layer));
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
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    assert_ne!(found, Vec::<PathBuf>::new(), "no source below {}", folder.display());
    found
}

/// Returns the lines of a file without comments.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines.map(|(number, line)| (number + 1, line.to_owned())).collect()
}

fn named(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// [`services::app::App`] holds the database for services. Cargo prevents entry points from naming
/// the crate `db`; this test prevents calls of the field's methods.
#[test]
fn entry_points_reach_the_database_through_services() {
    let program = dependencies(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(!program.iter().any(|name| name == "db"), "the program depends on db");
    let mut found = Vec::new();
    for folder in ["edge", "mail", "web", "api", "worker", "cli", "server"] {
        for file in sources(&root().join(folder)) {
            let name = named(&file);
            if name.contains("/tests") {
                continue;
            }
            let calls = |line: &str| {
                line.split(".db").skip(1).any(|rest| {
                    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"')
                })
            };
            found.extend(
                code(&file)
                    .into_iter()
                    .filter(|(_, line)| calls(line))
                    .map(|(number, line)| format!("src/{name}:{number}: {}", line.trim())),
            );
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// A file system or user database that does not respond must block neither a transaction nor an
/// async thread. Two files of `services` query them, before transactions and on blocking threads.
/// The other named files are tests and a build script.
#[test]
fn services_and_http_entry_points_do_not_use_the_file_system() {
    const CALLS: [&str; 8] = [
        "std::fs",
        "uzers::",
        ".exists()",
        ".is_dir()",
        ".is_file()",
        ".metadata()",
        "symlink_metadata()",
        ".canonicalize()",
    ];
    let mut found = Vec::new();
    for folder in ["services", "web", "api"] {
        for file in sources(&root().join(folder)) {
            let name = named(&file);
            if [
                "services/machine.rs",
                "services/customers/import/ready.rs",
                "web/templates.rs",
                "web/build.rs",
            ]
            .contains(&name.as_str())
            {
                continue;
            }
            let lines = code(&file)
                .into_iter()
                .filter(|(_, line)| CALLS.iter().any(|call| line.contains(call)));
            found.extend(
                lines.map(|(number, line)| format!("src/{name}:{number}: {}", line.trim())),
            );
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The actor's type is the permission; an audit entry names the actor.
#[test]
fn services_do_not_use_roles() {
    for file in sources(&root().join("services")) {
        for (number, line) in code(&file) {
            assert!(!line.contains("Role::"), "src/{}:{number}: {line}", named(&file));
        }
    }
}

/// The modules of a crate, with their files.
struct Modules(BTreeMap<Vec<String>, PathBuf>);

impl Modules {
    /// Returns every module of a crate, except test modules.
    fn of(entry: &Path) -> Self {
        let mut modules = Self(BTreeMap::new());
        modules.collect(Vec::new(), entry, entry.parent().unwrap());
        modules
    }

    fn collect(&mut self, path: Vec<String>, file: &Path, folder: &Path) {
        for item in parsed(file).items {
            if let Item::Mod(module) = item
                && module.content.is_none()
                && !is_test(&module.attrs)
            {
                let name = module.ident.unraw().to_string();
                let (flat, inner) = (folder.join(&name).with_extension("rs"), folder.join(&name));
                let child = [path.as_slice(), std::slice::from_ref(&name)].concat();
                let file = if flat.exists() { flat } else { inner.join("mod.rs") };
                self.collect(child, &file, &inner);
            }
        }
        self.0.insert(path, file.to_owned());
    }

    /// Returns the module that contains a path: the longest prefix that is a module.
    fn holder(&self, path: &[String]) -> Vec<String> {
        let lengths = (0..=path.len()).rev();
        lengths
            .map(|length| &path[..length])
            .find(|path| self.0.contains_key(*path))
            .unwrap_or_default()
            .to_vec()
    }

    /// Returns the imports of each module. A module with child modules may re-export their names,
    /// so its `pub use` is no import.
    fn imports(&self) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
        let has_children = |path: &[String]| {
            self.0.keys().any(|known| known.len() > path.len() && known.starts_with(path))
        };
        let imports = |(path, file): (&Vec<String>, &PathBuf)| {
            let mut collector =
                PathCollector { may_re_export: has_children(path), paths: Vec::new() };
            collector.visit_file(&parsed(file));
            let found = collector
                .paths
                .iter()
                .filter_map(|segments| self.target(path, segments))
                .filter(|target| target != path);
            (path.clone(), found.collect())
        };
        self.0.iter().map(imports).collect()
    }

    /// Returns the module of this crate that a path refers to.
    fn target(&self, from: &[String], segments: &[String]) -> Option<Vec<String>> {
        let supers = segments.iter().take_while(|segment| *segment == "super").count();
        let whole = match segments[0].as_str() {
            "crate" => segments[1..].to_vec(),
            "self" => [from, &segments[1..]].concat(),
            "super" => [&from[..from.len().checked_sub(supers)?], &segments[supers..]].concat(),
            _ => [from, segments].concat(),
        };
        let holder = self.holder(&whole);
        let is_relative = !["crate", "self", "super"].contains(&segments[0].as_str());
        // A relative path belongs to another crate or the prelude, unless it begins with a child
        // module.
        (!is_relative || holder.len() > from.len()).then_some(holder)
    }
}

/// Collects the paths in a file.
struct PathCollector {
    /// Whether the module has child modules, whose names it may re-export.
    may_re_export: bool,
    paths: Vec<Vec<String>>,
}

impl<'ast> Visit<'ast> for PathCollector {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !self.may_re_export || matches!(item.vis, syn::Visibility::Inherited) {
            expand(&item.tree, &mut Vec::new(), &mut self.paths);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.paths.push(
                path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect(),
            );
        }
        visit::visit_path(self, path);
    }

    /// A visibility such as `pub(in path)` is no import.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

fn expand(tree: &UseTree, above: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    match tree {
        UseTree::Path(path) => {
            above.push(path.ident.unraw().to_string());
            expand(&path.tree, above, paths);
            above.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| expand(tree, above, paths)),
        UseTree::Name(name) if name.ident == "self" => paths.push(above.clone()),
        UseTree::Name(name) => {
            paths.push([above.as_slice(), &[name.ident.unraw().to_string()]].concat());
        }
        UseTree::Rename(name) => {
            paths.push([above.as_slice(), &[name.ident.unraw().to_string()]].concat());
        }
        UseTree::Glob(_) => paths.push(above.clone()),
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    let is_test = |attribute: &syn::Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.to_token_stream().to_string().contains("test")
    };
    attributes.iter().any(is_test)
}

fn parsed(file: &Path) -> syn::File {
    let text =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Returns a cycle of modules, or `None`.
fn cycle(imports: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> Option<Vec<String>> {
    imports.keys().find_map(|start| {
        let (mut before, mut open) = (BTreeMap::new(), vec![start]);
        while let Some(at) = open.pop() {
            for next in &imports[at] {
                if next == start {
                    let back = std::iter::successors(Some(at), |place| before.get(*place).copied());
                    let way = back.map(|place| place.join("::")).collect::<Vec<_>>();
                    return Some(way.into_iter().rev().chain([start.join("::")]).collect());
                }
                if !before.contains_key(next) {
                    before.insert(next, at);
                    open.push(next);
                }
            }
        }
        None
    })
}

/// Files that import each other in a cycle can only be understood together.
#[test]
fn no_file_imports_itself_through_others() {
    let entries = LAYERS
        .iter()
        .map(|layer| root().join(layer))
        .chain([root()])
        .map(|folder| folder.join("lib.rs"));
    let mut files = 0;
    for entry in entries {
        let modules = Modules::of(&entry);
        files += modules.0.len();
        let found = cycle(&modules.imports());
        assert!(found.is_none(), "{}: {}", entry.display(), found.unwrap().join(" → "));
    }
    assert_ne!(files, 0);
}
