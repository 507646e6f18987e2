import axe from 'axe-core';
import { fireEvent } from '@testing-library/svelte';
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
} from '../../../shared/testing/window';
import { clausesOf, insertion, offset } from './text';

/** Of the dialog on top. Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const result = await axe.run(top, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

document.documentElement.lang = 'zh-Hant-TW';
document.title = '查核簿';

const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();
const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;
const sql = async (): Promise<HTMLTextAreaElement> => (await get('own-sql')) as HTMLTextAreaElement;
const write = async (statement: string): Promise<void> =>
  void fireEvent.input(await sql(), { target: { value: statement } });

const ROOTS = "SELECT _id, account, privilege\nFROM accounts\nWHERE privilege = 'high'";

test('places, names that are put in, and clauses that are typed', () => {
  expect(offset('ab\n甲乙丙\nx', 2, 3)).toBe(5);
  expect(offset('𠮷a\nb', 1, 2)).toBe(2);
  expect(offset('ab', 9, 9)).toBe(2);
  expect(insertion('SELECT', 'account').text).toBe(' account');
  expect(insertion('SELECT ', 'account')).toEqual({ text: 'account', from: 7, to: 7 });
  expect(insertion('x >', ':as_of').text).toBe(':as_of');
  expect(insertion('', 'norm_key(t)')).toEqual({ text: 'norm_key(t)', from: 9, to: 10 });
  expect(clausesOf('BSL-3.4、COL-D5.1,  FCM-5.2，')).toEqual(['BSL-3.4', 'COL-D5.1', 'FCM-5.2']);
});

async function openOwn(): Promise<[string, unknown][]> {
  const { calls } = openWindow({ rows: 500 });
  await openExam('tests');
  await get('procedure-T-COL-05');
  await user.keyboard('w');
  await until(async () => expect(document.activeElement).toBe(await sql()));
  return calls;
}

/** A new procedure over accounts, as it is being written. */
async function begun(): Promise<[string, unknown][]> {
  const calls = await openOwn();
  await press('own-new');
  await until(async () => expect(document.activeElement).toBe(await get('own-title')));
  await fill('own-title', '最高權限帳號');
  await write(ROOTS);
  return calls;
}

test('a procedure is written, tried, saved and run like the others', async () => {
  const calls = await begun();
  expect(await disabled('own-save')).toBe(true);
  expect(await text('own-ready')).toContain('須先試跑');
  await user.keyboard('{Control>}s{/Control}');
  expect(requests(calls, 'own_save')).toEqual([]);
  await fill('own-clauses', 'COL-D5.1');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await text('own-total')).toMatch(/^列出 \d+ 列／母體 1,043 列/);
  expect(await text('own-rows')).toContain('帳號清冊_網路下單.xlsx');
  await fill('own-heading-privilege', '權限');
  expect(await faults()).toEqual([]);
  await user.keyboard('{Control>}s{/Control}');
  await until(async () => expect(await text('own-ready')).toContain('已儲存 X-02 第 1 版'));
  expect(requests(calls, 'own_save')).toEqual([
    {
      id: null,
      scope: 'exam',
      form: {
        title: '最高權限帳號',
        purpose: '',
        subject: 'accounts',
        verdict: 'exception',
        strength: 'must',
        clauses: ['COL-D5.1'],
        columns: [{ key: 'privilege', zh: '權限' }],
        sql: ROOTS
      }
    }
  ]);
  await press('own-go');
  expect(has('own')).toBe(false);
  await until(async () => expect((await get('procedure-X-02')).getAttribute('aria-current')).toBe('true'));
  await press('run-selected');
  await until(async () => expect((await get('procedure-X-02')).dataset.verdict).toBe('exceptions'));
  await until(() => expect(document.body.textContent).toContain('權限'));
});

test('what was changed after it was tried cannot be saved until it is tried again', async () => {
  await begun();
  await press('own-try');
  await get('own-total');
  await until(async () => expect(await disabled('own-save')).toBe(false));
  await write(`${ROOTS}\n  AND status = 'active'`);
  expect(await disabled('own-save')).toBe(true);
  expect(await text('own-ready')).toContain('須再試跑');
  expect(await text('own-total')).toContain('更動前之試跑');
  await press('own-try');
  await until(async () => expect(await disabled('own-save')).toBe(false));
  await user.selectOptions(await get('own-subject'), 'orders');
  expect(await disabled('own-save')).toBe(true);
});

