/** The merges of the open exam, and undoing one. */
import { asError, call, type ErrorView, type MergeView } from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';

export class Merges {
  list = $state.raw<MergeView[] | null>(null);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);

  async load(): Promise<void> {
    try {
      this.list = (await call('merges', null)).merges;
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Undoes one; gives the error, if there is one, for the window that asked. */
  async undo(merge: number, reason: string): Promise<ErrorView | null> {
    if (this.busy) return null;
    this.busy = true;
    try {
      const plan = { title: m.undo_merge_title({ n: merge }), place: 'handover' } as const;
      this.list = (await desk.jobs.run(plan, () => call('merge_undo', { merge, reason }))).merges;
      await desk.renewExam();
      return null;
    } catch (thrown) {
      return asError(thrown);
    } finally {
      this.busy = false;
    }
  }
}
