/** Handing over: what, to whom, what that would be, and the file that was made of it. */
import {
  asError,
  call,
  type ChapterView,
  type ErrorView,
  type HandoverContactView,
  type HandoverMadeView,
  type HandoverPlanView,
  type HandoverRequest,
  type HandoverScopeWord,
  type HandoverView,
  type ProcedureView
} from '../../backend';
import { m } from '../../i18n';
import { fileName } from '../../shared/paths';
import { Job } from './job.svelte';
import { comma } from '../../shared/punctuation';

/** Choices that follow one another are planned for once. */
const SETTLE_MS = 120;

export interface ScopeDocument {
  code: string;
  title: string;
  chapters: Pick<ChapterView, 'number' | 'title'>[];
}

// No derived values: those end with the screen that read them first, and this stays.
export class Give {
  view = $state.raw<HandoverView | null>(null);
  documents = $state.raw<ScopeDocument[]>([]);
  procedures = $state.raw<Pick<ProcedureView, 'id' | 'title'>[]>([]);
  scope = $state<HandoverScopeWord>('whole');
  /** Chapters that go along, `document/number`; a whole document has all of its own here. */
  chapters = $state.raw<ReadonlySet<string>>(new Set());
  runs = $state.raw<ReadonlySet<string>>(new Set());
  findings = $state(true);
  evidence = $state(true);
  since = $state('');
  included = $state(true);
  deidentified = $state(false);
  /** Ids of contacts. */
  to = $state.raw<ReadonlySet<string>>(new Set());
  /** Recipients who are no contacts. */
  others = $state.raw<string[]>([]);
  path = $state('');
  plan = $state.raw<HandoverPlanView | null>(null);
  made = $state.raw<HandoverMadeView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  planError = $state.raw<ErrorView | null>(null);
  readonly job = new Job();
  #turn = 0;

  /** Those whose last state is known, so that changes can begin there. */
  get known(): HandoverContactView[] {
    return (this.view?.contacts ?? []).filter(({ last }) => last.given_at || last.taken_at);
  }

  get recipients(): string[] {
    return [...this.to, ...this.others];
  }

  get ready(): boolean {
    const barred =
      this.plan?.warnings.some(({ kind }) => kind === 'nothing' || kind === 'key_changed') ?? true;
    const named = this.recipients.length > 0 && this.path.trim() !== '';
    return named && !barred && !this.job.running && (this.scope !== 'changes' || this.since !== '');
  }

  get request(): HandoverRequest {
    const parts = this.scope === 'parts';
    const whole = this.documents.filter((one) => parts && this.holds(one) === true);
    const some = this.documents.filter((one) => parts && this.holds(one) === null);
    return {
      scope: this.scope,
      documents: whole.map((one) => one.code),
      chapters: some.flatMap((one) =>
        one.chapters
          .filter((chapter) => this.chapters.has(`${one.code}/${chapter.number}`))
          .map((chapter) => ({ document: one.code, chapter: chapter.number }))
      ),
      procedures: parts ? [...this.runs].sort() : [],
      findings: parts && this.findings,
      evidence: parts && this.evidence,
      since: this.scope === 'changes' ? this.since : '',
      evidence_as: this.included ? 'included' : 'by_reference',
      deidentified: this.deidentified,
      recipients: this.recipients
    };
  }

  async load(): Promise<void> {
    try {
      const [view, { documents }, procedures] = await Promise.all([
        call('handover', null),
        call('checklist', null),
        call('procedures', null)
      ]);
      this.documents = documents.map(({ code, title, chapters }) => ({
        code,
        title,
        chapters: named(chapters)
      }));
      this.procedures = procedures;
      this.view = view;
      if (!this.known.some((one) => one.id === this.since)) this.since = this.known[0]?.id ?? '';
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Asks what the request would be, a moment after the last choice; returns the way to call that off. */
  follow(request: HandoverRequest): () => void {
    const turn = (this.#turn += 1);
    const timer = setTimeout(async () => {
      try {
        const plan = await call('handover_plan', request);
        if (turn !== this.#turn) return;
        this.plan = plan;
        this.planError = null;
      } catch (thrown) {
        if (turn !== this.#turn) return;
        this.plan = null;
        this.planError = asError(thrown);
      }
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }

  async create(): Promise<void> {
    if (!this.ready) return;
    this.made = null;
    const asked = { what: this.request, path: this.path.trim() };
    const title = m.job_of({ what: m.handover_create(), name: fileName(asked.path) });
    this.made = await this.job.run(title, () => call('handover_create', asked));
  }

  /** Whether all of a document goes along; `null` for some of it. */
  holds({ code, chapters }: ScopeDocument): boolean | null {
    const n = chapters.filter((one) => this.chapters.has(`${code}/${one.number}`)).length;
    return n === 0 ? false : n === chapters.length ? true : null;
  }

  toggleDocument(document: ScopeDocument): void {
    const keys = document.chapters.map((one) => `${document.code}/${one.number}`);
    const set = new Set(this.chapters);
    const all = this.holds(document) === true;
    keys.forEach((key) => (all ? set.delete(key) : set.add(key)));
    this.chapters = set;
  }

  toggleChapter(key: string): void {
    this.chapters = toggled(this.chapters, key);
  }

  toggleRun(id: string): void {
    this.runs = toggled(this.runs, id);
  }

  toggleContact(id: string): void {
    this.to = toggled(this.to, id);
  }
}

/** Chapters by their numbers; sections that share one go together. */
function named(chapters: ChapterView[]): ScopeDocument['chapters'] {
  const titles = new Map<string, string[]>();
  for (const { number, title } of chapters) titles.set(number, [...(titles.get(number) ?? []), title]);
  return [...titles].map(([number, all]) => ({ number, title: all.join(comma()) }));
}

function toggled(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}
