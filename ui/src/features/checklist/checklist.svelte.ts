/** The checklist as it is walked through: tree, filters, search, the item in hand. */
import {
  asError,
  call,
  type ApplicabilityWord,
  type ChecklistView,
  type DocumentView,
  type ErrorView,
  type ItemLineView,
  type ItemView,
  type ResultWord
} from '../../backend';
import { matches } from '../../shared/fold';

/** `relevant`: all but what does not apply to the firm. */
export type Filter = 'all' | 'relevant' | ApplicabilityWord | 'open' | ResultWord;

const APPLIES: ApplicabilityWord[] = ['applicable', 'substituted', 'waived'];

/** Whether an answer is due. */
export const due = (line: ItemLineView): boolean => APPLIES.includes(line.applicability);
const relevant = (line: ItemLineView): boolean => line.applicability !== 'not_applicable';
const answered = (line: ItemLineView): boolean => line.result !== 'not_examined';

function passes(line: ItemLineView, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'relevant':
      return relevant(line);
    case 'open':
      return due(line) && !answered(line);
    case 'applicable':
      return due(line);
    case 'undetermined':
    case 'substituted':
    case 'waived':
      return line.applicability === filter;
    case 'not_applicable':
      return line.applicability === filter || line.result === filter;
    default:
      return line.result === filter;
  }
}

export interface Share {
  done: number;
  due: number;
}

export class Checklist {
  view = $state.raw<ChecklistView | null>(null);
  lines = $state.raw<Record<string, ItemLineView>>({});
  /** Document code, or `code/number` of a chapter; empty for all. */
  branch = $state('');
  filter = $state<Filter>('relevant');
  query = $state('');
  clause = $state('');
  item = $state.raw<ItemView | null>(null);
  error = $state<ErrorView | null>(null);

  /** As they are walked: those that concern the firm, then the others. */
  readonly documents = $derived.by(() => {
    const all = this.view?.documents ?? [];
    return [...all.filter((d) => this.concerns(d)), ...all.filter((d) => !this.concerns(d))];
  });
  readonly shown = $derived.by(() => {
    const picked: ItemLineView[] = [];
    for (const document of this.documents)
      for (const chapter of document.chapters) {
        if (
          this.branch &&
          this.branch !== document.code &&
          this.branch !== `${document.code}/${chapter.number}`
        )
          continue;
        for (const old of chapter.items) {
          const line = this.lines[old.clause] ?? old;
          if (passes(line, this.filter) && matches(this.query, line.clause, line.label, line.text))
            picked.push(line);
        }
      }
    return picked;
  });
  readonly index = $derived(this.shown.findIndex((line) => line.clause === this.clause));

  async load(): Promise<void> {
    try {
      const view = await call('checklist', null);
      const all = view.documents.flatMap((d) => d.chapters.flatMap((c) => c.items));
      this.lines = Object.fromEntries(all.map((line) => [line.clause, line]));
      this.view = view;
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Whether a document has an item that applies or may apply. */
  concerns(document: DocumentView): boolean {
    return document.chapters.some((chapter) =>
      chapter.items.some((item) => relevant(this.lines[item.clause] ?? item))
    );
  }

  share(items: ItemLineView[]): Share {
    const now = items.map((item) => this.lines[item.clause] ?? item).filter(due);
    return { done: now.filter(answered).length, due: now.length };
  }

  async open(clause: string): Promise<void> {
    this.clause = clause;
    this.error = null;
    try {
      const item = await call('item', { clause });
      if (this.clause === clause) this.item = item;
    } catch (thrown) {
      if (this.clause === clause) this.error = asError(thrown);
    }
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

  /** An item that came back from the host. */
  took(item: ItemView): void {
    this.lines = { ...this.lines, [item.line.clause]: item.line };
    if (this.clause === item.line.clause) this.item = item;
  }
}
