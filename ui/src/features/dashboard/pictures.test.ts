import { expect, test } from 'vitest';
import type { DashboardView } from '../../backend';
import { get, openWindow, press, unlock, user } from '../../shared/testing/window';
import { findings, progress, results } from './pictures';

const view = {
  items: 7,
  chapters: [
    {
      document: 'COL',
      chapter: '第一章',
      results: [
        { result: 'compliant', items: 3 },
        { result: 'not_examined', items: 1 }
      ],
      earlier: []
    },
    { document: 'COL', chapter: '第二章', results: [{ result: 'noncompliant', items: 3 }], earlier: [] }
  ],
  findings: [
    { kind: 'deficiency', severity: 'high', status: 'draft', findings: 2 },
    { kind: 'deficiency', severity: 'low', status: 'closed', findings: 1 }
  ]
} as unknown as DashboardView;

const texts = ({ drawing }: ReturnType<typeof results>): string[] =>
  drawing.shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));

test('chapters have what was examined of what there is, in the drawing as in the table', () => {
  const picture = progress(view, new Map([['COL', '主機共置']]));
  expect(picture.table.rows.map((row) => [row[0], row.at(-1)])).toEqual([
    ['主機共置', '7'],
    ['　第一章', '4'],
    ['　第二章', '3']
  ]);
  expect(texts(picture)).toEqual(expect.arrayContaining(['6 / 7', '3 / 4', '3 / 3']));
});

test('results and findings add up', () => {
  const all = results(view);
  expect(all.table.rows.reduce((sum, [, n]) => sum + Number(n), 0)).toBe(7);
  const found = findings(view);
  expect(found.n).toBe('3 件');
  expect(found.table.rows.at(-1)).toEqual(['合計', '0', '2', '0', '1', '3']);
});

test('the pictures of the exam open from its dashboard by a key', async () => {
  openWindow({ begun: true });
  await unlock();
  await press('exam-open-e1');
  await get('dashboard');
  await user.keyboard('p');
  await get('dashboard-pictures');
  await press('dashboard-picture-findings');
  expect((await get('picture-frame')).textContent).toContain('發現');
});
