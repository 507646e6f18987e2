/** 我的／全部: whether lists show only what was given to who works now. One choice for every list, kept in the vault. */
import { asError, call, type ErrorView, type FindingView, type MineView } from '../../backend';
import { desk } from './desk.svelte';

class Mine {
  view = $state.raw<MineView | null>(null);
  error = $state.raw<ErrorView | null>(null);

  readonly #items = $derived(new Set(this.view?.items));
  readonly #procedures = $derived(new Set(this.view?.procedures));
  /** While nobody was given anything, everything is everybody's. */
  readonly divided = $derived(this.view?.divided ?? false);
  readonly on = $derived(this.divided && (this.view?.on ?? false));

  async #take(work: Promise<MineView>): Promise<void> {
    this.error = null;
    try {
      this.view = await work;
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Asks anew: another exam, another examiner, another division. */
  load(): Promise<void> {
    return this.#take(call('mine', null));
  }

  async choose(on: boolean): Promise<void> {
    await this.#take(call('mine_set', { on }));
    await desk.refresh();
  }

  async toggle(): Promise<void> {
    if (this.divided) await this.choose(!this.on);
  }

  forget(): void {
    this.view = null;
    this.error = null;
  }

  /** Whether an item, by its clause, belongs to who works now. */
  hasItem(clause: string): boolean {
    return this.#items.has(clause);
  }

  hasProcedure(id: string): boolean {
    return this.#procedures.has(id);
  }

  /** A finding belongs to who wrote it, and to whom its items were given. */
  hasFinding(finding: FindingView): boolean {
    return (
      finding.by === this.view?.examiner || finding.criteria.some(({ clause }) => this.#items.has(clause))
    );
  }
}

export const mine = new Mine();
