import { expect, test } from 'vitest';
import { fill, get, openExam, openWindow, press, requests, until } from '../../shared/testing/window';

test('what blocks is counted and leads to its stage', async () => {
  openWindow();
  await openExam('outputs');
  expect((await get('gate-items_undetermined')).textContent).toContain('18');
  await press('gate-items_open');
  await get('item-list');
});

test('with an open gate line a draft is offered, and a final report is refused in two lines', async () => {
  const { calls } = openWindow();
  await openExam('outputs');
  expect(((await get('export-draft')) as HTMLInputElement).checked).toBe(true);
  await fill('report-path', '/out/report.pdf');
  await press('report-export');
  expect((await get('report-result')).textContent).toContain('sha256');
  await press('export-draft');
  await press('report-export');
  await until(async () => expect((await get('report-error')).dataset.code).toBe('gate_closed'));
  expect(requests(calls, 'export_report')).toEqual([
    { path: '/out/report.pdf', draft: true },
    { path: '/out/report.pdf', draft: false }
  ]);
});

test('papers are made into a folder and listed', async () => {
  openWindow();
  await openExam('outputs');
  await fill('papers-path', '/out');
  await press('papers-export');
  expect((await get('papers-result')).querySelectorAll('tr')).toHaveLength(5);
});
