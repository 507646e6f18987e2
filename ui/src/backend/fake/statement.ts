/** Trying a statement on the invented host: no database, but the refusals that people meet most. */
import type { OwnPreviewRequest, OwnPreviewView, OwnRefusalView } from '../bindings';
import { dataSets } from './data';
import { DATASETS } from './firm';
import { columnsOf, shown } from './rows';
import type { FakeState } from './state';

export const VALUES: [call: string, zh: string][] = [
  [':as_of', '查核基準日'],
  [':period_from', '查核期間起日'],
  [':period_to', '查核期間迄日'],
  [':firm', '受查單位名稱']
];

export const FUNCTIONS: [call: string, zh: string][] = [
  ['add_months(date, n)', '日期加減月數，逾月底者為月底'],
  ['date(t, days)', '日期部分，可加減天數'],
  ['julianday(t)', '儒略日，供相減得天數'],
  ['ms_between(a, b)', 'b 減 a 之毫秒數'],
  ['norm_key(t)', '編號去除空白、全半形與大小寫差異'],
  ['norm_name(t)', '姓名去除空白與異體字差異'],
  ['contains_any(t, list)', '文字含清單任一項者為 1'],
  ['workdays(from, to, days)', '期間內之工作日數']
];

const KEYWORDS = new Set(
  (
    'select from where and or not null is in as join left inner outer cross on using group by having order limit with ' +
    'distinct case when then else end between like union all except intersect exists asc desc offset over partition iif ' +
    'true false cast text integer real count sum min max avg coalesce nullif length substr upper lower trim abs round ' +
    'row_number rank lag lead total group_concat instr replace typeof recursive values escape glob'
  ).split(' ')
);

/** Texts and comments as blanks, so that places stay where they are. */
const plain = (sql: string): string =>
  sql.replace(/--[^\n]*|'(?:[^']|'')*'|"[^"]*"/g, (hit) => hit.replace(/[^\n]/g, ' '));

function refusal(sql: string, at: number | null, message: string, hint: string, said = ''): OwnRefusalView {
  const before = at === null ? '' : sql.substring(0, at);
  const line = before.split('\n').length;
  const character = [...before.substring(before.lastIndexOf('\n') + 1)].length + 1;
  return { message, hint, said, line: at === null ? null : line, character: at === null ? null : character };
}

const PLACE = '請由左側選取名稱，或檢查拼字。';

/** Names that the statement gives by itself: other tables, and results. */
function given(text: string): Set<string> {
  const names = [...text.matchAll(/\b(?:as|with|recursive|,)\s+([a-z_]\w*)|\b([a-z_]\w*)\s+as\s*\(/gi)];
  const after = [...text.matchAll(/\b(?:from|join)\s+\w+\s+(?:as\s+)?([a-z_]\w*)/gi)];
  return new Set(
    [...names, ...after]
      .flatMap((hit) => [hit[1] ?? '', hit[2] ?? ''])
      .map((name) => name.toLowerCase())
      .filter((name) => name && !KEYWORDS.has(name))
  );
}

function unknown(sql: string, text: string): OwnRefusalView | null {
  const own = given(text.replace(/select[\s\S]*?\bfrom\b/gi, (hit) => hit.replace(/,/g, ' ')));
  const sets = new Set(DATASETS.map((set) => set.key));
  const columns = new Set(DATASETS.flatMap((set) => columnsOf(set.key).map((column) => column.key)));
  for (const hit of text.matchAll(/:(\w+)|\b[a-z_]\w*/gi)) {
    const word = hit[0].toLowerCase();
    const place = hit.index;
    const known = VALUES.some(([call]) => call === word);
    if (word.startsWith(':')) {
      if (!known) return refusal(sql, place, `沒有「${word}」這個值。`, PLACE);
      continue;
    }
    if (KEYWORDS.has(word) || own.has(word) || word === '_id') continue;
    if (/^\s*\(/.test(text.substring(place + word.length))) {
      if (FUNCTIONS.some(([call]) => call.startsWith(`${word}(`))) continue;
      return refusal(sql, place, `沒有「${word}」這個函數。`, PLACE, `no such function: ${word}`);
    }
    const table = /\b(?:from|join)\s+$/i.test(text.substring(0, place));
    if (table && !sets.has(word))
      return refusal(sql, place, `沒有「${word}」這個資料集。`, PLACE, `no such table: ${word}`);
    if (!sets.has(word) && !columns.has(word.replace(/_state$/, '')))
      return refusal(sql, place, `沒有「${word}」這個欄位。`, PLACE, `no such column: ${word}`);
  }
  return null;
}

export function refused(sql: string): OwnRefusalView | null {
  const text = plain(sql);
  const first = text.search(/\S/);
  if (first < 0) return refusal(sql, null, '還沒有敘述。', '請寫一個 SELECT。');
  if (!/^(select|with)\b/i.test(text.substring(first)))
    return refusal(sql, first, '只能查詢，不能變更資料。', '請改以 SELECT 或 WITH 開始。', 'not authorized');
  if (!/\b_id\b/.test(text))
    return refusal(sql, null, '結果沒有 _id。', '請在 SELECT 之後加上所列資料集的 _id，才知道是哪一列。');
  return unknown(sql, text);
}

/** Names of the result columns, `_id` aside. */
function results(sql: string): string[] {
  const text = plain(sql);
  const list = /(?:.*\bselect\b)([\s\S]*?)\bfrom\b/i.exec(text)?.[1] ?? '';
  return list
    .split(',')
    .map(
      (part) =>
        part
          .trim()
          .split(/\s+|\./)
          .at(-1) ?? ''
    )
    .filter((name) => /^\w+$/.test(name) && name !== '_id');
}

const SHOWN = 100;

export interface Listed {
  index: number;
  file: string;
  sheet: string;
  row: number;
  values: (string | null)[];
}

/** The rows that a statement lists, so many of them: which ones is made up. */
export function listed(state: FakeState, { subject, sql }: OwnPreviewRequest, most: number): Listed[] {
  const set = dataSets(state).find((one) => one.key === subject);
  const table = set?.sheets[0];
  if (!set || !table) return [];
  const columns = results(sql).map((key) => columnsOf(subject).find((column) => column.key === key));
  const step = 23 + (sql.length % 17);
  return Array.from({ length: Math.min(most, Math.floor(set.rows / step)) }, (_, n) => {
    const index = n * step;
    return {
      index,
      file: table.file,
      sheet: table.sheet,
      row: index + 2,
      values: columns.map((column) => {
        const value = column?.make(index).value ?? null;
        return value === null || !column ? value : shown(column.kind, value);
      })
    };
  });
}

export function preview(state: FakeState, request: OwnPreviewRequest): OwnPreviewView {
  const why = refused(request.sql);
  if (why) return { refused: why, columns: [], rows: [], total: 0, population: 0 };
  const all = listed(state, request, Infinity);
  const words = columnsOf(request.subject);
  return {
    refused: null,
    columns: results(request.sql).map((key) => ({
      key,
      zh: words.find((column) => column.key === key)?.zh ?? key
    })),
    rows: all.slice(0, SHOWN).map(({ file, sheet, row, values }) => ({ file, sheet, row, values })),
    total: all.length,
    population: dataSets(state).find((one) => one.key === request.subject)?.rows ?? 0
  };
}
