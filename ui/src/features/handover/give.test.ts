import { expect, test } from 'vitest';
import type { HandoverRequest } from '../../backend';
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

async function opened(): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await openExam();
  await press('stage-handover');
  await get('handover-size');
  return calls;
}

const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;
const planned = (calls: [string, unknown][]): HandoverRequest =>
  requests(calls, 'handover_plan').at(-1) as HandoverRequest;

test('what would be handed over, and how large it is, stands there before anything is written', async () => {
  const calls = await opened();
  expect((await get('handover-count-journal')).textContent).toBe('1,204');
  expect((await get('handover-size')).textContent).toMatch(/檔案約 .* MB.*佐證 23 件/);
  await press('handover-by-reference');
  await until(async () => expect((await get('handover-size')).textContent).toContain('佐證 0 件'));
  expect((await get('handover-warning-by_reference')).textContent).toContain('23 件佐證的檔案不交出');
  expect(planned(calls)).toMatchObject({ scope: 'whole', evidence_as: 'by_reference', documents: [] });
  expect(requests(calls, 'handover_create')).toEqual([]);
  expect(await faults()).toEqual([]);
});

test('parts are documents, chapters of others, procedures; findings without their evidence are warned of', async () => {
  const calls = await opened();
  await user.keyboard('2');
  await press('handover-document-BSL');
  await press('handover-fold-COL');
  await press('handover-chapter-COL-D');
  await fill('handover-procedure-search', '離職');
  expect(has('handover-procedure-T-COL-05')).toBe(false);
  await press('handover-procedure-T-ACC-06');
  await press('handover-evidence');
  await until(() =>
    expect(planned(calls)).toMatchObject({
      scope: 'parts',
      documents: ['BSL'],
      chapters: [{ document: 'COL', chapter: 'D' }],
      procedures: ['T-ACC-06'],
      findings: true,
      evidence: false
    })
  );
  expect(((await get('handover-document-COL')) as HTMLInputElement).indeterminate).toBe(true);
  await get('handover-warning-evidence_left_out');
  expect(await faults()).toEqual([]);
});

test('an unverified recipient is warned of, a changed key cannot be chosen, a typed one is no contact', async () => {
  const calls = await opened();
  await press('handover-to-c1');
  await until(async () => expect((await get('handover-exchanges')).textContent).toContain('其後新增 37 筆'));
  expect(has('handover-warning-unverified')).toBe(false);
  await press('handover-to-c2');
  expect((await get('handover-warning-unverified')).textContent).toContain('總部收件的指紋尚未核對');
  expect(await disabled('handover-to-c3')).toBe(true);
  await user.type(await get('handover-others'), 'AGE1QXW5L7D9P3N8K2{Enter}');
  await get('handover-warning-not_a_contact');
  expect(planned(calls).recipients).toEqual(['c1', 'c2', 'age1qxw5l7d9p3n8k2']);
});

test('changes begin at what somebody has; who never got the exam cannot use them', async () => {
  const calls = await opened();
  await press('handover-scope-changes');
  await press('handover-to-c2');
  await get('handover-warning-never_got');
  expect(planned(calls)).toMatchObject({ scope: 'changes', since: 'c1' });
});

test('the file is made where it was said, and what the receiver is told holds its hash and the fingerprint', async () => {
  const calls = await opened();
  expect(await disabled('handover-create')).toBe(true);
  await press('handover-to-c1');
  await press('handover-browse');
  await until(async () => expect(await disabled('handover-create')).toBe(false));
  await press('handover-create');
  const made = await get('handover-made');
  expect(made.textContent).toContain('只有查核人員乙能開啟');
  expect((await get('handover-told')).textContent).toMatch(/SHA-256 [0-9a-f]{64}\n送件者指紋 02718 /);
  expect(requests(calls, 'handover_create')[0]).toMatchObject({
    path: 'D:\\查核\\輸出\\115-證-0012-115.03.02.fieldbook.age',
    what: { recipients: ['c1'] }
  });
});

test('making can be broken off, then nothing was made; the choices stay while another stage is looked at', async () => {
  await opened();
  await press('handover-to-c1');
  await fill('handover-path', '慢.fieldbook.age');
  await press('handover-create');
  await press('handover-stop');
  await get('handover-stopped');
  expect(has('handover-made')).toBe(false);
  await press('stage-profile');
  await press('stage-handover');
  expect(((await get('handover-to-c1')) as HTMLInputElement).checked).toBe(true);
});

test('keys are heard outside of texts only', async () => {
  const calls = await opened();
  await fill('handover-path', 'D3v.age');
  expect(planned(calls)).toMatchObject({ scope: 'whole', deidentified: false, evidence_as: 'included' });
  (await get('handover-scope-whole')).focus();
  await user.keyboard('dv');
  await get('handover-warning-masked');
  expect(planned(calls)).toMatchObject({ deidentified: true, evidence_as: 'by_reference' });
});
