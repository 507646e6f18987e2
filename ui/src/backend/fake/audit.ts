/** Procedures, exceptions and dispositions of the invented host. */
import type {
  DisposeRequest,
  DispositionView,
  DisposedView,
  ExceptionPageView,
  ExceptionView,
  ExceptionsRequest,
  LinkedRowView,
  ProcedureView,
  RelatedRunView,
  RuleView,
  RunChangeRowView,
  RunChangeView,
  RunView,
  SourceRowView,
  UndisposeRequest
} from '../bindings';
import { clauseText } from './checklist';
import { inGroup } from './groups';
import { picturesOf } from './pictures';
import { examiner, refuse, tick, type FakeState } from './state';

export interface Plan {
  id: string;
  title: string;
  family: string;
  purpose: string;
  clauses: string[];
  rules: [id: string, title: string, verdict: RuleView['verdict'], rows: number][];
  population: number | null;
  verdict: RunView['verdict'];
  caution: string;
  parameters: ProcedureView['parameters'];
  missing: string[];
}

const months = {
  key: 'max_age_months',
  zh: '密碼最長使用期間',
  unit: '月',
  value: '3',
  used: null,
  reason: null,
  clause: 'COL-D6.1'
};

export const PLANS: Plan[] = [
  {
    id: 'T-COL-05',
    title: '最高權限帳號提供廠商使用',
    family: '主機共置',
    purpose: '查核廠商人員是否持有或使用最高權限帳號。',
    clauses: ['COL-D5.1', 'COL-G3.1'],
    rules: [
      ['vendor_holds_root', '廠商持有啟用之最高權限帳號', 'exception', 3],
      ['vendor_uses_builtin', '內建最高權限帳號由廠商人員使用', 'exception', 2],
      ['approval_missing', '使用未經事前核准', 'lead', 4]
    ],
    population: 1043,
    verdict: 'exceptions',
    caution: '平時停用、逐案開啟之遠端維護帳號，應另核對啟停紀錄。',
    parameters: [],
    missing: []
  },
  {
    id: 'T-COL-06',
    title: '系統使用密碼未依規定時間變更',
    family: '主機共置',
    purpose: '查核啟用中之非客戶帳號，密碼是否於三個月內變更。',
    clauses: ['COL-D6.1'],
    rules: [
      ['password_too_old', '密碼逾三個月未變更', 'exception', 412],
      ['password_never_changed', '密碼從未變更', 'exception', 12],
      ['change_date_unreadable', '變更日期無法判讀', 'unknown', 5]
    ],
    population: 1043,
    verdict: 'exceptions',
    caution: '僅以憑證或單一登入之帳號不在此限；資料匯出日與基準日不同時應併予註明。',
    parameters: [months],
    missing: []
  },
  {
    id: 'T-COL-03',
    title: '未留存接收客戶委託時間',
    family: '主機共置',
    purpose: '查核電子式委託是否留存接收時間，且非以送出時間回填。',
    clauses: ['COL-D3'],
    rules: [['receive_time_blank', '接收時間空白', 'exception', 0]],
    population: 18_204,
    verdict: 'pass',
    caution: '自營委託無客戶；改單沿用原接收時間。',
    parameters: [],
    missing: []
  },
  {
    id: 'T-COL-02',
    title: '主機共置機櫃存放第三人設備',
    family: '主機共置',
    purpose: '比對申報、帳載與實地盤點三份清單。',
    clauses: ['COL-D2.1'],
    rules: [['owner_not_firm', '擁有者非受查單位', 'exception', 1]],
    population: null,
    verdict: 'not_runnable',
    caution: '租賃或由廠商維護之設備，請調閱契約。',
    parameters: [],
    missing: ['資產清冊（申報）', '資產清冊（帳載）']
  },
  {
    id: 'T-ACC-06',
    title: '離職人員帳號未停用',
    family: '帳號與權限',
    purpose: '比對人員名冊與帳號清冊，查核離職後仍啟用之帳號。',
    clauses: ['BSL-3.4'],
    rules: [['leaver_enabled', '離職後帳號仍啟用', 'exception', 2]],
    population: 86,
    verdict: 'exceptions',
    caution: '同名同姓者應以員工編號核對。',
    parameters: [],
    missing: []
  },
  {
    id: 'T-ACC-09',
    title: '契約到期之廠商帳號未收回',
    family: '帳號與權限',
    purpose: '查核委外契約期滿後仍啟用之廠商帳號。',
    clauses: ['COL-D5.1'],
    rules: [['contract_over', '契約期滿帳號仍啟用', 'exception', 0]],
    population: 9,
    verdict: 'unknown',
    caution: '續約中者請檢視議約紀錄。',
    parameters: [],
    missing: ['契約迄日']
  }
];

