//! `cargo xtask sbom`: what the shipped programs are made of, as CycloneDX 1.5, into `target/sbom/`.
//!
//! Two lists, which the tools that already know the locks make (`cargo metadata`, `npm sbom`), and what comes along as
//! data: the regulations and the templates. The same locks give the same bytes: there is no time in it, and its serial
//! number is drawn from its content.

use crate::shell::{capture, cargo, npm, root};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Packages of which everything shipped is made.
const SHIPPED: [&str; 2] = ["fieldbook-cli", "fieldbook-desktop"];
/// Systems that it is shipped for, as `deny.toml` has them.
const SYSTEMS: [&str; 3] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-gnu", "x86_64-pc-windows-msvc"];
/// Crates of the build whose C sources are linked into the program.
const LINKED: [&str; 2] = ["openssl-src", "sqlcipher-src"];
/// Compiled into the pages, though npm holds it to be a tool.
const COMPILED_IN: [&str; 1] = ["svelte"];

/// What each part needs, by reference.
type Tree = BTreeMap<String, BTreeSet<String>>;

/// Writes the list, after a look at whether it is whole.
///
/// # Errors
/// When a lock is not up to date, or a component lacks its name, version or licence.
pub fn write() -> Result<()> {
    let (components, tree) = parts()?;
    let bom = bom(&components, &tree);
    check(&bom)?;
    let text = serde_json::to_string_pretty(&bom)? + "\n";
    if let Some(place) = root()?.to_str().filter(|place| text.contains(*place)) {
        bail!("the list names a folder of this machine: {place}");
    }
    let folder = root()?.join("target/sbom");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("fieldbook.cdx.json"), text).context("target/sbom")?;
    println!("target/sbom/fieldbook.cdx.json: {} components", components.len());
    Ok(())
}

/// The parts that are in the programs.
///
/// # Errors
/// When a lock is not up to date.
pub fn shipped() -> Result<Vec<Value>> {
    Ok(parts()?.0.into_iter().filter(|part| part["scope"] == "required").collect())
}

fn parts() -> Result<(Vec<Value>, Tree)> {
    let (mut components, tree) = crates()?;
    components.extend(packages_of_pages()?);
    components.extend(data()?);
    components.sort_by_key(|c| c["bom-ref"].as_str().unwrap_or_default().to_owned());
    Ok((components, tree))
}

fn bom(components: &[Value], tree: &Tree) -> Value {
    let dependencies = tree.iter().map(|(of, on)| json!({ "ref": of, "dependsOn": on })).collect::<Vec<_>>();
    let (a, b) = (fingerprint(&json!(components)), fingerprint(&json!(dependencies)));
    // A UUID of version 8 (RFC 9562, 5.8): bits of its maker's choice.
    let serial = format!(
        "{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}",
        a >> 32,
        a >> 16 & 0xFFFF,
        a & 0xFFF,
        0x8000 | (b >> 48 & 0x3FFF),
        b & 0xFFFF_FFFF_FFFF
    );
    let own = |name: &&str| reference("cargo", name, env!("CARGO_PKG_VERSION"));
    let mut dependencies = dependencies;
    let root = format!("fieldbook@{}", env!("CARGO_PKG_VERSION"));
    dependencies.push(json!({ "ref": root, "dependsOn": SHIPPED.iter().map(own).collect::<Vec<_>>() }));
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": format!("urn:uuid:{serial}"),
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "fieldbook",
                "version": env!("CARGO_PKG_VERSION"),
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            },
        },
        "components": components,
        "dependencies": dependencies,
    })
}

/// FNV-1a, which no compiler changes.
fn fingerprint(of: &Value) -> u64 {
    let step = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    of.to_string().as_bytes().iter().fold(0xCBF2_9CE4_8422_2325, step)
}

fn reference(kind: &str, name: &str, version: &str) -> String {
    format!("pkg:{kind}/{}@{}", name.replace('@', "%40"), version.replace('+', "%2B"))
}

