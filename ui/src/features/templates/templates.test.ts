import { expect, test } from 'vitest';
import { faults } from '../../shared/testing/faults';
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

async function open(): Promise<ReturnType<typeof openWindow>> {
  const window = openWindow();
  await openExam('outputs');
  await press('templates-open');
  await get('template-pane');
  return window;
}

const text = async (id: string): Promise<string> => (await get(id)).textContent!.replace(/\s+/g, ' ').trim();

test('a template is filled, and what stayed empty is told with its place', async () => {
  const { calls } = await open();
  await press('template-findings');
  await press('template-fill-browse');
  await press('template-fill-export');
  expect(await text('template-fill-result')).toContain('缺失彙總表.xlsx');
  expect(await text('template-unfilled')).toContain('1 個欄位留空');
  expect(await text('template-unfilled-marks')).toMatch(/\{\{覆核人\}\}\s*缺失彙總!F2.*本案沒有這項資料/);
  expect(requests(calls, 'template_fill')).toEqual([
    { key: 'findings', path: 'D:\\查核\\輸出\\缺失彙總表.xlsx' }
  ]);
  await press('template-items');
  expect(has('template-unfilled')).toBe(false);
});

test('a template is looked at filled, with what stays empty beside it; nothing is written', async () => {
  const { calls } = await open();
  await press('template-findings');
  await press('template-look');
  await until(async () => expect(await text('sheets-grid')).toContain('缺失編號'));
  expect(await text('template-looked-marks')).toContain('{{覆核人}}');
  expect(await faults()).toEqual([]);
  await user.click(document.querySelector<HTMLElement>('[data-testid=sheets] .close')!);
  await press('template-report');
  await press('template-look');
  expect(await text('sheets-text')).toContain('貳、查核發現');
  expect(has('sheets-grid')).toBe(false);
  expect(requests(calls, 'template_preview')).toEqual([{ key: 'findings' }, { key: 'report' }]);
  expect(requests(calls, 'template_fill')).toEqual([]);
});

test('the blank template is saved; a place that cannot be written to is told there', async () => {
  const { calls } = await open();
  await fill('template-save-path', '/唯讀/a.xlsx');
  await press('template-save-export');
  expect((await get('template-save-error')).dataset.code).toBe('not_written');
  await fill('template-save-path', '/out/a.xlsx');
  await press('template-save-export');
  await until(async () => expect(await text('template-save-result')).toContain('/out/a.xlsx'));
  expect(requests(calls, 'template_save')).toEqual([
    { key: 'items', path: '/唯讀/a.xlsx' },
    { key: 'items', path: '/out/a.xlsx' }
  ]);
});

test('a template is checked before it is added: unknown placeholders are named, and it takes the place of another', async () => {
  const { calls } = await open();
  await press('template-new');
  await fill('template-path', '/in/公會缺失表.xlsx');
  expect(has('template-add')).toBe(false);
  await press('template-check');
  expect(await text('template-checked')).toContain('1 個欄位不認得');
  expect(await text('template-marks')).toMatch(/\{\{主辦會計師\}\}\s*封面!B7\s*\?\s*不認得/);
  await fill('template-authority', '某公會');
  await user.selectOptions(await get('template-replaces'), 'findings');
  await press('template-add');
  await until(async () => expect((await get('template-pane')).dataset.key).toBe('findings'));
  expect((await get('template-findings')).dataset.shipped).toBe('false');
  expect(await text('template-findings')).toContain('適用：某公會');
  expect(requests(calls, 'template_add')).toEqual([
    { path: '/in/公會缺失表.xlsx', key: 'findings', title: '', authority: '某公會' }
  ]);
});

test('what is wrong with a template is listed, and it cannot be added; another path is checked anew', async () => {
  await open();
  await press('template-new');
  await fill('template-path', '/in/有錯.xlsx');
  await press('template-check');
  expect(await text('template-problems')).toContain('沒有對應的');
  expect(has('template-add')).toBe(false);
  await user.type(await get('template-path'), 'x');
  expect(has('template-problems')).toBe(false);
  await press('template-check');
  expect((await get('template-error')).dataset.code).toBe('not_a_template');
});

test('only a template that was brought can be removed, and not by one press', async () => {
  const { calls } = await open();
  expect(has('template-drop')).toBe(false);
  await press('template-new');
  await fill('template-path', '/in/公會缺失表.xlsx');
  await press('template-check');
  await user.selectOptions(await get('template-replaces'), 'findings');
  await press('template-add');
  await press('template-drop');
  expect(requests(calls, 'template_drop')).toHaveLength(0);
  await press('template-drop-yes');
  await until(async () => expect((await get('template-findings')).dataset.shipped).toBe('true'));
});