export const planOf = (id: string): Plan =>
  PLANS.find((plan) => plan.id === id) ?? refuse('not_found', '查無此程序。', '請重新整理程序清單。');
const COLUMNS = ['系統名稱', '帳號', '使用者姓名', '所屬單位', '密碼最後變更日', '差異'];
const NAMES = ['王小明', '陳怡君', '林志豪', '黃淑芬', '張雅婷', '李建宏', '堃德資訊'];

const said = (kind: DispositionView['kind'], note: string): DispositionView => ({
  kind,
  note,
  by: '查核人員丙',
  at: '2019-11-06T10:22:00'
});

/** What became of rows in an earlier exam of the firm. */
const PROPOSED: Record<number, DispositionView> = {
  2002: said('explained', '報表查詢帳號，已由主管核准'),
  2003: said('explained', '報表查詢帳號，已由主管核准'),
  2005: said('false_positive', '僅以憑證登入，無密碼')
};

function rowsOf(plan: Plan): ExceptionView[] {
  const start = (PLANS.indexOf(plan) + 1) * 1000;
  let n = 0;
  return plan.rules.flatMap(([rule, , verdict, rows]) =>
    Array.from({ length: rows }, (_, k): ExceptionView => {
      n += 1;
      const values = [
        k % 2 ? '網路下單系統' : '主機共置下單系統',
        `u${String(1000 + n)}`,
        NAMES[n % NAMES.length]!,
        k % 3 ? '資訊部' : '丙丁資訊',
        verdict === 'unknown' ? null : `民國109年${(n % 9) + 1}月${(n % 27) + 1}日`,
        verdict === 'unknown' ? null : `逾 ${(n % 11) + 1} 月`
      ];
      return {
        id: start + n,
        rule,
        verdict,
        file: '帳號清冊.xlsx',
        sheet: '帳號清冊',
        row: 3 + n * 2,
        values,
        disposition: null,
        proposed: PROPOSED[start + n] ?? null
      };
    })
  );
}

const all = new Map(PLANS.map((plan) => [plan.id, rowsOf(plan)]));
export const ran = (state: FakeState, id: string): ExceptionView[] =>
  state.runs.has(id) && !['not_runnable', 'unknown'].includes(planOf(id).verdict)
    ? (all.get(id) ?? []).map((row) => ({
        ...row,
        disposition: state.dispositions.get(row.id)?.at(-1) ?? null
      }))
    : [];

export const openExceptions = (state: FakeState): number =>
  PLANS.flatMap((plan) => ran(state, plan.id)).filter(
    (row) => row.disposition === null || row.disposition.kind === 'open'
  ).length;

function view(state: FakeState, plan: Plan): ProcedureView {
  const run = state.runs.get(plan.id) ?? null;
  const rows = ran(state, plan.id);
  return {
    id: plan.id,
    title: plan.title,
    family: plan.family,
    purpose: plan.purpose,
    steps: [
      '取得清冊並確認筆數與受查單位聲明相符。',
      '依條文所定標準逐筆比對。',
      '就例外逐筆請受查單位說明。'
    ],
    cautions: [plan.caution],
    clauses: plan.clauses.map(clauseText),
    datasets: ['帳號清冊', '人員名冊'],
    parameters: plan.parameters.map((parameter) => {
      const changed = state.overrides.get(`${plan.id}/${parameter.key}`);
      return changed ? { ...parameter, used: changed.value, reason: changed.reason } : parameter;
    }),
    rules: plan.rules.map(([id, title, verdict]) => ({
      id,
      title,
      verdict,
      strength: 'must' as const,
      clauses: plan.clauses,
      rows: run && plan.verdict !== 'not_runnable' ? rows.filter((row) => row.rule === id).length : null,
      missing: plan.missing
    })),
    population: '啟用中之非客戶帳號',
    counted: plan.id === 'T-COL-02',
    pictures: picturesOf(plan.id),
    run,
    open: rows.filter((row) => row.disposition === null || row.disposition.kind === 'open').length,
    confirmed: rows.filter((row) => row.disposition?.kind === 'confirmed').length
  };
}

