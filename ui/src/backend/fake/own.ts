/** Procedures that examiners of the invented firm wrote: kept by exam and by organisation, and run like the others. */
import type {
  Commands,
  ExceptionPageView,
  ExceptionView,
  OwnForm,
  OwnProcedureView,
  OwnSaveRequest,
  OwnSchemaView,
  ProcedureView,
  RunChangeView,
  RunView,
  SourceRowView
} from '../bindings';
import { dataSets } from './data';
import { DATASETS } from './firm';
import { columnsOf } from './rows';
import { examiner, refuse, tick, type FakeState } from './state';
import { FUNCTIONS, listed, preview, refused, VALUES } from './statement';

/** Rows of these procedures have numbers from here on, so many for each. */
const ROWS_FROM = 500_000;
const EACH = 1_000;

const STALE: OwnForm = {
  title: '久未登入之啟用帳號',
  purpose: '查明啟用中而半年未登入之帳號，是否仍有業務需要。',
  subject: 'accounts',
  verdict: 'exception',
  strength: 'should',
  clauses: ['BSL-3.4'],
  columns: [{ key: 'last_login', zh: '最後登入' }],
  sql: [
    'SELECT _id, system_name, account, holder_name, last_login',
    'FROM accounts',
    "WHERE status = 'active'",
    '  AND last_login < add_months(:as_of, -6)'
  ].join('\n')
};

const fileOf = (id: string, form: OwnForm): string =>
  [
    `id = "${id}"`,
    `title = "${form.title}"`,
    `purpose = "${form.purpose}"`,
    '',
    '[[rule]]',
    `verdict = "${form.verdict}"`,
    `sql = """\n${form.sql}\n"""`,
    ''
  ].join('\n');

const TWO_RULES = [
  'id = "O-01"',
  'title = "營業日結束後之委託"',
  'purpose = "本機關共用：查核收盤後仍有委託送出之情形。"',
  '',
  '[[rule]]',
  'id = "after_close"',
  'verdict = "exception"',
  'sql = """\nSELECT _id, order_no, sent_at\nFROM orders\nWHERE substr(sent_at, 12, 5) > \'14:30\'\n"""',
  '',
  '[[rule]]',
  'id = "before_open"',
  'verdict = "lead"',
  'sql = """\nSELECT _id, order_no, sent_at\nFROM orders\nWHERE substr(sent_at, 12, 5) < \'08:30\'\n"""',
  ''
].join('\n');

const stores = new WeakMap<FakeState, OwnProcedureView[]>();

/** A firm that handed over lists is examined by people who wrote procedures before. */
function kept(state: FakeState): OwnProcedureView[] {
  const known = stores.get(state);
  if (known) return known;
  const at = '2026-02-26T16:20:00';
  const first: OwnProcedureView[] = state.rows
    ? [
        {
          id: 'X-01',
          scope: 'exam',
          form: STALE,
          title: STALE.title,
          text: fileOf('X-01', STALE),
          by: '查核人員乙',
          at,
          versions: 2
        },
        {
          id: 'O-01',
          scope: 'organisation',
          form: null,
          title: '營業日結束後之委託',
          text: TWO_RULES,
          by: '查核人員丙',
          at: '2025-11-04T09:12:00',
          versions: 1
        }
      ]
    : [];
  stores.set(state, first);
  return first;
}

function schema(state: FakeState): OwnSchemaView {
  const sets = dataSets(state);
  const datasets = DATASETS.map(({ key, zh }, n) => {
    const set = sets.find((one) => one.key === key);
    const columns = columnsOf(key).map((column, k) => ({
      key: column.key,
      zh: column.zh,
      ty: column.kind,
      filled: set !== undefined && k % 9 !== 8
    }));
    return { key, code: set?.code ?? `D${String(n + 11)}`, zh, rows: set?.rows ?? 0, columns };
  });
  const word = ([call, zh]: [string, string]) => ({ call, zh });
  return {
    datasets: datasets.sort((a, b) => b.rows - a.rows),
    values: VALUES.map(word),
    functions: FUNCTIONS.map(word)
  };
}

function save(state: FakeState, { id, scope, form }: OwnSaveRequest): OwnProcedureView {
  if (form.title.trim() === '') refuse('bad_procedure', '沒有標題。', '請填標題後再儲存。');
  if (refused(form.sql)) refuse('bad_procedure', '敘述不能執行。', '請試跑，依說明修正後再儲存。');
  const odd = form.clauses.find((clause) => !/^[A-Z]+-\S+$/.test(clause));
  if (odd) refuse('unknown_clause', `沒有「${odd}」這個條次。`, '請填如 BSL-3.4 之條次，或留空。');
  const all = kept(state);
  const before = all.find((one) => one.id === id);
  const letter = scope === 'exam' ? 'X' : 'O';
  const next = all.filter((one) => one.id.startsWith(letter)).length + 1;
  const made: OwnProcedureView = {
    id: before?.id ?? `${letter}-${String(next).padStart(2, '0')}`,
    scope: before?.scope ?? scope,
    form,
    title: form.title,
    text: '',
    by: examiner(state),
    at: tick(state),
    versions: (before?.versions ?? 0) + 1
  };
  made.text = fileOf(made.id, form);
  stores.set(state, before ? all.map((one) => (one === before ? made : one)) : [...all, made]);
  return made;
}

