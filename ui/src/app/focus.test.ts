import { fireEvent } from '@testing-library/svelte';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { desk, type Stage } from '../shared/state/desk.svelte';
import { get, has, openWindow, press, unlock, until, user } from '../shared/testing/window';
import { keysOf, placeOf, single } from './keymap';
import { commands } from './palette.svelte';

/*
 * Whoever closes a window goes on where they were. Every command of the palette and every single key of a screen is
 * tried: whatever floats then is closed, so a new window is looked at without a line here.
 */

const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]';

// A browser moves the focus into a dialog that opens, and leaves it nowhere else while one is open.
beforeAll(async () => {
  const focus = HTMLElement.prototype.focus;
  vi.spyOn(HTMLElement.prototype, 'focus').mockImplementation(function (this: HTMLElement, options) {
    const over = [...document.querySelectorAll('dialog[open]')].at(-1);
    if (!over || over.contains(this)) focus.call(this, options);
  });
  vi.spyOn(HTMLDialogElement.prototype, 'showModal').mockImplementation(function (this: HTMLDialogElement) {
    (document.activeElement as HTMLElement | null)?.blur();
    this.setAttribute('open', '');
    this.querySelector<HTMLElement>(FOCUSABLE)?.focus();
  });
  await import('../features/manual/HelpWindow.svelte');
});
afterAll(() => vi.restoreAllMocks());

/** What leaves the exam or the language behind, and floats nothing. */
const LEAVES = new Set(['lock', 'exams', 'headquarters', 'practice', 'language']);

/** What floats once all that was begun has been answered; the invented host answers at once. */
async function floating(): Promise<HTMLElement | null> {
  for (let turn = 0; turn < 25; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    const found = document.querySelector<HTMLElement>('dialog[open]:not([data-testid=palette])');
    if (found) return found;
  }
  return null;
}

async function close(dialog: HTMLElement): Promise<void> {
  await fireEvent(dialog, new Event('cancel', { cancelable: true }));
  await until(() => expect(document.querySelector('dialog[open]')).toBeNull());
}

/** Chooses every command of the palette from a button that stays; which of them floated something. */
async function fromPalette(): Promise<string[]> {
  const seen: string[] = [];
  for (const { id } of commands().filter((one) => !LEAVES.has(one.id) && !one.id.startsWith('key-'))) {
    const opener = await get('palette-open');
    await user.click(opener);
    const { word } = commands().find((one) => one.id === id)!;
    await fireEvent.input(await get('palette-input'), { target: { value: word } });
    const option = [...document.querySelectorAll('[role=option]')].find(
      (one) => one.firstElementChild?.textContent === word
    )!;
    await user.click(option);
    await until(() => expect(has('palette')).toBe(false));
    const dialog = await floating();
    if (!dialog) continue;
    seen.push(id);
    expect(dialog.contains(document.activeElement), `${id}: the focus is in the window`).toBe(true);
    await close(dialog);
    expect(document.activeElement, `${id}: the focus is back`).toBe(opener);
  }
  return seen;
}

test('a window that the palette opened in an exam gives the focus back', { timeout: 120_000 }, async () => {
  openWindow({ begun: true, rows: 200 });
  await unlock();
  await press('exam-open-e1');
  await press('stage-items');
  expect(await fromPalette()).toEqual(
    expect.arrayContaining([
      ...['assignments', 'backups', 'carry', 'contacts', 'editions', 'help', 'keys', 'own', 'pictures'],
      ...['requests', 'sampling', 'settings', 'shortcuts', 'templates', 'trail']
    ])
  );
});

test('so does one that it opened over all exams', { timeout: 60_000 }, async () => {
  openWindow();
  await unlock();
  expect(await fromPalette()).toEqual(expect.arrayContaining(['take-in', 'settings', 'help', 'shortcuts']));
});

const STAGES: Stage[] = [
  ...(['dashboard', 'profile', 'items', 'patterns', 'data', 'tests'] as const),
  ...(['findings', 'evidence', 'review', 'outputs', 'handover'] as const)
];
/** Windows that a key of a screen opens on the invented host. */
const BY_KEY: Partial<Record<Stage, string[]>> = {
  dashboard: ['p'],
  tests: ['d', 'g', 'w'],
  evidence: ['a'],
  outputs: ['t']
};

test.each(STAGES)(
  'a window that a key opened at the stage %s gives the focus back',
  { timeout: 60_000 },
  async (stage) => {
    openWindow({ begun: true, rows: 200 });
    await unlock();
    await press('exam-open-e1');
    const seen: string[] = [];
    const keys = [
      ...keysOf(placeOf(stage, 'files')).flatMap(([, lines]) => lines.map(([key]) => single(key))),
      '?'
    ];
    for (const key of keys) {
      // On a button these press it.
      if (key === null || key === 'Enter' || key === 'Delete') continue;
      await press(`stage-${stage}`);
      await until(() => expect(desk.stage).toBe(stage));
      await floating();
      const opener = await get(`stage-${stage}`);
      opener.focus();
      await user.keyboard(key);
      const dialog = await floating();
      if (!dialog) continue;
      seen.push(key);
      expect(dialog.contains(document.activeElement), `${key}: the focus is in the window`).toBe(true);
      await close(dialog);
      expect(document.activeElement, `${key}: the focus is back`).toBe(opener);
    }
    expect(seen).toEqual(expect.arrayContaining([...(BY_KEY[stage] ?? []), '?']));
  }
);
