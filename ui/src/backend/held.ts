/** Answers that hold until something is written: a screen that was seen shows itself at once when somebody comes back. */
import type { CommandName } from './backend';

/** Commands that change nothing. Whatever is not named here may have written. */
const READS: ReadonlySet<CommandName> = new Set<CommandName>([
  'audit_change',
  'checklist',
  'count',
  'dashboard',
  'data_rows',
  'data_sets',
  'datasets',
  'due',
  'evidence',
  'exception_groups',
  'exception_source',
  'exceptions',
  'field_sheets',
  'finding_repeats',
  'findings',
  'gate',
  'handover',
  'imports',
  'item',
  'mine',
  'patterns',
  'procedures',
  'profile',
  'review',
  'session_touch',
  'settings',
  'source_text',
  'status',
  'team',
  'templates'
]);

/** A while, in milliseconds. */
const REST_MS = 400;
/** More than the screens ask for at a time. */
const AT_MOST = 24;

export class Held {
  /** Given or on their way, the oldest first. */
  #answers = new Map<string, Promise<unknown>>();
  #writing = 0;
  #running = 0;
  #rested: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is due depends on the day. */
  #day = '';

  forget(): void {
    this.#answers.clear();
  }

  /** Runs a command; what was answered before holds no longer when it may write. */
  async run<T>(name: CommandName, work: () => Promise<T>): Promise<T> {
    const writes = READS.has(name) ? 0 : 1;
    const change = (by: number): void => {
      this.#running += by;
      this.#writing += by * writes;
      if (writes) this.forget();
    };
    clearTimeout(this.#timer);
    change(1);
    try {
      return await work();
    } finally {
      change(-1);
      this.#await();
    }
  }

  /** The answer to the same question that still holds, or is on its way. */
  known<T>(question: string): Promise<T> | undefined {
    const today = new Date().toDateString();
    if (today !== this.#day) this.forget();
    this.#day = today;
    return this.#answers.get(question) as Promise<T> | undefined;
  }

  /** Keeps an answer that is on its way. While something is being written nothing holds. */
  keep<T>(question: string, answer: Promise<T>): Promise<T> {
    if (this.#writing) return answer;
    this.#answers.delete(question);
    this.#answers.set(question, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > AT_MOST && oldest !== undefined) this.#answers.delete(oldest);
    answer.catch(() => {
      if (this.#answers.get(question) === answer) this.#answers.delete(question);
    });
    return answer;
  }

  /** Whether no command runs. */
  get idle(): boolean {
    return this.#running === 0;
  }

  /** Calls each time that nothing was asked for a while; returns the way to stop. */
  whenResting(rested: () => void): () => void {
    this.#rested = rested;
    this.#await();
    return () => {
      if (this.#rested !== rested) return;
      this.#rested = null;
      clearTimeout(this.#timer);
    };
  }

  #await(): void {
    clearTimeout(this.#timer);
    if (this.#rested && this.idle) this.#timer = setTimeout(this.#rested, REST_MS);
  }
}
