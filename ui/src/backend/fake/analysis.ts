/** Pictures of the invented firm's columns, counted from its made rows. */
import type { AnalysisBarView, AnalysisRequest, AnalysisView } from '../bindings';
import { dataSets } from './data';
import { columnsOf } from './rows';
import { refuse, type FakeState } from './state';

const DAY = 86_400_000;
const AGES = [30, 90, 180, 365, 730];
const AMOUNTS = [5_000, 10_000, 20_000, 30_000];
/** A procedure lists every so manieth row here. */
const LISTED = 37;

const grouped = new Intl.NumberFormat('en-US');
const bad = (what: string): never =>
  refuse('bad_analysis', `無法製圖：${what}。`, '請另選欄位或上限後再試。');

interface Sorted {
  bars: { label: string; rows: number; sum: number }[];
  leftOut: number;
}

function bands(limits: number[], unit: string): { label: string; upTo: number }[] {
  const word = (n: number): string => grouped.format(n);
  return [...limits, Infinity].map((upTo, n) => {
    const from = limits[n - 1];
    const label =
      upTo === Infinity
        ? `逾 ${word(from ?? 0)}${unit}`
        : from === undefined
          ? `${word(upTo)}${unit}以下`
          : `逾 ${word(from)} 至 ${word(upTo)}${unit}`;
    return { label, upTo };
  });
}

function sort(values: number[], limits: number[], unit: string): Sorted {
  const of = bands(limits, unit);
  const bars = of.map(({ label }) => ({ label, rows: 0, sum: 0 }));
  let leftOut = 0;
  for (const value of values) {
    const bar = bars[of.findIndex(({ upTo }) => value <= upTo)];
    if (!bar || (unit && value < 0)) {
      leftOut += 1;
      continue;
    }
    bar.rows += 1;
    bar.sum += value;
  }
  return { bars, leftOut };
}

function digits(values: number[]): Sorted {
  const bars = Array.from({ length: 9 }, (_, n) => ({ label: `首位 ${n + 1}`, rows: 0, sum: 0 }));
  let leftOut = 0;
  for (const value of values) {
    const bar = bars[Number(/[1-9]/.exec(String(Math.abs(value)))?.[0] ?? 0) - 1];
    if (bar) bar.rows += 1;
    else leftOut += 1;
  }
  return { bars, leftOut };
}

const WHY: Record<AnalysisRequest['kind'], string> = {
  ageing: '晚於查核基準日',
  strata: '不是數字',
  benford: '為零，沒有首位數字'
};

function remarks(kind: AnalysisRequest['kind'], counted: number): string[] {
  if (kind === 'ageing') return ['天數算至查核基準日，當日為 0 日。'];
  if (kind === 'strata') return ['上限之數含於該組。'];
  return [
    '首位數字之分布偏離預期，只提示何處值得細看，不足以認定資料不實。',
    ...(counted < 1000 ? ['列數少於 1,000，離差易因列數不足而偏高。'] : []),
    '有上下限、定價或編號性質之數字，本不依此分布。'
  ];
}

export function analysis(state: FakeState, request: AnalysisRequest): AnalysisView {
  const { dataset, kind, procedure, bounds } = request;
  const set = dataSets(state).find((one) => one.key === dataset) ?? bad('沒有這個資料集');
  const column = columnsOf(dataset).find((one) => one.key === request.column) ?? bad('沒有這個欄位');
  if (bounds.some((bound, n) => n > 0 && bound <= (bounds[n - 1] ?? 0))) bad('上限須由小而大');
  const asOf = Date.parse(state.exam?.head.as_of ?? '2020-12-31');
  let blank = 0;
  const values: number[] = [];
  for (let n = 0; n < set.rows; n += procedure === null ? 1 : LISTED) {
    const { value } = column.make(n);
    if (value === null) blank += 1;
    else
      values.push(
        kind === 'ageing' ? Math.floor((asOf - Date.parse(value.substring(0, 10))) / DAY) : Number(value)
      );
  }
  const { bars, leftOut } =
    kind === 'benford'
      ? digits(values)
      : sort(
          values,
          bounds.length ? bounds : kind === 'ageing' ? AGES : AMOUNTS,
          kind === 'ageing' ? ' 日' : ''
        );
  const counted = values.length - leftOut;
  const shown = bars.map(({ label, rows, sum }, n): AnalysisBarView => ({
    label,
    rows,
    share: counted ? rows / counted : 0,
    expected: kind === 'benford' ? Math.log10(1 + 1 / (n + 1)) : null,
    sum: kind === 'strata' ? String(Math.round(sum * 100) / 100) : null
  }));
  const off = shown.reduce((all, bar) => all + Math.abs(bar.share - (bar.expected ?? 0)), 0) / 9;
  const word = { ageing: '帳齡', strata: '分層', benford: '首位數字' }[kind];
  return {
    title: `${set.zh}　${column.zh}　${word}`,
    bars: shown,
    counted,
    blank,
    left_out: leftOut,
    left_out_why: leftOut ? WHY[kind] : '',
    deviation: kind === 'benford' ? off : null,
    remarks: remarks(kind, counted)
  };
}
