import { expect, test } from 'vitest';
import { STAGES } from '../shared/state/desk.svelte';
import { faults } from '../shared/testing/faults';
import { fill, get, openExam, openWindow, press, unlock, until, user } from '../shared/testing/window';

test('creating a vault is accessible', async () => {
  openWindow({ empty: true });
  await get('vault-create');
  expect(await faults()).toEqual([]);
});

test('unlocking, with its error, is accessible', async () => {
  openWindow();
  await fill('vault-passphrase', '不是這個');
  await press('vault-unlock');
  await get('error');
  expect(await faults()).toEqual([]);
});

test('the keys, and changing the passphrase, are accessible', async () => {
  openWindow();
  await unlock();
  await press('keys-open');
  await get('key-recovery');
  expect(await faults()).toEqual([]);
  await press('keys-passphrase');
  await get('key-new-passphrase');
  expect(await faults()).toEqual([]);
});

test('the exams are accessible', async () => {
  openWindow();
  await unlock();
  expect(await faults()).toEqual([]);
});

const READY: Record<(typeof STAGES)[number], string> = {
  dashboard: 'dashboard',
  profile: 'system-add',
  items: 'item-pane',
  data: 'import-path',
  tests: 'procedure-T-COL-05',
  findings: 'finding-new',
  evidence: 'evidence-none',
  review: 'paper-C-COL',
  outputs: 'report-export'
};

test.each(STAGES)('the stage %s is accessible', async (stage) => {
  openWindow();
  await openExam(stage);
  await get(READY[stage]);
  expect(await faults()).toEqual([]);
});

test('the patterns and the menu of examiners are accessible', async () => {
  openWindow();
  await openExam('patterns');
  await get('pattern-criterion-COL-D1.1');
  expect(await faults()).toEqual([]);
  await press('examiner-open');
  await get('examiner-1');
  expect(await faults()).toEqual([]);
});

test('the editions, with a package of an unknown signer and what it changes, are accessible', async () => {
  openWindow();
  await unlock();
  await press('editions-open');
  await fill('package-path', '/in/col-112.pkg');
  await press('package-inspect');
  await get('change-COL-G4.4');
  expect(await faults()).toEqual([]);
  await press('package-compared');
  await fill('package-trust-name', '證交所');
  await press('package-load');
  await get('package-done');
  expect(await faults()).toEqual([]);
});

test('carrying answers, the request list and a changed profile are accessible', async () => {
  openWindow();
  await openExam();
  await press('fact-colo-no');
  await get('change-group-gone');
  expect(await faults()).toEqual([]);
  await press('carry-open');
  await user.selectOptions(await get('carry-exam'), 'e2');
  await get('carry-apply');
  expect(await faults()).toEqual([]);
  await user.click(document.querySelector('dialog .close')!);
  await press('requests-open');
  await get('requests-due');
  expect(await faults()).toEqual([]);
});

test('files, exceptions, a finding and the palette are accessible', async () => {
  openWindow();
  await openExam('data');
  await press('import-browse');
  await get('sheet-0-0');
  expect(await faults()).toEqual([]);
  await press('stage-tests');
  await press('run-all');
  await press('procedure-T-COL-06');
  await get('exception-2001');
  expect(await faults()).toEqual([]);
  await fill('dispose-note', '屬實');
  await press('dispose-confirmed');
  await until(async () => expect(((await get('make-finding')) as HTMLButtonElement).disabled).toBe(false));
  await press('make-finding');
  await get('finding-rows');
  expect(await faults()).toEqual([]);
  await press('palette-open');
  await get('palette-input');
  expect(await faults()).toEqual([]);
});
