import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bars, placed } from './bars';
import { columns, places, type Column } from './columns';
import { daysOf, lanes } from './lanes';
import { asSvg, lines, PAPER, sheet, TILES } from './paper';
import { beside, racks, unitsOf, type Slot } from './rack';
import { cut, steps, wide, type Drawing, type Picture, type Shape } from './shapes';
import { scale, spread, type Box } from './spread';
import { dayNumber, isoOf, square, strip, weekday } from './strip';

const texts = ({ shapes }: Drawing): string[] =>
  shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
const rects = ({ shapes }: Drawing): Extract<Shape, { kind: 'rect' }>[] =>
  shapes.flatMap((shape) => (shape.kind === 'rect' ? [shape] : []));

/** Nothing lies outside of the sheet. */
function inside(drawing: Drawing): void {
  for (const shape of drawing.shapes) {
    if (shape.kind === 'rect') {
      expect(shape.x).toBeGreaterThanOrEqual(-0.01);
      expect(shape.x + shape.w).toBeLessThanOrEqual(drawing.width + 0.01);
      expect(shape.y + shape.h).toBeLessThanOrEqual(drawing.height + 0.01);
    }
    if (shape.kind === 'text') {
      const room = wide(shape.text, shape.size);
      const left = shape.x - (shape.anchor === 'end' ? room : shape.anchor === 'middle' ? room / 2 : 0);
      expect(left, shape.text).toBeGreaterThanOrEqual(-8);
      expect(left + room, shape.text).toBeLessThanOrEqual(drawing.width + 12);
      expect(shape.y, shape.text).toBeLessThanOrEqual(drawing.height);
    }
  }
}

test('parts of a bar lie side by side and fill their share', () => {
  const parts = [
    { fill: 'light', n: 3 },
    { fill: 'hatch', n: 0 },
    { fill: 'empty', n: 1 }
  ] as const;
  expect(placed([...parts], 4, 200)).toEqual([
    { x: 0, w: 150, paint: 'fill-light' },
    { x: 150, w: 50, paint: 'none' }
  ]);
  const drawing = bars([
    { name: '第一章', parts: [...parts], figure: '3 / 4' },
    { name: '很長的章節名稱'.repeat(12), parts: [{ fill: 'solid', n: 2 }], figure: '2 / 2', expected: 4 }
  ]);
  inside(drawing);
  expect(texts(drawing)).toContain('3 / 4');
  expect(texts(drawing).some((text) => text.endsWith('…'))).toBe(true);
});

test('the line of a limit stands between two columns, and columns are as high as their figures', () => {
  const all: Column[] = [
    { name: ['0–30', '日'], n: 40, paint: 'fill-light' },
    { name: ['31–92', '日'], n: 20, paint: 'fill-light' },
    { name: ['逾 92', '日'], n: 10, paint: 'fill-hatch' },
    { name: ['從未'], n: 0, paint: 'fill-solid', apart: true }
  ];
  const { x, w, line } = places(all, 10, 460, 2);
  expect(line).toBeCloseTo(x[2]!);
  expect(x[3]! - x[2]!).toBeCloseTo(w * 1.6);
  expect(x[3]! + w).toBeCloseTo(470);
  const drawing = columns(all, {
    limit: { after: 2, words: ['密碼最長使用期限 3 個月（92 日）', 'COL-G5.1'] }
  });
  inside(drawing);
  const [first, second, third] = rects(drawing).map(({ h }) => h);
  expect(first! / second!).toBeCloseTo(2);
  expect(second! / third!).toBeCloseTo(2);
  // A column of none has its place and its figure, and nothing is drawn.
  expect(rects(drawing)).toHaveLength(3);
  expect(texts(drawing)).toContain('從未');
  expect(texts(drawing)).toContain('0');
});

test('days have their squares by the calendar', () => {
  expect(isoOf(dayNumber('2020-02-29') + 1)).toBe('2020-03-01');
  expect(weekday(dayNumber('2020-12-28'))).toBe(0);
  expect(weekday(dayNumber('2020-12-27'))).toBe(6);
  const first = dayNumber('2020-12-23');
  expect(square(first, first)).toEqual([0, 2]);
  expect(square(dayNumber('2020-12-28'), first)).toEqual([1, 0]);
});

