/** Import of the invented host: rows trickle in, can be cancelled and taken back. */
import type {
  ErrorView,
  FileChoice,
  ImportedFileView,
  ImportRequest,
  ImportView,
  InspectedSheetView,
  IssuePageView,
  IssuesRequest,
  RowsPageView,
  RowsRequest,
  SheetChoice,
  SheetView,
  UndoneView
} from '../bindings';
import { DATASETS, inspect } from './firm';
import { examiner, refuse, tick, type FakeState } from './state';

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const number = (path: string): number =>
  [...path].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 97, 7);

export const inspectAll = (paths: string[]) => paths.map((path) => inspect(path, number(path)));

function stored(sheet: InspectedSheetView, choice: SheetChoice, id: number): SheetView {
  const rows = sheet.rows.length * 57 + 12;
  const issues = sheet.rows.filter((row) => row.bad.length > 0).length * 2;
  const columns = choice.columns.length ? choice.columns : sheet.columns;
  return {
    id,
    sheet: sheet.sheet,
    end_row: sheet.end_row,
    filled: sheet.filled,
    hidden_columns: sheet.columns.filter((column) => column.hidden).map((column) => column.header),
    superseded_by: null,
    dataset: choice.dataset,
    dataset_zh: DATASETS.find((d) => d.key === choice.dataset)?.zh ?? '',
    header_row: sheet.header_row,
    mapping: columns.filter((column) => column.column !== null),
    unmapped: columns.filter((column) => column.column === null).map((column) => column.header),
    rows_read: rows,
    rows_stored: rows - (issues ? 1 : 0),
    rows_rejected: issues ? 1 : 0,
    hidden_rows: sheet.rows.filter((row) => row.hidden).length,
    hidden_sheet: sheet.hidden,
    issue_count: issues,
    origin: choice.origin,
    declared_rows: choice.declared_rows,
    error: null
  };
}

/** A file of which nothing is stored says why in its own view, as the host does. */
const KNOWN: ErrorView = {
  code: 'already_imported',
  message: '這個檔案已經匯入過了。',
  hint: '內容完全相同；如要重新對應，請先撤銷先前的匯入。'
};

async function runFile(
  state: FakeState,
  choice: FileChoice,
  n: number,
  of: number
): Promise<ImportedFileView> {
  const [file] = inspectAll([choice.path]);
  if (!file || file.error) throw file?.error ?? new Error('no file');
  const { file: name, sha256, size, encoding } = file;
  const known = state.imports.some((i) => !i.undone && i.files.some((f) => f.sha256 === sha256));
  if (known) return { file: name, sha256, size, encoding, sheets: [], error: KNOWN };
  const sheets: SheetView[] = [];
  for (const wanted of choice.sheets) {
    const sheet = file.sheets.find((s) => s.sheet === wanted.sheet);
    if (!sheet) continue;
    const view = stored(sheet, wanted, (state.imports.length + 1) * 1000 + n * 50 + sheets.length);
    for (const part of [0.3, 0.7, 1]) {
      await pause(40);
      if (state.cancelled) refuse('cancelled', '已取消匯入。', '這一批沒有留下任何資料。');
      const rows = Math.round(view.rows_read * part);
      for (const tell of state.progress)
        tell({ path: choice.path, sheet: sheet.sheet, rows, file: n, files: of });
    }
    sheets.push(view);
  }
  return { file: name, sha256, size, encoding, sheets, error: null };
}

export async function runImport(state: FakeState, request: ImportRequest): Promise<ImportView> {
  state.cancelled = false;
  const files: ImportedFileView[] = [];
  for (const [n, choice] of request.files.entries())
    files.push(await runFile(state, choice, n + 1, request.files.length));
  const kept = files.filter((file) => !file.error);
  const head = { received_from: request.received_from, by: examiner(state), undone: false };
  const view = { batch: kept.length ? state.imports.length + 1 : 0, files, at: tick(state), ...head };
  if (kept.length) state.imports.push({ ...view, files: kept });
  return view;
}

const sheetOf = (state: FakeState, id: number) =>
  state.imports
    .flatMap((batch) => batch.files.flatMap((file) => file.sheets.map((sheet) => ({ file, sheet }))))
    .find(({ sheet }) => sheet.id === id);

export function issues(state: FakeState, request: IssuesRequest): IssuePageView {
  const total = sheetOf(state, request.sheet)?.sheet.issue_count ?? 0;
  const all = Array.from({ length: total }, (_, n) => ({
    row: 9 + n * 4,
    column: n % 2 ? '密碼最後變更日' : '狀態',
    code: n % 2 ? 'ambiguous_date' : 'unknown_word',
    zh: n % 2 ? '日期的日、月順序無法確定' : '不在認得的字詞內',
    text: n % 2 ? '01/02/109' : '凍結?',
    row_rejected: n === 0
  }));
  return { total, issues: all.slice(request.offset, request.offset + request.limit) };
}

export function rows(state: FakeState, request: RowsRequest): RowsPageView {
  const found = sheetOf(state, request.sheet);
  const sheet = found && inspectAll([found.file.file])[0]?.sheets.find((s) => s.sheet === found.sheet.sheet);
  const all = sheet?.rows ?? [];
  const columns = sheet?.columns.filter((c) => c.column).map((c) => c.header) ?? [];
  return { total: all.length, columns, rows: all.slice(request.offset, request.offset + request.limit) };
}

export function undo(state: FakeState, batch: number): UndoneView {
  const found = state.imports.find((i) => i.batch === batch && !i.undone);
  if (!found) refuse('not_found', '查無這次匯入。', '請重新整理清單。');
  found.undone = true;
  tick(state);
  const sheets = found.files.flatMap((file) => file.sheets);
  return { batch, rows_removed: sheets.reduce((sum, sheet) => sum + sheet.rows_stored, 0) };
}
