//! What a merge does with the cases that people meet.

use fieldbook_handover::{
    Choice, Counts, Merged, Offer, Rules, Unresolved, applied, merge, newer_than, resolve,
};
use fieldbook_model::{ExamState, Field, Held, Moment, RecordKey, Stamp, THERE, WhenBoth};
use std::collections::BTreeMap;

const OURS: &str = "a";
const THEIRS: &str = "b";

fn at(minute: i8) -> Moment {
    jiff::civil::date(2026, 3, 2).at(9, minute, 0, 0)
}

fn key(key: &str) -> RecordKey {
    RecordKey { table: "answer".to_owned(), key: key.to_owned() }
}

fn text(value: &str) -> Held {
    Held::Text(value.to_owned())
}

/// A field that a copy wrote in its entry `seq`, `seq` minutes past nine.
fn field(copy: &str, seq: i8, value: Held) -> Field {
    let stamp = Stamp { copy: copy.to_owned(), seq: u64::try_from(seq).expect("from 1") };
    Field { value, stamp, by: format!("examiner {copy}"), at: at(seq) }
}

/// A copy that knows the journals this far, with the fields of one record.
fn state(seen: &[(&str, u64)], fields: &[(&str, Field)]) -> ExamState {
    let seen = seen.iter().map(|(copy, seq)| ((*copy).to_owned(), *seq)).collect();
    let record = fields.iter().map(|(name, field)| ((*name).to_owned(), field.clone())).collect();
    ExamState { seen, records: [(key("1"), record)].into() }
}

/// A copy on which the record is there since the first entry of ours.
fn with(seen: &[(&str, u64)], fields: &[(&str, Field)]) -> ExamState {
    let there = (THERE, field(OURS, 1, Held::Int(1)));
    state(seen, &[fields, &[there]].concat())
}

fn rules() -> Rules {
    Rules::new([
        ("answer", "by", WhenBoth::Later),
        ("answer", "at", WhenBoth::Later),
        ("answer", "begun", WhenBoth::Earlier),
        ("answer", "tags", WhenBoth::Greater),
    ])
    .together("answer", &["by", "at"])
}

fn merged(ours: &ExamState, theirs: &ExamState) -> Merged {
    merge(&rules(), ours, Offer::whole(theirs))
}

fn value(state: &ExamState, name: &str) -> Held {
    state.records[&key("1")].get(name).map_or(Held::Null, |field| field.value.clone())
}

/// Ours after the merge with what is decided about one field, stamped as entry 9.
fn decided(ours: &ExamState, theirs: &ExamState, name: &str, choice: Choice) -> ExamState {
    let merged = merged(ours, theirs);
    let stamp = Stamp { copy: OURS.to_owned(), seq: 9 };
    let choices = [((key("1"), name.to_owned()), choice)].into();
    let changes = resolve(&merged, &choices, &stamp, "examiner a", at(9)).expect("decided");
    let mut seen = merged.seen.clone();
    seen.insert(OURS.to_owned(), 9);
    applied(ours.clone(), &changes, seen)
}

#[test]
fn a_change_on_one_side_comes_over_and_one_on_ours_stays() {
    let old = with(&[(OURS, 2)], &[("note", field(OURS, 2, text("old")))]);
    let new = with(&[(OURS, 2), (THEIRS, 1)], &[("note", field(THEIRS, 1, text("new")))]);
    let there = merged(&old, &new);
    assert_eq!(there.conflicts, []);
    assert_eq!(value(&applied(old.clone(), &there.changes, there.seen.clone()), "note"), text("new"));
    assert_eq!(there.seen, new.seen);
    let back = merged(&new, &old);
    assert!(back.changes.is_empty() && back.conflicts.is_empty(), "{back:?}");
}

