/** Racks seen from the front: the units of each, and side by side what every list has in them. */
import { cut, legend, rect, SMALL, text, type Drawing, type Paint, type Shape } from './shapes';

export interface Slot {
  name: string;
  /** Lowest and highest unit; `null` where no list says which. */
  units: [number, number] | null;
  paint: Paint;
}

export interface Rack {
  name: string;
  /** What every list has in it, in the order of the lists. */
  lists: Slot[][];
}

const UNIT = 16;
const HEAD = 44;
const RULER = 28;
const GAP = 28;

/** The units that a place names: `U12`, `12-14`, `U10~U12`, `10U至12U`; `null` where it names none. */
export function unitsOf(place: string): [number, number] | null {
  const numbers = [...place.normalize('NFKC').matchAll(/\d{1,3}/g)].map(([n]) => Number(n));
  const [from, to = from] = numbers;
  if (from === undefined || to === undefined || numbers.length > 2 || from < 1 || Math.max(from, to) > 60)
    return null;
  return from <= to ? [from, to] : [to, from];
}

/** Slots that would lie over each other get places beside each other: which part of the width, of how many. */
export function beside(slots: Slot[]): { slot: Slot; part: number; parts: number }[] {
  const sorted = slots
    .filter(({ units }) => units !== null)
    .sort((a, b) => a.units![0] - b.units![0] || a.units![1] - b.units![1]);
  const out: { slot: Slot; part: number; parts: number }[] = [];
  let group: Slot[] = [];
  let end = 0;
  const close = (): void => {
    group.forEach((slot, part) => out.push({ slot, part, parts: group.length }));
    group = [];
  };
  for (const slot of sorted) {
    if (slot.units![0] > end) close();
    group.push(slot);
    end = Math.max(group.length === 1 ? 0 : end, slot.units![1]);
  }
  close();
  return out;
}

export function racks(
  all: Rack[],
  lists: string[],
  words: { nowhere: string; legend: [Paint, string][] },
  width = 1080
): Drawing {
  const perRow = Math.max(1, Math.min(all.length, Math.floor((width + GAP) / (340 + GAP))));
  const wideRack = (width - GAP * (perRow - 1)) / perRow;
  const lane = (wideRack - RULER) / lists.length;
  const top = legend(words.legend, width);
  const shapes: Shape[] = [...top.shapes];
  let y = top.height;
  for (let first = 0; first < all.length; first += perRow) {
    const row = all.slice(first, first + perRow);
    const heights = row.map((rack, n) =>
      one(shapes, rack, lists, words.nowhere, n * (wideRack + GAP), y, wideRack, lane)
    );
    y += Math.max(...heights) + GAP;
  }
  return { width, height: Math.max(20, y - GAP + 4), shapes };
}

/** Draws one rack; its height comes back. */
function one(
  shapes: Shape[],
  rack: Rack,
  lists: string[],
  nowhere: string,
  x: number,
  y: number,
  width: number,
  lane: number
): number {
  const units = rack.lists.flat().flatMap(({ units }) => (units ? [units] : []));
  // Whole tens of units, so that racks stand beside each other in one measure.
  const high = units.length ? Math.max(10, Math.ceil(Math.max(...units.map(([, to]) => to)) / 6) * 6) : 0;
  shapes.push(text(x, y + 15, cut(rack.name, width), { bold: true }));
  lists.forEach((list, n) =>
    shapes.push(
      text(x + RULER + n * lane + 4, y + 36, cut(list, lane - 6, SMALL), { size: SMALL, tone: 'quiet' })
    )
  );
  const floor = y + HEAD + high * UNIT;
  const edge = (unit: number): number => floor - unit * UNIT;
  for (let unit = 0; unit <= high; unit += 1)
    shapes.push({ kind: 'line', x1: x + RULER, x2: x + width, y1: edge(unit), y2: edge(unit), tone: 'line' });
  for (let unit = 1; unit <= high; unit += 1)
    if (unit % 2 === 1 || high <= 24)
      shapes.push(
        text(x + RULER - 5, edge(unit) + 12, String(unit), { size: 11, tone: 'quiet', anchor: 'end' })
      );
  if (high)
    for (let n = 0; n <= lists.length; n += 1)
      shapes.push({
        kind: 'line',
        x1: x + RULER + n * lane,
        x2: x + RULER + n * lane,
        y1: edge(high),
        y2: floor,
        tone: 'edge'
      });
  let below = 0;
  rack.lists.forEach((slots, n) => {
    const from = x + RULER + n * lane;
    for (const { slot, part, parts } of beside(slots)) {
      const [low, up] = slot.units!;
      const w = (lane - 4) / parts;
      device(shapes, slot, from + 2 + part * w, edge(up) + 1, w - 1, (up - low + 1) * UNIT - 2);
    }
    const lost = slots.filter((slot) => slot.units === null);
    lost.forEach((slot, at) =>
      device(shapes, slot, from + 2, floor + 24 + at * (UNIT + 3), lane - 5, UNIT + 1)
    );
    below = Math.max(below, lost.length);
  });
  if (below) shapes.push(text(x + RULER, floor + 18, nowhere, { size: SMALL, tone: 'quiet' }));
  return HEAD + high * UNIT + (below ? 24 + below * (UNIT + 3) : 0) + 4;
}

function device(shapes: Shape[], slot: Slot, x: number, y: number, w: number, h: number): void {
  // The words stand beside the pattern, never on it.
  const band = slot.paint === 'none' ? 0 : 12;
  shapes.push(rect(x, y, w, h, 'ground', 'edge'));
  if (band) shapes.push(rect(x, y, band, h, slot.paint, 'edge'));
  shapes.push(text(x + band + 4, y + h / 2 + 4, cut(slot.name, w - band - 6, 11), { size: 11 }));
}
