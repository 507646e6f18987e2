/** The gate and the documents of the invented host. */
import type {
  Commands,
  DocumentExportRequest,
  DocumentKind,
  ExportRequest,
  ExportView,
  GateLineView,
  GateView
} from '../bindings';
import { openExceptions } from './audit';
import { counts, lines } from './checklist';
import { findings } from './life';
import { reviewHandlers } from './review';
import { refuse, type FakeState } from './state';

/** A page with nothing on it but its frame: as many lines as make it look like one. */
function page(n: number, width: number): string {
  const lines = Array.from(
    { length: 9 },
    (_, k) => `<rect x="24" y="${60 + k * 22}" width="${k % 3 === 2 ? 90 : 162}" height="6" fill="#c8c8c8"/>`
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" viewBox="0 0 210 297"><rect width="210" height="297" fill="#fff"/><rect x="24" y="28" width="${100 - n * 6}" height="12" fill="#555"/>${lines.join('')}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export const HASH = '3f5a0c9e1b7d2468ace013579bdf8642fedcba9876543210a1b2c3d4e5f60718';

export function gate(state: FakeState): GateView {
  const all = lines(state);
  const open = all.filter((item) => item.applicability === 'applicable' && item.result === 'not_examined');
  const failed = all.filter((item) => ['noncompliant', 'partial'].includes(item.result));
  const standing = findings(state).filter((finding) => finding.status !== 'withdrawn');
  const begun = standing.filter(({ status }) => status === 'draft' || status === 'in_review');
  const { review, team } = reviewHandlers(state);
  const { papers, notes } = review(null);
  const stale = papers.filter(({ prepared, reviewed }) =>
    [prepared, reviewed].some((signature) => signature?.current === false)
  );
  const some: [string, string, number][] = [
    ['items_undetermined', '項目之適用性待確認', counts(state).undetermined],
    ['items_open', '適用項目尚未查核', open.length],
    ['items_awaited', '項目待受查單位補資料', all.filter((item) => item.awaited !== null).length],
    [
      'no_finding_for_answer',
      '不符合或部分符合，未列發現亦無理由',
      failed.filter((item) => !item.findings).length
    ],
    ['exceptions_open', '例外尚未處理', openExceptions(state)],
    ['finding_incomplete', '查核發現尚未定稿', begun.length],
    [
      'finding_evidence',
      '查核發現沒有證據',
      standing.filter((one) => one.evidence.length + one.rows.length === 0).length
    ],
    ['finding_changed', '查核發現之筆數與最新執行結果不同', standing.filter((one) => one.changed).length],
    ['papers_unsigned', '底稿尚未覆核', papers.filter((paper) => !paper.reviewed).length],
    ['paper_changed', '底稿於簽署後已變更', stale.length],
    ['notes_open', '覆核意見尚未清除', notes.filter((note) => !note.clearance).length],
    ['qualification_gaps', '團隊資格或聲明尚有缺漏', team(null).gaps.length],
    ['glyphs', '個字沒有字型', 1]
  ];
  const blocking = some
    .filter(([, , n]) => n > 0)
    .map(([kind, what, count]): GateLineView => ({ kind, what, count }));
  return { ready: blocking.length === 0, blocking, missing_glyphs: ['𡍼'] };
}

function final(state: FakeState, draft: boolean): void {
  if (!draft && !gate(state).ready)
    refuse('gate_closed', '尚有事項未完成，無法產生定稿。', '請處理左列事項，或改為產生草稿。');
}

/** Files of a document with the sizes that such files have. */
export function written(...files: [path: string, size: number][]): ExportView {
  for (const [path] of files)
    if (/唯讀/.test(path))
      refuse('not_written', '無法寫入這個位置，原有檔案未變動。', '請關閉開啟中的同名檔案，或改選其他位置。');
  return {
    files: files.map(([file, size], n) => ({ file, size, sha256: HASH.substring(n) + HASH.substring(0, n) }))
  };
}

const SIZES: Record<DocumentKind, number> = {
  report_docx: 96_210,
  assessment: 318_004,
  confirmation: 88_120,
  follow_up: 74_551,
  oscal_results: 211_930,
  oscal_poam: 40_118,
  findings_csv: 8_412,
  findings_json: 19_004,
  answers_csv: 61_220,
  answers_json: 142_087
};

function papers(request: ExportRequest): ExportView {
  const names = [
    'A-01 封面',
    'C-COL 查核明細表',
    'T-COL-05 最高權限帳號',
    'T-COL-06 密碼變更',
    'F-00 缺失彙總表'
  ];
  return written(
    ...names.map((name, n): [string, number] => [`${request.path}/${name}.xlsx`, 18_204 + n * 911])
  );
}

function document(state: FakeState, { kind, path, draft }: DocumentExportRequest): ExportView {
  if (kind === 'report_docx' || kind === 'assessment') final(state, draft);
  return written([path, SIZES[kind]]);
}

type Outputs =
  | 'gate'
  | 'export_papers'
  | 'export_report'
  | 'export_document'
  | 'output_pages'
  | 'output_page'
  | 'finding_pages';
export const outputHandlers = (state: FakeState) =>
  ({
    gate: () => gate(state),
    export_papers: papers,
    export_report: ({ path, draft }) => {
      final(state, draft);
      return written([path, 412_880]);
    },
    export_document: (request) => document(state, request),
    output_pages: ({ document: kind, draft }) => {
      if (kind === 'report' || kind === 'assessment') final(state, draft);
      return { pages: kind === 'report' ? 9 : 3 };
    },
    finding_pages: ({ no }) => {
      const one = findings(state).find((finding) => finding.no === no && finding.status !== 'withdrawn');
      return one ? { pages: 2 } : refuse('failed', '沒有這一則缺失。', '請重新整理缺失清單。');
    },
    output_page: ({ page: n, width }) => ({ data: page(n, width), width, height: Math.round(width * 1.414) })
  }) satisfies { [K in Outputs]: (request: Commands[K]['request']) => Commands[K]['view'] };