test('a strip has a square for each day, and a day that does not count is no gap', () => {
  const drawing = strip(
    {
      from: '2020-12-21',
      to: '2020-12-31',
      off: new Set(['2020-12-26', '2020-12-27']),
      lanes: [
        {
          name: 'FW-01',
          figure: '缺漏 2／應有 9 日',
          from: '2020-12-21',
          to: '2020-12-31',
          stretches: [
            { state: 'kept', from: '2020-12-21', to: '2020-12-24' },
            { state: 'missing', from: '2020-12-25', to: '2020-12-28' },
            { state: 'unclear', from: '2020-12-29', to: '2020-12-30' }
          ]
        }
      ]
    },
    {
      legend: { kept: '有紀錄', missing: '缺漏', unclear: '無法確認', off: '非工作日', none: '未判斷' },
      year: (iso) => iso
    }
  );
  inside(drawing);
  const squares = (paint: string): number =>
    drawing.shapes.reduce(
      (all, shape) =>
        shape.kind === 'path' && shape.paint === paint ? all + shape.d.split('z').length - 1 : all,
      0
    );
  expect([
    squares('fill-light'),
    squares('fail'),
    squares('fill-dots'),
    squares('line'),
    squares('none')
  ]).toEqual([4, 2, 2, 2, 1]);
});

const box = (median: number): Box => ({
  name: '9801-10023',
  figure: String(median),
  low: median / 2,
  q1: median * 0.8,
  median,
  q3: median * 1.2,
  high: median * 2
});

test('numbers of one size stand on even steps, of many sizes on powers of ten', () => {
  const even = scale([box(1), box(3)], 600);
  expect(even.log).toBe(false);
  expect(even.at(even.marks[even.marks.length - 1]!)).toBe(600);
  const wideApart = scale([box(0.4), box(900)], 600);
  expect(wideApart.log).toBe(true);
  const places = wideApart.marks.map(wideApart.at);
  expect(places[0]).toBe(0);
  expect(places[places.length - 1]).toBeCloseTo(600);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  const words = { box: '中間一半', line: 'P5–P95', median: '中位數', unit: '毫秒', log: '對數刻度' };
  const drawing = spread([box(0.4), box(900)], words);
  inside(drawing);
  expect(texts(drawing).join()).toContain('對數刻度');
});

