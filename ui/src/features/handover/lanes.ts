/** What was done here and there since the state that both know, as a picture. */
import type { MergeLaneView, TakeInView } from '../../backend';
import { m } from '../../i18n';
import { lanes, type Deeds, type Tie } from '../../shared/chart/lanes';
import type { Paint, Picture } from '../../shared/chart/shapes';
import { shortDate } from '../../shared/dates';
import { count } from '../../shared/numbers';

const KINDS: { families: string[]; paint: Paint; word: () => string }[] = [
  { families: ['answer', 'applicability'], paint: 'fill-light', word: m.lane_answers },
  { families: ['exception', 'run', 'sample', 'dataset', 'import'], paint: 'fill-dots', word: m.lane_tests },
  { families: ['finding'], paint: 'fill-hatch', word: m.lane_findings },
  { families: ['evidence'], paint: 'fill-lines', word: m.lane_evidence },
  { families: [], paint: 'fill-cross', word: m.lane_other }
];

const kindOf = (family: string): number => {
  const at = KINDS.findIndex(({ families }) => families.includes(family));
  return at < 0 ? KINDS.length - 1 : at;
};

type Acts = MergeLaneView['acts'];

/** What a kind comes to on each day. */
export function byDay(acts: Acts): Map<string, number[]> {
  const days = new Map<string, number[]>();
  for (const { day, family, acts: n } of acts) {
    const kinds = days.get(day) ?? KINDS.map(() => 0);
    kinds[kindOf(family)]! += n;
    days.set(day, kinds);
  }
  return days;
}

const deeds = (acts: Acts): Deeds[] =>
  [...byDay(acts)].map(([day, kinds]) => ({
    day,
    kinds: kinds.map((n, at) => ({ paint: KINDS[at]!.paint, n }))
  }));

const people = (acts: Acts): string => [...new Set(acts.map(({ by }) => by))].filter(Boolean).join('、');

/** The picture; `null` where the copies were not compared, or nobody did anything. */
export function pictureOf(view: TakeInView): Picture | null {
  const [ours, ...others] = view.lanes;
  if (!ours) return null;
  const theirs = others.flatMap(({ acts }) => acts);
  if (ours.acts.length + theirs.length === 0) return null;
  const day = (at: string): string => at.substring(0, 10);
  const ties: Tie[] = view.conflicts
    .filter((conflict) => conflict.ours.at && conflict.theirs.at)
    .map((conflict) => ({ above: day(conflict.ours.at), below: day(conflict.theirs.at) }));
  const used = KINDS.filter((_, at) =>
    [...byDay(ours.acts).values(), ...byDay(theirs).values()].some((kinds) => kinds[at]! > 0)
  );
  const labels = others.map(({ label }) => label).filter(Boolean);
  const there = labels.length ? labels.join('、') : (view.sender?.name ?? m.lane_there());
  const rows = (side: string, acts: Acts): string[][] =>
    [...byDay(acts)].map(([on, kinds]) => [
      `${side}　${shortDate(on)}`,
      people(acts.filter((one) => one.day === on)),
      ...kinds.map(count),
      count(kinds.reduce((all, n) => all + n, 0))
    ]);
  const total = (acts: Acts): string => count(acts.reduce((all, one) => all + one.acts, 0));
  return {
    title: m.lane_title(),
    n: m.lane_n({ here: total(ours.acts), there: total(theirs), conflicts: count(view.conflicts.length) }),
    drawing: lanes(deeds(ours.acts), deeds(theirs), ties, {
      above: m.lane_here(),
      below: there,
      begin: m.lane_common(),
      end: m.lane_merge(),
      ties: (n) => m.lane_conflicts({ n }),
      legend: used.map(({ paint, word }) => [paint, word()]),
      day: shortDate
    }),
    table: {
      heads: [m.lane_day(), m.lane_by(), ...KINDS.map(({ word }) => word()), m.dashboard_sum()],
      rows: [...rows(m.lane_here(), ours.acts), ...rows(there, theirs)]
    },
    notes: [m.lane_note()]
  };
}
