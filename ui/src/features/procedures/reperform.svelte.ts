/** A kept run, run again from its record and compared. Nothing of it is stored. */
import { asError, call, type ErrorView, type ReperformView } from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';

/** Nothing is shown as running before. */
const PATIENCE_MS = 100;

export class Reperform {
  /** Number of the run that the rest is about. */
  run = $state(0);
  view = $state.raw<ReperformView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);
  slow = $state(false);
  #asked = 0;

  async check(run: number): Promise<void> {
    if (this.busy && this.run === run) return;
    const asked = ++this.#asked;
    Object.assign(this, { run, view: null, error: null, busy: true, slow: false });
    const late = setTimeout(() => asked === this.#asked && (this.slow = true), PATIENCE_MS);
    try {
      const plan = { title: m.reperform(), place: 'tests' } as const;
      const view = await desk.jobs.run(plan, () => call('audit_reperform', { run }));
      if (asked === this.#asked) this.view = view;
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    } finally {
      clearTimeout(late);
      if (asked === this.#asked) this.busy = this.slow = false;
    }
  }
}
