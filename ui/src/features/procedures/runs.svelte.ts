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
import { keeper } from '../../shared/state/keeper.svelte';
import type { Job } from '../../shared/state/jobs.svelte';

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
  /** How many are to run. */
  wanted = $state(0);
  progress = $state.raw<RunProgressView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** Procedures that did not run when the others did, and why. */
  failed = $state.raw<FailedRunView[]>([]);
  /** After it was broken off: how many ran, and the ids of those that did not. */
  broken = $state.raw<{ ran: number; left: string[] } | null>(null);
  #job = $state.raw<Job | null>(null);
  #ended: Promise<void> = Promise.resolve();

  /** Somebody broke it off, and it has not ended yet. */
  get stopping(): boolean {
    return this.#job?.state === 'stopping';
  }

  /** Other work is done first. */
  get waiting(): boolean {
    return this.#job?.state === 'waiting';
  }

  /** Seconds to go, where that is known. */
  get left(): number | null {
    return this.#job?.left ?? null;
  }

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
    Object.assign(this, { running: true, slow: false, wanted: procedures.length });
    Object.assign(this, { progress: null, error: null, failed: [], broken: null });
    const late = setTimeout(() => (this.slow = true), PATIENCE_MS);
    let stopListening = (): void => {};
    const { job, done } = desk.jobs.queue(
      {
        title: m.job_runs({ n: count(procedures.length) }),
        place: 'tests',
        own: true,
        cancel: () => this.#cancel()
      },
      async (job) => {
        stopListening = onRunProgress((progress) => this.#told(job, progress));
        const done = await call('audit_run', { procedures, overrides });
        await after();
        this.failed = done.failed;
        const known = new Set([...done.runs, ...done.failed].map((one) => one.procedure));
        const left = procedures.filter((id) => !known.has(id));
        if (!done.cancelled) return;
        this.broken = { ran: done.runs.length, left };
        job.end('cancelled');
      }
    );
    this.#job = job;
    try {
      await done;
    } catch (thrown) {
      this.error = asError(thrown);
    } finally {
      clearTimeout(late);
      stopListening();
      this.#job = null;
      Object.assign(this, { running: false, slow: false, progress: null });
    }
  }

  #told(job: Job, progress: RunProgressView): void {
    this.progress = progress;
    const text = `${runLine(progress)}　${runNth(progress)}`;
    job.tell(text, progress.of ? progress.done / progress.of : null);
  }

  #cancel(): Promise<unknown> {
    return call('audit_cancel', null).catch((thrown: unknown) => {
      this.error = asError(thrown);
      throw thrown;
    });
  }

  /** Breaks it off; what ran is kept. */
  stop(): void {
    this.#job?.cancel();
  }
}

/** The running procedures of an exam; they stay while another stage is looked at. */
export const runsOf = keeper(() => new Runs());
