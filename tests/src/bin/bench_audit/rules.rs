//! Where the time of one procedure goes: each shared query and each rule by itself.

use super::Outcome;
use fieldbook_app::store::VaultStore;
use fieldbook_audit::{DatasetStore, derive};
use fieldbook_model::{ExamId, ParamValue};
use fieldbook_tests::desk::PASSPHRASE;
use fieldbook_vault::{ReaderScope, Vault};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// Prints the seconds of every query of these procedures, the longest last.
pub fn tell(exam: &str, folder: &Path, ids: &[&str]) -> Outcome<ExitCode> {
    let bundle = fieldbook_checklist::load_unlocked(&fieldbook_tests::checklist_files())
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let passphrase = PASSPHRASE.to_owned().into();
    let vault = Vault::unlock(&folder.join("vault"), &passphrase)?;
    let store = vault.open_exam(&ExamId::parse(exam)?, &bundle.datasets)?;
    let exam = store.exam()?;
    let plain = VaultStore(store.reader(|| false)?);
    let derived = derive(&plain, &bundle.datasets, &exam.firm, &[])?;
    let store = VaultStore(store.reader_of(ReaderScope { derived: &derived, sheets: None }, || false)?);
    let held = store.datasets()?;
    let mut out = std::io::stdout().lock();
    for loaded in bundle.procedures.iter().filter(|p| ids.contains(&p.procedure.id.as_str())) {
        let procedure = &loaded.procedure;
        let mut params: Vec<(String, ParamValue)> =
            procedure.parameters.iter().map(|p| (p.key.clone(), p.value.clone())).collect();
        let own = [
            ("as_of", exam.as_of.to_string()),
            ("period_from", exam.period.from.to_string()),
            ("period_to", exam.period.to.to_string()),
            ("firm", exam.firm.clone()),
        ];
        params.extend(own.map(|(key, text)| (key.to_owned(), ParamValue::Text(text))));
        let mut taken = Vec::new();
        for fragment in &procedure.fragments {
            let start = Instant::now();
            store.keep(&fragment.name, &fragment.sql, &params)?;
            taken.push((start.elapsed().as_secs_f64(), format!("fragment {}", fragment.name)));
        }
        let runs = |rule: &&fieldbook_model::Rule| {
            rule.needs.iter().all(|n| held.iter().any(|s| s.key == n.dataset && s.rows > 0))
        };
        for rule in procedure.rules.iter().filter(runs) {
            let start = Instant::now();
            let mut rows = 0;
            store.rows(&rule.sql, &params, &mut |_, _| rows += 1)?;
            taken.push((start.elapsed().as_secs_f64(), format!("rule {} ({rows} rows)", rule.id)));
        }
        store.forget()?;
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let whole: f64 = taken.iter().map(|t| t.0).sum();
        writeln!(out, "{} {whole:.2} s", procedure.id)?;
        for (seconds, what) in taken.iter().filter(|t| t.0 >= 0.02) {
            writeln!(out, "  {seconds:>7.2} {what}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
