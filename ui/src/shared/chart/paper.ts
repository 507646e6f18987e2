/** A picture as it leaves: on white, in the light colours whatever the window's are, with what it is and of whom. */
import type { Fill } from '../fills';
import {
  SMALL,
  text,
  wide,
  type Drawing,
  type Paint,
  type Picture,
  type Shape,
  type Table,
  type Tone
} from './shapes';

/** The light theme's colours; a test compares them with it. */
export const PAPER: Record<Tone, string> = {
  ink: '#1d2630',
  quiet: '#55606c',
  line: '#d5d1c8',
  edge: '#7c848d',
  accent: '#1f5f8b',
  fail: '#a3231b',
  warn: '#8a5a00',
  ok: '#1d6b45',
  unknown: '#6b5b7b',
  info: '#3b4f8f',
  ground: '#ffffff'
};

export const FONTS = "'Noto Sans TC','Microsoft JhengHei','PingFang TC',sans-serif";

/** A tile that fills are made of. The same as those of `Fills.svelte`. */
interface Tile {
  width: number;
  height: number;
  tone: Tone;
  turned?: boolean;
  faint?: boolean;
  marks: ([x: number, y: number, w: number, h: number] | 'dot')[];
}

export const TILES: Record<Exclude<Fill, 'empty'>, Tile> = {
  solid: { width: 4, height: 4, tone: 'fail', marks: [[0, 0, 4, 4]] },
  hatch: { width: 5, height: 5, tone: 'warn', turned: true, marks: [[0, 0, 2.6, 5]] },
  light: { width: 4, height: 4, tone: 'ok', faint: true, marks: [[0, 0, 4, 4]] },
  dots: { width: 4, height: 4, tone: 'unknown', marks: ['dot'] },
  cross: {
    width: 5,
    height: 5,
    tone: 'unknown',
    turned: true,
    marks: [
      [0, 0, 1.4, 5],
      [0, 0, 5, 1.4]
    ]
  },
  lines: { width: 4, height: 3, tone: 'quiet', marks: [[0, 0, 4, 1]] }
};

const MARGIN = 24;

/** The drawing with its title above and what has to be known below. */
export interface Sheet {
  width: number;
  height: number;
  /** Where the drawing begins. */
  x: number;
  y: number;
  around: Shape[];
  drawing: Drawing;
  title: string;
  description: string;
}

/** Words in lines of a width; Han may part anywhere. */
export function lines(words: string, width: number, size: number): string[] {
  const out: string[] = [];
  let line = '';
  for (const piece of words.match(/[!-~]+\s*|[\s\S]/gu) ?? []) {
    if (line && wide(line + piece, size) > width) {
      out.push(line);
      line = '';
    }
    line += piece;
  }
  return line ? [...out, line] : out;
}

/** A sheet as it leaves: what names persons is left out. `of` says whose it is, and as of when. */
export function sheet(picture: Picture, of: string): Sheet {
  const { drawing, table } = picture.outside ?? picture;
  const width = drawing.width + 2 * MARGIN;
  const around: Shape[] = [text(MARGIN, MARGIN + 18, picture.title, { size: 18, bold: true })];
  let y = MARGIN + 28;
  for (const line of lines([picture.n, of].filter(Boolean).join('　'), drawing.width, SMALL)) {
    around.push(text(MARGIN, y + 12, line, { size: SMALL, tone: 'quiet' }));
    y += 18;
  }
  const top = y + 10;
  y = top + drawing.height + 10;
  for (const note of picture.notes)
    for (const line of lines(note, drawing.width, SMALL)) {
      around.push(text(MARGIN, y + 12, line, { size: SMALL, tone: 'quiet' }));
      y += 18;
    }
  return {
    width,
    height: Math.ceil(y + MARGIN),
    x: MARGIN,
    y: top,
    around,
    drawing,
    title: picture.title,
    description: [of, picture.n, ...told(table)].join('\n')
  };
}

const told = ({ heads, rows }: Table): string[] => [heads, ...rows].map((row) => row.join('；'));

const escaped = (words: string): string =>
  words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const short = (n: number): string => String(Number(n.toFixed(2)));

function filled(paint: Paint): string {
  if (paint === 'none') return 'none';
  return paint.startsWith('fill-') ? `url(#${paint})` : PAPER[paint as Tone];
}

function element(shape: Shape): string {
  switch (shape.kind) {
    case 'rect': {
      const edge = shape.edge ? ` stroke="${PAPER[shape.edge]}"` : '';
      return `<rect x="${short(shape.x)}" y="${short(shape.y)}" width="${short(shape.w)}" height="${short(shape.h)}" fill="${filled(shape.paint)}"${edge}/>`;
    }
    case 'path': {
      const edge = shape.edge ? ` stroke="${PAPER[shape.edge]}" stroke-width="${shape.thick ?? 1}"` : '';
      return `<path d="${shape.d}" fill="${filled(shape.paint)}"${edge}/>`;
    }
    case 'line': {
      const dash = shape.dash ? ' stroke-dasharray="6 4"' : '';
      return `<line x1="${short(shape.x1)}" y1="${short(shape.y1)}" x2="${short(shape.x2)}" y2="${short(shape.y2)}" stroke="${PAPER[shape.tone]}" stroke-width="${shape.thick ?? 1}"${dash}/>`;
    }
    case 'text': {
      const weight = shape.bold ? ' font-weight="700"' : '';
      const anchor = shape.anchor && shape.anchor !== 'start' ? ` text-anchor="${shape.anchor}"` : '';
      return `<text x="${short(shape.x)}" y="${short(shape.y)}" font-size="${shape.size}" fill="${PAPER[shape.tone]}"${weight}${anchor}>${escaped(shape.text)}</text>`;
    }
  }
}

function pattern(name: keyof typeof TILES): string {
  const { width, height, tone, turned, faint, marks } = TILES[name];
  const colour = `fill="${PAPER[tone]}"${faint ? ' fill-opacity="0.5"' : ''}`;
  const drawn = marks.map((mark) =>
    mark === 'dot'
      ? `<circle cx="2" cy="2" r="1.2" ${colour}/>`
      : `<rect x="${mark[0]}" y="${mark[1]}" width="${mark[2]}" height="${mark[3]}" ${colour}/>`
  );
  const turn = turned ? ' patternTransform="rotate(45)"' : '';
  return `<pattern id="fill-${name}" width="${width}" height="${height}" patternUnits="userSpaceOnUse"${turn}>${drawn.join('')}</pattern>`;
}

/** A sheet as SVG that stands alone: no style of the window, no font file, no link. */
export function asSvg(of: Sheet): string {
  const used = new Set(of.drawing.shapes.flatMap((shape) => ('paint' in shape ? [shape.paint] : [])));
  const names = (Object.keys(TILES) as (keyof typeof TILES)[]).filter((name) => used.has(`fill-${name}`));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${of.width}" height="${of.height}" viewBox="0 0 ${of.width} ${of.height}" role="img" font-family="${FONTS}">`,
    `<title>${escaped(of.title)}</title>`,
    `<desc>${escaped(of.description)}</desc>`,
    ...(names.length ? [`<defs>${names.map(pattern).join('')}</defs>`] : []),
    `<rect width="${of.width}" height="${of.height}" fill="${PAPER.ground}"/>`,
    ...of.around.map(element),
    `<g transform="translate(${of.x} ${short(of.y)})">`,
    ...of.drawing.shapes.map(element),
    '</g>',
    '</svg>\n'
  ].join('\n');
}