export const procedures = (state: FakeState): ProcedureView[] => PLANS.map((plan) => view(state, plan));

export const related = (state: FakeState, clause: string): RelatedRunView[] =>
  PLANS.filter((plan) => plan.clauses.includes(clause)).map((plan) => ({
    procedure: plan.id,
    title: plan.title,
    run: state.runs.get(plan.id) ?? null
  }));

export function exceptions(state: FakeState, request: ExceptionsRequest): ExceptionPageView {
  const rows = ran(state, request.procedure)
    .filter((row) => inGroup(row, request.rule, request.system))
    .filter((row) => !request.open_only || row.disposition === null || row.disposition.kind === 'open');
  return {
    total: rows.length,
    columns: COLUMNS,
    rows: rows.slice(request.offset, request.offset + request.limit)
  };
}

const find = (id: number): ExceptionView =>
  [...all.values()].flat().find((row) => row.id === id) ??
  refuse('not_found', '查無此列。', '請重新執行程序。');

export function source(id: number): SourceRowView {
  const row = find(id);
  const original = [null, null, null, null, '01/02/109', null];
  return {
    file: row.file,
    sha256: '7c1f0e5b9d2a4c6e8f1033557799bbddee02468ace13579bdf0f1e2d3c4b5a69',
    sheet: row.sheet,
    row: row.row,
    hidden: id % 7 === 0,
    cells: COLUMNS.slice(0, 5).map((column, n) => ({
      column,
      value: row.values[n] ?? null,
      original: original[n] ?? null
    }))
  };
}

export function dispose(state: FakeState, request: DisposeRequest): DisposedView {
  if (request.kind !== 'open' && request.note.trim() === '')
    refuse('note_required', '尚未填寫說明。', '除「待釐清」外，請先寫下理由再處理。');
  const at = tick(state);
  const { kind, note } = request;
  for (const id of request.ids) {
    const before = state.dispositions.get(id) ?? [];
    state.dispositions.set(id, [...before, { kind, note, by: examiner(state), at }]);
  }
  return { disposed: request.ids.length };
}

export function undispose(state: FakeState, { ids }: UndisposeRequest): DisposedView {
  tick(state);
  for (const id of ids) state.dispositions.get(id)?.pop();
  return { disposed: ids.length };
}

/** The second run of one procedure lists two rows that the first did not, and one less. */
export function change(state: FakeState, procedure: string): RunChangeView {
  const latest = state.runs.get(procedure) ?? null;
  const earlier = state.earlier.get(procedure) ?? null;
  const rows = ran(state, procedure).map(({ rule, verdict, file, sheet, row, values }): RunChangeRowView => ({
    rule,
    verdict,
    file,
    sheet,
    row,
    values
  }));
  const changed = earlier !== null && procedure === 'T-COL-06';
  const appeared_rows = changed ? rows.slice(0, 2) : [];
  const gone_rows = changed ? rows.slice(0, 1).map((row) => ({ ...row, row: 999 })) : [];
  return {
    procedure,
    latest,
    earlier,
    columns: COLUMNS,
    appeared: appeared_rows.length,
    gone: gone_rows.length,
    unchanged: earlier === null ? 0 : rows.length - appeared_rows.length,
    appeared_rows,
    gone_rows
  };
}

const short = (row: ExceptionView): string =>
  `${row.values[1] ?? ''} ${row.values[2] ?? ''} ${row.values[5] ?? ''}`.trim();

export function linked(ids: number[]): LinkedRowView[] {
  return ids.map(find).map((row) => ({
    id: row.id,
    procedure: PLANS.find((plan) => (all.get(plan.id) ?? []).some((r) => r.id === row.id))?.id ?? '',
    rule: row.rule,
    file: row.file,
    sheet: row.sheet,
    row: row.row,
    text: short(row)
  }));
}

export function confirmed(state: FakeState, id: string, rule = '', system: string | null = null): number[] {
  return ran(state, id)
    .filter((row) => row.disposition?.kind === 'confirmed' && inGroup(row, rule, system))
    .map((row) => row.id);
}

export const plan = (id: string): { title: string; clauses: string[]; population: number | null } =>
  planOf(id);
