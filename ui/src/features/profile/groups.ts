/** What a change of facts would change, in the order in which it matters. */
import type { ApplicabilityWord, ItemChangeView } from '../../backend';
import { m } from '../../i18n';

export type Group = 'kept' | 'applies' | 'open' | 'gone' | 'otherwise';

const ORDER: Group[] = ['kept', 'applies', 'open', 'gone', 'otherwise'];
const WORDS: Record<Group, () => string> = {
  kept: m.change_group_kept,
  applies: m.change_group_applies,
  open: m.change_group_open,
  gone: m.change_group_gone,
  otherwise: m.change_group_otherwise
};
const BINDS: ApplicabilityWord[] = ['applicable', 'substituted', 'waived'];

function groupOf({ from, to, answered }: ItemChangeView): Group {
  // An answer can cease to count where the item itself stays as it is: it was given for a system.
  if (to === 'not_applicable' || from === to) return answered ? 'kept' : 'gone';
  if (to === 'undetermined') return 'open';
  return BINDS.includes(from) ? 'otherwise' : 'applies';
}

/** The groups that have items. */
export function grouped(
  changes: ItemChangeView[]
): { group: Group; word: string; changes: ItemChangeView[] }[] {
  return ORDER.map((group) => ({
    group,
    word: WORDS[group](),
    changes: changes.filter((change) => groupOf(change) === group)
  })).filter(({ changes }) => changes.length > 0);
}
