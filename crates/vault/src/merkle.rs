//! Merkle tree hashes and proofs of RFC 6962 §2.1, SHA-256, with its domain separation bytes. Who verifies a proof needs
//! nothing but hashes (RFC 9162 §2.1.3.2 and §2.1.4.2).

use sha2::{Digest, Sha256};

/// A hash.
pub type Hash = [u8; 32];

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

/// The largest power of two below `n`, for `n` above 1.
fn split(n: usize) -> usize {
    1 << (usize::BITS - 1 - (n - 1).leading_zeros())
}

fn root_of(leaves: &[Hash]) -> Hash {
    let mut tree = Tree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    tree.root()
}

/// The hashes that lead from the leaf at `index` (from 0) to the root, lowest first (RFC 6962 §2.1.1). `None` when there is
/// no such leaf.
pub(crate) fn inclusion(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    let (mut rest, mut at, mut path) = (leaves, index, Vec::new());
    while rest.len() > 1 {
        let (left, right) = rest.split_at(split(rest.len()));
        if at < left.len() {
            path.push(root_of(right));
            rest = left;
        } else {
            path.push(root_of(left));
            at -= left.len();
            rest = right;
        }
    }
    path.reverse();
    Some(path)
}

/// The hashes that show that the tree of the first `first` leaves is the beginning of this one (RFC 6962 §2.1.2). Empty
/// when they are the same tree; `None` for no leaves or more than there are.
pub(crate) fn consistency(leaves: &[Hash], first: usize) -> Option<Vec<Hash>> {
    if first == 0 || first > leaves.len() {
        return None;
    }
    let (mut rest, mut m, mut whole, mut path) = (leaves, first, true, Vec::new());
    while m < rest.len() {
        let (left, right) = rest.split_at(split(rest.len()));
        if m <= left.len() {
            path.push(root_of(right));
            rest = left;
        } else {
            path.push(root_of(left));
            m -= left.len();
            rest = right;
            whole = false;
        }
    }
    if !whole {
        path.push(root_of(rest));
    }
    path.reverse();
    Some(path)
}

/// Whether `path` leads from the leaf hash at `index` (from 0) of a tree of `size` leaves to `root` (RFC 9162 §2.1.3.2).
#[must_use]
pub fn includes(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut f, mut s, mut r) = (index, size - 1, *leaf);
    for p in path {
        if s == 0 {
            return false;
        }
        if f & 1 == 1 || f == s {
            r = node(p, &r);
            while f & 1 == 0 && f != 0 {
                f >>= 1;
                s >>= 1;
            }
        } else {
            r = node(&r, p);
        }
        f >>= 1;
        s >>= 1;
    }
    s == 0 && r == *root
}

