//! One table, one file: its migration, its row, who reads it and who writes it.

pub(crate) mod answer;
pub(crate) mod applicability_override;
pub(crate) mod checklist_package;
pub(crate) mod dataset;
pub(crate) mod disposition;
pub(crate) mod edition;
pub(crate) mod exam;
pub(crate) mod exam_index;
pub(crate) mod exam_law;
pub(crate) mod exception_row;
pub(crate) mod fact;
pub(crate) mod finding;
pub(crate) mod import_batch;
pub(crate) mod import_file;
pub(crate) mod import_issue;
pub(crate) mod import_sheet;
pub(crate) mod journal;
pub(crate) mod law;
pub(crate) mod mapping_memory;
pub(crate) mod phrase;
pub(crate) mod pinned_law;
pub(crate) mod run;
pub(crate) mod run_rule;
pub(crate) mod setting;
pub(crate) mod system;
pub(crate) mod trusted_signer;
