/** Evidence in the custody of the invented host. */
import type {
  Commands,
  CustodyEntryView,
  CustodyRequest,
  ErrorView,
  EvidenceAbout,
  EvidenceAddRequest,
  EvidenceChangeRequest,
  EvidencePreviewView,
  EvidenceTakenView,
  EvidenceTakeRequest,
  EvidenceView,
  ExifView,
  PreviewKindWord
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
    moved: null,
    moved_at: null,
    holder: '',
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
  enter(state, id, { event: 'taken_in', from: made.source, to: by, happened_at: made.acquired_at });
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

const KINDS: Record<string, PreviewKindWord> = {
  pdf: 'pdf',
  png: 'image',
  jpg: 'image',
  txt: 'text',
  log: 'text',
  csv: 'sheets',
  xlsx: 'sheets',
  heic: 'heic'
};

/** One grey point. */
const POINT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

const CAMERA: ExifView = {
  taken_at: '2026-03-02T09:12:44',
  offset: null,
  camera: 'Canon EOS R8',
  has_place: true
};

/** Adds an entry to the chain of custody. */
function enter(state: FakeState, evidence: number, said: Partial<CustodyEntryView>): void {
  const at = tick(state);
  const by = examiner(state);
  const { sha256 } = state.dossier.evidence.find((piece) => piece.id === evidence)!;
  const id = state.dossier.custody.length + 1;
  const blank = {
    event: 'viewed',
    from: '',
    to: by,
    place: '',
    purpose: '',
    condition: '',
    seal: '',
    receipt: ''
  };
  state.dossier.custody.push({
    ...blank,
    sha256,
    happened_at: at,
    by,
    at,
    ...said,
    id,
    evidence
  } as CustodyEntryView & {
    evidence: number;
  });
}

function record(state: FakeState, request: CustodyRequest): EvidenceView {
  const piece = one(state, request.id);
  const { id, ...said } = request;
  const ends = said.event !== 'handed_over';
  if (ends && said.receipt.trim() === '')
    refuse('required', '尚未填寫收據／銷毀紀錄編號。', '請填寫後再登錄。');
  enter(state, id, {
    ...said,
    from: said.from || piece.holder || piece.by,
    happened_at: said.happened_at || piece.at
  });
  const moved = { moved: said.event, moved_at: said.happened_at || piece.at, holder: said.to };
  state.dossier.evidence = state.dossier.evidence.map((other) =>
    other.id === id ? { ...other, ...moved } : other
  );
  return one(state, id);
}

function take(state: FakeState, { files, about, findings }: EvidenceTakeRequest): EvidenceTakenView {
  const view: EvidenceTakenView = { taken: [], refused: [], cancelled: false };
  files.forEach(({ path, acquired_at }, n) => {
    const file = path.split(/[\\/]/).pop() ?? path;
    for (const listener of state.evidenceProgress)
      listener({ file, no: n + 1, files: files.length, bytes: 1, size: 2 });
    try {
      const own = { ...about, acquired_at: acquired_at || about.acquired_at };
      view.taken.push(add(state, { path, about: own, findings }));
    } catch (error) {
      view.refused.push({ path, error: error as ErrorView });
    }
  });
  return view;
}

function preview(state: FakeState, id: number): EvidencePreviewView {
  const piece = one(state, id);
  if (piece.name.startsWith('壞'))
    refuse('failed', '這件證據之內容不完整或不合格式，無法預覽。', '收存之內容與雜湊值不受影響。');
  const seen = state.dossier.custody.some((entry) => entry.evidence === id && entry.event === 'viewed');
  if (!seen) enter(state, id, {});
  const kind = KINDS[piece.format.toLowerCase()] ?? 'other';
  const pages = { image: 1, pdf: 3, text: 1, sheets: 2, heic: 0, other: 0 }[kind];
  const [width, height] = kind === 'image' ? [4000, 3000] : [null, null];
  const sheets = kind === 'sheets' ? ['帳號', '權限'] : [];
  return { id, kind, pages, width, height, sheets, exif: kind === 'image' ? CAMERA : null };
}

type Answered = Extract<keyof Commands, `evidence${string}`>;

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
      enter(state, id, { event: 'copied_out', place: path });
      return { files: [{ file: path, sha256, size }] };
    },
    evidence_look: ({ paths }) =>
      paths.map((path) => {
        const name = path.split(/[\\/]/).pop() ?? path;
        return { path, name, size: 18_204, exif: /\.jpe?g$/i.test(name) ? CAMERA : null };
      }),
    evidence_take: (request) => take(state, request),
    evidence_cancel: () => null,
    evidence_custody: ({ id }) => state.dossier.custody.filter((entry) => entry.evidence === id),
    evidence_record: (request) => record(state, request),
    evidence_preview: ({ id }) => preview(state, id),
    evidence_page: ({ width }) => ({ data: POINT, width, height: width }),
    evidence_text: ({ id }) => ({ text: `${one(state, id).name}\n登入成功`, encoding: 'UTF-8', cut: true }),
    evidence_grid: ({ page }) => ({
      rows: [
        { row: 1, cells: ['帳號', '姓名'] },
        { row: 2, cells: [page === 0 ? 'root' : 'READ', '王小明'] }
      ],
      cut: false
    }),
    evidence_thumbnail: () => ({ data: POINT, width: 1, height: 1 })
  };
}
