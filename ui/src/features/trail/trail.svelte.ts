/** The journal as it is looked at: pages that are fetched as they come in sight, one entry, the checkpoint. */
import { SvelteMap } from 'svelte/reactivity';
import {
  asError,
  call,
  type CheckpointView,
  type ErrorView,
  type TrailEntryView,
  type TrailLineView,
  type TrailRequest,
  type TrailVerdictView
} from '../../backend';
import { parseDate } from '../../shared/dates';

/** Entries of a page. */
const PAGE = 100;

export class Trail {
  /** The vault's own journal instead of the exam's. */
  vault = $state(false);
  by = $state('');
  action = $state('');
  subject = $state('');
  text = $state('');
  from = $state('');
  to = $state('');
  total = $state<number | null>(null);
  people = $state.raw<string[]>([]);
  families = $state.raw<string[]>([]);
  entry = $state.raw<TrailEntryView | null>(null);
  checkpoint = $state.raw<CheckpointView | null>(null);
  verdict = $state.raw<TrailVerdictView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  verifyError = $state.raw<ErrorView | null>(null);
  lines = new SvelteMap<number, TrailLineView>();
  /** What was asked for last: an answer to an earlier question is none. */
  #turn = 0;
  #asked = new Set<number>();

  constructor(vault: boolean) {
    this.vault = vault;
  }

  #request(offset: number): TrailRequest {
    const day = (typed: string): string => parseDate(typed) ?? '';
    const { vault, by, action, subject, text } = this;
    return { vault, by, action, subject, text, from: day(this.from), to: day(this.to), offset, limit: PAGE };
  }

  /** Asks anew, from the first entry on. */
  async load(): Promise<void> {
    this.#turn += 1;
    this.#asked.clear();
    this.lines.clear();
    await this.#page(0);
  }

  /** Fetches what is in sight and not here yet. */
  see(first: number, last: number): void {
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) {
      void this.#page(page);
    }
  }

  async #page(page: number): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    const turn = this.#turn;
    try {
      const view = await call('trail', this.#request(page * PAGE));
      if (turn !== this.#turn) return;
      this.error = null;
      this.total = view.total;
      this.people = view.people;
      this.families = view.families;
      view.lines.forEach((line, n) => this.lines.set(page * PAGE + n, line));
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.#asked.delete(page);
      this.error = asError(thrown);
    }
  }

  /** Place of the entry in hand in the list; -1 while it is not in it. */
  get current(): number {
    const seq = this.entry?.line.seq;
    return [...this.lines].find(([, line]) => line.seq === seq)?.[0] ?? -1;
  }

  async look(seq: number): Promise<void> {
    try {
      this.entry = await call('trail_entry', { vault: this.vault, seq });
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  async step(by: number): Promise<void> {
    const line = this.lines.get(Math.max(0, this.current + by));
    if (line) await this.look(line.seq);
  }

  /** The journal of the exam, or of the vault. */
  async turn(vault: boolean): Promise<void> {
    this.vault = vault;
    this.entry = null;
    this.verdict = null;
    this.by = this.action = '';
    await Promise.all([this.load(), this.measure()]);
  }

  async measure(): Promise<void> {
    this.checkpoint = null;
    try {
      this.checkpoint = await call('trail_checkpoint', { vault: this.vault });
    } catch (thrown) {
      this.verifyError = asError(thrown);
    }
  }

  async verify(checkpoint: string): Promise<void> {
    this.verdict = null;
    this.verifyError = null;
    try {
      this.verdict = await call('trail_verify', { vault: this.vault, checkpoint });
    } catch (thrown) {
      this.verifyError = asError(thrown);
    }
  }
}
