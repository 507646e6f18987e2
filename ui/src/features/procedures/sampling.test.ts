import axe from 'axe-core';
import { fireEvent, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import {
  fill,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  until,
  user
} from '../../shared/testing/window';

/** Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

document.documentElement.lang = 'zh-Hant-TW';
document.title = '查核簿';

const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();
const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;

async function openSampling(): Promise<[string, unknown][]> {
  const { calls } = openWindow({ rows: 5000 });
  await openExam('tests');
  await get('procedure-T-COL-05');
  await user.keyboard('d');
  await get('sampling');
  await until(async () => expect(document.activeElement).toBe(await get('draw-dataset')));
  return calls;
}

/** Draws a sample of 60 orders with a seed. */
async function drawn(): Promise<[string, unknown][]> {
  const calls = await openSampling();
  await user.selectOptions(await get('draw-dataset'), 'orders');
  await fill('draw-size', '60');
  await fill('draw-seed', '18446744073709551615');
  await fill('draw-purpose', '委託時間');
  await press('draw');
  await get('sample-detail');
  return calls;
}

test('without data it is said what to do next, and done', async () => {
  openWindow();
  await openExam('tests');
  await press('sampling-open');
  expect(await text('sampling-none')).toContain('還沒有資料可抽');
  expect(await text('sampling-back')).toContain('T-SMP-01');
  expect(await faults()).toEqual([]);
  await press('sampling-to-files');
  await get('import-browse');
});

test('a sample is drawn with a seed that keeps its digits, and shown with its rows', async () => {
  const calls = await drawn();
  expect(requests(calls, 'sample_draw')).toEqual([
    {
      dataset: 'orders',
      method: 'random',
      size: 60,
      seed: '18446744073709551615',
      stratum: null,
      amount: null,
      chosen: [],
      purpose: '委託時間'
    }
  ]);
  await until(async () => expect(document.activeElement).toBe(await get('sample-1')));
  expect(await text('sample-1')).toMatch(
    /^S-001 ?60 \/ 5,000 筆 委託紀錄 亂數 種子 18446744073709551615 查核人員甲 115\.03\.02/
  );
  expect(await text('sample-rows')).toContain('109年度委託紀錄_含主機共置專線.csv');
  expect(await faults()).toEqual([]);
});

test('what is missing or cannot be is not drawn, and said at its place', async () => {
  await openSampling();
  expect(await faults()).toEqual([]);
  expect(await disabled('draw')).toBe(true);
  await fill('draw-size', '9999');
  expect((await get('draw-size')).getAttribute('aria-invalid')).toBe('true');
  expect(document.body.textContent).toContain('須為 1 至 1,043 之整數');
  await fill('draw-size', '２５');
  expect(await disabled('draw')).toBe(false);
  await fill('draw-seed', '18446744073709551616');
  expect(await disabled('draw')).toBe(true);
  await fill('draw-seed', '7');
  await user.selectOptions(await get('draw-method'), 'stratified');
  expect(await disabled('draw')).toBe(true);
  await user.selectOptions(await get('draw-stratum'), 'privilege');
  expect(await disabled('draw')).toBe(false);
  await user.selectOptions(await get('draw-method'), 'monetary');
  expect(await disabled('draw-amount')).toBe(true);
  await user.selectOptions(await get('draw-dataset'), 'orders');
  await user.selectOptions(await get('draw-amount'), 'qty');
  expect(await disabled('draw')).toBe(false);
});

test('a judgemental sample names its rows, each with a reason', async () => {
  const calls = await openSampling();
  await user.selectOptions(await get('draw-method'), 'judgemental');
  const field = await get('draw-chosen');
  await fireEvent.input(field, {
    target: { value: '帳號清冊.xlsx:帳號:12 廠商\n帳號清冊.xlsx:帳號:13\n胡言' }
  });
  expect(await text('draw-chosen-read')).toMatch(/第 3 行看不出是哪一列.*第 2 行沒有理由/);
  expect(await disabled('draw')).toBe(true);
  expect(await faults()).toEqual([]);
  await fireEvent.input(field, { target: { value: '帳號清冊.xlsx:帳號:12　廠商 root' } });
  await press('draw');
  await get('sample-detail');
  expect(requests(calls, 'sample_draw')).toMatchObject([
    { method: 'judgemental', size: 1, chosen: [{ sheet: '帳號', row: 12, reason: '廠商 root' }] }
  ]);
  await fill('evaluate-deviations', '1');
  await press('evaluate-run');
  expect(await text('evaluation')).toContain('不推論至母體');
  expect(await text('evaluation')).not.toContain('%');
});

test('the size is worked out from rates in percent, with both readings of ASM-3.2, and can be taken', async () => {
  const calls = await openSampling();
  expect(((await get('size-population')) as HTMLInputElement).value).toBe('1043');
  await fill('size-confidence', '９５%');
  await press('size-run');
  expect(await text('size-result')).toMatch(/59 筆；.*取較小者 100 台.*從嚴取較大者 105 台/);
  expect(requests(calls, 'sample_size')).toEqual([
    { confidence: 95, tolerable: 5, expected: 0, population: 1043 }
  ]);
  expect(await faults()).toEqual([]);
  await press('size-take-59');
  expect(((await get('draw-size')) as HTMLInputElement).value).toBe('59');
  await fill('size-expected', '7');
  await press('size-run');
  expect(await text('size-error')).toContain('預期須小於可容忍');
});

test('results are evaluated in the words of the host, with the upper limit', async () => {
  const calls = await drawn();
  expect(await disabled('evaluate-run')).toBe(true);
  await fill('evaluate-deviations', '3');
  await press('evaluate-run');
  expect(await text('evaluation')).toBe(
    '● 偏差率上限高於可容忍率：不能據以認定母體符合。 樣本偏差率 5.00% 母體偏差率上限 10.00%（500 筆）'
  );
  expect(requests(calls, 'sample_evaluate')).toEqual([
    {
      method: 'random',
      sampled: 60,
      deviations: 3,
      unexamined: 0,
      population: 5000,
      confidence: 95,
      tolerable: 5
    }
  ]);
  await fill('evaluate-unexamined', '1');
  await press('evaluate-run');
  await until(async () => expect(await text('evaluation')).toMatch(/^\? 取決於無法查核/));
  expect(await faults()).toEqual([]);
});

test('the sheet is written where it is wanted', async () => {
  const calls = await drawn();
  expect(await disabled('sample-export')).toBe(true);
  await press('sample-browse');
  await press('sample-export');
  expect(await text('sample-result')).toContain('已產生 1 個檔案');
  expect(requests(calls, 'sample_sheet')).toEqual([
    { sample: 1, path: 'D:\\查核\\輸出\\S-001 抽樣工作表.xlsx' }
  ]);
  expect(await faults()).toEqual([]);
});

test('N plans another sample, J and K go through those drawn, what was typed stays', async () => {
  await drawn();
  await user.keyboard('n');
  await until(async () => expect(document.activeElement).toBe(await get('draw-dataset')));
  expect(((await get('draw-seed')) as HTMLInputElement).value).toBe('');
  await fill('draw-size', '25');
  await press('sample-1');
  await user.keyboard('n');
  expect(((await get('draw-size')) as HTMLInputElement).value).toBe('25');
  await press('draw');
  await until(async () => expect(document.activeElement).toBe(await get('sample-2')));
  await user.keyboard('j');
  await until(async () => expect(document.activeElement).toBe(await get('sample-1')));
  await user.keyboard('k');
  expect((await get('sample-detail')).dataset.sample).toBe('2');
  expect(screen.getAllByTestId(/^sample-\d/)).toHaveLength(2);
});

test('a refused draw says why, where it was asked for', async () => {
  openWindow({
    rows: 200,
    change: (name) => {
      if (name === 'sample_draw') throw { code: 'bad_sample', message: '無法抽樣。', hint: '請修正後再試。' };
    }
  });
  await openExam('tests');
  await press('sampling-open');
  await fill('draw-size', '5');
  await press('draw');
  expect(await text('draw-error')).toContain('無法抽樣');
  expect(has('sample-detail')).toBe(false);
});

test('the palette leads to it', async () => {
  openWindow({ rows: 200 });
  await openExam();
  await press('palette-open');
  await user.type(await get('palette-input'), '抽樣');
  await user.keyboard('{Enter}');
  await get('draw-dataset');
});
