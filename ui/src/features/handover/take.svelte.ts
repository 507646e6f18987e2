/** Taking in: the file that was looked at, what it would change, and what was decided about it. */
import { SvelteMap } from 'svelte/reactivity';
import {
  asError,
  call,
  type ErrorView,
  type MergeChangeView,
  type MergeDoneView,
  type RecordKindWord,
  type TakeInView
} from '../../backend';
import { m } from '../../i18n';
import { fileName } from '../../shared/paths';
import { desk } from '../../shared/state/desk.svelte';
import { Conflicts } from './conflicts.svelte';
import { Job } from './job.svelte';

/** Changes of a page. */
const PAGE = 100;

export const SIDES = ['changes', 'conflicts', 'blocked'] as const;
export type Side = (typeof SIDES)[number];

// No derived values: those end with the screen that read them first, and this stays.
export class TakeIn {
  typed = $state('');
  view = $state.raw<TakeInView | null>(null);
  side = $state<Side>('changes');
  /** An examiner answers for a sender who is not verified. */
  accepted = $state(false);
  done = $state.raw<MergeDoneView | null>(null);
  /** Only changes of this kind. */
  kind = $state<RecordKindWord | null>(null);
  total = $state(0);
  /** Place of the change in hand. */
  at = $state(0);
  readonly changes = new SvelteMap<number, MergeChangeView>();
  changesError = $state.raw<ErrorView | null>(null);
  readonly conflicts = new Conflicts();
  readonly job = new Job();
  #asked = new Set<number>();
  #turn = 0;

  /** Looks at a file; at the one of before again, what was decided about it stands. */
  async look(path: string): Promise<void> {
    if (path.trim() === '') return;
    const before = this.view?.sha256;
    const title = m.job_package_look({ name: fileName(path.trim()) });
    const view = await this.job.run(title, () => call('handover_inspect', { path: path.trim() }));
    if (!view) return;
    const same = view.sha256 === before;
    Object.assign(this, { view, typed: view.path, done: null, accepted: same && this.accepted });
    this.conflicts.take(view.conflicts, view.sha256);
    // Who sent it comes first, what is to be decided next.
    const sides: [Side, number][] = [
      ['blocked', view.blocked.length],
      ['conflicts', view.conflicts.length]
    ];
    if (!same)
      this.side = this.doubt === 'none' ? (sides.find(([, n]) => n > 0)?.[0] ?? 'changes') : 'changes';
    this.list(null);
  }

  /** Puts the file away. */
  drop(): void {
    Object.assign(this, { view: null, done: null, typed: '', accepted: false });
    this.conflicts.take([], '');
  }

  /** Lists the changes of a kind, or all. */
  list(kind: RecordKindWord | null): void {
    this.#turn += 1;
    this.#asked.clear();
    this.changes.clear();
    Object.assign(this, { kind, at: 0, total: 0, changesError: null });
    if (this.view?.changes) void this.#page(0);
  }

  /** Fetches what is in sight and not here yet. */
  see(first: number, last: number): void {
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1)
      void this.#page(page);
  }

  async #page(page: number): Promise<void> {
    const { view, kind } = this;
    if (this.#asked.has(page) || !view) return;
    this.#asked.add(page);
    const turn = this.#turn;
    try {
      const asked = { sha256: view.sha256, kind, offset: page * PAGE, limit: PAGE };
      const answer = await call('handover_changes', asked);
      if (turn !== this.#turn) return;
      this.total = answer.total;
      answer.rows.forEach((row, n) => this.changes.set(page * PAGE + n, row));
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.#asked.delete(page);
      this.changesError = asError(thrown);
    }
  }

  step(by: number): void {
    this.at = Math.max(0, Math.min(this.total - 1, this.at + by));
  }

  /** Whether somebody has to answer for the sender, or nobody may. */
  get doubt(): 'none' | 'answer' | 'bar' {
    const trust = this.view?.sender?.trust;
    if (trust === 'key_changed') return 'bar';
    return trust === undefined || trust === 'verified' ? 'none' : 'answer';
  }

  /** Whether it can be taken in by what it is; what is still missing stands beside the button. */
  get possible(): boolean {
    const { standing, exam } = this.view ?? {};
    return standing === 'new_exam' || (standing === 'mergeable' && exam?.open === true);
  }

  get ready(): boolean {
    const answered = this.doubt === 'none' || (this.doubt === 'answer' && this.accepted);
    const free = this.conflicts.open === 0 && this.view?.blocked.length === 0;
    return this.possible && answered && free && !this.job.running && this.done === null;
  }

  async apply(): Promise<void> {
    const { view } = this;
    if (!view || !this.ready) return;
    const { path, sha256 } = view;
    const asked = {
      path,
      sha256,
      sender_accepted: this.doubt === 'answer' && this.accepted,
      choices: this.conflicts.choices
    };
    const title = m.job_package_merge({ name: fileName(path) });
    this.done = await this.job.run(title, async () => {
      await desk.settle();
      return call('merge_apply', asked);
    });
    if (this.done) await desk.renewExam();
  }
}
