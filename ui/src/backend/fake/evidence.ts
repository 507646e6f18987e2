/** Evidence in the custody of the invented host. */
import type {
  Commands,
  EvidenceAbout,
  EvidenceAddRequest,
  EvidenceChangeRequest,
  EvidenceView
} from '../bindings';
import { clauseOf } from './clauses';
import { PAPERS, stillOpen } from './dossier';
import { examiner, refuse, tick, type FakeState } from './state';

export const numberOf = (id: number): string => `E-${String(id).padStart(3, '0')}`;

/** A hash that is the same for the same text, and looks like one. */
export function hashOf(text: string): string {
  let out = '';
  for (let round = 0; out.length < 64; round += 1) {
    let h = 2166136261 ^ (round * 40503);
    for (const letter of text) h = Math.imul(h ^ letter.codePointAt(0)!, 16777619) >>> 0;
    out += h.toString(16).padStart(8, '0');
  }
  return out.substring(0, 64);
}

/** The pieces, each with the findings that rest on it. */
export const pieces = (state: FakeState): EvidenceView[] =>
  state.dossier.evidence.map((piece) => ({
    ...piece,
    findings: state.findings
      .filter((finding) => finding.evidence.some((one) => one.id === piece.id))
      .map((finding) => finding.number)
  }));

const one = (state: FakeState, id: number): EvidenceView =>
  pieces(state).find((piece) => piece.id === id) ??
  refuse('unknown_evidence', `沒有證據 ${numberOf(id)}。`, '請自證據清單選取。');

function described(about: EvidenceAbout, of: EvidenceView): EvidenceView {
  if (about.source.trim() === '')
    refuse('required', '尚未填寫來源／提供人。', '請填寫由誰提供，或取自何處。');
  for (const clause of about.clauses) clauseOf(clause);
  return {
    ...of,
    ...about,
    name: about.name.trim() || of.name,
    acquired_at: about.acquired_at || of.acquired_at,
    confidentiality: about.confidentiality ?? of.confidentiality
  };
}

function add(state: FakeState, { path, about, findings }: EvidenceAddRequest): EvidenceView {
  stillOpen(state.dossier, PAPERS.evidence);
  const name = path.split(/[\\/]/).pop() ?? path;
  const sha256 = hashOf(name);
  const kept = state.dossier.evidence.find((piece) => piece.sha256 === sha256);
  if (name.startsWith('缺'))
    refuse(
      'evidence_unreadable',
      `無法讀取檔案「${name}」（找不到檔案）。`,
      '請確認檔案可開啟，再重新加入。'
    );
  if (kept) refuse('evidence_kept', `相同內容之檔案已收存為證據 ${kept.number}。`, '請直接引用該證據。');
  const id = state.dossier.evidence.length + 1;
  const [by, at] = [examiner(state), tick(state)];
  const blank: EvidenceView = {
    id,
    number: numberOf(id),
    name,
    source: '',
    acquired_by: '',
    acquired_at: at,
    format: name.includes('.') ? (name.split('.').pop() ?? '') : '',
    pages: null,
    sha256,
    size: 18_204 + name.length * 9_113,
    kept_at: '',
    confidentiality: 'restricted',
    returned: '',
    clauses: [],
    findings: [],
    by,
    at
  };
  const made = described(about, blank);
  const resting = state.findings.filter((finding) => findings.includes(finding.no));
  if (resting.some((finding) => finding.status !== 'draft'))
    refuse('not_a_draft', '這項發現已不是草稿，內容不可直接修改。', '請先退回草稿並註明理由，再修改。');
  state.dossier.evidence.push(made);
  for (const finding of resting) {
    finding.evidence = [...finding.evidence, { id, number: made.number, name: made.name }];
    Object.assign(finding, { by, at });
  }
  return one(state, id);
}

function change(state: FakeState, { id, about }: EvidenceChangeRequest): EvidenceView {
  stillOpen(state.dossier, PAPERS.evidence);
  const changed = described(about, one(state, id));
  state.dossier.evidence = state.dossier.evidence.map((piece) => (piece.id === id ? changed : piece));
  tick(state);
  return one(state, id);
}

type Answered = 'evidence' | 'evidence_add' | 'evidence_change' | 'evidence_export';

/** What the invented host answers about evidence. */
export function evidenceHandlers(state: FakeState): {
  [K in Answered]: (request: Commands[K]['request']) => Commands[K]['view'];
} {
  return {
    evidence: () => pieces(state),
    evidence_add: (request) => add(state, request),
    evidence_change: (request) => change(state, request),
    evidence_export: ({ id, path }) => {
      const { sha256, size } = one(state, id);
      return { files: [{ file: path, sha256, size }] };
    }
  };
}
