//! What of the programs for Windows runs under Wine, is run there: the installer and its uninstaller, and the command line's whole
//! demo, whose papers must be those of Linux byte for byte. The window does not run there: Wine has no WebView2.

use crate::demo::clock::Clock;
use crate::demo::plan::Plan;
use crate::demo::program::Fieldbook;
use crate::demo::{PASSPHRASE, PLAN, begin, examine};
use crate::dist::{deb, fresh};
use crate::shell::{program, root, run};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const WINE: &str = "/usr/lib/wine/wine64";
const SERVER: &str = "/usr/lib/wine/wineserver";
const LIBRARY: &str = "crates/xtask/process_prng.c";
/// Calls of the demo that a vault has behind it when it holds a new exam.
const BEGUN: u32 = 2;

/// Runs what runs there.
///
/// # Errors
/// When a call fails, or does not do there what it does here.
pub fn tried(built: &Path, installer: &Path) -> Result<()> {
    let folder = fresh("wine")?;
    let env = environment(&folder);
    run(wine(&env)?.args(["wineboot", "-i"]))?;
    installed_and_removed(&folder, &env, installer)?;
    let program = folder.join("fieldbook.exe");
    fs::copy(built.join("fieldbook.exe"), &program)?;
    stand_in(&folder)?;
    // A server that goes with its last client can be asked by the next one just then, which waits for it for ever.
    run(server(&env)?.arg("-p"))?;
    let same = same_papers(&folder, &env, &program);
    run(server(&env)?.arg("-k"))?;
    same
}

/// An own prefix, nothing fetched, nothing put into this desktop's menus.
fn environment(folder: &Path) -> Vec<(String, String)> {
    let set = [
        ("WINEPREFIX", folder.join("prefix").display().to_string()),
        ("WINEDEBUG", "-all".to_owned()),
        ("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=".to_owned()),
    ];
    set.map(|(key, value)| (key.to_owned(), value)).to_vec()
}

fn wine(env: &[(String, String)]) -> Result<Command> {
    let mut command = program(WINE, ".")?;
    command.envs(env.iter().cloned());
    Ok(command)
}

fn server(env: &[(String, String)]) -> Result<Command> {
    let mut command = program(SERVER, ".")?;
    command.envs(env.iter().cloned());
    Ok(command)
}

/// The library that Wine lacks, beside the program.
fn stand_in(folder: &Path) -> Result<()> {
    let mut compile = program("x86_64-w64-mingw32-gcc", ".")?;
    compile.args(["-shared", "-O2", "-o"]).arg(folder.join("bcryptprimitives.dll"));
    run(compile.args([LIBRARY, "-ladvapi32"]))
}

/// Installs and removes without a question; the vault stays, everything else goes.
fn installed_and_removed(folder: &Path, env: &[(String, String)], installer: &Path) -> Result<()> {
    run(wine(env)?.arg(installer).arg("/S"))?;
    let local = local_data(&folder.join("prefix"))?;
    let installed = local.join("Programs/Fieldbook");
    let vault = local.join("fieldbook/vault/vault.db");
    fs::create_dir_all(vault.parent().unwrap_or(&local))?;
    fs::write(&vault, "kept")?;
    for name in super::BUILT.iter().chain(&super::TEXTS) {
        ensure!(installed.join(name).is_file(), "{name} was not installed");
    }
    ensure!(registry(folder, env)?.contains("Fieldbook.Package"), "the file type was not registered");
    run(wine(env)?.arg(installed.join("uninstall.exe")).arg("/S"))?;
    // An uninstaller goes on as a copy of itself.
    run(server(env)?.arg("-w"))?;
    ensure!(!installed.exists(), "{} was left", installed.display());
    let registry = registry(folder, env)?;
    ensure!(!registry.contains("Fieldbook"), "the registry still names Fieldbook");
    ensure!(fs::read_to_string(&vault)? == "kept", "the vault did not stay");
    println!("Wine: installed and removed; the vault stayed");
    Ok(())
}

