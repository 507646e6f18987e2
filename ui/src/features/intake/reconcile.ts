/** Whether the counts of what was handed over add up: read = stored + rejected, and what the firm declared. */
import type { ImportView, SheetView } from '../../backend';
import { m } from '../../i18n';
import { count } from '../../shared/numbers';
import type { StateMark } from '../../shared/marks';

type Counts = Pick<SheetView, 'rows_read' | 'rows_stored' | 'rows_rejected'>;

export const reconciles = (counts: Counts): boolean =>
  counts.rows_read === counts.rows_stored + counts.rows_rejected;

/** What was stored against what the firm declared; `null` when it declared nothing. */
export function declaredMark(sheet: Pick<SheetView, 'declared_rows' | 'rows_stored'>): StateMark | null {
  if (sheet.declared_rows === null) return null;
  const more = sheet.rows_stored - sheet.declared_rows;
  if (more === 0) return { shape: '✓', tone: 'ok', word: m.declared_same() };
  const word = more > 0 ? m.declared_more({ n: count(more) }) : m.declared_less({ n: count(-more) });
  return { shape: '●', tone: 'fail', word };
}

/** A batch added up: its counts in one line, and how many tables agree with what was declared. */
export function totals(batch: ImportView): Counts & { tables: number; agree: number; differ: number } {
  const sheets = batch.files.flatMap((file) => file.sheets).filter((sheet) => !sheet.error);
  const sum = (of: (sheet: SheetView) => number): number => sheets.reduce((n, sheet) => n + of(sheet), 0);
  const declared = sheets.filter((sheet) => sheet.declared_rows !== null);
  const agree = declared.filter((sheet) => sheet.declared_rows === sheet.rows_stored).length;
  return {
    tables: sheets.length,
    rows_read: sum((sheet) => sheet.rows_read),
    rows_stored: sum((sheet) => sheet.rows_stored),
    rows_rejected: sum((sheet) => sheet.rows_rejected),
    agree,
    differ: declared.length - agree
  };
}
