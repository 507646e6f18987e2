/** States of an exam in words. */
import type { ExamStateWord } from '../../backend';
import { m } from '../../i18n';

export const STATE_WORDS: Record<ExamStateWord, () => string> = {
  open: m.keep_state_open,
  sealed: m.keep_state_sealed,
  archived: m.keep_state_archived
};
