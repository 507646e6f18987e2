import { expect, test } from 'vitest';
import type { DatasetView, ImportView, MappedColumnView } from '../../backend';
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
import { choose, missing, ordered } from './choice';

const column = (
  index: number,
  key: string | null,
  confidence: number,
  reading = 'plain'
): MappedColumnView => ({
  index,
  header: `h${index}`,
  column: key,
  reading,
  confidence,
  time_index: null,
  hidden: false,
  samples: []
});

test('doubtful columns come first, those that are not taken last', () => {
  const columns = [
    column(0, 'a', 99),
    column(1, null, 0),
    column(2, 'b', 40),
    column(3, 'c', 100, 'ambiguous')
  ];
  expect(ordered(columns).map((c) => c.index)).toEqual([2, 3, 0, 1]);
});

test('required columns without a header are named', () => {
  const dataset: DatasetView = {
    key: 'orders',
    zh: '委託紀錄',
    columns: [
      { key: 'a', zh: '委託書編號', required: true },
      { key: 'b', zh: '接收時間', required: true },
      { key: 'c', zh: '備註', required: false }
    ]
  };
  expect(
    missing(
      {
        dataset: 'orders',
        columns: [column(0, 'a', 90)],
        filled: [],
        origin: null,
        declared: null,
        edited: false
      },
      dataset
    )
  ).toEqual(['接收時間']);
});

test('the list of assets is guessed by the name of sheet or file', () => {
  const sheet = {
    sheet: '實地盤點',
    hidden: false,
    dataset: 'assets',
    confidence: 100,
    light: 'green',
    asks: [],
    header_row: 1,
    end_row: null,
    filled: [],
    earlier: [],
    columns: [],
    missing_required: [],
    rows: []
  };
  const file = {
    path: 'x',
    file: '設備.xlsx',
    sha256: '',
    size: 0,
    encoding: '',
    sheets: [sheet],
    error: null
  };
  expect(choose(file, sheet).origin).toBe('ONSITE');
  expect(choose(file, { ...sheet, sheet: '工作表1' }).origin).toBeNull();
});

async function addAll(
  change?: (name: string, answer: unknown) => void
): Promise<{ calls: [string, unknown][] }> {
  const opened = openWindow({ change });
  await openExam('data');
  await press('import-browse');
  await get('sheet-0-0');
  return opened;
}

test('a pasted path in quotes is looked into', async () => {
  const { calls } = openWindow();
  await openExam('data');
  await fill('import-path', '"/in/帳號清冊.xlsx"');
  await user.keyboard('{Enter}');
  await get('sheet-0-0');
  expect(requests(calls, 'import_inspect')).toEqual([{ paths: ['/in/帳號清冊.xlsx'] }]);
});

test('what cannot go in says why, the rest is imported', async () => {
  const { calls } = await addAll();
  expect((await get('import-error-3')).textContent).toContain('不是試算表');
  await press('import-all');
  await get('batch-1');
  const [request] = requests(calls, 'import_run') as {
    files: { path: string; sheets: { sheet: string; origin: string | null }[] }[];
  }[];
  const sent = request?.files ?? [];
  expect(sent.map((r) => r.path.split('\\').pop())).toEqual(['帳號清冊.xlsx', '設備清單.xlsx']);
  expect(sent[1]?.sheets).toEqual([expect.objectContaining({ sheet: '實地盤點', origin: 'ONSITE' })]);
});

test('a file of which nothing was stored is refused with its reason, not imported', async () => {
  await addAll();
  await press('import-run-0');
  await get('batch-1');
  await press('import-browse');
  await until(async () => expect((await get('import-file-0')).textContent).not.toContain('已匯入'));
  await press('import-run-0');
  const error = await get('import-error-0');
  expect(error.textContent).toContain('這個檔案已經匯入過了。');
  expect(error.textContent).toContain('請先撤銷先前的匯入。');
  expect((await get('import-file-0')).textContent).not.toContain('已匯入');
  expect((await get('import-file-0')).textContent).toContain('未匯入');
  expect((await get('import-all')).textContent).toContain('（1）');
});

test('a sheet that was refused says why beside those that were stored', async () => {
  await addAll((name, answer) => {
    if (name !== 'import_run') return;
    const file = (answer as ImportView).files[0]!;
    const error = { code: 'no_dataset', message: '認不出這張工作表。', hint: '請指定資料集。' };
    file.sheets.push({ ...file.sheets[0]!, sheet: '舊資料', rows_stored: 0, error });
  });
  await press('import-run-0');
  await get('batch-1');
  expect((await get('import-error-0-1')).textContent).toMatch(/認不出這張工作表。.*請指定資料集。/);
  const file = (await get('import-file-0')).textContent;
  expect([file.split('已匯入').length, file.split('未匯入').length]).toEqual([2, 2]);
});

test('a missing column can be mapped by hand, then the file goes in with that mapping', async () => {
  const { calls } = await addAll();
  await press('sheet-1-0');
  expect((await get('missing-required')).textContent).toContain('接收客戶委託時間');
  await user.selectOptions(await get('map-column-3'), 'received_at');
  await until(() => expect(has('missing-required')).toBe(false));
  await press('import-run-1');
  await get('batch-1');
  const [sent] = requests(calls, 'import_run') as {
    files: { sheets: { columns: MappedColumnView[] }[] }[];
  }[];
  expect(sent?.files[0]?.sheets[0]?.columns.find((c) => c.index === 3)?.column).toBe('received_at');
});

test('cells that could not be read are marked in place', async () => {
  await addAll();
  const bad = (await get('preview')).querySelectorAll('td.bad');
  expect([...bad].map((cell) => cell.textContent)).toEqual(['●凍結?', '●無法判讀']);
});

test('taking an import back needs the typed word', async () => {
  const { calls } = await addAll();
  await press('import-all');
  await press('batch-1-undo');
  expect(((await get('undo-confirm')) as HTMLButtonElement).disabled).toBe(true);
  await fill('undo-word', '撤銷');
  await press('undo-confirm');
  await until(() => expect(has('batch-1')).toBe(false));
  expect(requests(calls, 'import_undo')).toEqual([{ batch: 1 }]);
});

test('files that wait are still there after a look at another stage', async () => {
  await addAll();
  await press('stage-items');
  await press('stage-data');
  expect(has('import-file-0') || (await get('import-file-0'))).toBeTruthy();
});
