//! Who may depend on whom, and where the heavy dependencies live.

use super::{none, root};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use std::fs;
use std::process::Command;

/// Packages that nothing ships, free to use what they want.
const NOT_SHIPPED: [&str; 2] = ["fieldbook-tests", "xtask"];

fn metadata() -> Metadata {
    MetadataCommand::new().current_dir(root()).no_deps().exec().expect("cargo metadata reads the workspace")
}

/// Rows of the table below a heading of ARCHITECTURE.md, each cell as the names that stand in it in backticks.
fn table(heading: &str) -> Vec<Vec<Vec<String>>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let section = text.lines().skip_while(|line| *line != heading).skip(1);
    let rows: Vec<_> = section
        .take_while(|line| !line.starts_with('#'))
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(names).collect())
        .collect();
    assert!(!rows.is_empty(), "ARCHITECTURE.md has no table below {heading:?}");
    rows
}

fn names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn only<'a>(cell: &'a [String], row: &[Vec<String>]) -> &'a str {
    assert_eq!(cell.len(), 1, "one name was expected at the head of {row:?}");
    cell[0].as_str()
}

/// Ours that `package` depends on, in any way.
fn ours<'a>(package: &'a Package, members: &'a [String]) -> impl Iterator<Item = &'a str> {
    package.dependencies.iter().map(|dep| dep.name.as_str()).filter(|name| members.iter().any(|m| m == name))
}

#[test]
fn edges_are_those_of_the_architecture() {
    let metadata = metadata();
    let members: Vec<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let table = table("## Edges");
    let mut complaints = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        if NOT_SHIPPED.contains(&name) {
            continue;
        }
        let Some(row) = table.iter().find(|row| only(&row[0], row) == name) else {
            complaints.push(format!("{name} is a member, and has no row in ARCHITECTURE.md"));
            continue;
        };
        for used in ours(package, &members).filter(|used| !row[1].iter().any(|allowed| allowed == used)) {
            complaints.push(format!("{name} may not depend on {used}"));
        }
    }
    for row in &table {
        let name = only(&row[0], row);
        if !members.iter().any(|member| member == name) {
            complaints.push(format!("ARCHITECTURE.md has a row for {name}, which is no member"));
        }
    }
    none(&complaints, "Dependencies point down, one way (ARCHITECTURE.md, Edges):");
}

#[test]
fn heavy_dependencies_stay_at_home() {
    let table = table("## Homes");
    let mut complaints = Vec::new();
    for package in metadata().packages {
        for dep in &package.dependencies {
            let Some(row) = table.iter().find(|row| names_crate(only(&row[0], row), &dep.name)) else {
                continue;
            };
            let at_home =
                |cell: usize| row.get(cell).is_some_and(|homes| homes.contains(&package.name.to_string()));
            let in_tests = dep.kind == DependencyKind::Development && at_home(2);
            if !NOT_SHIPPED.contains(&package.name.as_str()) && !at_home(1) && !in_tests {
                complaints.push(format!("{} may not use {}", package.name, dep.name));
            }
        }
    }
    none(&complaints, "Each heavy dependency has one home (ARCHITECTURE.md, Homes):");
}

/// `tauri*` names every crate that begins so.
fn names_crate(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

#[test]
fn every_member_says_what_it_is_for_and_takes_the_lints() {
    let mut complaints = Vec::new();
    for package in metadata().packages {
        if package.description.as_deref().unwrap_or_default().len() < 20 {
            complaints.push(format!("{} has no description", package.name));
        }
        let manifest = fs::read_to_string(&package.manifest_path).expect("a member's Cargo.toml");
        let lints = manifest.lines().skip_while(|line| *line != "[lints]").nth(1);
        if lints != Some("workspace = true") {
            complaints.push(format!("{} does not take the workspace's lints", package.name));
        }
    }
    none(&complaints, "Every member has a one-line purpose and the workspace's lints:");
}

#[test]
fn below_app_nobody_can_ask_for_the_time_the_environment_or_chance() {
    let rows = table("## Edges");
    let app = rows.iter().find(|row| only(&row[0], row) == "fieldbook-app").expect("a row for fieldbook-app");
    let mut complaints = Vec::new();
    let model =
        fs::read_to_string(root().join("crates/model/clippy.toml")).expect("crates/model/clippy.toml");
    for method in [
        "std::time::SystemTime::now",
        "std::time::Instant::now",
        "jiff::Zoned::now",
        "std::env::var",
        "rand::rng",
    ] {
        if !model.contains(&format!("path = \"{method}\"")) {
            complaints.push(format!("crates/model/clippy.toml allows {method}"));
        }
    }
    for name in &app[1] {
        let file = format!("crates/{}/clippy.toml", name.trim_start_matches("fieldbook-"));
        if fs::read_to_string(root().join(&file)).ok().as_ref() != Some(&model) {
            complaints.push(format!("{file} is not the same as crates/model/clippy.toml"));
        }
    }
    none(&complaints, "Clippy forbids these below app:");
}

/// Crates that open sockets. `deny.toml` says below whom they may be in the tree for tests; what is shipped has none.
const SOCKETS: [&str; 9] =
    ["fantoccini", "hyper", "mio", "native-tls", "openssl", "reqwest", "rustls", "socket2", "ureq"];

#[test]
fn what_is_shipped_has_no_failpoints() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let words = ["tree", "--locked", "--offline", "--edges", "normal,features", "--prefix", "none"];
    let packages = ["--package", "fieldbook-cli", "--package", "fieldbook-desktop"];
    let output =
        Command::new(cargo).current_dir(root()).args(words).args(packages).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8_lossy(&output.stdout);
    assert!(tree.contains("fieldbook-vault feature \"default\""), "this is no tree of features");
    let found: Vec<String> = tree.lines().filter(|l| l.contains("failpoints")).map(str::to_owned).collect();
    none(&found, "Only tests make steps fail:");
}

#[test]
fn what_is_shipped_has_no_crate_that_opens_sockets() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let words = ["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let packages = ["--package", "fieldbook-cli", "--package", "fieldbook-desktop"];
    let output =
        Command::new(cargo).current_dir(root()).args(words).args(packages).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8_lossy(&output.stdout);
    let crates: Vec<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(
        crates.contains(&"rusqlite") && crates.contains(&"tauri"),
        "this is not the tree of what is shipped"
    );
    let found: Vec<String> =
        SOCKETS.iter().filter(|name| crates.contains(*name)).map(|name| (*name).to_owned()).collect();
    none(&found, "The product opens no socket:");
}
