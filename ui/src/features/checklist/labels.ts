/** Words for what a filter can pick. */
import type { ApplicabilityWord, ResultWord, StrengthWord, TopicHeadView } from '../../backend';
import { m } from '../../i18n';
import { applicabilityMark, resultMark, strengthWord } from '../../shared/marks';
import type { Flag, Kind, Scope } from './filter.svelte';

const KIND_WORDS: Record<Kind, () => string> = {
  applicability: m.kind_applicability,
  strength: m.kind_strength,
  result: m.kind_result,
  flag: m.kind_flag,
  topic: m.kind_topic
};
export const kindWord = (kind: Kind): string => KIND_WORDS[kind]();

const FLAG_WORDS: Record<Flag, () => string> = {
  mine: m.flag_mine,
  awaited: m.flag_awaited,
  taken_over: m.flag_taken_over,
  stale: m.flag_stale,
  overridden: m.flag_overridden,
  findings: m.flag_findings
};

const SCOPE_WORDS: Record<Scope, () => string> = {
  relevant: m.filter_relevant,
  open: m.filter_open,
  all: m.all
};
export const scopeWord = (scope: Scope): string => SCOPE_WORDS[scope]();

/** A value as it is read; topics with their code. */
export function valueWord(kind: Kind, value: string, topics: TopicHeadView[]): string {
  switch (kind) {
    case 'applicability':
      return applicabilityMark(value as ApplicabilityWord).word;
    case 'strength':
      return strengthWord(value as StrengthWord);
    case 'result':
      return resultMark(value as ResultWord).word;
    case 'flag':
      return FLAG_WORDS[value as Flag]();
    case 'topic': {
      const title = topics.find((topic) => topic.code === value)?.title ?? '';
      return `${value} ${title}`.trim();
    }
  }
}

/** Whether a label is too long for a narrow column, where labels cut off would all look alike. Latin counts as half. */
export function isLong(label: string): boolean {
  return [...label].reduce((sum, char) => sum + (char > '\u00ff' ? 2 : 1), 0) > 15;
}

/** The clause's id without its document. */
export const shortCode = (clause: string): string => clause.substring(clause.indexOf('-') + 1);
