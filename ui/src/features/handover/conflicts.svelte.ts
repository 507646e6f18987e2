/** The conflicts of a package: which is in hand, and what was chosen for each. */
import type { ChoiceWord, ConflictView, HeldView, MergeChoice, RecordKindWord } from '../../backend';
import { m } from '../../i18n';
import { shortMoment } from '../../shared/dates';

export interface Chosen {
  choice: ChoiceWord;
  text: string;
}

/** What is being written for the conflict in hand. */
export interface Draft {
  choice: 'both' | 'text';
  text: string;
}

/** Which side of all that are open of a kind; `later` is the one that was written later. */
export type Bulk = 'ours' | 'theirs' | 'later';

const signed = ({ value, by, at }: HeldView): string =>
  `${m.conflict_signed({ by, at: shortMoment(at) })}\n${value ?? ''}`;

/** Both texts with their authors, the earlier first. */
export function joinedText({ ours, theirs }: ConflictView): string {
  const order = ours.at <= theirs.at ? [ours, theirs] : [theirs, ours];
  return order.map(signed).join('\n');
}

// No derived values: those end with the screen that read them first, and this stays.
export class Conflicts {
  list = $state.raw<ConflictView[]>([]);
  at = $state(0);
  chosen = $state.raw<ReadonlyMap<string, Chosen>>(new Map());
  draft = $state.raw<Draft | null>(null);

  /** What was chosen in files that were put away, by their hashes. */
  #away = new Map<string, ReadonlyMap<string, Chosen>>();
  #file = '';

  /** Takes the conflicts of a file. What was chosen in it before stands again. */
  take(list: ConflictView[], file: string): void {
    this.#away.set(this.#file, this.chosen);
    const here = new Set(list.map((one) => one.id));
    this.chosen = new Map([...(this.#away.get(file) ?? [])].filter(([id]) => here.has(id)));
    this.at = file === this.#file ? Math.min(this.at, Math.max(0, list.length - 1)) : 0;
    this.#file = file;
    this.list = list;
    this.draft = null;
  }

  get current(): ConflictView | null {
    return this.list[this.at] ?? null;
  }

  get decided(): number {
    return this.list.filter((one) => this.chosen.has(one.id)).length;
  }

  get open(): number {
    return this.list.length - this.decided;
  }

  get choices(): MergeChoice[] {
    return this.list.flatMap(({ id }) => {
      const chosen = this.chosen.get(id);
      return chosen ? [{ id, ...chosen }] : [];
    });
  }

  of({ id }: ConflictView): ChoiceWord | null {
    return this.chosen.get(id)?.choice ?? null;
  }

  move(by: number): void {
    this.pick(Math.max(0, Math.min(this.list.length - 1, this.at + by)));
  }

  pick(at: number): void {
    if (at === this.at) return;
    this.at = at;
    this.draft = null;
  }

  /** Goes to the next one that is open, from the beginning again after the last. */
  next(): void {
    const places = this.list.map((_, n) => (this.at + 1 + n) % this.list.length);
    const open = places.find((n) => !this.chosen.has(this.list[n]!.id));
    if (open !== undefined) this.pick(open);
  }

  #set(entries: [string, Chosen][]): void {
    this.chosen = new Map([...this.chosen, ...entries]);
  }

  choose(choice: 'ours' | 'theirs'): void {
    if (!this.current) return;
    this.draft = null;
    this.#set([[this.current.id, { choice, text: '' }]]);
  }

  /** Leaves the conflict in hand open again. */
  clear(): void {
    if (!this.current) return;
    const { id } = this.current;
    this.draft = null;
    this.chosen = new Map([...this.chosen].filter(([one]) => one !== id));
  }

  /** Begins to write what is to stand: both texts joined, or a text of one's own. */
  write(choice: 'both' | 'text'): void {
    const conflict = this.current;
    if (!conflict?.text) return;
    const before = this.chosen.get(conflict.id);
    const kept = before && before.choice === choice ? before.text : null;
    const side = before?.choice === 'theirs' ? conflict.theirs : conflict.ours;
    this.draft = {
      choice,
      text: kept ?? (choice === 'both' ? joinedText(conflict) : ((before?.text || side.value) ?? ''))
    };
  }

  accept(): void {
    if (!this.draft || !this.current) return;
    this.#set([[this.current.id, this.draft]]);
    this.draft = null;
  }

  /** Those of a kind that are open. */
  openOf(kind: RecordKindWord): ConflictView[] {
    return this.list.filter((one) => one.kind === kind && !this.chosen.has(one.id));
  }

  all(kind: RecordKindWord, bulk: Bulk): void {
    const side = ({ ours, theirs }: ConflictView): 'ours' | 'theirs' =>
      bulk === 'later' ? (theirs.at > ours.at ? 'theirs' : 'ours') : bulk;
    this.draft = null;
    this.#set(this.openOf(kind).map((one) => [one.id, { choice: side(one), text: '' }]));
  }
}
