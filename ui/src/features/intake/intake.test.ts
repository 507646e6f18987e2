import { screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import type { ImportRequest, ImportView, MappedColumnView } from '../../backend';
import { desk } from '../../shared/state/desk.svelte';
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

type Opened = ReturnType<typeof openWindow>;

/** The four files that the invented dialog gives: accounts, orders, assets, and one that is no spreadsheet. */
async function addAll(change?: (name: string, answer: unknown) => void): Promise<Opened> {
  const opened = openWindow({ change });
  await openExam('data');
  await press('import-browse');
  await get('import-error-3');
  return opened;
}

const sent = (calls: Opened['calls'], n = 0): ImportRequest =>
  requests(calls, 'import_run')[n] as ImportRequest;
const text = async (id: string): Promise<string> => (await get(id)).textContent ?? '';
const line = async (id: string): Promise<string> => (await get(id)).closest('tr')!.textContent ?? '';
const button = (within: HTMLElement, word: string | RegExp): HTMLElement =>
  [...within.querySelectorAll('button')].find((b) =>
    typeof word === 'string' ? b.textContent?.trim().startsWith(word) : word.test(b.textContent ?? '')
  )!;

test('a pasted path in quotes is looked into', async () => {
  const { calls } = openWindow();
  await openExam('data');
  await fill('import-path', '"/in/帳號清冊.xlsx"');
  await user.keyboard('{Enter}');
  await get('sheet-0-0');
  expect(requests(calls, 'import_inspect')).toEqual([{ paths: ['/in/帳號清冊.xlsx'], encoding: null }]);
});

test('thirty files are looked into some at a time, and each stands on its line', async () => {
  const { calls } = openWindow();
  await openExam('data');
  const paths = Array.from({ length: 30 }, (_, n) => `/in/設備盤點${n}.xlsx`);
  await user.click(await get('import-path'));
  await user.paste(paths.join('\n').replaceAll('\n', ';'));
  await user.keyboard('{Enter}');
  await get('sheet-29-0');
  await until(() => expect(desk.jobs.unfinished).toEqual([]));
  const asked = requests(calls, 'import_inspect') as { paths: string[] }[];
  expect(asked.flatMap((request) => request.paths)).toEqual(paths);
  expect(Math.max(...asked.map((request) => request.paths.length))).toBeLessThan(10);
  expect(await text('foot-ready')).toContain('30');
});

test('a line says what was recognised, how surely, how many rows, and what is hidden', async () => {
  await addAll();
  expect(await line('sheet-0-0')).toMatch(/帳號清冊.*96%.*1,038.*◌ 列 1.*◌ 欄 1.*待確認 1/);
  expect(await line('sheet-0-1')).toMatch(/舊資料.*未辨識.*◌ 隱藏工作表/);
  expect(await line('sheet-1-0')).toMatch(/委託紀錄.csv.*5,000\+.*缺必要欄位/);
  expect(await line('sheet-2-0')).toMatch(/設備清單.xlsx.*可匯入/);
});

test('a text that reads as garbage is read in another encoding, and goes in so', async () => {
  const { calls } = openWindow();
  await openExam('data');
  await fill('import-path', '/in/設備盤點1.csv');
  await user.keyboard('{Enter}');
  await get('sheet-0-0');
  expect(((await get('file-encoding')) as HTMLSelectElement).value).toBe('Big5');
  await user.selectOptions(await get('file-encoding'), 'gb18030');
  await until(() => expect(requests(calls, 'import_inspect')).toHaveLength(2));
  expect(requests(calls, 'import_inspect')[1]).toEqual({ paths: ['/in/設備盤點1.csv'], encoding: 'gb18030' });
  await until(async () => expect(((await get('file-encoding')) as HTMLSelectElement).value).toBe('gb18030'));
  if (has('foot-accept')) await press('foot-accept');
  await press('import-all');
  await get('batch-1');
  expect(sent(calls).files[0]!.encoding).toBe('gb18030');
});

test('what waits for a word stays out, what is ready goes in as one batch', async () => {
  const { calls } = await addAll();
  expect(await text('import-error-3')).toContain('不是試算表');
  await press('import-all');
  await get('batch-1');
  const { files } = sent(calls);
  expect(files.map((f) => f.path.split('\\').pop())).toEqual(['設備清單.xlsx']);
  expect(files[0]?.sheets).toEqual([expect.objectContaining({ sheet: '實地盤點', origin: 'ONSITE' })]);
  expect(await line('sheet-0-0')).toContain('待確認');
});

test('an ambiguous calendar is answered below the table, by what each would make of the cells', async () => {
  const { calls } = await addAll();
  const ask = await get('ask-0-0-0');
  expect(ask.textContent).toMatch(/日月年.*109\.02\.01.*月日年.*109\.01\.02/);
  await user.click(button(ask, '月日年'));
  await until(async () => expect(await line('sheet-0-0')).toContain('可匯入'));
  await press('import-all');
  await get('batch-1');
  const column = sent(calls).files[0]?.sheets[0]?.columns.find((c) => c.column === 'pw_changed_at');
  expect(column?.reading).toBe('mdy');
});

test('a missing required column is picked below the table, then the file goes in with that mapping', async () => {
  const { calls } = await addAll();
  await user.selectOptions(await get('ask-1-0-0-pick'), '3');
  await until(async () => expect(await line('sheet-1-0')).toContain('可匯入'));
  await press('import-all');
  await get('batch-1');
  const mapping = sent(calls).files.find((f) => f.path.endsWith('委託紀錄.csv'))?.sheets[0]?.columns;
  expect(mapping?.find((c) => c.index === 3)?.column).toBe('received_at');
});

test('a missing required column may have one value for the whole table', async () => {
  const { calls } = await addAll();
  await fill('ask-1-0-0-fill', '盤中');
  await user.keyboard('{Enter}');
  await until(async () => expect(await line('sheet-1-0')).toContain('可匯入'));
  await press('import-all');
  await get('batch-1');
  const choice = sent(calls).files.find((f) => f.path.endsWith('委託紀錄.csv'))?.sheets[0];
  expect(choice?.filled).toEqual([
    expect.objectContaining({ column: 'received_at', text: '盤中', from: 'examiner' })
  ]);
});

test('a column of ours is mapped once: who takes it takes it away', async () => {
  await addAll();
  await press('sheet-0-0');
  await user.selectOptions(await get('map-column-7'), 'unit');
  await until(async () =>
    expect((await get('map-column-3')) as HTMLSelectElement).toHaveProperty('value', '')
  );
});

test('another dataset is recognised anew, and what it lacks is asked', async () => {
  const { calls } = await addAll();
  await press('sheet-2-0');
  await user.selectOptions(await get('sheet-dataset'), 'personnel');
  await until(async () => expect(await text('missing-required')).toContain('員工編號'));
  expect(requests(calls, 'import_look').at(-1)).toEqual(
    expect.objectContaining({ sheets: [expect.objectContaining({ dataset: 'personnel', columns: [] })] })
  );
  expect(await line('sheet-2-0')).toContain('缺必要欄位');
  await user.selectOptions(await get('sheet-dataset'), '');
  await until(async () => expect(await line('sheet-2-0')).toContain('不匯入'));
});

test('values for the whole table can be changed, dropped and added, but not where a header is mapped', async () => {
  const { calls } = openWindow();
  await openExam('data');
  await fill('import-path', '/in/各系統帳號.xlsx');
  await user.keyboard('{Enter}');
  expect(await text('ask-0-0-0')).toContain('取自工作表名稱');
  const options = [...(await get('filled-key')).querySelectorAll('option')].map((o) => o.value);
  expect(options).toContain('unit');
  expect(options).not.toContain('account');
  await fill('filled-system_name', '網路下單系統');
  await user.tab();
  await user.selectOptions(await get('filled-key'), 'unit');
  await fill('filled-text', '資訊部');
  await press('filled-add');
  await until(() => {
    const last = requests(calls, 'import_look').at(-1) as ImportRequest['files'][number];
    expect(last.sheets[0]?.filled.map((f) => `${f.column}=${f.text}`).sort()).toEqual([
      'system_name=網路下單系統',
      'unit=資訊部'
    ]);
  });
});

test('a second column can give the time of day', async () => {
  const { calls } = openWindow();
  await openExam('data');
  await fill('import-path', '/in/各系統帳號.xlsx');
  await user.keyboard('{Enter}');
  await user.selectOptions(await get('map-time-3'), '最後登入時');
  await until(() => {
    const last = requests(calls, 'import_look').at(-1) as ImportRequest['files'][number];
    expect(last.sheets[0]?.columns.find((c: MappedColumnView) => c.index === 3)?.time_index).toBe(4);
  });
});

test('the rest is taken as recognised by one button, but decisions stay open', async () => {
  openWindow();
  await openExam('data');
  await fill('import-path', '/in/各系統帳號.xlsx;/in/人員名冊.xlsx;/in/帳號清冊.xlsx');
  await user.keyboard('{Enter}');
  await get('sheet-2-0');
  expect(await text('foot-ready')).toContain('0');
  await press('foot-accept');
  expect(await text('foot-ready')).toContain('4');
  expect(await line('sheet-2-0')).toContain('待確認 1');
});

test('cells that could not be read are marked in place, columns go by our names', async () => {
  await addAll();
  const preview = await get('preview');
  expect([...preview.querySelectorAll('td.bad')].map((cell) => cell.textContent)).toEqual([
    '●凍結?',
    '●無法判讀'
  ]);
  expect(preview.querySelector('thead')?.textContent).toContain('密碼最後變更日');
});

test('after the commit the counts add up in sight, against what the firm declared', async () => {
  await addAll();
  await press('sheet-2-0');
  await fill('sheet-declared', '190');
  await press('import-all');
  expect(await text('reconciled')).toMatch(/讀取 183 ＝ 存入 183 ＋ 退回 0.*1 表與聲明筆數不符/);
  expect(await text('batch-1')).toMatch(/190.*少 7/);
});

test('a sheet that was refused says why and stays, those that were stored go', async () => {
  await addAll((name, answer) => {
    if (name !== 'import_run') return;
    const error = { code: 'no_dataset', message: '認不出這張工作表。', hint: '請指定資料集。' };
    for (const sheet of (answer as ImportView).files[0]!.sheets)
      Object.assign(sheet, { error, rows_stored: 0 });
  });
  await press('import-all');
  await until(async () =>
    expect(await text('import-error-2-0')).toMatch(/認不出這張工作表。.*請指定資料集。/)
  );
  expect(await line('sheet-2-0')).toContain('未匯入');
});

test('a file that is stored already says so before it is imported again', async () => {
  await addAll();
  await press('import-all');
  await get('batch-1');
  await fill('import-path', 'D:\\收件\\設備清單.xlsx');
  await user.keyboard('{Enter}');
  await until(async () => expect(await line('sheet-3-0')).toContain('已匯入過'));
  expect(((await get('import-all')) as HTMLButtonElement).disabled).toBe(true);
});

/** Answers what is asked about one table of the list by system: its system's name, then a doubtful column. */
async function confirm(n: number): Promise<void> {
  const at = String(n);
  await user.click(button(await get(`ask-0-${at}-0`), '確認'));
  await until(async () => expect((await get(`ask-0-${at}-0`)).textContent).toContain('可信度不足'));
  await user.click(button(await get(`ask-0-${at}-0`), '對應無誤'));
  await until(async () => expect(await line(`sheet-0-${at}`)).toContain('可匯入'));
}

/** Of a file with a sheet for each system, the first is stored. */
async function oneOfThreeStored(): Promise<Opened> {
  const opened = openWindow();
  await openExam('data');
  await fill('import-path', '/in/各系統帳號.xlsx');
  await user.keyboard('{Enter}');
  await confirm(0);
  await press('import-all');
  await until(async () => expect(await line('sheet-0-0')).toContain('已匯入'));
  return opened;
}

test('what is left of a stored file is still asked, goes in later, and then the file leaves the list', async () => {
  const { calls } = await oneOfThreeStored();
  await until(async () => expect(await line('sheet-0-1')).toContain('待確認 2'));
  await confirm(1);
  await press('sheet-0-2');
  await user.selectOptions(await get('sheet-dataset'), '');
  await press('import-all');
  await until(() => expect(has('sheet-0-0')).toBe(false));
  expect(requests(calls, 'import_run').map((r) => (r as ImportRequest).files[0]!.sheets.length)).toEqual([
    1, 1
  ]);
});

test('a file whose batch was taken back may go in again', async () => {
  await oneOfThreeStored();
  await press('batch-1-undo');
  await fill('undo-word', '撤銷');
  await press('undo-confirm');
  await until(async () => expect(await line('sheet-0-0')).toContain('可匯入'));
});

test('Escape stops a running import and leaves nothing of it', async () => {
  const { calls } = await addAll();
  await press('import-all');
  await until(() => expect(desk.jobs.unfinished[0]?.text).toContain('每秒 18,400 筆'));
  await user.keyboard('{Escape}');
  await until(async () => expect(await text('error')).toContain('已取消匯入'));
  expect(requests(calls, 'import_cancel')).toHaveLength(1);
  expect(has('batch-1')).toBe(false);
});

test('by keys alone: next that waits, as recognised, all in', async () => {
  openWindow();
  await openExam('data');
  await fill('import-path', '/in/設備盤點.xlsx;/in/各系統帳號.xlsx');
  await user.keyboard('{Enter}');
  await get('sheet-1-2');
  (document.activeElement as HTMLElement).blur();
  for (let n = 0; n < 3; n += 1) await user.keyboard('ny');
  await until(async () => expect(await text('foot-ready')).toContain('4'));
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await text('batch-1')).toContain('4 表');
});

test('taking a batch back names its files and needs the typed word', async () => {
  const { calls } = await addAll();
  await press('import-all');
  await press('batch-1-undo');
  expect(await text('undo-files')).toContain('設備清單.xlsx');
  expect(((await get('undo-confirm')) as HTMLButtonElement).disabled).toBe(true);
  await fill('undo-word', '撤銷');
  await press('undo-confirm');
  await until(() => expect(has('batch-1')).toBe(false));
  expect(requests(calls, 'import_undo')).toEqual([{ batch: 1 }]);
});

test('the list, its questions and the mapping are accessible', async () => {
  document.documentElement.lang = 'zh-Hant-TW';
  document.title = '查核簿';
  await addAll();
  await press('sheet-0-0');
  const result = await axe.run(document.querySelector('main')!, {
    rules: { 'color-contrast': { enabled: false } }
  });
  const faults = result.violations.map(
    (v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`
  );
  expect(faults).toEqual([]);
  expect(screen.getAllByRole('rowgroup').length).toBeGreaterThan(3);
}, 60_000);
