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

const number = async (id: string): Promise<number> =>
  Number(((await get(id)).textContent.match(/[\d,]+/)?.[0] ?? '').replaceAll(',', ''));

/** Gives the first document to who works, from the window of the division. */
async function divided(): Promise<{ calls: [string, unknown][]; document: string }> {
  const { calls } = openWindow();
  await openExam('items');
  await press('assignments-open');
  const rows = (await get('assignments-table')).querySelectorAll<HTMLElement>('tr.document');
  const document = rows[0]!.dataset['testid']!;
  await user.selectOptions(await get(document.replace('work-', 'work-person-')), '查核人員甲');
  await until(async () => expect((await get(document)).dataset['person']).toBe('查核人員甲'));
  return { calls, document: document.replace('work-document-', '') };
}

test('a document is given to somebody, and its chapters say through whom', async () => {
  const { calls, document } = await divided();
  expect(requests(calls, 'assign')).toEqual([
    { works: [{ kind: 'document', key: document }], person: '查核人員甲' }
  ]);
  const chapter = (await get('assignments-table')).querySelector('tr.chapter');
  expect(chapter?.querySelector('option')?.textContent).toContain('查核人員甲，依文件');
  await fill('assignments-search', document);
  expect(await faults()).toEqual([]);
});

test('rows are walked, selected and given by keys, many at once', async () => {
  const { calls } = openWindow();
  await openExam('items');
  await press('assignments-open');
  await user.selectOptions(await get('assignments-kind'), 'procedure');
  const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-work-row]')];
  await until(() => expect(rows().length).toBeGreaterThan(2));
  rows()[0]!.focus();
  await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  expect((await get('assign-n')).textContent).toContain('3');
  await user.keyboard('2');
  await until(() => expect(requests(calls, 'assign')).toHaveLength(1));
  const [first] = requests(calls, 'assign') as { works: unknown[]; person: string }[];
  expect([first?.works.length, first?.person]).toEqual([3, '查核人員乙']);
  await until(() => expect(rows()[0]!.dataset['person']).toBe('查核人員乙'));
  rows()[1]!.focus();
  await user.keyboard('0');
  await until(() => expect(rows()[1]!.dataset['person']).toBe(''));
  expect(rows()[0]!.dataset['person']).toBe('查核人員乙');
});

test('what is found is given together', async () => {
  const { calls } = openWindow();
  await openExam('items');
  await press('assignments-open');
  await fill('assignments-search', 'T-COL');
  const listed = await number('assignments-count');
  await press('work-all');
  await user.selectOptions(await get('assign-person'), '查核人員甲');
  await press('assign-go');
  await until(async () => expect((await get('assign-told')).textContent).toContain(String(listed)));
  expect((requests(calls, 'assign') as { works: unknown[] }[])[0]?.works).toHaveLength(listed);
});

test('who did what is counted by person, what nobody has last', async () => {
  await divided();
  await press('assignments-tab-done');
  const lines = (await get('done-table')).querySelectorAll('tbody tr');
  expect(lines[0]?.textContent).toContain('查核人員甲');
  expect(lines[lines.length - 1]?.textContent).toContain('（未分派）');
  expect(await faults()).toEqual([]);
});

test('mine narrows the items, the counters follow and say so, and it holds in every list', async () => {
  const { calls } = await divided();
  await user.click(document.querySelector('dialog .close')!);
  const all = await number('counter-items');
  await until(async () => expect(await number('mine-own')).toBeGreaterThan(0));
  const own = await number('mine-own');
  await press('mine-own');
  await get('rail-mine');
  expect(await number('item-count')).toBe(own);
  expect(await number('counter-items')).toBeLessThan(all);
  expect((await get('counter-items')).getAttribute('aria-label')).toContain('只計我的');
  expect(requests(calls, 'mine_set')).toEqual([{ on: true }]);
  await press('stage-tests');
  expect((await get('mine-own')).getAttribute('aria-pressed')).toBe('true');
  await press('stage-findings');
  expect((await get('mine-own')).getAttribute('aria-pressed')).toBe('true');
  expect(await faults()).toEqual([]);
  await press('rail-mine');
  await until(() => expect(has('rail-mine')).toBe(false));
  expect(await number('counter-items')).toBe(all);
});

test('another examiner has another share, and Alt+M shows everything again', async () => {
  const { calls } = await divided();
  await user.click(document.querySelector('dialog .close')!);
  await press('mine-own');
  await get('rail-mine');
  await press('examiner-open');
  await press('examiner-1');
  await until(async () => expect(await number('mine-own')).toBe(0));
  await user.keyboard('{Alt>}m{/Alt}');
  await until(() => expect(has('rail-mine')).toBe(false));
  expect(requests(calls, 'mine_set')).toEqual([{ on: true }, { on: false }]);
});

test('while nothing is divided there is nothing of one’s own to show', async () => {
  openWindow();
  await openExam('items');
  expect((await get('mine-own')) as HTMLButtonElement).toHaveProperty('disabled', true);
  expect((await get('mine-all')).getAttribute('aria-pressed')).toBe('true');
});

test('what was given is taken back to whom it belonged before, and brought back', async () => {
  const { calls } = openWindow();
  await openExam('items');
  await press('assignments-open');
  await user.selectOptions(await get('assignments-kind'), 'procedure');
  const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-work-row]')];
  const who = (): (string | undefined)[] =>
    rows()
      .slice(0, 3)
      .map((row) => row.dataset['person']);
  await until(() => expect(rows().length).toBeGreaterThan(2));
  rows()[1]!.focus();
  await user.keyboard('1');
  await until(() => expect(who()).toEqual(['', '查核人員甲', '']));
  expect((await get('assign-undo')).textContent).toContain('負責人');
  rows()[0]!.focus();
  await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  await user.keyboard('2');
  await until(() => expect(who()).toEqual(['查核人員乙', '查核人員乙', '查核人員乙']));
  expect((await get('assign-undo')).textContent).toContain('復原：3 項之負責人');
  await user.keyboard('{Control>}z{/Control}');
  await until(() => expect(who()).toEqual(['', '查核人員甲', '']));
  const asked = requests(calls, 'assign') as { works: unknown[]; person: string }[];
  expect(asked.slice(2).map(({ works, person }) => [works.length, person])).toEqual([
    [2, ''],
    [1, '查核人員甲']
  ]);
  await user.keyboard('{Control>}y{/Control}');
  await until(() => expect(who()).toEqual(['查核人員乙', '查核人員乙', '查核人員乙']));
  await press('assign-undo');
  await press('assign-undo');
  await until(() => expect(who()).toEqual(['', '', '']));
  expect(has('assign-undo')).toBe(false);
});

test('in the search the keys belong to what is typed; in a list to choose from they take back', async () => {
  const { calls, document: given } = await divided();
  await user.click(await get('assignments-search'));
  await user.keyboard('{Control>}z{/Control}');
  expect(requests(calls, 'assign')).toHaveLength(1);
  (await get(`work-person-document-${given}`)).focus();
  await user.keyboard('{Control>}z{/Control}');
  await until(async () => expect((await get(`work-document-${given}`)).dataset['person']).toBe(''));
  expect(await faults()).toEqual([]);
});
