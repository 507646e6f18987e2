//! Two laptops, one exam: it is handed over, both work, and what they did comes together.

mod desk;

use desk::{ask, create, exam, shared};
use fieldbook_app::SharedDesk;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::{TempDir, tempdir};

struct Laptop {
    desk: Arc<SharedDesk>,
    folder: TempDir,
    clocks: Arc<desk::Clocks>,
}

impl Laptop {
    /// A laptop with a vault; every `n` has keys of its own.
    fn new(name: &str, n: u32) -> Self {
        let folder = tempdir().expect("temporary folder");
        let (desk, clocks, _) = shared(folder.path());
        for made in 0..=n {
            create(&desk, &folder.path().join(made.to_string()));
        }
        ask(&desk, "contact_card_set", json!({ "name": name, "unit": "證交所" }));
        Self { desk, folder, clocks }
    }

    fn ask(&self, name: &str, request: Value) -> Value {
        self.clocks.pass(60);
        ask(&self.desk, name, request)
    }

    fn card(&self) -> Value {
        self.ask("contacts", Value::Null)["own"].clone()
    }

    /// Takes the other's card and compares the fingerprint.
    fn knows(&self, other: &Self) {
        let card = other.card();
        self.ask("contact_add", json!({ "text": card["text"], "path": "" }));
        let groups: Vec<&str> =
            card["fingerprint"].as_array().expect("groups").iter().filter_map(Value::as_str).collect();
        self.ask("contact_verify", json!({ "contact": 1, "fingerprint": groups.join(" ") }));
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn answer(&self, clause: &str, result: &str, note: &str) {
        self.ask(
            "answer",
            json!({ "clause": clause, "unit": "", "system": "", "result": result, "method": "inspection",
                    "mode": null, "note": note, "paper_ref": "", "awaited": null }),
        );
    }

    fn evidence(&self, name: &str, bytes: &[u8]) -> Value {
        let path = self.file(name);
        fs::write(&path, bytes).expect("writes");
        self.ask(
            "evidence_add",
            json!({ "path": path, "findings": [], "about": { "name": "", "source": "資訊部", "acquired_by": "受查單位提供",
                    "acquired_at": "", "pages": null, "kept_at": "", "confidentiality": "restricted",
                    "returned": "", "clauses": [] } }),
        )
    }

    /// Makes a package of the open exam for the first contact.
    fn hands_over(&self, scope: &str, deidentified: bool) -> PathBuf {
        let path = self.file(&format!("{scope}-{deidentified}.fieldbook.age"));
        self.ask("handover_create", json!({ "what": request(scope, deidentified), "path": path }));
        path
    }

    fn looks(&self, package: &Path) -> Value {
        self.ask("handover_inspect", json!({ "path": package }))
    }

    /// Looks and takes in, every conflict decided by `choice`.
    fn takes(&self, package: &Path, choice: &str) -> Value {
        let view = self.looks(package);
        let choices: Vec<Value> = view["conflicts"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|c| json!({ "id": c["id"], "choice": choice, "text": "" }))
            .collect();
        self.ask("merge_apply", apply(&view, choices))
    }

    /// Clause, result and note of what was answered.
    fn answers(&self) -> Vec<(String, String, String)> {
        let of = |clause: &&str| {
            let item = self.ask("item", json!({ "clause": clause }));
            let answer = item["answers"].as_array()?.first()?.clone();
            let text = |key: &str| answer[key].as_str().unwrap_or_default().to_owned();
            Some(((*clause).to_owned(), text("result"), text("note")))
        };
        CLAUSES.iter().filter_map(of).collect()
    }
}

const CLAUSES: [&str; 2] = ["FCM-1.1", "FCM-1.2"];

fn request(scope: &str, deidentified: bool) -> Value {
    json!({ "scope": scope, "documents": [], "chapters": [], "procedures": [], "findings": true, "evidence": true,
            "since": "", "evidence_as": "included", "deidentified": deidentified, "recipients": ["1"] })
}

fn apply(view: &Value, choices: Vec<Value>) -> Value {
    json!({ "path": view["path"], "sha256": view["sha256"], "sender_accepted": false, "choices": choices })
}

/// Asks, and wants a refusal; gives its words.
fn refused(desk: &SharedDesk, name: &str, request: Value) -> String {
    desk.call(name, request, &mut |_| ()).map_or_else(|e| e.message, |view| panic!("{name}: {view}"))
}

/// Two laptops that know one another, one exam on both.
fn pair() -> (Laptop, Laptop, String) {
    let (a, b) = (Laptop::new("王小明", 0), Laptop::new("陳美麗", 1));
    a.knows(&b);
    b.knows(&a);
    let id = exam(&a.desk)["head"]["id"].as_str().expect("an id").to_owned();
    a.answer("FCM-1.1", "compliant", "甲先答");
    a.evidence("名冊.txt", b"one");
    let package = a.hands_over("whole", false);
    let view = b.looks(&package);
    assert_eq!((&view["standing"], &view["sender"]["trust"]), (&json!("new_exam"), &json!("verified")));
    let done = b.takes(&package, "ours");
    assert_eq!((&done["exam"], &done["merge"]), (&json!(id), &json!(0)));
    b.ask("exam_open", json!({ "exam": id }));
    (a, b, id)
}

#[test]
fn what_both_did_is_on_both_and_a_conflict_is_decided_once() {
    let (a, b, _) = pair();
    assert_eq!(a.answers(), b.answers());
    a.answer("FCM-1.1", "noncompliant", "甲改");
    b.answer("FCM-1.1", "partial", "乙改");
    b.answer("FCM-1.2", "compliant", "乙答");
    assert_eq!(b.evidence("乙.txt", b"two")["number"], "E-B001");
    let package = b.hands_over("changes", false);
    let view = a.looks(&package);
    assert_eq!(view["standing"], "mergeable", "{view}");
    let fields: Vec<&Value> =
        view["conflicts"].as_array().expect("a list").iter().map(|c| &c["field"]).collect();
    assert_eq!(fields, ["說明", "查核結果"]);
    let first = &view["conflicts"][0];
    assert_eq!((&first["ours"]["value"], &first["theirs"]["value"]), (&json!("甲改"), &json!("乙改")));
    assert_eq!(first["ancestor"], "甲先答");
    assert_eq!((&first["ours"]["by"], &first["theirs"]["by"]), (&json!("查核員甲"), &json!("查核員甲")));
    assert_eq!(refused(&a.desk, "merge_apply", apply(&view, vec![])), "尚有 2 項衝突未決定；未收進。");
    let page = a.ask(
        "handover_changes",
        json!({ "sha256": view["sha256"], "kind": "evidence", "offset": 0, "limit": 10 }),
    );
    assert_eq!((&page["total"], &page["rows"][0]["what"]), (&json!(1), &json!("佐證　乙.txt")));
    let done = a.takes(&package, "theirs");
    assert_eq!(done["undo_possible"], true);
    assert_eq!(a.looks(&package)["standing"], "nothing_new", "a package that comes again");
    // What was decided here is not asked there.
    let back = a.hands_over("changes", false);
    assert_eq!(b.looks(&back)["conflicts"], json!([]));
    b.takes(&back, "ours");
    assert_eq!(a.answers(), b.answers());
    assert!(a.answers().contains(&("FCM-1.1".into(), "partial".into(), "乙改".into())));
    assert_eq!(a.ask("merges", Value::Null)["merges"][0]["conflicts"], 2);
}

#[test]
fn a_merge_is_taken_back_whole_until_somebody_built_on_it() {
    let (a, b, _) = pair();
    b.answer("FCM-1.2", "compliant", "乙答");
    b.evidence("乙.txt", b"two");
    let package = b.hands_over("whole", false);
    let before = a.answers();
    let done = a.takes(&package, "ours");
    let merge = done["merge"].clone();
    assert_eq!(
        refused(&a.desk, "merge_undo", json!({ "merge": merge, "reason": " " })),
        "此結果或處置需要說明。"
    );
    let merges = a.ask("merge_undo", json!({ "merge": merge, "reason": "收錯案" }));
    assert_eq!(merges["merges"][0]["undone_reason"], "收錯案");
    assert_eq!(a.answers(), before);
    assert_eq!(a.ask("evidence", Value::Null).as_array().map(Vec::len), Some(1));
    a.takes(&package, "ours");
    a.answer("FCM-1.2", "partial", "甲其後改");
    let merges = a.ask("merges", Value::Null);
    assert_eq!(merges["merges"][0]["why_not"]["message"], "合併帶入的內容其後已再變更，無法整批復原。");
    assert_eq!(a.ask("evidence", Value::Null).as_array().map(Vec::len), Some(2));
}

#[test]
fn a_package_that_is_damaged_or_for_somebody_else_is_explained_and_changes_nothing() {
    let (a, b, _) = pair();
    let c = Laptop::new("林第三", 2);
    b.answer("FCM-1.2", "compliant", "乙答");
    let package = b.hands_over("whole", false);
    let bytes = fs::read(&package).expect("reads");
    let before = a.answers();
    let refusal = |laptop: &Laptop, bytes: &[u8]| {
        let path = laptop.file("收到.fieldbook.age");
        fs::write(&path, bytes).expect("writes");
        let view = laptop.looks(&path);
        assert_eq!(view["standing"], "refused");
        view["refusal"]["message"].as_str().expect("words").to_owned()
    };
    assert_eq!(refusal(&c, &bytes), "這個交接檔不是給本保管庫的。");
    assert_eq!(refusal(&a, b"not a package"), "這個檔案不是交接檔，或內容無法讀取。");
    assert_eq!(refusal(&a, &bytes[..bytes.len() - 100]), "交接檔不完整，或其結尾已損壞。");
    let mut flipped = bytes.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let path = a.file("改.fieldbook.age");
    fs::write(&path, &flipped).expect("writes");
    let view = a.looks(&path);
    if view["standing"] != "refused" {
        // What is damaged lies in what is read last.
        assert!(a.desk.call("merge_apply", apply(&view, vec![]), &mut |_| ()).is_err());
    }
    // Another file in the place of the one that was looked at.
    let path = a.file("換.fieldbook.age");
    fs::write(&path, &bytes).expect("writes");
    let view = a.looks(&path);
    fs::write(&path, &flipped).expect("writes");
    assert_eq!(refused(&a.desk, "merge_apply", apply(&view, vec![])), "檔案在檢視之後已被更換；未收進。");
    assert_eq!(a.answers(), before);
    // Changes alone are of no use to who never had the exam.
    assert_eq!(a.ask("merges", Value::Null)["merges"], json!([]));
}

#[test]
fn a_stranger_must_be_answered_for_and_a_signed_paper_opened_again() {
    let (a, b, _) = pair();
    a.ask("contact_remove", json!({ "contact": 1 }));
    b.answer("FCM-1.2", "compliant", "乙答");
    let package = b.hands_over("whole", false);
    let view = a.looks(&package);
    assert_eq!(view["sender"]["trust"], "unknown");
    assert_eq!(refused(&a.desk, "merge_apply", apply(&view, vec![])), "寄件人的指紋尚未核對；未收進。");
    let mut accepted = apply(&view, vec![]);
    accepted["sender_accepted"] = true.into();
    assert_eq!(a.ask("merge_apply", accepted)["merge"], 1);
}

#[test]
fn a_deidentified_exam_is_another_one_without_names_evidence_or_history() {
    let (a, b, id) = pair();
    a.answer("FCM-1.2", "compliant", "承辦人身分證字號 A123456789");
    let package = a.hands_over("whole", true);
    let view = b.looks(&package);
    assert_eq!((&view["deidentified"], &view["standing"]), (&json!(true), &json!("new_exam")));
    let done = b.takes(&package, "ours");
    assert_ne!(done["exam"], json!(id));
    let opened = b.ask("exam_open", json!({ "exam": done["exam"] }));
    assert!(!opened["head"]["firm"].as_str().expect("a firm").contains("丙丁期貨"));
    assert_eq!(b.ask("evidence", Value::Null), json!([]));
    let notes: Vec<String> = b.answers().into_iter().map(|(.., note)| note).collect();
    assert!(notes.iter().any(|n| n.contains("A12****789")), "{notes:?}");
    assert!(!notes.iter().any(|n| n.contains("A123456789")));
}

#[test]
fn changes_since_never_and_parts_without_the_exam_are_refused() {
    let (a, b, _) = pair();
    let c = Laptop::new("林第三", 2);
    a.ask("contact_add", json!({ "text": c.card()["text"], "path": "" }));
    let to_c = |scope: &str| {
        let mut what = request(scope, false);
        what["recipients"] = json!(["2"]);
        json!({ "what": what, "path": a.file("丙.fieldbook.age") })
    };
    assert_eq!(refused(&a.desk, "handover_create", to_c("changes")), "對方從未收過本案，無法只交出變更。");
    a.ask("handover_create", to_c("parts"));
    let view = c.looks(&a.file("丙.fieldbook.age"));
    assert_eq!(view["refusal"]["message"], "交接檔只含部分內容，而本機尚無這件查核案。");
    let plan = a.ask("handover_plan", to_c("whole")["what"].clone());
    assert_eq!(plan["warnings"][0]["kind"], "unverified");
    assert!(plan["bytes"].as_f64().expect("bytes") > 0.0);
    let _ = b;
}
