/** The division of work: what is listed, what is selected, and giving it to somebody. */
import {
  asError,
  call,
  type AssignmentsView,
  type ErrorView,
  type WorkView,
  type WorkWord
} from '../../backend';
import { fold, foldedWords } from '../../shared/fold';
import { desk } from '../../shared/state/desk.svelte';
import { mine } from '../../shared/state/mine.svelte';

export const KINDS: WorkWord[] = ['document', 'chapter', 'system', 'procedure'];

/** One text for a thing, so that it can be selected. */
export const idOf = ({ work }: WorkView): string => `${work.kind}:${work.key}`;

export class Assignments {
  view = $state.raw<AssignmentsView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);
  /** How many things the last step gave or took; `null` before there was one. */
  given = $state<number | null>(null);
  query = $state('');
  /** Which kind is listed; empty: all. */
  kind = $state<WorkWord | ''>('');
  /** Only what nobody has. */
  free = $state(false);
  selected = $state.raw<ReadonlySet<string>>(new Set());
  /** The row in hand. */
  at = $state(0);

  readonly shown = $derived.by(() => {
    const words = foldedWords(this.query);
    return (this.view?.works ?? []).filter((work) => {
      if (this.kind && work.work.kind !== this.kind) return false;
      if (this.free && (work.person || work.through)) return false;
      const heap = fold([work.work.key, work.title, work.person, work.through].join('\n'));
      return words.every((word) => heap.includes(word));
    });
  });
  /** What giving is about: what is selected, or the row in hand. */
  readonly chosen = $derived.by(() => {
    const picked = (this.view?.works ?? []).filter((work) => this.selected.has(idOf(work)));
    const here = this.shown[this.at];
    return picked.length ? picked : here ? [here] : [];
  });

  async #take(work: Promise<AssignmentsView>): Promise<boolean> {
    this.busy = true;
    this.error = null;
    this.given = null;
    try {
      this.view = await work;
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  load(): Promise<boolean> {
    return this.#take(call('assignments', null));
  }

  /** Gives things to a person, or to nobody (an empty name). */
  async give(works: WorkView[], person: string): Promise<void> {
    if (!works.length || this.busy) return;
    const request = { works: works.map(({ work }) => work), person };
    if (!(await this.#take(call('assign', request)))) return;
    this.given = works.length;
    this.selected = new Set();
    await Promise.all([mine.load(), desk.refresh()]);
  }

  select(work: WorkView): void {
    const now = new Set(this.selected);
    if (!now.delete(idOf(work))) now.add(idOf(work));
    this.selected = now;
  }

  /** All that is listed, or nothing where all of it is selected. */
  selectAll(): void {
    const all = this.shown.map(idOf);
    this.selected = all.every((id) => this.selected.has(id)) ? new Set() : new Set(all);
  }

  unselect(): void {
    this.selected = new Set();
  }

  /** Onwards or back, perhaps taking what lies there into the selection. */
  move(by: number, extend: boolean): void {
    const from = this.shown[this.at];
    this.at = Math.max(0, Math.min(this.shown.length - 1, this.at + by));
    const to = this.shown[this.at];
    if (extend && from && to) this.selected = new Set([...this.selected, idOf(from), idOf(to)]);
  }
}
