/** Rows of a dataset with an inferred column: those in sight, which are selected, and correcting them. */
import {
  asError,
  call,
  type CorrectRequest,
  type DerivedPageView,
  type DerivedRowView,
  type ErrorView
} from '../../backend';
import { m } from '../../i18n';
import { count } from '../../shared/numbers';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';
import { isSigned } from '../../shared/state/signed';

/** Rows of a page; the host infers the whole column anew for each. */
const PAGE = 500;

/** What the host puts before the reason of a correction where it says what a value rests on. */
const CORRECTED = '查核人員更正：';

/** What was done last, in figures. */
export interface Done {
  rows: number;
  /** The value in words; `null` when corrections were taken back. */
  word: string | null;
  /** Whether it was a step that was taken back. */
  back: boolean;
}

/** What is asked of the host so that rows are as they were, and the imports that their numbers are of. */
interface Step {
  requests: CorrectRequest[];
  imports: string;
  done: Done;
}

/** What was said of an inferred column of an exam, one after the other. */
export const correctionEdits = (dataset: string, column: string): Edits<Step> =>
  editsOf(desk.exam ?? {}, `corrections of ${dataset}.${column}`);

/** Numbers of rows mean others after an import was taken back. */
const importsNow = async (): Promise<string> =>
  (await call('imports', null)).map(({ batch }) => batch).join(' ');

export class DerivedRows {
  readonly dataset: string;
  readonly column: string;
  /** Everything but the rows. */
  view = $state.raw<DerivedPageView | null>(null);
  rows = $state.raw<(DerivedRowView | undefined)[]>([]);
  /** Only rows with this value (an empty text: without one); `null`: all. */
  value = $state<string | null>(null);
  text = $state('');
  /** Row that the keys are on. */
  at = $state(-1);
  selected = $state.raw<ReadonlySet<number>>(new Set());
  error = $state.raw<ErrorView | null>(null);
  done = $state.raw<Done | null>(null);
  busy = $state(false);
  /** Whether it is known that the exam is not signed: what is signed is opened again before it is changed. */
  open = $state(false);
  readonly edits: Edits<Step>;
  #anchor = -1;
  /** What was selected before a range was begun. */
  #base: ReadonlySet<number> = new Set();
  #asked = 0;
  #loading = new Map<number, Promise<void>>();
  #seen = { first: 0, last: 0 };

  readonly current = $derived(this.rows[this.at]);
  /** What a correction would be about. */
  readonly targets = $derived.by(() => {
    if (this.selected.size === 0) return this.current ? [this.current] : [];
    return this.rows.filter((row): row is DerivedRowView => row !== undefined && this.selected.has(row.id));
  });
  readonly correctable = $derived(this.targets.filter((row) => row.corrected));
  readonly all = $derived((this.view?.counts ?? []).reduce((sum, one) => sum + one.rows, 0));

  constructor(dataset: string, column: string) {
    this.dataset = dataset;
    this.column = column;
    this.edits = correctionEdits(dataset, column);
  }

