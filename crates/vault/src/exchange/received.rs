//! The journals of other copies, checked against what is known of them.

use super::bring::ReceivedCopy;
use crate::error::VaultError;
use crate::journal::leaf_of;
use crate::table::exam_copy;
use rusqlite::Connection;

/// Checks what was received of another copy's journal against what is known of it, and keeps what is new.
pub(crate) fn receive(conn: &Connection, copy: &ReceivedCopy) -> Result<(), VaultError> {
    let own = exam_copy::own(conn)?;
    if copy.copy == own.copy {
        // What others saw of this copy must still be there: else it was put back from an earlier one.
        let known = crate::journal::walk(conn, Some(copy.checkpoint.size))?;
        let same = known.size() == copy.checkpoint.size && hex::encode(known.root()) == copy.checkpoint.root;
        return if same { Ok(()) } else { Err(VaultError::OtherJournal) };
    }
    let known = exam_copy::known(conn)?;
    let taken =
        |block: i64| block == own.block || known.iter().any(|k| k.block == block && k.copy != copy.copy);
    if taken(copy.block) {
        return Err(VaultError::OtherJournal);
    }
    let no = exam_copy::know(conn, &copy.copy, copy.block, &copy.label, &copy.recipient)?;
    let have = exam_copy::received(conn, no)?;
    let mut tree = exam_copy::tree(conn, no)?;
    let older = copy.checkpoint.size < have;
    for e in &copy.entries {
        let at = e.at.to_string();
        let leaf = leaf_of(e.seq, [&at, &e.by, &e.action, &e.subject, &e.detail]);
        if e.seq <= have {
            if !exam_copy::is_leaf(conn, no, e.seq, &leaf)? {
                return Err(VaultError::OtherJournal);
            }
        } else if e.seq == tree.size() + 1 {
            exam_copy::keep(conn, no, e, &leaf)?;
            tree.push(leaf);
        } else {
            return Err(VaultError::MissingExchange);
        }
    }
    if older {
        return Ok(());
    }
    match tree.size() == copy.checkpoint.size && hex::encode(tree.root()) == copy.checkpoint.root {
        true => Ok(()),
        false if tree.size() < copy.checkpoint.size => Err(VaultError::MissingExchange),
        false => Err(VaultError::OtherJournal),
    }
}
