/** Every state as shape, word and colour, in this order of weight. */
import type {
  AgreementWord,
  AnswerModeWord,
  ApplicabilityWord,
  ConfidentialityWord,
  CountState,
  DispositionWord,
  FindingStatusWord,
  FindingTypeWord,
  FollowUpWord,
  LicenceWord,
  MethodWord,
  PairRelationWord,
  PaperView,
  ResultWord,
  RuleVerdictWord,
  RunVerdictWord,
  SeverityWord,
  StrengthWord,
  TopicRelationWord
} from '../backend';
import { m } from '../i18n';

export type Tone = 'fail' | 'warn' | 'ok' | 'info' | 'unknown' | 'quiet';

export interface StateMark {
  shape: string;
  tone: Tone;
  word: string;
}

const mark = (shape: string, tone: Tone, word: string): StateMark => ({ shape, tone, word });

export const RESULTS: ResultWord[] = [
  'compliant',
  'partial',
  'noncompliant',
  'not_applicable',
  'no_data',
  'not_examined'
];
export const METHODS: MethodWord[] = [
  'interview',
  'inspection',
  'observation',
  'reperformance',
  'caat',
  'sampling'
];
export const SEVERITIES: SeverityWord[] = ['critical', 'high', 'medium', 'low'];
export const FINDING_TYPES: FindingTypeWord[] = [
  'deficiency',
  'recommendation',
  'observation',
  'good_practice'
];
export const DISPOSITIONS: DispositionWord[] = ['confirmed', 'explained', 'false_positive', 'open'];

export function resultMark(word: ResultWord): StateMark {
  switch (word) {
    case 'compliant':
      return mark('✓', 'ok', m.result_compliant());
    case 'partial':
      return mark('◐', 'warn', m.result_partial());
    case 'noncompliant':
      return mark('●', 'fail', m.result_noncompliant());
    case 'not_applicable':
      return mark('–', 'quiet', m.result_not_applicable());
    case 'no_data':
      return mark('△', 'unknown', m.result_no_data());
    case 'not_examined':
      return mark('○', 'quiet', m.result_not_examined());
  }
}

export function applicabilityMark(word: ApplicabilityWord): StateMark {
  switch (word) {
    case 'applicable':
      return mark('▪', 'quiet', m.applies_applicable());
    case 'not_applicable':
      return mark('–', 'quiet', m.applies_not_applicable());
    case 'undetermined':
      return mark('?', 'unknown', m.applies_undetermined());
    case 'substituted':
      return mark('⇄', 'info', m.applies_substituted());
    case 'waived':
      return mark('◇', 'info', m.applies_waived());
  }
}

/** What a line of the checklist shows: its applicability when that decides, else its result. */
export function itemMark(applicability: ApplicabilityWord, result: ResultWord): StateMark {
  if (result !== 'not_examined') return resultMark(result);
  if (applicability === 'applicable') return resultMark(result);
  return applicabilityMark(applicability);
}

export function verdictMark(word: RunVerdictWord | null): StateMark {
  switch (word) {
    case 'exceptions':
      return mark('●', 'fail', m.verdict_exceptions());
    case 'pass':
      return mark('✓', 'ok', m.verdict_pass());
    case 'unknown':
      return mark('?', 'unknown', m.verdict_unknown());
    case 'not_applicable':
      return mark('–', 'quiet', m.verdict_not_applicable());
    case 'not_runnable':
      return mark('△', 'unknown', m.verdict_not_runnable());
    case null:
      return mark('○', 'quiet', m.verdict_none());
  }
}

export function ruleMark(word: RuleVerdictWord): StateMark {
  switch (word) {
    case 'exception':
      return mark('●', 'fail', m.rule_exception());
    case 'unknown':
      return mark('?', 'unknown', m.rule_unknown());
    case 'lead':
      return mark('◇', 'info', m.rule_lead());
  }
}

export function dispositionMark(word: DispositionWord | null): StateMark {
  switch (word) {
    case 'confirmed':
      return mark('●', 'fail', m.disposition_confirmed());
    case 'explained':
      return mark('✓', 'ok', m.disposition_explained());
    case 'false_positive':
      return mark('–', 'quiet', m.disposition_false_positive());
    case 'open':
      return mark('?', 'unknown', m.disposition_open());
    case null:
      return mark('○', 'quiet', m.disposition_none());
  }
}

