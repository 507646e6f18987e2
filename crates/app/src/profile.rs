//! The firm's profile: facts, system register, and what a change of them would change.

use crate::checklist::{Sheet, stale};
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    ChoiceView, FactDefView, FactView, ItemChangeView, ProfileChangeView, ProfileRemarkView, ProfileRequest,
    ProfileView, SystemView,
};
use fieldbook_checklist::Bundle;
use fieldbook_model::{
    Answer, AppliesWhen, Fact, FactDef, FactKind, FactValue, Item, ItemResult, Moment, Predicate, Profile,
    System, SystemClass,
};

/// The fact that says to which class of ASM-3.1 a system belongs.
const SYSTEM_CLASS: &str = "asmt_class";

/// Facts, register and counts of the open exam.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn profile(desk: &Desk) -> Result<ProfileView, AppError> {
    let open = desk.exam()?;
    let exam = open.store.exam()?;
    let def_view = |def: &FactDef| fact_def(&desk.bundle, def, exam.profile.get(&def.code));
    let asked = |d: &&FactDef| d.kind != FactKind::Derived;
    Ok(ProfileView {
        facts: desk.bundle.facts.iter().filter(asked).filter(|d| !d.of_system).map(def_view).collect(),
        system_facts: desk.bundle.facts.iter().filter(asked).filter(|d| d.of_system).map(def_view).collect(),
        systems: exam
            .systems
            .iter()
            .map(|s| SystemView {
                name: s.name.clone(),
                facts: s.facts.iter().map(|(k, v)| (k.clone(), view::fact(v))).collect(),
            })
            .collect(),
        remarks: remarks(&desk.bundle, &exam.systems),
        counts: view::counts(&open.items),
    })
}

/// What looks wrong in the register, or can be derived from it (ASM-3.1): told, never decided.
fn remarks(bundle: &Bundle, systems: &[System]) -> Vec<ProfileRemarkView> {
    let word = |class: SystemClass| match class {
        SystemClass::First => ("1", "第一類"),
        SystemClass::Second => ("2", "第二類"),
        SystemClass::Third => ("3", "第三類"),
    };
    if bundle.fact(SYSTEM_CLASS).is_none() {
        return Vec::new();
    }
    let remark = |system: &System, suggested: Option<SystemClass>, text: String| ProfileRemarkView {
        system: system.name.clone(),
        fact: SYSTEM_CLASS.to_owned(),
        suggested: suggested.map(|c| word(c).0.to_owned()),
        text,
    };
    let of = |system: &System| match (SystemClass::stated(system), SystemClass::suggested(system)) {
        (None, Some(class)) => {
            let text =
                format!("系統「{}」尚未填資安評估分類；依其他欄位可能為{}。", system.name, word(class).1);
            Some(remark(system, Some(class), text))
        }
        (Some(stated), Some(SystemClass::First)) if stated != SystemClass::First => {
            let why = match system.facts.get("core") {
                Some(FactValue::Yes) => "為核心系統",
                _ => "經網際網路對客戶提供服務",
            };
            let text = format!("系統「{}」{why}，資安評估分類卻為{}，請確認。", system.name, word(stated).1);
            Some(remark(system, Some(SystemClass::First), text))
        }
        _ => None,
    };
    systems.iter().filter_map(of).collect()
}

fn fact_def(bundle: &Bundle, def: &FactDef, fact: Option<&Fact>) -> FactDefView {
    let choices = def.choices();
    FactDefView {
        code: def.code.clone(),
        question: def.question.clone(),
        group: def.group.clone(),
        kind: match def.kind {
            FactKind::YesNo => "yes_no",
            FactKind::Choice(_) => "choice",
            FactKind::Set(_) => "set",
            FactKind::Text => "text",
            FactKind::Derived => "derived",
        }
        .into(),
        choices: choices
            .iter()
            .map(|(value, zh)| ChoiceView { value: value.clone(), zh: zh.clone() })
            .collect(),
        value: fact.map_or_else(|| FactView::Text("unknown".into()), |f| view::fact(&f.value)),
        basis: fact.map(|f| f.basis.clone()).unwrap_or_default(),
        drives: drives(bundle, &def.code),
    }
}

/// How many items depend on a fact, through derived facts too.
fn drives(bundle: &Bundle, code: &str) -> u32 {
    let mut codes = vec![code.to_owned()];
    for def in &bundle.facts {
        if def.rule.as_ref().is_some_and(|r| names(r, code)) {
            codes.push(def.code.clone());
        }
    }
    let named = |p: &Predicate| codes.iter().any(|c| names(p, c));
    let depends = |a: &AppliesWhen| {
        named(&a.firm)
            || [&a.per_system, &a.substituted, &a.waived, &a.out_of_scope].into_iter().flatten().any(named)
    };
    let clauses = bundle.documents.iter().flat_map(fieldbook_model::Document::clauses);
    view::small(clauses.filter(|c| c.applies.as_ref().is_some_and(depends)).count())
}

fn names(predicate: &Predicate, code: &str) -> bool {
    match predicate {
        Predicate::Fact(c) | Predicate::OneOf(c, _) => c == code,
        Predicate::Not(p) => names(p, code),
        Predicate::All(list) | Predicate::Any(list) => list.iter().any(|p| names(p, code)),
    }
}

/// What a change would change; nothing is stored.
///
/// # Errors
/// `unknown_fact`, or the store's.
pub fn profile_preview(desk: &Desk, request: &ProfileRequest) -> Result<ProfileChangeView, AppError> {
    let (profile, systems) = changed(desk, request)?;
    changes(desk, &items(desk, &profile, &systems)?)
}

