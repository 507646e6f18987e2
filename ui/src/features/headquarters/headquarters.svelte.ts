/** What is looked at of all exams, and the figures of it. */
import {
  asError,
  call,
  type ErrorView,
  type FindingStatusWord,
  type HeadquartersRenewedView,
  type HeadquartersRequest,
  type HeadquartersView,
  type SeverityWord
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { parseDate } from '../../shared/dates';
import { severityMark, statusMark } from '../../shared/marks';
import { quoted, semicolon } from '../../shared/punctuation';
import { year } from './words';

export type Tab = 'firms' | 'clauses' | 'repeats' | 'overdue' | 'years';
export const TABS: Tab[] = ['firms', 'clauses', 'repeats', 'overdue', 'years'];

export class Headquarters {
  from = $state('');
  to = $state('');
  firm = $state('');
  document = $state('');
  chapter = $state('');
  severity = $state<SeverityWord | ''>('');
  status = $state<FindingStatusWord | ''>('');
  asOf = $state('');
  tab = $state<Tab>('firms');
  view = $state.raw<HeadquartersView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  renewed = $state.raw<HeadquartersRenewedView | null>(null);
  busy = $state(false);

  /** Counts what was asked, so that a slow answer does not take the place of a later one. */
  #asked = 0;

  readonly narrowed = $derived(
    [this.from, this.to, this.firm.trim(), this.document, this.severity, this.status, this.asOf.trim()].some(
      Boolean
    )
  );

  /** What is chosen, in words; empty where it is everything. The day of overdue is told with its figures. */
  readonly told = $derived.by(() => {
    const years = this.from === this.to ? [this.from] : [this.from, this.to];
    const document = this.view?.documents.find(({ code }) => code === this.document);
    const words = [
      this.from || this.to ? years.map((one) => (one ? year(Number(one)) : '')).join('–') : '',
      this.firm.trim() && quoted(this.firm.trim()),
      document ? `${document.code} ${document.title}` : '',
      this.document ? this.chapter : '',
      this.severity && severityMark(this.severity).word,
      this.status && statusMark(this.status).word
    ];
    return words.filter(Boolean).join(semicolon());
  });

  /** The day is sent once it can be read. */
  get request(): HeadquartersRequest {
    const year = (text: string): number | null => (text ? Number(text) : null);
    return {
      from_year: year(this.from),
      to_year: year(this.to),
      firm: this.firm.trim(),
      document: this.document,
      chapter: this.document ? this.chapter : '',
      severity: this.severity || null,
      status: this.status || null,
      as_of: parseDate(this.asOf) ?? ''
    };
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await call('headquarters', this.request);
      if (asked !== this.#asked) return;
      this.view = view;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    }
  }

  clear(): Promise<void> {
    this.from = this.to = this.firm = this.document = this.chapter = this.asOf = '';
    this.severity = this.status = '';
    return this.load();
  }

  /** Collects the results of exams that an earlier release closed last. */
  async renew(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const plan = { title: m.job_renew(), place: 'headquarters' } as const;
      this.renewed = await desk.jobs.run(plan, () => call('headquarters_renew', null));
      await this.load();
    } catch (thrown) {
      this.error = asError(thrown);
    }
    this.busy = false;
  }
}
