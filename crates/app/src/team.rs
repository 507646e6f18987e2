//! The team: qualifications, independence, secrecy, and what is missing for the systems in scope.

use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{QualificationView, TeamMemberView, TeamView};
use fieldbook_model::TeamMember;

/// What the team lacks, a sentence each.
pub(crate) fn gaps(desk: &Desk) -> Result<Vec<String>, AppError> {
    let store = &desk.exam()?.store;
    let exam = store.exam()?;
    Ok(desk.bundle.qualifications.gaps(&exam.systems, &exam.examiners, &store.team()?))
}

/// The team of the open exam.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn team(desk: &Desk) -> Result<TeamView, AppError> {
    let store = &desk.exam()?.store;
    let recorded = store.team()?;
    let blank = |name: &String| TeamMemberView {
        name: name.clone(),
        unit: String::new(),
        holds: std::collections::BTreeMap::new(),
        independent: None,
        confidential: None,
        signed_on: String::new(),
        note: String::new(),
    };
    let examiners = store.exam()?.examiners;
    let unrecorded = examiners.iter().filter(|name| !recorded.iter().any(|m| m.name == **name));
    let mut members: Vec<TeamMemberView> = recorded.iter().map(member_view).collect();
    members.extend(unrecorded.map(blank));
    // The exam's own order, then whoever else was recorded.
    members.sort_by_key(|m| examiners.iter().position(|name| *name == m.name).unwrap_or(usize::MAX));
    let kinds = desk.bundle.qualifications.kinds.iter().map(|k| QualificationView {
        key: k.key.clone(),
        zh: k.zh.clone(),
        examples: k.examples.clone(),
        clause: k.clause.to_string(),
    });
    Ok(TeamView { kinds: kinds.collect(), members, gaps: gaps(desk)? })
}

fn member_view(m: &TeamMember) -> TeamMemberView {
    TeamMemberView {
        name: m.name.clone(),
        unit: m.unit.clone(),
        holds: m.holds.clone(),
        independent: m.independent.known(),
        confidential: m.confidential.known(),
        signed_on: dates::optional(m.signed_on),
        note: m.note.clone(),
    }
}

/// Records somebody of the team.
///
/// # Errors
/// `required` without a name, `unknown_qualification`, `bad_date`, `signed_off`, or the store's.
pub fn team_save(desk: &mut Desk, request: &TeamMemberView) -> Result<TeamView, AppError> {
    if request.name.trim().is_empty() {
        return Err(AppError::new("required").with("field", "姓名"));
    }
    let kinds = &desk.bundle.qualifications.kinds;
    if request.holds.keys().any(|key| !kinds.iter().any(|k| k.key == *key)) {
        return Err(AppError::new("unknown_qualification"));
    }
    let holds = request.holds.iter().map(|(key, text)| (key.clone(), text.trim().to_owned()));
    let holds = holds.filter(|(_, text)| !text.is_empty()).collect();
    let signed_on = dates::read_optional("切結日期", &request.signed_on)?;
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    open.store.save_member(&TeamMember {
        name: request.name.trim().to_owned(),
        unit: request.unit.trim().to_owned(),
        holds,
        independent: request.independent.into(),
        confidential: request.confidential.into(),
        signed_on,
        note: request.note.trim().to_owned(),
        by: open.examiner.clone(),
        at,
    })?;
    desk.saved();
    team(desk)
}
