//! A clock that was set back.

use fieldbook_app::exam;
use fieldbook_app::wire::{ExamRequest, NoticeWord};
use fieldbook_tests::crash::world::World;

#[test]
fn a_clock_that_was_set_back_is_told_and_the_journal_goes_on_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let world = World::new(folder.path(), 3);
    let mut desk = world.make().expect("a vault with an exam");
    let id = exam::exams(&desk).expect("lists")[0].id.clone();
    // A day later: clocks of the world go by acts, a minute each.
    world.begin(24 * 60);
    let mut actor = fieldbook_tests::crash::acts::Actor { clauses: Vec::new(), changes: 0, open: None };
    let later =
        (24 * 60..).take(40).map(|n| actor.act(&world, &mut desk, n)).filter(|t| t.said == "done").count();
    assert!(later > 5);
    drop(desk);

    world.begin(1);
    let mut desk = world.desk().expect("a desk");
    world.unlock(&mut desk, &[actor.changes]).expect("opens");
    let view = exam::exam_open(&mut desk, &ExamRequest { exam: id.clone() }).expect("opens");
    assert_eq!(view.notices, [NoticeWord::ClockBack]);
    let again = (1..40).map(|n| actor.act(&world, &mut desk, n)).filter(|t| t.said == "done").count();
    assert!(again > 5, "work goes on");
    assert_eq!(fieldbook_app::integrity::verify(&desk).expect("looks"), vec![], "every journal holds");
    drop(desk);

    world.begin(24 * 60 + 50);
    let mut desk = world.desk().expect("a desk");
    world.unlock(&mut desk, &[actor.changes]).expect("opens");
    let view = exam::exam_open(&mut desk, &ExamRequest { exam: id }).expect("opens");
    assert_eq!(view.notices, [], "the clock is right again");
}
