import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ApplicabilityWord, ChecklistView, ItemLineView, ResultWord } from '../../backend';
import { get, has, openExam, openWindow, press, requests, until, user } from '../../shared/testing/window';

const clause = async (): Promise<string> => (await get('item-pane')).dataset.clause ?? '';

test('it starts at the first item that waits for an answer', async () => {
  openWindow();
  await openExam('items');
  expect(await clause()).toMatch(/^BSL-/);
});

const line = (clause: string, applicability: ApplicabilityWord, result: ResultWord): ItemLineView => ({
  clause,
  document: clause,
  label: clause,
  text: clause,
  strength: 'must',
  applicability,
  reason: '',
  overridden: false,
  result,
  failure: 'deficiency',
  due: 1,
  answered: result === 'not_examined' ? 0 : 1,
  awaited: null,
  stale: false,
  taken_over: false,
  findings: 0,
  topics: [],
  notes: '',
  by: []
});

/** A document that does not concern the firm stands first. */
const MIXED: [string, ItemLineView[]][] = [
  ['FCM', [line('F1', 'not_applicable', 'not_examined'), line('F2', 'not_applicable', 'not_examined')]],
  [
    'BSL',
    [
      line('B1', 'not_applicable', 'not_examined'),
      line('B2', 'applicable', 'compliant'),
      line('B3', 'undetermined', 'not_examined'),
      line('B4', 'substituted', 'not_examined'),
      line('B5', 'waived', 'not_examined')
    ]
  ]
];

async function openMixed(): Promise<void> {
  openWindow({
    change: (name, answer) => {
      if (name !== 'checklist') return;
      const view = answer as ChecklistView;
      view.documents = MIXED.map(([code, items]) => ({
        ...view.documents[0]!,
        code,
        title: code,
        chapters: [{ number: '1', title: '', items }]
      }));
    }
  });
  await openExam('items');
  await get('item-list');
}

const listed = async (): Promise<string[]> =>
  [...(await get('item-list')).querySelectorAll<HTMLElement>('[data-testid]')].map(
    (row) => row.dataset.testid!
  );
const current = async (): Promise<string | undefined> =>
  (await get('item-list')).querySelector<HTMLElement>('[aria-current]')?.dataset.testid;

test('it opens on what concerns the firm, at the first item without an answer, and J walks only that', async () => {
  await openMixed();
  expect(((await get('item-filter')) as HTMLSelectElement).selectedOptions[0]?.textContent).toBe(
    '適用與待確認'
  );
  expect(await listed()).toEqual(['item-B2', 'item-B3', 'item-B4', 'item-B5']);
  expect(await current()).toBe('item-B3');
  await user.keyboard('kk');
  await until(async () => expect(await current()).toBe('item-B2'));
});

test('documents that do not concern the firm come last, quiet, and are still listed under all', async () => {
  await openMixed();
  const rows = [...document.querySelectorAll<HTMLElement>('nav button[aria-pressed]')];
  expect(rows.slice(1).map((row) => row.textContent.slice(0, 3))).toEqual(['BSL', 'FCM']);
  expect(rows.map((row) => row.classList.contains('muted'))).toEqual([false, false, true]);
  await user.selectOptions(await get('item-filter'), 'all');
  await until(async () => expect((await get('item-count')).textContent).toBe('7 項'));
  expect((await listed()).slice(-2)).toEqual(['item-F1', 'item-F2']);
});

test('J and K walk, 1 to 6 answer the item in hand', async () => {
  const { calls } = openWindow();
  await openExam('items');
  const first = await clause();
  await user.keyboard('j');
  await until(async () => expect(await clause()).not.toBe(first));
  const second = await clause();
  await user.keyboard('3');
  await until(() => expect(requests(calls, 'answer')).toHaveLength(1));
  expect(requests(calls, 'answer')[0]).toMatchObject({ clause: second, result: 'noncompliant' });
  await user.keyboard('k');
  await until(async () => expect(await clause()).toBe(first));
});

test('keys of an input method and keys typed into the note answer nothing', async () => {
  const { calls } = openWindow();
  await openExam('items');
  await clause();
  await fireEvent.keyDown(document.body, { key: '3', isComposing: true });
  await fireEvent.keyDown(document.body, { key: '3', keyCode: 229 });
  await user.keyboard('n');
  expect(document.activeElement).toBe(await get('item-note'));
  await user.keyboard('123');
  expect(((await get('item-note')) as HTMLTextAreaElement).value).toBe('123');
  expect(
    (requests(calls, 'answer') as { result: string }[]).filter((a) => a.result !== 'not_examined')
  ).toHaveLength(0);
});

test('a note is kept when the examiner moves on before it was saved', async () => {
  const { calls } = openWindow();
  await openExam('items');
  const first = await clause();
  await user.keyboard('n');
  await user.keyboard('訪談資訊部');
  await fireEvent.keyDown(await get('item-note'), { key: 'Escape' });
  await user.keyboard('j');
  await until(async () => expect(await clause()).not.toBe(first));
  expect(requests(calls, 'answer')).toEqual([expect.objectContaining({ clause: first, note: '訪談資訊部' })]);
});

test('the search folds spellings and the filter narrows', async () => {
  openWindow();
  await openExam('items');
  await user.keyboard('/');
  expect(document.activeElement).toBe(await get('item-search'));
  await user.type(await get('item-search'), '最高權限');
  await until(async () => expect((await get('item-count')).textContent).toBe('5 項'));
  await press('filter-open');
  await press('filter-topic-X10');
  await until(async () => expect((await get('item-count')).textContent).toBe('1 項'));
  expect(((await get('filter-result-noncompliant')) as HTMLButtonElement).disabled).toBe(true);
});

test('F starts a finding only from what is not met', async () => {
  const { calls } = openWindow();
  await openExam('items');
  const id = await clause();
  await user.keyboard('f');
  expect(has('item-pane')).toBe(true);
  await user.keyboard('3f');
  await get('finding-title');
  expect(requests(calls, 'finding_draft')).toEqual([expect.objectContaining({ procedure: '', clause: id })]);
});

test('a long list keeps only the rows in sight in the document', async () => {
  openWindow();
  await openExam('items');
  await clause();
  await user.selectOptions(await get('item-filter'), 'all');
  await until(async () => expect((await get('item-count')).textContent).toBe('324 項'));
  const rows = (await get('item-list')).querySelectorAll('[role=listitem]');
  expect(rows.length).toBeGreaterThan(12);
  expect(rows.length).toBeLessThan(60);
});

test('the text of the law is there in full', async () => {
  openWindow();
  await openExam('items');
  await user.type(await get('item-search'), 'COL-D6.1');
  await press('item-COL-D6.1');
  await until(async () => expect((await get('item-text')).textContent).toContain('應至少每三個月變更一次。'));
});
