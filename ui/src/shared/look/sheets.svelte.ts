/** A workbook, or what a document says, as it would be written now: one sheet of it in sight. */
import { asError, call, type ErrorView, type EvidenceGridView, type EvidenceTextView } from '../../backend';
import { m } from '../../i18n';
import { desk } from '../state/desk.svelte';
import type { JobPlace } from '../state/jobs.svelte';

/** What was made: sheets by their names, or a text. */
export interface Made {
  sheets: string[];
  text?: EvidenceTextView | null;
}

export class Sheets {
  names = $state.raw<string[]>([]);
  text = $state.raw<EvidenceTextView | null>(null);
  /** The sheet in sight, from 0. */
  at = $state(0);
  grid = $state.raw<EvidenceGridView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  #turn = 0;

  constructor(readonly place: JobPlace) {}

  /** Makes it anew and shows its first sheet. */
  async open(make: () => Promise<Made>): Promise<void> {
    Object.assign(this, { names: [], text: null, at: 0, grid: null });
    await this.#ask(async (current) => {
      const made = await desk.jobs.run({ title: m.looks_job(), place: this.place }, make);
      if (!current()) return;
      Object.assign(this, { names: made.sheets, text: made.text ?? null });
      if (!made.text) await this.#draw(current);
    });
  }

  go(sheet: number): void {
    const next = Math.max(0, Math.min(this.names.length - 1, sheet));
    if (next === this.at) return;
    Object.assign(this, { at: next, grid: null });
    void this.#ask((current) => this.#draw(current));
  }

  /** Nothing that still comes is shown. */
  close(): void {
    this.#turn += 1;
  }

  async #draw(current: () => boolean): Promise<void> {
    const grid = await call('output_grid', { sheet: this.at });
    if (current()) this.grid = grid;
  }

  async #ask(work: (current: () => boolean) => Promise<void>): Promise<void> {
    const mine = (this.#turn += 1);
    const current = (): boolean => mine === this.#turn;
    this.error = null;
    try {
      await work(current);
    } catch (thrown) {
      if (current()) this.error = asError(thrown);
    }
  }
}
