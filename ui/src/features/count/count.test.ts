import axe from 'axe-core';
import { fireEvent, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { CountView } from '../../backend';
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

document.documentElement.lang = 'zh-Hant-TW';
document.title = '查核簿';

/** Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();
const shown = (): number => screen.queryAllByRole('option').length;
const search = async (): Promise<HTMLInputElement> => (await get('count-search')) as HTMLInputElement;
const state = async (key: string): Promise<string | undefined> => (await get(`device-${key}`)).dataset.state;
/** Types into whatever has the focus: on this screen that is the field. */
const type = (keys: string): Promise<void> => user.keyboard(keys);

async function counting(
  options: { rows?: number; change?: (name: string, answer: unknown) => void } = { rows: 60 }
): Promise<[string, unknown][]> {
  const { calls } = openWindow(options);
  await openExam('count');
  await until(async () => expect(document.activeElement).toBe(await search()));
  return calls;
}

test('the end of a serial number and Enter: found, and the next one can be typed', async () => {
  const calls = await counting();
  expect(await text('count-expected')).toBe('17 應盤');
  expect(await text('count-open')).toBe('17 ○ 尚未');
  await type('kl-iP');
  expect(shown()).toBe(1);
  expect((await get('device-d2')).getAttribute('aria-selected')).toBe('true');
  await type('{Enter}');
  await until(async () => expect(await text('count-told')).toBe('✓ 見到 行情伺服器 MD-01'));
  expect(requests(calls, 'count_mark')).toEqual([{ key: 'd2', state: 'found', device: null, note: '' }]);
  expect((await search()).value).toBe('');
  expect(document.activeElement).toBe(await search());
  expect(await text('count-found')).toBe('1 ✓ 見到');
  expect(await text('count-open')).toBe('16 ○ 尚未');
  expect(await state('d2')).toBe('found');
  expect(await faults()).toEqual([]);
});

test('as long as several are left Enter marks none, and says how many; arrows choose', async () => {
  const calls = await counting();
  await type('sgh{Enter}');
  expect(await text('count-told')).toBe('還有 3 件符合；請再輸入，或以 ↑ ↓ 選取。');
  expect(requests(calls, 'count_mark')).toEqual([]);
  await type('{ArrowDown}{ArrowDown}{Enter}');
  await until(() =>
    expect(requests(calls, 'count_mark')).toEqual([{ key: 'd3', state: 'found', device: null, note: '' }])
  );
});

test('an Enter that ends a composition marks nothing', async () => {
  const calls = await counting();
  await type('gw01');
  await fireEvent.keyDown(await search(), { key: 'Enter', isComposing: true });
  await fireEvent.keyDown(await search(), { key: 'Enter', keyCode: 229 });
  expect(requests(calls, 'count_mark')).toEqual([]);
  expect((await search()).value).toBe('gw01');
});

test('a scanned number follows the one before it without waiting', async () => {
  const calls = await counting({ rows: 60 });
  await type('JPE19230451{Enter}JPE19230452{Enter}030411007732{Enter}');
  await until(async () => expect(await text('count-found')).toBe('3 ✓ 見到'));
  expect(requests(calls, 'count_mark').map((one) => (one as { key: string }).key)).toEqual([
    'd6',
    'd7',
    'd9'
  ]);
  expect((await search()).value).toBe('');
});

test('letters are typed, Alt+N says not found, and what is counted already is told, not written again', async () => {
  const calls = await counting();
  await type('n');
  expect((await search()).value).toBe('n');
  await type('{Backspace}4488{Alt>}n{/Alt}');
  await until(async () => expect(await text('count-told')).toBe('● 未見 策略主機 AL-02'));
  expect(await text('count-not_found')).toBe('1 ● 未見');
  await type('4488{Alt>}n{/Alt}');
  expect(await text('count-told')).toBe('策略主機 AL-02 已記為「未見」。');
  expect(requests(calls, 'count_mark')).toHaveLength(1);
  await type('{Escape}{Escape}{Alt>}n{/Alt}');
  expect(await text('count-told')).toContain('尚未選取設備');
});

test('what no list has is written down from the number that was typed', async () => {
  const calls = await counting();
  await type('ZZ-881{Enter}');
  expect(((await get('device-serial')) as HTMLInputElement).value).toBe('ZZ-881');
  expect(document.activeElement).toBe(await get('device-name'));
  await type('無標籤主機');
  await fill('device-rack', 'C08');
  await fill('device-u_pos', 'U30');
  await press('owner-客戶');
  await fill('device-note', '已拍照');
  expect(await faults()).toEqual([]);
  await type('{Enter}');
  await until(async () => expect(await text('count-not_listed')).toBe('1 ◆ 清單所無'));
  expect(requests(calls, 'count_mark')).toEqual([
    {
      key: null,
      state: 'not_listed',
      note: '已拍照',
      device: {
        name: '無標籤主機',
        model: '',
        serial: 'ZZ-881',
        property_no: '',
        rack: 'C08',
        u_pos: 'U30',
        owner: '客戶',
        software_owner: ''
      }
    }
  ]);
  expect(document.activeElement).toBe(await search());
  expect((await get('device-n1')).textContent).toMatch(/無標籤主機.*–\s*無.*–\s*無.*清單所無.*已拍照/);
});

test('+ opens the form from anywhere; what was typed goes only after a second Escape, and stays while one looks elsewhere', async () => {
  await counting();
  await type('+');
  expect((await search()).value).toBe('');
  expect(((await get('device-save')) as HTMLButtonElement).disabled).toBe(true);
  await fill('device-model', 'Dell');
  await press('stage-findings');
  await press('stage-count');
  expect(((await get('device-model')) as HTMLInputElement).value).toBe('Dell');
  await user.click(await get('device-model'));
  await type('{Escape}');
  expect(await text('device-sure')).toContain('再按一次 Esc');
  await type('{Escape}');
  expect(has('device-form')).toBe(false);
  await until(async () => expect(document.activeElement).toBe(await search()));
});

test('where it stands otherwise than filed is written down in place, and told in words in both tables', async () => {
  const calls = await counting();
  await type('gw01{Enter}');
  await until(async () => expect(await state('d0')).toBe('found'));
  await type('{Alt>}e{/Alt}');
  await fill('device-u_pos', 'U20');
  await press('owner-unknown');
  await type('{Enter}');
  await until(async () => expect((await get('device-d0')).textContent).toContain('≠ U位、擁有者'));
  const sent = requests(calls, 'count_mark').at(-1) as {
    state: string;
    device: { u_pos: string; owner: string };
  };
  expect([sent.state, sent.device.u_pos, sent.device.owner]).toEqual(['found', 'U20', '']);
  const row = [...(await get('device-lists')).querySelectorAll('tr')].find((tr) =>
    tr.textContent.includes('U位')
  );
  expect(row?.textContent.replace(/\s+/g, ' ')).toMatch(/U04-05 ?U04-05 ?U20≠ 不同/);
});

test('the ledger’s own differences are told, too', async () => {
  await counting();
  await type('gw02');
  expect((await get('device-d1')).textContent).toContain('≠ U位');
  const row = [...(await get('device-lists')).querySelectorAll('tr')].find((tr) =>
    tr.textContent.includes('U位')
  );
  expect(row?.textContent.replace(/\s+/g, ' ')).toMatch(/U06-07 ?U08-09≠ 不同/);
});

test('what stands elsewhere is found by searching only', async () => {
  await counting();
  expect(screen.queryByTestId('device-o3')).toBeNull();
  await type('PC-105-1003');
  expect((await get('device-o3')).textContent).toContain('辦公室個人電腦');
  await type('{Enter}');
  await until(async () => expect(await state('o3')).toBe('found'));
});

test('a figure shows its devices, a search looks over all of them', async () => {
  await counting();
  await type('gw01{Enter}');
  await until(async () => expect(await text('count-found')).toBe('1 ✓ 見到'));
  await press('count-found');
  await until(() => expect(shown()).toBe(1));
  expect(document.activeElement).toBe(await search());
  await type('gw02');
  expect((await get('device-d1')).dataset.state).toBe('');
  await type('{Escape}{Escape}');
  await until(() => expect(shown()).toBe(17));
});

test('Ctrl+Z takes the last mark back, but belongs to a text that is being typed', async () => {
  const calls = await counting();
  await type('gw01{Enter}');
  await until(async () => expect(await text('count-undo')).toBe('復原：見到 下單閘道 GW-01 Ctrl+Z'));
  await type('abc{Control>}z{/Control}');
  expect(requests(calls, 'count_undo')).toHaveLength(0);
  await type('{Escape}{Control>}z{/Control}');
  await until(async () => expect(await text('count-told')).toBe('已復原：見到 下單閘道 GW-01'));
  expect(await text('count-open')).toBe('17 ○ 尚未');
  expect(has('count-undo')).toBe(false);
});

test('a mark can be taken back by itself', async () => {
  const calls = await counting();
  await type('gw01{Enter}');
  await press('device-clear');
  await until(async () => expect(await state('d0')).toBe(''));
  expect(requests(calls, 'count_mark').at(-1)).toEqual({ key: 'd0', state: null, device: null, note: '' });
});

test('without lists it says which to import, and counting goes on even so', async () => {
  const calls = await counting({});
  expect(await text('count-no-lists')).toBe('尚未匯入設備清單。');
  expect(document.body.textContent).toMatch(/申報 FILED.*選「申報」.*帳列 LEDGER.*選「帳載」/s);
  expect(await faults()).toEqual([]);
  await type('ZZ-1{Enter}');
  await fill('device-name', '不明主機');
  await press('device-save');
  await until(async () => expect(await text('count-not_listed')).toBe('1 ◆ 清單所無'));
  expect((await get('device-n1')).textContent).toMatch(/△\s*缺清單.*△\s*缺清單/);
  expect(requests(calls, 'count_mark')).toHaveLength(1);
});

test('it leads to the files', async () => {
  await counting({});
  await press('count-to-files');
  expect(await get('import-path')).toBeTruthy();
});

test('the count is handed to the tests once every device was looked for; what is counted later is told', async () => {
  const calls = await counting();
  expect(await text('count-fed')).toBe('盤點結果尚未送入測試。 尚有 17 件未盤，盤完才能送入。');
  await press('count-feed');
  expect(await text('count-error')).toContain('還有 17 件設備尚未盤點');
  await press('count-open');
  for (let left = 16; left >= 0; left -= 1) {
    await type('{ArrowDown}{Enter}');
    await until(async () => expect(await text('count-open')).toBe(`${left} ○ 尚未`));
  }
  await press('count-feed');
  await until(async () =>
    expect(await text('count-fed')).toMatch(
      /^已送入測試：115\.03\.02 \d\d:\d\d，17 筆。 ✓ 其後沒有新的記錄 前往 T-COL-02$/
    )
  );
  await user.click(await search());
  await type('{Escape}{Escape}gw02{Alt>}n{/Alt}');
  await until(async () => expect(await text('count-fed')).toContain('△ 其後又有記錄，請再送入'));
  expect(requests(calls, 'count_feed')).toHaveLength(2);
  await press('count-to-test');
  await until(async () =>
    expect((await get('procedure-T-COL-02')).getAttribute('aria-current')).toBe('true')
  );
});

test('a list that the import does not take is told, with the count as it is', async () => {
  await counting({
    change: (name) => {
      if (name === 'count_feed')
        throw { code: 'failed', message: '盤點清單未送入測試（無法讀取）。', hint: '請排除原因後再送。' };
    }
  });
  await type('+');
  await fill('device-rack', 'C08');
  await press('device-save');
  await until(async () => expect(await text('count-not_listed')).toBe('1 ◆ 清單所無'));
  await press('count-feed');
  expect(await text('count-error')).toMatch(/盤點清單未送入測試（無法讀取）。\s*請排除原因後再送。/);
  expect(await text('count-not_listed')).toBe('1 ◆ 清單所無');
});

test('the sheet asks where to, and says what was written', async () => {
  const calls = await counting();
  await press('count-sheet');
  expect(((await get('count-sheet-export')) as HTMLButtonElement).disabled).toBe(true);
  await press('count-sheet-browse');
  await press('count-sheet-export');
  expect(await text('count-sheet-result')).toContain('已產生 1 個檔案');
  expect(requests(calls, 'count_sheet')).toEqual([{ path: 'D:\\查核\\輸出\\主機共置設備盤點表.xlsx' }]);
  expect(await faults()).toEqual([]);
});

test('a mark that could not be stored says why, and what was typed is still there', async () => {
  await counting({
    rows: 60,
    change: (name) => {
      if (name === 'count_mark') throw { code: 'disk_full', message: '磁碟已滿。', hint: '請清出空間。' };
    }
  });
  await type('gw01{Enter}');
  expect(await text('count-error')).toContain('磁碟已滿');
  expect((await search()).value).toBe('gw01');
  expect(await state('d0')).toBe('');
});

test('of two thousand devices only those in sight are in the document', async () => {
  await counting({
    rows: 60,
    change: (name, answer) => {
      const view = answer as CountView;
      if (name !== 'count') return;
      const [first] = view.items;
      view.items = Array.from({ length: 2_000 }, (_, n) => ({ ...first!, key: `x${n}` }));
    }
  });
  expect(shown()).toBeGreaterThan(5);
  expect(shown()).toBeLessThan(60);
});

test('it is reached from the rail, by the palette, and from the procedure that compares the lists', async () => {
  openWindow({ rows: 60 });
  await openExam('tests');
  await get('procedure-T-COL-05');
  expect(has('count-open')).toBe(false);
  await user.keyboard('i');
  expect(has('count-search')).toBe(false);
  await press('procedure-T-COL-02');
  await get('count-open');
  await user.keyboard('i');
  await get('count-search');
  await press('stage-profile');
  await press('palette-open');
  await user.type(await get('palette-input'), '設備盤點');
  await user.keyboard('{Enter}');
  await get('count-search');
  await user.keyboard('{Alt>}1{/Alt}{Alt>}c{/Alt}');
  await get('count-search');
});
