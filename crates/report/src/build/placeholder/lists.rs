//! 設備, 收受檔案, 調閱資料 and 證據: the exam's lists.

use super::{Field, Record, Region, named, record};
use crate::build::ids;
use crate::doc::Cell;
use crate::{CountLine, Dossier, ReceivedPaper, RequestLine, words};
use fieldbook_model::{CountState, Device, Evidence, RocDate, SheetRecord};

pub(super) const DEVICES: Region = Region {
    name: "設備",
    what: "主機共置設備，申報、帳列及盤點並列",
    fields: || named(DEVICE),
    records: |dossier| {
        let lines = dossier.count.iter().flat_map(|c| &c.lines);
        (1..).zip(lines).map(|(no, line)| record(DEVICE, dossier, &(no, line.clone()))).collect()
    },
};

const DEVICE: &[Field<(u64, CountLine)>] = &[
    Field { name: "項次", what: "項次", get: |_, (no, _)| Cell::Ordinal(*no) },
    Field { name: "設備名稱", what: "設備名稱", get: |_, (_, l)| Cell::text(&l.device.name) },
    Field { name: "廠牌型號", what: "廠牌型號", get: |_, (_, l)| Cell::text(&l.device.model) },
    Field { name: "序號", what: "序號", get: |_, (_, l)| Cell::text(&l.device.serial) },
    Field { name: "財產編號", what: "財產編號", get: |_, (_, l)| Cell::text(&l.device.property_no) },
    Field { name: "機櫃位置", what: "機櫃位置", get: |_, (_, l)| Cell::text(&l.device.rack) },
    Field { name: "U位", what: "U 位", get: |_, (_, l)| Cell::text(&l.device.u_pos) },
    Field {
        name: "申報",
        what: "申報清單所載位置；未列者為「－」",
        get: |_, (_, l)| Cell::Text(listed(l.filed.as_ref())),
    },
    Field {
        name: "帳列",
        what: "財產帳或資產清冊所載位置；未列者為「－」",
        get: |_, (_, l)| Cell::Text(listed(l.ledger.as_ref())),
    },
    Field {
        name: "盤點",
        what: "見到、未見或清單所無；尚未盤點者空白",
        get: |_, (_, l)| Cell::text(seen(l)),
    },
    Field { name: "實際位置", what: "實地所見位置", get: |_, (_, l)| Cell::Text(stands(l)) },
    Field { name: "擁有者", what: "擁有者", get: |_, (_, l)| Cell::text(&l.device.owner) },
    Field {
        name: "軟體所有人", what: "軟體所有人", get: |_, (_, l)| Cell::text(&l.device.software_owner)
    },
    Field { name: "備註", what: "不符之處及備註", get: |_, (_, l)| Cell::Text(l.remarks()) },
];

fn place(device: &Device) -> String {
    format!("{} {}", device.rack, device.u_pos).trim().to_owned()
}

fn listed(device: Option<&Device>) -> String {
    match device.map(place) {
        None => "－".to_owned(),
        Some(place) if place.is_empty() => "有".to_owned(),
        Some(place) => place,
    }
}

fn seen(line: &CountLine) -> &'static str {
    match line.state {
        None => "",
        Some(CountState::Found) => "見到",
        Some(CountState::NotFound) => "未見",
        Some(CountState::NotListed) => "清單所無",
    }
}

fn stands(line: &CountLine) -> String {
    match line.state {
        None | Some(CountState::NotFound) => String::new(),
        Some(CountState::Found | CountState::NotListed) => place(&line.device),
    }
}

pub(super) const RECEIVED: Region = Region {
    name: "收受檔案",
    what: "收受之電子檔，依收受順序",
    fields: || named(RECEIVED_FILE),
    records: received,
};

const RECEIVED_FILE: &[Field<(u64, ReceivedPaper)>] = &[
    Field { name: "編號", what: "序號", get: |_, (no, _)| Cell::Ordinal(*no) },
    Field { name: "檔名", what: "檔名", get: |_, (_, f)| Cell::text(&f.file.file) },
    Field { name: "位元組", what: "檔案大小", get: |_, (_, f)| Cell::Count(f.file.size) },
    Field { name: "SHA-256", what: "檔案之 SHA-256", get: |_, (_, f)| Cell::text(&f.file.sha256) },
    Field { name: "提供人", what: "提供人", get: |_, (_, f)| Cell::text(&f.received_from) },
    Field {
        name: "收受時間", what: "民國年月日及時分", get: |_, (_, f)| Cell::Text(words::moment(f.at))
    },
    Field {
        name: "辨識為", what: "辨識出之資料種類", get: |d, (_, f)| Cell::Text(datasets(d, f))
    },
    Field {
        name: "工作表數", what: "工作表數", get: |_, (_, f)| Cell::Count(f.file.sheets.len() as u64)
    },
    Field { name: "讀入列數", what: "讀入列數", get: |_, (_, f)| sum(f, |s| s.rows_read) },
    Field { name: "存入列數", what: "存入列數", get: |_, (_, f)| sum(f, |s| s.rows_stored) },
    Field { name: "剔除列數", what: "剔除列數", get: |_, (_, f)| sum(f, |s| s.rows_rejected) },
    Field {
        name: "備註",
        what: "匯入已復原者註明",
        get: |_, (_, f)| Cell::text(if f.undone { "匯入已復原" } else { "" }),
    },
];