test('steps of an axis are easily read', () => {
  expect(steps(7)).toEqual([0, 2, 4, 6, 8]);
  expect(steps(0)).toEqual([0]);
  expect(steps(1043).at(-1)).toBeGreaterThanOrEqual(1043);
  expect(steps(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
});

test('units of a rack are read as lists write them', () => {
  expect(unitsOf('U04-05')).toEqual([4, 5]);
  expect(unitsOf('U12～U10')).toEqual([10, 12]);
  expect(unitsOf('１２Ｕ')).toEqual([12, 12]);
  expect(unitsOf('')).toBeNull();
  expect(unitsOf('上層')).toBeNull();
  expect(unitsOf('999')).toBeNull();
});

test('devices that two rows put on the same unit stand beside each other', () => {
  const slot = (name: string, from: number, to: number): Slot => ({ name, units: [from, to], paint: 'none' });
  const parts = beside([slot('甲', 4, 5), slot('乙', 5, 6), slot('丙', 7, 7), slot('丁', 10, 10)]);
  expect(parts.map(({ slot: { name }, part, parts: of }) => `${name}${part}/${of}`)).toEqual([
    '甲0/2',
    '乙1/2',
    '丙0/1',
    '丁0/1'
  ]);
  const drawing = racks(
    [{ name: 'C07', lists: [[slot('甲', 41, 42)], [], [{ name: '○ 戊', units: null, paint: 'none' }]] }],
    ['申報', '帳列', '盤點'],
    { nowhere: 'U 位不明', legend: [['none', '未盤點']] }
  );
  inside(drawing);
  expect(texts(drawing)).toEqual(expect.arrayContaining(['C07', '甲', '○ 戊', 'U 位不明']));
});

test('two lanes share their days, and ties are counted once a pair of days', () => {
  const above = [{ day: '2026-03-01', kinds: [{ paint: 'fill-light' as const, n: 4 }] }];
  const below = [{ day: '2026-03-02', kinds: [{ paint: 'fill-light' as const, n: 2 }] }];
  const tie = { above: '2026-03-01', below: '2026-03-02' };
  expect(daysOf(above, below, [tie, tie])).toEqual(['2026-03-01', '2026-03-02']);
  const drawing = lanes(above, below, [tie, tie], {
    above: '本機',
    below: '查核人員乙',
    begin: '共同狀態',
    end: '合併',
    ties: (n) => `${n} 項衝突`,
    legend: [['fill-light', '查核結果']],
    day: (iso) => iso
  });
  inside(drawing);
  expect(texts(drawing).filter((text) => text.endsWith('項衝突'))).toEqual(['2 項衝突']);
});

const picture: Picture = {
  title: '密碼 <使用> 日數',
  n: '12 個帳號',
  drawing: bars([{ name: '王小明', parts: [{ fill: 'hatch', n: 1 }], figure: '1' }]),
  table: { heads: ['帳號', '筆數'], rows: [['王小明', '1']] },
  notes: ['界限：3 個月　COL-G5.1']
};

test('a picture that leaves stands alone and says what and whose it is', () => {
  const svg = asSvg(sheet(picture, '甲乙綜合證券　查核基準日 民國109年12月31日'));
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  expect(parsed.querySelector('title')?.textContent).toBe('密碼 <使用> 日數');
  expect(parsed.querySelector('desc')?.textContent).toContain('王小明；1');
  const said = [...parsed.querySelectorAll('text')].map((text) => text.textContent).join('\n');
  expect(said).toContain('查核基準日 民國109年12月31日');
  expect(said).toContain('COL-G5.1');
  expect(svg).not.toMatch(/var\(|class=|style=|href|script|currentColor/);
  expect(svg).toContain("font-family=\"'Noto Sans TC'");
  // Every pattern that is used is there.
  for (const [, name] of svg.matchAll(/url\(#(fill-\w+)\)/g))
    expect(parsed.getElementById(name!)).not.toBeNull();
});

test('what names persons leaves only as it may', () => {
  const outside = {
    drawing: bars([{ name: '王○明', parts: [{ fill: 'hatch', n: 1 }], figure: '1' }]),
    table: { heads: ['帳號', '筆數'], rows: [['王○明', '1']] }
  };
  const svg = asSvg(sheet({ ...picture, outside }, ''));
  expect(svg).toContain('王○明');
  expect(svg).not.toContain('王小明');
});

test('the colours of paper are those of the light window, and the fills are those of the page', () => {
  const css = readFileSync('src/theme/tokens/colour.css', 'utf8').split("[data-theme='dark']")[0]!;
  for (const [tone, colour] of Object.entries(PAPER)) {
    if (tone === 'ground') continue;
    const token = tone === 'quiet' ? 'ink-quiet' : tone;
    expect(css).toContain(`--${token}: ${colour};`);
  }
  const page = readFileSync('src/shared/Fills.svelte', 'utf8');
  for (const [name, tile] of Object.entries(TILES))
    expect(page).toMatch(new RegExp(`id="fill-${name}"\\s+width="${tile.width}"\\s+height="${tile.height}"`));
});

test('words are cut and parted by their width', () => {
  expect(cut('防火牆進出紀錄', 1000)).toBe('防火牆進出紀錄');
  expect(wide(cut('防火牆進出紀錄', 60))).toBeLessThanOrEqual(60);
  expect(lines('界限：密碼最長使用期限', 60, 12).every((line) => wide(line, 12) <= 60)).toBe(true);
  expect(lines('界限：密碼最長使用期限', 60, 12).join('')).toBe('界限：密碼最長使用期限');
});
