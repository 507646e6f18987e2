import { fireEvent, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { faults } from '../../shared/testing/faults';
import {
  fill,
  get,
  has,
  openWindow,
  press,
  requests,
  unlock,
  until,
  user
} from '../../shared/testing/window';

async function open(options: Parameters<typeof openWindow>[0] = {}): Promise<ReturnType<typeof openWindow>> {
  const window = openWindow(options);
  await unlock();
  await press('headquarters-open');
  await get('hq-totals');
  return window;
}

const text = async (id: string): Promise<string> => (await get(id)).textContent!.replace(/\s+/g, ' ').trim();
const rows = async (): Promise<string[][]> =>
  [...(await get('hq-table')).querySelectorAll('tbody tr')].map((tr) =>
    [...tr.children].map((cell) => cell.textContent!.replace(/\s+/g, ' ').trim())
  );
const choose = async (id: string, value: string): Promise<void> => user.selectOptions(await get(id), value);

test('H on the start screen compares all exams, Escape leads back', async () => {
  openWindow();
  await unlock();
  await user.keyboard('h');
  await get('hq-totals');
  expect(await text('hq-totals')).toMatch(/查核案\s*11\s*受查單位\s*4/);
  await user.keyboard('{Escape}');
  await get('exam-open-e1');
});

test('a letter that an input method composes is no command', async () => {
  openWindow();
  await unlock();
  await fireEvent.keyDown(window, { key: 'h', isComposing: true });
  await fireEvent.keyDown(window, { key: 'h', keyCode: 229 });
  expect(has('headquarters-back')).toBe(false);
  await user.keyboard('h');
  await get('hq-totals');
  await fireEvent.keyDown(window, { key: 'Escape', isComposing: true });
  expect(has('headquarters-back')).toBe(true);
});

test('what was not collected is shown as unknown, never as met, and can be collected', async () => {
  const { calls } = await open();
  expect(await text('hq-unknown')).toContain('1 案之結果尚未彙整');
  await choose('hq-from', '2019');
  await choose('hq-to', '2019');
  await until(async () => {
    const lacking = (await rows()).find(([firm]) => firm === '壬癸證券股份有限公司')!;
    expect(lacking.slice(1, 5)).toEqual(['業別未確認', '108-證-0010 108.12.31', '1', '? 未彙整']);
  });
  await press('hq-renew');
  expect(await text('hq-renewed')).toBe('已彙整 1 案，無法開啟 0 案。');
  expect(requests(calls, 'headquarters_renew')).toHaveLength(1);
});

test('every share stands beside its base', async () => {
  await open();
  for (const row of await rows()) {
    const [n, of] = row[6]!.replace(/,/g, '').split(' / ').map(Number);
    expect(row[5]).toBe(`${((100 * n!) / of!).toFixed(1)}%`);
  }
});

test('what is chosen is asked for and narrows figures, pictures and tables', async () => {
  const { calls } = await open();
  await choose('hq-from', '2020');
  await fill('hq-firm', '甲乙');
  await user.keyboard('{Enter}');
  await choose('hq-document', 'BSL');
  await choose('hq-severity', 'high');
  await until(async () => expect(await rows()).toHaveLength(1));
  expect(requests(calls, 'headquarters').at(-1)).toEqual({
    from_year: 2020,
    to_year: null,
    firm: '甲乙',
    document: 'BSL',
    chapter: '',
    severity: 'high',
    status: null,
    as_of: ''
  });
  expect((await get('picture-table')).querySelectorAll('tbody tr')).toHaveLength(1);
  await press('hq-clear');
  await until(async () => expect(await rows()).toHaveLength(4));
});

test('a day of the Republic is read for overdue, and what is no day is not sent', async () => {
  const { calls } = await open();
  await fill('hq-as-of', '109.12.31');
  await user.keyboard('{Enter}');
  await until(() => expect(requests(calls, 'headquarters').at(-1)).toMatchObject({ as_of: '2020-12-31' }));
  await fill('hq-as-of', '昨天');
  expect((await get('hq-as-of')).getAttribute('aria-invalid')).toBe('true');
});

test('years that end before they begin are told at the place', async () => {
  await open();
  await choose('hq-from', '2020');
  await choose('hq-to', '2018');
  expect(await screen.findByText('迄年早於起年。')).toBeTruthy();
});

test('each picture has its figures beside it, and its bars stay on its sheet', async () => {
  await open();
  for (const name of ['years', 'clauses', 'firms', 'grades']) {
    await press(`hq-picture-${name}`);
    const title = (await get(`hq-picture-${name}`)).textContent!;
    const frame = await get('picture-frame');
    expect(frame.querySelector('h3')!.textContent).toBe(title);
    const lines = [...frame.querySelectorAll('tbody tr')];
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines)
      expect([...line.querySelectorAll('.num')].some((cell) => /\d/.test(cell.textContent!))).toBe(true);
    const drawing = frame.querySelector('svg[role=img]')!;
    const ends = [...drawing.querySelectorAll('rect')].map(
      (rect) => Number(rect.getAttribute('x')) + Number(rect.getAttribute('width'))
    );
    expect(Math.max(...ends)).toBeLessThanOrEqual(Number(drawing.getAttribute('width')));
    expect(await faults()).toEqual([]);
  }
  expect(document.querySelector('[style]')).toBeNull();
});

