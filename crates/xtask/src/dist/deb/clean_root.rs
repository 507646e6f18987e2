//! Tries a package in a Debian that has nothing of ours: installs, starts, upgrades, removes and purges it, and looks at what
//! is left.

use crate::dist::fresh;
use crate::shell::{capture, cargo, program, run};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Debian that the package is for.
const RELEASE: &str = "bookworm";
/// Where the examiner of the trial works.
const HOME: &str = "/home/examiner";
const PASSPHRASE: &str = "invented-firm-clean-root";
/// Runs a call inside: with the machine's devices, a list of processes and the folder of its sockets. All mounts are of this
/// call only, and gone with it.
const ENTER: &str = r#"#!/bin/sh
root=$(dirname "$0")/root
exec unshare --mount sh -ec '
    mount --rbind /dev "$0/dev"
    mount -t proc proc "$0/proc"
    mount --bind /tmp "$0/tmp"
    exec chroot "$0" "$@"' "$root" "$@"
"#;

/// Goes through the life of a package; `next` is the same under a later version.
///
/// # Errors
/// When a step fails, or something of the package is left.
pub fn tried(package: &Path, next: &Path) -> Result<()> {
    let root = CleanRoot::new()?;
    root.run(&["apt-get", "update", "-q"])?;
    root.install(package)?;
    let vault = root.works()?;
    root.window_opens(&vault)?;
    root.install(next)?;
    let version = root.says(&["dpkg-query", "-W", "-f", "${Version}", "fieldbook"])?;
    ensure!(version == super::NEXT, "after the upgrade, {version} is there");
    root.fieldbook(&["vault", "verify"])?;
    ensure!(root.says(&["dpkg", "--verify", "fieldbook"])?.is_empty(), "files differ from the package's");
    let kept = root.sums(&vault)?;
    root.run(&["apt-get", "remove", "-q", "-y", "fieldbook"])?;
    // With nothing to configure, Debian forgets a package when it is removed; purging is told so and fails nothing.
    root.run(&["dpkg", "--purge", "fieldbook"])?;
    ensure!(root.sums(&vault)? == kept, "the vault did not stay as it was");
    let left = root.left()?;
    ensure!(left.is_empty(), "left behind: {left}");
    println!("installed, started, upgraded, removed and purged; nothing is left but the vault");
    Ok(())
}

struct CleanRoot {
    folder: PathBuf,
}

impl CleanRoot {
    fn new() -> Result<Self> {
        let user = capture(program("id", ".")?.arg("-u"))?;
        ensure!(user.trim() == "0", "a clean root is made and entered by root only: call me as root");
        let new = Self { folder: fresh("root")? };
        run(program("mmdebstrap", ".")?.args(["--quiet", "--variant=apt", RELEASE]).arg(&new.folder))?;
        script(&new.enter(), ENTER)?;
        fs::create_dir_all(new.at(HOME))?;
        fs::write(new.at(HOME).join("passphrase"), PASSPHRASE)?;
        Ok(new)
    }

    fn at(&self, inside: &str) -> PathBuf {
        self.folder.join(inside.trim_start_matches('/'))
    }

    /// The script that runs a call inside, beside the root.
    fn enter(&self) -> PathBuf {
        self.folder.with_file_name("in-root")
    }

    fn inside(&self, words: &[&str]) -> Result<Command> {
        let mut command = program(&self.enter().to_string_lossy(), ".")?;
        command.args(words);
        command.env("HOME", HOME).env("LANG", "C.UTF-8").env("DEBIAN_FRONTEND", "noninteractive");
        command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        Ok(command)
    }

    fn run(&self, words: &[&str]) -> Result<()> {
        run(&mut self.inside(words)?)
    }

    fn says(&self, words: &[&str]) -> Result<String> {
        capture(&mut self.inside(words)?)
    }