function withdraw(state: FakeState, id: string): OwnProcedureView[] {
  const left = kept(state).filter((one) => one.id !== id);
  tick(state);
  stores.set(state, left);
  return left;
}

export const isOwn = (state: FakeState, id: string): boolean => kept(state).some((one) => one.id === id);

export const titleOf = (state: FakeState, id: string): string =>
  kept(state).find((one) => one.id === id)?.title ?? '';

function rowsOf(state: FakeState, id: string): ExceptionView[] {
  const at = kept(state).findIndex((one) => one.id === id);
  const form = kept(state)[at]?.form;
  if (!form || !state.runs.has(id)) return [];
  return listed(state, form, EACH).map(({ file, sheet, row, values }, n) => {
    const number = ROWS_FROM + at * EACH + n;
    return {
      id: number,
      rule: 'listed',
      verdict: form.verdict,
      file,
      sheet,
      row,
      values,
      disposition: state.dispositions.get(number)?.at(-1) ?? null,
      proposed: null
    };
  });
}

const isOpen = (row: ExceptionView): boolean => row.disposition === null || row.disposition.kind === 'open';

/** A run of one of these procedures. */
export function run(state: FakeState, id: string): RunView {
  const one = kept(state).find((own) => own.id === id);
  const rows = one?.form ? preview(state, one.form) : { total: 0, population: 0 };
  const verdict = one?.form?.verdict ?? 'exception';
  const at = tick(state);
  return {
    id: state.clock,
    procedure: id,
    at,
    by: examiner(state),
    verdict: rows.total === 0 ? 'pass' : verdict === 'unknown' ? 'unknown' : 'exceptions',
    population: rows.population,
    completeness: 'complete',
    exceptions: verdict === 'exception' ? rows.total : 0,
    unknown: verdict === 'unknown' ? rows.total : 0,
    leads: verdict === 'lead' ? rows.total : 0,
    missing: []
  };
}

/** These procedures as the ordinary list has them. */
export function procedures(state: FakeState): ProcedureView[] {
  return kept(state).map(({ id, title, form }): ProcedureView => {
    const rows = rowsOf(state, id);
    const latest = state.runs.get(id) ?? null;
    return {
      id,
      title,
      family: '自訂程序',
      purpose: form?.purpose ?? '',
      steps: ['依敘述列出符合之列。', '就所列各列逐筆判斷。'],
      cautions: ['本程序由查核人員自行撰寫，非內建程序。'],
      clauses: [],
      datasets: DATASETS.filter((set) => set.key === (form?.subject ?? 'orders')).map((set) => set.zh),
      parameters: [],
      rules: [
        {
          id: 'listed',
          title,
          verdict: form?.verdict ?? 'exception',
          strength: form?.strength ?? 'must',
          clauses: form?.clauses ?? [],
          rows: latest ? rows.length : null,
          missing: []
        }
      ],
      population: DATASETS.find((set) => set.key === form?.subject)?.zh ?? '',
      counted: false,
      pictures: [],
      run: latest,
      open: rows.filter(isOpen).length,
      confirmed: rows.filter((row) => row.disposition?.kind === 'confirmed').length
    };
  });
}

export function exceptions(state: FakeState, request: Commands['exceptions']['request']): ExceptionPageView {
  const form = kept(state).find((one) => one.id === request.procedure)?.form;
  const all = rowsOf(state, request.procedure).filter((row) => !request.open_only || isOpen(row));
  const heads = form ? preview(state, form).columns : [];
  return {
    total: all.length,
    columns: heads.map(({ key, zh }) => form?.columns.find((own) => own.key === key)?.zh ?? zh),
    rows: all.slice(request.offset, request.offset + request.limit)
  };
}

/** Where a row of one of these procedures comes from; `null` for rows of others. */
export function source(state: FakeState, id: number): SourceRowView | null {
  const one = kept(state)[Math.floor((id - ROWS_FROM) / EACH)];
  const row = one && rowsOf(state, one.id).find((listed) => listed.id === id);
  if (!one?.form || !row) return null;
  const { columns } = preview(state, one.form);
  return {
    file: row.file,
    sha256: 'a7'.repeat(32),
    sheet: row.sheet,
    row: row.row,
    hidden: false,
    cells: columns.map(({ zh }, n) => ({ column: zh, value: row.values[n] ?? null, original: null }))
  };
}

export const change = (state: FakeState, procedure: string): RunChangeView => ({
  procedure,
  latest: state.runs.get(procedure) ?? null,
  earlier: null,
  columns: [],
  appeared: 0,
  gone: 0,
  unchanged: 0,
  appeared_rows: [],
  gone_rows: []
});

type OwnCommand = 'own_schema' | 'own_procedures' | 'own_preview' | 'own_save' | 'own_withdraw';

/** What the invented host answers about procedures that examiners write. */
export function ownHandlers(state: FakeState): {
  [K in OwnCommand]: (request: Commands[K]['request']) => Commands[K]['view'];
} {
  return {
    own_schema: () => schema(state),
    own_procedures: () => kept(state),
    own_preview: (request) => preview(state, request),
    own_save: (request) => save(state, request),
    own_withdraw: ({ id }) => withdraw(state, id)
  };
}
