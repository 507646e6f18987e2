/** Import of the invented host: rows trickle in, can be cancelled and taken back. */
import type {
  EarlierView,
  ErrorView,
  FileChoice,
  ImportedFileView,
  ImportRequest,
  ImportView,
  InspectedFileView,
  InspectedSheetView,
  IssuePageView,
  IssuesRequest,
  MappedColumnView,
  RowsPageView,
  RowsRequest,
  RowView,
  SheetChoice,
  SheetView,
  UndoneView
} from '../bindings';
import { inspect } from './files';
import { DATASETS } from './firm';
import { pause } from './pause';
import { examiner, refuse, tick, type FakeState } from './state';

const number = (path: string): number =>
  [...path].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 99_991, 7);

/** A name without digits and dates: two versions of a list have the same. */
const plain = (name: string): string => name.replace(/\.[^.]*$/, '').replace(/[\d年月日版_-]/g, '');

/** Stored lists of a dataset that nothing has taken the place of. */
function earlier(state: FakeState, file: InspectedFileView, sheet: InspectedSheetView): EarlierView[] {
  return state.imports
    .filter((batch) => !batch.undone)
    .flatMap((batch) => batch.files.map((f) => ({ batch: batch.batch, file: f })))
    .filter(({ file: f }) => f.sha256 !== file.sha256)
    .flatMap(({ batch, file: f }) =>
      f.sheets
        .filter((s) => s.dataset === sheet.dataset && s.superseded_by === null)
        .map((s) => ({
          id: s.id,
          batch,
          file: f.file,
          sheet: s.sheet,
          rows: s.rows_stored,
          likely: plain(f.file) === plain(file.file) && s.sheet === sheet.sheet
        }))
    );
}

export function inspectAll(
  paths: string[],
  state?: FakeState,
  encoding: string | null = null
): InspectedFileView[] {
  return paths.map((path) => {
    const seen = inspect(path, number(path));
    const file = { ...seen, encoding: seen.encoding && (encoding ?? seen.encoding) };
    if (!state) return file;
    const sheets = file.sheets.map((sheet) => ({ ...sheet, earlier: earlier(state, file, sheet) }));
    return { ...file, sheets };
  });
}

/** A table as it is chosen now: what was asked about is not asked again once it is decided. */
export function look(state: FakeState, { path, sheets: [choice] }: FileChoice): InspectedSheetView {
  const [file] = inspectAll([path], state);
  const found = file?.sheets.find((s) => s.sheet === choice?.sheet && s.header_row === choice.header_row);
  if (!file || !found || !choice) refuse('bad_mapping', '對應有誤。', '請重新指定。');
  const dataset = DATASETS.find((d) => d.key === choice.dataset);
  const keys = new Set(dataset?.columns.map((column) => column.key));
  const columns = found.columns.map((column) => {
    const asked = choice.columns.find((c) => c.index === column.index);
    const chosen = asked ?? (column.column !== null && keys.has(column.column) ? column : { column: null });
    return { ...column, ...chosen, samples: column.samples, choices: column.choices };
  });
  const filled = (choice.columns.length ? choice.filled : found.filled).filter(
    (f) => f.text && keys.has(f.column)
  );
  const there = new Set([...columns.map((column) => column.column), ...filled.map((f) => f.column)]);
  const lacking = (dataset?.columns ?? []).filter((column) => column.required && !there.has(column.key));
  const undecided = (code: string, key: string): boolean =>
    code === 'above' ||
    (code === 'calendar' && columns.some((c) => c.column === key && c.reading === 'ambiguous')) ||
    (code === 'filled' && filled.some((f) => f.column === key && f.from !== 'examiner'));
  const asks = found.asks.filter((ask) => undecided(ask.code, ask.column));
  for (const { key, zh } of lacking)
    asks.push({ code: 'required', column: key, zh: `缺必要欄位「${zh}」`, options: [] });
  const mapped = (all: MappedColumnView[]) => all.filter((column) => column.column !== null);
  const cell = (row: RowView, column: MappedColumnView): string | null =>
    row.cells[mapped(found.columns).findIndex((c) => c.index === column.index)] ?? null;
  const rows = found.rows.map((row) => ({
    ...row,
    cells: [...mapped(columns).map((column) => cell(row, column)), ...filled.map((f) => f.text)],
    bad: []
  }));
  const view = { ...found, dataset: choice.dataset, confidence: 100, asks, columns, filled, rows };
  return {
    ...view,
    light: lacking.length ? 'red' : asks.length ? 'amber' : 'green',
    missing_required: lacking.map((column) => column.zh),
    earlier: earlier(state, file, view)
  };
}

function stored(sheet: InspectedSheetView, choice: SheetChoice, id: number): SheetView {
  const rows = sheet.rows.length * 57 + 12;
  const issues = sheet.rows.filter((row) => row.bad.length > 0).length * 2;
  const columns = choice.columns.length ? choice.columns : sheet.columns;
  return {
    id,
    sheet: sheet.sheet,
    end_row: sheet.end_row,
    filled: choice.columns.length ? choice.filled.filter((f) => f.text) : sheet.filled,
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
    reconciles: true,
    complete: choice.declared_rows === null ? null : choice.declared_rows === rows - (issues ? 1 : 0),
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
  const same = state.imports.filter((i) => !i.undone).flatMap((i) => i.files);
  const known = same.filter((f) => f.sha256 === sha256).flatMap((f) => f.sheets.map((s) => s.sheet));
  if (choice.sheets.every(({ sheet }) => known.includes(sheet)))
    return { file: name, sha256, size, encoding, sheets: [], error: KNOWN };
  const sheets: SheetView[] = [];
  for (const wanted of choice.sheets) {
    const sheet = file.sheets.find((s) => s.sheet === wanted.sheet);
    if (!sheet) continue;
    const view = stored(sheet, wanted, (state.imports.length + 1) * 1000 + n * 50 + sheets.length);
    for (const part of [0.3, 0.7, 1]) {
      await pause(40);
      if (state.cancelled) refuse('cancelled', '已取消匯入。', '這一批沒有留下任何資料。');
      const rows = Math.round(view.rows_read * part);
      const fraction = (n - 1 + part) / of;
      for (const tell of state.progress)
        tell({
          path: choice.path,
          sheet: sheet.sheet,
          rows,
          file: n,
          files: of,
          fraction,
          rows_per_second: 18_400,
          seconds_left: part < 0.5 ? null : Math.ceil((1 - fraction) * 12)
        });
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
  const replaced = request.files.flatMap((file) => file.sheets.map((sheet) => sheet.replaces));
  for (const old of state.imports.flatMap((batch) => batch.files.flatMap((file) => file.sheets)))
    if (kept.length && replaced.includes(old.id)) old.superseded_by = view.batch;
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
  for (const old of state.imports.flatMap((i) => i.files.flatMap((file) => file.sheets)))
    if (old.superseded_by === batch) old.superseded_by = null;
  tick(state);
  const sheets = found.files.flatMap((file) => file.sheets);
  return { batch, rows_removed: sheets.reduce((sum, sheet) => sum + sheet.rows_stored, 0) };
}
