/** The state of the review: papers, which of them are listed, chosen and in hand. */
import {
  askAnew,
  asError,
  call,
  type Commands,
  type ErrorView,
  type NoteAnswerRequest,
  type NoteView,
  type PaperView,
  type ReviewView,
  type SignRoleWord
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';

/** What stands for the exam as a whole in the place of a paper's number. */
export const WHOLE = 'EXAM';
export const paperName = (paper: string): string => (paper === WHOLE ? m.paper_whole() : paper);

/**
 * The replies that an examiner wrote in the place of earlier ones of their own. Nothing else of a note can be taken
 * back: what was said stays, and what was cleared is settled.
 */
export const replyEdits = (by: string): Edits<NoteAnswerRequest> =>
  editsOf(desk.exam ?? {}, `replies of ${by}`);

export const SCOPES = ['all', 'unsigned', 'prepared', 'attention', 'reviewed'] as const;
export type Scope = (typeof SCOPES)[number];

/** Whether what is signed does not stand any more: the paper says something else, or a signature does not hold. */
export const isStale = (paper: PaperView): boolean =>
  [paper.prepared, paper.reviewed].some((one) => one !== null && !one.current);
export const isBroken = (paper: PaperView): boolean =>
  [paper.prepared, paper.reviewed, ...paper.earlier].some((one) => one !== null && !one.holds);

const IN: Record<Scope, (paper: PaperView) => boolean> = {
  all: () => true,
  unsigned: (paper) => paper.prepared === null,
  prepared: (paper) => paper.prepared !== null && paper.reviewed === null,
  attention: (paper) => paper.notes_open > 0 || isStale(paper) || isBroken(paper),
  reviewed: (paper) => paper.reviewed !== null
};

export class Review {
  view = $state.raw<ReviewView | null>(null);
  scope = $state<Scope>('all');
  paper = $state(WHOLE);
  /** Numbers of the papers that were ticked. */
  ticked = $state.raw<string[]>([]);
  error = $state.raw<ErrorView | null>(null);

  readonly all = $derived(this.view ? [this.view.exam, ...this.view.papers] : []);
  readonly listed = $derived(this.all.filter(IN[this.scope]));
  readonly current = $derived(this.all.find((one) => one.paper === this.paper) ?? null);
  readonly notes = $derived<NoteView[]>((this.view?.notes ?? []).filter((note) => note.paper === this.paper));
  readonly me = $derived(desk.exam?.current_examiner ?? '');
  readonly identity = $derived(this.view?.identities.find((one) => one.name === this.me) ?? null);
  /** What signing would be about: the ticked papers, or the one in hand. */
  readonly chosen = $derived(
    this.ticked.length
      ? this.all.filter((one) => this.ticked.includes(one.paper))
      : this.current
        ? [this.current]
        : []
  );
  /** As what the examiner who works now would sign them. */
  readonly role = $derived<SignRoleWord>(
    this.chosen.length > 0 && this.chosen.every((one) => one.prepared !== null && one.prepared.by !== this.me)
      ? 'reviewer'
      : 'preparer'
  );

  /** Whether there is anything that could be signed so: what has such a signature is opened again first. */
  signable(role: SignRoleWord): boolean {
    return this.chosen.some((one) => one.reviewed === null && (role === 'reviewer' || one.prepared === null));
  }

  figure(scope: Scope): number {
    return this.all.filter(IN[scope]).length;
  }

  #take(view: ReviewView): void {
    this.view = view;
    this.keepReplies();
  }

  /** A reply that somebody else replaced, or whose note was cleared, stays as it is. */
  keepReplies(): void {
    const own = this.view?.notes.filter(({ reply, clearance }) => !clearance && reply?.by === this.me);
    if (own) replyEdits(this.me).keep(({ id }) => own.some((note) => note.id === id));
  }

  async load(): Promise<void> {
    try {
      for await (const view of askAnew('review', null)) this.#take(view);
      this.error = null;
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Asks for a change; gives the error, if there is one, for the place that asked. */
  async ask<
    K extends 'identity_make' | 'review_sign' | 'review_reopen' | 'note_add' | 'note_reply' | 'note_clear'
  >(command: K, request: Commands[K]['request']): Promise<ErrorView | null> {
    try {
      this.#take((await call(command, request)) as ReviewView);
      await desk.refresh();
      return null;
    } catch (thrown) {
      return asError(thrown);
    }
  }

  /** Replies to a note; the examiner's own earlier reply can be brought back. */
  async reply(note: NoteView, text: string): Promise<ErrorView | null> {
    const [by, said] = [this.me, note.reply];
    const error = await this.ask('note_reply', { id: note.id, text });
    if (error === null && said?.by === by)
      replyEdits(by).did(
        () => m.note_reply_to({ paper: paperName(note.paper) }),
        { id: note.id, text: said.text },
        { id: note.id, text }
      );
    return error;
  }

  /** Says again what a reply said, and shows it. */
  async put(request: NoteAnswerRequest): Promise<boolean> {
    this.error = await this.ask('note_reply', request);
    const note = this.view?.notes.find(({ id }) => id === request.id);
    if (note && this.error === null) this.pick(note.paper);
    return this.error === null;
  }

  /** Lists these papers; what is in hand is one of them. */
  show(scope: Scope): void {
    this.scope = scope;
    if (!this.listed.some((one) => one.paper === this.paper))
      this.paper = this.listed[0]?.paper ?? this.paper;
  }

  pick(paper: string): void {
    this.paper = paper;
    if (!this.listed.some((one) => one.paper === paper)) this.scope = 'all';
  }

  move(by: number): void {
    const at = this.listed.findIndex((one) => one.paper === this.paper);
    const next = this.listed[Math.max(0, Math.min(this.listed.length - 1, at + by))];
    if (next) this.paper = next.paper;
  }

  tick(paper: string): void {
    this.ticked = this.ticked.includes(paper)
      ? this.ticked.filter((one) => one !== paper)
      : [...this.ticked, paper];
  }

  /** Ticks the papers that are listed, or none; the exam as a whole is signed by itself. */
  tickListed(): void {
    const listed = this.listed.map((one) => one.paper).filter((paper) => paper !== WHOLE);
    this.ticked = listed.every((paper) => this.ticked.includes(paper)) ? [] : listed;
  }
}
