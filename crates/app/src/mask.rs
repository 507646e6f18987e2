//! Personal data in what is handed out: names, accounts and numbers are masked, so that a reader can tell them apart with
//! the working papers beside and nobody can without.

use fieldbook_checklist::Bundle;
use fieldbook_model::ExceptionRow;
use fieldbook_model::identity::roc_valid_id;
use fieldbook_report::Dossier;

/// Characters of a national identity number.
const ID: usize = 10;

/// A name or account of which only the ends are told: `王○明`, `vn***`.
pub(crate) fn masked_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    match letters.as_slice() {
        [] | [_] => name.to_owned(),
        [first, rest @ ..] if !first.is_ascii() => {
            let last = if rest.len() > 1 { rest.last() } else { None };
            let hidden = rest.len() - usize::from(last.is_some());
            let circles = std::iter::repeat_n('○', hidden);
            std::iter::once(*first).chain(circles).chain(last.copied()).collect()
        }
        [first, second, ..] => format!("{first}{second}***"),
    }
}

/// A text in which national identity numbers are masked: `A12****789`.
pub(crate) fn masked_ids(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = letters.clone();
    for (at, window) in letters.windows(ID).enumerate() {
        let candidate: String = window.iter().collect();
        if roc_valid_id(&candidate) {
            for hidden in out.iter_mut().skip(at + 3).take(4) {
                *hidden = '*';
            }
        }
    }
    out.into_iter().collect()
}

/// An object of a finding: what stands behind the last stroke (`主機連線系統／vnd_colo`) is the account.
pub(crate) fn masked_object(object: &str) -> String {
    match object.rsplit_once(['／', '/']) {
        Some((system, account)) => format!("{system}／{}", masked_name(account)),
        None if object.is_ascii() => masked_name(object),
        None => masked_ids(object),
    }
}

/// Whether a value of a row names or numbers a person: as the row's own dataset says; where that has no such column, as
/// one of those that the procedure reads says.
fn personal(bundle: &Bundle, row: &ExceptionRow, key: &str) -> bool {
    let Some(loaded) = bundle.procedure(&row.key.procedure) else { return true };
    let rule = loaded.procedure.rules.iter().find(|r| r.id == row.key.rule);
    let own = rule.and_then(|r| bundle.dataset(&r.subject)).and_then(|d| d.column(key));
    match own {
        Some(column) => column.personal,
        None => {
            let read = loaded.procedure.needs.iter().filter_map(|n| bundle.dataset(&n.dataset));
            read.filter_map(|d| d.column(key)).any(|c| c.personal)
        }
    }
}

/// The dossier with personal data masked: in the rows, in the objects of findings, and identity numbers wherever they
/// stand in words.
pub(crate) fn masked(mut dossier: Dossier, bundle: &Bundle) -> Dossier {
    let rows = dossier.tests.iter_mut().flat_map(|t| &mut t.exceptions);
    for row in rows.chain(dossier.findings.iter_mut().flat_map(|f| &mut f.rows)) {
        let hidden: Vec<bool> = row.values.iter().map(|(key, _)| personal(bundle, row, key)).collect();
        for ((_, value), hidden) in row.values.iter_mut().zip(hidden) {
            if let Some(text) = value {
                *text = if hidden { masked_name(text) } else { masked_ids(text) };
            }
        }
    }
    for paper in &mut dossier.findings {
        let f = &mut paper.finding;
        for object in &mut f.objects {
            *object = masked_object(object);
        }
        for text in [&mut f.title, &mut f.condition, &mut f.cause, &mut f.effect, &mut f.recommendation] {
            *text = masked_ids(text);
        }
    }
    for answer in dossier.items.iter_mut().flat_map(|i| &mut i.answers) {
        answer.note = masked_ids(&answer.note);
    }
    dossier
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_name_are_told() {
        for (name, masked) in
            [("王小明", "王○明"), ("王明", "王○"), ("歐陽小明", "歐○○明"), ("vnd_colo", "vn***"), ("", "")]
        {
            assert_eq!(masked_name(name), masked);
        }
        assert_eq!(masked_object("主機連線系統／vnd_colo_admin"), "主機連線系統／vn***");
    }

    #[test]
    fn an_identity_number_is_masked_wherever_it_stands() {
        assert_eq!(masked_ids("由A123456789持有"), "由A12****789持有");
        assert_eq!(masked_ids("編號A123456788"), "編號A123456788", "no identity number");
    }
}
