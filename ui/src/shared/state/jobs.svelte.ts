/**
 * Work that takes long enough to be told of: what runs, what waits for its turn, and what ended and was not looked at yet.
 * The host does one command after the other and has one flag that stops what runs; so what can be stopped begins in its
 * turn here, and what still waits is called off without a word to the host.
 */
import { asError, type ErrorView } from '../../backend';
import { m } from '../../i18n';
import type { Stage } from './desk.svelte';
import { TimeLeft } from './left';

/** Nothing that takes less is told, in milliseconds. */
const PATIENCE_MS = 1_000;
/** How often the time left is reckoned anew, in milliseconds. */
const BEAT_MS = 1_000;
/** Jobs that ended and are kept. */
export const KEPT = 10;

/** Where a job is at home: a stage, the comparison of all exams, a window that floats, or the status bar itself. */
export type JobPlace = Stage | 'headquarters' | 'window' | 'bar';
export type Outcome = 'done' | 'cancelled' | 'failed';
type State = 'waiting' | 'running' | 'stopping' | Outcome;

export interface JobPlan {
  /** What it is, for as long as it is there. */
  title: string;
  /** Where what becomes of it is seen. */
  place?: JobPlace;
  /** That place shows it while it runs, with its own way to break it off; Escape does not. */
  own?: boolean;
  /** Asks what runs to stop; without it there is no way. */
  cancel?: () => unknown;
}

export class Job {
  readonly id: number;
  readonly title: string;
  readonly own: boolean;
  place = $state<JobPlace | null>(null);
  state = $state<State>('running');
  /** How it stands, in a line. */
  text = $state('');
  /** The part that is done, 0–1, where that is known. */
  fraction = $state<number | null>(null);
  /** Seconds to go, where that is known. */
  left = $state<number | null>(null);
  /** Why it failed. */
  error = $state.raw<ErrorView | null>(null);
  readonly #plan: JobPlan;
  readonly #jobs: Jobs;
  #time: TimeLeft;

  constructor(jobs: Jobs, id: number, plan: JobPlan, state: State) {
    this.#jobs = jobs;
    this.#plan = plan;
    this.#time = new TimeLeft(jobs.now());
    this.id = id;
    this.title = plan.title;
    this.own = plan.own ?? false;
    this.place = plan.place ?? null;
    this.state = state;
  }

  get ended(): boolean {
    return this.state === 'done' || this.state === 'cancelled' || this.state === 'failed';
  }

  get stoppable(): boolean {
    return this.state === 'waiting' || this.#plan.cancel !== undefined;
  }

  /** How it stands, in a line; empty where there is nothing to say beside its title. */
  get line(): string {
    if (this.state === 'waiting') return m.job_waiting();
    return this.state === 'stopping' ? m.run_stopping() : this.text;
  }

  /** Its turn has come: the time begins. */
  begin(): void {
    this.state = 'running';
    this.#time = new TimeLeft(this.#jobs.now());
  }

  /** How it stands now. */
  tell(text: string, fraction: number | null = null): void {
    this.text = text;
    this.fraction = fraction;
    this.#time.tell(fraction, this.#jobs.now());
    this.beat();
  }

  /** Reckons the time left. What was asked to stop before the host had begun is asked again: the host does not remember. */
  beat(): void {
    this.left = this.#time.at(this.#jobs.now());
    if (this.state === 'stopping') this.#ask();
  }

  cancel(): void {
    if (this.state === 'waiting') this.#jobs.callOff(this);
    else if (this.state === 'running' && this.#plan.cancel) {
      this.state = 'stopping';
      this.#ask();
    }
  }

  #ask(): void {
    void Promise.resolve(this.#plan.cancel?.()).catch(() => {
      if (this.state === 'stopping') this.state = 'running';
    });
  }

  /** What became of it; only the first word counts. */
  end(outcome: Outcome, error: ErrorView | null = null): void {
    if (this.ended) return;
    this.state = outcome;
    this.error = error;
    this.left = null;
    this.#jobs.ended(this);
  }

  /** The window that showed it was closed. */
  leave(): void {
    this.place = null;
  }
}

interface Waiting {
  job: Job;
  go: () => void;
  drop: (reason: ErrorView) => void;
}

// No derived values: those end with the screen that read them first, and this stays.
export class Jobs {
  /** What runs or waits, in the order in which it began, and what ended, the last first. */
  list = $state.raw<Job[]>([]);
  /** The panel that lists them. */
  open = $state(false);
  /** Milliseconds before a job is told of. */
  patience = PATIENCE_MS;
  readonly now: () => number;
  readonly #inSight: (place: JobPlace) => boolean;
  #ids = 0;
  #line: Waiting[] = [];
  /** Whose turn it is. */
  #turn: Job | null = null;
  #whenIdle: (() => void)[] = [];
  #timers = new Map<Job, ReturnType<typeof setTimeout>>();
  #beat: ReturnType<typeof setInterval> | null = null;

