//! `fieldbook review`.

use crate::args::{NoteAnswer, Noted, Review, Sign, Signer, Team, YesNo};
use crate::opened::{Machine, read_passphrase, work_as};
use crate::print::{Done, Failure};
use fieldbook_app::wire::{
    IdentityRequest, NoteAnswerRequest, NoteRequest, PaperView, ReopenRequest, ReviewView, SignRequest,
    TeamMemberView,
};
use fieldbook_app::{AppError, Desk, review as reviewing, team};
use serde_json::json;

/// Runs a review call.
pub fn review(machine: Machine, call: &Review) -> Result<Done, Failure> {
    match call {
        Review::Status { exam } => Ok(shown(&reviewing::review(&machine.exam(exam)?)?)),
        Review::Identity(signer) => {
            let (mut desk, passphrase) = signing(machine, signer)?;
            Ok(shown(&reviewing::identity_make(&mut desk, &IdentityRequest { passphrase })?))
        }
        Review::Sign(call) => sign(machine, call),
        Review::Reopen { exam, paper, reason } => {
            let request = ReopenRequest { paper: paper.clone(), reason: reason.clone() };
            Ok(shown(&reviewing::reopen(&mut machine.exam(exam)?, &request)?))
        }
        Review::Note(Noted { exam, paper, text, examiner }) => {
            let mut desk = at_work(machine, exam, examiner.as_deref())?;
            let request = NoteRequest { paper: paper.clone(), text: text.clone() };
            Ok(shown(&reviewing::note_add(&mut desk, &request)?))
        }
        Review::Reply(call) => {
            let mut desk = at_work(machine, &call.exam, call.examiner.as_deref())?;
            Ok(shown(&reviewing::note_reply(&mut desk, &answer(call))?))
        }
        Review::Clear(call) => {
            let mut desk = at_work(machine, &call.exam, call.examiner.as_deref())?;
            Ok(shown(&reviewing::note_clear(&mut desk, &answer(call))?))
        }
        Review::Team(call) => self::team(machine, call),
    }
}

fn at_work(machine: Machine, exam: &str, examiner: Option<&str>) -> Result<Desk, Failure> {
    let mut desk = machine.exam(exam)?;
    work_as(&mut desk, examiner)?;
    Ok(desk)
}

fn answer(call: &NoteAnswer) -> NoteAnswerRequest {
    NoteAnswerRequest { id: call.note, text: call.text.clone() }
}

fn signing(machine: Machine, signer: &Signer) -> Result<(Desk, String), Failure> {
    let passphrase = read_passphrase(&signer.sign_passphrase_file)?;
    Ok((at_work(machine, &signer.exam, Some(&signer.examiner))?, passphrase))
}

fn sign(machine: Machine, call: &Sign) -> Result<Done, Failure> {
    let (mut desk, passphrase) = signing(machine, &call.signer)?;
    let papers = match call.papers.is_empty() {
        false => call.papers.clone(),
        true => {
            let view = reviewing::review(&desk)?;
            // The exam as a whole last: it closes the others.
            let open = |p: &&PaperView| p.reviewed.is_none();
            view.papers.iter().filter(open).chain([&view.exam]).map(|p| p.paper.clone()).collect()
        }
    };
    let request = SignRequest { papers, role: call.role.into(), passphrase };
    Ok(shown(&reviewing::sign(&mut desk, &request)?))
}

fn shown(view: &ReviewView) -> Done {
    let line = |p: &PaperView| {
        let by = |s: &Option<fieldbook_app::wire::SignatureView>| match s {
            Some(s) if s.holds && s.current => s.by.clone(),
            Some(s) => format!("{}（內容已變更）", s.by),
            None => "－".to_owned(),
        };
        let (prepared, reviewed) = (by(&p.prepared), by(&p.reviewed));
        format!("{}  {}  第 {} 版  編製 {prepared}  覆核 {reviewed}", p.paper, p.title, p.version)
    };
    let lines: Vec<String> = std::iter::once(&view.exam).chain(&view.papers).map(line).collect();
    Done::new(json!(view)).lines(lines)
}

fn team(machine: Machine, call: &Team) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    let view = match &call.member {
        None => team::team(&desk)?,
        Some(name) => {
            let mut holds = std::collections::BTreeMap::new();
            for text in &call.holds {
                let (key, value) =
                    text.split_once('=').ok_or_else(|| AppError::new("bad_call").with("what", "KEY=TEXT"))?;
                holds.insert(key.to_owned(), value.to_owned());
            }
            let request = TeamMemberView {
                name: name.clone(),
                unit: call.unit.clone(),
                holds,
                independent: call.independent.map(|y| y == YesNo::Yes),
                confidential: call.confidential.map(|y| y == YesNo::Yes),
                signed_on: call.signed_on.clone(),
                note: String::new(),
            };
            team::team_save(&mut desk, &request)?
        }
    };
    let gaps = view.gaps.clone();
    Ok(Done::new(json!(view)).lines(view.members.iter().map(|m| m.name.clone())).lines(gaps))
}
