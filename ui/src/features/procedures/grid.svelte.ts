/** Exceptions of one procedure, grouped by rule, a window of rows at a time; and which of them are selected. */
import {
  ask,
  asError,
  call,
  type DispositionWord,
  type ErrorView,
  type ExceptionPageView,
  type ExceptionView,
  type ProcedureView,
  type RuleView
} from '../../backend';
import { AT_MOST } from './groups.svelte';

const PAGE = 200;

interface Group {
  rule: RuleView;
  columns: string[];
  /** Places of the columns that a row which is here has a value in; a procedure's rules share its columns. */
  kept: number[];
  /** Share of the width of each column, by the longest text of the first rows. */
  weights: number[];
  rows: (ExceptionView | undefined)[];
}

/** Widths in half-width characters, within reason. */
function weights(page: ExceptionPageView): number[] {
  const wide = (text: string | null | undefined): number =>
    [...(text ?? '')].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0);
  return page.columns.map((column, n) => {
    const longest = Math.max(wide(column), ...page.rows.slice(0, 60).map((row) => wide(row.values[n])));
    return Math.min(30, Math.max(6, longest + 1));
  });
}

/** Places of the columns that at least one of the rows fills. */
function filled(columns: string[], rows: (ExceptionView | undefined)[]): number[] {
  return [...columns.keys()].filter((n) => rows.some((row) => row?.values[n]?.trim()));
}

/** How rows were disposed of in an earlier exam, and which of those in hand it is proposed for. */
export interface Offer {
  kind: DispositionWord;
  note: string;
  ids: number[];
}

export type Line =
  | { kind: 'rule'; group: Group }
  | { kind: 'columns'; group: Group }
  | { kind: 'row'; group: Group; at: number };

export class Grid {
  procedure = '';
  groups = $state.raw<Group[]>([]);
  openOnly = $state(false);
  rule = $state('');
  /** Rows of one system only; `null` for all. */
  system = $state<string | null>(null);
  selected = $state.raw<ReadonlySet<number>>(new Set());
  /** Line that the keys are on. */
  at = $state(-1);
  #anchor = -1;
  /** The rows of a group on their way to being selected. */
  #choosing: Promise<void> = Promise.resolve();
  error = $state<ErrorView | null>(null);
  #asked = 0;
  #loading = new Set<string>();

  /** Two lines of heading for each rule, then its rows; only counted, never all built. */
  readonly starts = $derived.by(() => {
    let next = 0;
    return this.groups.map((group) => {
      const start = next;
      next += 2 + group.rows.length;
      return start;
    });
  });
  readonly total = $derived(this.groups.reduce((sum, group) => sum + 2 + group.rows.length, 0));
  readonly rows = $derived(this.groups.reduce((sum, group) => sum + group.rows.length, 0));
  readonly current = $derived.by(() => {
    const line = this.at >= 0 ? this.line(this.at) : undefined;
    return line?.kind === 'row' ? line.group.rows[line.at] : undefined;
  });

  /** What a disposition would be about. */
  get targets(): number[] {
    if (this.selected.size) return [...this.selected];
    return this.current ? [this.current.id] : [];
  }

  /** What is proposed for the row in hand, or the first selected, and for those that it is proposed for too. */
  readonly offer = $derived.by((): Offer | null => {
    const { selected, current } = this;
    const alone = selected.size === 0 || (selected.size === 1 && current && selected.has(current.id));
    const rows = alone
      ? [current]
      : this.groups.flatMap((g) => g.rows.filter((r) => r && selected.has(r.id)));
    const open = rows.flatMap((row) =>
      row?.proposed && !row.disposition ? [{ id: row.id, said: row.proposed }] : []
    );
    const lead = (open.find((one) => one.id === current?.id) ?? open[0])?.said;
    if (!lead) return null;
    const same = open.filter(({ said }) => said.kind === lead.kind && said.note === lead.note);
    return { kind: lead.kind, note: lead.note, ids: same.map((one) => one.id) };
  });

  /** The narrowest that the widest group can be read at, in pixels. */
  readonly width = $derived(
    Math.max(
      0,
      ...this.groups.map((group) => 184 + group.kept.reduce((sum, n) => sum + group.weights[n]! * 5.4 + 8, 0))
    )
  );

  line(index: number): Line | undefined {
    const g = this.starts.findLastIndex((start) => start <= index);
    const group = this.groups[g];
    const start = this.starts[g];
    if (!group || start === undefined) return undefined;
    const at = index - start;
    if (at === 0) return { kind: 'rule', group };
    return at === 1 ? { kind: 'columns', group } : { kind: 'row', group, at: at - 2 };
  }

