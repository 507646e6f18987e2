/** The procedures, which of them is looked at, and running them. */
import {
  ask,
  asError,
  call,
  type DispositionWord,
  type ErrorView,
  type OverrideRequest,
  type ProcedureView
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { mine } from '../../shared/state/mine.svelte';
import { Grid } from './grid.svelte';
import { AT_MOST, Groups, openRows, type Asked, type Narrowed } from './groups.svelte';
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
  readonly groups = new Groups();
  /** A group of which a finding is to be made and of which rows are still open. */
  asked = $state.raw<Asked | null>(null);
  #gone = false;

  readonly current = $derived(this.procedures?.find((p) => p.id === this.id));
  /** The procedures that were given to who works now. */
  readonly own = $derived((this.procedures ?? []).filter((p) => mine.hasProcedure(p.id)));
  readonly listed = $derived(mine.on ? this.own : (this.procedures ?? []));
  readonly families = $derived.by(() => {
    const all = this.listed;
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
      this.procedures = await ask('procedures', null);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  async open(id: string): Promise<void> {
    this.id = id;
    await this.#show();
  }

  async #show(): Promise<void> {
    const procedure = this.current;
    if (!procedure) return;
    await Promise.all([this.grid.show(procedure), this.groups.load(procedure)]);
    // A later run may list no row of the system that was looked at.
    const { system } = this.grid;
    if (system === null || this.groups.view?.systems.some(({ key }) => key === system)) return;
    this.grid.system = null;
    await this.grid.show(procedure);
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
      if (!this.#gone) await this.#show();
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
    this.turns.did({ procedure: procedure.id, ids, kind, note });
    await this.recount();
    return ids;
  }

  /** Takes the last disposition of this session back, or brings it back, and shows the rows that it was about. */
  async turn(back: boolean): Promise<void> {
    const turn = await this.turns.turn(back);
    if (!turn || this.#gone) return;
    await this.recount();
    const ids = new Set(turn.ids);
    if (turn.procedure !== this.id) await this.open(turn.procedure);
    else if (this.current) await this.grid.again(this.current, ids);
    this.grid.point(ids);
  }

  /** The group that is shown; all rows where nothing narrows them. */
  readonly narrowed = $derived<Narrowed>({ rule: this.grid.rule, system: this.grid.system });
  readonly whole = $derived(this.grid.rule === '' && this.grid.system === null);
  /** Whether there is something to make a finding of. */
  readonly findable = $derived.by(() => {
    if (!this.current) return false;
    if (this.whole) return this.current.confirmed > 0;
    const known = this.groups.known(this.narrowed);
    return known ? known.confirmed + known.open > 0 : this.grid.rows > 0;
  });

  /** Shows the rows of a group only. */
  async narrow({ rule, system }: Narrowed): Promise<void> {
    Object.assign(this.grid, { rule, system });
    if (this.current) await this.grid.show(this.current);
  }

  /** From all rows to the first group, from group to group, and from the last to all again. */
  step(by: number): void {
    const { all } = this.groups;
    const at = all.findIndex((g) => g.rule === this.grid.rule && g.system === this.grid.system);
    const next = (at + 1 + by + all.length + 1) % (all.length + 1);
    if (all.length) void this.narrow(all[next - 1] ?? { rule: '', system: null });
  }

  /** In words, which group it is. */
  titleOf({ rule, system }: Narrowed): string {
    const title = this.current?.rules.find((one) => one.id === rule)?.title;
    return [title, system === '' ? m.group_no_system() : system].filter(Boolean).join('　');
  }

  /** Goes on to a finding of a group; asks first where rows of it are open. Of all rows, it takes what is confirmed. */
  async makeFinding(group: Narrowed = this.narrowed): Promise<void> {
    const procedure = this.current;
    if (!procedure) return;
    if (group.rule === '' && group.system === null) {
      if (procedure.confirmed) this.#compose(procedure.id, group);
      return;
    }
    try {
      const { open, confirmed } = await this.groups.figures(procedure.id, group);
      if (procedure.id !== this.id || this.#gone) return;
      if (open)
        this.asked = { ...group, procedure: procedure.id, title: this.titleOf(group), open, confirmed };
      else if (confirmed) this.#compose(procedure.id, group);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  #compose(procedure: string, { rule, system }: Narrowed): void {
    this.asked = null;
    desk.go('findings', { kind: 'draft', procedure, rule, system, clause: '' });
  }

  /** Makes a finding of what is confirmed of the group that was asked about. */
  composeAsked(): void {
    if (this.asked?.confirmed) this.#compose(this.asked.procedure, this.asked);
  }

  /** Confirms what is open of the group that was asked about, then makes the finding; `told` hears how far it is. */
  async confirmAsked(note: string, told: (done: number) => void): Promise<void> {
    const { asked } = this;
    if (!asked) return;
    const ids = await openRows(asked.procedure, asked);
    let done = 0;
    try {
      while (done < ids.length) {
        const some = ids.slice(done, done + AT_MOST);
        await call('dispose', { ids: some, kind: 'confirmed', note });
        done += some.length;
        told(done);
      }
    } finally {
      const { procedure } = asked;
      if (done) this.turns.did({ procedure, ids: ids.slice(0, done), kind: 'confirmed', note });
      if (done) await this.recount();
    }
    // Whoever went elsewhere meanwhile is not called back.
    if (this.asked === asked) this.#compose(asked.procedure, asked);
  }

  /** After a disposition: counters, not the rows. */
  async recount(): Promise<void> {
    await this.load();
    if (!this.#gone) await this.groups.load(this.current);
    await desk.refresh();
  }
}
