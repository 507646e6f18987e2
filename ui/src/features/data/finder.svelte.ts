/** Looking for a text in the rows: on, back, which hit of how many. */
import { asError, call, type ErrorView } from '../../backend';
import type { Grid } from './grid.svelte';
import type { Line } from './line';

export class Finder {
  text = $state('');
  /** `null` while they are being counted. */
  nth = $state<number | null>(null);
  hits = $state<number | null>(null);
  /** What the figures belong to. */
  found = $state('');
  none = $state(false);
  /** The search went on at the other end. */
  wrapped = $state(false);
  error = $state<ErrorView | null>(null);
  #asked = 0;
  readonly #grid: Grid;
  readonly #line: Line;

  constructor(grid: Grid, line: Line) {
    this.#grid = grid;
    this.#line = line;
  }

  forget(): void {
    this.#asked += 1;
    Object.assign(this, { nth: null, hits: null, found: '', none: false, wrapped: false, error: null });
  }

  /** Goes to the next row that contains the text, or to the one before. */
  async next(back = false): Promise<void> {
    const text = this.text.trim();
    if (!text || this.#grid.total === 0) return;
    const again = this.found === text;
    const known = again ? this.hits : null;
    this.forget();
    this.found = text;
    this.hits = known;
    const asked = this.#asked;
    const at = Math.max(0, this.#grid.row);
    try {
      const from = again ? at + (back ? -1 : 1) : at;
      let found = from < 0 ? null : await this.#ask(text, from, back);
      if (asked !== this.#asked) return;
      if (found?.index == null) {
        found = await this.#ask(text, back ? Math.max(0, this.#grid.total - 1) : 0, back);
        if (asked !== this.#asked) return;
        this.wrapped = found.index !== null;
      }
      this.none = found.index === null;
      if (found.index === null) return;
      this.#grid.moveTo(found.index, this.#grid.col);
      void this.#count(asked, text, found.index);
    } catch (thrown) {
      if (asked !== this.#asked) return;
      const error = asError(thrown);
      this.forget();
      if (error.code !== 'cancelled') this.error = error;
    }
  }

  #ask(text: string, from: number, back: boolean, counted = false) {
    const data = $state.snapshot(this.#grid.request());
    return this.#line.run(() => call('data_find', { data, from, text, back, counted }), counted);
  }

  async #count(asked: number, text: string, index: number): Promise<void> {
    try {
      const { nth, hits } = await this.#ask(text, index, false, true);
      if (asked === this.#asked) Object.assign(this, { nth, hits });
    } catch {
      // The figure is only a help: what was found is shown already.
    }
  }
}
