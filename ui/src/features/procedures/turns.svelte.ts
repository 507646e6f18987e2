/** What was said about exceptions in this session: taken back the last first, and brought back in the same order. */
import { asError, call, type DispositionWord, type ErrorView } from '../../backend';
import { m } from '../../i18n';
import { dispositionMark } from '../../shared/marks';
import { count } from '../../shared/numbers';
import { keeper } from '../../shared/state/keeper.svelte';
import { AT_MOST } from './groups.svelte';

export interface Turn {
  procedure: string;
  ids: number[];
  kind: DispositionWord;
  note: string;
}

const what = ({ ids, kind }: Turn): string =>
  m.disposed_what({ n: count(ids.length), word: dispositionMark(kind).word });

// No derived values: those end with the screen that read them first, and this stays.
export class Turns {
  done = $state.raw<Turn[]>([]);
  /** What was taken back, the last at the end, until something else is said. */
  back = $state.raw<Turn[]>([]);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);

  get last(): Turn | undefined {
    return this.done.at(-1);
  }

  /** What was taken back last. */
  get undone(): Turn | null {
    return this.back.at(-1) ?? null;
  }

  get undo(): string | null {
    return this.last ? what(this.last) : null;
  }

  get redo(): string | null {
    return this.undone ? what(this.undone) : null;
  }

  did(turn: Turn): void {
    this.done = [...this.done, turn];
    this.back = [];
  }

  /** Takes the last one back, or brings back what was taken back last; `null` when there is none or it could not be. */
  async turn(back: boolean): Promise<Turn | null> {
    const turn = (back ? this.done : this.back).at(-1);
    if (!turn || this.busy) return null;
    this.busy = true;
    this.error = null;
    const { kind, note } = turn;
    try {
      for (let rest = turn.ids; rest.length; rest = rest.slice(AT_MOST)) {
        // Should a later part fail, the parts before it are not done again.
        this.#replace(back, [{ ...turn, ids: rest }]);
        const ids = rest.slice(0, AT_MOST);
        await (back ? call('undispose', { ids }) : call('dispose', { ids, kind, note }));
      }
      this.#replace(back, []);
      if (back) this.back = [...this.back, turn];
      else this.done = [...this.done, turn];
      return turn;
    } catch (thrown) {
      this.error = asError(thrown);
      // The rows are gone, and with them what was said about them.
      if (this.error.code === 'unknown_exception') this.#replace(back, []);
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** Puts other turns in the place of the last. */
  #replace(back: boolean, turns: Turn[]): void {
    if (back) this.done = [...this.done.slice(0, -1), ...turns];
    else this.back = [...this.back.slice(0, -1), ...turns];
  }
}

/** The dispositions of an exam in this session; they stay while another stage is looked at. */
export const turnsOf = keeper(() => new Turns());
