import { fireEvent } from '@testing-library/svelte';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { desk, type Stage } from '../shared/state/desk.svelte';
import { get, has, openWindow, press, unlock, until, user } from '../shared/testing/window';
import { keysOf, single, type Place } from './keymap';
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

/** What floated something, and of that what did not have the focus or did not give it back. */
interface Tried {
  seen: string[];
  lost: string[];
}

/** Closes what floats, if anything does, and looks where the focus was and is. */
async function look(tried: Tried, what: string, opener: HTMLElement): Promise<void> {
  const dialog = await floating();
  if (!dialog) return;
  tried.seen.push(what);
  if (!dialog.contains(document.activeElement)) tried.lost.push(`${what}: not in the window`);
  await close(dialog);
  if (document.activeElement !== opener) tried.lost.push(`${what}: not back`);
}

/** Chooses every command of the palette from a button that stays. */
async function fromPalette(): Promise<Tried> {
  const tried: Tried = { seen: [], lost: [] };
  for (const { id } of commands().filter((one) => !LEAVES.has(one.id))) {
    // The keys of a screen are offered while it is in sight.
    const entry = commands().find((one) => one.id === id);
    if (!entry) continue;
    const opener = await get('palette-open');
    await user.click(opener);
    await fireEvent.input(await get('palette-input'), { target: { value: entry.word } });
    const alike = commands().filter((one) => one.word === entry.word);
    const options = [...document.querySelectorAll('[role=option]')].filter(
      (one) => one.firstElementChild?.textContent === entry.word
    );
    await user.click(options[alike.findIndex((one) => one.id === id)]!);
    await until(() => expect(has('palette')).toBe(false));
    await look(tried, id, opener);
  }
  return tried;
}

test('a window that the palette opened in an exam gives the focus back', { timeout: 120_000 }, async () => {
  openWindow({ begun: true, rows: 200 });
  await unlock();
  await press('exam-open-e1');
  await press('stage-items');
  const { seen, lost } = await fromPalette();
  expect(lost).toEqual([]);
  expect(seen).toEqual(
    expect.arrayContaining([
      ...['assignments', 'backups', 'carry', 'contacts', 'editions', 'help', 'keys', 'own', 'pictures'],
      ...['requests', 'sampling', 'settings', 'shortcuts', 'templates', 'trail']
    ])
  );
});

test('so does one that it opened over all exams', { timeout: 60_000 }, async () => {
  openWindow();
  await unlock();
  const { seen, lost } = await fromPalette();
  expect(lost).toEqual([]);
  expect(seen).toEqual(expect.arrayContaining(['take-in', 'settings', 'help', 'shortcuts']));
});

/** The counting of equipment is not among them: there every key is meant for its field. */
const PLACES: Place[] = [
  ...(['dashboard', 'profile', 'items', 'patterns', 'data', 'rows', 'tests'] as const),
  ...(['findings', 'evidence', 'review', 'outputs', 'handover'] as const)
];
/** Windows that a key of a screen opens on the invented host. */
const BY_KEY: Partial<Record<Place, string[]>> = {
  dashboard: ['p'],
  rows: ['f'],
  tests: ['d', 'g', 'w'],
  evidence: ['a'],
  outputs: ['t']
};

test.each(PLACES)(
  'a window that a key opened at the place %s gives the focus back',
  { timeout: 60_000 },
  async (place) => {
    const stage = place === 'rows' ? 'data' : (place as Stage);
    openWindow({ begun: true, rows: 200 });
    await unlock();
    await press('exam-open-e1');
    const tried: Tried = { seen: [], lost: [] };
    const keys = [...keysOf(place).flatMap(([, lines]) => lines.map(([key]) => single(key))), '?'];
    for (const key of keys) {
      // On a button these press it.
      if (key === null || key === 'Enter' || key === 'Delete') continue;
      desk.dataSide = place === 'rows' ? 'rows' : 'files';
      await press(`stage-${stage}`);
      await until(() => expect(desk.stage).toBe(stage));
      await floating();
      const opener = await get(`stage-${stage}`);
      opener.focus();
      await user.keyboard(key);
      await look(tried, key, opener);
    }
    expect(tried.lost).toEqual([]);
    expect(tried.seen).toEqual(expect.arrayContaining([...(BY_KEY[place] ?? []), '?']));
  }
);
