/** A job on a package: how far it is, and breaking it off, which leaves everything as it was. */
import { asError, call, onHandoverProgress, type ErrorView, type HandoverProgressView } from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { stepLine } from './words';

/** Nothing is shown as running before. */
const PATIENCE_MS = 100;

// No derived values: those end with the screen that read them first, and this stays.
export class Job {
  running = $state(false);
  /** It takes long enough to be shown. */
  slow = $state(false);
  progress = $state.raw<HandoverProgressView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** Somebody broke it off: nothing was changed. */
  stopped = $state(false);
  #stopping = false;

  /** Runs one unless another one runs; its answer, or `null` when it was broken off or refused. */
  async run<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.running) return null;
    Object.assign(this, { running: true, slow: false, progress: null, error: null, stopped: false });
    this.#stopping = false;
    const late = setTimeout(() => (this.slow = true), PATIENCE_MS);
    const unlisten = onHandoverProgress((progress) => this.#told(progress));
    try {
      return await work();
    } catch (thrown) {
      if (this.#stopping && asError(thrown).code === 'cancelled') this.stopped = true;
      else this.error = asError(thrown);
      return null;
    } finally {
      clearTimeout(late);
      unlisten();
      desk.job = null;
      Object.assign(this, { running: false, slow: false, progress: null });
    }
  }

  #told(progress: HandoverProgressView): void {
    this.progress = progress;
    desk.job = { ...stepLine(progress), cancel: () => void this.stop(), stage: 'handover' };
    // It was asked to stop before it had begun, which the host does not remember.
    if (this.#stopping) void this.stop();
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    this.#stopping = true;
    await call('handover_cancel', null).catch((thrown: unknown) => (this.error = asError(thrown)));
  }

  /** What the line of the job says. */
  get line(): { text: string; fraction: number | null } {
    return this.progress ? stepLine(this.progress) : { text: m.loading(), fraction: null };
  }
}
