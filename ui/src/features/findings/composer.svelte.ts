/** A finding: its words while it is a draft, and the steps of its life. A machine may draft; only an examiner saves. */
import {
  asError,
  call,
  type ClauseText,
  type EarlierFindingView,
  type ErrorView,
  type EvidenceRefView,
  type FindingDraftView,
  type FindingRequest,
  type FindingStatusWord,
  type FindingTypeWord,
  type FindingView,
  type FollowUpRequest,
  type LinkedRowView,
  type RepeatView,
  type ReplyRequest,
  type SeverityWord
} from '../../backend';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';

/** The words of an exam's findings as they were stored one after the other. */
export const findingEdits = (): Edits<FindingRequest> => editsOf(desk.exam ?? {}, 'findings');

export class Composer {
  no = $state(0);
  kind = $state<FindingTypeWord>('deficiency');
  title = $state('');
  condition = $state('');
  criteria = $state.raw<ClauseText[]>([]);
  cause = $state('');
  effect = $state('');
  severity = $state<SeverityWord>('medium');
  category = $state('');
  recommendation = $state('');
  rows = $state.raw<LinkedRowView[]>([]);
  objects = $state.raw<string[]>([]);
  evidence = $state.raw<EvidenceRefView[]>([]);
  papers = $state.raw<string[]>([]);
  repeatOf = $state.raw<EarlierFindingView | null>(null);
  saved = $state.raw<FindingView | null>(null);
  error = $state<ErrorView | null>(null);
  busy = $state(false);
  /** Figures that were taken over from a later run: the words may still say the ones before. */
  rebound = $state(false);
  /** Earlier findings that this one may repeat; `null` before they are asked for. */
  repeats = $state.raw<RepeatView[] | null>(null);
  /** Numbers of proposals that somebody put aside here. */
  aside = $state.raw<string[]>([]);
  #before = '';

  static of(finding: FindingView): Composer {
    const composer = new Composer();
    composer.#take(finding);
    return composer;
  }

  static from(draft: FindingDraftView): Composer {
    const composer = new Composer();
    const { kind, title, condition, criteria, effect, severity, category, recommendation, rows } = draft;
    Object.assign(composer, {
      kind,
      title,
      condition,
      criteria,
      effect,
      severity,
      category,
      recommendation,
      rows
    });
    return composer;
  }

  #take(view: FindingView): void {
    const { no, kind, title, condition, criteria, cause, effect, severity, category, recommendation } = view;
    const { rows, objects, evidence, papers, chain } = view;
    Object.assign(this, { no, kind, title, condition, criteria, cause, effect, severity, category });
    Object.assign(this, { recommendation, rows, objects, evidence, papers, repeatOf: chain[0] ?? null });
    this.saved = view;
    this.#before = this.#words();
  }

  /** What the host says now. Words come along only when somebody else changed them, and none are being written here. */
  renew(view: FindingView): void {
    if (this.busy || this.saved === null) return;
    if (this.saved.at === view.at || this.dirty) this.saved = view;
    else this.#take(view);
  }

  #words(): string {
    return JSON.stringify(this.request());
  }

  get dirty(): boolean {
    return this.#words() !== this.#before;
  }

  /** Whether nobody wrote anything into it yet. */
  get blank(): boolean {
    const { no, title, condition, cause, effect, recommendation, criteria, rows, objects, evidence, papers } =
      this;
    const lists = [criteria, rows, objects, evidence, papers];
    const words = title + condition + cause + effect + recommendation;
    return no === 0 && words.trim() === '' && lists.every((list) => list.length === 0);
  }

  /** Whether its words can be changed: it is new or a draft. */
  get open(): boolean {
    return this.saved === null || this.saved.status === 'draft';
  }

  /** Whether it has what a finding cannot be without. */
  get complete(): boolean {
    const law = this.kind === 'observation' || this.kind === 'good_practice' || this.criteria.length > 0;
    return this.title.trim() !== '' && this.condition.trim() !== '' && law;
  }

  request(): FindingRequest {
    const { no, kind, title, condition, cause, effect, severity, category, recommendation } = this;
    return {
      no,
      kind,
      title,
      condition,
      clauses: this.criteria.map((clause) => clause.clause),
      cause,
      effect,
      severity,
      category,
      recommendation,
      exceptions: this.rows.map((row) => row.id),
      objects: this.objects,
      evidence: this.evidence.map((piece) => piece.id),
      papers: this.papers,
      repeat_of: this.repeatOf
    };
  }

  /** Asks the host for a change; its answer is what holds. Words that are typed meanwhile stay. */
  async #ask(what: () => Promise<FindingView>, whole: boolean): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      const sent = this.#words();
      const view = await what();
      if (whole) this.#take(view);
      else {
        const same = this.#words() === sent;
        this.no = view.no;
        this.saved = view;
        if (same) this.#before = this.#words();
      }
      await desk.refresh();
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async save(): Promise<boolean> {
    const [before, after] = [this.#before, this.#words()];
    const known = this.saved !== null;
    const done = await this.#ask(() => call('finding_save', this.request()), false);
    const { number } = this.saved ?? { number: '' };
    // A finding that is new is taken back by withdrawing it, which wants a reason.
    if (done && known && before !== after)
      findingEdits().did(
        () => number,
        JSON.parse(before) as FindingRequest,
        JSON.parse(after) as FindingRequest
      );
    return done;
  }

  /** Stores these words in the place of those that are there. */
  put(request: FindingRequest): Promise<boolean> {
    return this.#ask(() => call('finding_save', request), true);
  }

  /** A step of its life; words that are not saved yet are saved before. */
  async step(to: FindingStatusWord, note = ''): Promise<boolean> {
    if (this.open && this.dirty && to !== 'withdrawn' && !(await this.save())) return false;
    const { no } = this;
    return this.#ask(
      () =>
        to === 'withdrawn'
          ? call('finding_withdraw', { no, reason: note })
          : call('finding_step', { no, to, note }),
      true
    );
  }

  /** Takes over the figures of the latest run; the words stay, and want to be looked at. */
  async rebind(): Promise<boolean> {
    if (this.dirty && !(await this.save())) return false;
    const done = await this.#ask(() => call('finding_rebind', { no: this.no }), true);
    if (done) this.rebound = true;
    return done;
  }

  reply(said: Omit<ReplyRequest, 'no'>): Promise<boolean> {
    return this.#ask(() => call('finding_reply', { no: this.no, ...said }), true);
  }

  followUp(said: Omit<FollowUpRequest, 'no'>): Promise<boolean> {
    return this.#ask(() => call('finding_follow_up', { no: this.no, ...said }), true);
  }

  async propose(): Promise<void> {
    if (this.no === 0) return;
    try {
      this.repeats = await call('finding_repeats', { no: this.no });
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Adds a clause by its id, with the words of the bundled text. */
  async cite(id: string): Promise<void> {
    const clause = id.trim().toUpperCase();
    if (clause === '' || this.criteria.some((c) => c.clause === clause)) return;
    try {
      const { line, document, edition } = await call('item', { clause });
      this.criteria = [...this.criteria, { clause, document, edition, label: line.label, text: line.text }];
      this.error = null;
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  uncite(clause: string): void {
    this.criteria = this.criteria.filter((c) => c.clause !== clause);
  }
}
