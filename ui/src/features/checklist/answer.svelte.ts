/** An answer as it is written: saved at once when a key sets it, shortly after the last letter when it is typed. */
import {
  asError,
  call,
  type AnswerRequest,
  type ErrorView,
  type ItemView,
  type MethodWord,
  type ResultWord
} from '../../backend';

const REST_MS = 700;

export class AnswerDraft {
  readonly clause: string;
  readonly system: string;
  result = $state<ResultWord>('not_examined');
  method = $state<MethodWord | null>(null);
  note = $state('');
  paper = $state('');
  error = $state<ErrorView | null>(null);
  #saved: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<void> = Promise.resolve();
  #took: (item: ItemView) => void;

  constructor(item: ItemView, system: string, took: (item: ItemView) => void) {
    this.clause = item.line.clause;
    this.system = system;
    this.#took = took;
    const answer = item.answers.find((a) => a.system === system);
    if (answer) {
      this.result = answer.result;
      this.method = answer.method;
      this.note = answer.note;
      this.paper = answer.paper_ref;
    }
    this.#saved = JSON.stringify(this.#request());
  }

  #request(): AnswerRequest {
    const { clause, system, result, method, note, paper } = this;
    return { clause, system, result, method, note, paper_ref: paper };
  }

  set(result: ResultWord): void {
    this.result = result;
    void this.save();
  }

  /** Saves after a rest in typing. */
  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), REST_MS);
  }

  /** Saves what differs from the last saved answer; saves follow each other in order. */
  save(): Promise<void> {
    clearTimeout(this.#timer);
    const request = this.#request();
    const text = JSON.stringify(request);
    if (text === this.#saved) return this.#queue;
    const before = this.#saved;
    this.#saved = text;
    this.#queue = this.#queue.then(async () => {
      try {
        this.#took(await call('answer', request));
        this.error = null;
      } catch (thrown) {
        if (this.#saved === text) this.#saved = before;
        this.error = asError(thrown);
      }
    });
    return this.#queue;
  }
}
