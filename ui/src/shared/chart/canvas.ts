/** A sheet as PNG: drawn shape by shape, in the window's own font and at twice the size. */
import { FONTS, PAPER, TILES, type Sheet } from './paper';
import type { Paint, Shape, Tone } from './shapes';

/** Most points of a picture: what a window can draw, and what a request may carry. */
const MOST = 24_000_000;

type Fills = (paint: Paint) => string | CanvasPattern;

function fills(on: CanvasRenderingContext2D): Fills {
  const made = new Map<Paint, CanvasPattern>();
  return (paint) => {
    if (!paint.startsWith('fill-')) return PAPER[paint as Tone];
    const before = made.get(paint);
    if (before) return before;
    const tile = TILES[paint.substring(5) as keyof typeof TILES];
    // Twice the size, as everything else: a tile is drawn in points, not in units.
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [tile.width * 4, tile.height * 4];
    const small = canvas.getContext('2d')!;
    small.scale(4, 4);
    small.globalAlpha = tile.faint ? 0.5 : 1;
    small.fillStyle = PAPER[tile.tone];
    for (const mark of tile.marks) {
      if (mark === 'dot') {
        small.beginPath();
        small.arc(2, 2, 1.2, 0, Math.PI * 2);
        small.fill();
      } else small.fillRect(...mark);
    }
    const pattern = on.createPattern(canvas, 'repeat')!;
    pattern.setTransform(new DOMMatrix().rotate(tile.turned ? 45 : 0).scale(0.25));
    made.set(paint, pattern);
    return pattern;
  };
}

function draw(on: CanvasRenderingContext2D, shape: Shape, fill: Fills): void {
  switch (shape.kind) {
    case 'rect':
    case 'path': {
      const path = shape.kind === 'path' ? new Path2D(shape.d) : new Path2D();
      if (shape.kind === 'rect') path.rect(shape.x, shape.y, shape.w, shape.h);
      if (shape.paint !== 'none') {
        on.fillStyle = fill(shape.paint);
        on.fill(path);
      }
      if (shape.edge) {
        on.strokeStyle = PAPER[shape.edge];
        on.lineWidth = shape.kind === 'path' ? (shape.thick ?? 1) : 1;
        on.stroke(path);
      }
      return;
    }
    case 'line':
      on.strokeStyle = PAPER[shape.tone];
      on.lineWidth = shape.thick ?? 1;
      on.setLineDash(shape.dash ? [6, 4] : []);
      on.beginPath();
      on.moveTo(shape.x1, shape.y1);
      on.lineTo(shape.x2, shape.y2);
      on.stroke();
      on.setLineDash([]);
      return;
    case 'text':
      on.fillStyle = PAPER[shape.tone];
      on.font = `${shape.bold ? 700 : 400} ${shape.size}px ${FONTS}`;
      on.textAlign = shape.anchor === 'middle' ? 'center' : (shape.anchor ?? 'start');
      on.fillText(shape.text, shape.x, shape.y);
  }
}

/** The PNG as base64. */
export async function asPng(of: Sheet): Promise<string> {
  // A letter that the page has not shown yet has not been fetched. Without the font the system's own is drawn.
  const faces = [400, 700].map((weight) =>
    document.fonts.load(`${weight} 13px 'Noto Sans TC'`, of.title + of.description)
  );
  await Promise.allSettled(faces);
  const canvas = document.createElement('canvas');
  const twice = of.width * of.height * 4 <= MOST ? 2 : 1;
  [canvas.width, canvas.height] = [of.width * twice, of.height * twice];
  const on = canvas.getContext('2d')!;
  on.scale(twice, twice);
  on.fillStyle = PAPER.ground;
  on.fillRect(0, 0, of.width, of.height);
  const fill = fills(on);
  for (const shape of of.around) draw(on, shape, fill);
  on.translate(of.x, of.y);
  for (const shape of of.drawing.shapes) draw(on, shape, fill);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
