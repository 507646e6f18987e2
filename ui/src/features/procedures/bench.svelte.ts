/** The procedures, which of them is looked at, and running them. */
import {
  asError,
  call,
  type ErrorView,
  type FailedRunView,
  type OverrideRequest,
  type ProcedureView
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { Grid } from './grid.svelte';

export class Bench {
  procedures = $state.raw<ProcedureView[] | null>(null);
  id = $state('');
  error = $state<ErrorView | null>(null);
  /** Procedures that did not run when the others did, and why. */
  failed = $state.raw<FailedRunView[]>([]);
  running = $state(false);
  readonly grid = new Grid();

  readonly current = $derived(this.procedures?.find((p) => p.id === this.id));
  readonly families = $derived.by(() => {
    const all = this.procedures ?? [];
    return [...new Set(all.map((p) => p.family))].map((family) => ({
      family,
      procedures: all.filter((p) => p.family === family)
    }));
  });

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

  async run(procedures: string[], overrides: OverrideRequest[] = []): Promise<void> {
    if (this.running || procedures.length === 0) return;
    this.running = true;
    this.error = null;
    this.failed = [];
    desk.job = { text: m.tests_running({ n: procedures.length }), cancel: () => (desk.job = null) };
    try {
      this.failed = (await call('audit_run', { procedures, overrides })).failed;
      await this.load();
      if (this.current) await this.grid.show(this.current);
      await desk.refresh();
    } catch (thrown) {
      this.error = asError(thrown);
    } finally {
      desk.job = null;
      this.running = false;
    }
  }

  runAll(): Promise<void> {
    return this.run((this.procedures ?? []).map((p) => p.id));
  }

  /** After a disposition: counters, not the rows. */
  async recount(): Promise<void> {
    await this.load();
    await desk.refresh();
  }
}
