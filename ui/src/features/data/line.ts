/**
 * Calls of this screen to the host, one after the other, so that what is stopped is what was meant. Rows go before what
 * only helps (`aside`): that is broken off for them and begun again when nothing else is asked.
 */
import { call } from '../../backend';

interface Task {
  work: () => Promise<unknown>;
  aside: boolean;
  done: (value: unknown) => void;
  failed: (reason: unknown) => void;
}

/** What a stopped call ends with, like the host's own. */
const STOPPED = { code: 'cancelled', message: '', hint: '' };
/** Asked to stop again while it goes on: what waited for its turn could not hear it. */
const AGAIN_MS = 150;
/** How long nothing else may have been asked before what only helps begins. */
const CALM_MS = 200;

export class Line {
  #tasks: Task[] = [];
  #running: Task | null = null;
  #given = new Set<Task>();
  #calm: ReturnType<typeof setTimeout> | null = null;
  /** The last wish to stop, until the host has it: what comes next must not be what it stops. */
  #wish: Promise<unknown> = Promise.resolve();
  /** Told when the first call begins and when the last one ends. */
  onbusy: (busy: boolean) => void = () => {};

  /** Waits its turn and runs. Rejects with the code `cancelled` when it is stopped. */
  run<T>(work: () => Promise<T>, aside = false): Promise<T> {
    return new Promise<T>((done, failed) => {
      this.#tasks.push({ work, aside, done: done as (value: unknown) => void, failed });
      if (!aside && this.#running?.aside) void this.#interrupt(this.#running);
      this.#next();
    });
  }

  /** Stops what runs and forgets what waits; what only helps as well, if so wished. */
  async stop(aside: boolean): Promise<void> {
    const meant = (task: Task): boolean => aside || !task.aside;
    for (const task of this.#tasks.filter(meant)) task.failed(STOPPED);
    this.#tasks = this.#tasks.filter((task) => !meant(task));
    const running = this.#running;
    if (!running || !meant(running)) return;
    this.#given.add(running);
    running.failed(STOPPED);
    await this.#interrupt(running);
  }

  async #interrupt(task: Task): Promise<void> {
    while (this.#running === task) {
      this.#wish = call('data_cancel', null).catch(() => null);
      await this.#wish;
      await new Promise((after) => setTimeout(after, this.#running === task ? AGAIN_MS : 0));
    }
  }

  #next(): void {
    if (this.#running) return;
    const first = this.#tasks.findIndex((task) => !task.aside);
    if (first >= 0) void this.#do(this.#tasks.splice(first, 1)[0]!);
    else if (this.#tasks.length > 0) this.#later();
  }

  #later(): void {
    if (this.#calm) clearTimeout(this.#calm);
    this.#calm = setTimeout(() => {
      this.#calm = null;
      if (this.#running || this.#tasks.some((task) => !task.aside)) return;
      const task = this.#tasks.shift();
      if (task) void this.#do(task);
    }, CALM_MS);
  }

  async #do(task: Task): Promise<void> {
    this.#running = task;
    if (!task.aside) this.onbusy(true);
    try {
      task.done(await task.work());
    } catch (reason) {
      if (this.#broken(task, reason)) this.#tasks.push(task);
      else task.failed(reason);
    } finally {
      await this.#wish;
      this.#running = null;
      this.#given.delete(task);
      if (!task.aside) this.onbusy(false);
      this.#next();
    }
  }

  /** Broken off for something else, and still wanted. */
  #broken(task: Task, reason: unknown): boolean {
    const code = (reason as { code?: string } | null)?.code;
    return task.aside && code === 'cancelled' && !this.#given.has(task);
  }
}
