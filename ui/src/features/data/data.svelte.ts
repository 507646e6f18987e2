/** The stored data of an exam: its datasets, the one that is looked at, and what was asked of it. */
import { asError, call, type DataSetView, type ErrorView } from '../../backend';
import { m } from '../../i18n';
import { copyText } from '../../shared/clipboard';
import { count } from '../../shared/numbers';
import { desk } from '../../shared/state/desk.svelte';
import type { Job } from '../../shared/state/jobs.svelte';
import { keeper } from '../../shared/state/keeper.svelte';
import { Finder } from './finder.svelte';
import { Grid } from './grid.svelte';
import { Line } from './line';
import { Profiles } from './profiles.svelte';

/** Rows that are copied at once. */
export const COPIED = 5_000;

export class Data {
  sets = $state.raw<DataSetView[] | null>(null);
  error = $state<ErrorView | null>(null);
  /** Why rows were not copied. */
  refused = $state<ErrorView | null>(null);
  /** What the pane at the right shows. */
  side = $state<'row' | 'column' | null>('row');
  /** What was just done, in a line. */
  notice = $state('');
  readonly line = new Line();
  readonly grid = new Grid(this.line);
  readonly finder = new Finder(this.grid, this.line);
  readonly profiles = new Profiles(this.line);
  #job: Job | null = null;

  constructor() {
    this.line.onbusy = (busy) => this.#tell(busy);
  }

  #tell(busy: boolean): void {
    this.#job?.end('done');
    const plan = { title: m.data_working(), place: 'data', cancel: () => this.grid.stop() } as const;
    this.#job = busy ? desk.jobs.begin(plan) : null;
  }

  /** Reads which datasets there are, and opens the one that was open, or the first. */
  async load(wanted = ''): Promise<void> {
    try {
      const sets = await call('data_sets', null);
      this.error = null;
      this.sets = sets;
      const key = wanted || (this.grid.set?.key ?? '');
      const set = sets.find((one) => one.key === key) ?? sets[0];
      if (set) this.open(set);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  open(set: DataSetView): void {
    this.notice = '';
    this.finder.forget();
    this.grid.open(set);
  }

  step(by: number): void {
    const sets = this.sets ?? [];
    const at = sets.findIndex((set) => set.key === this.grid.set?.key);
    const next = sets[at + by];
    if (next) this.open(next);
  }

  /** Copies rows as a table: those that are selected, or all that meet the conditions. */
  async copy(all: boolean): Promise<void> {
    const [from, to] = all ? [0, this.grid.total - 1] : this.grid.range;
    const rows = to - Math.max(0, from) + 1;
    this.notice = '';
    this.refused = null;
    if (rows < 1) return;
    if (rows > COPIED) {
      const message = m.copy_too_many({ n: count(rows), most: count(COPIED) });
      this.refused = { code: 'too_many', message, hint: m.copy_too_many_hint() };
      return;
    }
    const request = $state.snapshot(this.grid.request(Math.max(0, from), rows));
    try {
      const text = this.line.run(() => call('data_copy', request));
      const done = await copyText(text.then((copied) => copied.text));
      const copied = await text;
      if (done) this.notice = m.copied({ n: count(copied.rows) });
      else this.refused = { code: 'clipboard', message: m.copy_refused(), hint: m.copy_refused_hint() };
    } catch (thrown) {
      const error = asError(thrown);
      if (error.code !== 'cancelled') this.refused = error;
    }
  }
}

/** What is looked at in an exam; it stays while another stage is, and goes with the exam. */
export const dataOf = keeper(() => new Data());