test('a picture leaves with what was chosen, and without an exam', async () => {
  const { calls } = await open();
  await choose('hq-from', '2020');
  await choose('hq-severity', 'high');
  await until(async () => expect(await text('picture-notes')).toBe('彙整範圍：109 年–；高'));
  await press('picture-leave');
  await fill('picture-path', 'D:\\圖.svg');
  await press('picture-export');
  await until(async () => expect(await text('picture-result')).toContain('D:\\圖.svg'));
  const [saved] = requests(calls, 'picture_save') as { format: string; pieces: string[] }[];
  expect(saved!.format).toBe('svg');
  expect(saved!.pieces.join('')).toContain('<title>各年度查核發現</title>');
  expect(saved!.pieces.join('')).toContain('彙整範圍：109 年–；高');
});

test('the tables are one press apart; figures are tabular', async () => {
  await open();
  for (const tab of ['clauses', 'repeats', 'overdue', 'years', 'firms']) {
    await press(`hq-tab-${tab}`);
    expect((await get('hq-table')).dataset.table).toBe(tab);
    const all = await rows();
    expect(all.length).toBeGreaterThan(0);
    const heads = (await get('hq-table')).querySelectorAll('thead th').length;
    for (const row of all.filter((cells) => !cells.includes('? 未彙整'))) expect(row).toHaveLength(heads);
    const figures = [...(await get('hq-table')).querySelectorAll('tbody td')].filter((cell) =>
      /^[\d,.%/ ]+$/.test(cell.textContent!.trim())
    );
    expect(figures.every((cell) => cell.matches('.num, .date'))).toBe(true);
  }
});

test('an overdue measure leads to its finding, and closing that exam leads back here', async () => {
  const { calls } = await open({ begun: true });
  await press('hq-tab-overdue');
  const button = (await get('hq-table')).querySelector<HTMLElement>('[data-testid^="hq-open-e1-"]')!;
  await user.click(button);
  await get('stage-findings');
  expect(requests(calls, 'exam_open')).toEqual([{ exam: 'e1' }]);
  await press('exams-back');
  await get('hq-totals');
});

test('files are written of what is chosen, with numbers in place of names when asked', async () => {
  const { calls } = await open();
  await choose('hq-to', '2019');
  await press('hq-export');
  await fill('hq-book-path', 'D:\\總部.xlsx');
  await press('hq-book-export');
  expect(await text('hq-book-result')).toContain('D:\\總部.xlsx');
  await press('hq-pseudonyms');
  await fill('hq-tables-path', 'D:\\表');
  await press('hq-tables-export');
  await until(async () => expect(await text('hq-tables-result')).toContain('clause_results.parquet'));
  const [tables] = requests(calls, 'headquarters_tables');
  expect(tables).toMatchObject({ path: 'D:\\表', pseudonyms: true, chosen: { to_year: 2019 } });
});

test('a vault without exams says so', async () => {
  const { calls } = openWindow({
    change: (name, answer) => {
      if (name !== 'headquarters') return;
      const view = answer as { totals: { exams: number }; all_years: number[] };
      view.totals.exams = 0;
      view.all_years = [];
    }
  });
  await unlock();
  await press('headquarters-open');
  expect(await text('hq-none')).toContain('保管庫內尚無查核案');
  expect((await get('hq-export')).hasAttribute('disabled')).toBe(true);
  expect(requests(calls, 'headquarters')).toHaveLength(1);
});

test('the palette leads here from within an exam', async () => {
  openWindow();
  await unlock();
  await press('exam-open-e1');
  await get('count-applicable');
  await press('palette-open');
  await fill('palette-input', '總部');
  await user.keyboard('{Enter}');
  await get('hq-totals');
});

test('it is accessible, every table of it', async () => {
  await open();
  expect(await faults()).toEqual([]);
  for (const tab of ['clauses', 'repeats', 'overdue', 'years']) {
    await press(`hq-tab-${tab}`);
    expect(await faults()).toEqual([]);
  }
  await press('hq-export');
  await get('hq-book-path');
  expect(await faults()).toEqual([]);
});
