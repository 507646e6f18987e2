import { expect, test } from 'vitest';
import { fill, get, openWindow, press, requests, unlock } from '../../shared/testing/window';

test('a new exam takes ROC and ISO dates and sends ISO', async () => {
  const { calls } = openWindow();
  await unlock();
  await fill('exam-firm', '庚辛證券');
  await fill('exam-case', '115-證-0099');
  await fill('exam-asof', '109.12.31');
  expect((await get('exam-asof')).closest('.field')?.textContent).toContain('民國109年12月31日');
  await fill('exam-from', '2020-01-01');
  await fill('exam-to', '109/12/31');
  await fill('exam-examiners', '查核人員甲、查核人員乙');
  await press('exam-create');
  await get('count-applicable');
  expect(requests(calls, 'exam_create')).toEqual([
    {
      firm: '庚辛證券',
      case_no: '115-證-0099',
      as_of: '2020-12-31',
      period_from: '2020-01-01',
      period_to: '2020-12-31',
      examiners: ['查核人員甲', '查核人員乙']
    }
  ]);
});

test('a period that ends before it starts cannot be made', async () => {
  openWindow();
  await unlock();
  await fill('exam-firm', '庚辛證券');
  await fill('exam-case', '1');
  await fill('exam-asof', '109.12.31');
  await fill('exam-from', '109.12.31');
  await fill('exam-to', '109.01.01');
  await fill('exam-examiners', '甲');
  expect(((await get('exam-create')) as HTMLButtonElement).disabled).toBe(true);
  expect(document.body.textContent).toContain('迄日早於起日');
});
