import axe from 'axe-core';
import { screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { useBackend, type ExceptionGroupsView, type ExceptionsRequest } from '../../backend';
import type { Backend } from '../../backend/backend';
import { makeFake } from '../../backend/fake';
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
import { Bench } from './bench.svelte';

document.documentElement.lang = 'zh-Hant-TW';
document.title = '查核簿';

/** Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

const COLO = '主機共置下單系統';
const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();
/** What a group says to who listens: its name, then its figures, each with its word. */
const said = (one: HTMLElement): string => one.textContent.replace(/[\s✓▸]+/g, '');
const figures = async (id: string): Promise<string> => said(await get(id));
const rows = (): Promise<string> => text('exception-count');

async function ran(
  procedure = 'T-COL-06',
  first = 2001,
  change?: (name: string, answer: unknown) => void
): Promise<[string, unknown][]> {
  const { calls } = openWindow({ change });
  await openExam('tests');
  await press('run-all');
  await until(async () => expect((await get('procedure-T-COL-06')).dataset.verdict).toBe('exceptions'));
  await press(`procedure-${procedure}`);
  await get(`exception-${first}`);
  return calls;
}

test('rules and systems are listed with their rows, what is open and what is confirmed', async () => {
  await ran();
  const list = within(await get('groups'));
  expect(list.getAllByRole('button').map(said)).toEqual([
    '密碼逾三個月未變更：筆數412：未處理412：確認0',
    '密碼從未變更：筆數12：未處理12：確認0',
    '變更日期無法判讀：筆數5：未處理5：確認0',
    `${COLO}：筆數215：未處理215：確認0`,
    '網路下單系統：筆數214：未處理214：確認0'
  ]);
  await user.type(await get('dispose-note'), '屬實');
  await press('dispose-confirmed');
  await until(async () =>
    expect(await figures(`group-system-${COLO}`)).toBe(`${COLO}：筆數215：未處理214：確認1`)
  );
  expect(await faults()).toEqual([]);
});

test('a rule, a system and what is open narrow together; a second press takes its own back', async () => {
  const calls = await ran();
  await press(`group-system-${COLO}`);
  await until(async () => expect(await rows()).toBe('215 筆'));
  await press('group-rule-password_never_changed');
  await until(async () => expect(await rows()).toBe('6 筆'));
  expect((requests(calls, 'exceptions') as ExceptionsRequest[]).at(-1)).toEqual(
    expect.objectContaining({ rule: 'password_never_changed', system: COLO, open_only: false })
  );
  await press('dispose-open');
  await press('open-only');
  await user.keyboard('{Escape}');
  await press(`group-system-${COLO}`);
  await until(async () => expect(await rows()).toBe('12 筆'));
  expect((await get(`group-system-${COLO}`)).getAttribute('aria-pressed')).toBe('false');
  expect((await get('group-rule-password_never_changed')).getAttribute('aria-pressed')).toBe('true');
});

test('the list of systems follows the list of groups, and another procedure shows all of its rows', async () => {
  await ran();
  await user.selectOptions(await get('system-filter'), screen.getByRole('option', { name: /^網路下單系統/ }));
  await until(async () => expect(await rows()).toBe('214 筆'));
  expect((await get('group-system-網路下單系統')).getAttribute('aria-pressed')).toBe('true');
  await press('procedure-T-COL-05');
  await get('exception-1001');
  expect(await rows()).toBe('9 筆');
});

test('braces go from group to group, B folds the list', async () => {
  await ran();
  await user.keyboard('}}');
  await until(async () => expect(await rows()).toBe('12 筆'));
  await user.keyboard('{{{{');
  await until(async () => expect(await rows()).toBe('429 筆'));
  await user.keyboard('b');
  expect(has('groups')).toBe(false);
  expect((await get('groups-fold')).getAttribute('aria-expanded')).toBe('false');
});

test('F on a group that has open rows asks; confirming them goes page by page and ends in the composer', async () => {
  const calls = await ran();
  await press('group-rule-password_too_old');
  await until(async () => expect(await rows()).toBe('412 筆'));
  await user.keyboard('f');
  expect(await text('group-ask-figures')).toBe('未處理 412 筆，已確認 0 筆。');
  expect(((await get('group-ask-confirm')) as HTMLButtonElement).disabled).toBe(true);
  expect(((await get('group-ask-confirmed')) as HTMLButtonElement).disabled).toBe(true);
  expect(await faults()).toEqual([]);
  await fill('group-ask-note', '與密碼原則及系統紀錄相符');
  await user.keyboard('{Enter}');
  expect(((await get('finding-title')) as HTMLInputElement).value).toBe('密碼逾三個月未變更');
  const disposed = requests(calls, 'dispose') as { ids: number[]; kind: string; note: string }[];
  expect(disposed.every((one) => one.ids.length <= 500 && one.kind === 'confirmed')).toBe(true);
  expect(disposed.flatMap((one) => one.ids)).toHaveLength(412);
  expect(requests(calls, 'finding_draft')).toEqual([
    { procedure: 'T-COL-06', rule: 'password_too_old', system: null, clause: '', pattern: '' }
  ]);
  expect(requests(calls, 'finding_save')).toEqual([]);
  await press('stage-tests');
  expect(await text('dispose-undo')).toBe('復原 412 筆「確認」 Ctrl+Z');
});

test('a group of thousands is read and confirmed in pages of at most 500, and taken back the same way', async () => {
  const calls: [string, unknown][] = [];
  const answer = (name: string, request: unknown): unknown => {
    calls.push([name, request]);
    if (name === 'procedures') return [];
    if (name !== 'exceptions') return null;
    const { offset, limit } = request as ExceptionsRequest;
    const here = Math.max(0, Math.min(limit, 1201 - offset));
    const rows = Array.from({ length: here }, (_, n) => ({
      id: offset + n,
      verdict: 'exception',
      disposition: null
    }));
    return { total: 1201, columns: [], rows };
  };
  const call = async (name: string, request: unknown): Promise<unknown> => answer(name, request);
  useBackend({ ...makeFake(), call: call as Backend['call'] });
  const bench = new Bench();
  bench.asked = { procedure: 'T-COL-06', rule: 'a', system: null, title: '', open: 1201, confirmed: 0 };
  const told: number[] = [];
  await bench.confirmAsked('屬實', (n) => told.push(n));
  const sizes = (name: string): number[] =>
    requests(calls, name).map((one) => (one as { ids: number[] }).ids.length);
  expect((requests(calls, 'exceptions') as ExceptionsRequest[]).map((one) => one.offset)).toEqual([
    0, 500, 1000
  ]);
  expect(sizes('dispose')).toEqual([500, 500, 201]);
  expect(told).toEqual([500, 1000, 1201]);
  await bench.turns.turn(true);
  expect(sizes('undispose')).toEqual([500, 500, 201]);
  await bench.turns.turn(false);
  expect(sizes('dispose')).toEqual([500, 500, 201, 500, 500, 201]);
  expect(requests(calls, 'dispose').at(-1)).toMatchObject({ kind: 'confirmed', note: '屬實' });
});

test('only what is confirmed goes into the finding when that is chosen, and nothing else is disposed of', async () => {
  const calls = await ran();
  await press('group-rule-password_never_changed');
  await until(async () => expect(await rows()).toBe('12 筆'));
  await user.type(await get('dispose-note'), '屬實');
  await press('dispose-confirmed');
  await until(async () => expect(await figures('group-rule-password_never_changed')).toContain('確認1'));
  expect(await text('make-finding')).toBe('此群寫成發現（1） F');
  await press('make-finding');
  expect(await text('group-ask-figures')).toBe('未處理 11 筆，已確認 1 筆。');
  await press('group-ask-confirmed');
  expect(await text('finding-rows')).toContain('u1413');
  expect(requests(calls, 'dispose')).toHaveLength(1);
});

test('where a rule and a system meet, the rows are counted, and leads are never confirmed', async () => {
  const calls = await ran('T-COL-05', 1001);
  await press(`group-system-${COLO}`);
  await until(async () => expect(await rows()).toBe('5 筆'));
  await user.keyboard('f');
  expect(await text('group-ask-figures')).toBe('未處理 3 筆，已確認 0 筆。');
  await press('group-ask-cancel');
  expect(has('group-ask')).toBe(false);
  await press('group-rule-vendor_holds_root');
  await until(async () => expect(await rows()).toBe('2 筆'));
  await user.keyboard('f');
  expect(await text('group-ask-figures')).toBe('未處理 2 筆，已確認 0 筆。');
  await press('group-ask-cancel');
  await press('group-rule-vendor_holds_root');
  await until(async () => expect(await rows()).toBe('5 筆'));
  await user.keyboard('f');
  await fill('group-ask-note', '屬實');
  await press('group-ask-confirm');
  await get('finding-title');
  expect(requests(calls, 'dispose')).toEqual([{ ids: [1001, 1003, 1004], kind: 'confirmed', note: '屬實' }]);
});

test('a group with nothing open goes to the composer at once', async () => {
  const calls = await ran('T-ACC-06', 5001);
  await user.type(await get('dispose-note'), '屬實');
  await press('select-all');
  await press('dispose-confirmed');
  await until(async () => expect((await get('exception-5002')).dataset.disposition).toBe('confirmed'));
  await until(() =>
    expect(screen.queryAllByTestId('group-finding').map((one) => one.dataset.rule)).toEqual([
      'leaver_enabled'
    ])
  );
  await press('group-finding');
  await get('finding-title');
  expect(requests(calls, 'finding_draft')).toEqual([
    { procedure: 'T-ACC-06', rule: 'leaver_enabled', system: null, clause: '', pattern: '' }
  ]);
});

test('when confirming fails the window says why and begins no finding', async () => {
  const calls = await ran('T-COL-06', 2001, (name) => {
    if (name === 'dispose') throw { code: 'disk_full', message: '磁碟已滿。', hint: '請清出空間。' };
  });
  await press('group-rule-password_never_changed');
  await until(async () => expect(await rows()).toBe('12 筆'));
  await user.keyboard('f');
  await fill('group-ask-note', '屬實');
  await press('group-ask-confirm');
  expect(await text('group-ask-error')).toContain('磁碟已滿');
  expect(requests(calls, 'finding_draft')).toEqual([]);
});

test('rows without a system are a group of their own, and groups that cannot be read say why', async () => {
  let fails = false;
  const calls = await ran('T-COL-06', 2001, (name, answer) => {
    if (name !== 'exception_groups') return;
    if (fails) throw { code: 'store', message: '讀不出分群。', hint: '請重新開啟。' };
    for (const system of (answer as ExceptionGroupsView).systems)
      if (system.key === COLO) Object.assign(system, { key: '', title: '' });
  });
  await press('group-system-');
  expect((await get('group-system-')).textContent).toContain('（未載系統）');
  await until(() => expect((requests(calls, 'exceptions') as ExceptionsRequest[]).at(-1)?.system).toBe(''));
  fails = true;
  await press('procedure-T-COL-05');
  expect(await text('groups-error')).toContain('讀不出分群');
});