  /** Asks anew; with `stay` the keys stay at the line where they are. */
  async show(procedure: ProcedureView, stay = false): Promise<void> {
    const asked = ++this.#asked;
    const same = this.procedure === procedure.id;
    // What a screen shows first was shown when somebody was here before.
    const from = this.procedure === '' ? ask : call;
    this.procedure = procedure.id;
    this.error = null;
    if (!same) this.groups = [];
    if (!same && !procedure.rules.some((rule) => rule.id === this.rule)) this.rule = '';
    // Systems are told apart by the rows of one procedure.
    if (!same) this.system = null;
    this.#loading.clear();
    try {
      const rules = procedure.rules.filter(
        (rule) => (rule.rows ?? 0) > 0 && (this.rule === '' || rule.id === this.rule)
      );
      const pages = await Promise.all(rules.map((rule) => this.#page(rule.id, 0, PAGE, from)));
      if (asked !== this.#asked) return;
      this.groups = rules.flatMap((rule, n) => {
        const page = pages[n]!;
        const rows = Array.from({ length: page.total }, (_, k) => page.rows[k]);
        const { columns } = page;
        return page.total
          ? [{ rule, columns, kept: filled(columns, page.rows), weights: weights(page), rows }]
          : [];
      });
      this.selected = new Set();
      if (!stay || !same) this.at = 2;
      while (this.at > 2 && this.line(this.at)?.kind !== 'row') this.at -= 1;
      if (this.line(this.at)?.kind !== 'row') this.at = this.rows ? 2 : -1;
      this.#anchor = this.at;
      void this.need(this.at, this.at);
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    }
  }

  #page(rule: string, offset: number, limit: number, from = call) {
    const { procedure, system, openOnly: open_only } = this;
    return from('exceptions', { procedure, rule, system, open_only, offset, limit });
  }

  /** Loads the pages that lie in sight. */
  async need(first: number, last: number): Promise<void> {
    const wanted: [Group, number][] = [];
    for (let n = first; n <= last; n += 1) {
      const line = this.line(n);
      if (line?.kind !== 'row' || line.group.rows[line.at]) continue;
      const page = Math.floor(line.at / PAGE);
      const key = `${line.group.rule.id}/${page}`;
      if (this.#loading.has(key)) continue;
      this.#loading.add(key);
      wanted.push([line.group, page]);
    }
    await Promise.all(wanted.map(([group, page]) => this.#fill(group, page * PAGE, PAGE)));
  }

  async #fill(group: Group, offset: number, limit: number): Promise<void> {
    const asked = this.#asked;
    try {
      const page = await this.#page(group.rule.id, offset, limit);
      if (asked !== this.#asked) return;
      page.rows.forEach((row, n) => (group.rows[offset + n] = row));
      const kept = new Set([...group.kept, ...filled(group.columns, page.rows)]);
      if (kept.size > group.kept.length) group.kept = [...kept].sort((a, b) => a - b);
      this.groups = [...this.groups];
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Goes to a line: alone, added, or all from the last one to it. */
  async pick(index: number, how: 'one' | 'add' | 'range' = 'one'): Promise<void> {
    if (this.line(index)?.kind !== 'row') return;
    const [from, to] =
      how === 'range' && this.#anchor >= 0
        ? [Math.min(index, this.#anchor), Math.max(index, this.#anchor)]
        : [index, index];
    this.at = index;
    if (how !== 'range') this.#anchor = index;
    await this.need(from, to);
    const ids = new Set(how === 'add' ? this.selected : []);
    for (let n = from; n <= to; n += 1) {
      const line = this.line(n);
      const row = line?.kind === 'row' ? line.group.rows[line.at] : undefined;
      if (!row) continue;
      if (how === 'add' && ids.has(row.id)) ids.delete(row.id);
      else ids.add(row.id);
    }
    this.selected = ids;
  }

  async move(step: number, extend: boolean): Promise<void> {
    let next = this.at + step;
    while (this.line(next) && this.line(next)?.kind !== 'row') next += step;
    if (this.line(next)) await this.pick(next, extend ? 'range' : 'one');
  }

  /** Selects every row of a group, loading what is not here yet. */
  all(group: Group): Promise<void> {
    this.#choosing = this.#choose(group);
    return this.#choosing;
  }

  async #choose(group: Group): Promise<void> {
    for (let offset = 0; offset < group.rows.length; offset += AT_MOST)
      if (group.rows.slice(offset, offset + AT_MOST).includes(undefined))
        await this.#fill(group, offset, AT_MOST);
    this.selected = new Set([...this.selected, ...group.rows.flatMap((row) => (row ? [row.id] : []))]);
  }

  /** Disposes of what is selected, or of the row in hand; the rows that it was done for. */
  async dispose(procedure: ProcedureView, kind: DispositionWord, note: string): Promise<number[]> {
    // Who is quicker than the rows of the group means all of them, not the row in hand.
    await this.#choosing;
    const ids = this.targets;
    if (ids.length === 0) return [];
    try {
      await call('dispose', { ids, kind, note });
      await this.again(procedure, new Set(ids));
      this.error = null;
      return ids;
    } catch (thrown) {
      this.error = asError(thrown);
      return [];
    }
  }

  /** Selects rows by number and goes to the first of them that is here. */
  point(ids: ReadonlySet<number>): void {
    this.selected = new Set(ids);
    for (const [g, group] of this.groups.entries()) {
      const at = group.rows.findIndex((row) => row && ids.has(row.id));
      if (at < 0) continue;
      this.at = this.#anchor = this.starts[g]! + 2 + at;
      return;
    }
  }

  /** Reads again what was disposed of: where only open rows are listed, all of them moved. */
  async again(procedure: ProcedureView, ids: ReadonlySet<number>): Promise<void> {
    if (this.openOnly) return this.show(procedure, true);
    for (const group of this.groups) {
      const pages = new Set<number>();
      group.rows.forEach((row, n) => row && ids.has(row.id) && pages.add(Math.floor(n / PAGE)));
      for (const page of pages) await this.#fill(group, page * PAGE, PAGE);
    }
  }
}
