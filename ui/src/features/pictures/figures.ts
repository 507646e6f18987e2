/** A procedure's picture from the figures that the host counted. */
import type { AgesView, PictureLimitView, ProcedurePictureView, SpreadView, StripView } from '../../backend';
import { m } from '../../i18n';
import { columns, type Column } from '../../shared/chart/columns';
import type { Picture, Table } from '../../shared/chart/shapes';
import { spread, type Box } from '../../shared/chart/spread';
import { strip } from '../../shared/chart/strip';
import { shortDate } from '../../shared/dates';
import { count } from '../../shared/numbers';

/** The picture; `null` while something is lacking. */
export function pictureOf(view: ProcedurePictureView): Picture | null {
  if (view.strip) return ofStrip(view, view.strip);
  if (view.ages) return ofAges(view, view.ages);
  return view.spread ? ofSpread(view, view.spread) : null;
}

/** What the limit says, and which clause says so. */
function limitWords({ zh, value, days, clause, changed }: PictureLimitView): string[] {
  const what = days === null ? `${zh} ${value}` : `${zh} ${value}（${m.chart_days({ n: count(days) })}）`;
  const whose = clause ?? m.chart_own_limit();
  return [what, changed ? `${whose}；${m.chart_changed()}` : whose];
}

const limitNotes = (limit: PictureLimitView | null): string[] =>
  limit ? [m.chart_limit({ what: limitWords(limit).join('　') })] : [];

const share = (n: number, all: number): string => (all > 0 ? `${((n / all) * 100).toFixed(1)}%` : '–');

function ofAges({ title, unit, limit }: ProcedurePictureView, ages: AgesView): Picture {
  const end = limit?.days ?? null;
  const beyond = (above: number | null): boolean => end !== null && above !== null && above >= end;
  const aged = ages.bars.map(({ above, up_to, rows }): Column & { words: string } => {
    const words =
      up_to === null
        ? m.chart_more_than({ n: count(above ?? 0) })
        : `${count(above === null ? 0 : above + 1)}–${count(up_to)}`;
    return {
      name: [words],
      words,
      n: rows,
      paint: beyond(above) ? 'fill-hatch' : 'fill-light'
    };
  });
  const without = (
    [
      [m.chart_never(), ages.never, 'fill-solid'],
      [m.chart_blank(), ages.missing, 'fill-dots'],
      [m.chart_unreadable(), ages.unreadable, 'fill-cross'],
      [m.chart_after(), ages.after, 'fill-lines']
    ] as const
  ).map(([words, n, paint], at): Column & { words: string } => ({
    name: [words],
    words,
    n,
    paint,
    apart: at === 0
  }));
  // 從未 and 空白 always have their place; what is rarer only where it is.
  const all = [...aged, ...without.filter(({ n }, at) => at < 2 || n > 0)];
  const sum = all.reduce((total, { n }) => total + n, 0);
  const over = ages.bars.filter(({ above }) => beyond(above)).reduce((total, { rows }) => total + rows, 0);
  const after = ages.bars.filter(({ up_to }) => end !== null && up_to !== null && up_to <= end).length;
  return {
    title,
    n: `${count(sum)} ${unit}`,
    drawing: columns(all, {
      width: Math.max(620, all.length * 68),
      limit: limit && end !== null ? { after, words: limitWords(limit) } : null
    }),
    table: {
      heads: [m.chart_band(), unit, m.picture_share()],
      rows: all.map(({ words, n }, at) => [
        at < aged.length ? `${words} ${m.chart_days_unit()}` : words,
        count(n),
        share(n, sum)
      ])
    },
    notes: [
      ...limitNotes(limit),
      ...(end === null ? [] : [m.chart_beyond({ n: count(over), unit })]),
      m.chart_never_not_blank()
    ]
  };
}

