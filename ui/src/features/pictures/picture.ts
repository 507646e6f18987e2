/** A column's picture as it can leave. */
import type { AnalysisView } from '../../backend';
import { m } from '../../i18n';
import { bars } from '../../shared/chart/bars';
import type { Picture } from '../../shared/chart/shapes';
import { count } from '../../shared/numbers';
import { exact, has, percent, type Heads } from './table';

export function asPicture(view: AnalysisView, heads: Heads): Picture {
  const [expected, sum] = has(view);
  const left = `${m.rows_n({ n: count(view.left_out) })}${view.left_out_why ? `（${view.left_out_why}）` : ''}`;
  return {
    title: view.title,
    n: `${m.picture_counted()} ${m.rows_n({ n: count(view.counted) })}`,
    drawing: bars(
      view.bars.map((bar) => ({
        name: bar.label,
        parts: [{ fill: 'light', n: bar.share }],
        figure: `${count(bar.rows)}　${percent(bar.share)}`,
        expected: bar.expected
      })),
      { most: Math.max(...view.bars.map((bar) => Math.max(bar.share, bar.expected ?? 0)), 0) || 1 }
    ),
    table: {
      heads: [
        heads.band,
        heads.rows,
        heads.share,
        ...(expected ? [heads.expected] : []),
        ...(sum ? [heads.sum] : [])
      ],
      rows: view.bars.map((bar) => [
        bar.label,
        count(bar.rows),
        percent(bar.share),
        ...(expected ? [bar.expected === null ? '' : percent(bar.expected)] : []),
        ...(sum ? [bar.sum === null ? '' : exact(bar.sum)] : [])
      ])
    },
    notes: [
      `${m.picture_blank()} ${m.rows_n({ n: count(view.blank) })}；${m.picture_left_out()} ${left}`,
      ...(expected ? [`｜ ${m.picture_mark()}`] : []),
      ...view.remarks
    ]
  };
}
