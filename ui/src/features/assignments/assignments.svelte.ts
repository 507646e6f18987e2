/** The division of work: what is listed, what is selected, and giving it to somebody. */
import {
  asError,
  call,
  type AssignmentsView,
  type AssignRequest,
  type ErrorView,
  type WorkView,
  type WorkWord
} from '../../backend';
import { m } from '../../i18n';
import { fold, foldedWords } from '../../shared/fold';
import { count } from '../../shared/numbers';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';
import { mine } from '../../shared/state/mine.svelte';

export const KINDS: WorkWord[] = ['document', 'chapter', 'system', 'procedure'];

/** One text for a thing, so that it can be selected. */
export const idOf = ({ work }: WorkView): string => `${work.kind}:${work.key}`;

/** What was given in an exam, one step after the other: who had each thing before, and who then. */
export const givenEdits = (): Edits<AssignRequest[]> => editsOf(desk.exam ?? {}, 'assignments');

/** Things as they are given now: a request for each person, and one for those that nobody has. */
const asGiven = (works: WorkView[]): AssignRequest[] =>
  [...new Set(works.map(({ person }) => person))].map((person) => ({
    works: works.filter((work) => work.person === person).map(({ work }) => work),
    person
  }));

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
    const after = { works: works.map(({ work }) => work), person };
    const before = asGiven(works);
    // Who left the team, and what is in the exam no more, cannot be given again.
    const again = works.every((work) => !work.person || (this.#known(work.person) && !work.gone));
    if (!(await this.#give([after]))) return;
    this.selected = new Set();
    const [first] = works;
    const what = (): string =>
      works.length === 1 && first
        ? m.work_person_of({ what: first.title || first.work.key })
        : m.assign_step({ n: count(works.length) });
    const same = before.every((request) => request.person === person);
    if (again && !same) givenEdits().did(what, before, [after]);
  }

  #known(person: string): boolean {
    return this.view?.people.includes(person) ?? false;
  }

  async #give(requests: AssignRequest[]): Promise<boolean> {
    for (const request of requests) if (!(await this.#take(call('assign', request)))) return false;
    this.given = requests.reduce((all, { works }) => all + works.length, 0);
    await Promise.all([mine.load(), desk.refresh()]);
    return true;
  }

  /** Takes the last step back, or brings back what was taken back. */
  turn(back: boolean): Promise<void> {
    return givenEdits().turn(back, (requests) => this.#give(requests));
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