test('placeholders are searched and copied as they are written', async () => {
  await open();
  await press('templates-tab-marks');
  await fill('marks-search', '缺失 規範');
  await until(async () => expect(await text('marks-count')).toBe('1 個欄位'));
  await press('marks-copy-0');
  await until(async () => expect(await text('marks-copied')).toContain('{{現行規範}}'));
  await fill('marks-search', '不含撤銷者');
  await until(() => expect(document.body.textContent).toContain('{{#缺失}}{{/缺失}}'));
});

test('T opens the templates, but not out of a text', async () => {
  openWindow();
  await openExam('outputs');
  await user.type(await get('report-path'), 't');
  expect(has('templates')).toBe(false);
  (await get('report-path')).blur();
  await user.keyboard('t');
  await get('template-pane');
});

test('the templates, one that is checked and the placeholders are accessible', async () => {
  await open();
  expect(await faults()).toEqual([]);
  await press('template-new');
  await fill('template-path', '/in/a.xlsx');
  await press('template-check');
  await get('template-marks');
  expect(await faults()).toEqual([]);
  await press('templates-tab-marks');
  await get('marks-copy-0');
  expect(await faults()).toEqual([]);
});

/** Adds a template from a file, in the place of another or as one of its own. */
async function bring(path: string, replaces = ''): Promise<void> {
  await press('template-new');
  await fill('template-path', path);
  await press('template-check');
  if (replaces) await user.selectOptions(await get('template-replaces'), replaces);
  await press('template-add');
}

const shippedOf = async (key: string): Promise<string | undefined> =>
  (await get(`template-${key}`)).dataset.shipped;
const turn = (keys: string): Promise<void> => user.keyboard(`{Control>}${keys}{/Control}`);

test('a template that was added is taken back, the shipped one stands again, and its file brings it back', async () => {
  const { calls } = await open();
  expect(has('templates-undo')).toBe(false);
  await bring('/in/公會缺失表.xlsx', 'findings');
  expect(await text('templates-undo')).toContain('復原：加入範本「公會缺失表」（自 公會缺失表.xlsx）');
  await turn('z');
  await until(async () => expect(await shippedOf('findings')).toBe('true'));
  expect((await get('template-pane')).dataset.key).toBe('findings');
  expect(has('templates-undo')).toBe(false);
  await press('templates-redo');
  await until(async () => expect(await shippedOf('findings')).toBe('false'));
  expect(requests(calls, 'template_add')).toEqual([
    { path: '/in/公會缺失表.xlsx', key: 'findings', title: '', authority: '' },
    { path: '/in/公會缺失表.xlsx', key: 'findings', title: '', authority: '' }
  ]);
  await bring('/in/另一份.xlsx');
  await until(async () => expect(await text('templates-undo')).toContain('另一份'));
  await press('templates-undo');
  await until(() => expect(has('template-own-1')).toBe(false));
  await press('templates-undo');
  await until(async () => expect(await shippedOf('findings')).toBe('true'));
  expect(requests(calls, 'template_drop')).toEqual([
    { key: 'findings' },
    { key: 'own-1' },
    { key: 'findings' }
  ]);
  expect(await faults()).toEqual([]);
});

test('a file that is not what it was does not come back as the template that was taken back', async () => {
  let other = false;
  const window = openWindow({
    change: (name, answer) => {
      if (name === 'template_check' && other) (answer as { marks: unknown[] }).marks.pop();
    }
  });
  await openExam('outputs');
  await press('templates-open');
  await bring('/in/公會缺失表.xlsx');
  await press('templates-undo');
  await until(() => expect(has('template-own-1')).toBe(false));
  other = true;
  await press('templates-redo');
  expect(await text('template-error')).toContain('範本檔案的內容已與當時不同，未加入。');
  expect(requests(window.calls, 'template_add')).toHaveLength(1);
  expect(has('template-own-1')).toBe(false);
});

test('one that was brought gives way to another only when that is confirmed, and neither is taken back', async () => {
  const { calls } = await open();
  await bring('/in/公會缺失表.xlsx', 'findings');
  await get('templates-undo');
  await bring('/in/新版缺失表.xlsx', 'findings');
  expect(await text('template-replace-sure')).toMatch(
    /「公會缺失表」（公會缺失表.xlsx，查核人員甲 於 .* 加入）將被取代：保管庫不再保留原檔案，不能復原。/
  );
  expect(requests(calls, 'template_add')).toHaveLength(1);
  expect(await faults()).toEqual([]);
  await press('template-replace-yes');
  await until(async () => expect(await text('template-findings')).toContain('新版缺失表'));
  expect(has('templates-undo')).toBe(false);
  await turn('z');
  expect(requests(calls, 'template_drop')).toHaveLength(0);
  await press('template-drop');
  expect(await text('template-pane')).toContain('保管庫不再保留這份檔案，不能復原');
  await press('template-drop-yes');
  await until(async () => expect(await shippedOf('findings')).toBe('true'));
  expect(has('templates-undo')).toBe(false);
  expect(has('templates-redo')).toBe(false);
});
