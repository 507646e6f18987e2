/** A finding as it is written. A machine may draft the words; only an examiner saves them. */
import {
  asError,
  call,
  type ClauseText,
  type ErrorView,
  type FindingDraftView,
  type FindingStatusWord,
  type FindingTypeWord,
  type FindingView,
  type LinkedRowView,
  type SeverityWord
} from '../../backend';
import { desk } from '../../shared/state/desk.svelte';

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
  saved = $state.raw<FindingView | null>(null);
  error = $state<ErrorView | null>(null);
  busy = $state(false);
  #before = '';

  static of(finding: FindingView): Composer {
    const composer = new Composer();
    const { no, kind, title, condition, criteria, cause, effect, severity, category, recommendation, rows } =
      finding;
    Object.assign(composer, {
      no,
      kind,
      title,
      condition,
      criteria,
      cause,
      effect,
      severity,
      category,
      recommendation,
      rows
    });
    composer.saved = finding;
    composer.#before = composer.#words();
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

  #words(): string {
    return JSON.stringify(this.request('draft'));
  }

  get dirty(): boolean {
    return this.#words() !== this.#before;
  }

  /** Whether it has what a finding cannot be without. */
  get complete(): boolean {
    return this.title.trim() !== '' && this.condition.trim() !== '' && this.criteria.length > 0;
  }

  request(status: FindingStatusWord) {
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
      status,
      exceptions: this.rows.map((row) => row.id)
    };
  }

  async save(status: FindingStatusWord): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      const view = await call('finding_save', this.request(status));
      this.no = view.no;
      this.saved = view;
      this.#before = this.#words();
      await desk.refresh();
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = false;
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
