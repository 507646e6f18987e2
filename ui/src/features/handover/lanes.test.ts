import { expect, test } from 'vitest';
import type { TakeInView } from '../../backend';
import { fill, get, openExam, openWindow, press } from '../../shared/testing/window';
import { pictureOf } from './lanes';

const held = (at: string): { value: string; by: string; at: string } => ({ value: '符合', by: '甲', at });
const view = {
  sender: { name: '查核人員乙' },
  conflicts: [
    { ours: held('2026-03-01T09:00:00'), theirs: held('2026-03-02T10:00:00') },
    { ours: held('2026-03-01T11:00:00'), theirs: held('2026-03-02T12:00:00') }
  ],
  lanes: [
    {
      label: '',
      acts: [
        { day: '2026-03-01', by: '查核人員甲', family: 'answer', acts: 40 },
        { day: '2026-03-01', by: '查核人員丙', family: 'team', acts: 2 }
      ]
    },
    { label: '查核人員乙', acts: [{ day: '2026-03-02', by: '查核人員乙', family: 'evidence', acts: 7 }] }
  ]
} as unknown as TakeInView;

test('each side has its days, and what both changed ties them', () => {
  const { table, drawing, n } = pictureOf(view)!;
  expect(table.rows).toEqual([
    ['本機　115.03.01', '查核人員甲、查核人員丙', '40', '0', '0', '0', '2', '42'],
    ['查核人員乙　115.03.02', '查核人員乙', '0', '0', '0', '7', '0', '7']
  ]);
  expect(n).toBe('本機 42 筆、對方 7 筆操作紀錄；2 項衝突');
  const texts = drawing.shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
  expect(texts).toEqual(
    expect.arrayContaining(['本機', '查核人員乙', '42', '7', '2 項衝突', '共同狀態', '合併'])
  );
});

test('of a package that is not compared there is no picture', () => {
  expect(pictureOf({ ...view, lanes: [] })).toBeNull();
});

test('the summary of a package leads to the picture', async () => {
  openWindow();
  await openExam('handover');
  await press('handover-tab-take');
  await fill('take-path', 'D:\\收\\次.fieldbook.age');
  await press('take-look');
  await press('lanes-open');
  expect((await get('picture-frame')).textContent).toContain('項衝突');
});
