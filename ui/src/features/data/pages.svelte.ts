/** Rows of a query, a page at a time: those in sight first, then those that come next; the rest is forgotten. */
import { asError, type DataPageView, type DataRowView, type ErrorView } from '../../backend';

/** Rows of a page. */
export const PAGE = 100;
/** Pages that are kept. */
const KEPT = 40;
/** A bar that is being dragged leaps on before an answer comes: rows are asked for where it stays that long. */
const LEAP_MS = 40;
/** Nothing is shown as loading before. */
const PATIENCE_MS = 100;

export type Fetch = (offset: number, limit: number) => Promise<DataPageView>;

export class Pages {
  /** Rows that meet the conditions; `null` before the first answer. */
  total = $state<number | null>(null);
  error = $state<ErrorView | null>(null);
  /** The question was taken back before it was answered. */
  stopped = $state(false);
  /** An answer takes long enough to say so. */
  slow = $state(false);
  #version = $state(0);
  #pages = new Map<number, DataRowView[]>();
  #fetch: Fetch | null = null;
  #asked = 0;
  #busy = false;
  /** What is here belongs to the question before. */
  #stale = false;
  #first = 0;
  #last = -1;
  #down = true;
  #leapt: ReturnType<typeof setTimeout> | undefined;

  /** Asks something new. What was answered before stays in sight until there is an answer, for a moment. */
  ask(fetch: Fetch): void {
    this.#fetch = fetch;
    this.#asked += 1;
    this.#busy = false;
    this.#stale = true;
    this.error = null;
    this.stopped = false;
    this.slow = false;
    const asked = this.#asked;
    setTimeout(() => asked === this.#asked && this.#stale && this.#forget(), PATIENCE_MS);
    void this.#pump();
  }

  #forget(): void {
    this.#stale = false;
    this.#pages.clear();
    this.#version += 1;
  }

  /** A row, if it is here. */
  row(index: number): DataRowView | undefined {
    void this.#version;
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Says which rows are in sight. */
  show(first: number, last: number): void {
    const leap = Math.abs(first - this.#first) > 2 * PAGE;
    if (first !== this.#first) this.#down = first > this.#first;
    this.#first = first;
    this.#last = last;
    clearTimeout(this.#leapt);
    this.#leapt = undefined;
    if (leap) this.#leapt = setTimeout(() => this.#landed(), LEAP_MS);
    else void this.#pump();
  }

  #landed(): void {
    this.#leapt = undefined;
    void this.#pump();
  }

  /** Says that the question was taken back. */
  stop(): void {
    if (!this.#busy) return;
    this.#asked += 1;
    this.#busy = false;
    this.stopped = true;
    if (this.#stale) this.#forget();
  }

  /** The page that is missed most: in sight, then next in the direction of the last move. */
  #missed(): number | undefined {
    if (this.#leapt !== undefined) return undefined;
    const has = (page: number): boolean => !this.#stale && this.#pages.has(page);
    const first = Math.floor(this.#first / PAGE);
    const last = Math.floor(Math.max(this.#first, this.#last) / PAGE);
    const here = Array.from({ length: last - first + 1 }, (_, n) => first + n);
    if (!this.#down) here.reverse();
    const next = this.#down ? [last + 1, last + 2] : [first - 1, first - 2];
    const end = this.total === null || this.#stale ? last : Math.ceil(this.total / PAGE) - 1;
    return [...here, ...next].find((page) => page >= 0 && page <= Math.max(0, end) && !has(page));
  }

  async #pump(): Promise<void> {
    if (this.#busy || this.stopped || this.error || !this.#fetch) return;
    const asked = this.#asked;
    for (let page = this.#missed(); page !== undefined; page = this.#missed()) {
      this.#busy = true;
      const late = setTimeout(() => asked === this.#asked && (this.slow = true), PATIENCE_MS);
      try {
        const answer = await this.#fetch(page * PAGE, PAGE);
        if (asked !== this.#asked) return;
        this.#take(page, answer);
      } catch (thrown) {
        if (asked !== this.#asked) return;
        const error = asError(thrown);
        if (this.#stale) this.#forget();
        if (error.code === 'cancelled') this.stopped = true;
        else this.error = error;
        this.#busy = false;
        return;
      } finally {
        clearTimeout(late);
        if (asked === this.#asked) this.slow = false;
      }
      this.#busy = false;
    }
  }

  #take(page: number, answer: DataPageView): void {
    // What is not in sight is read when it comes into sight.
    const first = page * PAGE;
    const seen = this.#stale || (first <= this.#last && first + PAGE > this.#first);
    if (this.#stale) this.#pages.clear();
    this.#stale = false;
    this.#pages.delete(page);
    this.#pages.set(page, answer.rows);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= KEPT) break;
      this.#pages.delete(oldest);
    }
    this.total = answer.total;
    if (seen) this.#version += 1;
  }
}
