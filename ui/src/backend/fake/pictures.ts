/** Pictures of the invented firm's procedures, and pictures that leave. */
import type {
  AgeBarView,
  Commands,
  DayLaneView,
  PictureHeadView,
  ProcedurePictureView,
  SpreadLaneView,
  StretchView
} from '../bindings';
import { columnsOf } from './rows';
import { refuse, type FakeState } from './state';

const DAY = 86_400_000;
const AS_OF = Date.parse('2020-12-31T00:00:00Z');
const FROM = Date.parse('2017-12-31T00:00:00Z');
const iso = (at: number): string => new Date(at).toISOString().substring(0, 10);
const weekend = (at: number): boolean => [0, 6].includes(new Date(at).getUTCDay());

const PICTURES: Record<string, PictureHeadView[]> = {
  'T-COL-06': [
    { key: 'age', kind: 'ages', title: '密碼使用日數' },
    { key: 'idle', kind: 'ages', title: '帳號未登入日數' }
  ],
  'T-COL-03': [
    { key: 'days', kind: 'strip', title: '防火牆紀錄之保存日曆' },
    { key: 'latency', kind: 'spread', title: '各帳號之內部延遲' }
  ]
};

export const picturesOf = (procedure: string): PictureHeadView[] => PICTURES[procedure] ?? [];

function ages(
  state: FakeState,
  column: 'pw_changed_at' | 'last_login',
  limit: number
): ProcedurePictureView['ages'] {
  const made = columnsOf('accounts').find(({ key }) => key === column);
  const ends = [30, 60, limit, ...[180, 365, 730].filter((end) => Math.abs(end - limit) > limit / 10)].sort(
    (a, b) => a - b
  );
  const bars = [...ends, null].map((up_to, n): AgeBarView => ({
    above: ends[n - 1] ?? null,
    up_to,
    rows: 0
  }));
  const out = { bars, never: 0, missing: 0, unreadable: 0, after: 0 };
  for (let n = 0; made && n < Math.min(state.rows, 1043); n += 1) {
    const { value, state: why } = made.make(n);
    if (value === null) out[why ?? 'missing'] += 1;
    else {
      const days = Math.floor((AS_OF - Date.parse(value.substring(0, 10))) / DAY);
      if (days < 0) out.after += 1;
      else bars.find(({ up_to }) => up_to === null || days <= up_to)!.rows += 1;
    }
  }
  return out;
}

/** A lane with a record for every working day but in these gaps. */
function lane(name: string, gaps: [from: string, to: string, state: 'missing' | 'unclear'][]): DayLaneView {
  const stretches: StretchView[] = [];
  const figures = { due: 0, kept: 0, missing: 0, unclear: 0 };
  for (let at = FROM; at <= AS_OF; at += DAY) {
    const day = iso(at);
    const state = gaps.find(([from, to]) => day >= from && day <= to)?.[2] ?? 'kept';
    if (!weekend(at)) {
      figures.due += 1;
      figures[state] += 1;
    }
    const last = stretches[stretches.length - 1];
    if (last?.state === state) Object.assign(last, { to: day, days: last.days + (weekend(at) ? 0 : 1) });
    else stretches.push({ state, from: day, to: day, days: weekend(at) ? 0 : 1 });
  }
  return { name, masked: name, from: iso(FROM), to: iso(AS_OF), stretches, ...figures };
}

function strip(): ProcedurePictureView['strip'] {
  const off: string[] = [];
  for (let at = FROM; at <= AS_OF; at += DAY) if (weekend(at)) off.push(iso(at));
  const lanes = [
    lane('FW-01／防火牆進出紀錄', [['2019-06-10', '2019-07-05', 'missing']]),
    lane('FW-02／防火牆進出紀錄', [
      ['2017-12-31', '2018-04-30', 'missing'],
      ['2020-11-02', '2020-11-04', 'missing'],
      ['2020-12-21', '2020-12-31', 'unclear']
    ]),
    lane('FW-03／防火牆進出紀錄', [])
  ];
  const [from, to] = [iso(FROM), iso(AS_OF)];
  return { from, to, off, holidays_known: false, every_day: false, lanes, lanes_in_all: lanes.length };
}

function spread(): ProcedurePictureView['spread'] {
  const at = (median: number): number[] =>
    [0.4, 0.6, 0.8, 1, 1.3, 2.1, 3.4, 8.2].map((times) => Number((median * times).toFixed(3)));
  const lanes = [0.412, 0.43, 0.455, 0.47, 1.12].map((median, n): SpreadLaneView => ({
    name: `98${n}1-${String(10_023 + n * 7)}`,
    masked: '98***',
    n: 4_120 - n * 611,
    at: at(median)
  }));
  return { percents: [0, 5, 25, 50, 75, 95, 99, 100], lanes, lanes_in_all: lanes.length };
}

function picture(
  state: FakeState,
  { procedure, picture: key }: Commands['procedure_picture']['request']
): ProcedurePictureView {
  const head = picturesOf(procedure).find((one) => one.key === key);
  if (!head) refuse('unknown_picture', '這個測試沒有這張圖。', '請重新開啟測試畫面。');
  const { title, kind } = head!;
  const limit = { zh: '密碼最長使用期限', value: '3 個月', days: null, clause: 'COL-G5.1', changed: false };
  const base = { title, unit: '個帳號', missing: [], limit: null, strip: null, ages: null, spread: null };
  if (kind === 'strip')
    return {
      ...base,
      unit: '日',
      limit: { ...limit, zh: '防火牆進出紀錄及其備份之最短保存期間', value: '36 個月', clause: 'COL-D4.2' },
      strip: strip()
    };
  if (kind === 'spread') return { ...base, unit: '毫秒', spread: spread() };
  return key === 'age'
    ? { ...base, limit: { ...limit, days: 92 }, ages: ages(state, 'pw_changed_at', 92) }
    : {
        ...base,
        limit: { ...limit, zh: '逾此月數未登入者視為閒置', value: '6 個月', days: 184, clause: null },
        ages: ages(state, 'last_login', 184)
      };
}

export const pictureHandlers = (state: FakeState) => ({
  procedure_picture: (request: Commands['procedure_picture']['request']) => picture(state, request),
  picture_save: ({ path, format, pieces }: Commands['picture_save']['request']) => {
    const whole = pieces.join('');
    if (!(format === 'svg' ? whole.startsWith('<svg ') : whole.startsWith('iVBORw0KGgo')))
      refuse('bad_picture', '這不是可匯出之圖，未寫入任何檔案。', '請重新開啟該圖後再匯出。');
    return { files: [{ file: path, sha256: '5c'.repeat(32), size: whole.length }] };
  }
});