/// What a person's part of the registry says below its classes and its programs.
fn registry(folder: &Path, env: &[(String, String)]) -> Result<String> {
    let file = folder.join("registry.txt");
    let mut all = Vec::new();
    for key in [r"HKCU\Software\Classes", r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall"] {
        let exported = wine(env)?.args(["reg", "export", key]).arg(&file).arg("/y").output()?;
        // A key that nobody has made is not there to be exported.
        if exported.status.success() {
            all.extend(fs::read(&file)?.into_iter().filter(|byte| *byte != 0));
        }
    }
    Ok(String::from_utf8_lossy(&all).into_owned())
}

/// `%LOCALAPPDATA%` of whoever runs Wine.
fn local_data(prefix: &Path) -> Result<PathBuf> {
    let users = fs::read_dir(prefix.join("drive_c/users")).context("Wine made no users")?;
    let local = |entry: fs::DirEntry| entry.path().join("AppData/Local");
    let found = users.flatten().map(local).find(|path| path.join("Programs/Fieldbook").is_dir());
    found.context("nothing was installed")
}

/// The demo here and there, with the same clock. Ids and keys are drawn by lot, and stand in the papers: so the exam is begun on both,
/// and its vault as Linux began it goes on both.
fn same_papers(folder: &Path, env: &[(String, String)], exe: &Path) -> Result<()> {
    let plan = Plan::read(&root()?.join(PLAN))?;
    fs::write(folder.join("passphrase.txt"), PASSPHRASE)?;
    let here = vec![deb::programs()?.join("fieldbook").display().to_string()];
    let there = vec![WINE.to_owned(), exe.display().to_string()];
    let of = |place: &str, calls: u32| Fieldbook {
        called: if place == "linux" { here.clone() } else { there.clone() },
        env: if place == "linux" { Vec::new() } else { env.to_vec() },
        clock: Some(Clock::after(calls)),
        vault: folder.join(place).join("vault"),
        passphrase: folder.join("passphrase.txt"),
    };
    for place in ["linux", "wine", "begun"] {
        fs::create_dir(folder.join(place))?;
    }
    let exam = begin(&of("linux", 0), &plan)?;
    let begun = begin(&of("begun", 0), &plan)?;
    ensure!(begun["items"] == exam["items"], "an exam begun under Wine has other items: {begun}");
    let vaults = ["linux", "wine"].map(|place| of(place, 0).vault);
    run(program("cp", ".")?.arg("-a").args(vaults))?;
    let mut made = Vec::new();
    for place in ["linux", "wine"] {
        let start = Instant::now();
        let fieldbook = of(place, BEGUN);
        examine(&fieldbook, &plan, exam.clone(), &folder.join(place), start)?;
        println!("{place}: {:.0} s", start.elapsed().as_secs_f64());
        ensure!(fieldbook.json(&["vault", "verify"])?["ok"] == true, "{place}: the vault is not whole");
        made.push(papers(&folder.join(place))?);
    }
    let differ = differing(&made[0], &made[1]);
    ensure!(differ.is_empty(), "papers differ: {}", differ.join(", "));
    println!("Wine: {} papers and the report, byte for byte those of Linux", made[0].len() - 1);
    Ok(())
}

/// Papers and report by name.
fn papers(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut all = BTreeMap::from([("report.pdf".to_owned(), fs::read(folder.join("report.pdf"))?)]);
    for entry in fs::read_dir(folder.join("papers"))? {
        let entry = entry?;
        all.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    Ok(all)
}

/// Names of the files that only one has, or that are not the same in both.
fn differing<'a>(one: &'a BTreeMap<String, Vec<u8>>, other: &'a BTreeMap<String, Vec<u8>>) -> Vec<&'a str> {
    let not_same = |(name, bytes): &(&String, &Vec<u8>)| one.get(*name) != Some(bytes);
    let more = one.keys().filter(|name| !other.contains_key(*name));
    other.iter().filter(not_same).map(|(name, _)| name.as_str()).chain(more.map(String::as_str)).collect()
}

#[cfg(test)]
mod tests {
    use super::differing;
    use std::collections::BTreeMap;

    #[test]
    fn a_paper_that_is_missing_or_differs_is_named() {
        let files = |list: &[(&str, &str)]| -> BTreeMap<String, Vec<u8>> {
            list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let one = files(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert!(differing(&one, &one.clone()).is_empty());
        assert_eq!(differing(&one, &files(&[("a", "1"), ("b", "x"), ("d", "4")])), ["b", "d", "c"]);
    }
}
