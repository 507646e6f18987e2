/** The places that an item is answered for: its duties by the firm's systems. */
import type { AnswerView, ApplicabilityWord, CellView, ItemView, ResultWord, UnitView } from '../../backend';

/** A unit and a system, each empty where the clause makes no difference. */
export interface Place {
  unit: string;
  system: string;
}

export const samePlace = (a: Place, b: Place): boolean => a.unit === b.unit && a.system === b.system;

const asked = (applicability: ApplicabilityWord): boolean => applicability !== 'not_applicable';

export function unitAt(item: ItemView, place: Place): UnitView | undefined {
  return item.units.find((unit) => unit.unit === place.unit);
}

export function cellAt(item: ItemView, place: Place): CellView | undefined {
  return unitAt(item, place)?.cells.find((cell) => cell.system === place.system);
}

/** Everything that wants an answer, unit by unit. What does not apply at all is answered as a whole. */
export function placesOf(item: ItemView): Place[] {
  const places = item.units.flatMap((unit) =>
    unit.cells
      .filter((cell) => asked(cell.applicability))
      .map((cell) => ({ unit: unit.unit, system: cell.system }))
  );
  return places.length ? places : [{ unit: '', system: '' }];
}

/** Columns of the matrix: the firm as a whole and the systems that any duty names. */
export function systemsOf(item: ItemView): string[] {
  return [...new Set(item.units.flatMap((unit) => unit.cells.map((cell) => cell.system)))];
}

/** The answer that stands at a place: its own, else one for the whole clause or the whole firm. */
export function answerAt(item: ItemView, place: Place): AnswerView | undefined {
  const own = item.answers.find((answer) => samePlace(answer, place));
  if (own) return own;
  return item.answers.find(
    (answer) =>
      answer.result !== 'not_examined' &&
      (answer.unit === '' || answer.unit === place.unit) &&
      (answer.system === '' || answer.system === place.system)
  );
}

/** The first place without an answer, else the first. */
export function firstOpen(item: ItemView): Place {
  const places = placesOf(item);
  return places.find((place) => isOpen(item, place)) ?? places[0]!;
}

export const isOpen = (item: ItemView, place: Place): boolean =>
  (answerAt(item, place)?.result ?? 'not_examined') === 'not_examined';

/** Whether a place cannot take a result: a permission is never failed. */
export function refusedAt(item: ItemView, place: Place, result: ResultWord): boolean {
  if (result !== 'partial' && result !== 'noncompliant') return false;
  const units = place.unit ? item.units.filter((unit) => unit.unit === place.unit) : item.units;
  return units.every((unit) => unit.failure === null);
}
