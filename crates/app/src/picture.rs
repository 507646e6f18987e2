//! Pictures of procedures, from the procedure's own queries and the parameters of its latest run, and pictures that an
//! examiner takes out.

use crate::audit::{Watch, derived, for_this_firm};
use crate::desk::Desk;
use crate::error::AppError;
use crate::export::{make_parent, write_beside};
use crate::mask::masked_name;
use crate::store::VaultStore;
use crate::view;
use crate::wire::{
    AgeBarView, AgesView, DayLaneView, DayStateWord, ExportView, PictureFormat, PictureHeadView,
    PictureKindWord, PictureLimitView, PictureSaveRequest, ProcedurePictureRequest, ProcedurePictureView,
    SpreadLaneView, SpreadView, StretchView, StripView,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldbook_audit::given;
use fieldbook_audit::picture::{Ages, DayLane, DayState, Drawn, NoAge, PERCENTS, Spread, Strip};
use fieldbook_model::{ParamUse, ParamValue, Picture, PictureKind, Procedure, Run};
use fieldbook_vault::ReaderScope;
use jiff::civil::Date;
use std::path::Path;

/// What a PNG file begins with.
const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// The pictures that a procedure has.
pub(crate) fn heads(procedure: &Procedure) -> Vec<PictureHeadView> {
    let head = |p: &Picture| PictureHeadView {
        key: p.key.clone(),
        kind: match p.kind {
            PictureKind::Strip => PictureKindWord::Strip,
            PictureKind::Ages => PictureKindWord::Ages,
            PictureKind::Spread => PictureKindWord::Spread,
        },
        title: p.title.clone(),
    };
    procedure.pictures.iter().map(head).collect()
}

/// The figures of a procedure's picture, over the tables that hold now.
///
/// # Errors
/// `unknown_procedure`, `unknown_picture`, `procedure_failed`, `classification_failed`, or the store's.
pub fn picture(desk: &Desk, request: &ProcedurePictureRequest) -> Result<ProcedurePictureView, AppError> {
    let unknown = || AppError::new("unknown_procedure").with("field", &request.procedure);
    let open = desk.exam()?;
    let whole = &desk.bundle.procedure(&request.procedure).ok_or_else(unknown)?.procedure;
    let procedure = &for_this_firm(&desk.bundle, whole, &open.items);
    let picture = procedure.pictures.iter().find(|p| p.key == request.picture);
    let picture = picture.ok_or_else(|| AppError::new("unknown_picture"))?;
    let exam = open.store.exam()?;
    let run = open.store.latest_runs()?.into_iter().find(|run| run.procedure == procedure.id);
    let own = procedure.parameters.iter().map(|p| {
        let value = used(run.as_ref(), &p.key).map_or(&p.value, |used| &used.value);
        (p.key.clone(), value.clone())
    });
    let bound: Vec<(String, ParamValue)> = own.chain(given(exam.as_of, exam.period, &exam.firm)).collect();
    let watch = Watch::alone();
    let derived = derived(open, &desk.bundle.datasets, &watch, &exam.firm, None, None)?;
    watch.restart();
    let scope = ReaderScope { derived: &derived, sheets: None };
    let store = VaultStore(open.store.reader_of(scope, watch.question())?);
    let drawn = fieldbook_audit::picture(&store, procedure, picture, &bound).map_err(|error| {
        AppError::new("procedure_failed").with("field", &procedure.id).with("what", error)
    })?;
    let mut out = ProcedurePictureView {
        title: picture.title.clone(),
        unit: picture.unit.clone(),
        missing: Vec::new(),
        limit: limit(procedure, picture, run.as_ref()),
        strip: None,
        ages: None,
        spread: None,
    };
    match drawn {
        Drawn::Lacks(missing) => {
            out.missing = missing.iter().map(|m| view::column_words(&desk.bundle, m)).collect();
        }
        Drawn::Strip(strip) => out.strip = Some(strip_view(&strip, picture.personal)),
        Drawn::Ages(ages) => {
            if let Some(limit) = &mut out.limit {
                limit.days = ages.limit.map(view::id_number);
            }
            out.ages = Some(ages_view(&ages));
        }
        Drawn::Spread(spread) => out.spread = Some(spread_view(&spread, picture.personal)),
    }
    Ok(out)
}

/// A parameter as a run used it.
fn used<'r>(run: Option<&'r Run>, key: &str) -> Option<&'r ParamUse> {
    run?.parameters.iter().find(|used| used.key == key)
}

fn limit(procedure: &Procedure, picture: &Picture, run: Option<&Run>) -> Option<PictureLimitView> {
    let key = picture.limit.as_ref()?;
    let parameter = procedure.parameters.iter().find(|p| p.key == *key)?;
    let used = used(run, key);
    let value = view::param(used.map_or(&parameter.value, |used| &used.value));
    Some(PictureLimitView {
        zh: parameter.zh.clone(),
        value: format!("{value} {}", parameter.unit),
        days: None,
        clause: parameter.clause.as_ref().map(ToString::to_string),
        changed: used.is_some_and(|used| used.override_reason.is_some()),
    })
}

/// A lane's name as it may leave.
fn outside(name: &str, personal: bool) -> String {
    if personal { masked_name(name) } else { name.to_owned() }
}

