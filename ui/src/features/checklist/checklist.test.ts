import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { get, has, openExam, openWindow, press, requests, until, user } from '../../shared/testing/window';

const clause = async (): Promise<string> => (await get('item-pane')).dataset.clause ?? '';

test('it starts at the first item that waits for an answer', async () => {
  openWindow();
  await openExam('items');
  expect(await clause()).toMatch(/^BSL-/);
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
  await until(async () => expect((await get('item-count')).textContent).toBe('2 項'));
  await user.selectOptions(await get('item-filter'), 'noncompliant');
  await until(async () => expect((await get('item-count')).textContent).toBe('0 項'));
});

test('F starts a finding only from what is not met', async () => {
  const { calls } = openWindow();
  await openExam('items');
  const id = await clause();
  await user.keyboard('f');
  expect(has('item-pane')).toBe(true);
  await user.keyboard('3f');
  await get('finding-title');
  expect(requests(calls, 'finding_draft')).toEqual([{ procedure: '', clause: id }]);
});

test('a long list keeps only the rows in sight in the document', async () => {
  openWindow();
  await openExam('items');
  await clause();
  expect((await get('item-count')).textContent).toBe('324 項');
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
