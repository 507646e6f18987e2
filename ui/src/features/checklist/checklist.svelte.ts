/** The checklist as it is walked through: tree, filters, search, selection, the item in hand. */
import {
  ask,
  asError,
  call,
  type AnswersView,
  type ChecklistView,
  type DocumentView,
  type ErrorView,
  type ItemLineView,
  type ItemView,
  type ResultWord,
  type SourceTextView
} from '../../backend';
import { foldedWords } from '../../shared/fold';
import { desk } from '../../shared/state/desk.svelte';
import { mine } from '../../shared/state/mine.svelte';
import { answered, due, Filter, relevant, valuesOf, type Kind } from './filter.svelte';
import { SearchIndex } from './search';

export interface Share {
  done: number;
  due: number;
}

export class Checklist {
  view = $state.raw<ChecklistView | null>(null);
  lines = $state.raw<Record<string, ItemLineView>>({});
  /** Document code, or `code/number` of a chapter; empty for all. */
  branch = $state('');
  query = $state('');
  clause = $state('');
  item = $state.raw<ItemView | null>(null);
  error = $state<ErrorView | null>(null);
  /** Clauses selected for answering many at once. */
  selected = $state.raw<ReadonlySet<string>>(new Set());
  /** Whether the whole source text stands in place of the item's. */
  sourceShown = $state(false);
  /** What the last step that changed several answers did. */
  notice = $state.raw<{ answers: AnswersView; undone: boolean } | null>(null);
  readonly filter = new Filter();
  #index: SearchIndex | null = null;
  #sources = new Map<string, Promise<SourceTextView>>();
  #anchor = '';