fn strip_view(strip: &Strip, personal: bool) -> StripView {
    let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
    StripView {
        from: day(strip.from),
        to: day(strip.to),
        off: strip.off.iter().map(ToString::to_string).collect(),
        holidays_known: strip.holidays_known,
        every_day: strip.every_day,
        lanes: strip.lanes.iter().map(|lane| lane_view(lane, personal)).collect(),
        lanes_in_all: view::small(strip.lanes_in_all),
    }
}

fn lane_view(lane: &DayLane, personal: bool) -> DayLaneView {
    let days = |state| view::number(lane.days(state));
    let stretches = lane.stretches.iter().map(|s| StretchView {
        state: match s.state {
            DayState::Kept => DayStateWord::Kept,
            DayState::Missing => DayStateWord::Missing,
            DayState::Unclear => DayStateWord::Unclear,
        },
        from: s.from.to_string(),
        to: s.to.to_string(),
        days: view::number(s.days),
    });
    DayLaneView {
        name: lane.name.clone(),
        masked: outside(&lane.name, personal),
        from: lane.from.to_string(),
        to: lane.to.to_string(),
        stretches: stretches.collect(),
        due: view::number(lane.due),
        kept: days(DayState::Kept),
        missing: days(DayState::Missing),
        unclear: days(DayState::Unclear),
    }
}

fn ages_view(ages: &Ages) -> AgesView {
    let without = |kind| view::number(ages.without.get(&kind).copied().unwrap_or_default());
    let bar = |bar: &fieldbook_audit::analysis::Bar| AgeBarView {
        above: bar.above.map(view::id_number),
        up_to: bar.up_to.map(view::id_number),
        rows: view::number(bar.rows),
    };
    AgesView {
        bars: ages.bars.iter().map(bar).collect(),
        never: without(NoAge::Never),
        missing: without(NoAge::Missing),
        unreadable: without(NoAge::Unreadable),
        after: without(NoAge::After),
    }
}

fn spread_view(spread: &Spread, personal: bool) -> SpreadView {
    let lanes = spread.lanes.iter().map(|lane| SpreadLaneView {
        name: lane.name.clone(),
        masked: outside(&lane.name, personal),
        n: view::number(lane.n as u64),
        at: lane.at.to_vec(),
    });
    SpreadView {
        percents: PERCENTS.map(f64::from).to_vec(),
        lanes: lanes.collect(),
        lanes_in_all: view::small(spread.lanes_in_all),
    }
}

/// Writes a picture where the examiner chose, when it is one.
///
/// # Errors
/// `bad_picture`, `export_failed`.
pub fn save(request: &PictureSaveRequest) -> Result<ExportView, AppError> {
    let whole = request.pieces.concat();
    let bytes = match request.format {
        PictureFormat::Svg if is_svg(&whole) => whole.into_bytes(),
        PictureFormat::Png => {
            let bytes = STANDARD.decode(&whole).map_err(|_| AppError::new("bad_picture"))?;
            if !bytes.starts_with(&PNG) {
                return Err(AppError::new("bad_picture"));
            }
            bytes
        }
        PictureFormat::Svg => return Err(AppError::new("bad_picture")),
    };
    let path = Path::new(request.path.trim());
    make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, &bytes)?] })
}

/// Whether a text is one drawing that does and fetches nothing: whoever opens it opens only what was looked at.
fn is_svg(text: &str) -> bool {
    const NOT: [&str; 6] = ["<script", "<foreignobject", "<!doctype", "<!entity", "javascript:", "<image"];
    let small = text.to_ascii_lowercase();
    let links = small.matches("href=").count() != small.matches("href=\"#").count();
    text.starts_with("<svg ")
        && text.ends_with("</svg>\n")
        && !links
        && NOT.iter().all(|not| !small.contains(not))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(format: PictureFormat, pieces: &[&str]) -> Result<Vec<u8>, String> {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("圖").join("缺漏.svg");
        let pieces = pieces.iter().map(|p| (*p).to_owned()).collect();
        let request = PictureSaveRequest { path: path.to_string_lossy().into_owned(), format, pieces };
        match save(&request) {
            Ok(_) => Ok(std::fs::read(path).expect("the file")),
            Err(error) => {
                assert!(!path.exists(), "nothing is left");
                Err(error.view().message)
            }
        }
    }

    #[test]
    fn a_picture_is_written_as_it_was_seen() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>缺漏</title></svg>\n";
        let (a, b) = svg.split_at(20);
        assert_eq!(saved(PictureFormat::Svg, &[a, b]).as_deref(), Ok(svg.as_bytes()));
        let png = STANDARD.encode([PNG.as_slice(), b"rest"].concat());
        assert_eq!(saved(PictureFormat::Png, &[&png]).map(|bytes| bytes.len()), Ok(12));
    }

    #[test]
    fn what_is_no_picture_or_does_something_is_not_written() {
        for (format, text) in [
            (PictureFormat::Svg, "PK"),
            (PictureFormat::Svg, "<svg onload></svg>"),
            (PictureFormat::Svg, "<svg ><script>1</script></svg>\n"),
            (PictureFormat::Svg, "<svg ><a href=\"https://x.test\"/></svg>\n"),
            (PictureFormat::Png, "TVqQ"),
            (PictureFormat::Png, "不是"),
        ] {
            assert_eq!(
                saved(format, &[text]),
                Err("這不是可匯出之圖，未寫入任何檔案。".to_owned()),
                "{text}"
            );
        }
    }
}
