/** What columns hold, asked for when it is looked at and kept as long as the stored tables are the same. */
import { asError, call, type DataProfileView, type DataSetView, type ErrorView } from '../../backend';
import type { Line } from './line';

export class Profiles {
  view = $state.raw<DataProfileView | null>(null);
  error = $state<ErrorView | null>(null);
  #known = new Map<string, DataProfileView>();
  #asked = 0;
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  /** Looks through a column, unless it was looked through before. */
  async of(set: DataSetView, column: string): Promise<DataProfileView> {
    const key = JSON.stringify([set.key, column, set.sheets.map((sheet) => sheet.id)]);
    const known = this.#known.get(key);
    if (known) return known;
    const view = await this.#line.run(() => call('data_profile', { dataset: set.key, column }), true);
    this.#known.set(key, view);
    return view;
  }

  async show(set: DataSetView, column: string): Promise<void> {
    const asked = ++this.#asked;
    this.view = null;
    this.error = null;
    try {
      const view = await this.of(set, column);
      if (asked === this.#asked) this.view = view;
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    }
  }

  /** The columns look different when tables came or went. */
  forget(): void {
    this.#known.clear();
  }
}
