//! Every target in one program, which `FIELDBOOK_FUZZ` names one of: a program for each would be the same readers linked
//! once more, some hundred megabytes each time.
#![no_main]

#[path = "../fuzz_targets/card.rs"]
mod card;
#[path = "../fuzz_targets/coercion.rs"]
mod coercion;
#[path = "../fuzz_targets/delimited.rs"]
mod delimited;
#[path = "../fuzz_targets/frames.rs"]
mod frames;
#[path = "../fuzz_targets/handover.rs"]
mod handover;
#[path = "../fuzz_targets/header.rs"]
mod header;
#[path = "../fuzz_targets/mapping.rs"]
mod mapping;
#[path = "../fuzz_targets/open.rs"]
mod open;
#[path = "../fuzz_targets/opendocument.rs"]
mod opendocument;
#[path = "../fuzz_targets/package.rs"]
mod package;
#[path = "../fuzz_targets/request.rs"]
mod request;
#[path = "../fuzz_targets/rules.rs"]
mod rules;
#[path = "../fuzz_targets/sealed.rs"]
mod sealed;
#[path = "../fuzz_targets/slots.rs"]
mod slots;
#[path = "../fuzz_targets/template.rs"]
mod template;
#[path = "../fuzz_targets/workbook.rs"]
mod workbook;

use fieldbook_fuzz::begin;
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

/// The variable that names the target.
const NAMED_BY: &str = "FIELDBOOK_FUZZ";

/// What takes an input.
type Target = fn(&[u8]);

/// Each target under the name of its file.
const TARGETS: &[(&str, Target)] = &[
    ("card", card::run),
    ("coercion", coercion::run),
    ("delimited", delimited::run),
    ("frames", frames::run),
    ("handover", handover::run),
    ("header", header::run),
    ("mapping", mapping::run),
    ("open", open::run),
    ("opendocument", opendocument::run),
    ("package", package::run),
    ("request", request::run),
    ("rules", rules::run),
    ("sealed", sealed::run),
    ("slots", slots::run),
    ("template", template::run),
    ("workbook", workbook::run),
];

fn chosen() -> Target {
    static CHOSEN: OnceLock<Target> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let wanted = std::env::var(NAMED_BY).unwrap_or_default();
        let found = TARGETS.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, target)| *target).unwrap_or_else(|| panic!("{NAMED_BY} names no target: {wanted:?}"))
    })
}

fuzz_target!(init: { chosen(); begin() }, |bytes: &[u8]| chosen()(bytes));
