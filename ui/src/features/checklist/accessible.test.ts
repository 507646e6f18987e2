import { expect, test } from 'vitest';
import { faults } from '../../shared/testing/faults';
import { fill, get, openExam, openWindow, press, until, user } from '../../shared/testing/window';

async function openItem(clause: string): Promise<void> {
  openWindow();
  await openExam('items');
  await fill('item-search', clause);
  await press(`item-${clause}`);
  await until(async () => expect((await get('item-pane')).dataset.clause).toBe(clause));
  (document.activeElement as HTMLElement).blur();
}

test('duties by systems and the filters are accessible', async () => {
  await openItem('BSL-6.8');
  await user.keyboard('w');
  await press('filter-open');
  await get('filter-close');
  expect(await faults()).toEqual([]);
});

test.each([
  ['t', 'copy-target-COL-G2.2'],
  ['p', 'phrase-0'],
  ['a', 'override-reason'],
  ['b', 'bulk-note'],
  ['?', 'keys'],
  ['g', 'source-line-31']
])('what %s opens is accessible', async (key, shown) => {
  await openItem('COL-D4.2');
  await user.keyboard(`1${key}`);
  await get(shown);
  expect(await faults()).toEqual([]);
});
