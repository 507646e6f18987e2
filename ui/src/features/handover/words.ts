/** What the wire's words mean, as shape, word and colour. */
import type {
  ChoiceWord,
  HandoverProgressView,
  HandoverScopeWord,
  HandoverStepWord,
  HandoverWarningView,
  RecordKindWord,
  StandingWord,
  TrustWord
} from '../../backend';
import { m } from '../../i18n';
import type { StateMark, Tone } from '../../shared/marks';
import { count } from '../../shared/numbers';

const mark = (shape: string, tone: Tone, word: string): StateMark => ({ shape, tone, word });

const KIND_WORDS: Record<RecordKindWord, () => string> = {
  answers: m.handover_kind_answers,
  facts: m.handover_kind_facts,
  dispositions: m.handover_kind_dispositions,
  findings: m.handover_kind_findings,
  evidence: m.handover_kind_evidence,
  imports: m.handover_kind_imports,
  runs: m.handover_kind_runs,
  samples: m.handover_kind_samples,
  count: m.handover_kind_count,
  notes: m.handover_kind_notes,
  signatures: m.handover_kind_signatures,
  team: m.handover_kind_team,
  other: m.handover_kind_other,
  journal: m.handover_kind_journal
};
export const kindWord = (kind: RecordKindWord): string => KIND_WORDS[kind]();

export const SCOPES: HandoverScopeWord[] = ['whole', 'parts', 'changes'];
const SCOPE_WORDS: Record<HandoverScopeWord, () => string> = {
  whole: m.handover_scope_whole,
  parts: m.handover_scope_parts,
  changes: m.handover_scope_changes
};
export const scopeWord = (scope: HandoverScopeWord): string => SCOPE_WORDS[scope]();

export function trustMark(trust: TrustWord): StateMark {
  switch (trust) {
    case 'verified':
      return mark('✓', 'ok', m.trust_verified());
    case 'pinned':
      return mark('◐', 'warn', m.trust_pinned());
    case 'unknown':
      return mark('?', 'unknown', m.trust_unknown());
    case 'key_changed':
      return mark('●', 'fail', m.trust_key_changed());
  }
}

export function standingMark(standing: StandingWord): StateMark {
  switch (standing) {
    case 'new_exam':
      return mark('＋', 'info', m.standing_new_exam());
    case 'mergeable':
      return mark('⇄', 'ok', m.standing_mergeable());
    case 'nothing_new':
      return mark('=', 'quiet', m.standing_nothing_new());
    case 'refused':
      return mark('✕', 'fail', m.standing_refused());
  }
}

/** What was chosen for a conflict; `null` while it is open. */
export function choiceMark(choice: ChoiceWord | null): StateMark {
  switch (choice) {
    case 'ours':
      return mark('←', 'ok', m.choice_ours());
    case 'theirs':
      return mark('→', 'ok', m.choice_theirs());
    case 'both':
      return mark('⇄', 'ok', m.choice_both());
    case 'text':
      return mark('✎', 'ok', m.choice_text());
    case null:
      return mark('○', 'warn', m.choice_open());
  }
}

const GRAVE = new Set<HandoverWarningView['kind']>(['key_changed', 'nothing', 'never_got']);

export function warningMark({ kind, what, n }: HandoverWarningView): StateMark {
  const words: Record<typeof kind, () => string> = {
    unverified: () => m.handover_warn_unverified({ who: what }),
    key_changed: () => m.handover_warn_key_changed({ who: what }),
    not_a_contact: () => m.handover_warn_not_a_contact({ who: what }),
    evidence_left_out: () => m.handover_warn_evidence_left_out({ n: count(n) }),
    by_reference: () => m.handover_warn_by_reference({ n: count(n) }),
    masked: m.handover_warn_masked,
    never_got: () => m.handover_warn_never_got({ who: what }),
    nothing: m.handover_warn_nothing
  };
  return GRAVE.has(kind) ? mark('●', 'fail', words[kind]()) : mark('△', 'warn', words[kind]());
}

const STEP_WORDS: Record<HandoverStepWord, () => string> = {
  gathering: m.handover_step_gathering,
  writing: m.handover_step_writing,
  checking: m.handover_step_checking,
  comparing: m.handover_step_comparing,
  merging: m.handover_step_merging
};

/** One line about how far it is, and the part that is done where that is known. */
export function stepLine({ step, done, of }: HandoverProgressView): {
  text: string;
  fraction: number | null;
} {
  return { text: STEP_WORDS[step](), fraction: of > 0 ? Math.min(1, done / of) : null };
}