    fn fieldbook(&self, words: &[&str]) -> Result<String> {
        let on = ["--vault", "vault", "--passphrase-file", "passphrase", "--json"];
        let called = ["env", "--chdir", HOME, "fieldbook"];
        self.says(&[&called[..], words, &on].concat())
    }

    fn install(&self, package: &Path) -> Result<()> {
        fs::copy(package, self.at("package.deb"))?;
        self.run(&["apt-get", "install", "-q", "-y", "--no-install-recommends", "/package.deb"])?;
        Ok(fs::remove_file(self.at("package.deb"))?)
    }

    /// The command line makes a vault with what is inside the program; the desktop knows the icon and the file type.
    fn works(&self) -> Result<String> {
        let version = self.fieldbook(&["version"])?;
        ensure!(version.contains("\"fieldbook\""), "{version}");
        let lists = self.fieldbook(&["checklist", "list"])?;
        ensure!(lists.matches("\"edition\"").count() >= 5, "checklists are missing: {lists}");
        self.fieldbook(&["vault", "init"])?;
        let types = fs::read_to_string(self.at("usr/share/mime/globs2")).context("usr/share/mime/globs2")?;
        ensure!(
            types.contains("application/x-fieldbook-package:*.fieldbook.age"),
            "the file type is not known"
        );
        self.run(&["test", "-s", "/usr/share/icons/hicolor/256x256/apps/fieldbook.png"])?;
        self.first_papers()?;
        Ok(format!("{HOME}/vault"))
    }

    /// From an empty vault to papers of the invented firm, with nothing but what the package brought.
    fn first_papers(&self) -> Result<()> {
        self.fieldbook(&["exam", "sample"])?;
        let known: Value = serde_json::from_str(&self.fieldbook(&["vault", "info"])?)?;
        let exam = known["exams"][0]["id"].as_str().context("no exam was made")?;
        self.fieldbook(&["export", exam, "papers", "papers"])?;
        let written = fs::read_dir(self.at("home/examiner/papers"))?.count();
        ensure!(written > 10, "only {written} papers were written");
        Ok(())
    }

    /// A driver outside opens the program inside, and unlocks the vault in it.
    fn window_opens(&self, vault: &str) -> Result<()> {
        let opener = self.folder.with_file_name("fieldbook-desktop-in-root");
        script(&opener, "#!/bin/sh\nexec \"$(dirname \"$0\")/in-root\" fieldbook-desktop \"$@\"\n")?;
        let mut open = cargo(&["run", "--package", "fieldbook-tests", "--bin", "window-opens", "--"])?;
        run(open.args([vault, HOME, PASSPHRASE]).env("FIELDBOOK_DESKTOP", &opener))?;
        Ok(fs::remove_file(opener)?)
    }

    fn sums(&self, folder: &str) -> Result<String> {
        let sums = self.says(&["find", folder, "-type", "f", "-exec", "sha256sum", "{}", "+"])?;
        let mut lines: Vec<&str> = sums.lines().collect();
        lines.sort_unstable();
        ensure!(!lines.is_empty(), "{folder} is empty");
        Ok(lines.join("\n"))
    }

    /// Files that are named after the program or the package, and caches that still name it. What is below `/tmp` is the
    /// machine's own.
    fn left(&self) -> Result<String> {
        let elsewhere = ["-not", "-path", "/home/*", "-not", "-path", "/tmp/*"];
        let named =
            self.says(&[&["find", "/", "-xdev", "-iname", "*fieldbook*"], &elsewhere[..]].concat())?;
        let caches = ["/usr/share/mime/packages", "/usr/share/mime/globs2", "/usr/share/applications"];
        let mut look = self.inside(&[&["grep", "-rls", "fieldbook"], &caches[..]].concat())?;
        // It finds nothing where all is well, and says so by its status.
        let found = String::from_utf8_lossy(&look.output()?.stdout).into_owned();
        Ok([named, found].concat().trim().replace('\n', ", "))
    }
}

fn script(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| file.display().to_string())?;
    Ok(fs::set_permissions(file, fs::Permissions::from_mode(0o755))?)
}
