import { expect, test } from 'vitest';
import type { DashboardView } from '../../backend';
import { get, openWindow, press, unlock, user } from '../../shared/testing/window';
import { beside, findings, progress, results, tests } from './pictures';

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

test('the last exam is drawn below this one, in the same measure', () => {
  const earlier = { case_no: '114-證-0007', as_of: '2019-12-31', findings: view.findings };
  const both = {
    ...view,
    earlier,
    chapters: view.chapters.map((one) => ({ ...one, earlier: [{ result: 'partial', items: 2 }] })),
    tests: [
      { verdict: 'pass', procedures: 2 },
      { verdict: null, procedures: 1 }
    ]
  } as unknown as DashboardView;
  expect(beside({ ...both, earlier: null })).toBeNull();
  const pair = beside(both)!;
  expect(pair.table.rows).toEqual([
    ['高', '2', '2'],
    ['低', '1', '1'],
    ['不符合及部分符合之項目', '4', '3']
  ]);
  const [first, second] = pair.drawing.shapes
    .filter((shape) => shape.kind === 'rect' && shape.x > 30)
    .slice(-4);
  expect((first as { w: number }).w).toBeCloseTo((second as { w: number }).w);
  const chapters = progress(both, new Map());
  expect(chapters.table.rows.map((row) => row.slice(-2))).toEqual([
    ['4', '0'],
    ['2', '0'],
    ['2', '0']
  ]);
  expect(chapters.notes).toHaveLength(1);
  expect(tests(both).table.rows.map(([, n]) => n)).toEqual(['2', '1']);
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
  for (const [kind, title] of [
    ['tests', '測試'],
    ['compared', '與前次查核比較']
  ]) {
    await press(`dashboard-picture-${kind}`);
    expect((await get('picture-frame')).querySelector('h3')!.textContent).toBe(title);
  }
});
