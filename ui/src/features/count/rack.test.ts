import { expect, test } from 'vitest';
import type { CountDevice, CountItemView, CountView } from '../../backend';
import { pictureOf } from './rack';
import { NOTHING } from './fields';

const device = (name: string, rack: string, u_pos: string): CountDevice => ({
  ...NOTHING,
  name,
  rack,
  u_pos
});
const item = (key: string, more: Partial<CountItemView>): CountItemView => ({
  key,
  device: NOTHING,
  filed: null,
  ledger: null,
  expected: true,
  state: null,
  ours: [],
  differs: [],
  note: '',
  by: '',
  at: '',
  ...more
});

test('what was seen elsewhere stands there, and what has no unit is listed', () => {
  const filed = device('GW-01', 'C07', 'U04-05');
  const view = {
    open: 1,
    items: [
      item('a', {
        filed,
        ledger: filed,
        device: device('GW-01', 'C08', 'U10'),
        state: 'found',
        differs: ['rack']
      }),
      item('b', { filed: device('KVM', 'C07', ''), device: device('KVM', 'C07', '') }),
      item('c', { device: device('外來主機', 'C08', 'U12'), expected: false, state: 'not_listed' }),
      item('d', { ledger: device('PC-1', '', ''), device: device('PC-1', '', ''), expected: false })
    ]
  } as unknown as CountView;
  const { table, drawing, n } = pictureOf(view);
  expect(table.rows.map(([name, ...cells]) => [name, ...cells.slice(0, 3)])).toEqual([
    ['GW-01', 'C07 · U04-05', 'C07 · U04-05', 'C08 · U10'],
    ['KVM', 'C07', '–', '–'],
    ['外來主機', '–', '–', 'C08 · U12']
  ]);
  expect(n).toBe('3 台設備，未盤點 1 台');
  const texts = drawing.shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
  expect(texts).toEqual(expect.arrayContaining(['C07', 'C08', '✓ GW-01', '◆ 外來主機', 'U 位不明']));
  expect(texts.join()).not.toContain('PC-1');
});