#[test]
fn two_changes_without_knowing_are_asked_about_once() {
    let ours = with(&[(OURS, 3)], &[("note", field(OURS, 3, text("ours")))]);
    let theirs = with(&[(OURS, 2), (THEIRS, 1)], &[("note", field(THEIRS, 1, text("theirs")))]);
    let merged = merged(&ours, &theirs);
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(
        (&merged.conflicts[0].ours.value, &merged.conflicts[0].theirs.value),
        (&text("ours"), &text("theirs"))
    );
    for (choice, left) in [
        (Choice::Ours, text("ours")),
        (Choice::Theirs, text("theirs")),
        (Choice::Other(text("both")), text("both")),
    ] {
        let decided = decided(&ours, &theirs, "note", choice);
        assert_eq!(value(&decided, "note"), left);
        let back = merge(&rules(), &theirs, Offer::whole(&decided));
        assert_eq!(back.conflicts, [], "the other side is not asked");
        assert_eq!(value(&applied(theirs.clone(), &back.changes, back.seen), "note"), left);
    }
}

#[test]
fn equal_values_are_no_question_and_end_with_one_entry() {
    let ours = with(&[(OURS, 3)], &[("note", field(OURS, 3, text("same")))]);
    let theirs = with(&[(OURS, 2), (THEIRS, 5)], &[("note", field(THEIRS, 5, text("same")))]);
    let (there, back) = (merged(&ours, &theirs), merged(&theirs, &ours));
    assert!(there.conflicts.is_empty() && back.conflicts.is_empty());
    assert!(there.counts(&ours).is_empty(), "nobody sees a change");
    let there = applied(ours, &there.changes, there.seen);
    let back = applied(theirs, &back.changes, back.seen);
    assert_eq!(there.records, back.records);
}

#[test]
fn rules_decide_alike_on_both_sides() {
    for (name, ours, theirs, left) in [
        ("begun", text("x"), text("y"), text("x")),
        ("tags/a", Held::Int(2), Held::Int(0), Held::Int(2)),
        ("tags/a", Held::Int(0), Held::Int(1), Held::Int(1)),
    ] {
        let ours = with(&[(OURS, 3)], &[(name, field(OURS, 3, ours))]);
        let theirs = with(&[(OURS, 2), (THEIRS, 5)], &[(name, field(THEIRS, 5, theirs))]);
        for (one, other) in [(&ours, &theirs), (&theirs, &ours)] {
            let merged = merged(one, other);
            assert_eq!(merged.conflicts, [], "{name}");
            assert_eq!(value(&applied(one.clone(), &merged.changes, merged.seen), name), left, "{name}");
        }
    }
}

#[test]
fn who_wrote_last_and_when_come_from_one_side() {
    // Theirs wrote both at 9:04; ours, who had written before, only the time at 9:06.
    let ours = [("by", field(OURS, 1, text("a"))), ("at", field(OURS, 6, text("9:06")))];
    let theirs = [("by", field(THEIRS, 4, text("b"))), ("at", field(THEIRS, 4, text("9:04")))];
    let ours = with(&[(OURS, 6)], &ours);
    let theirs = with(&[(OURS, 2), (THEIRS, 4)], &theirs);
    for (one, other) in [(&ours, &theirs), (&theirs, &ours)] {
        let merged = merged(one, other);
        let after = applied(one.clone(), &merged.changes, merged.seen);
        assert_eq!((value(&after, "by"), value(&after, "at")), (text("a"), text("9:06")));
    }
}

#[test]
fn a_record_removed_on_one_side_and_untouched_on_the_other_is_away() {
    let ours = with(&[(OURS, 2)], &[("note", field(OURS, 2, text("x")))]);
    let removed = [("note", field(OURS, 2, text("x"))), (THERE, field(THEIRS, 1, Held::Int(0)))];
    let theirs = state(&[(OURS, 2), (THEIRS, 1)], &removed);
    let merged = merged(&ours, &theirs);
    assert_eq!(merged.conflicts, []);
    let counts = Counts { taken_away: 1, ..Counts::default() };
    assert_eq!(merged.counts(&ours), BTreeMap::from([("answer".to_owned(), counts)]));
    let after = applied(ours, &merged.changes, merged.seen);
    assert_eq!(
        (value(&after, THERE), value(&after, "note")),
        (Held::Int(0), text("x")),
        "its fields are kept"
    );
}

