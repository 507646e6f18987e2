/** Sampling of the invented host: the draws are made up, the refusals are those of the real one. */
import type {
  DrawnSampleView,
  ExportView,
  SampleDrawRequest,
  SampleEvaluateRequest,
  SampleEvaluationView,
  SampleMethodWord,
  SampleRowView,
  SampleSheetRequest,
  SampleSizeRequest,
  SampleSizeView
} from '../bindings';
import { dataSets } from './data';
import { columnsOf } from './rows';
import { examiner, refuse, tick, type FakeState } from './state';

const WORDS: Record<SampleMethodWord, string> = {
  random: '亂數',
  interval: '間隔',
  stratified: '分層',
  judgemental: '判斷',
  monetary: '金額單位'
};

const bad = (what: string): never => refuse('bad_sample', `無法抽樣：${what}。`, '請修正後再試。');

export function draw(state: FakeState, request: SampleDrawRequest): DrawnSampleView {
  const { dataset, method, chosen } = request;
  const set =
    dataSets(state).find((one) => one.key === dataset) ??
    refuse('unknown_dataset', '沒有這個資料集。', '請重新開啟此畫面。');
  const size = method === 'judgemental' ? chosen.length : request.size;
  if (size < 1) bad('樣本數不得為 0');
  if (size > set.rows) bad(`樣本數 ${size} 大於可抽之 ${set.rows} 列`);
  if (request.seed !== null && !/^\d{1,20}$/.test(request.seed))
    bad('種子須為 0 至 18446744073709551615 之整數');
  const step = Math.floor(set.rows / size);
  const table = set.sheets[0];
  const rows = Array.from({ length: size }, (_, n): SampleRowView => {
    const index = n * step;
    const named = method === 'judgemental' ? chosen[n] : undefined;
    const told = columnsOf(dataset).slice(0, 2);
    return {
      no: n + 1,
      index,
      file: named?.file ?? table?.file ?? '',
      sha256: 'a7'.repeat(32),
      sheet: named?.sheet ?? table?.sheet ?? '',
      row: named?.row ?? index + 2,
      content: told.map((column) => `${column.zh}：${column.make(index).value ?? ''}`).join('；'),
      why: named?.reason ?? `第 ${n + 1} 抽`
    };
  });
  const id = state.samples.length + 1;
  const sample: DrawnSampleView = {
    id,
    number: `S-${String(id).padStart(3, '0')}`,
    dataset,
    dataset_zh: set.zh,
    method: WORDS[method],
    recipe: '母體依檔案雜湊、工作表、列號排序，依種子抽取。',
    algorithm: 'fieldbook-1',
    seed: request.seed ?? '11684927403128839402',
    stratum: request.stratum,
    amount: request.amount,
    population: set.rows,
    population_sha256: 'c4'.repeat(32),
    purpose: request.purpose,
    by: examiner(state),
    at: tick(state),
    rows
  };
  state.samples = [sample, ...state.samples];
  return sample;
}

export const sheet = ({ path }: SampleSheetRequest): ExportView => ({
  files: [{ file: path, sha256: '8b'.repeat(32), size: 14_902 }]
});

export function size({ confidence, tolerable, expected, population }: SampleSizeRequest): SampleSizeView {
  if (confidence < 50 || tolerable <= expected) bad('信心水準須介於 50% 與 99.99%，且預期須小於可容忍');
  const tenth = population === null ? null : Math.ceil(population / 10);
  return {
    size: Math.ceil(3 / ((tolerable - expected) / 100)) - 1,
    allowed: expected > 0 ? 1 : 0,
    asm_required: tenth === null ? null : Math.min(tenth, 100),
    asm_strict: population === null || tenth === null ? null : Math.min(Math.max(tenth, 100), population)
  };
}

export function evaluate(request: SampleEvaluateRequest): SampleEvaluationView {
  const { method, sampled, deviations, unexamined, population, tolerable } = request;
  if (deviations + unexamined > sampled) bad('不符與無法查核之件數合計大於樣本數');
  if (method === 'judgemental')
    return {
      extrapolated: false,
      rate: null,
      upper_rate: null,
      upper_count: null,
      exceeds: null,
      words: '這種抽樣之結果不推論至母體，只就所查各筆作結論。'
    };
  const upper = (deviations + unexamined + 3) / sampled;
  const over = upper * 100 > tolerable;
  const exceeds = unexamined && over ? null : over;
  return {
    extrapolated: true,
    rate: deviations / sampled,
    upper_rate: upper,
    upper_count: population === null ? null : Math.ceil(population * upper),
    exceeds,
    words:
      exceeds === null
        ? '取決於無法查核之各筆：視為不符時上限高於可容忍率，尚不能下結論。'
        : exceeds
          ? '偏差率上限高於可容忍率：不能據以認定母體符合。'
          : '偏差率上限未高於可容忍率。'
  };
}
