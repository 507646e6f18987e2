/** The rows of a procedure in groups, by rule and by system; and what is still to be said before a group is a finding. */
import {
  ask,
  asError,
  call,
  type ErrorView,
  type ExceptionGroupsView,
  type ExceptionView,
  type ProcedureView
} from '../../backend';

/** Rows of one request, to read them or to say something about them. */
export const AT_MOST = 500;

/** A group that is shown: a rule (empty: all), a system (`null`: all), or what both have in common. */
export interface Narrowed {
  rule: string;
  system: string | null;
}

/** A group of which somebody wants to make a finding. */
export interface Asked extends Narrowed {
  procedure: string;
  title: string;
  /** Exceptions and unknowns that nobody has said anything about. */
  open: number;
  confirmed: number;
}

/** Nobody has said anything about it, and it is more than a lead. */
const isOpen = (row: ExceptionView): boolean => row.disposition === null && row.verdict !== 'lead';

export class Groups {
  view = $state.raw<ExceptionGroupsView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** Whether the list is unfolded. */
  listed = $state(true);
  #asked = 0;
  /** Whose groups they are: those of another procedure would tell wrong figures. */
  #of = '';

  readonly all = $derived<Narrowed[]>([
    ...(this.view?.rules ?? []).map(({ key }) => ({ rule: key, system: null })),
    ...(this.view?.systems ?? []).map(({ key }) => ({ rule: '', system: key }))
  ]);
  /** One group alone says no more than the procedure does. */
  readonly several = $derived((this.view?.rules.length ?? 0) > 1 || (this.view?.systems.length ?? 0) > 1);

  async load(procedure: ProcedureView | undefined): Promise<void> {
    const asked = ++this.#asked;
    if (!procedure?.run) {
      this.view = null;
      return;
    }
    // As with the rows: what is shown first was shown before.
    const from = this.#of === '' ? ask : call;
    if (procedure.id !== this.#of) this.view = null;
    this.#of = procedure.id;
    try {
      const view = await from('exception_groups', { procedure: procedure.id });
      if (asked !== this.#asked) return;
      this.view = view;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    }
  }

  /** Figures of a group that the lists have, `null` where a rule and a system meet. */
  known({ rule, system }: Narrowed): { open: number; confirmed: number } | null {
    if (rule !== '' && system !== null) return null;
    const { rules = [], systems = [] } = this.view ?? {};
    return (rule === '' ? systems : rules).find(({ key }) => key === (rule || system)) ?? null;
  }

  /** What a group is still lacking; counted row by row where the lists have no figure for it. */
  async figures(procedure: string, group: Narrowed): Promise<{ open: number; confirmed: number }> {
    const known = this.known(group);
    if (known) return known;
    const figures = { open: 0, confirmed: 0 };
    await each(procedure, group, false, (row) => {
      if (isOpen(row)) figures.open += 1;
      else if (row.disposition?.kind === 'confirmed') figures.confirmed += 1;
    });
    return figures;
  }
}

/** Goes over the rows of a group, a page at a time. */
async function each(
  procedure: string,
  group: Narrowed,
  open_only: boolean,
  what: (row: ExceptionView) => void
): Promise<void> {
  for (let offset = 0, total = 1; offset < total; offset += AT_MOST) {
    const page = await call('exceptions', {
      procedure,
      rule: group.rule,
      system: group.system,
      open_only,
      offset,
      limit: AT_MOST
    });
    total = page.total;
    page.rows.forEach(what);
  }
}

/** The numbers of the rows of a group that nobody has said anything about. */
export async function openRows(procedure: string, group: Narrowed): Promise<number[]> {
  const ids: number[] = [];
  await each(procedure, group, true, (row) => {
    if (isOpen(row)) ids.push(row.id);
  });
  return ids;
}
