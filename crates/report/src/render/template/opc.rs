//! Relations between the parts of an Office Open XML package (ECMA-376 part 2).

use super::error::TemplateError;
use super::package::Package;
use super::xml::Xml;

/// A relation to a part of the same package.
#[derive(Debug, Clone)]
pub struct Relation {
    pub id: String,
    /// Last word of the relation's type (`worksheet`).
    pub kind: String,
    /// Name of the part.
    pub target: String,
}

/// Name of the part with a part's relations.
pub fn relations_name(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').map_or(("", part), |(d, f)| (d, f));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

/// The relations of a part, or of the package as a whole for an empty name. None when there are none.
///
/// # Errors
/// When they are not well-formed.
pub fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, TemplateError> {
    let name = relations_name(part);
    let Some(text) = package.text(&name)? else { return Ok(Vec::new()) };
    let xml = Xml::parse(&text).map_err(|_| TemplateError::damaged(&name))?;
    let folder = part.rsplit_once('/').map_or("", |(d, _)| d);
    let of = |t: usize| Relation {
        id: xml.value(t, "Id"),
        kind: xml.value(t, "Type").rsplit('/').next().unwrap_or_default().to_owned(),
        target: resolve(folder, &xml.value(t, "Target")),
    };
    let own = |t: &usize| !xml.value(*t, "TargetMode").eq_ignore_ascii_case("external");
    Ok(xml.all("Relationship").filter(own).map(of).collect())
}

/// A target as the name of a part.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The package's main part.
///
/// # Errors
/// `Unsupported` without one.
pub fn main_part(package: &mut Package<'_>) -> Result<String, TemplateError> {
    let relations = relations(package, "")?;
    let main = relations.into_iter().find(|r| r.kind == "officeDocument");
    main.map(|r| r.target).filter(|name| package.has(name)).ok_or(TemplateError::Unsupported)
}

/// The name of the part that lists the types of all parts.
pub const TYPES: &str = "[Content_Types].xml";

/// The content type of a part; empty when nothing says it.
///
/// # Errors
/// When the list of types is missing or not well-formed.
pub fn content_type(package: &mut Package<'_>, part: &str) -> Result<String, TemplateError> {
    let text = package.text(TYPES)?.ok_or(TemplateError::Unsupported)?;
    let xml = Xml::parse(&text).map_err(|_| TemplateError::damaged(TYPES))?;
    let name = format!("/{part}");
    let own = xml.all("Override").find(|t| xml.value(*t, "PartName").eq_ignore_ascii_case(&name));
    let ending = part.rsplit_once('.').map_or("", |(_, e)| e);
    let default = || xml.all("Default").find(|t| xml.value(*t, "Extension").eq_ignore_ascii_case(ending));
    Ok(own.or_else(default).map_or_else(String::new, |t| xml.value(t, "ContentType")))
}

/// Whether the package carries macros, whatever it calls itself.
///
/// # Errors
/// When the list of types is missing.
pub fn has_macros(package: &mut Package<'_>) -> Result<bool, TemplateError> {
    let types = package.text(TYPES)?.ok_or(TemplateError::Unsupported)?;
    let named =
        |name: &String| name.to_lowercase().ends_with("vbaproject.bin") || name.contains("macrosheets/");
    Ok(types.contains("macroEnabled") || types.contains("vbaProject") || package.names().iter().any(named))
}
