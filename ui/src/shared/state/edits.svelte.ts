/**
 * What can be taken back and brought back. The keys (Ctrl+Z, Ctrl+Y) and the line that says what they would do are the
 * frame's; the screen in sight says what that is.
 */

import { m } from '../../i18n';
import { keeper } from './keeper.svelte';

/** The steps of the screen in sight. */
export interface Turning {
  /** What would be taken back, in words; `null` when there is nothing. */
  readonly undo: string | null;
  /** What would be brought back. */
  readonly redo: string | null;
  turn(back: boolean): Promise<unknown>;
}

/** Tells the frame of steps that are kept elsewhere. */
export const turning = (
  kept: { readonly undo: string | null; readonly redo: string | null },
  turn: Turning['turn']
): Turning => ({
  get undo() {
    return kept.undo;
  },
  get redo() {
    return kept.redo;
  },
  turn
});

/** What is offered: taking back, bringing back, each with its key. */
export function turnSteps(
  turning: Turning | null
): { name: string; hint: string; keys: string; back: boolean }[] {
  const { undo = null, redo = null } = turning ?? {};
  const all = [];
  if (undo) all.push({ name: 'undo', hint: m.undo_hint({ what: undo }), keys: 'Ctrl+Z', back: true });
  if (redo) all.push({ name: 'redo', hint: m.redo_hint({ what: redo }), keys: 'Ctrl+Y', back: false });
  return all;
}

interface Edit<T> {
  /** What it was about, in words of the language of the moment. */
  what: () => string;
  before: T;
  after: T;
}

/** Steps that are kept: more than anybody takes back, less than a day of typing. */
const KEPT = 200;

/** Changes that were stored one after the other, each with what was there before. */
export class Edits<T> {
  // No derived values: those end with the screen that read them first, and this stays.
  #past = $state.raw<Edit<T>[]>([]);
  #future = $state.raw<Edit<T>[]>([]);
  #busy = false;

  get undo(): string | null {
    return this.#past.at(-1)?.what() ?? null;
  }

  get redo(): string | null {
    return this.#future.at(-1)?.what() ?? null;
  }

  /** Something new was stored: what was taken back before cannot be brought back any longer. */
  did(what: () => string, before: T, after: T): void {
    this.#past = [...this.#past, { what, before, after }].slice(-KEPT);
    this.#future = [];
  }

  /** Steps that can be turned no longer, because of what happened to the state they left, are none. */
  keep(still: (left: T) => boolean): void {
    const kept = (edits: Edit<T>[], left: (edit: Edit<T>) => T): Edit<T>[] =>
      edits.every((edit) => still(left(edit))) ? edits : edits.filter((edit) => still(left(edit)));
    this.#past = kept(this.#past, ({ after }) => after);
    this.#future = kept(this.#future, ({ before }) => before);
  }

  /** Stores the state before the last step, or after the next; a step that is refused stays where it is. */
  async turn(back: boolean, put: (state: T) => Promise<boolean>): Promise<void> {
    const [from, to] = back ? [this.#past, this.#future] : [this.#future, this.#past];
    const edit = from.at(-1);
    if (!edit || this.#busy) return;
    this.#busy = true;
    try {
      if (!(await put(back ? edit.before : edit.after))) return;
    } finally {
      this.#busy = false;
    }
    const [less, more] = [from.slice(0, -1), [...to, edit]];
    [this.#past, this.#future] = back ? [less, more] : [more, less];
  }
}

const things = keeper(() => new Map<string, Edits<never>>());

/** The changes to one thing of an exam, or of the vault, in this session; they stay while another stage is looked at. */
export function editsOf<T>(of: object, thing: string): Edits<T> {
  const all = things(of);
  const edits = (all.get(thing) as Edits<T> | undefined) ?? new Edits<T>();
  all.set(thing, edits as Edits<never>);
  return edits;
}
