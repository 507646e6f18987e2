/** What a cell shows: its text, or in shape and word why there is none; and what the firm wrote instead. */
import type { DataRowView } from '../../backend';
import { m } from '../../i18n';
import type { StateMark } from '../../shared/marks';
import { quoted as inQuotes } from '../../shared/punctuation';

export interface Cell {
  text: string;
  /** Why there is no value. */
  mark: StateMark | null;
  /** What the firm wrote, where it differs from what is shown. */
  original: string | null;
  /** All of it in words, for what is too narrow. */
  title: string;
}

export const missingMark = (): StateMark => ({ shape: '–', tone: 'quiet', word: m.value_missing() });
export const neverMark = (): StateMark => ({ shape: '◇', tone: 'info', word: m.cell_never() });
export const unreadableMark = (): StateMark => ({ shape: '●', tone: 'fail', word: m.cell_unreadable() });
export const hiddenMark = (): StateMark => ({ shape: '◌', tone: 'warn', word: m.hidden_row() });

/** The cell of a row in a column. */
export function cellOf(row: DataRowView, at: number): Cell {
  const value = row.row.cells[at] ?? null;
  const original = row.originals[at] ?? null;
  const mark = row.row.bad.includes(at)
    ? unreadableMark()
    : row.never.includes(at)
      ? neverMark()
      : value === null
        ? missingMark()
        : null;
  const text = mark ? '' : (value ?? '');
  const differs = original !== null && original !== text ? original : null;
  const said = mark ? mark.word : text;
  return { text, mark, original: differs, title: differs === null ? said : `${said}\n${quoted(differs)}` };
}

/** `原文「…」`. */
export const quoted = (original: string): string => m.source_original() + inQuotes(original);
