//! Installs what is missing on a machine that has Rust, Node and, on Debian, apt. A second call finds nothing to do.

use crate::shell::{capture, cargo, has, npm, program, root, run, tools};
use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// What the set-up is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Building and running the program.
    Build,
    /// The checks and tests as well.
    Test,
    /// The package for Debian, and trying it.
    Deb,
    /// The packages for Windows, and what of them runs under Wine.
    Windows,
}

impl For {
    /// Debian packages that this purpose cannot do without.
    fn needs(self) -> Vec<&'static str> {
        match self {
            Self::Build => TO_BUILD.to_vec(),
            Self::Test => [TO_BUILD, TO_TEST].concat(),
            Self::Deb => [TO_BUILD, TO_TEST, TO_PACK_DEB].concat(),
            Self::Windows => [TO_BUILD, TO_PACK_WINDOWS].concat(),
        }
    }
}

/// Debian packages that a build needs.
const TO_BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "perl",
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libayatana-appindicator3-dev",
    "libxdo-dev",
    "fonts-noto-cjk",
];

/// Debian packages that only the tests need: a screen, a driver for the window, second readers for what we write.
const TO_TEST: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "dbus",
    "poppler-utils",
    "webp",
    "qpdf",
    "age",
    "openssl",
    "sqlcipher",
    "libreoffice-calc-nogui",
    "python3-venv",
    "strace",
];

/// Debian packages that the package for Debian is made and tried with.
const TO_PACK_DEB: &[&str] = &["dpkg-dev", "mmdebstrap", "arch-test"];

/// Debian packages that those for Windows are made and tried with: a second Rust with the sources of its standard library,
/// a linker for Windows, the maker of installers, and what stands in for Windows and for its clock.
const TO_PACK_WINDOWS: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "gcc-mingw-w64-x86-64-win32",
    "g++-mingw-w64-x86-64-win32",
    "binutils-mingw-w64-x86-64",
    "nsis",
    "zip",
    "wine64",
    "faketime",
];

/// Cargo tools that the checks use, with the version that was tried.
const CARGO_TOOLS: &[(&str, &str)] = &[("cargo-nextest", "0.9.143"), ("cargo-deny", "0.20.2")];

/// The oldest Node that the pages' tool chain takes.
const NODE: (u32, u32) = (20, 19);

/// Installs what is missing.
///
/// # Errors
/// When something that is needed is missing and cannot be installed; the message names it.
pub fn install(purpose: For) -> Result<()> {
    check_node()?;
    debian_packages(purpose)?;
    npm_packages()?;
    pages()?;
    if purpose == For::Test {
        cargo_tools()?;
        trestle()?;
        duckdb()?;
    }
    Ok(())
}

/// DuckDB with its Python, in a folder of its own: a reader of our tables for machines.
///
/// # Errors
/// When it is missing and cannot be installed.
fn duckdb() -> Result<()> {
    const MODULE: &str = "duckdb==2.0.0";
    python_packages("duckdb", &["--no-deps", MODULE], MODULE).map(|_| ())
}

/// Trestle, in a folder of its own: a client of OSCAL.
///
/// # Errors
/// When it is missing and cannot be installed.
pub fn trestle() -> Result<PathBuf> {
    const LIST: &str = "crates/xtask/trestle.txt";
    let pinned = fs::read_to_string(root()?.join(LIST)).context(LIST)?;
    let folder = python_packages("trestle", &["--no-deps", "-r", LIST], &pinned)?;
    Ok(folder.join("bin/trestle"))
}

/// Python packages in a virtual environment of this name, which it gives; `words` follow `pip install`. What was
/// installed from the same `list` before is there already.
fn python_packages(name: &str, words: &[&str], list: &str) -> Result<PathBuf> {
    let folder = tools()?.join(name);
    let stamp = folder.join(".installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == list) {
        return Ok(folder);
    }
    if !folder.join("bin/pip").exists() {
        run(program("python3", ".")?.args(["-m", "venv"]).arg(&folder))?;
    }
    let python = folder.join("bin/python3");
    let quiet = ["-m", "pip", "install", "-q", "--disable-pip-version-check"];
    run(program(&python.to_string_lossy(), ".")?.args(quiet).args(words))?;
    fs::write(&stamp, list).with_context(|| stamp.display().to_string())?;
    Ok(folder)
}

/// What the measurements of intake are compared with: SQLite's own program, and fastexcel.
const RIVALS_OF_INTAKE: (&[&str], &[&str]) = (&["sqlite3"], &["fastexcel==0.21.0"]);

/// What the measurements of outputs are compared with.
const RIVALS_OF_OUTPUTS: (&[&str], &[&str]) = (&[], &["xlsxwriter==3.3.1", "typst==0.15.2"]);

/// The Python that has what a measurement is compared with, in a folder of its own, together with the programs that it
/// is compared with.
///
/// # Errors
/// When one of them is missing and cannot be installed.
pub fn rivals(bench: &str) -> Result<PathBuf> {
    let (programs, modules) = if bench == "outputs" { RIVALS_OF_OUTPUTS } else { RIVALS_OF_INTAKE };
    if !programs.iter().all(|name| has(name)) || !has("python3") {
        let Some(sudo) = way_to_root()? else {
            bail!("install {} and python3-venv, then call me again", programs.join(", "))
        };
        let mut command = program(sudo.first().copied().unwrap_or("env"), ".")?;
        command.args(sudo.get(1..).unwrap_or_default()).args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command.args(["install", "-q", "-y", "--no-install-recommends", "python3-venv"]).args(programs);
        run(&mut command)?;
    }
    let folder = python_packages(&format!("python-{bench}"), modules, &modules.join("\n"))?;
    Ok(folder.join("bin/python3"))
}