#[test]
fn a_removal_against_a_change_is_a_question_on_either_side() {
    let changed = with(&[(OURS, 3)], &[("note", field(OURS, 3, text("changed")))]);
    let removed = state(
        &[(OURS, 2), (THEIRS, 1)],
        &[("note", field(OURS, 2, text("old"))), (THERE, field(THEIRS, 1, Held::Int(0)))],
    );
    for (one, other) in [(&changed, &removed), (&removed, &changed)] {
        let merged = merged(one, other);
        assert_eq!(merged.conflicts.len(), 1, "{merged:?}");
        assert_eq!(merged.conflicts[0].field, THERE);
        let there = decided(one, other, THERE, Choice::Other(Held::Int(1)));
        assert_eq!((value(&there, THERE), value(&there, "note")), (Held::Int(1), text("changed")));
        let away = decided(one, other, THERE, Choice::Other(Held::Int(0)));
        assert_eq!(value(&away, THERE), Held::Int(0));
        let back = merge(&rules(), other, Offer::whole(&away));
        assert_eq!(back.conflicts, [], "decided once");
    }
    // The question names who changed it and when, not who once made the record.
    assert_eq!(merged(&removed, &changed).conflicts[0].theirs.at, at(3));
}

#[test]
fn a_part_that_only_names_the_change_is_asked_about_too() {
    let removed = state(
        &[(OURS, 2), (THEIRS, 1)],
        &[("note", field(OURS, 2, text("old"))), (THERE, field(THEIRS, 1, Held::Int(0)))],
    );
    let part = state(&[(OURS, 3)], &[("note", field(OURS, 3, text("changed")))]);
    let merged = merge(&rules(), &removed, Offer::part(&part));
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].theirs.value, Held::Int(1));
    assert_eq!(merged.seen, removed.seen, "the rest of that journal is unknown still");
}

#[test]
fn where_a_removal_never_wins_the_record_stays() {
    let rules = Rules::new([("answer", THERE, WhenBoth::Greater)]);
    let changed = with(&[(OURS, 3)], &[("note", field(OURS, 3, text("changed")))]);
    let removed = state(
        &[(OURS, 2), (THEIRS, 1)],
        &[("note", field(OURS, 2, text("old"))), (THERE, field(THEIRS, 1, Held::Int(0)))],
    );
    let after = [(&changed, &removed), (&removed, &changed)].map(|(one, other)| {
        let merged = merge(&rules, one, Offer::whole(other));
        assert_eq!(merged.conflicts, []);
        applied(one.clone(), &merged.changes, merged.seen)
    });
    assert_eq!(value(&after[0], THERE), Held::Int(1));
    assert_eq!(after[0].records, after[1].records);
}

#[test]
fn what_both_removed_needs_no_decision() {
    let ours = [("note", field(OURS, 3, text("a"))), (THERE, field(OURS, 4, Held::Int(0)))];
    let theirs = [("note", field(THEIRS, 5, text("b"))), (THERE, field(THEIRS, 6, Held::Int(0)))];
    let (ours, theirs) = (state(&[(OURS, 4)], &ours), state(&[(OURS, 2), (THEIRS, 6)], &theirs));
    let merged = merged(&ours, &theirs);
    assert_eq!((merged.conflicts.len(), merged.open().count()), (1, 0));
    let stamp = Stamp { copy: OURS.to_owned(), seq: 9 };
    let changes = resolve(&merged, &BTreeMap::new(), &stamp, "a", at(9)).expect("nothing is open");
    assert_eq!(value(&applied(ours, &changes, merged.seen), "note"), text("b"), "the later");
}

#[test]
fn what_both_added_alike_is_united() {
    let added = |copy, seq| [("note", field(copy, seq, text("x"))), (THERE, field(copy, seq, Held::Int(1)))];
    let (ours, theirs) = (state(&[(OURS, 4)], &added(OURS, 4)), state(&[(THEIRS, 6)], &added(THEIRS, 6)));
    let merged = merged(&ours, &theirs);
    assert_eq!(merged.conflicts, []);
    let counts = Counts { united: 1, ..Counts::default() };
    assert_eq!(merged.counts(&ours)["answer"], counts);
    let after = applied(ours, &merged.changes, merged.seen.clone());
    assert!(self::merged(&after, &theirs).counts(&after).is_empty(), "once");
}

