/** What became of a clause, as shape, word and colour. */
import type { ClauseChangeView } from '../../backend';
import { m } from '../../i18n';
import type { StateMark } from '../../shared/marks';

export const KINDS = ['added', 'removed', 'changed', 'moved', 'rule'] as const;

const MARKS: Record<string, () => StateMark> = {
  added: () => ({ shape: '＋', tone: 'ok', word: m.kind_added() }),
  removed: () => ({ shape: '－', tone: 'fail', word: m.kind_removed() }),
  changed: () => ({ shape: '≠', tone: 'warn', word: m.kind_changed() }),
  moved: () => ({ shape: '→', tone: 'info', word: m.kind_moved() }),
  rule: () => ({ shape: '§', tone: 'unknown', word: m.kind_rule() })
};

export const kindMark = (kind: string): StateMark =>
  MARKS[kind]?.() ?? { shape: '?', tone: 'unknown', word: kind };

/** How many changes there are of each kind; kinds without any are left out. */
export function tally(changes: ClauseChangeView[]): { kind: string; n: number }[] {
  return KINDS.map((kind) => ({ kind, n: changes.filter((change) => change.kind === kind).length })).filter(
    ({ n }) => n > 0
  );
}