/// Stores changed facts and the register. Answers already given are kept, whatever becomes of their items.
///
/// # Errors
/// `unknown_fact`, or the store's.
pub fn profile_set(desk: &mut Desk, request: &ProfileRequest) -> Result<ProfileChangeView, AppError> {
    let (profile, systems) = changed(desk, request)?;
    let items = items(desk, &profile, &systems)?;
    let view = changes(desk, &items)?;
    let now = desk.host.now();
    let open = desk.exam_mut()?;
    let by = open.examiner.clone();
    open.store.set_facts(&profile, &by, now)?;
    if request.systems.is_some() {
        open.store.set_systems(&systems, &by, now)?;
    }
    open.set_items(items);
    desk.saved();
    Ok(view)
}

/// The items that a profile would give; the examiner's own decisions stand.
fn items(desk: &Desk, profile: &Profile, systems: &[System]) -> Result<Vec<Item>, AppError> {
    let items = fieldbook_checklist::items(&desk.bundle, profile, systems);
    Ok(crate::desk::overridden(items, desk.exam()?.store.overrides()?))
}

fn changed(desk: &Desk, request: &ProfileRequest) -> Result<(Profile, Vec<System>), AppError> {
    let open = desk.exam()?;
    let exam = open.store.exam()?;
    let mut profile = exam.profile;
    let now = desk.host.now();
    for change in &request.facts {
        let value = read_fact(&desk.bundle, &change.code, false, &change.value)?;
        profile.insert(change.code.clone(), fact(value, &change.basis, &open.examiner, now));
    }
    let systems = match &request.systems {
        None => exam.systems,
        Some(views) => read_systems(&desk.bundle, views)?,
    };
    Ok((profile, systems))
}

fn fact(value: FactValue, basis: &str, by: &str, at: Moment) -> Fact {
    Fact { value, basis: basis.trim().to_owned(), by: by.to_owned(), at: Some(at) }
}

fn read_fact(bundle: &Bundle, code: &str, of_system: bool, view: &FactView) -> Result<FactValue, AppError> {
    let bad = || AppError::new("unknown_fact").with("field", code);
    let def = bundle.facts.iter().find(|d| d.code == code && d.of_system == of_system).ok_or_else(bad)?;
    let value = view::fact_value(view);
    let fits = def.kind != FactKind::Derived && fieldbook_checklist::value_allowed(def, &value);
    if fits { Ok(value) } else { Err(bad()) }
}

fn read_systems(bundle: &Bundle, views: &[SystemView]) -> Result<Vec<System>, AppError> {
    let mut out: Vec<System> = Vec::with_capacity(views.len());
    for view in views {
        let name = view.name.trim().to_owned();
        if name.is_empty() || out.iter().any(|s| s.name == name) {
            return Err(AppError::new("required").with("field", "系統名稱（不可空白或重複）"));
        }
        let mut facts = std::collections::BTreeMap::new();
        for (code, value) in &view.facts {
            facts.insert(code.clone(), read_fact(bundle, code, true, value)?);
        }
        out.push(System { name, facts });
    }
    Ok(out)
}

fn changes(desk: &Desk, after: &[Item]) -> Result<ProfileChangeView, AppError> {
    let open = desk.exam()?;
    let sheet = Sheet::of(desk)?;
    let answered = |item: &Item| {
        sheet.answers(&item.clause).iter().any(|a| a.result != ItemResult::NotExamined || !a.note.is_empty())
    };
    let change = |(before, after): (&Item, &Item)| {
        let (from, to) = (before.decision.applicability, after.decision.applicability);
        let left_over = left_over(&sheet, before, after);
        if from == to && left_over.is_empty() {
            return None;
        }
        let reason = match from == to {
            true => format!("下列答案將不再適用：{}", left_over.join("、")),
            false => after.decision.reason.clone(),
        };
        Some(ItemChangeView {
            clause: after.clause.to_string(),
            label: desk.bundle.clause(&after.clause).map(|c| c.label.clone()).unwrap_or_default(),
            from: from.into(),
            to: to.into(),
            reason,
            answered: answered(after),
        })
    };
    Ok(ProfileChangeView {
        changes: open.items.iter().zip(after).filter_map(change).collect(),
        counts: view::counts(after),
    })
}

/// The answers that are about what an item asks before a change, and no longer after it: by unit and system.
fn left_over(sheet: &Sheet<'_>, before: &Item, after: &Item) -> Vec<String> {
    let answers = sheet.answers(&before.clause).iter();
    let place = |a: &Answer| match (a.key.unit.as_str(), a.key.system.as_str()) {
        ("", "") => "全條".to_owned(),
        ("", system) => system.to_owned(),
        (unit, system) => format!("（{unit}）{system}"),
    };
    answers.filter(|a| !stale(before, a) && stale(after, a)).map(place).collect()
}

/// Reads a profile file (TOML): facts by code, systems as `[[system]]`.
///
/// # Errors
/// `bad_profile` with the line.
pub fn profile_from_text(desk: &Desk, text: &str) -> Result<(Profile, Vec<System>), AppError> {
    fieldbook_checklist::profile_from_toml(&desk.bundle, text).map_err(|e| {
        let line = e.line.map_or_else(|| "?".to_owned(), |l| l.to_string());
        AppError::new("bad_profile").with("line", line).with("what", e.what)
    })
}