#[test]
fn counts_are_of_records_as_people_see_them() {
    let mut ours = with(&[(OURS, 2)], &[("note", field(OURS, 2, text("x")))]);
    let mut theirs = with(
        &[(OURS, 2), (THEIRS, 3)],
        &[("note", field(THEIRS, 1, text("y"))), ("tags/a", field(THEIRS, 1, Held::Int(0)))],
    );
    theirs.records.insert(key("2"), BTreeMap::from([(THERE.to_owned(), field(THEIRS, 2, Held::Int(1)))]));
    theirs.records.insert(key("3"), BTreeMap::from([(THERE.to_owned(), field(THEIRS, 3, Held::Int(0)))]));
    let counts = merged(&ours, &theirs).counts(&ours);
    assert_eq!(counts["answer"], Counts { added: 1, changed: 1, ..Counts::default() });
    ours.records.clear();
    assert_eq!(merged(&ours, &theirs).counts(&ours)["answer"], Counts { added: 2, ..Counts::default() });
}

#[test]
fn decisions_that_are_missing_or_fit_nothing_are_named() {
    let ours = with(&[(OURS, 3)], &[("note", field(OURS, 3, text("ours")))]);
    let theirs = with(&[(OURS, 2), (THEIRS, 1)], &[("note", field(THEIRS, 1, text("theirs")))]);
    let stamp = Stamp { copy: OURS.to_owned(), seq: 9 };
    let stray = (key("2"), "note".to_owned());
    let choices = BTreeMap::from([(stray.clone(), Choice::Ours)]);
    let error = resolve(&merged(&ours, &theirs), &choices, &stamp, "a", at(9)).expect_err("not decided");
    assert_eq!(error, Unresolved { open: vec![(key("1"), "note".to_owned())], unfit: vec![stray] });
}

#[test]
fn a_record_is_there_or_away_and_nothing_else() {
    let changed = with(&[(OURS, 3)], &[("note", field(OURS, 3, text("changed")))]);
    let removed = state(&[(OURS, 2), (THEIRS, 1)], &[(THERE, field(THEIRS, 1, Held::Int(0)))]);
    let stamp = Stamp { copy: OURS.to_owned(), seq: 9 };
    let place = (key("1"), THERE.to_owned());
    let choices = BTreeMap::from([(place.clone(), Choice::Other(text("maybe")))]);
    let error = resolve(&merged(&changed, &removed), &choices, &stamp, "a", at(9)).expect_err("no answer");
    assert_eq!(error, Unresolved { open: Vec::new(), unfit: vec![place] });
}

#[test]
fn what_is_newer_carries_all_that_a_copy_lacks() {
    let base = with(&[(OURS, 2)], &[("by", field(OURS, 1, text("a"))), ("note", field(OURS, 2, text("x")))]);
    let mut ours = base.clone();
    ours.seen.insert(OURS.to_owned(), 3);
    let record = ours.records.get_mut(&key("1")).expect("the record");
    record.insert("at".to_owned(), field(OURS, 3, text("9:03")));
    let part = newer_than(&rules(), &ours, &base.seen);
    let names: Vec<&str> = part.records[&key("1")].keys().map(String::as_str).collect();
    assert_eq!(names, ["at", "by", THERE], "with what is one value with it, without the rest");
    let offer = Offer::since(&part, &base.seen, &base.seen);
    assert!(offer.is_complete());
    let merged = merge(&rules(), &base, offer);
    assert_eq!(applied(base, &merged.changes, merged.seen), ours);
    let behind = [(THEIRS.to_owned(), 1)].into();
    assert!(!Offer::since(&part, &ours.seen, &behind).is_complete(), "something is missing between");
    assert_eq!(newer_than(&rules(), &ours, &ours.seen).records.len(), 0);
}

#[test]
fn a_copy_that_was_put_back_is_told_by_what_others_know_of_it() {
    let now = with(&[(OURS, 5)], &[]);
    let theirs = with(&[(OURS, 5), (THEIRS, 1)], &[]);
    let put_back = with(&[(OURS, 3)], &[]);
    assert!(!Offer::whole(&theirs).knows_more_of(OURS, &now.seen));
    assert!(Offer::whole(&theirs).knows_more_of(OURS, &put_back.seen));
}
