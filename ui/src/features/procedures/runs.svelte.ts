/** Procedures that are being run: how far they are, breaking them off, and which of them did not run. */
import {
  asError,
  call,
  onRunProgress,
  type ErrorView,
  type FailedRunView,
  type OverrideRequest,
  type RunProgressView
} from '../../backend';
import { m } from '../../i18n';
import { count } from '../../shared/numbers';
import { desk } from '../../shared/state/desk.svelte';

/** Nothing is shown as running before. */
const PATIENCE_MS = 100;

/** What runs, and which of how many it is. */
export function runLine(progress: RunProgressView): string {
  const { procedure, title } = progress;
  return m.run_now({ what: `${procedure} ${title}` });
}

export const runNth = ({ done, of }: RunProgressView): string =>
  m.run_nth({ n: count(Math.min(done + 1, of)), all: count(of) });

// No derived values: those end with the screen that read them first, and this stays.
export class Runs {
  running = $state(false);
  /** It takes long enough to be shown. */
  slow = $state(false);
  /** Somebody broke it off, and it has not ended yet. */
  stopping = $state(false);
  /** How many are to run. */
  wanted = $state(0);
  progress = $state.raw<RunProgressView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** Procedures that did not run when the others did, and why. */
  failed = $state.raw<FailedRunView[]>([]);
  /** After it was broken off: how many ran, and the ids of those that did not. */
  broken = $state.raw<{ ran: number; left: string[] } | null>(null);
  #ended: Promise<void> = Promise.resolve();

  /** When what runs now has ended. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Runs procedures unless others run already; `after` reads what became of them. */
  async run(procedures: string[], overrides: OverrideRequest[], after: () => Promise<void>): Promise<void> {
    if (this.running || procedures.length === 0) return;
    this.#ended = this.#run(procedures, overrides, after);
    await this.#ended;
  }

  async #run(procedures: string[], overrides: OverrideRequest[], after: () => Promise<void>): Promise<void> {
    Object.assign(this, { running: true, slow: false, stopping: false, wanted: procedures.length });
    Object.assign(this, { progress: null, error: null, failed: [], broken: null });
    const late = setTimeout(() => (this.slow = true), PATIENCE_MS);
    const stopListening = onRunProgress((progress) => this.#told(progress));
    this.#tell(m.tests_running({ n: procedures.length }), null);
    try {
      const done = await call('audit_run', { procedures, overrides });
      await after();
      this.failed = done.failed;
      const known = new Set([...done.runs, ...done.failed].map((one) => one.procedure));
      const left = procedures.filter((id) => !known.has(id));
      if (done.cancelled) this.broken = { ran: done.runs.length, left };
    } catch (thrown) {
      this.error = asError(thrown);
    } finally {
      clearTimeout(late);
      stopListening();
      desk.job = null;
      Object.assign(this, { running: false, slow: false, stopping: false, progress: null });
    }
  }

  #told(progress: RunProgressView): void {
    this.progress = progress;
    this.#tell(`${runLine(progress)}　${runNth(progress)}`, progress.of ? progress.done / progress.of : null);
    // It was asked to stop before it had begun, which the host does not remember.
    if (this.stopping) void this.stop();
  }

  #tell(text: string, fraction: number | null): void {
    desk.job = { text, fraction, cancel: () => void this.stop(), stage: 'tests' };
  }

  /** Breaks it off; what ran is kept. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.stopping = true;
    try {
      await call('audit_cancel', null);
    } catch (thrown) {
      this.stopping = false;
      this.error = asError(thrown);
    }
  }
}

const kept = new WeakMap<object, Runs>();

/** The running procedures of an exam; they stay while another stage is looked at. */
export function runsOf(exam: object): Runs {
  const runs = kept.get(exam) ?? new Runs();
  kept.set(exam, runs);
  return runs;
}