test('a refusal says what, what to do and the database’s words, and leads to the place', async () => {
  await begun();
  await write('SELECT _id, account\nFROM accounts\nWHERE privilge = 1');
  await user.keyboard('{Control>}{Enter}{/Control}');
  const said = await text('own-refused');
  expect(said).toContain('沒有「privilge」這個欄位。');
  expect(said).toContain('第 3 行第 7 字');
  expect(said).toContain('請由左側選取名稱');
  expect(said).toContain('no such column: privilge');
  const field = await sql();
  await until(() => expect(document.activeElement).toBe(field));
  expect(field.value.substring(field.selectionStart)).toBe('privilge = 1');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.querySelector('.marked')?.textContent.replace(/\s/g, '')).toBe('●3');
  expect(await disabled('own-save')).toBe(true);
  expect(await faults()).toEqual([]);
  await write('SELECT _id, account\nFROM accounts');
  expect(field.getAttribute('aria-invalid')).toBe('false');
});

test('names are found and written where the caret is, by key and by click', async () => {
  await begun();
  await write('SELECT _id\nFROM accounts\nWHERE ');
  const field = await sql();
  field.setSelectionRange(10, 10);
  await user.click(field);
  field.setSelectionRange(10, 10);
  await user.keyboard('{Control>}/{/Control}');
  expect(document.activeElement).toBe(await get('own-schema-search'));
  await user.keyboard('密碼{ArrowDown}');
  await until(async () => expect(document.activeElement).toBe(await get('own-name-accounts/pw_changed_at')));
  expect(has('own-name-accounts/account')).toBe(false);
  await user.keyboard('{Enter}');
  expect(field.value).toBe('SELECT _id pw_changed_at\nFROM accounts\nWHERE ');
  expect(document.activeElement).toBe(field);
  field.setSelectionRange(field.value.length, field.value.length);
  await user.clear(await get('own-schema-search'));
  await press('own-name-values');
  await press('own-name-values/:as_of');
  expect(field.value).toMatch(/WHERE :as_of$/);
});

test('what this exam has no data in is said', async () => {
  await openOwn();
  expect(await text('own-name-orders')).toContain('500');
  expect(await text('own-name-personnel')).toContain('無資料');
  const name = await get('own-name-personnel');
  name.focus();
  await user.keyboard('{ArrowRight}');
  expect(await text('own-name-personnel/leave_date')).toContain('本案沒有資料');
  expect(await text('own-name-accounts/account')).not.toContain('本案沒有資料');
});

test('Escape does not lose what is not saved', async () => {
  await begun();
  (await sql()).focus();
  await user.keyboard('{Escape}');
  expect(await text('own-ask')).toContain('「最高權限帳號」有未儲存的更動');
  expect(document.activeElement).not.toBe(document.body);
  expect(await faults()).toEqual([]);
  await press('own-stay');
  expect(has('own-ask')).toBe(false);
  expect((await sql()).value).toBe(ROOTS);
  await press('own-X-01');
  await press('own-stay');
  expect((await sql()).value).toBe(ROOTS);
  await press('own-X-01');
  await press('own-discard');
  await until(async () => expect((await sql()).value).toContain('last_login'));
  await user.keyboard('{Escape}');
  await until(() => expect(has('own')).toBe(false));
});

test('what is being written is still there after another stage was looked at', async () => {
  await begun();
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await get('palette-input'), '輸出');
  await user.keyboard('{Enter}');
  await get('report-export');
  expect(has('own')).toBe(false);
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await get('palette-input'), '自訂程序');
  await user.keyboard('{Enter}');
  await until(async () => expect((await sql()).value).toBe(ROOTS));
  expect(((await get('own-title')) as HTMLInputElement).value).toBe('最高權限帳號');
});

test('an earlier one is changed under its id, as another version', async () => {
  const calls = await openOwn();
  expect(await text('own-X-01')).toMatch(/X-01 ?久未登入之啟用帳號 本案 查核人員乙 第 2 版/);
  expect(await disabled('own-scope')).toBe(true);
  await fill('own-title', '久未登入');
  await press('own-try');
  await get('own-total');
  await press('own-save');
  await until(async () => expect(await text('own-X-01')).toMatch(/久未登入 本案 查核人員甲 第 3 版/));
  expect(requests(calls, 'own_save')).toMatchObject([
    { id: 'X-01', form: { clauses: ['BSL-3.4'], columns: [{ key: 'last_login', zh: '最後登入' }] } }
  ]);
  expect(await text('procedure-X-01')).toContain('久未登入');
});

test('one that the form cannot hold is shown as its file, and why', async () => {
  await openOwn();
  await press('own-O-01');
  expect(await text('own-file')).toContain('內容多於表單所能表示');
  expect(await text('own-file')).toContain('before_open');
  expect(has('own-sql')).toBe(false);
  expect(has('own-save')).toBe(false);
  expect(await faults()).toEqual([]);
});

