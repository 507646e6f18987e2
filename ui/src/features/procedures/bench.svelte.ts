/** The procedures, which of them is looked at, and running them. */
import {
  asError,
  call,
  type DispositionWord,
  type ErrorView,
  type OverrideRequest,
  type ProcedureView
} from '../../backend';
import { desk } from '../../shared/state/desk.svelte';
import { Grid } from './grid.svelte';
import { Reperform } from './reperform.svelte';
import { runsOf } from './runs.svelte';
import { turnsOf } from './turns.svelte';

export class Bench {
  procedures = $state.raw<ProcedureView[] | null>(null);
  id = $state('');
  error = $state<ErrorView | null>(null);
  readonly runs = runsOf(desk.exam ?? {});
  readonly turns = turnsOf(desk.exam ?? {});
  readonly reperform = new Reperform();
  readonly grid = new Grid();
  #gone = false;

  readonly current = $derived(this.procedures?.find((p) => p.id === this.id));
  readonly families = $derived.by(() => {
    const all = this.procedures ?? [];
    return [...new Set(all.map((p) => p.family))].map((family) => ({
      family,
      procedures: all.filter((p) => p.family === family)
    }));
  });

  get running(): boolean {
    return this.runs.running;
  }

  async load(): Promise<void> {
    try {
      this.procedures = await call('procedures', null);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  async open(id: string): Promise<void> {
    this.id = id;
    if (this.current) await this.grid.show(this.current);
  }

  move(step: number): void {
    const all = this.families.flatMap((f) => f.procedures);
    const at = all.findIndex((p) => p.id === this.id);
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    if (next && next.id !== this.id) void this.open(next.id);
  }

  /** Runs procedures, then shows what became of them. */
  async run(procedures: string[], overrides: OverrideRequest[] = []): Promise<void> {
    this.error = null;
    await this.runs.run(procedures, overrides, () => this.again());
  }

  /** Reads everything again after a run. */
  async again(): Promise<void> {
    if (!this.#gone) {
      await this.load();
      if (this.current && !this.#gone) await this.grid.show(this.current);
    }
    await desk.refresh();
  }

  /** The screen is gone; what runs goes on. */
  leave(): void {
    this.#gone = true;
  }

  /** Runs the latest run of the procedure in hand again and compares. */
  check(): void {
    if (this.current?.run && !this.running) void this.reperform.check(this.current.run.id);
  }

  runAll(): Promise<void> {
    return this.run((this.procedures ?? []).map((p) => p.id));
  }

  /** Disposes of the rows in hand; those that it was done for. */
  async dispose(kind: DispositionWord, note: string): Promise<number[]> {
    const procedure = this.current;
    const ids = procedure ? await this.grid.dispose(procedure, kind, note) : [];
    if (!procedure || ids.length === 0) return [];
    this.turns.did({ procedure: procedure.id, ids, kind });
    await this.recount();
    return ids;
  }

  /** Takes the last disposition of this session back, and shows the rows that it was about. */
  async undo(): Promise<void> {
    const turn = await this.turns.undo();
    if (!turn || this.#gone) return;
    await this.recount();
    const ids = new Set(turn.ids);
    if (turn.procedure !== this.id) await this.open(turn.procedure);
    else if (this.current) await this.grid.again(this.current, ids);
    this.grid.point(ids);
  }

  /** Goes on to a finding of what is confirmed. */
  makeFinding(): void {
    if (this.current?.confirmed)
      desk.go('findings', { kind: 'draft', procedure: this.current.id, clause: '' });
  }

  /** After a disposition: counters, not the rows. */
  async recount(): Promise<void> {
    await this.load();
    await desk.refresh();
  }
}