function ofStrip({ title, unit, limit }: ProcedurePictureView, view: StripView): Picture {
  const { lanes } = view;
  const draw = (outside: boolean): { drawing: Picture['drawing']; table: Table } => {
    const name = (lane: (typeof lanes)[number]): string => (outside ? lane.masked : lane.name);
    return {
      drawing: strip(
        {
          from: view.from || '2000-01-01',
          to: view.to || '2000-01-01',
          off: new Set(view.off),
          lanes: lanes.map((lane) => ({
            ...lane,
            name: name(lane),
            figure: m.chart_lane_figure({ missing: count(lane.missing), due: count(lane.due) })
          }))
        },
        {
          legend: {
            kept: m.chart_kept(),
            missing: m.chart_missing(),
            unclear: m.chart_unclear(),
            off: m.chart_off(),
            none: m.chart_not_judged()
          },
          year: (iso) => shortDate(iso).substring(0, 6)
        }
      ),
      table: {
        heads: [
          m.chart_record(),
          m.chart_due(),
          m.chart_kept(),
          m.chart_missing(),
          m.chart_unclear(),
          m.chart_not_judged()
        ],
        rows: lanes.flatMap((lane) => [
          [
            name(lane),
            count(lane.due),
            count(lane.kept),
            count(lane.missing),
            count(lane.unclear),
            count(lane.due - lane.kept - lane.missing - lane.unclear)
          ],
          ...lane.stretches
            .filter(({ state, days }) => state !== 'kept' && days > 0)
            .map(({ state, from, to, days }) => [
              `　${shortDate(from)}–${shortDate(to)}`,
              '',
              '',
              state === 'missing' ? count(days) : '',
              state === 'unclear' ? count(days) : '',
              ''
            ])
        ])
      }
    };
  };
  const inside = draw(false);
  const masked = lanes.some((lane) => lane.masked !== lane.name);
  return {
    title,
    n: m.chart_records_n({ n: count(view.lanes_in_all), unit }),
    ...inside,
    ...(masked ? { outside: draw(true) } : {}),
    notes: [
      ...limitNotes(limit),
      view.every_day
        ? m.chart_every_day()
        : view.holidays_known
          ? m.chart_workdays_known()
          : m.chart_workdays_unknown(),
      ...left(view.lanes_in_all, lanes.length)
    ]
  };
}

const left = (all: number, shown: number): string[] =>
  all > shown ? [m.chart_lanes_left({ n: count(all - shown) })] : [];

/** A measured number: three digits behind the point at most. */
const measured = (n: number): string => String(Number(n.toFixed(3)));

function ofSpread({ title, unit, limit }: ProcedurePictureView, view: SpreadView): Picture {
  const at = (lane: (typeof view.lanes)[number], percent: number): number =>
    lane.at[view.percents.indexOf(percent)] ?? 0;
  const lowest = view.lanes[0] ? at(view.lanes[0], 50) : 0;
  const draw = (outside: boolean): { drawing: Picture['drawing']; table: Table } => {
    // Names that are masked may be the same: a number keeps them apart.
    const name = (lane: (typeof view.lanes)[number], n: number): string =>
      outside ? `${n + 1} ${lane.masked}` : lane.name;
    return {
      drawing: spread(
        view.lanes.map((lane, n): Box => ({
          name: name(lane, n),
          figure: `${measured(at(lane, 50))} ${unit}`,
          low: at(lane, 5),
          q1: at(lane, 25),
          median: at(lane, 50),
          q3: at(lane, 75),
          high: at(lane, 95)
        })),
        {
          box: m.chart_box(),
          line: m.chart_whisker(),
          median: m.chart_median(),
          unit,
          log: m.chart_log()
        },
        640
      ),
      table: {
        heads: [
          m.chart_account(),
          m.profile_rows(),
          ...view.percents.map((percent) =>
            percent === 0
              ? m.chart_lowest()
              : percent === 100
                ? m.chart_highest()
                : percent === 50
                  ? m.chart_median()
                  : `P${percent}`
          ),
          m.chart_times()
        ],
        rows: view.lanes.map((lane, n) => [
          name(lane, n),
          count(lane.n),
          ...lane.at.map(measured),
          lowest > 0 ? (at(lane, 50) / lowest).toFixed(2) : '–'
        ])
      }
    };
  };
  const rows = view.lanes.reduce((all, lane) => all + lane.n, 0);
  return {
    title,
    n: m.chart_spread_n({ lanes: count(view.lanes_in_all), rows: count(rows), unit }),
    ...draw(false),
    ...(view.lanes.some((lane) => lane.masked !== lane.name) ? { outside: draw(true) } : {}),
    notes: [
      m.chart_spread_days(),
      m.chart_spread_lead(),
      ...limitNotes(limit),
      ...left(view.lanes_in_all, view.lanes.length)
    ]
  };
}
