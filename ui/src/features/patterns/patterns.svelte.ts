/** The deficiency patterns: which are there, and the one in hand. */
import { asError, call, type ErrorView, type PatternView } from '../../backend';

export class Patterns {
  list = $state.raw<PatternView[] | null>(null);
  code = $state('');
  error = $state<ErrorView | null>(null);

  readonly current = $derived(this.list?.find((pattern) => pattern.code === this.code) ?? null);

  async load(): Promise<void> {
    try {
      const list = await call('patterns', null);
      this.list = list;
      if (!list.some((pattern) => pattern.code === this.code)) this.code = list[0]?.code ?? '';
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  move(step: number): void {
    const list = this.list ?? [];
    const at = list.findIndex((pattern) => pattern.code === this.code);
    const next = list[Math.max(0, Math.min(list.length - 1, at + step))];
    if (next) this.code = next.code;
  }
}
