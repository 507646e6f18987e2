import { expect, test } from 'vitest';
import type { Stage } from '../shared/state/desk.svelte';
import {
  fill,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  unlock,
  until,
  user
} from '../shared/testing/window';

const turn = (keys: string): Promise<void> => user.keyboard(`{Control>}${keys}{/Control}`);
/** An exam that is half way, at a stage. */
async function begun(stage: Stage): Promise<[string, unknown][]> {
  const { calls } = openWindow({ begun: true });
  await unlock();
  await press('exam-open-e1');
  await press(`stage-${stage}`);
  return calls;
}

const leaveFields = (): void => (document.activeElement as HTMLElement | null)?.blur();

test('facts that were saved are taken back and brought back, and the line says which', async () => {
  const { calls } = openWindow();
  await openExam();
  await press('fact-colo-no');
  await press('profile-save');
  await until(() => expect(requests(calls, 'profile_set')).toHaveLength(1));
  const [saved] = requests(calls, 'profile_set') as { facts: { code: string; value: unknown }[] }[];
  await until(() => expect(has('undo-hint')).toBe(true));
  leaveFields();
  await turn('z');
  await until(() => expect(requests(calls, 'profile_set')).toHaveLength(2));
  const back = requests(calls, 'profile_set')[1] as typeof saved;
  expect(back!.facts.map((fact) => fact.code)).toEqual(saved!.facts.map((fact) => fact.code));
  expect(back!.facts[0]!.value).not.toEqual(saved!.facts[0]!.value);
  await until(() => expect(has('redo-hint')).toBe(true));
  expect(has('undo-hint')).toBe(false);
  await turn('y');
  await until(() => expect(requests(calls, 'profile_set')[2]).toEqual(saved));
});

test('words of a finding that were stored are taken back', async () => {
  const calls = await begun('findings');
  await press('finding-4');
  const before = ((await get('finding-effect')) as HTMLTextAreaElement).value;
  await fill('finding-effect', '帳號可能遭冒用。');
  await press('finding-save-draft');
  await until(() => expect(has('undo-hint')).toBe(true));
  leaveFields();
  await turn('z');
  await until(async () => expect(((await get('finding-effect')) as HTMLTextAreaElement).value).toBe(before));
  await turn('{Shift>}z{/Shift}');
  await until(async () =>
    expect(((await get('finding-effect')) as HTMLTextAreaElement).value).toBe('帳號可能遭冒用。')
  );
  expect(requests(calls, 'finding_save')).toHaveLength(3);
});

test('in a text the keys belong to the text', async () => {
  const calls = await begun('findings');
  await press('finding-4');
  await fill('finding-effect', '甲');
  await press('finding-save-draft');
  await until(() => expect(has('undo-hint')).toBe(true));
  await user.click(await get('finding-effect'));
  await turn('z');
  expect(requests(calls, 'finding_save')).toHaveLength(1);
});

test('every screen shows its keys, and those that hold everywhere', async () => {
  openWindow();
  await openExam();
  for (const stage of ['profile', 'items', 'tests', 'evidence', 'outputs', 'handover']) {
    await press(`stage-${stage}`);
    leaveFields();
    await user.keyboard('?');
    expect((await get('keys')).querySelectorAll('section').length).toBeGreaterThan(1);
    await user.click((await get('keys')).querySelector('button')!);
    await until(() => expect(has('keys')).toBe(false));
  }
});

test('what a key does is done from the palette as well', async () => {
  openWindow();
  await openExam('tests');
  await get('procedure-T-COL-05');
  await press('palette-open');
  await fill('palette-input', '抽樣');
  await user.keyboard('{Enter}');
  await get('sampling');
});

test.each([
  ['F04', 'finding-effect'],
  ['T-COL-06', 'run-selected'],
  ['C-COL', 'paper-C-COL']
])('the palette goes to %s', async (words, there) => {
  await begun('dashboard');
  await press('palette-open');
  await fill('palette-input', words);
  await until(() => expect(document.querySelectorAll('[role=option]').length).toBeGreaterThan(0));
  await user.keyboard('{Enter}');
  await get(there);
});