  /** Shows the rows; steps that are about rows of other imports are none any more. */
  async begin(): Promise<void> {
    await this.show();
    const { edits } = this;
    if (edits.undo === null && edits.redo === null) return;
    try {
      const imports = await importsNow();
      edits.keep((left) => left.imports === imports);
      this.open = !(await isSigned());
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  #page(page: number): Promise<DerivedPageView> {
    const { dataset, column, value, text } = this;
    return call('derived_rows', { dataset, column, value, text, offset: page * PAGE, limit: PAGE });
  }

  /** Asks anew; with `stay` the rows in sight and the one of the keys stay where they are. */
  async show(stay = false): Promise<void> {
    const asked = ++this.#asked;
    this.#loading.clear();
    this.error = null;
    const first = stay ? Math.floor(this.#seen.first / PAGE) : 0;
    try {
      const view = await this.#page(first);
      if (asked !== this.#asked) return;
      // The last row of a kind was corrected: there is nothing left to be narrowed to.
      if (this.value !== null && !view.counts.some((one) => one.value === this.value)) {
        this.value = null;
        return await this.show();
      }
      const rows = new Array<DerivedRowView | undefined>(view.total).fill(undefined);
      view.rows.forEach((row, n) => (rows[first * PAGE + n] = row));
      this.view = view;
      this.rows = rows;
      this.at = Math.min(stay ? Math.max(0, this.at) : 0, rows.length - 1);
      this.#select(new Set());
      void this.need(this.#seen.first, this.#seen.last);
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    }
  }

  narrow(value: string | null): void {
    this.value = value;
    this.done = null;
    void this.show();
  }

  /** Goes to the next kind, or to the one before. */
  step(by: number): void {
    const values = [null, ...(this.view?.counts ?? []).map((one) => one.value)];
    const next = values[values.indexOf(this.value) + by];
    if (next !== undefined) this.narrow(next);
  }

  search(text: string): void {
    if (text.trim() === this.text) return;
    this.text = text.trim();
    this.done = null;
    void this.show();
  }

  /** Loads the rows between two that are not here yet. */
  async need(first: number, last: number): Promise<void> {
    this.#seen = { first, last };
    await this.#load(first, last);
  }

  async #load(first: number, last: number): Promise<void> {
    const to = Math.min(last, this.rows.length - 1);
    for (let page = Math.floor(Math.max(0, first) / PAGE); page * PAGE <= to; page += 1) {
      const end = Math.min((page + 1) * PAGE, this.rows.length);
      if (!this.rows.slice(page * PAGE, end).includes(undefined)) continue;
      const loading = this.#loading.get(page) ?? this.#fill(page);
      this.#loading.set(page, loading);
      await loading;
    }
  }

  async #fill(page: number): Promise<void> {
    const asked = this.#asked;
    try {
      const view = await this.#page(page);
      if (asked !== this.#asked) return;
      const rows = [...this.rows];
      view.rows.forEach((row, n) => (rows[page * PAGE + n] = row));
      this.rows = rows;
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    }
  }

  #select(ids: ReadonlySet<number>): void {
    this.selected = this.#base = ids;
    this.#anchor = this.at;
  }

  /** Goes to a row; what is selected stays, or grows by the rows from where the keys were. */
  async go(index: number, extend = false): Promise<void> {
    if (this.rows.length === 0) return;
    this.at = Math.max(0, Math.min(this.rows.length - 1, index));
    if (!extend) {
      this.#select(this.selected);
      return this.#load(this.at, this.at);
    }
    const asked = this.#asked;
    await this.#load(Math.min(this.#anchor, this.at), Math.max(this.#anchor, this.at));
    if (asked !== this.#asked) return;
    const range = this.rows.slice(Math.min(this.#anchor, this.at), Math.max(this.#anchor, this.at) + 1);
    this.selected = new Set([...this.#base, ...range.flatMap((row) => (row ? [row.id] : []))]);
  }

  /** Selects the row of the keys, or does not any longer. */
  toggle(): void {
    if (!this.current) return;
    const ids = new Set(this.selected);
    if (!ids.delete(this.current.id)) ids.add(this.current.id);
    this.#select(ids);
  }

  /** A click: this row alone, this row too, or all up to it. */
  async pick(index: number, how: 'one' | 'add' | 'range'): Promise<void> {
    if (how === 'range') return this.go(index, true);
    await this.go(index);
    if (how === 'one') this.#select(new Set());
    this.toggle();
  }

  /** Selects every row that is asked for, or none when all are. */
  async selectAll(): Promise<void> {
    if (this.rows.length > 0 && this.selected.size === this.rows.length) return this.#select(new Set());
    const asked = this.#asked;
    await this.#load(0, this.rows.length - 1);
    if (asked !== this.#asked) return;
    this.#select(new Set(this.rows.flatMap((row) => (row ? [row.id] : []))));
  }

  /** Says what the rows are (`null`: not known); true when it was done. */
  correct(value: string | null, word: string, note: string): Promise<boolean> {
    return this.#change(this.targets, { value, note, restore: false }, word);
  }

  /** Takes corrections back. */
  restore(): Promise<boolean> {
    return this.#change(this.correctable, { value: null, note: '', restore: true }, null);
  }

  /** Takes the last step back, or brings back what was taken back. */
  async turn(back: boolean): Promise<void> {
    if (!this.busy && this.open) await this.edits.turn(back, (step) => this.#put(step));
  }

  async #put({ requests, imports, done }: Step): Promise<boolean> {
    return this.#store(requests, done, async () => {
      const now = await importsNow();
      if (now === imports) return;
      this.edits.keep((left) => left.imports === now);
      throw {
        code: 'other_rows',
        message: m.derived_other(),
        hint: m.derived_other_hint()
      } satisfies ErrorView;
    });
  }

  /** What makes rows again what they are now; `null` where the reason of a correction is not known. */
  #asStood(targets: DerivedRowView[]): CorrectRequest[] | null {
    const { dataset, column } = this;
    const requests = new Map<string, CorrectRequest>();
    for (const row of targets) {
      const said = this.#saidOf(row);
      if (said === null) return null;
      const like = JSON.stringify(said);
      const request = requests.get(like) ?? { dataset, column, rows: [], ...said };
      requests.set(like, { ...request, rows: [...request.rows, row.id] });
    }
    return [...requests.values()];
  }

  #saidOf({
    corrected,
    value,
    basis
  }: DerivedRowView): Omit<CorrectRequest, 'dataset' | 'column' | 'rows'> | null {
    if (!corrected) return { value: null, note: '', restore: true };
    const key = value === null ? null : this.view?.choices.find(([, word]) => word === value)?.[0];
    if (key === undefined || !basis.startsWith(CORRECTED)) return null;
    return { value: key, note: basis.substring(CORRECTED.length), restore: false };
  }

  async #change(
    targets: DerivedRowView[],
    said: Omit<CorrectRequest, 'dataset' | 'column' | 'rows'>,
    word: string | null
  ): Promise<boolean> {
    const rows = targets.map((row) => row.id);
    if (rows.length === 0 || this.busy) return false;
    const { dataset, column, edits } = this;
    const before = this.#asStood(targets);
    const after = [{ dataset, column, rows, ...said }];
    const done: Done = { rows: rows.length, word, back: false };
    if (!(await this.#store(after, done))) return false;
    const imports = await importsNow().catch(() => null);
    const n = count(rows.length);
    const what = (): string => (word === null ? m.derived_step_restore({ n }) : m.derived_step({ n, word }));
    if (before && imports !== null)
      edits.did(
        what,
        { requests: before, imports, done: { ...done, back: true } },
        { requests: after, imports, done }
      );
    // What came before is covered by what cannot be taken back.
    else edits.keep(() => false);
    return true;
  }

  async #store(requests: CorrectRequest[], done: Done, check?: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.error = this.done = null;
    try {
      await check?.();
      for (const request of requests) await call('derived_correct', request);
      await this.show(true);
      this.done = done;
      this.open = true;
      return true;
    } catch (thrown) {
      const error = asError(thrown);
      // Some of it may be stored.
      if (requests.length > 1) await this.show(true);
      this.error = error;
      this.open &&= error.code !== 'signed_off';
      return false;
    } finally {
      this.busy = false;
    }
  }
}
