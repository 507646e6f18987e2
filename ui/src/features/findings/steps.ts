/** The steps of a finding's life as buttons. Replies and follow-up reviews have forms of their own. */
import type { FindingStatusWord, FindingView } from '../../backend';
import { m } from '../../i18n';

export interface Step {
  to: FindingStatusWord;
  word: () => string;
  /** What it does; steps that say so ask for a reason. */
  what?: (of: { title: string }) => string;
}

const BACK: Record<string, Step> = {
  draft: { to: 'draft', word: m.step_back, what: m.step_back_what },
  followed_up: { to: 'followed_up', word: m.step_again, what: m.step_again_what },
  withdrawn: { to: 'withdrawn', word: m.withdraw_confirm, what: m.withdraw_what }
};
const ON: Record<string, Step> = {
  in_review: { to: 'in_review', word: m.step_review },
  final: { to: 'final', word: m.step_final },
  sent: { to: 'sent', word: m.step_sent },
  closed: { to: 'closed', word: m.step_closed }
};

/** Steps back and aside, the gravest first. */
export function stepsBack(finding: FindingView): Step[] {
  const offered: FindingStatusWord[] = ['withdrawn', 'draft'];
  if (finding.status === 'closed') offered.push('followed_up');
  return offered.filter((to) => finding.next.includes(to)).map((to) => BACK[to]!);
}

/** Steps onwards that need nothing but a press. */
export const stepsOn = (finding: FindingView): Step[] =>
  finding.next.map((to) => ON[to]).filter((step) => step !== undefined);

/** Whether the firm's reply can be taken down now, and whether a follow-up review can. */
export const takesReply = (finding: FindingView): boolean => ['sent', 'followed_up'].includes(finding.status);
export const takesFollowUp = (finding: FindingView): boolean =>
  ['replied', 'followed_up'].includes(finding.status);
