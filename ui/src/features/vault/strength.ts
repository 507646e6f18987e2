/** What the host thinks of a passphrase, in words. */
import type { StrengthAdvice, StrengthWarning } from '../../backend';
import { m } from '../../i18n';

export function scoreWord(score: number): string {
  return ([m.strength_0, m.strength_1, m.strength_2, m.strength_3, m.strength_4][score] ?? m.strength_4)();
}

const WARNINGS: Record<StrengthWarning, () => string> = {
  keys: m.strength_warning_keys,
  repeats: m.strength_warning_repeats,
  sequence: m.strength_warning_sequence,
  dates: m.strength_warning_dates,
  names: m.strength_warning_names,
  common: m.strength_warning_common
};

const ADVICE: Record<StrengthAdvice, () => string> = {
  more_words: m.strength_advice_more_words,
  no_tricks: m.strength_advice_no_tricks,
  no_patterns: m.strength_advice_no_patterns,
  no_dates: m.strength_advice_no_dates
};

export const warningWord = (warning: StrengthWarning): string => WARNINGS[warning]();
export const adviceWord = (advice: StrengthAdvice): string => ADVICE[advice]();
