/** The columns of a dataset on the screen. What somebody made of their widths is remembered while the program runs. */
import type { DataColumnView, DataRowView } from '../../backend';
import { letters } from '../../shared/letters';
import { digits, edges, fitting, inSight, NARROWEST, WIDEST } from './columns';

const scale = letters();

/** Widths made by hand, by dataset and column. */
const remembered = new Map<string, number>();

export interface Shown extends DataColumnView {
  /** Its place among the columns of the dataset, which is that of its cells in a row. */
  at: number;
  /** Its place among those that are shown. */
  col: number;
}

export class Columns {
  dataset = $state('');
  all = $state.raw<Shown[]>([]);
  #fitted = $state.raw<Record<string, number>>({});
  #byHand = $state<Record<string, number>>({});
  #largest = $state(99);

  readonly widths = $derived(this.all.map(({ key }) => this.#byHand[key] ?? this.#fitted[key] ?? 96 * scale));
  readonly edges = $derived(edges(this.widths));
  readonly width = $derived(this.edges[this.edges.length - 1] ?? 0);
  /** Width of the number of the row, and of the row's number in its file. */
  #count = $state(99);
  readonly frozen = $derived([digits(this.#count) * scale, digits(this.#largest) * scale] as const);
  readonly fixed = $derived(this.frozen[0] + this.frozen[1]);

  /** Takes the columns that some table has. */
  take(dataset: string, columns: readonly DataColumnView[]): void {
    this.dataset = dataset;
    this.all = columns
      .map((column, at) => ({ ...column, at }))
      .filter((column) => column.present)
      .map((column, col) => ({ ...column, col }));
    this.#fitted = {};
    this.#largest = 99;
    const mine = this.all.flatMap(({ key }) => {
      const width = remembered.get(`${dataset}/${key}`);
      return width === undefined ? [] : [[key, width] as const];
    });
    this.#byHand = Object.fromEntries(mine);
  }

  /** Fits widths to the first rows, once. */
  fit(rows: readonly DataRowView[], count: number): void {
    this.#count = count;
    const largest = Math.max(0, ...rows.map((row) => row.row.row), count);
    if (largest > this.#largest) this.#largest = largest;
    if (Object.keys(this.#fitted).length > 0 || rows.length === 0) return;
    this.#fitted = Object.fromEntries(
      this.all.map((column) => [column.key, fitting(column, column.at, rows) * scale])
    );
  }

  resize(key: string, width: number): void {
    const wide = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
    this.#byHand[key] = wide;
    remembered.set(`${this.dataset}/${key}`, wide);
  }

  /** Back to the width that fits. */
  restore(key: string): void {
    delete this.#byHand[key];
    remembered.delete(`${this.dataset}/${key}`);
  }

  inSight(x: number, view: number): { first: number; last: number } {
    return inSight(this.edges, x, x + Math.max(0, view - this.fixed));
  }
}