/** What was seen of a device in the machine room; `null` so far nothing. */
export function countMark(word: CountState | null): StateMark {
  switch (word) {
    case 'found':
      return mark('✓', 'ok', m.count_found());
    case 'not_found':
      return mark('●', 'fail', m.count_not_found());
    case 'not_listed':
      return mark('◆', 'warn', m.count_not_listed());
    case null:
      return mark('○', 'quiet', m.count_open_still());
  }
}

export function severityMark(word: SeverityWord): StateMark {
  switch (word) {
    case 'critical':
      return mark('◆', 'fail', m.severity_critical());
    case 'high':
      return mark('●', 'fail', m.severity_high());
    case 'medium':
      return mark('◐', 'warn', m.severity_medium());
    case 'low':
      return mark('○', 'info', m.severity_low());
  }
}

export function statusMark(word: FindingStatusWord): StateMark {
  switch (word) {
    case 'draft':
      return mark('◐', 'warn', m.finding_status_draft());
    case 'in_review':
      return mark('◎', 'info', m.finding_status_in_review());
    case 'final':
      return mark('✓', 'ok', m.finding_status_final());
    case 'sent':
      return mark('→', 'info', m.finding_status_sent());
    case 'replied':
      return mark('←', 'info', m.finding_status_replied());
    case 'followed_up':
      return mark('◇', 'warn', m.finding_status_followed_up());
    case 'closed':
      return mark('■', 'ok', m.finding_status_closed());
    case 'withdrawn':
      return mark('–', 'quiet', m.finding_status_withdrawn());
  }
}

/** What a firm owes, by the days until it is due; `null` where the firm named no day. */
export function dueMark(days: number | null): StateMark {
  if (days === null) return mark('△', 'unknown', m.due_undated());
  if (days < 0) return mark('●', 'fail', m.due_over({ n: -days }));
  if (days === 0) return mark('◐', 'warn', m.due_today());
  return days <= 30 ? mark('◐', 'warn', m.due_in({ n: days })) : mark('○', 'quiet', m.due_in({ n: days }));
}

/** The life of a finding that is not withdrawn, in order. */
export const LIFE: FindingStatusWord[] = [
  'draft',
  'in_review',
  'final',
  'sent',
  'replied',
  'followed_up',
  'closed'
];

export const AGREEMENTS: AgreementWord[] = ['agree', 'partly', 'disagree'];
export function agreementMark(word: AgreementWord): StateMark {
  switch (word) {
    case 'agree':
      return mark('✓', 'ok', m.agreement_agree());
    case 'partly':
      return mark('◐', 'warn', m.agreement_partly());
    case 'disagree':
      return mark('●', 'fail', m.agreement_disagree());
  }
}

export const FOLLOW_UPS: FollowUpWord[] = ['remedied', 'partly_remedied', 'not_remedied', 'risk_accepted'];
export function followUpMark(word: FollowUpWord): StateMark {
  switch (word) {
    case 'remedied':
      return mark('✓', 'ok', m.follow_up_remedied());
    case 'partly_remedied':
      return mark('◐', 'warn', m.follow_up_partly());
    case 'not_remedied':
      return mark('●', 'fail', m.follow_up_not());
    case 'risk_accepted':
      return mark('◇', 'info', m.follow_up_accepted());
  }
}

export const overdueMark = (): StateMark => mark('●', 'fail', m.finding_overdue());
export const changedMark = (): StateMark => mark('△', 'warn', m.finding_changed());

export const CONFIDENTIALITIES: ConfidentialityWord[] = ['general', 'restricted', 'confidential'];
export function confidentialityMark(word: ConfidentialityWord): StateMark {
  switch (word) {
    case 'general':
      return mark('○', 'quiet', m.confidentiality_general());
    case 'restricted':
      return mark('◐', 'info', m.confidentiality_restricted());
    case 'confidential':
      return mark('●', 'warn', m.confidentiality_confidential());
  }
}

