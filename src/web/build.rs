//! Builds the panel's assets with npm and writes the table that `web::assets` includes.
//!
//! All output is below `OUT_DIR`. Packages are installed only if `package.json` or the lock file
//! has changed, and bundling runs only if one of its inputs has changed.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::error::Error;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Files that may contain class names. The style sheet keeps only classes whose names occur in
/// them.
const WORD_SOURCES: [&str; 3] = ["templates", "static/js", "src/web"];

fn main() {
    if let Err(error) = build() {
        eprintln!("\nThe panel's assets could not be built: {error}\n");
        std::process::exit(1);
    }
}

fn build() -> Outcome {
    // Cargo runs build scripts in the crate's folder.
    std::env::set_current_dir("../..")?;
    for path in ["static", "templates", "src/web"] {
        println!("cargo::rerun-if-changed=../../{path}");
    }
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let npm_dir = out.join("npm");
    let static_dir = out.join("static");
    fs::create_dir_all(&npm_dir)?;

    install(&npm_dir)?;
    let words_file = npm_dir.join("words.txt");
    write_if_changed(&words_file, &words()?)?;

    let stamp_file = out.join("static.stamp");
    let stamp = fingerprint(&[Path::new("static"), &words_file])?;
    if fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        return Ok(());
    }
    bundle(&npm_dir, &words_file, &static_dir, &out.join("assets.rs"))?;
    fs::write(stamp_file, stamp)?;
    Ok(())
}

/// Runs `npm ci`, unless `package.json` and the lock file are those of the last installation.
fn install(npm_dir: &Path) -> Outcome {
    let stamp_file = npm_dir.join("installed.stamp");
    let mut lock = String::new();
    for name in ["package.json", "package-lock.json"] {
        let text = fs::read_to_string(Path::new("static").join(name))?;
        write_if_changed(&npm_dir.join(name), &text)?;
        lock.push_str(&text);
    }
    if fs::read_to_string(&stamp_file).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let args = ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"];
    run(npm, args, npm_dir)?;
    fs::write(stamp_file, lock)?;
    Ok(())
}

/// Runs `static/build.mjs` and converts its output to a Rust table.
fn bundle(npm_dir: &Path, words_file: &Path, static_dir: &Path, table: &Path) -> Outcome {
    // The copy is below `npm_dir`, because Node.js looks for packages in the folders above a
    // script. It is created again on each run, because `build.mjs` bundles every image that it
    // finds in the copy.
    let copy = npm_dir.join("source");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    for path in files_below(Path::new("static"))? {
        let to = copy.join(path.strip_prefix("static")?);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&path, to)?;
    }
    let args = [OsStr::new("source/build.mjs"), words_file.as_os_str(), static_dir.as_os_str()];
    let manifest = run("node", args, npm_dir)?;
    let mut code = String::from("&[\n");
    for line in manifest.lines() {
        let (name, hashed) = line.split_once(' ').ok_or("build.mjs printed an unknown line")?;
        writeln!(
            code,
            "    Asset {{ name: {name:?}, path: \"/static/{hashed}\", \
             bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/static/{hashed}\")) }},"
        )?;
    }
    code.push_str("]\n");
    write_if_changed(table, &code)
}

fn run<A: AsRef<OsStr>>(
    program: &str,
    args: impl IntoIterator<Item = A>,
    dir: &Path,
) -> Outcome<String> {
    let output = Command::new(program).args(args).current_dir(dir).output().map_err(|error| {
        format!("{program} could not be started ({error}). Install Node.js 20 or newer with npm")
    })?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    Err(format!(
        "{program} failed ({}):\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
    .into())
}

/// Returns all words of the templates, scripts and sources, one on each line.
fn words() -> Outcome<String> {
    let mut words = BTreeSet::new();
    for source in WORD_SOURCES {
        for path in files_below(Path::new(source))? {
            let text = fs::read_to_string(&path)?;
            let parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
            words.extend(parts.filter(|word| !word.is_empty()).map(str::to_owned));
        }
    }
    Ok(words.into_iter().collect::<Vec<_>>().join("\n"))
}

fn files_below(path: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    if path.is_file() {
        found.push(path.to_owned());
    } else if path.is_dir() {
        let mut entries = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(fs::DirEntry::path);
        for entry in entries {
            if entry.file_name() != "node_modules" {
                found.extend(files_below(&entry.path())?);
            }
        }
    }
    Ok(found)
}

fn fingerprint(paths: &[&Path]) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        for file in files_below(path)? {
            file.hash(&mut hasher);
            fs::read(&file)?.hash(&mut hasher);
        }
    }
    fs::read("src/web/build.rs")?.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

/// Writes a file only if its contents differ, so that its modification time stays the same.
fn write_if_changed(path: &Path, text: &str) -> Outcome {
    if !fs::read_to_string(path).is_ok_and(|old| old == text) {
        fs::write(path, text)?;
    }
    Ok(())
}
