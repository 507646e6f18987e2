import { fireEvent, screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import type { CorrectRequest, DerivedRequest, ReviewView, SignatureView } from '../../backend';
import { get, has, openExam, openWindow, press, requests, until, user } from '../../shared/testing/window';

/** Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

document.documentElement.lang = 'zh-Hant-TW';
document.title = '查核簿';

const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();
const selected = (): Promise<string> => text('derived-selected');
const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;

/** Opens the kinds of a firm's 1,043 accounts. */
async function openKinds(): Promise<{
  asked: () => DerivedRequest[];
  corrected: () => CorrectRequest[];
}> {
  const { calls } = openWindow({ rows: 200 });
  await openExam('tests');
  await get('procedure-T-COL-05');
  await user.keyboard('a');
  await until(async () => expect(document.activeElement).toBe(await get('derived-grid')));
  return {
    asked: () => requests(calls, 'derived_rows') as DerivedRequest[],
    corrected: () => requests(calls, 'derived_correct') as CorrectRequest[]
  };
}

test('without accounts it is said what to do next, and done', async () => {
  openWindow();
  await openExam('tests');
  await press('kinds-open');
  expect(await text('derived-none')).toContain('還沒有帳號清冊');
  expect(await faults()).toEqual([]);
  await press('derived-to-files');
  await get('import-browse');
});

test('rows come in windows, with how each kind was inferred and how many there are, unknown ones first', async () => {
  const { asked } = await openKinds();
  expect(screen.getAllByTestId(/^derived-value-/)[0]?.textContent.replace(/\s+/g, ' ')).toContain('? 不明');
  expect(await text('derived-all')).toBe('全部 1,043');
  expect(await text('derived-steps')).toContain('4 個步驟');
  expect(screen.getByTestId('derived-steps').closest('details')?.open).toBe(false);
  expect(screen.getAllByTestId(/^derived-row-/).length).toBeLessThan(60);
  expect(await text('derived-row-1')).toMatch(/—\s*\?不明 無從推定/);
  await user.keyboard('{End}');
  await until(() => expect(asked().at(-1)).toMatchObject({ offset: 1000, limit: 500 }));
  await until(async () => expect(await selected()).toBe('選取 1 筆'));
  expect(asked().every((one) => one.limit <= 500)).toBe(true);
  expect(await text('derived-grid')).toContain('依據');
  expect(await faults()).toEqual([]);
});

test('a kind narrows the rows, by click and by key; a text searches once it is composed', async () => {
  const { asked } = await openKinds();
  await press('derived-value-none');
  await until(async () => expect(await text('derived-count')).toMatch(/^\d\d? \/ 1,043 筆$/));
  expect(asked().at(-1)).toMatchObject({ value: '', text: '', offset: 0 });
  (await get('derived-grid')).focus();
  await user.keyboard('[[[[');
  await until(() => expect(asked().at(-1)?.value).toBe(null));
  await user.keyboard('/');
  const field = (await get('derived-search')) as HTMLInputElement;
  expect(document.activeElement).toBe(field);
  const before = asked().length;
  field.value = 'ㄗ';
  await fireEvent.input(field, { isComposing: true });
  await fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  await new Promise((done) => setTimeout(done, 260));
  expect(asked()).toHaveLength(before);
  field.value = '';
  await user.type(field, 'vnd_{Enter}');
  await until(() => expect(asked().at(-1)?.text).toBe('vnd_'));
  await until(async () => expect(await text('derived-row-0')).toContain('vnd_root'));
  expect(document.activeElement).toBe(await get('derived-grid'));
});

test('space and shift with arrows select; a correction asks for its reason first, and is remembered', async () => {
  const { corrected } = await openKinds();
  await press('derived-value-none');
  await until(async () => expect(await text('derived-count')).not.toMatch(/^1,043/));
  const all = Number(/^\d+/.exec(await text('derived-count'))?.[0]);
  (await get('derived-grid')).focus();
  expect(await selected()).toBe('選取 1 筆');
  await user.keyboard(' {ArrowDown}{ArrowDown}{Shift>}{ArrowDown}{/Shift}');
  await until(async () => expect(await selected()).toBe('選取 3 筆'));
  expect((await get('derived-row-1')).getAttribute('aria-selected')).toBe('false');
  expect((await get('derived-row-3')).getAttribute('aria-selected')).toBe('true');
  const ids = [0, 2, 3].map((n) => Number(screen.getByTestId(`derived-row-${n}`).dataset.id));
  await user.keyboard('2');
  expect(document.activeElement).toBe(await get('derived-note'));
  expect((await get('derived-note')).getAttribute('placeholder')).toContain('廠商／委外人員');
  expect(corrected()).toHaveLength(0);
  expect(document.body.textContent).toContain('為此受查單位記住');
  await user.keyboard('契約附件三{Enter}');
  await until(() =>
    expect(corrected()).toEqual([
      {
        dataset: 'accounts',
        column: 'kind',
        rows: ids,
        value: 'vendor',
        note: '契約附件三',
        restore: false
      }
    ])
  );
  await until(async () => expect(await text('derived-done')).toContain('已將 3 筆更正為「廠商／委外人員」'));
  expect(await text('derived-count')).toBe(`${all - 3} / 1,043 筆`);
  expect(document.activeElement).toBe(await get('derived-grid'));
  expect(await faults()).toEqual([]);
});

test('Enter while a reason is being composed corrects nothing; Escape leaves the reason, not the window', async () => {
  const { corrected } = await openKinds();
  await user.keyboard('2');
  const field = await get('derived-note');
  await user.type(field, 'ㄑ');
  await fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  expect(corrected()).toHaveLength(0);
  await user.keyboard('{Escape}');
  expect(document.activeElement).toBe(await get('derived-grid'));
  expect(has('derived')).toBe(true);
});

test('what is not known any longer, and taking a correction back', async () => {
  const { corrected } = await openKinds();
  expect(await disabled('correct-restore')).toBe(true);
  await user.type(await get('derived-note'), '名冊無此人');
  await press('correct-none');
  await until(async () => expect(await text('derived-row-0')).toContain('◆已更正'));
  expect(await text('derived-row-0')).toContain('?不明');
  expect(await disabled('correct-restore')).toBe(false);
  await user.keyboard('r');
  await until(async () => expect(await text('derived-done')).toContain('已取消 1 筆更正'));
  expect(await text('derived-row-0')).not.toContain('已更正');
  expect(corrected().map(({ value, restore }) => [value, restore])).toEqual([
    [null, false],
    [null, true]
  ]);
});

test('Ctrl+A selects rows out of sight too; what is narrowed away is not corrected', async () => {
  await openKinds();
  await user.keyboard('{Control>}a{/Control}');
  await until(async () => expect(await selected()).toBe('選取 1,043 筆'));
  await user.keyboard(']');
  await until(async () => expect(await selected()).toBe('選取 1 筆'));
});

test('a refused correction says why, where it was made', async () => {
  const error = { code: 'unknown_row', message: '資料已變動。', hint: '請重新開啟此畫面。' };
  const { calls } = openWindow({
    rows: 200,
    change: (name) => {
      if (name === 'derived_correct') throw error;
    }
  });
  await openExam('tests');
  await press('kinds-open');
  await user.type(await get('derived-note'), '理由');
  await press('correct-vendor');
  expect(await text('derived-error')).toContain('資料已變動');
  expect(requests(calls, 'derived_correct')).toHaveLength(1);
  expect(((await get('derived-note')) as HTMLInputElement).value).toBe('理由');
});

const turn = (keys: string): Promise<void> => user.keyboard(`{Control>}${keys}{/Control}`);
const row = (n: number): Promise<string> => text(`derived-row-${n}`);

async function say(kind: string, why: string): Promise<void> {
  await user.type(await get('derived-note'), why);
  await press(`correct-${kind}`);
  await until(async () => expect(await text('derived-done')).toMatch(/^✓ 已將/));
}

test('a correction is taken back to what was inferred and brought back, also in the window opened again', async () => {
  const { corrected } = await openKinds();
  const inferred = await row(0);
  expect(has('derived-undo')).toBe(false);
  await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
  await say('vendor', '契約附件三');
  expect(await row(0)).toMatch(/廠商／委外人員 查核人員更正：契約附件三 ◆已更正/);
  expect(await text('derived-undo')).toContain('復原：2 筆更正為「廠商／委外人員」');
  expect(document.activeElement).toBe(await get('derived-grid'));
  await turn('z');
  await until(async () => expect(await row(0)).toBe(inferred));
  await until(async () => expect(await text('derived-done')).toContain('已恢復 2 筆先前的類型'));
  expect(has('derived-undo')).toBe(false);
  await user.keyboard('{Escape}');
  document.querySelector('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true }));
  await until(() => expect(has('derived')).toBe(false));
  await press('kinds-open');
  await press('derived-redo');
  await until(async () => expect(await row(0)).toContain('查核人員更正：契約附件三'));
  expect(await text('derived-done')).toContain('已將 2 筆更正為「廠商／委外人員」');
  const [first, back, again] = corrected();
  expect(back).toMatchObject({ rows: first!.rows, restore: true });
  expect(again).toEqual(first);
  expect(await faults()).toEqual([]);
});

test('what took the place of corrections, and taking them back, gives each its value and its reason again', async () => {
  const { corrected } = await openKinds();
  const inferred = await row(1);
  await say('vendor', '契約附件三');
  await user.keyboard('{Home}{Shift>}{ArrowDown}{/Shift}');
  await until(async () => expect(await selected()).toBe('選取 2 筆'));
  await say('none', '名冊無此人');
  expect(await row(0)).toContain('查核人員更正：名冊無此人');
  await user.keyboard('{Home}r');
  await until(async () => expect(await text('derived-undo')).toContain('復原：取消 1 筆更正'));
  expect(await row(0)).not.toContain('已更正');
  await turn('z');
  await until(async () => expect(await row(0)).toMatch(/\?不明 查核人員更正：名冊無此人 ◆已更正/));
  await turn('z');
  await until(async () => expect(await row(0)).toMatch(/廠商／委外人員 查核人員更正：契約附件三 ◆已更正/));
  expect(await row(1)).toBe(inferred);
  await turn('z');
  await until(async () => expect(await row(0)).not.toContain('已更正'));
  expect(corrected()).toHaveLength(7);
});

test('rows of other imports are left alone', async () => {
  let imports: unknown[] = [{ batch: 1 }];
  openWindow({
    rows: 200,
    change: (name, answer) => {
      if (name === 'imports') (answer as unknown[]).splice(0, Infinity, ...imports);
    }
  });
  await openExam('tests');
  await press('kinds-open');
  await say('vendor', '契約附件三');
  await get('derived-undo');
  imports = [{ batch: 2 }];
  await press('derived-undo');
  expect(await text('derived-error')).toContain('資料已重新匯入，列號已不同；未變更。');
  expect(has('derived-undo')).toBe(false);
  expect(await row(0)).toContain('查核人員更正：契約附件三');
});

test('while the exam is signed nothing is offered to be taken back', async () => {
  let signed = false;
  openWindow({
    rows: 200,
    change: (name, answer) => {
      if (name === 'review' && signed) (answer as ReviewView).exam.reviewed = {} as SignatureView;
    }
  });
  await openExam('tests');
  await press('kinds-open');
  await say('vendor', '契約附件三');
  await get('derived-undo');
  document.querySelector('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true }));
  await until(() => expect(has('derived')).toBe(false));
  signed = true;
  await press('kinds-open');
  await get('derived-row-0');
  await turn('z');
  expect(has('derived-undo')).toBe(false);
  expect(await row(0)).toContain('已更正');
});
