import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
import { fill, get, openWindow, press, requests, unlock, until } from '../../shared/testing/window';

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

test('what firms owe in any exam is listed, overdue first, and opens the exam at the finding', async () => {
  openWindow();
  await unlock();
  expect((await get('due-over')).textContent).toContain('逾期 1 項');
  const rows = [...(await get('due-list')).querySelectorAll('tbody tr')] as HTMLElement[];
  expect(rows.map((row) => row.dataset.days)).toEqual(['-30', '18', undefined]);
  expect(rows[0]!.textContent).toContain('戊己期貨股份有限公司');
  expect(rows[0]!.textContent).toContain('資訊部 李經理');
  expect(rows[2]!.textContent).toContain('未定期限');
  await press('due-open-e2-2');
  await until(async () => expect((await get('finding-2')).getAttribute('aria-current')).toBe('true'));
  expect(desk.exam?.head.id).toBe('e2');
});

test('where nothing is owed, one line says so', async () => {
  openWindow({
    change: (name, answer) => {
      if (name === 'due') (answer as unknown[]).length = 0;
    }
  });
  await unlock();
  expect((await get('due-none')).textContent).toContain('沒有待改善事項');
});
