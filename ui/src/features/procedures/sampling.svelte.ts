/** Samples drawn from the firm's lists, which of them is looked at, and the one that is being planned. */
import {
  asError,
  call,
  type DataSetView,
  type DrawnSampleView,
  type ErrorView,
  type SampleDrawRequest,
  type SampleMethodWord
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { named, seed, whole } from './figures';

export const METHODS: SampleMethodWord[] = ['random', 'interval', 'stratified', 'monetary', 'judgemental'];

export function methodWords(method: SampleMethodWord): { word: string; what: string } {
  switch (method) {
    case 'random':
      return { word: m.sample_random(), what: m.sample_random_what() };
    case 'interval':
      return { word: m.sample_interval(), what: m.sample_interval_what() };
    case 'stratified':
      return { word: m.sample_stratified(), what: m.sample_stratified_what() };
    case 'monetary':
      return { word: m.sample_monetary(), what: m.sample_monetary_what() };
    case 'judgemental':
      return { word: m.sample_judgemental(), what: m.sample_judgemental_what() };
  }
}

/** The host names the method of a drawn sample in its own words only. */
const OF_WORD: Record<string, SampleMethodWord> = {
  亂數: 'random',
  間隔: 'interval',
  分層: 'stratified',
  金額單位: 'monetary'
};

/** How a sample was drawn; of an unknown way nothing is concluded about the population. */
export const methodOf = (sample: DrawnSampleView): SampleMethodWord =>
  OF_WORD[sample.method] ?? 'judgemental';

const NUMBERS = ['int', 'num'];

/** A sample as it is planned; what was typed stays while another sample is looked at. */
export class Plan {
  dataset = $state('');
  method = $state<SampleMethodWord>('random');
  size = $state('');
  stratum = $state('');
  amount = $state('');
  seed = $state('');
  purpose = $state('');
  lines = $state('');
  readonly #sets: () => DataSetView[];

  constructor(sets: () => DataSetView[]) {
    this.#sets = sets;
  }

  readonly set = $derived.by(() => this.#sets().find((one) => one.key === this.dataset));
  readonly columns = $derived(this.set?.columns.filter((column) => column.present) ?? []);
  readonly amounts = $derived(this.columns.filter((column) => NUMBERS.includes(column.kind)));
  readonly named = $derived(named(this.lines));
  readonly seeded = $derived(seed(this.seed));
  readonly sized = $derived.by(() => {
    const size = whole(this.size);
    return size !== null && size > 0 && size <= (this.set?.rows ?? 0) ? size : null;
  });

  /** What is asked of the host; `null` while something is missing. */
  readonly request = $derived.by((): SampleDrawRequest | null => {
    const { dataset, method, seeded, named: rows } = this;
    if (!this.set || seeded === undefined) return null;
    const column = (key: string): string | null => (this.columns.some((one) => one.key === key) ? key : null);
    const stratum = method === 'stratified' ? column(this.stratum) : null;
    const amount = method === 'monetary' ? column(this.amount) : null;
    if ((method === 'stratified' && !stratum) || (method === 'monetary' && !amount)) return null;
    const base = { dataset, method, stratum, amount, seed: seeded, purpose: this.purpose.trim() };
    if (method !== 'judgemental') return this.sized ? { ...base, size: this.sized, chosen: [] } : null;
    if (rows.rows.length === 0 || rows.unread.length || rows.unreasoned.length) return null;
    return { ...base, size: rows.rows.length, chosen: rows.rows };
  });

  /** Another dataset has other columns and rows. */
  pick(dataset: string): void {
    this.dataset = dataset;
    this.stratum = this.amount = '';
  }
}

export class Sampling {
  samples = $state.raw<DrawnSampleView[] | null>(null);
  sets = $state.raw<DataSetView[]>([]);
  /** `null`: a sample is being planned. */
  current = $state.raw<DrawnSampleView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);
  readonly plan = new Plan(() => this.sets);

  async load(): Promise<void> {
    try {
      const [samples, sets] = await Promise.all([call('samples', null), call('data_sets', null)]);
      this.sets = sets.filter((set) => set.rows > 0);
      this.plan.pick(this.sets[0]?.key ?? '');
      this.samples = samples;
      this.current = samples[0] ?? null;
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  step(by: number): void {
    const all = this.samples ?? [];
    const at = this.current ? all.indexOf(this.current) : -1;
    this.current = all[Math.max(0, Math.min(all.length - 1, at + by))] ?? null;
  }

  /** Draws what is planned; the seed is not drawn with again unless it is typed again. */
  async draw(): Promise<boolean> {
    const { request } = this.plan;
    if (!request || this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      const plan = { title: m.job_sample(), place: 'tests' } as const;
      const drawn = await desk.jobs.run(plan, () => call('sample_draw', request));
      this.samples = [drawn, ...(this.samples ?? [])];
      this.current = drawn;
      Object.assign(this.plan, { size: '', seed: '', lines: '', purpose: '' });
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
