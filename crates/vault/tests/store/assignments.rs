//! Who looks at what: one person for a thing, and what the journal says of it.

use crate::fixture::*;
use fieldbook_model::{Work, WorkKind};
use fieldbook_vault::{ExamState, VaultError};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tempfile::tempdir;

#[test]
fn a_thing_has_one_person_and_the_journal_who_had_it_before() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    let both = [Work::document("FCM"), Work::chapter("FCM", "6")];
    assert_eq!(store.assign(&both, Some("甲"), "", at()), Err(VaultError::NoPerson));
    assert_eq!(store.assign(&both, Some(" "), EXAMINER, at()), Err(VaultError::NoPerson));
    assert_eq!(store.assign(&both, Some("甲"), EXAMINER, at()), Ok(2));
    assert_eq!(store.assign(&both, Some("甲"), EXAMINER, at()), Ok(0), "nothing new, nothing written");
    assert_eq!(store.assign(&both[1..], Some("乙"), EXAMINER, at()), Ok(1));
    let seq = store.checkpoint().expect("whole").size;
    let looked = store.trail().look(seq).expect("an entry");
    assert_eq!(
        (looked.entry.action.as_str(), looked.entry.subject.as_str()),
        ("assignment.set", "chapter:FCM/6")
    );
    assert!(looked.before.expect("a state").contains("甲") && looked.after.contains("乙"));
    let division = store.division().expect("reads");
    assert_eq!([division.person("FCM", "6", ""), division.person("FCM", "7", "")], [Some("乙"), Some("甲")]);
    assert_eq!(store.assign(&both, None, EXAMINER, at()), Ok(2));
    assert_eq!(store.assignments(), Ok(vec![]));
    drop(store);
    vault.put_away(&exam().id, ExamState::Sealed, "定稿", EXAMINER, at()).expect("seals");
    let mut store = vault.open_exam(&exam().id, &[]).expect("opens");
    assert_eq!(store.assign(&both, Some("甲"), EXAMINER, at()), Err(VaultError::Sealed));
}

fn work() -> impl Strategy<Value = Work> {
    let kind = prop_oneof![
        Just(WorkKind::Document),
        Just(WorkKind::Chapter),
        Just(WorkKind::System),
        Just(WorkKind::Procedure)
    ];
    (kind, "[甲乙FCM/'0-9]{1,4}").prop_map(|(kind, key)| Work { kind, key })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_was_said_last_of_a_thing_holds(
        said in proptest::collection::vec((proptest::collection::vec(work(), 0..6), proptest::option::of("[甲乙丙]")), 0..8),
    ) {
        let dir = tempdir().expect("a folder");
        let (_vault, mut store) = with_exam(dir.path());
        let mut wanted: BTreeMap<Work, String> = BTreeMap::new();
        for (works, person) in &said {
            store.assign(works, person.as_deref(), EXAMINER, at()).expect("writes");
            for work in works {
                match person {
                    Some(person) => wanted.insert(work.clone(), person.clone()),
                    None => wanted.remove(work),
                };
            }
        }
        let kept: BTreeMap<Work, String> =
            store.assignments().expect("reads").into_iter().map(|a| (a.work, a.person)).collect();
        prop_assert_eq!(kept, wanted);
        prop_assert!(store.checkpoint().is_ok());
    }
}
