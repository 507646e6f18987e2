//! `cargo xtask dist deb`: the package for Debian, made by Debian's own tools.
//!
//! It needs no scripts of its own: the caches of applications, file types, icons and manual pages are renewed by the packages
//! that keep them.

mod clean_root;

use super::{SHIPPED, VERSION, dated, filled, fresh, licences, made_at, tell};
use crate::setup::{self, For};
use crate::shell::{capture, cargo, program, root, run};
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// What a package of the next release would be called: `--check` upgrades to it.
const NEXT: &str = concat!(env!("CARGO_PKG_VERSION"), "+1");
/// How a package is packed, as `dpkg-deb` calls it: what is shipped small, what is only tried not at all.
const SMALL: &str = "-Zxz";
const PLAIN: &str = "-Znone";
/// Programs, as cargo and the package call them.
const PROGRAMS: [&str; 2] = ["fieldbook", "fieldbook-desktop"];
/// Files of ours, and where they go.
const FILES: [(&str, &str); 2] = [
    ("assets/packages/debian/fieldbook.desktop", "usr/share/applications/fieldbook.desktop"),
    ("assets/packages/debian/fieldbook.xml", "usr/share/mime/packages/fieldbook.xml"),
];
const ICONS: &str = "assets/icons/icon.ico";
const LARGE_ICON: &str = "assets/icons/icon.png";
const DOCUMENTS: &str = "usr/share/doc/fieldbook";

/// Builds the programs as they are shipped, and packs them.
///
/// # Errors
/// When a tool fails.
pub fn make() -> Result<()> {
    setup::install(For::Deb)?;
    tell(&packed(VERSION, SMALL)?)
}

/// The same, and tries it in a clean root: install, start, upgrade, remove.
///
/// # Errors
/// When a tool fails, or the package does not behave.
pub fn check() -> Result<()> {
    setup::install(For::Deb)?;
    let (package, next) = (packed(VERSION, SMALL)?, packed(NEXT, PLAIN)?);
    tell(&package)?;
    clean_root::tried(&package, &next)
}

/// The programs, optimised, and the folder that they are in.
///
/// # Errors
/// When they do not build.
pub fn programs() -> Result<PathBuf> {
    run(&mut cargo(&[&["build", "--locked", "--release", "--bins"], &SHIPPED[..]].concat())?)?;
    Ok(root()?.join("target/release"))
}

fn packed(version: &str, packing: &str) -> Result<PathBuf> {
    let programs = programs()?;
    let folder = fresh("deb")?;
    let tree = folder.join("tree");
    for name in PROGRAMS {
        let place = format!("usr/bin/{name}");
        put(&tree, &place, &fs::read(programs.join(name))?, 0o755)?;
        run(program("strip", ".")?.arg(tree.join(place)))?;
    }
    for (from, to) in FILES {
        put(&tree, to, &fs::read(root()?.join(from)).context(from)?, 0o644)?;
    }
    for (size, picture) in pictures()? {
        put(&tree, &format!("usr/share/icons/hicolor/{size}x{size}/apps/fieldbook.png"), &picture, 0o644)?;
    }
    documents(&tree)?;
    control(&folder, &tree, version)?;
    let at = made_at()?;
    dated(&tree, &at)?;
    let file = root()?.join(format!("target/dist/fieldbook_{version}_{}.deb", architecture()?));
    let mut pack = program("dpkg-deb", ".")?;
    pack.args(["--root-owner-group", packing, "--build"]).arg(&tree).arg(&file);
    run(pack.env("SOURCE_DATE_EPOCH", at))?;
    fs::remove_dir_all(&folder)?;
    Ok(file)
}

/// Licences, changes and the manual page.
fn documents(tree: &Path) -> Result<()> {
    let mit = fs::read_to_string(root()?.join("LICENSE-MIT")).context("LICENSE-MIT")?;
    let copyright = filled("debian/copyright", &[("mit", &paragraphs(&mit))])?;
    put(tree, &format!("{DOCUMENTS}/copyright"), copyright.as_bytes(), 0o644)?;
    put_packed(tree, &format!("{DOCUMENTS}/licences"), &licences::text()?)?;
    let changes = fs::read_to_string(root()?.join("CHANGELOG.md")).context("CHANGELOG.md")?;
    put_packed(tree, &format!("{DOCUMENTS}/changelog"), &changes)?;
    put_packed(
        tree,
        "usr/share/man/man1/fieldbook.1",
        &filled("debian/fieldbook.1", &[("version", VERSION)])?,
    )
}

/// A text as a field of Debian's files: its lines begin with a space, and empty ones are a point.
fn paragraphs(text: &str) -> String {
    let lines =
        text.trim().lines().map(|line| if line.is_empty() { " .".to_owned() } else { format!(" {line}") });
    lines.collect::<Vec<_>>().join("\n")
}

/// `DEBIAN/control` and the sums that `dpkg --verify` compares with.
fn control(folder: &Path, tree: &Path, version: &str) -> Result<()> {
    let kilobytes = capture(program("du", ".")?.args(["-sk", "--apparent-size"]).arg(tree))?;
    let kilobytes = kilobytes.split_whitespace().next().unwrap_or_default().to_owned();
    let words = [
        ("version", version),
        ("architecture", &architecture()?),
        ("kilobytes", &kilobytes),
        ("depends", &depends(folder, tree)?),
    ];
    let text = filled("debian/control", &words)?;
    let mut list = program("find", ".")?;
    list.current_dir(tree).args(["usr", "-type", "f", "-exec", "md5sum", "{}", "+"]);
    let mut sums: Vec<String> = capture(&mut list)?.lines().map(str::to_owned).collect();
    sums.sort_by(|a, b| a.get(34..).cmp(&b.get(34..)));
    put(tree, "DEBIAN/control", text.as_bytes(), 0o644)?;
    put(tree, "DEBIAN/md5sums", (sums.join("\n") + "\n").as_bytes(), 0o644)
}