  readonly examiner = $derived(desk.exam?.current_examiner || this.view?.examiner || '');
  /** As they are walked: those that concern the firm, then the others. */
  readonly documents = $derived.by(() => {
    const all = this.view?.documents ?? [];
    return [...all.filter((d) => this.concerns(d)), ...all.filter((d) => !this.concerns(d))];
  });
  /** Items of the branch in which every word of the query occurs, whomever they were given to. */
  readonly everybodys = $derived.by(() => {
    const hit = this.#index?.finder(this.query) ?? (() => true);
    const within = (code: string, number: string): boolean =>
      !this.branch || this.branch === code || this.branch === `${code}/${number}`;
    return this.documents.flatMap((document) =>
      document.chapters
        .filter((chapter) => within(document.code, chapter.number))
        .flatMap((chapter) => chapter.items.map((item) => this.line(item)).filter(hit))
    );
  });
  /** Those of them that 我的／全部 leaves. */
  readonly found = $derived(this.everybodys.filter((line) => this.#left(line)));
  readonly passing = $derived(this.everybodys.filter((line) => this.filter.passes(line, this.examiner)));
  /** Those of them that were given to who works now. */
  readonly own = $derived(this.passing.filter((line) => mine.hasItem(line.clause)));
  readonly shown = $derived(this.passing.filter((line) => this.#left(line)));
  readonly index = $derived(this.shown.findIndex((line) => line.clause === this.clause));
  readonly words = $derived(foldedWords(this.query));
  /** What answering many is about: the selected items, or all that are shown. */
  readonly many = $derived(
    this.selected.size ? this.all().filter((line) => this.selected.has(line.clause)) : this.shown
  );

  /** The line as it is now. */
  line(old: ItemLineView): ItemLineView {
    return this.lines[old.clause] ?? old;
  }

  all(): ItemLineView[] {
    return (this.view?.documents ?? []).flatMap((d) =>
      d.chapters.flatMap((c) => c.items.map((item) => this.line(item)))
    );
  }

  async load(): Promise<void> {
    try {
      const view = await ask('checklist', null);
      const all = view.documents.flatMap((d) => d.chapters.flatMap((c) => c.items));
      this.#index = new SearchIndex(view);
      this.lines = Object.fromEntries(all.map((line) => [line.clause, line]));
      this.view = view;
      // Asked for at once, so that the item is on its way while the list is drawn.
      if (!this.clause) this.start();
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Whether a document has an item that applies or may apply. */
  concerns(document: DocumentView): boolean {
    return document.chapters.some((chapter) => chapter.items.some((item) => relevant(this.line(item))));
  }

  document(code: string): DocumentView | undefined {
    return this.view?.documents.find((document) => document.code === code);
  }

  #left(line: ItemLineView): boolean {
    return !mine.on || mine.hasItem(line.clause);
  }

  share(items: ItemLineView[]): Share {
    const now = items.map((item) => this.line(item)).filter((line) => due(line) && this.#left(line));
    return { done: now.filter(answered).length, due: now.length };
  }

  /** How many items each value of a kind would list, the other kinds being as they are. */
  facet(kind: Kind): Map<string, number> {
    const counts = new Map<string, number>();
    for (const line of this.found)
      if (this.filter.passes(line, this.examiner, kind))
        for (const value of valuesOf(kind, line, this.examiner))
          counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const picked of this.filter.picked[kind]) counts.set(picked, counts.get(picked) ?? 0);
    return counts;
  }

  async open(clause: string): Promise<void> {
    this.clause = clause;
    this.error = null;
    try {
      const item = await ask('item', { clause });
      if (this.clause === clause) this.item = item;
    } catch (thrown) {
      if (this.clause === clause) this.error = asError(thrown);
    }
  }

  /** Opens an item from outside the list, which then shows everything. */
  reveal(clause: string): void {
    Object.assign(this, { branch: '', query: '' });
    this.filter.open();
    void this.open(clause);
  }

  /** Lists what has one value of a kind, and nothing else. */
  only(kind: Kind, value: string): void {
    Object.assign(this, { branch: '', query: '' });
    this.filter.open();
    this.filter.toggle(kind, value);
    if (this.shown[0] && this.index < 0) void this.open(this.shown[0].clause);
  }

  /**
   * Lists what binds the firm or may: of one chapter of a document where they are named, with one result where it is.
   */
  within(of: { document: string; chapter: string; result: ResultWord | null }): void {
    const chapter = this.document(of.document)?.chapters.find((one) => one.title === of.chapter);
    this.branch = of.document && chapter ? `${of.document}/${chapter.number}` : of.document;
    this.query = '';
    this.filter.clear();
    this.filter.scope = 'relevant';
    if (of.result) this.filter.toggle('result', of.result);
    if (this.shown[0] && this.index < 0) void this.open(this.shown[0].clause);
  }

  /** Goes to the first item without an answer. */
  start(): void {
    const line = this.shown.find((l) => !answered(l)) ?? this.shown[0];
    if (line) void this.open(line.clause);
  }

  /** Moves through the shown items; starts at the first. */
  move(step: number): void {
    const at = this.index < 0 ? 0 : Math.max(0, Math.min(this.shown.length - 1, this.index + step));
    const line = this.shown[at];
    if (line && line.clause !== this.clause) void this.open(line.clause);
  }

  select(clause: string): void {
    const now = new Set(this.selected);
    if (!now.delete(clause)) now.add(clause);
    this.selected = now;
    this.#anchor = clause;
  }

  /** Selects everything from where selecting began to this item. */
  selectTo(clause: string): void {
    const place = (id: string): number => this.shown.findIndex((line) => line.clause === id);
    const from = place(this.#anchor) < 0 ? this.index : place(this.#anchor);
    const to = place(clause);
    if (from < 0 || to < 0) return;
    this.#anchor = this.shown[from]!.clause;
    const [first, last] = from < to ? [from, to] : [to, from];
    const run = this.shown.slice(first, last + 1).map((line) => line.clause);
    this.selected = new Set([...this.selected, ...run]);
  }

  /** Moves and takes what lies between into the selection. */
  extend(step: number): void {
    const line = this.shown[this.index + step];
    if (!line) return;
    this.selectTo(line.clause);
    void this.open(line.clause);
  }

  unselect(): void {
    this.selected = new Set();
    this.#anchor = '';
  }

  /** An item that came back from the host. */
  took(item: ItemView): void {
    this.notice = null;
    this.lines = { ...this.lines, [item.line.clause]: item.line };
    if (this.clause === item.line.clause) this.item = item;
  }

  /** Items that were changed together, among them perhaps the one in hand. */
  async tookMany(answers: AnswersView, undone = false): Promise<void> {
    const changed = answers.lines.map((line) => [line.clause, line] as const);
    this.lines = { ...this.lines, ...Object.fromEntries(changed) };
    this.notice = { answers, undone };
    void desk.refresh();
    const here = changed.some(([clause]) => clause === this.clause);
    const elsewhere = undone && !here && changed[0] ? changed[0][0] : this.clause;
    // What is related to the item in hand may have changed as well.
    if (elsewhere) await this.open(elsewhere);
  }

  /** Takes the last step of answering back, or brings it back. */
  async turn(back: boolean): Promise<void> {
    await desk.settle();
    try {
      await this.tookMany(await call(back ? 'answer_undo' : 'answer_redo', null), true);
      this.error = null;
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** 原文 of a document, fetched once. */
  source(document: string): Promise<SourceTextView> {
    const known = this.#sources.get(document) ?? call('source_text', { document });
    this.#sources.set(document, known);
    known.catch(() => this.#sources.delete(document));
    return known;
  }
}
