import axe from 'axe-core';
import { expect, test } from 'vitest';
import { STAGES } from '../shared/state/desk.svelte';
import { fill, get, openExam, openWindow, press, unlock, until } from '../shared/testing/window';

/** Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

document.documentElement.lang = 'zh-Hant-TW';
document.title = '查核簿';

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

test('the exams are accessible', async () => {
  openWindow();
  await unlock();
  expect(await faults()).toEqual([]);
});

const READY: Record<(typeof STAGES)[number], string> = {
  profile: 'system-add',
  items: 'item-pane',
  data: 'import-path',
  tests: 'procedure-T-COL-05',
  findings: 'finding-new',
  outputs: 'papers-export'
};

test.each(STAGES)('the stage %s is accessible', async (stage) => {
  openWindow();
  await openExam(stage);
  await get(READY[stage]);
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
