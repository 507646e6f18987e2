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

test('the request list takes a date by which it is due, and blank workbooks or none', async () => {
  const { calls } = openWindow();
  await openExam('outputs');
  await fill('requests-path', '/out');
  await fill('requests-due', '115.2.30');
  expect(((await get('requests-export')) as HTMLButtonElement).disabled).toBe(true);
  await fill('requests-due', '115.03.10');
  await press('requests-export');
  expect((await get('requests-result')).querySelectorAll('tr').length).toBeGreaterThan(1);
  await fill('requests-due', ' ');
  await press('requests-templates');
  await press('requests-export');
  await until(async () => expect((await get('requests-result')).querySelectorAll('tr')).toHaveLength(1));
  expect(requests(calls, 'export_requests')).toEqual([
    { path: '/out', due: '2026-03-10', templates: true },
    { path: '/out', due: '', templates: false }
  ]);
});

test('the request list can be made from the profile, before anything else', async () => {
  const { calls } = openWindow();
  await openExam();
  await press('requests-open');
  await press('requests-browse');
  await press('requests-export');
  await get('requests-result');
  expect(requests(calls, 'export_requests')).toHaveLength(1);
});

test('a field sheet is printed by its key', async () => {
  const { calls } = openWindow();
  await openExam('outputs');
  await fill('sheet-machine_room-path', '/out/sheet.pdf');
  await press('sheet-machine_room-export');
  await get('sheet-machine_room-result');
  expect(requests(calls, 'export_sheet')).toEqual([{ key: 'machine_room', path: '/out/sheet.pdf' }]);
});

test('the data dictionary is made into a folder', async () => {
  const { calls } = openWindow();
  await openExam('outputs');
  await fill('dictionary-path', '/out');
  await press('dictionary-export');
  expect((await get('dictionary-result')).textContent).toContain('資料字典.xlsx');
  expect(requests(calls, 'export_dictionary')).toEqual([{ path: '/out' }]);
});
