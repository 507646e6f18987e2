/** Rows of the invented procedures in groups: rule by rule, system by system. */
import type { ExceptionGroupsView, ExceptionGroupView, ExceptionView } from '../bindings';

/** The system of a row; empty for one without. */
const systemOf = (row: ExceptionView): string => row.values[0] ?? '';

/** Whether a row is of this rule (empty: any) and this system (`null`: any). */
export const inGroup = (row: ExceptionView, rule: string, system: string | null): boolean =>
  (rule === '' || row.rule === rule) && (system === null || systemOf(row) === system);

function group(key: string, title: string, rows: ExceptionView[]): ExceptionGroupView {
  return {
    key,
    title,
    rows: rows.length,
    open: rows.filter((row) => row.disposition === null && row.verdict !== 'lead').length,
    confirmed: rows.filter((row) => row.disposition?.kind === 'confirmed').length
  };
}

/** `rules` are ids with titles; rows of an examiner's own procedure name no system. */
export function groups(
  rules: readonly (readonly [string, string, ...unknown[]])[],
  rows: ExceptionView[],
  system: string | null
): ExceptionGroupsView {
  const of = (rule: string, name: string | null): ExceptionView[] =>
    rows.filter((row) => inGroup(row, rule, name));
  const names = system === null ? [] : [...new Set(rows.map(systemOf))];
  return {
    rules: rules.map(([id, title]) => group(id, title, of(id, null))).filter((one) => one.rows),
    system,
    systems: names
      .map((name) => group(name, name, of('', name)))
      .sort((a, b) => b.open - a.open || b.rows - a.rows)
  };
}
