/** A picture of a column: what may be chosen, what is chosen, and what the host counted. */
import {
  asError,
  call,
  type AnalysisKind,
  type AnalysisRequest,
  type AnalysisView,
  type DataSetView,
  type ErrorView,
  type ProcedureView
} from '../../backend';
import type { PictureOf } from '../../shared/state/desk.svelte';

export const KINDS: AnalysisKind[] = ['ageing', 'strata', 'benford'];

const DATES = ['date', 'datetime'];
const NUMBERS = ['int', 'num'];
const kindsFor = (kind: AnalysisKind): string[] => (kind === 'ageing' ? DATES : NUMBERS);

/** Upper limits as they are typed, apart by commas or blanks; `null` when they cannot be meant so. */
export function limits(typed: string): number[] | null {
  // A comma with three digits after it belongs to a number; a blank or 、 always parts two.
  const parts = typed
    .normalize('NFKC')
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .split(/[\s,、;]+/)
    .filter((part) => part !== '');
  const numbers = parts.map((part) => (/^-?\d+(\.\d+)?$/.test(part) ? Number(part) : NaN));
  const rising = numbers.every((n, at) => at === 0 || n > (numbers[at - 1] ?? n));
  return numbers.every(Number.isFinite) && rising ? numbers : null;
}

export class Pictures {
  sets = $state.raw<DataSetView[] | null>(null);
  procedures = $state.raw<ProcedureView[]>([]);
  view = $state.raw<AnalysisView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);
  dataset = $state('');
  column = $state('');
  kind = $state<AnalysisKind>('ageing');
  /** Only the rows that the latest run of this procedure lists; empty: all. */
  procedure = $state('');
  /** Upper limits of one's own, as they are typed; empty: the usual ones. */
  typed = $state('');
  #asked = 0;
  #typedFor = '';

  readonly set = $derived(this.sets?.find((set) => set.key === this.dataset));
  readonly columns = $derived(
    this.set?.columns.filter((column) => column.present && kindsFor(this.kind).includes(column.kind)) ?? []
  );
  /** Procedures that listed rows and read this dataset. */
  readonly listing = $derived(
    this.procedures.filter(({ run, datasets }) => {
      const rows = run ? run.exceptions + run.unknown + run.leads : 0;
      return rows > 0 && this.set !== undefined && datasets.includes(this.set.zh);
    })
  );
  readonly bounds = $derived(this.kind === 'benford' ? [] : limits(this.typed));

  readonly request = $derived.by((): AnalysisRequest | null => {
    const { dataset, column, kind, bounds } = this;
    if (bounds === null || !this.columns.some((one) => one.key === column)) return null;
    const procedure = this.listing.some((one) => one.id === this.procedure) ? this.procedure : null;
    return { dataset, column, kind, procedure, bounds };
  });

  async load(of: PictureOf): Promise<void> {
    try {
      const [sets, procedures] = await Promise.all([call('data_sets', null), call('procedures', null)]);
      this.sets = sets.filter((set) => set.rows > 0);
      this.procedures = procedures;
      const read = procedures.find((one) => one.id === of.procedure)?.datasets ?? [];
      const set =
        this.sets.find((one) => one.key === of.dataset) ??
        this.sets.find((one) => read.includes(one.zh)) ??
        this.sets[0];
      const column = set?.columns.find((one) => one.key === of.column);
      if (column) this.kind = DATES.includes(column.kind) ? 'ageing' : 'strata';
      this.pick(set?.key ?? '', of.column);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Another dataset: its own columns, and a kind for which it has one. */
  pick(dataset: string, column = ''): void {
    this.dataset = dataset;
    const other = KINDS.find((kind) =>
      this.set?.columns.some((one) => one.present && kindsFor(kind).includes(one.kind))
    );
    if (this.columns.length === 0 && other) this.kind = other;
    this.#settle(column);
  }

  choose(kind: AnalysisKind): void {
    this.kind = kind;
    this.#settle(this.column);
  }

  /** The column that was meant where there is a picture of it, else the first. */
  #settle(column: string): void {
    this.column = (this.columns.find((one) => one.key === column) ?? this.columns[0])?.key ?? '';
    if (!this.listing.some((one) => one.id === this.procedure)) this.procedure = '';
    // Limits in days say nothing about amounts, nor those of one column about another.
    const typedFor = `${this.dataset}/${this.column}`;
    if (typedFor !== this.#typedFor) this.typed = '';
    this.#typedFor = typedFor;
    void this.draw();
  }

  of(column: string): void {
    this.#settle(column);
  }

  /** Counts what is chosen; an answer to an earlier choice is let go. */
  async draw(): Promise<void> {
    const asked = ++this.#asked;
    const { request } = this;
    this.error = null;
    // What was drawn before stays while limits are being typed, as what it is.
    if (this.bounds === null) return void (this.busy = false);
    if (!request) {
      this.view = null;
      this.busy = false;
      return;
    }
    this.busy = true;
    try {
      const view = await call('analysis', request);
      if (asked === this.#asked) this.view = view;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.view = null;
      this.error = asError(thrown);
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }
}
