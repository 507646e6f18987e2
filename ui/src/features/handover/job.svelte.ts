/** A job on a package: how far it is, and breaking it off, which leaves everything as it was. */
import { asError, call, onHandoverProgress, type ErrorView } from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import type { Job as Listed } from '../../shared/state/jobs.svelte';
import { stepLine } from './words';

/** Nothing is shown as running before. */
const PATIENCE_MS = 100;

// No derived values: those end with the screen that read them first, and this stays.
export class Job {
  running = $state(false);
  /** It takes long enough to be shown. */
  slow = $state(false);
  error = $state.raw<ErrorView | null>(null);
  /** Somebody broke it off: nothing was changed. */
  stopped = $state(false);
  #listed = $state.raw<Listed | null>(null);

  /** Runs one unless another one runs; its answer, or `null` when it was broken off or refused. */
  async run<T>(title: string, work: () => Promise<T>): Promise<T | null> {
    if (this.running) return null;
    Object.assign(this, { running: true, slow: false, error: null, stopped: false });
    const late = setTimeout(() => (this.slow = true), PATIENCE_MS);
    let unlisten = (): void => {};
    const { job, done } = desk.jobs.queue(
      { title, place: 'handover', own: true, cancel: () => this.#cancel() },
      (listed) => {
        unlisten = onHandoverProgress((progress) => {
          const { text, fraction } = stepLine(progress);
          listed.tell(text, fraction);
        });
        return work();
      }
    );
    this.#listed = job;
    try {
      return await done;
    } catch (thrown) {
      if (job.state === 'cancelled') this.stopped = true;
      else this.error = asError(thrown);
      return null;
    } finally {
      clearTimeout(late);
      unlisten();
      this.#listed = null;
      Object.assign(this, { running: false, slow: false });
    }
  }

  #cancel(): Promise<unknown> {
    return call('handover_cancel', null).catch((thrown: unknown) => {
      this.error = asError(thrown);
      throw thrown;
    });
  }

  stop(): void {
    this.#listed?.cancel();
  }

  /** What the line of the job says. */
  get line(): { text: string; fraction: number | null; left: number | null } {
    const job = this.#listed;
    return { text: job?.line || m.loading(), fraction: job?.fraction ?? null, left: job?.left ?? null };
  }
}
