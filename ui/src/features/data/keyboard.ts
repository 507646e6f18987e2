/** Keys of the grid: where they go, and what they do to the column that they are on. */
import { composing } from '../../shared/keys';
import type { Grid } from './grid.svelte';

/** Pixels by which a key makes a column wider. */
const STEP = 16;

/** Does what a key means on the grid itself; false when it means nothing there. */
export function gridKey(grid: Grid, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || composing(event) || event.altKey) return false;
  const { row, col, page, total } = grid;
  const last = grid.columns.all.length - 1;
  const ctrl = event.ctrlKey || event.metaKey;
  const to = (r: number, c = col): true => (grid.moveTo(r, c, event.shiftKey), true);
  switch (event.key) {
    case 'ArrowDown':
      return to(ctrl ? total - 1 : row + 1);
    case 'ArrowUp':
      return to(ctrl ? 0 : row - 1);
    case 'ArrowRight':
      return to(row, ctrl ? last : col + 1);
    case 'ArrowLeft':
      return to(row, ctrl ? 0 : col - 1);
    case 'PageDown':
      return to(row + page);
    case 'PageUp':
      return to(Math.max(0, row - page));
    case 'Home':
      return ctrl ? to(0, 0) : to(row, 0);
    case 'End':
      return ctrl ? to(total - 1, last) : to(row, last);
    case ' ':
    case 'Enter':
      if (row < 0 && grid.column) grid.sortBy(grid.column.key, event.shiftKey);
      return true;
    case 'a':
    case 'A':
      if (ctrl) grid.all = true;
      return ctrl;
    default:
      return false;
  }
}

/** Makes the column of the keys wider or narrower, or as wide as fits. */
export function resizeKey(grid: Grid, key: string): boolean {
  const column = grid.column;
  if (!column) return false;
  const width = grid.columns.widths[grid.col] ?? 0;
  if (key === '+' || key === '=') grid.columns.resize(column.key, width + STEP);
  else if (key === '-') grid.columns.resize(column.key, width - STEP);
  else if (key === '0') grid.columns.restore(column.key);
  else return false;
  return true;
}
