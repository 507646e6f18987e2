/** Procedures that an examiner writes: those there are, the one in hand, and whether its statement was tried. */
import {
  asError,
  call,
  type ErrorView,
  type OwnForm,
  type OwnPreviewView,
  type OwnProcedureView,
  type OwnRefusalView,
  type OwnSaveRequest,
  type OwnSchemaView,
  type OwnScope,
  type RuleVerdictWord,
  type StrengthWord
} from '../../../backend';
import { m } from '../../../i18n';
import { desk } from '../../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../../shared/state/edits.svelte';
import { keeper } from '../../../shared/state/keeper.svelte';
import { beginning, clausesOf } from './text';

export const VERDICTS: RuleVerdictWord[] = ['exception', 'unknown', 'lead'];
export const STRENGTHS: StrengthWord[] = ['must', 'must_not', 'should', 'may', 'question'];
export const SCOPES: OwnScope[] = ['exam', 'organisation'];

/**
 * The versions that were saved in an exam in place of earlier ones. The first of a procedure and a withdrawn one are no
 * steps: their ids are not given again.
 */
export const ownEdits = (): Edits<OwnSaveRequest> => editsOf(desk.exam ?? {}, 'own procedures');

/** Why it cannot be saved now, or that it can. */
export type Ready = 'untitled' | 'untried' | 'altered' | 'unchanged' | 'ready';

/** The form as it is filled in. It outlives the window, so nothing in it may be derived in the window's name. */
class Draft {
  title = $state('');
  purpose = $state('');
  subject = $state('');
  verdict = $state<RuleVerdictWord>('exception');
  strength = $state<StrengthWord>('must');
  clauses = $state('');
  scope = $state<OwnScope>('exam');
  sql = $state('');
  /** Headings by the name of the result column; the others keep the usual ones. */
  headings = $state<Record<string, string>>({});

  get form(): OwnForm {
    const { title, purpose, subject, verdict, strength, sql } = this;
    const named = Object.entries(this.headings).map(([key, zh]) => ({ key, zh: zh.trim() }));
    return {
      title: title.trim(),
      purpose: purpose.trim(),
      subject,
      verdict,
      strength,
      clauses: clausesOf(this.clauses),
      columns: named.filter((column) => column.zh !== ''),
      sql
    };
  }

  get whole(): string {
    return JSON.stringify([this.scope, this.form]);
  }

  take(form: OwnForm, scope: OwnScope): void {
    const { columns, clauses, ...rest } = form;
    Object.assign(this, rest, {
      scope,
      clauses: clauses.join('、'),
      headings: Object.fromEntries(columns.map(({ key, zh }) => [key, zh]))
    });
  }
}

export class Own {
  list = $state.raw<OwnProcedureView[] | null>(null);
  schema = $state.raw<OwnSchemaView | null>(null);
  /** The one in hand; `null`: a new one. */
  current = $state.raw<OwnProcedureView | null>(null);
  view = $state.raw<OwnPreviewView | null>(null);
  /** Why there is nothing to be shown, or why it was not saved. */
  error = $state.raw<ErrorView | null>(null);
  busy = $state<'trying' | 'saving' | null>(null);
  /** What was saved last while the window is open. */
  saved = $state.raw<OwnProcedureView | null>(null);
  readonly draft = new Draft();
  #clean = $state('');
  /** What the last preview was of. */
  #tried = $state.raw<{ subject: string; sql: string } | null>(null);

  get dirty(): boolean {
    return this.draft.whole !== this.#clean;
  }

  /** A file that holds more than the form can is shown as it is. */
  get readonly(): boolean {
    return this.current !== null && this.current.form === null;
  }

