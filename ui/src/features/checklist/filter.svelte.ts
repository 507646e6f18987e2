/** Which items are listed: a scope that is always set, and values picked for each kind. */
import type { ItemLineView } from '../../backend';

/** `relevant`: all but what does not apply to the firm. */
export type Scope = 'relevant' | 'all' | 'open';
export const SCOPES: Scope[] = ['relevant', 'open', 'all'];

export const KINDS = ['applicability', 'strength', 'result', 'flag', 'topic'] as const;
export type Kind = (typeof KINDS)[number];

export const FLAGS = ['mine', 'awaited', 'taken_over', 'stale', 'overridden', 'findings'] as const;
export type Flag = (typeof FLAGS)[number];

/** Whether an answer is due. */
export const due = (line: ItemLineView): boolean =>
  ['applicable', 'substituted', 'waived'].includes(line.applicability);
export const relevant = (line: ItemLineView): boolean => line.applicability !== 'not_applicable';
/** Whether nothing that it asks is without an answer. */
export const answered = (line: ItemLineView): boolean =>
  line.result !== 'not_examined' && line.answered >= line.due;

const FLAG_OF: Record<Flag, (line: ItemLineView, examiner: string) => boolean> = {
  mine: (line, examiner) => line.by.includes(examiner) || line.by.length === 0,
  awaited: (line) => line.awaited !== null,
  taken_over: (line) => line.taken_over,
  stale: (line) => line.stale,
  overridden: (line) => line.overridden,
  findings: (line) => line.findings > 0
};

/** The values that a line has in one kind. */
export function valuesOf(kind: Kind, line: ItemLineView, examiner: string): string[] {
  if (kind === 'topic') return line.topics;
  if (kind === 'flag') return FLAGS.filter((flag) => FLAG_OF[flag](line, examiner));
  return [line[kind]];
}

export class Filter {
  scope = $state<Scope>('relevant');
  picked = $state<Record<Kind, string[]>>({
    applicability: [],
    strength: [],
    result: [],
    flag: [],
    topic: []
  });
  /** All that is picked, in the order of the kinds. */
  readonly chips = $derived(KINDS.flatMap((kind) => this.picked[kind].map((value) => ({ kind, value }))));

  toggle(kind: Kind, value: string): void {
    const now = this.picked[kind];
    this.picked[kind] = now.includes(value) ? now.filter((v) => v !== value) : [...now, value];
  }

  clear(): void {
    for (const kind of KINDS) this.picked[kind] = [];
  }

  /** Shows everything. */
  open(): void {
    this.clear();
    this.scope = 'all';
  }

  /** What does not apply is left out of the narrower scopes unless it is asked for by name. */
  #inScope(line: ItemLineView): boolean {
    if (this.scope === 'open') return due(line) && !answered(line);
    if (this.scope === 'all' || relevant(line)) return true;
    const { applicability, result, flag } = this.picked;
    return applicability.length > 0 || result.includes('not_applicable') || flag.includes('stale');
  }

  /** Values of one kind are alternatives, kinds all have to hold; `besides` is left out. */
  passes(line: ItemLineView, examiner: string, besides?: Kind): boolean {
    if (!this.#inScope(line)) return false;
    return KINDS.every((kind) => {
      const picked = this.picked[kind];
      if (kind === besides || picked.length === 0) return true;
      return valuesOf(kind, line, examiner).some((value) => picked.includes(value));
    });
  }
}
