//! What a run keeps of its inputs, so that it can be run again.

use fieldbook_model::{ParamValue, Population, ReadSheet};
use sha2::{Digest, Sha256};

/// Version of the engine. It is raised when the same procedure over the same rows could yield other rows.
pub const ENGINE: u32 = 2;

/// Hash over the tables of the population and its size; see `RunRecord::population_sha256`.
pub(crate) fn population_sha256(population: &Population, sheets: &[ReadSheet], size: u64) -> String {
    let mut hash = Sha256::new();
    let mut put = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    };
    for sheet in sheets.iter().filter(|s| s.dataset == population.dataset) {
        for text in [&sheet.sha256, &sheet.sheet] {
            put(text);
        }
        put(&format!("{} {:?} {} {:?}", sheet.header_row, sheet.end_row, sheet.rows, sheet.origin));
        for m in &sheet.mapping {
            put(&format!("{} {} {:?} {} {:?}", m.index, m.column, m.reading, m.inverted, m.time_index));
        }
        for filled in &sheet.filled {
            put(&filled.column);
            put(&filled.text);
        }
    }
    put(&size.to_string());
    hex::encode(hash.finalize())
}

/// The parameters of a kept run as changes to a procedure's defaults: what was changed with its reason, and what has
/// another default today.
pub(crate) fn as_overrides(
    procedure: &fieldbook_model::Procedure,
    used: &[fieldbook_model::ParamUse],
) -> Vec<(String, ParamValue, String)> {
    let mut out = Vec::new();
    for p in used {
        let default = procedure.parameters.iter().find(|d| d.key == p.key);
        let changed = p.override_reason.is_some() || default.is_none_or(|d| d.value != p.value);
        if changed {
            let reason = p.override_reason.clone().unwrap_or_else(|| "依執行紀錄".to_owned());
            out.push((p.key.clone(), p.value.clone(), reason));
        }
    }
    out
}