  /** `now`: milliseconds that only grow; `inSight`: whether somebody looks at a place. */
  constructor(now: () => number, inSight: (place: JobPlace) => boolean) {
    this.now = now;
    this.#inSight = inSight;
  }

  get unfinished(): Job[] {
    return this.list.filter((job) => !job.ended);
  }

  get finished(): Job[] {
    return this.list.filter((job) => job.ended);
  }

  /** What runs or waits and is not shown where somebody looks. */
  get elsewhere(): Job[] {
    return this.unfinished.filter((job) => !(job.own && this.sees(job)));
  }

  /** What a lock waits for; a look at the vault is broken off by it. */
  get awaited(): Job[] {
    return this.unfinished.filter((job) => job.place !== 'bar');
  }

  sees(job: Job): boolean {
    return job.place !== null && this.#inSight(job.place);
  }

  /** A job that runs beside the others: what it does takes no turn. Whoever begins it ends it. */
  begin(plan: JobPlan): Job {
    return this.#add(plan, 'running');
  }

  /** Runs work of the host in its turn and gives its answer, as `queue`. */
  run<T>(plan: JobPlan, work: (job: Job) => Promise<T>): Promise<T> {
    return this.queue(plan, work).done;
  }

  /**
   * Runs work of the host in its turn. `done` gives its answer, throws what it throws, and `cancelled` when it was called
   * off before. Work that was broken off and answers nevertheless ends the job by itself.
   */
  queue<T>(plan: JobPlan, work: (job: Job) => Promise<T>): { job: Job; done: Promise<T> } {
    const job = this.#add(plan, 'waiting');
    return { job, done: this.#take(job, work) };
  }

  async #take<T>(job: Job, work: (job: Job) => Promise<T>): Promise<T> {
    try {
      await new Promise<void>((go, drop) => {
        this.#line.push({ job, go, drop });
        this.#next();
      });
      const answer = await work(job);
      job.end('done');
      return answer;
    } catch (thrown) {
      const error = asError(thrown);
      const calledOff = error.code === 'cancelled' || error.code === 'locked';
      job.end(calledOff ? 'cancelled' : 'failed', calledOff ? null : error);
      throw thrown;
    } finally {
      if (this.#turn === job) this.#turn = null;
      this.#next();
    }
  }

  #next(): void {
    if (this.#turn) return;
    const next = this.#line.shift();
    if (!next) return this.#whenIdle.splice(0).forEach((told) => told());
    this.#turn = next.job;
    next.job.begin();
    next.go();
  }

  /** When nothing runs in a turn and nothing waits for one. */
  idle(): Promise<void> {
    if (!this.#turn && this.#line.length === 0) return Promise.resolve();
    return new Promise((told) => this.#whenIdle.push(told));
  }

  /** Takes a job that waits out of the line. */
  callOff(job: Job): void {
    const at = this.#line.findIndex((one) => one.job === job);
    if (at < 0) return;
    const [waiting] = this.#line.splice(at, 1);
    waiting!.drop({ code: 'cancelled', message: m.job_not_begun(), hint: m.job_not_begun_hint() });
  }

  /** Nothing new begins: what waits is called off. */
  callOffAll(): void {
    for (const { job } of [...this.#line]) this.callOff(job);
  }

  #add(plan: JobPlan, state: State): Job {
    const job = new Job(this, (this.#ids += 1), plan, state);
    const tell = (): void => {
      this.#timers.delete(job);
      this.list = [...this.unfinished, job, ...this.finished];
      this.#beat ??= setInterval(() => this.unfinished.forEach((one) => one.beat()), BEAT_MS);
    };
    if (this.patience > 0) this.#timers.set(job, setTimeout(tell, this.patience));
    else tell();
    return job;
  }

  /** Keeps what became of a job until somebody looks, unless that is seen where it belongs. */
  ended(job: Job): void {
    clearTimeout(this.#timers.get(job));
    this.#timers.delete(job);
    if (!this.list.includes(job)) return;
    const before = this.finished.filter((one) => one !== job);
    const ended = this.sees(job) && !this.open ? before : [job, ...before];
    this.list = [...this.unfinished, ...ended.slice(0, KEPT)];
    if (this.unfinished.length === 0) this.#rest();
  }

  #rest(): void {
    if (this.#beat) clearInterval(this.#beat);
    this.#beat = null;
  }

  /** Somebody looked: what had ended is let go. */
  looked(): void {
    this.list = this.unfinished;
  }

  /** Takes everything away; what runs still has the turn until it has ended. */
  clear(): void {
    this.callOffAll();
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
    this.#rest();
    this.list = [];
    this.open = false;
  }
}
