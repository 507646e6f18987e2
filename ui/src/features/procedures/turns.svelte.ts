/** What was said about exceptions in this session, to be taken back: the last first. */
import { asError, call, type DispositionWord, type ErrorView } from '../../backend';
import { AT_MOST } from './groups.svelte';

export interface Turn {
  procedure: string;
  ids: number[];
  kind: DispositionWord;
}

// No derived values: those end with the screen that read them first, and this stays.
export class Turns {
  done = $state.raw<Turn[]>([]);
  /** What was taken back last, until something else is said. */
  undone = $state.raw<Turn | null>(null);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);

  get last(): Turn | undefined {
    return this.done.at(-1);
  }

  did(turn: Turn): void {
    this.done = [...this.done, turn];
    this.undone = null;
  }

  /** Takes the last one back; `null` when there is none, or when it could not be. */
  async undo(): Promise<Turn | null> {
    const turn = this.last;
    if (!turn || this.busy) return null;
    this.busy = true;
    this.error = this.undone = null;
    try {
      for (let rest = turn.ids; rest.length; rest = rest.slice(AT_MOST)) {
        // Should a later part fail, the parts before it are not taken back again.
        this.done = [...this.done.slice(0, -1), { ...turn, ids: rest }];
        await call('undispose', { ids: rest.slice(0, AT_MOST) });
      }
      this.done = this.done.slice(0, -1);
      this.undone = turn;
      return turn;
    } catch (thrown) {
      this.error = asError(thrown);
      // The rows are gone, and with them what was said about them.
      if (this.error.code === 'unknown_exception') this.done = this.done.slice(0, -1);
      return null;
    } finally {
      this.busy = false;
    }
  }
}

const kept = new WeakMap<object, Turns>();

/** The dispositions of an exam in this session; they stay while another stage is looked at. */
export function turnsOf(exam: object): Turns {
  const turns = kept.get(exam) ?? new Turns();
  kept.set(exam, turns);
  return turns;
}
