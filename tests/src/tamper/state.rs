//! Everything that a vault says, part by part, as hashes of its words.

use fieldbook_model::DatasetDef;
use fieldbook_vault::{ExamStore, Vault, VaultError};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// Name of a part to the hash of what it says, or why it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State(pub BTreeMap<String, Result<String, VaultError>>);

impl State {
    /// Reads everything through the store.
    #[must_use]
    pub fn of(vault: &Vault, defs: &[DatasetDef]) -> Self {
        let mut state = Self::default();
        let exams = vault.exams();
        state.put("vault/exams", &exams);
        state.put("vault/settings", &vault.setting("report.organisation"));
        state.put("vault/mappings", &vault.mappings(None));
        state.put("vault/packages", &vault.packages());
        state.put("vault/signers", &vault.trusted_signers());
        state.put("vault/contacts", &vault.contacts());
        state.put("vault/identities", &vault.identities());
        state.put("vault/findings", &vault.all_findings());
        state.put("vault/phrases", &vault.phrases());
        state.put("vault/own", &vault.own_procedures());
        state.put("vault/signer", &vault.signer());
        for head in exams.unwrap_or_default() {
            match vault.open_exam(&head.id, defs) {
                Ok(store) => state.exam(vault, head.id.as_str(), &store),
                Err(e) => state.put(&format!("{}/open", head.id), &Err::<(), _>(e)),
            }
        }
        state
    }

    fn exam(&mut self, vault: &Vault, id: &str, store: &ExamStore) {
        let name = |part: &str| format!("{id}/{part}");
        self.put(&name("open"), &Ok::<_, VaultError>(()));
        self.put(&name("head"), &store.exam());
        self.put(&name("answers"), &store.answers());
        self.put(&name("findings"), &store.findings());
        self.put(&name("evidence"), &store.evidence());
        for piece in store.evidence().unwrap_or_default() {
            let mut bytes = Vec::new();
            let read = store.evidence_bytes(piece.id, &mut bytes).map(|()| bytes);
            self.put(&name(&format!("evidence {}", piece.id)), &read);
        }
        self.put(&name("assignments"), &store.assignments());
        self.put(&name("batches"), &store.batches());
        for def in store.defs() {
            self.put(&name(&def.key), &store.dataset_rows(&def.key, 0, 100_000, None));
        }
        self.put(&name("runs"), &store.runs());
        self.put(&name("signatures"), &store.sign_offs());
        self.put(&name("journal"), &store.journal(0, u64::MAX >> 1));
        self.put(&name("checkpoint"), &store.checkpoint());
        let law = store.law_sha256().and_then(|hash| hash.map_or(Ok(None), |hash| vault.law(&hash)));
        self.put(&name("law"), &law);
    }

    fn put(&mut self, part: &str, said: &Result<impl Debug, VaultError>) {
        let said = match said {
            Ok(words) => Ok(hex::encode(Sha256::digest(format!("{words:?}")))),
            Err(e) => Err(e.clone()),
        };
        self.0.insert(part.to_owned(), said);
    }

    /// Whether all of it could be read.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.0.values().all(Result::is_ok)
    }

    /// Parts that were read and say something else than `right`, or that it has not.
    #[must_use]
    pub fn differing(&self, right: &Self) -> Vec<String> {
        let other = |(part, said): (&String, &Result<String, VaultError>)| {
            (said.is_ok() && right.0.get(part) != Some(said)).then(|| part.clone())
        };
        self.0.iter().filter_map(other).collect()
    }
}