test('one is withdrawn only when that is confirmed, and leaves the list of procedures', async () => {
  const calls = await openOwn();
  await press('own-withdraw-X-01');
  expect(await text('own-withdraw')).toMatch(
    /久未登入之啟用帳號.*不再列於本案之查核程序.*先前各版本與已執行之結果保留/
  );
  expect(await faults()).toEqual([]);
  expect(requests(calls, 'own_withdraw')).toEqual([]);
  await press('own-withdraw-confirm');
  await until(() => expect(has('own-X-01')).toBe(false));
  expect(requests(calls, 'own_withdraw')).toEqual([{ id: 'X-01' }]);
  await user.keyboard('{Escape}');
  await until(() => expect(has('own')).toBe(false));
  expect(has('procedure-X-01')).toBe(false);
  expect(has('procedure-O-01')).toBe(true);
});

test('a refused saving says why and keeps the text', async () => {
  await begun();
  await fill('own-clauses', '第三條');
  await press('own-try');
  await get('own-total');
  await press('own-save');
  expect(await text('own-error')).toContain('沒有「第三條」這個條次');
  expect((await sql()).value).toBe(ROOTS);
  expect(await text('own-ready')).toContain('可以儲存');
});

const turn = (keys: string): Promise<void> => user.keyboard(`{Control>}${keys}{/Control}`);
const titleNow = async (): Promise<string> => ((await get('own-title')) as HTMLInputElement).value;

/** X-01 under another title, saved as its third version. */
async function changed(): Promise<[string, unknown][]> {
  const calls = await openOwn();
  await fill('own-title', '久未登入');
  await press('own-try');
  await get('own-total');
  await press('own-save');
  await until(async () => expect(await text('own-undo')).toContain('復原：X-01 之修改'));
  return calls;
}

test('what was changed of a procedure is taken back and brought back, each as another version', async () => {
  const calls = await changed();
  await press('own-O-01');
  await press('own-X-01');
  (await get('own-X-01')).focus();
  await turn('z');
  await until(async () => expect(await titleNow()).toBe('久未登入之啟用帳號'));
  await until(async () => expect(await text('own-ready')).toContain('已儲存 X-01 第 4 版'));
  await until(async () => expect(await text('own-X-01')).toMatch(/久未登入之啟用帳號.*第 4 版/));
  expect(await text('procedure-X-01')).toContain('久未登入之啟用帳號');
  expect(has('own-undo')).toBe(false);
  await press('own-redo');
  await until(async () => expect(await titleNow()).toBe('久未登入'));
  await until(async () => expect(await text('procedure-X-01')).not.toContain('之啟用帳號'));
  const [saved, back, again] = requests(calls, 'own_save') as { id: string; form: { title: string } }[];
  expect([back?.id, back?.form.title]).toEqual(['X-01', '久未登入之啟用帳號']);
  expect(again).toEqual(saved);
  expect(await faults()).toEqual([]);
});

test('what is being written comes first; a first version and one that was withdrawn are not taken back', async () => {
  const calls = await changed();
  await fill('own-purpose', '另一目的');
  expect(has('own-undo')).toBe(false);
  (await get('own-try')).focus();
  await turn('z');
  expect(requests(calls, 'own_save')).toHaveLength(1);
  await press('own-new');
  await press('own-discard');
  await fill('own-title', '最高權限帳號');
  await write(ROOTS);
  await press('own-try');
  await get('own-total');
  await press('own-save');
  await until(async () => expect(await text('own-ready')).toContain('已儲存 X-02 第 1 版'));
  expect(await text('own-undo')).toContain('X-01');
  await press('own-withdraw-X-01');
  expect(await text('own-withdraw')).toContain('撤回不能復原，編號不再使用');
  await turn('z');
  expect(requests(calls, 'own_save')).toHaveLength(2);
  await press('own-withdraw-confirm');
  await until(() => expect(has('own-X-01')).toBe(false));
  expect(has('own-undo')).toBe(false);
});

test('a version that is refused when it is to come back says why, and stays to be taken back', async () => {
  let refusing = false;
  const error = { code: 'unknown_clause', message: '沒有「BSL-3.4」這個條次。', hint: '請改填條次。' };
  openWindow({
    rows: 500,
    change: (name) => {
      if (name === 'own_save' && refusing) throw error;
    }
  });
  await openExam('tests');
  await get('procedure-T-COL-05');
  await press('own-open');
  await fill('own-title', '久未登入');
  await press('own-try');
  await get('own-total');
  await press('own-save');
  await get('own-undo');
  refusing = true;
  await press('own-undo');
  expect(await text('own-error')).toContain('沒有「BSL-3.4」這個條次');
  expect(await titleNow()).toBe('久未登入');
  expect(has('own-undo')).toBe(true);
});
