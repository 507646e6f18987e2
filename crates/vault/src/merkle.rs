//! Merkle tree hashes of RFC 6962 §2.1, SHA-256, with its domain separation bytes.

use sha2::{Digest, Sha256};

/// A hash.
pub(crate) type Hash = [u8; 32];

/// `SHA-256(0x00 || entry)`.
pub(crate) fn leaf(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Builds the root leaf by leaf: holds one hash for each full subtree, so a long journal needs no memory.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Full subtrees from left to right, with their sizes, each a power of two and falling.
    peaks: Vec<(u64, Hash)>,
}

impl Tree {
    /// Appends a leaf hash.
    pub(crate) fn push(&mut self, leaf: Hash) {
        let mut last = (1, leaf);
        while let Some((size, hash)) = self.peaks.pop_if(|(size, _)| *size == last.0) {
            last = (size * 2, node(&hash, &last.1));
        }
        self.peaks.push(last);
    }

    /// Number of leaves.
    pub(crate) fn size(&self) -> u64 {
        self.peaks.iter().map(|(size, _)| size).sum()
    }

    /// The tree hash; of no leaves the hash of nothing.
    pub(crate) fn root(&self) -> Hash {
        let mut from_right = self.peaks.iter().rev().map(|(_, hash)| *hash);
        let Some(last) = from_right.next() else { return Sha256::digest([]).into() };
        from_right.fold(last, |right, left| node(&left, &right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition of RFC 6962 §2.1 word for word: split at the largest power of two below n.
    fn by_definition(entries: &[Vec<u8>]) -> Hash {
        match entries {
            [] => Sha256::digest([]).into(),
            [one] => leaf(one),
            many => {
                let mut k = 1;
                while k * 2 < many.len() {
                    k *= 2;
                }
                node(&by_definition(&many[..k]), &by_definition(&many[k..]))
            }
        }
    }

    fn root_of(entries: &[Vec<u8>]) -> String {
        let mut tree = Tree::default();
        entries.iter().for_each(|e| tree.push(leaf(e)));
        assert_eq!(tree.size(), entries.len() as u64);
        hex::encode(tree.root())
    }

    #[test]
    fn the_reference_vectors_of_certificate_transparency() {
        let entries: Vec<Vec<u8>> = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        .iter()
        .map(|h| hex::decode(h).expect("hex"))
        .collect();
        let roots = [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ];
        for (size, root) in roots {
            assert_eq!(root_of(&entries[..size]), root, "size {size}");
        }
    }

    proptest! {
        #[test]
        fn it_is_what_the_definition_says(entries in proptest::collection::vec(any::<Vec<u8>>(), 0..70)) {
            prop_assert_eq!(root_of(&entries), hex::encode(by_definition(&entries)));
        }
    }
}