/// Whether `path` shows that the tree of `first` leaves with `first_root` is the beginning of that of `second` leaves with
/// `second_root` (RFC 9162 §2.1.4.2). Trees of no leaves prove nothing.
#[must_use]
pub fn extends(first: u64, second: u64, first_root: &Hash, second_root: &Hash, path: &[Hash]) -> bool {
    if first == 0 || first > second {
        return false;
    }
    if first == second {
        return path.is_empty() && first_root == second_root;
    }
    let own = [*first_root];
    // A tree whose size is a power of two is a subtree of the later one: its root is where the path begins.
    let mut hashes = own.iter().filter(|_| first.is_power_of_two()).chain(path);
    let Some(begin) = hashes.next() else { return false };
    let (mut f, mut s) = (first - 1, second - 1);
    while f & 1 == 1 {
        f >>= 1;
        s >>= 1;
    }
    let (mut fr, mut sr) = (*begin, *begin);
    for c in hashes {
        if s == 0 {
            return false;
        }
        if f & 1 == 1 || f == s {
            fr = node(c, &fr);
            sr = node(c, &sr);
            while f & 1 == 0 && f != 0 {
                f >>= 1;
                s >>= 1;
            }
        } else {
            sr = node(&sr, c);
        }
        f >>= 1;
        s >>= 1;
    }
    s == 0 && fr == *first_root && sr == *second_root
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

    fn hex_root(entries: &[Vec<u8>]) -> String {
        let mut tree = Tree::default();
        entries.iter().for_each(|e| tree.push(leaf(e)));
        assert_eq!(tree.size(), entries.len() as u64);
        hex::encode(tree.root())
    }

    /// The eight entries of Certificate Transparency's tests.
    fn reference() -> Vec<Vec<u8>> {
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
            .iter()
            .map(|h| hex::decode(h).expect("hex"))
            .collect()
    }

    fn leaves(entries: &[Vec<u8>]) -> Vec<Hash> {
        entries.iter().map(|e| leaf(e)).collect()
    }

    fn shown(path: &[Hash]) -> Vec<String> {
        path.iter().map(hex::encode).collect()
    }

    #[test]
    fn the_reference_vectors_of_certificate_transparency() {
        let entries = reference();
        let roots = [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
            (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
            (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
            (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ];
        for (size, root) in roots {
            assert_eq!(hex_root(&entries[..size]), root, "size {size}");
        }
    }

    const A: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    const B: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    const C: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    const D: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    const E: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    const F: &str = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";

    #[test]
    fn the_reference_proofs_of_certificate_transparency() {
        let all = leaves(&reference());
        let two = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
        let one = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        let last = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
        for (index, size, path) in [
            (0, 1, vec![]),
            (0, 8, vec![A, B, C]),
            (5, 8, vec![D, E, F]),
            (2, 3, vec![two]),
            (1, 5, vec![one, B, D]),
        ] {
            assert_eq!(shown(&inclusion(&all[..size], index).expect("a leaf")), path, "{index} of {size}");
        }
        for (first, second, path) in
            [(1, 1, vec![]), (1, 8, vec![A, B, C]), (6, 8, vec![last, E, F]), (2, 5, vec![B, D])]
        {
            assert_eq!(
                shown(&consistency(&all[..second], first).expect("a tree")),
                path,
                "{first} in {second}"
            );
        }
        assert!(
            inclusion(&all, 8).is_none() && consistency(&all, 0).is_none() && consistency(&all, 9).is_none()
        );
    }

    /// PATH(m, D[n]) of RFC 6962 §2.1.1 word for word.
    fn path_by_definition(m: usize, entries: &[Vec<u8>]) -> Vec<Hash> {
        if entries.len() == 1 {
            return Vec::new();
        }
        let k = split(entries.len());
        let (mut path, other) = if m < k {
            (path_by_definition(m, &entries[..k]), by_definition(&entries[k..]))
        } else {
            (path_by_definition(m - k, &entries[k..]), by_definition(&entries[..k]))
        };
        path.push(other);
        path
    }

    /// SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2 word for word.
    fn subproof(m: usize, entries: &[Vec<u8>], whole: bool) -> Vec<Hash> {
        if m == entries.len() {
            return if whole { Vec::new() } else { vec![by_definition(entries)] };
        }
        let k = split(entries.len());
        let (mut path, other) = if m <= k {
            (subproof(m, &entries[..k], whole), by_definition(&entries[k..]))
        } else {
            (subproof(m - k, &entries[k..], false), by_definition(&entries[..k]))
        };
        path.push(other);
        path
    }

    /// What somebody could do to a proof.
    #[derive(Debug, Clone, Copy)]
    enum Harm {
        Flip(usize, u8),
        Swap(usize, usize),
        Drop(usize),
        Double(usize),
        Add,
    }

    fn harm() -> impl Strategy<Value = Harm> {
        prop_oneof![
            (any::<usize>(), any::<u8>()).prop_map(|(at, bit)| Harm::Flip(at, bit)),
            (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Harm::Swap(a, b)),
            any::<usize>().prop_map(Harm::Drop),
            any::<usize>().prop_map(Harm::Double),
            Just(Harm::Add),
        ]
    }

    fn harmed(path: &[Hash], harm: Harm) -> Vec<Hash> {
        let mut path = path.to_vec();
        let n = path.len();
        match harm {
            Harm::Add => path.push([7; 32]),
            _ if n == 0 => {}
            Harm::Flip(at, bit) => path[at % n][usize::from(bit) / 8] ^= 1 << (bit % 8),
            Harm::Swap(a, b) => path.swap(a % n, b % n),
            Harm::Drop(at) => drop(path.remove(at % n)),
            Harm::Double(at) => path.insert(at % n, path[at % n]),
        }
        path
    }

    proptest! {
        #[test]
        fn proofs_are_what_the_definition_says_and_verify(count in 1_usize..90, a in any::<usize>(), b in any::<usize>()) {
            let entries: Vec<Vec<u8>> = (0..count).map(|n| n.to_string().into_bytes()).collect();
            let (all, at, first) = (leaves(&entries), a % count, 1 + b % count);
            let root = root_of(&all);
            let path = inclusion(&all, at).expect("a leaf");
            prop_assert_eq!(&path, &path_by_definition(at, &entries));
            prop_assert!(includes(&all[at], at as u64, count as u64, &path, &root));
            let between = consistency(&all, first).expect("a tree");
            prop_assert_eq!(&between, &subproof(first, &entries, true));
            let begun = root_of(&all[..first]);
            prop_assert!(extends(first as u64, count as u64, &begun, &root, &between));
        }

        #[test]
        fn a_changed_proof_never_verifies(
            count in 1_usize..90, a in any::<usize>(), b in any::<usize>(), harm in harm(), other in 0_usize..90,
        ) {
            let all: Vec<Hash> = (0..count).map(|n| leaf(n.to_string().as_bytes())).collect();
            let (at, first, root) = (a % count, 1 + b % count, root_of(&all));
            let size = count as u64;
            let path = inclusion(&all, at).expect("a leaf");
            let begun = root_of(&all[..first]);
            let between = consistency(&all, first).expect("a tree");
            let (bad, bad_between) = (harmed(&path, harm), harmed(&between, harm));
            if bad != path {
                prop_assert!(!includes(&all[at], at as u64, size, &bad, &root));
            }
            if bad_between != between {
                prop_assert!(!extends(first as u64, size, &begun, &root, &bad_between));
            }
            if other != at {
                // Another place, and another leaf in this place.
                prop_assert!(!includes(&all[at], other as u64, size, &path, &root));
                prop_assert!(!includes(&leaf(other.to_string().as_bytes()), at as u64, size, &path, &root));
            }
            let mut forged = root;
            forged[0] ^= 1;
            prop_assert!(!includes(&all[at], at as u64, size, &path, &forged));
            prop_assert!(!extends(first as u64, size, &begun, &forged, &between));
            prop_assert!(!extends(first as u64, size, &forged, &root, &between));
        }
        #[test]
        fn it_is_what_the_definition_says(entries in proptest::collection::vec(any::<Vec<u8>>(), 0..70)) {
            prop_assert_eq!(hex_root(&entries), hex::encode(by_definition(&entries)));
        }
    }
}
