import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
import { fill, get, has, openWindow, press, requests, unlock, until } from '../../shared/testing/window';

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

test('an exam is sealed with a reason and shows a lock; nothing is asked for without one', async () => {
  const { calls } = openWindow();
  await unlock();
  expect((await get('exam-keep-e1')).textContent).toContain('未定');
  await press('exam-keeping-e1');
  await get('keeping-unsigned');
  expect(((await get('keeping-sealed')) as HTMLButtonElement).disabled).toBe(true);
  await fill('keeping-reason', '定稿');
  await press('keeping-sealed');
  expect((await get('exam-state-e1')).textContent).toContain('已封存');
  expect(requests(calls, 'exam_put_away')).toEqual([{ exam: 'e1', to: 'sealed', reason: '定稿' }]);
  await press('exam-open-e1');
  expect((await get('sealed')).textContent).toContain('僅供閱讀');
});

test('an archived exam leaves the everyday list and is shown on demand', async () => {
  openWindow();
  await unlock();
  await press('exam-keeping-e2');
  await fill('keeping-reason', '結案');
  await press('keeping-archived');
  await get('archived-toggle');
  expect(has('exam-open-e2')).toBe(false);
  await press('archived-toggle');
  expect((await get('exam-state-e2')).textContent).toContain('已歸檔');
});

test('an exam is destroyed only when its number is typed and, before its day, a second reason given', async () => {
  const { calls } = openWindow();
  await unlock();
  await press('exam-keeping-e2');
  await press('keeping-destroy');
  const go = async (): Promise<HTMLButtonElement> => (await get('destroy-go')) as HTMLButtonElement;
  await fill('destroy-reason', '受查單位解散');
  await fill('destroy-typed', '115-期-0003');
  expect((await go()).disabled).toBe(true);
  await fill('destroy-typed', '115-期-000');
  await fill('destroy-before-due', '奉核定');
  expect((await go()).disabled).toBe(true);
  await fill('destroy-typed', '115-期-0003');
  await press('destroy-go');
  await press('destroyed-open');
  expect((await get('destroyed-e2')).textContent).toContain('受查單位解散');
  expect(has('exam-open-e2')).toBe(false);
  expect(requests(calls, 'exam_destroy')).toEqual([
    { exam: 'e2', typed: '115-期-0003', reason: '受查單位解散', witness: '', before_due: '奉核定' }
  ]);
});
