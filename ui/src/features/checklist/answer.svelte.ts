/** An answer as it is written: saved at once when a key sets it, shortly after the last letter when it is typed. */
import {
  asError,
  call,
  type AnswerModeWord,
  type AnswerRequest,
  type ErrorView,
  type ItemView,
  type MethodWord,
  type ResultWord
} from '../../backend';
import { answerAt, type Place } from './cells';

const REST_MS = 700;

/** Spaces at the ends are not kept by the host, so that they make no difference. */
const text = (request: AnswerRequest): string =>
  JSON.stringify({
    ...request,
    note: request.note.trim(),
    paper_ref: request.paper_ref.trim(),
    awaited: request.awaited?.trim() ?? null
  });

/** What stands at a place, as it would be asked for again. */
function requestOf(item: ItemView, place: Place): AnswerRequest {
  const answer = answerAt(item, place);
  return {
    clause: item.line.clause,
    ...place,
    result: answer?.result ?? 'not_examined',
    method: answer?.method ?? null,
    mode: answer?.mode ?? null,
    note: answer?.note ?? '',
    paper_ref: answer?.paper_ref ?? '',
    awaited: answer?.awaited ?? null
  };
}

export class AnswerDraft {
  readonly clause: string;
  readonly place: Place;
  result = $state<ResultWord>('not_examined');
  method = $state<MethodWord | null>(null);
  mode = $state<AnswerModeWord | null>(null);
  note = $state('');
  paper = $state('');
  awaited = $state<string | null>(null);
  error = $state<ErrorView | null>(null);
  #excused = $state(false);
  #saved = '';
  #writing = 0;
  #composing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<void> = Promise.resolve();
  #took: (item: ItemView) => void;

  constructor(item: ItemView, place: Place, took: (item: ItemView) => void) {
    this.clause = item.line.clause;
    this.place = place;
    this.#took = took;
    this.#fill(requestOf(item, place));
    this.#excuse(item);
  }

  #excuse(item: ItemView): void {
    this.#excused = item.line.applicability === 'not_applicable';
  }

  #fill(stored: AnswerRequest): void {
    const { result, method, mode, note, paper_ref, awaited } = stored;
    Object.assign(this, { result, method, mode, note, paper: paper_ref, awaited });
    this.#saved = text(stored);
  }

  #request(): AnswerRequest {
    const { clause, place, result, method, mode, note, paper, awaited } = this;
    return { clause, ...place, result, method, mode, note, paper_ref: paper, awaited };
  }

  /** A result that is set here and waits for its reason before it can be stored. */
  get needsReason(): boolean {
    return this.result === 'not_applicable' && !this.note.trim() && !this.#excused;
  }

  /** Whether something here is not stored yet. */
  get dirty(): boolean {
    return this.#composing || this.#writing > 0 || text(this.#request()) !== this.#saved;
  }

  /** Takes what the host has now, unless something of this answer is still being written. */
  sync(item: ItemView): void {
    this.#excuse(item);
    if (this.dirty) return;
    const stored = requestOf(item, this.place);
    if (text(stored) === this.#saved) return;
    this.#fill(stored);
    this.error = null;
  }

  set(result: ResultWord): void {
    this.result = result;
    void this.save();
  }

  /** Begins to wait for something from the firm, or stops it. */
  flag(): void {
    this.awaited = this.awaited === null ? '' : null;
    void this.save();
  }

  compose(on: boolean): void {
    this.#composing = on;
    if (on) clearTimeout(this.#timer);
    else this.typed();
  }

  /** Saves after a rest in typing, never in the middle of a composition. */
  typed(): void {
    clearTimeout(this.#timer);
    if (!this.#composing) this.#timer = setTimeout(() => void this.save(), REST_MS);
  }

  /** Saves what differs from the last saved answer; saves follow each other in order. */
  save(): Promise<void> {
    clearTimeout(this.#timer);
    const request = this.#request();
    const now = text(request);
    if (now === this.#saved || this.needsReason) return this.#queue;
    const before = this.#saved;
    this.#saved = now;
    this.#writing += 1;
    this.#queue = this.#queue.then(async () => {
      try {
        const item = await call('answer', request);
        this.error = null;
        this.#writing -= 1;
        this.#took(item);
      } catch (thrown) {
        this.#writing -= 1;
        if (this.#saved === now) this.#saved = before;
        this.error = asError(thrown);
      }
    });
    return this.#queue;
  }
}
