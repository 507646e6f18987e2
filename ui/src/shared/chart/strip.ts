/** A calendar strip: weeks side by side, the days of a week below each other, a lane for each record. */
import { SMALL, text, TEXT, cut, legend, type Drawing, type Paint, type Shape } from './shapes';

export type DayState = 'kept' | 'missing' | 'unclear';

export interface Stretch {
  state: DayState;
  from: string;
  to: string;
}

export interface Lane {
  name: string;
  /** What stands behind the name: its figures. */
  figure: string;
  from: string;
  to: string;
  stretches: Stretch[];
}

export interface StripOf {
  from: string;
  to: string;
  /** Days that do not count. */
  off: Set<string>;
  lanes: Lane[];
}

const DAY = 86_400_000;

/** Days since 1970, by the calendar and no clock. */
export const dayNumber = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
export const isoOf = (day: number): string => new Date(day * DAY).toISOString().substring(0, 10);
/** 0 is Monday. */
export const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

export const STATES: Record<DayState, Paint> = { kept: 'fill-light', missing: 'fail', unclear: 'fill-dots' };

/** The square of a day: how many weeks after the first, and which day of the week. */
export function square(day: number, first: number): [week: number, row: number] {
  const monday = first - weekday(first);
  return [Math.floor((day - monday) / 7), weekday(day)];
}

interface Words {
  legend: Record<DayState | 'off' | 'none', string>;
  year: (iso: string) => string;
}

/** Squares as one path: thousands of them are one shape then. */
const squares = (places: [x: number, y: number][], size: number): string =>
  places.map(([x, y]) => `M${x} ${y}h${size}v${size}h-${size}z`).join('');

export function strip(of: StripOf, words: Words, width = 1080): Drawing {
  const [first, last] = [dayNumber(of.from), dayNumber(of.to)];
  const weeks = square(last, first)[0] + 1;
  const cell = Math.max(4, Math.min(14, Math.floor(((width - 4) / weeks) * 10) / 10));
  const gap = cell > 6 ? 1.5 : 1;
  const top = legend(
    [
      [STATES.kept, words.legend.kept],
      [STATES.missing, words.legend.missing],
      [STATES.unclear, words.legend.unclear],
      ['line', words.legend.off],
      ['none', words.legend.none]
    ],
    width
  );
  const shapes: Shape[] = [...top.shapes];
  const offDays = new Set([...of.off].map(dayNumber));
  let y = top.height;
  for (const lane of of.lanes) {
    shapes.push(
      text(0, y + 14, cut(lane.name, width * 0.55), { bold: true }),
      text(width, y + 14, lane.figure, { size: SMALL, anchor: 'end' })
    );
    y += 22;
    const states = new Map<number, DayState>();
    for (const { state, from, to } of lane.stretches)
      for (let day = dayNumber(from); day <= dayNumber(to); day += 1) states.set(day, state);
    const at: Record<DayState | 'off' | 'none', [number, number][]> = {
      kept: [],
      missing: [],
      unclear: [],
      off: [],
      none: []
    };
    for (let day = dayNumber(lane.from); day <= dayNumber(lane.to); day += 1) {
      const [week, row] = square(day, first);
      const state = states.get(day);
      const place: [number, number] = [Number((week * cell).toFixed(1)), Number((y + row * cell).toFixed(1))];
      // A day that does not count and has no record is no gap.
      if (offDays.has(day) && state !== 'kept') at.off.push(place);
      else at[state ?? 'none'].push(place);
    }
    const size = Number((cell - gap).toFixed(1));
    if (at.kept.length) shapes.push({ kind: 'path', d: squares(at.kept, size), paint: STATES.kept });
    // Full squares without a gap between: what is missing is seen first, in black and white too.
    if (at.missing.length) shapes.push({ kind: 'path', d: squares(at.missing, cell), paint: STATES.missing });
    if (at.unclear.length)
      shapes.push({
        kind: 'path',
        d: squares(at.unclear, size),
        paint: STATES.unclear,
        edge: 'unknown',
        thick: 0.6
      });
    const small = Number((cell / 3).toFixed(1));
    const middle = (places: [number, number][]): [number, number][] =>
      places.map(([px, py]) => [px + small, py + small]);
    if (at.off.length) shapes.push({ kind: 'path', d: squares(middle(at.off), small), paint: 'line' });
    if (at.none.length)
      shapes.push({ kind: 'path', d: squares(at.none, size), paint: 'none', edge: 'edge', thick: 0.6 });
    y += 7 * cell + 2;
    // The years, and the months where there is room for them.
    for (let day = first; day <= last; day += 1) {
      const iso = isoOf(day);
      const month = cell >= 9 && iso.endsWith('-01');
      if (!(iso.endsWith('-01-01') || day === first || month)) continue;
      const x = square(day, first)[0] * cell;
      if (day === first && isoOf(first).endsWith('-12-31')) continue;
      shapes.push({ kind: 'line', x1: x, x2: x, y1: y, y2: y + 4, tone: 'edge' });
      if (x < width - 60) shapes.push(text(x + 3, y + 12, words.year(iso), { size: SMALL, tone: 'quiet' }));
    }
    y += 24;
  }
  return { width, height: Math.max(y, TEXT), shapes };
}