/// The crates below what is shipped, and which needs which. What only takes part in the build is marked as excluded.
fn crates() -> Result<(Vec<Value>, Tree)> {
    let mut call = cargo(&["metadata", "--locked", "--format-version", "1"])?;
    for system in SYSTEMS {
        call.args(["--filter-platform", system]);
    }
    let said: Value = serde_json::from_str(&capture(&mut call)?)?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages: BTreeMap<String, Value> =
        list(&said["packages"]).into_iter().map(|p| (text(&p["id"]), p)).collect();
    let nodes: BTreeMap<String, Value> =
        list(&said["resolve"]["nodes"]).into_iter().map(|n| (text(&n["id"]), n)).collect();
    let name =
        |id: &str| packages.get(id).map(|p| reference("cargo", &text(&p["name"]), &text(&p["version"])));
    let begin = packages.iter().filter(|(_, p)| SHIPPED.contains(&text(&p["name"]).as_str()));
    let begin: Vec<String> = begin.map(|(id, _)| id.clone()).collect();
    let runs = reach(&nodes, &packages, &begin, &["null"]);
    let takes_part = reach(&nodes, &packages, &begin, &["null", "build", "macro"]);
    let mut tree = BTreeMap::new();
    for id in &takes_part {
        let on = below(nodes.get(id), &packages, &["null", "build", "macro"]);
        tree.insert(name(id).unwrap_or_default(), on.iter().filter_map(|id| name(id)).collect());
    }
    let sums = sums()?;
    let component = |id: &String| packages.get(id).map(|p| of_crate(p, runs.contains(id), &sums));
    Ok((takes_part.iter().filter_map(component).collect(), tree))
}

/// Ids that are reached over edges of these kinds.
fn reach(
    nodes: &BTreeMap<String, Value>,
    packages: &BTreeMap<String, Value>,
    begin: &[String],
    kinds: &[&str],
) -> BTreeSet<String> {
    let (mut reached, mut waiting) = (BTreeSet::new(), begin.to_vec());
    while let Some(id) = waiting.pop() {
        if reached.insert(id.clone()) {
            waiting.extend(below(nodes.get(&id), packages, kinds));
        }
    }
    reached
}

/// What a crate needs by edges of these kinds: `null` is cargo's word for an ordinary one, `macro` ours for one to a crate
/// that runs in the compiler.
fn below(node: Option<&Value>, packages: &BTreeMap<String, Value>, kinds: &[&str]) -> Vec<String> {
    let all = node.and_then(|n| n["deps"].as_array()).cloned().unwrap_or_default();
    let wanted = |dep: &Value| {
        let target = |t: &Value| t["kind"].as_array().is_some_and(|k| k.contains(&json!("proc-macro")));
        let package = packages.get(&text(&dep["pkg"]));
        let is_macro = package.and_then(|p| p["targets"].as_array()).is_some_and(|t| t.iter().any(target));
        let of_kind = |k: &Value| match &k["kind"] {
            Value::Null if is_macro => kinds.contains(&"macro"),
            Value::Null => true,
            kind => kind.as_str().is_some_and(|kind| kinds.contains(&kind)),
        };
        dep["dep_kinds"].as_array().is_some_and(|k| k.iter().any(of_kind))
    };
    all.iter().filter(|dep| wanted(dep)).map(|dep| text(&dep["pkg"])).collect()
}

fn of_crate(package: &Value, runs: bool, sums: &BTreeMap<String, String>) -> Value {
    let (name, version) = (text(&package["name"]), text(&package["version"]));
    // Crates of before 2018 write `MIT/Apache-2.0` for `OR`, which is no expression of SPDX.
    let licence = text(&package["license"]).replace('/', " OR ");
    let licence = licence.split_whitespace().collect::<Vec<_>>().join(" ");
    let reference = reference("cargo", &name, &version);
    let mut component = json!({
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": version,
        "scope": if runs || LINKED.contains(&name.as_str()) { "required" } else { "excluded" },
        "licenses": [{ "expression": licence }],
        "purl": reference,
    });
    if let Some(sum) = sums.get(&format!("{name} {version}")) {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
    }
    component
}

/// Checksums of the lock, by name and version.
fn sums() -> Result<BTreeMap<String, String>> {
    let lock: toml::Table = fs::read_to_string(root()?.join("Cargo.lock"))?.parse()?;
    let packages = lock.get("package").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let one = |p: &toml::Value| {
        let text = |key: &str| p.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        Some((format!("{} {}", text("name")?, text("version")?), text("checksum")?))
    };
    Ok(packages.iter().filter_map(one).collect())
}

/// The packages that the pages bring into the program, as npm knows them from the lock.
fn packages_of_pages() -> Result<Vec<Value>> {
    let bom = |more: &[&str]| -> Result<Vec<Value>> {
        let words = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
        let said: Value = serde_json::from_str(&capture(&mut npm(&[&words, more].concat())?)?)?;
        Ok(said["components"].as_array().cloned().unwrap_or_default())
    };
    let mut shipped = bom(&["--omit", "dev"])?;
    let there: BTreeSet<String> = shipped.iter().map(|c| text(&c["name"])).collect();
    let compiled_in = |c: &Value| COMPILED_IN.contains(&text(&c["name"]).as_str());
    let more = bom(&[])?.into_iter().filter(compiled_in);
    shipped.extend(more.filter(|c| !there.contains(&text(&c["name"]))));
    Ok(shipped.iter().map(of_page).collect())
}

