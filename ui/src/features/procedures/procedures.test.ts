import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ExceptionPageView } from '../../backend';
import {
  fill,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  until,
  user
} from '../../shared/testing/window';
import { kindOfKey } from './keys';

test('C, E, X and O dispose, other keys do not', () => {
  expect(['c', 'e', 'x', 'o', 'f', '1'].map(kindOfKey)).toEqual([
    'confirmed',
    'explained',
    'false_positive',
    'open',
    null,
    null
  ]);
});

async function ran(): Promise<{ calls: [string, unknown][] }> {
  const opened = openWindow();
  await openExam('tests');
  await press('run-all');
  await until(async () => expect((await get('procedure-T-COL-06')).dataset.verdict).toBe('exceptions'));
  await press('procedure-T-COL-06');
  await get('exception-2001');
  return opened;
}

test('every verdict is a word; what could not run names what it lacks and passes nothing', async () => {
  await ran();
  await press('procedure-T-COL-02');
  await until(() => expect(document.body.textContent).toContain('缺少：資產清冊（申報）'));
  expect(document.body.textContent).toContain('沒有資料不等於通過');
});

test('rows are asked for a window at a time', async () => {
  const { calls } = await ran();
  const asked = (requests(calls, 'exceptions') as { rule: string; limit: number }[]).filter(
    (r) => r.rule === 'password_too_old'
  );
  expect(asked.every((r) => r.limit <= 500)).toBe(true);
  expect(screen.getAllByTestId(/^exception-\d/).length).toBeLessThan(60);
  expect((await get('exception-count')).textContent).toBe('429 筆');
});

test('a key without a reason asks for the reason first, then Enter disposes', async () => {
  const { calls } = await ran();
  await user.keyboard('c');
  expect(document.activeElement).toBe(await get('dispose-note'));
  expect(requests(calls, 'dispose')).toHaveLength(0);
  await user.keyboard('屬實{Enter}');
  await until(() =>
    expect(requests(calls, 'dispose')).toEqual([{ ids: [2001], kind: 'confirmed', note: '屬實' }])
  );
});

test('O needs no reason', async () => {
  const { calls } = await ran();
  await user.keyboard('o');
  await until(() => expect(requests(calls, 'dispose')).toEqual([{ ids: [2001], kind: 'open', note: '' }]));
});

test('shift selects a range, and the range is disposed of as one', async () => {
  const { calls } = await ran();
  await press('exception-2001');
  await user.keyboard('{Shift>}');
  await press('exception-2004');
  await user.keyboard('{/Shift}');
  await fill('dispose-note', '已由主管核准');
  await press('dispose-explained');
  await until(() =>
    expect(requests(calls, 'dispose')).toEqual([
      { ids: [2001, 2002, 2003, 2004], kind: 'explained', note: '已由主管核准' }
    ])
  );
  await until(async () => expect((await get('exception-2004')).dataset.disposition).toBe('explained'));
});

test('select all takes a whole rule, rows out of sight too', async () => {
  await ran();
  await user.click(screen.getAllByTestId('select-all')[0]!);
  await until(async () => expect((await get('selected-count')).textContent).toContain('412'));
});

test('a rule shows only columns that say something for it, its disposition right after the row number', async () => {
  await ran();
  const heads = (): string[] =>
    screen.getAllByRole('columnheader').map((head) => head.textContent.replace(/\s+/g, ''));
  await user.selectOptions(await get('rule-filter'), 'change_date_unreadable');
  await until(() => expect(heads()).toEqual(['列', '處理', '系統名稱', '帳號', '使用者姓名', '所屬單位']));
  const [first] = screen.getAllByTestId(/^exception-\d/);
  expect(first?.querySelectorAll('[role=gridcell]')).toHaveLength(6);
  expect(first?.querySelectorAll('[role=gridcell]')[1]?.textContent).toContain('未處理');
  await user.selectOptions(await get('rule-filter'), 'password_never_changed');
  await until(() => expect(heads()).toContain('差異'));
});

test('a column appears when a row that fills it is loaded', async () => {
  openWindow({
    change: (name, answer) => {
      if (name !== 'exceptions') return;
      for (const row of (answer as ExceptionPageView).rows) if (row.id < 2205) row.values[5] = ' ';
    }
  });
  await openExam('tests');
  await press('run-all');
  await until(async () => expect((await get('procedure-T-COL-06')).dataset.verdict).toBe('exceptions'));
  await press('procedure-T-COL-06');
  await get('exception-2001');
  await user.selectOptions(await get('rule-filter'), 'password_too_old');
  await until(() => expect(screen.queryByText('差異')).toBeNull());
  await press('select-all');
  await until(() => expect(screen.queryByText('差異')).not.toBeNull());
});

test('who disposes of a group before its rows are all there disposes of all of them', async () => {
  const { calls } = await ran();
  const all = screen.getAllByTestId('select-all')[0]!;
  await fill('dispose-note', '系統設定已於期後更正。');
  all.click();
  (await get('dispose-explained')).click();
  await until(() => expect(requests(calls, 'dispose')).toHaveLength(1));
  expect((requests(calls, 'dispose')[0] as { ids: number[] }).ids).toHaveLength(412);
});

test('a procedure that failed says why, and the others are there', async () => {
  const error = { code: 'procedure_failed', message: '測試 T-COL-03 無法執行。', hint: '請回報。' };
  openWindow({
    change: (name, answer) => {
      if (name === 'audit_run')
        Object.assign(answer as object, { failed: [{ procedure: 'T-COL-03', error }] });
    }
  });
  await openExam('tests');
  await press('run-all');
  expect((await get('failed-T-COL-03')).textContent).toMatch(/T-COL-03 無法執行.*請回報/);
  expect((await get('procedure-T-COL-06')).dataset.verdict).toBe('exceptions');
});

test('the count and the choice of all stand before the name of the rule', async () => {
  await ran();
  const all = screen.getAllByTestId('select-all')[0]!;
  expect(all.closest('[role=row]')?.textContent).toMatch(/^\s*全選\s*412 筆.*密碼逾三個月未變更/);
});

test('the source of the row in hand is shown with its original text', async () => {
  await ran();
  expect((await get('source-row')).textContent).toContain('帳號清冊.xlsx');
  await until(async () => expect((await get('source-row')).textContent).toContain('01/02/109'));
});

test('another parameter value needs a reason and runs again', async () => {
  const { calls } = await ran();
  await press('param-edit-max_age_months');
  await fill('param-max_age_months', '6');
  expect(((await get('param-run-max_age_months')) as HTMLButtonElement).disabled).toBe(true);
  await fill('param-reason-max_age_months', '受查單位內規較寬');
  await press('param-run-max_age_months');
  await until(() => expect(document.body.textContent).toContain('受查單位內規較寬'));
  expect(requests(calls, 'audit_run').at(-1)).toEqual({
    procedures: ['T-COL-06'],
    overrides: [{ procedure: 'T-COL-06', key: 'max_age_months', value: '6', reason: '受查單位內規較寬' }]
  });
});

test('a finding can be made only of what is confirmed', async () => {
  const { calls } = await ran();
  expect(((await get('make-finding')) as HTMLButtonElement).disabled).toBe(true);
  await fill('dispose-note', '屬實');
  await press('dispose-confirmed');
  await until(async () => expect(((await get('make-finding')) as HTMLButtonElement).disabled).toBe(false));
  await press('make-finding');
  await get('finding-title');
  expect(has('finding-rows')).toBe(true);
  expect(requests(calls, 'finding_draft')).toEqual([
    { procedure: 'T-COL-06', rule: '', system: null, clause: '', pattern: '' }
  ]);
});