  get #same(): boolean {
    const { sql, subject } = this.draft;
    return this.#tried !== null && this.#tried.sql === sql && this.#tried.subject === subject;
  }

  /** What is wrong with the text as it stands; changed text is not marked. */
  get refused(): OwnRefusalView | null {
    return this.#same ? (this.view?.refused ?? null) : null;
  }

  get stale(): boolean {
    return this.view !== null && !this.#same;
  }

  get ready(): Ready {
    if (!this.dirty) return 'unchanged';
    if (!this.view || !this.#tried) return 'untried';
    if (!this.#same) return 'altered';
    if (this.view.refused) return 'untried';
    return this.draft.form.title === '' ? 'untitled' : 'ready';
  }

  async load(): Promise<void> {
    this.error = this.saved = null;
    try {
      const [list, schema] = await Promise.all([call('own_procedures', null), call('own_schema', null)]);
      this.list = list;
      this.schema = schema;
      // What was being written when the window was left is still there.
      if (this.dirty && this.draft.subject !== '') return;
      this.open(list.find((one) => one.id === this.current?.id) ?? list[0] ?? null);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Opens one; `null` begins another. What is in hand is let go. */
  open(one: OwnProcedureView | null): void {
    const subject = this.schema?.datasets[0]?.key ?? '';
    const blank: OwnForm = {
      title: '',
      purpose: '',
      subject,
      verdict: 'exception',
      strength: 'must',
      clauses: [],
      columns: [],
      sql: subject === '' ? '' : beginning(subject)
    };
    this.current = one;
    this.draft.take(one?.form ?? blank, one?.scope ?? 'exam');
    this.#clean = this.draft.whole;
    this.view = this.#tried = this.error = null;
  }

  discard(): void {
    this.open(this.current);
  }

  /** Another dataset; what nobody has written on yet begins with it. */
  about(subject: string): void {
    if (this.draft.sql === beginning(this.draft.subject)) this.draft.sql = beginning(subject);
    this.draft.subject = subject;
  }

  /** Runs the statement without keeping anything; true when it lists rows, or none. */
  async try(): Promise<boolean> {
    if (this.busy || this.readonly) return false;
    const { subject, sql } = this.draft;
    this.busy = 'trying';
    this.error = null;
    try {
      const view = await desk.jobs.run(
        { title: m.job_try(), place: 'tests', cancel: () => call('audit_cancel', null) },
        () => call('own_preview', { subject, sql })
      );
      this.view = view;
      this.#tried = { subject, sql };
      return view.refused === null;
    } catch (thrown) {
      this.view = this.#tried = null;
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = null;
    }
  }

  /** Saves what was tried; true when it was. */
  async save(): Promise<boolean> {
    if (this.busy || this.ready !== 'ready') return false;
    const { form, scope, whole } = this.draft;
    const listed = new Set(this.view?.columns.map((column) => column.key));
    const before = this.current;
    const request: OwnSaveRequest = {
      id: before?.id ?? null,
      scope,
      form: { ...form, columns: form.columns.filter((column) => listed.has(column.key)) }
    };
    return this.#save(request, (made) => {
      this.current = made;
      // What was typed meanwhile is not saved yet.
      this.#clean = whole;
      if (before?.form)
        ownEdits().did(() => m.own_step({ id: made.id }), { ...request, form: before.form }, request);
    });
  }

  /** Saves what a version said as another version, and shows it. */
  async put(request: OwnSaveRequest): Promise<boolean> {
    return this.busy === null && this.#save(request, (made) => this.open(made));
  }

  async #save(request: OwnSaveRequest, then: (made: OwnProcedureView) => void): Promise<boolean> {
    this.busy = 'saving';
    this.error = null;
    try {
      const made = await call('own_save', request);
      then(made);
      this.saved = made;
      this.list = await call('own_procedures', null);
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = null;
    }
  }

  /** Takes one back; throws an `ErrorView`. */
  async withdraw(one: OwnProcedureView): Promise<void> {
    this.list = await call('own_withdraw', { id: one.id });
    ownEdits().keep(({ id }) => id !== one.id);
    if (this.saved?.id === one.id) this.saved = null;
    if (this.current?.id === one.id) this.open(this.list[0] ?? null);
  }
}

/** What is being written in an exam; it stays while another stage is looked at, and goes with the exam. */
export const ownOf = keeper(() => new Own());