/// The packages whose libraries the programs are linked with.
fn depends(folder: &Path, tree: &Path) -> Result<String> {
    // dpkg-shlibdeps wants to stand beside the `debian` folder of a source package.
    put(folder, "debian/control", b"Source: fieldbook\n\nPackage: fieldbook\nArchitecture: any\n", 0o644)?;
    let mut ask = program("dpkg-shlibdeps", ".")?;
    ask.current_dir(folder).arg("-O").args(PROGRAMS.map(|name| tree.join("usr/bin").join(name)));
    let said = capture(&mut ask)?;
    let depends = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    Ok(depends.context("dpkg-shlibdeps names no packages")?.to_owned())
}

fn architecture() -> Result<String> {
    Ok(capture(program("dpkg", ".")?.arg("--print-architecture"))?.trim().to_owned())
}

/// The icon in all its sizes: those inside the icon of Windows, and the large one.
fn pictures() -> Result<Vec<(u32, Vec<u8>)>> {
    let icon = fs::read(root()?.join(ICONS)).context(ICONS)?;
    let mut pictures = of_icon(&icon).context("the icon is damaged")?;
    pictures.push((512, fs::read(root()?.join(LARGE_ICON)).context(LARGE_ICON)?));
    Ok(pictures)
}

/// The PNGs inside an icon of Windows, with the size of each: a head of six bytes, sixteen for each picture, the pictures.
fn of_icon(icon: &[u8]) -> Option<Vec<(u32, Vec<u8>)>> {
    let number = |at: usize| Some(u32::from_le_bytes(icon.get(at..at + 4)?.try_into().ok()?) as usize);
    let count = usize::from(*icon.get(4)?);
    let picture = |n: usize| {
        let at = 6 + 16 * n;
        let size = if *icon.get(at)? == 0 { 256 } else { u32::from(*icon.get(at)?) };
        let (length, begin) = (number(at + 8)?, number(at + 12)?);
        let bytes = icon.get(begin..begin + length)?;
        bytes.starts_with(b"\x89PNG").then(|| (size, bytes.to_vec()))
    };
    (0..count).map(picture).collect()
}

fn put(tree: &Path, place: &str, bytes: &[u8], mode: u32) -> Result<()> {
    let path = tree.join(place);
    fs::create_dir_all(path.parent().unwrap_or(tree))?;
    fs::write(&path, bytes).with_context(|| path.display().to_string())?;
    Ok(fs::set_permissions(&path, fs::Permissions::from_mode(mode))?)
}

/// The same, as Debian wants documents: packed, without a name or a time inside.
fn put_packed(tree: &Path, place: &str, text: &str) -> Result<()> {
    put(tree, place, text.as_bytes(), 0o644)?;
    run(program("gzip", ".")?.arg("-9n").arg(tree.join(place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        fs::read_to_string(root.join("assets/packages/debian").join(file)).expect(file)
    }

    #[test]
    fn the_icon_has_a_picture_for_every_size_that_menus_use() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let icon = fs::read(root.join(ICONS)).expect("the icon");
        let pictures = of_icon(&icon).expect("pictures");
        let sizes: Vec<u32> = pictures.iter().map(|(size, _)| *size).collect();
        for size in [16, 32, 48, 256] {
            assert!(sizes.contains(&size), "{sizes:?} lacks {size}");
        }
        assert!(of_icon(icon.get(..40).expect("a piece")).is_none(), "a piece of an icon is no icon");
    }

    #[test]
    fn the_menu_the_file_type_and_the_program_name_each_other() {
        let (menu, types) = (read("fieldbook.desktop"), read("fieldbook.xml"));
        assert!(
            menu.contains("Exec=fieldbook-desktop %f\n") && menu.contains("Name[zh_TW]=查核簿\n"),
            "{menu}"
        );
        assert!(menu.contains("MimeType=application/x-fieldbook-package;"), "{menu}");
        assert!(types.contains("type=\"application/x-fieldbook-package\""), "{types}");
        assert!(types.contains("pattern=\"*.fieldbook.age\""), "{types}");
        assert!(menu.contains("Icon=fieldbook\n") && types.contains("<icon name=\"fieldbook\"/>"));
    }

    #[test]
    fn a_control_file_is_filled_in_whole() {
        let words =
            [("version", "1.2.3"), ("architecture", "amd64"), ("kilobytes", "9"), ("depends", "libc6")];
        let text = super::super::fill(&read("control"), &words);
        assert!(text.starts_with("Package: fieldbook\nVersion: 1.2.3\nArchitecture: amd64\n"), "{text}");
        assert!(!text.contains('{') && text.ends_with('\n'), "{text}");
        let described = text.lines().skip_while(|line| !line.starts_with("Description:")).skip(1);
        assert!(described.into_iter().all(|line| line.starts_with(' ')), "{text}");
    }

    #[test]
    fn a_licence_becomes_a_field() {
        assert_eq!(paragraphs("One\n\nTwo\n"), " One\n .\n Two");
    }
}
