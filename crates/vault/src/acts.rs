//! Every act that a journal records, and what an entry's state before it is: that of the entry before it about the same
//! thing. An entry holds what came of the act; what it replaced is found, not stored twice.

/// One kind of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// The journal's code: `family.act`.
    pub code: &'static str,
    /// Entries of one thing about one subject are states of it, one after another; empty where an entry replaces nothing.
    pub(crate) thing: &'static str,
    /// Keys of the detail that tell one thing from another beside the subject.
    pub(crate) keys: &'static [&'static str],
}

const fn state(code: &'static str, thing: &'static str, keys: &'static [&'static str]) -> Act {
    Act { code, thing, keys }
}

/// An act that adds something and replaces nothing.
const fn new(code: &'static str) -> Act {
    Act { code, thing: "", keys: &[] }
}

const DUTY: &[&str] = &["unit", "system"];
const ROW: &[&str] = &["rule", "file_sha256", "sheet", "row"];

/// Every act, by family.
pub const ACTS: &[Act] = &[
    new("exam.create"),
    new("exam.put_back"),
    new("exam.receive"),
    state("exam.merge", "head", &[]),
    state("exam.head", "head", &[]),
    state("fact.set", "fact", &[]),
    state("fact.merge", "fact", &[]),
    state("systems.set", "systems", &[]),
    state("systems.merge", "systems", &[]),
    new("edition.pin"),
    state("applicability.override", "applicability", &[]),
    state("applicability.restore", "applicability", &[]),
    state("applicability.merge", "applicability", &[]),
    state("answer.set", "answer", DUTY),
    state("answer.bulk", "answer", DUTY),
    state("answer.undo", "answer", DUTY),
    state("answer.redo", "answer", DUTY),
    state("answer.copy", "answer", DUTY),
    state("answer.carry", "answer", DUTY),
    state("answer.merge", "answer", DUTY),
    new("import.store"),
    new("import.undo"),
    new("import.unite"),
    state("dataset.correct", "correction", &["column", "row"]),
    state("dataset.uncorrect", "correction", &["column", "row"]),
    state("dataset.merge", "correction", &["column", "row"]),
    new("run.store"),
    new("sample.draw"),
    state("exception.dispose", "disposition", ROW),
    state("exception.undispose", "disposition", ROW),
    state("exception.merge", "disposition", ROW),
    state("finding.add", "finding", &[]),
    state("finding.change", "finding", &[]),
    state("finding.merge", "finding", &[]),
    new("finding.step"),
    new("finding.withdraw"),
    new("finding.reply"),
    state("finding.follow_up", "follow_up", &["follow_up"]),
    state("evidence.add", "evidence", &[]),
    state("evidence.change", "evidence", &[]),
    state("evidence.merge", "evidence", &[]),
    new("evidence.transfer"),
    new("review.note"),
    new("review.reply"),
    new("review.clear"),
    new("paper.sign"),
    new("paper.reopen"),
    state("procedure.write", "procedure", &[]),
    state("procedure.merge", "procedure", &[]),
    state("equipment.count", "count", &[]),
    state("equipment.merge", "count", &[]),
    state("team.member", "member", &["name"]),
    state("team.merge", "member", &["name"]),
    new("merge.apply"),
    new("merge.record"),
    new("merge.undo"),
    new("package.create"),
    state("assignment.set", "assignment", &[]),
    state("assignment.merge", "assignment", &[]),
    new("vault.exam_made"),
    new("vault.exam_sealed"),
    new("vault.exam_unsealed"),
    new("vault.exam_archived"),
    new("vault.exam_destroy"),
    new("vault.exam_destroyed"),
    new("vault.package_loaded"),
    new("vault.package_removed"),
    state("vault.signer_trusted", "signer", &[]),
    state("vault.signer_distrusted", "signer", &[]),
    state("vault.contact_added", "contact", &[]),
    state("vault.contact_verified", "contact", &[]),
    state("vault.contact_key_changed", "contact", &[]),
    state("vault.contact_removed", "contact", &[]),
    state("vault.template_kept", "template", &[]),
    state("vault.template_dropped", "template", &[]),
    new("vault.slot_added"),
    new("vault.slot_changed"),
    new("vault.slot_removed"),
    new("vault.evidence_viewed"),
    new("vault.evidence_copied"),
    new("vault.exam_put_back"),
    new("vault.identity_made"),
    new("vault.identity_passphrase"),
    state("vault.procedure_written", "procedure", &[]),
    state("vault.setting", "setting", &[]),
];

/// The act of a code; `None` for one of a later release.
pub(crate) fn of(code: &str) -> Option<&'static Act> {
    ACTS.iter().find(|act| act.code == code)
}

/// Codes of the acts about one thing.
pub(crate) fn about(thing: &str) -> Vec<&'static str> {
    ACTS.iter().filter(|act| act.thing == thing).map(|act| act.code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    /// Codes in the sources: what stands behind `action: "` or is one arm of a choice of codes.
    fn codes_in_sources() -> BTreeSet<String> {
        let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        let mut found = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("own sources") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with("acts.rs")
                    && !path.ends_with("failpoint.rs")
                    && path.extension().is_some_and(|e| e == "rs")
                {
                    let source = std::fs::read_to_string(&path).expect("utf-8");
                    // Names of failpoints are none of acts.
                    let source: String = source
                        .lines()
                        .filter(|l| !l.contains("failpoint::"))
                        .map(|l| format!("{l}\n"))
                        .collect();
                    let quoted = source.split('"').skip(1).step_by(2);
                    let families: Vec<&str> =
                        ACTS.iter().filter_map(|a| a.code.split_once('.')).map(|(f, _)| f).collect();
                    found.extend(quoted.filter(|text| is_code(text, &families)).map(str::to_owned));
                    for part in source.split("action: \"").skip(1) {
                        found.insert(part.split('"').next().unwrap_or_default().to_owned());
                    }
                }
            }
        }
        found
    }

    fn is_code(text: &str, families: &[&str]) -> bool {
        let plain = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        text.split_once('.').is_some_and(|(family, act)| {
            families.contains(&family) && plain(act) && !["db", "age", "toml", "created_at"].contains(&act)
        })
    }

    #[test]
    fn every_action_in_the_sources_is_listed_and_every_listed_one_is_in_the_sources() {
        let listed: BTreeSet<String> = ACTS.iter().map(|a| a.code.to_owned()).collect();
        assert_eq!(listed.len(), ACTS.len(), "each once");
        assert_eq!(codes_in_sources(), listed);
    }
}
