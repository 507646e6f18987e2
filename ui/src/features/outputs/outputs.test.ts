import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
import {
  fill,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  unlock,
  until
} from '../../shared/testing/window';

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
  await press('document-papers');
  await fill('papers-path', '/out');
  await press('papers-export');
  expect((await get('papers-result')).querySelectorAll('tr')).toHaveLength(5);
});

test('the request list takes a date by which it is due, and blank workbooks or none', async () => {
  const { calls } = openWindow();
  await openExam('outputs');
  await press('document-requests');
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
  await press('document-sheet-machine_room');
  await fill('sheet-machine_room-path', '/out/sheet.pdf');
  await press('sheet-machine_room-export');
  await get('sheet-machine_room-result');
  expect(requests(calls, 'export_sheet')).toEqual([{ key: 'machine_room', path: '/out/sheet.pdf' }]);
});

test('the data dictionary is made into a folder', async () => {
  const { calls } = openWindow();
  await openExam('outputs');
  await press('document-dictionary');
  await fill('dictionary-path', '/out');
  await press('dictionary-export');
  expect((await get('dictionary-result')).textContent).toContain('資料字典.xlsx');
  expect(requests(calls, 'export_dictionary')).toEqual([{ path: '/out' }]);
});

test('one document is open; what was typed and made for another is there again', async () => {
  openWindow();
  await openExam('outputs');
  await fill('report-path', '/out/report.pdf');
  await press('report-export');
  await get('report-result');
  await press('document-confirmation');
  expect((await get('document-report')).getAttribute('aria-expanded')).toBe('false');
  expect((await get('report-path')).closest('[hidden]')).not.toBeNull();
  await press('document-report');
  expect(((await get('report-path')) as HTMLInputElement).value).toBe('/out/report.pdf');
  expect((await get('report-result')).textContent).toContain('sha256');
  await press('document-report');
  expect((await get('document-report')).getAttribute('aria-expanded')).toBe('false');
});

test.each([
  ['confirmation', 'confirmation', '查核發現確認單.pdf'],
  ['docx', 'report_docx', '查核報告（可編輯）.docx'],
  ['assessment', 'assessment', '資通系統資通安全評估報告.pdf'],
  ['follow-up', 'follow_up', '追蹤覆查表.pdf'],
  ['oscal-results', 'oscal_results', 'OSCAL 評估結果.json'],
  ['oscal-poam', 'oscal_poam', 'OSCAL 改善計畫.json'],
  ['answers-data', 'answers_csv', '查核項目答案資料.csv']
])('the document %s is made where somebody says', async (name, kind, file) => {
  const { calls } = openWindow();
  await openExam('outputs');
  await press(`document-${name}`);
  await press(`${name}-browse`);
  await press(`${name}-export`);
  expect((await get(`${name}-result`)).textContent).toContain(file);
  expect(requests(calls, 'export_document')).toEqual([
    { kind, path: `D:\\查核\\輸出\\${file}`, draft: true }
  ]);
});

test('findings leave as CSV, or as JSON when that is chosen; a place that cannot be written to is told there', async () => {
  const { calls } = openWindow();
  await openExam('outputs');
  await press('document-findings-data');
  await press('findings-data-json');
  await fill('findings-data-path', '/唯讀/a.json');
  await press('findings-data-export');
  expect((await get('findings-data-error')).dataset.code).toBe('not_written');
  expect(requests(calls, 'export_document')).toEqual([
    { kind: 'findings_json', path: '/唯讀/a.json', draft: true }
  ]);
});

test.each([
  ['papers_unsigned', 'review'],
  ['finding_evidence', 'findings'],
  ['items_awaited', 'items'],
  ['qualification_gaps', 'review']
])('what blocks by %s is settled in the stage %s', async (kind, stage) => {
  openWindow({ begun: true });
  await unlock();
  await press('exam-open-e1');
  await press('stage-outputs');
  await press(`gate-${kind}`);
  expect(desk.stage).toBe(stage);
});

test('open items are listed as such; a character without a font leads nowhere', async () => {
  openWindow();
  await openExam('outputs');
  expect((await get('gate-glyphs')).tagName).toBe('P');
  const open = Number((await get('gate-items_open')).textContent!.match(/\d+/)![0]);
  await press('gate-items_open');
  expect(open).toBeGreaterThan(10);
  await get('item-list');
  expect(document.body.textContent).toContain('未查核');
});

test('the exit meeting is called as the organisation calls it', async () => {
  openWindow({
    change: (name, answer) => {
      if (name === 'settings') (answer as { exit_meeting: string }).exit_meeting = '結束會談';
    }
  });
  await openExam('outputs');
  await until(() => expect(document.body.textContent).toContain('結束會談'));
  expect(has('document-confirmation')).toBe(true);
});