/** How far the review of a paper is. */
export function paperMark(paper: PaperView): StateMark {
  if (paper.reviewed) return mark('✓', 'ok', m.paper_reviewed());
  return paper.prepared ? mark('◐', 'info', m.paper_prepared()) : mark('○', 'quiet', m.paper_unsigned());
}

/** Yes, no, or not known yet. */
export function knownMark(known: boolean | null): StateMark {
  if (known === null) return mark('?', 'unknown', m.unknown_word());
  return known ? mark('✓', 'ok', m.yes()) : mark('●', 'fail', m.no());
}

const METHOD_WORDS: Record<MethodWord, () => string> = {
  interview: m.method_interview,
  inspection: m.method_inspection,
  observation: m.method_observation,
  reperformance: m.method_reperformance,
  caat: m.method_caat,
  sampling: m.method_sampling
};
export const methodWord = (word: MethodWord): string => METHOD_WORDS[word]();

const TYPE_WORDS: Record<FindingTypeWord, () => string> = {
  deficiency: m.finding_type_deficiency,
  recommendation: m.finding_type_recommendation,
  observation: m.finding_type_observation,
  good_practice: m.finding_type_good_practice
};
export const typeWord = (word: FindingTypeWord): string => TYPE_WORDS[word]();

const STRENGTH_WORDS: Record<StrengthWord, () => string> = {
  must: m.strength_must,
  should: m.strength_should,
  may: m.strength_may,
  must_not: m.strength_must_not,
  question: m.strength_question,
  declarative: m.strength_declarative,
  inherited_must: m.strength_inherited_must,
  procedure: m.strength_procedure,
  definition: m.strength_definition
};
export const strengthWord = (word: StrengthWord): string => STRENGTH_WORDS[word]();

/** What is marked besides the result. */
export const awaitedMark = (): StateMark => mark('△', 'unknown', m.flag_awaited());
export const takenOverMark = (): StateMark => mark('⇄', 'info', m.flag_taken_over());
export const findingsMark = (n: number): StateMark => mark('⚑', 'fail', m.relative_findings({ n }));
export const staleMark = (): StateMark => mark('✕', 'warn', m.flag_stale());
export const overriddenMark = (): StateMark => mark('◆', 'info', m.flag_overridden());

/** A value that nothing tells, and one that an examiner corrected. */
export const unknownMark = (): StateMark => mark('?', 'unknown', m.derived_unknown());
export const correctedMark = (): StateMark => mark('◆', 'info', m.derived_corrected());

export function topicMark(word: TopicRelationWord): StateMark {
  switch (word) {
    case 'alike':
      return mark('=', 'quiet', m.topic_alike());
    case 'differing':
      return mark('≠', 'warn', m.topic_differing());
    case 'conflicting':
      return mark('✕', 'fail', m.topic_conflicting());
  }
}

/** How a periodic duty stands; the host's word for it is open-ended. */
export function periodMark(state: string): StateMark {
  switch (state) {
    case 'done':
      return mark('✓', 'ok', m.period_done());
    case 'overdue':
      return mark('●', 'fail', m.period_overdue());
    case 'open':
      return mark('?', 'unknown', m.period_open());
    case 'no_date':
      return mark('△', 'unknown', m.period_no_date());
    default:
      return mark('○', 'quiet', m.period_no_data());
  }
}

const MODE_WORDS: Record<AnswerModeWord, () => string> = {
  coverage: m.mode_coverage,
  spot_check: m.mode_spot_check
};
export const MODES: AnswerModeWord[] = ['coverage', 'spot_check'];
export const modeWord = (word: AnswerModeWord): string => MODE_WORDS[word]();

const LICENCE_WORDS: Record<LicenceWord, () => string> = {
  securities: m.licence_securities,
  futures: m.licence_futures,
  both: m.licence_both
};
export const licenceWord = (word: LicenceWord): string => LICENCE_WORDS[word]();

const PAIR_WORDS: Record<PairRelationWord, () => string> = {
  equal: m.pair_equal,
  near: m.pair_near,
  within: m.pair_within
};
export const pairWord = (word: PairRelationWord): string => PAIR_WORDS[word]();