fn check_node() -> Result<()> {
    if !has("node") || !has("npm") {
        bail!("Node is missing: install Node {}.{} or later with npm", NODE.0, NODE.1);
    }
    let version = capture(program("node", ".")?.arg("--version"))?;
    let mut parts = version.trim().trim_start_matches('v').split('.').filter_map(|n| n.parse::<u32>().ok());
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < NODE {
        bail!("Node {}.{} is too old: install Node {}.{} or later", found.0, found.1, NODE.0, NODE.1);
    }
    Ok(())
}

/// Missing packages are installed when we may; when only the tests would miss them, a build goes on without.
fn debian_packages(purpose: For) -> Result<()> {
    // Who builds is asked once, also for what the tests need.
    let wanted = if purpose == For::Build { For::Test.needs() } else { purpose.needs() };
    if !has("dpkg-query") {
        eprintln!("no Debian here: what is needed besides Rust and Node, by its Debian names:");
        eprintln!("  {}", wanted.join(" "));
        return Ok(());
    }
    let missing = not_installed(&wanted)?;
    if missing.is_empty() {
        return Ok(());
    }
    let Some(sudo) = way_to_root()? else {
        let needed = missing.iter().any(|name| purpose.needs().contains(name));
        eprintln!(
            "Debian packages are missing, and installing them needs root. 缺少下列套件，請以系統管理者權限安裝："
        );
        eprintln!("  sudo apt-get install -y --no-install-recommends {}", missing.join(" "));
        if needed {
            bail!("install these packages, then call me again");
        }
        return Ok(());
    };
    let apt = |words: &[&str]| -> Result<()> {
        let mut command = program(sudo.first().copied().unwrap_or("env"), ".")?;
        command.args(sudo.get(1..).unwrap_or_default()).args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        run(command.args(words))
    };
    apt(&["update", "-q"])?;
    apt(&[&["install", "-q", "-y", "--no-install-recommends"], missing.as_slice()].concat())
}

fn not_installed<'a>(names: &[&'a str]) -> Result<Vec<&'a str>> {
    // It fails when it knows one of them not at all, and still prints the others.
    let mut query = program("dpkg-query", ".")?;
    let output = query.args(["-W", "-f", "${Package} ${db:Status-Status}\n"]).args(names).output()?;
    let listed = String::from_utf8_lossy(&output.stdout);
    let installed: Vec<&str> = listed.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    Ok(names.iter().copied().filter(|name| !installed.contains(name)).collect())
}

/// The words before a command that has to run as root; `None` when there is no way without a password.
fn way_to_root() -> Result<Option<Vec<&'static str>>> {
    if capture(program("id", ".")?.arg("-u"))?.trim() == "0" {
        return Ok(Some(vec!["env"]));
    }
    let sudo = has("sudo") && program("sudo", ".")?.args(["-n", "true"]).output()?.status.success();
    Ok(sudo.then(|| vec!["sudo", "-n", "env"]))
}

/// `npm ci`, unless what is installed came from this very lock file.
fn npm_packages() -> Result<()> {
    let ui = root()?.join("ui");
    let stamp = ui.join("node_modules/.installed-from");
    let lock = fs::read(ui.join("package-lock.json")).context("ui/package-lock.json")?;
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(&mut npm(&["ci", "--no-audit", "--no-fund"])?)?;
    fs::write(&stamp, lock).context("ui/node_modules")
}

/// The built pages, which the window's program has inside it: built again when any source differs.
fn pages() -> Result<()> {
    let root = root()?;
    let stamp = root.join("target/pages.stamp");
    let now = fingerprint(&root.join("ui"))?;
    let built = fs::read_to_string(&stamp).unwrap_or_default();
    if built == now && root.join("ui/dist/index.html").is_file() {
        return Ok(());
    }
    run(&mut npm(&["run", "build"])?)?;
    fs::create_dir_all(root.join("target"))?;
    fs::write(&stamp, now).context("target/pages.stamp")
}

/// A hash over names and contents of the pages' sources. Times would not do: git sets them anew.
fn fingerprint(ui: &Path) -> Result<String> {
    const NOT_SOURCES: [&str; 7] =
        ["node_modules", "dist", "dist-fake", "paraglide", "cache", "coverage", "README.md"];
    let mut files = Vec::new();
    let mut folders = vec![ui.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let skipped = NOT_SOURCES.contains(&name.as_str()) || name.starts_with('.');
            match entry.file_type()?.is_dir() {
                _ if skipped => {}
                true => folders.push(entry.path()),
                false => files.push(entry.path()),
            }
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(ui)?.hash(&mut hasher);
        fs::read(&file).with_context(|| file.display().to_string())?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Cargo tools go below `target/`, unoptimised: they run for seconds, and are built once a clone.
fn cargo_tools() -> Result<()> {
    let missing: Vec<_> = CARGO_TOOLS.iter().filter(|(name, _)| !has(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let into = tools()?;
    let built: PathBuf = into.join("build");
    let (into_text, built_text) = (into.to_string_lossy(), built.to_string_lossy());
    for (name, version) in missing {
        let words = ["install", name, "--version", version, "--locked", "--debug"];
        let mut install = cargo(&words)?;
        install.args(["--root", &into_text, "--target-dir", &built_text]);
        run(install.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0"))?;
    }
    fs::remove_dir_all(&built).context("target/tools/build")
}