fn of_page(component: &Value) -> Value {
    let keep = ["type", "name", "version", "licenses", "purl", "hashes"];
    let mut kept: serde_json::Map<String, Value> =
        keep.iter().filter_map(|key| Some(((*key).to_owned(), component.get(*key)?.clone()))).collect();
    kept.insert("bom-ref".to_owned(), component["purl"].clone());
    kept.insert("scope".to_owned(), json!("required"));
    Value::Object(kept)
}

/// The regulations, each with the fingerprint of its source text, and the templates.
fn data() -> Result<Vec<Value>> {
    let mut found = Vec::new();
    let folder = root()?.join("checklists");
    for entry in fs::read_dir(&folder)? {
        let file = entry?.path().join("document.toml");
        let Ok(document) = fs::read_to_string(&file) else { continue };
        let document: toml::Table = document.parse().with_context(|| file.display().to_string())?;
        let text = |key: &str| document.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        found.push(json!({
            "type": "data",
            "bom-ref": format!("regulation:{}", text("code")),
            "name": text("title"),
            "version": text("version"),
            "scope": "required",
            "supplier": { "name": text("issuer") },
            // Copyright Act of the Republic of China, article 9: regulations are no subject of copyright.
            "licenses": [{ "license": { "name": "著作權法第九條：法令及公文不得為著作權之標的" } }],
            "hashes": [{ "alg": "SHA-256", "content": text("source_sha256") }],
        }));
    }
    found.push(json!({
        "type": "data",
        "bom-ref": "templates",
        "name": "fieldbook-templates",
        "version": env!("CARGO_PKG_VERSION"),
        "scope": "required",
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
    }));
    Ok(found)
}

/// What a reader of the list relies on.
fn check(bom: &Value) -> Result<()> {
    let components = bom["components"].as_array().context("no components")?;
    let mut seen = BTreeSet::new();
    for component in components {
        let name = text(&component["name"]);
        let licence = &component["licenses"][0];
        let licensed = !text(&licence["expression"]).is_empty()
            || ["id", "name"].iter().any(|key| !text(&licence["license"][*key]).is_empty());
        if name.is_empty() || text(&component["version"]).is_empty() || !licensed {
            bail!("a component lacks its name, version or licence: {component}");
        }
        if !seen.insert(text(&component["bom-ref"])) {
            bail!("{name} is listed twice");
        }
    }
    seen.insert(text(&bom["metadata"]["component"]["bom-ref"]));
    for edge in bom["dependencies"].as_array().into_iter().flatten() {
        let ends = edge["dependsOn"].as_array().into_iter().flatten().chain([&edge["ref"]]);
        if let Some(unknown) = ends.map(text).find(|end| !seen.contains(end)) {
            bail!("an edge leads to {unknown}, which is not listed");
        }
    }
    Ok(())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(name: &str, version: &str) -> Value {
        of_crate(
            &json!({ "name": name, "version": version, "license": "MIT/Apache-2.0" }),
            true,
            &BTreeMap::new(),
        )
    }

    fn whole(components: &[Value]) -> Value {
        let own = SHIPPED.map(|name| component(name, env!("CARGO_PKG_VERSION")));
        bom(&[components, &own].concat(), &BTreeMap::new())
    }

    #[test]
    fn a_list_that_lacks_a_licence_or_names_something_twice_is_refused() {
        let good = component("serde", "1.0.0");
        assert_eq!(good["licenses"][0]["expression"], "MIT OR Apache-2.0");
        check(&whole(std::slice::from_ref(&good))).expect("whole");
        assert!(check(&whole(&[good.clone(), good.clone()])).is_err(), "twice");
        let mut bare = good.clone();
        bare["licenses"] = json!([{ "expression": "" }]);
        assert!(check(&whole(&[bare])).is_err(), "without a licence");
        let lost = bom(&[good], &BTreeMap::from([("x".to_owned(), BTreeSet::new())]));
        assert!(check(&lost).is_err(), "an edge to nothing");
    }

    #[test]
    fn the_same_parts_have_the_same_serial_and_others_another() {
        let one = whole(&[component("serde", "1.0.0")]);
        assert_eq!(one, whole(&[component("serde", "1.0.0")]));
        let other = whole(&[component("serde", "1.0.1")]);
        assert_ne!(one["serialNumber"], other["serialNumber"]);
        let serial = one["serialNumber"].as_str().unwrap_or_default();
        assert_eq!((serial.len(), serial.chars().nth(23)), (45, Some('8')), "{serial}");
    }
}
