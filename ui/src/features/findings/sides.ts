/** What can stand beside the words of a finding, each with its key. */
import { m } from '../../i18n';

export const SIDES = ['evidence', 'repeats', 'history'] as const;
export type Side = (typeof SIDES)[number];

const WORDS: Record<Side, () => string> = {
  evidence: m.side_evidence,
  repeats: m.side_repeats,
  history: m.side_history
};
export const sideWord = (side: Side): string => WORDS[side]();
export const SIDE_KEYS: Record<Side, string> = { evidence: 'E', repeats: 'R', history: 'H' };