fn received(dossier: &Dossier) -> Vec<Record> {
    (1..).zip(files(dossier)).map(|(no, file)| record(RECEIVED_FILE, dossier, &(no, file))).collect()
}

/// The files as they came; a dossier that lists only its imports has them from there.
fn files(dossier: &Dossier) -> Vec<ReceivedPaper> {
    if !dossier.received.is_empty() {
        return dossier.received.clone();
    }
    let of_batch = |batch: &fieldbook_model::ImportBatch| {
        let paper = |file: &fieldbook_model::FileRecord| ReceivedPaper {
            file: file.clone(),
            received_from: batch.received_from.clone(),
            at: batch.at,
            undone: batch.undone,
            replaced_by: vec![None; file.sheets.len()],
        };
        batch.files.iter().map(paper).collect::<Vec<_>>()
    };
    dossier.files.iter().flat_map(of_batch).collect()
}

fn datasets(dossier: &Dossier, file: &ReceivedPaper) -> String {
    let mut names: Vec<&str> = Vec::new();
    for key in file.file.sheets.iter().filter_map(|s| s.dataset.as_deref()) {
        let zh = dossier.dataset_zh(key);
        if !names.contains(&zh) {
            names.push(zh);
        }
    }
    names.join("、")
}

fn sum(file: &ReceivedPaper, part: fn(&SheetRecord) -> u64) -> Cell {
    Cell::Count(file.file.sheets.iter().map(part).sum())
}

pub(super) const REQUESTED: Region = Region {
    name: "調閱資料",
    what: "調閱資料清單之各項",
    fields: || named(REQUEST),
    records: |dossier| {
        let lines = dossier.requests.iter().flat_map(|r| &r.lines);
        lines.map(|line| record(REQUEST, dossier, line)).collect()
    },
};

const REQUEST: &[Field<RequestLine>] = &[
    Field { name: "編號", what: "編號", get: |_, l| Cell::Ordinal(u64::from(l.no)) },
    Field { name: "資料名稱", what: "資料名稱", get: |_, l| Cell::text(&l.name) },
    Field { name: "對應條文", what: "條次，以頓號分隔", get: |_, l| Cell::Text(clauses(l)) },
    Field {
        name: "測試程序", what: "使用該資料之測試程序", get: |_, l| Cell::Text(l.procedures.join("、"))
    },
    Field { name: "期間", what: "資料期間", get: |_, l| Cell::text(&l.period) },
    Field { name: "格式要求", what: "格式要求", get: |_, l| Cell::text(&l.format) },
    Field {
        name: "必要欄位", what: "必要欄位，以頓號分隔", get: |_, l| Cell::Text(l.columns.join("、"))
    },
    Field { name: "提供期限", what: "民國年月日", get: |d, _| Cell::Text(due(d)) },
    Field { name: "收件日", what: "留白供填寫", get: |_, _| Cell::text("") },
    Field { name: "份數", what: "留白供填寫", get: |_, _| Cell::text("") },
    Field { name: "備註", what: "備註", get: |_, l| Cell::text(&l.remark) },
];

fn clauses(line: &RequestLine) -> String {
    ids(&line.clauses.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
}

fn due(dossier: &Dossier) -> String {
    let due = dossier.requests.as_ref().and_then(|r| r.due);
    due.map_or_else(String::new, |d| RocDate(d).dotted())
}

pub(super) const EVIDENCE: Region = Region {
    name: "證據",
    what: "證據索引",
    fields: || named(EVIDENCE_PIECE),
    records: |dossier| dossier.evidence.iter().map(|e| record(EVIDENCE_PIECE, dossier, e)).collect(),
};

const EVIDENCE_PIECE: &[Field<Evidence>] = &[
    Field { name: "證據編號", what: "證據編號", get: |_, e| Cell::Text(e.number()) },
    Field { name: "名稱", what: "名稱", get: |_, e| Cell::text(&e.name) },
    Field { name: "來源", what: "來源或提供人", get: |_, e| Cell::text(&e.source) },
    Field { name: "取得方式", what: "取得方式", get: |_, e| Cell::text(&e.acquired_by) },
    Field {
        name: "取得時間",
        what: "民國年月日及時分",
        get: |_, e| Cell::Text(words::moment(e.acquired_at)),
    },
    Field { name: "格式", what: "檔案格式", get: |_, e| Cell::text(&e.format) },
    Field {
        name: "頁數",
        what: "頁數",
        get: |_, e| e.pages.map_or_else(|| Cell::text(""), |n| Cell::Count(n.into())),
    },
    Field { name: "位元組", what: "檔案大小", get: |_, e| Cell::Count(e.size) },
    Field { name: "SHA-256", what: "檔案之 SHA-256", get: |_, e| Cell::text(&e.sha256) },
    Field { name: "存放", what: "存放處所", get: |_, e| Cell::text(&e.kept_at) },
    Field {
        name: "機密等級",
        what: "一般、限閱或密",
        get: |_, e| Cell::text(words::confidentiality(e.confidentiality)),
    },
    Field { name: "歸還銷毀", what: "原件之歸還或銷毀", get: |_, e| Cell::text(&e.returned) },
    Field { name: "條次", what: "以頓號分隔", get: |_, e| Cell::Text(ids(&e.clauses)) },
    Field { name: "收受人", what: "收受之查核人員", get: |_, e| Cell::text(&e.by) },
];
